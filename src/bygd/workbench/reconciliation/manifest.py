"""Manifest: what the service says of itself, in version 0.2 and in the draft of 1.0."""

from typing import Any

import bygd
from bygd.workbench.reconciliation import extend, limits, types
from bygd.workbench.reconciliation.register import Register
from bygd.workbench.reconciliation.texts import text

VERSIONS = ["0.2"]
DRAFT = "1.0-draft"
IDENTIFIERS = "http://org-id.guide/list/"
"""Identifiers are the code of a list in org-id.guide, a colon, and the number in that list."""
SCHEMA = "https://schema.org/Organization"
PREVIEW = {"width": 420, "height": 300}
KINDS = ("entity", "property", "type")
DEFAULTS = 6
"""Types that are offered without a search."""


def manifest(register: Register, endpoint: str, language: str) -> dict[str, Any]:
    """The manifest of version 0.2. `endpoint` is the service's address without a slash at its end."""
    return {
        "versions": VERSIONS,
        "name": text("service", language, name=register.name),
        "identifierSpace": IDENTIFIERS,
        "schemaSpace": SCHEMA,
        "serviceVersion": f"bygd {bygd.__version__}, {register.version}",
        "defaultTypes": types.everything(register, language)[:DEFAULTS],
        "view": {"url": f"{endpoint}/view?id={{{{id}}}}"},
        "preview": {"url": f"{endpoint}/preview?id={{{{id}}}}", **PREVIEW},
        "suggest": {
            kind: {
                "service_url": endpoint,
                "service_path": f"/suggest/{kind}",
                "flyout_service_url": endpoint,
                "flyout_service_path": f"/flyout/{kind}?id=${{id}}",
            }
            for kind in KINDS
        },
        "extend": {
            "propose_properties": {"service_url": endpoint, "service_path": "/properties"},
            "property_settings": extend.settings(language),
        },
        "batchSize": limits.BATCH,
    }


def draft_manifest(register: Register, endpoint: str, language: str) -> dict[str, Any]:
    """The manifest of the draft of 1.0."""
    return {
        "versions": [DRAFT],
        "name": text("service", language, name=register.name),
        "serviceVersion": f"bygd {bygd.__version__}, {register.version}",
        "defaultTypes": types.everything(register, language)[:DEFAULTS],
        "view": {"url": f"{endpoint}/view?id={{id}}"},
        "preview": dict(PREVIEW),
        "suggest": dict.fromkeys(KINDS, True),
        "extend": {"proposeProperties": True, "propertySettings": extend.draft_settings(language)},
        "batchSize": limits.BATCH,
        "lang": language,
        "standardizedScore": True,
    }
