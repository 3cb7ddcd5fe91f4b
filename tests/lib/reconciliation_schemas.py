"""What the Reconciliation API asks of a service's answers, written from its text, and what ours promise beyond it.

Version 0.2 (W3C community group report, 2023) and the draft of 1.0. Stricter than they are: nothing may
stand in an answer that they do not name, but for `messages`.
"""

from typing import Any

from jsonschema import Draft202012Validator

Schema = dict[str, Any]


def text(least: int = 1, **more: Any) -> Schema:
    return {"type": "string", "minLength": least, **more}


def listed(items: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": items, **more}


def exactly(required: Schema, optional: Schema | None = None) -> Schema:
    properties = {**required, **(optional or {})}
    return {"type": "object", "required": [*required], "properties": properties, "additionalProperties": False}


def named(schema: Schema) -> Schema:
    return {"type": "object", "additionalProperties": schema}


URL = text(pattern="^https?://")
PATH = text(pattern="^/")
DAY = text(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
WHOLE = {"type": "integer", "minimum": 1}
BRIEF = exactly({"id": text(), "name": text()})
TYPE = exactly({"id": text(), "name": text()}, {"broader": listed(BRIEF, minItems=1)})
VALUE = {"oneOf": [exactly({"str": text()}), exactly({"date": DAY}), BRIEF]}
META = listed(exactly({"id": text(), "name": text()}, {"type": BRIEF}))
MESSAGES = {"messages": listed(text(), minItems=1)}
KINDS = ("entity", "property", "type")
HEAD = {
    "name": text(),
    "serviceVersion": text(),
    "defaultTypes": listed(TYPE, minItems=1, uniqueItems=True),
    "batchSize": WHOLE,
}


def candidate(feature: Schema) -> Schema:
    return exactly(
        {
            "id": text(),
            "name": text(),
            "description": text(0),
            "type": listed(BRIEF, minItems=1),
            "score": {"type": "number", "minimum": 0, "maximum": 100},
            "features": listed(exactly(feature), uniqueItems=True),
            "match": {"type": "boolean"},
        }
    )


def setting(key: str, label: str, help_text: str) -> Schema:
    said = {key: text(), label: text(), help_text: text()}
    number = exactly({"type": {"const": "number"}, "default": {"type": "number"}, **said})
    choices = listed(exactly({"value": text(), "name": text()}), minItems=2)
    return {"oneOf": [number, exactly({"type": {"const": "select"}, "default": text(), "choices": choices, **said})]}


TEMPLATE = text(pattern=r"^https?://.*\{\{id\}\}")
FEATURE = {"id": text(), "value": {"type": ["number", "boolean"]}}
SIZE = {"width": WHOLE, "height": WHOLE}
SERVICE = exactly(
    {
        "service_url": URL,
        "service_path": PATH,
        "flyout_service_url": URL,
        "flyout_service_path": text(pattern=r"^/.*\$\{id\}"),
    }
)

BOTH = {
    "entities": exactly(
        {
            "result": listed(
                exactly({**BRIEF["properties"], "description": text(0), "notable": listed(BRIEF, minItems=1)})
            )
        }
    ),
    "properties": exactly({"result": listed(exactly({"id": text(), "name": text(), "description": text()}))}),
    "types": exactly({"result": listed(TYPE)}),
    "proposal": exactly({"properties": listed(BRIEF), "type": text()}, {"limit": {"type": "integer", "minimum": 0}}),
    "problem": exactly({"status": {"type": "integer", "minimum": 400}, "detail": text()}),
}

SCHEMAS: dict[str, dict[str, Schema]] = {
    "0.2": {
        **BOTH,
        "manifest": exactly(
            {
                **HEAD,
                "versions": {"const": ["0.2"]},
                "identifierSpace": URL,
                "schemaSpace": URL,
                "view": exactly({"url": TEMPLATE}),
                "preview": exactly({"url": TEMPLATE, **SIZE}),
                "suggest": exactly(dict.fromkeys(KINDS, SERVICE)),
                "extend": exactly(
                    {
                        "propose_properties": exactly({"service_url": URL, "service_path": PATH}),
                        "property_settings": listed(setting("name", "label", "help_text")),
                    }
                ),
            }
        ),
        "results": named(exactly({"result": listed(candidate(FEATURE), maxItems=50)}, MESSAGES)),
        "flyout": exactly({"id": text(), "html": text()}),
        "extension": exactly({"meta": META, "rows": named(named(listed(VALUE)))}),
    },
    "1.0-draft": {
        **BOTH,
        "manifest": exactly(
            {
                **HEAD,
                "versions": {"const": ["1.0-draft"]},
                "view": exactly({"url": text(pattern=r"^https?://[^{]*\{id\}$")}),
                "preview": exactly(SIZE),
                "suggest": exactly({kind: {"const": True} for kind in KINDS}),
                "extend": exactly(
                    {
                        "proposeProperties": {"const": True},
                        "propertySettings": listed(setting("id", "name", "helpText")),
                    }
                ),
                "lang": {"enum": ["en", "sv", "nl"]},
                "standardizedScore": {"const": True},
            }
        ),
        "results": exactly(
            {
                "results": listed(
                    exactly({"candidates": listed(candidate({**FEATURE, "name": text()}), maxItems=50)}, MESSAGES)
                )
            }
        ),
        "extension": exactly(
            {
                "meta": META,
                "rows": listed(
                    exactly({"id": text(0), "properties": listed(exactly({"id": text(0), "values": listed(VALUE)}))})
                ),
            }
        ),
    },
}


def valid(version: str, kind: str, answer: Any) -> Any:
    """The answer, after it was found to be as the version says."""
    Draft202012Validator(SCHEMAS[version][kind]).validate(answer)
    return answer
