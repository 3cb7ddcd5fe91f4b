"""Reconciliation: a register asked which organisations names may be, in the Reconciliation API.

Protocol as functions: a request as plain values goes in, an answer as plain values comes out.
"""

from bygd.workbench.reconciliation.answers import reconcile, reconcile_draft
from bygd.workbench.reconciliation.errors import RequestError
from bygd.workbench.reconciliation.extend import extended, extended_draft, proposed
from bygd.workbench.reconciliation.manifest import draft_manifest, manifest
from bygd.workbench.reconciliation.opening import Wanted, open_register
from bygd.workbench.reconciliation.register import Register
from bygd.workbench.reconciliation.suggest import flyout, suggested

__all__ = [
    "Register",
    "RequestError",
    "Wanted",
    "draft_manifest",
    "extended",
    "extended_draft",
    "flyout",
    "manifest",
    "open_register",
    "proposed",
    "reconcile",
    "reconcile_draft",
    "suggested",
]
