"""What the tests of rights must be told: views that ask for more inside, operations of the API, unlinked addresses."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.core.files.uploadedfile import SimpleUploadedFile

from bygd.web.people.rights import GRANTED, OF_AN_ANCHOR
from bygd.web.people.words import Right, Role, Scope

REFINED: dict[str, tuple[Right, ...]] = {
    "import-ledger": (Right.ADD_LEDGER, Right.ADD_REGISTER, Right.MANAGE_PEOPLE),
    "invite": (Right.MANAGE_PEOPLE, Right.LET_IN),
    "revoke": (Right.MANAGE_PEOPLE, Right.LET_IN),
    "person": (Right.MANAGE_PEOPLE, Right.LET_IN),
    "let_in_again": (Right.MANAGE_PEOPLE, Right.LET_IN),
}
"""By names of addresses: rights of which one is asked inside the view, beside those it is declared with."""


class Operation(NamedTuple):
    """An operation of the API: the rights of which one must be there, and the scope of the token."""

    method: str
    path: str
    rights: tuple[Right, ...]
    scope: Scope = Scope.READ
    body: Callable[[], dict[str, Any]] | None = None
    hides: bool = False
    """Whether what is not for somebody does not exist for them."""


def _judgement() -> dict[str, Any]:
    return {
        "data": {"supplier_key": "nothing-there", "judgement": "absent"},
        "content_type": "application/json",
    }


def _place() -> dict[str, Any]:
    body = {"subject_id": "nobody", "site": "seat", "area_id": "se:1", "evidence": "a test"}
    return {"data": body, "content_type": "application/json"}


def _whose() -> dict[str, Any]:
    body = {"subject_id": "nobody", "kind": "social", "evidence": "a test"}
    return {"data": body, "content_type": "application/json"}


def _contract() -> dict[str, Any]:
    return {"data": {"anchor": "Nobody's", "title": "A test"}, "content_type": "application/json"}


def _file() -> dict[str, Any]:
    return {"data": {"kind": "ledger", "anchor": "Nobody's", "file": SimpleUploadedFile("ledger.csv", b"a;b\n1;2\n")}}


_ROOT = "/api/v1/places/{place}"
_POOL, _ROWS = (Right.SEE_POOL,), (Right.SEE_ROWS,)
API: list[Operation] = [
    Operation("get", _ROOT, _POOL),
    Operation("get", f"{_ROOT}/snapshots", _POOL),
    Operation("get", f"{_ROOT}/figures", _POOL),
    Operation("get", f"{_ROOT}/figures?scope=own", _ROWS),
    Operation("get", f"{_ROOT}/spend?by=year", _ROWS),
    Operation("get", f"{_ROOT}/payments?limit=2", _ROWS),
    Operation("get", f"{_ROOT}/suppliers?limit=2", _ROWS),
    Operation("get", f"{_ROOT}/suppliers/nothing-there", _ROWS),
    Operation("get", f"{_ROOT}/cases?limit=2", (Right.REVIEW,)),
    Operation("get", f"{_ROOT}/decisions?limit=2", _ROWS),
    Operation("post", f"{_ROOT}/decisions", (Right.REVIEW,), Scope.DECIDE, _judgement),
    Operation("get", f"{_ROOT}/seat-decisions?limit=2", _POOL),
    Operation("post", f"{_ROOT}/seat-decisions", (Right.CORRECT,), Scope.DECIDE, _place),
    Operation("get", f"{_ROOT}/class-decisions?limit=2", _POOL),
    Operation("post", f"{_ROOT}/class-decisions", (Right.CORRECT,), Scope.DECIDE, _whose),
    Operation("get", f"{_ROOT}/contracts?limit=2", _POOL),
    Operation("get", f"{_ROOT}/contracts/no-such-contract", _POOL),
    Operation("post", f"{_ROOT}/contracts", (Right.PROCURE,), Scope.DECIDE, _contract),
    Operation("delete", f"{_ROOT}/contracts/no-such-contract", (Right.PROCURE,), Scope.DECIDE),
    Operation("get", f"{_ROOT}/jobs", _POOL),
    Operation("get", f"{_ROOT}/jobs/999999", _POOL),
    Operation("delete", f"{_ROOT}/jobs/999999", _POOL, Scope.IMPORT),
    Operation("post", f"{_ROOT}/builds", (Right.BUILD,), Scope.IMPORT),
    Operation("get", f"{_ROOT}/imports", _POOL),
    Operation("get", f"{_ROOT}/imports/999999", _POOL),
    Operation("delete", f"{_ROOT}/imports/999999", _POOL, Scope.IMPORT),
    Operation("post", f"{_ROOT}/imports/999999/commit", _POOL, Scope.IMPORT),
]
"""Bringing a file is asked by itself, since it depends on whose file it is."""

UNLINKED: list[str] = [
    "review/next",
    "review/case/{case}",
    "suppliers/{supplier}",
    "money/rows?supplier={supplier}",
    "money/rows.csv?anchor={anchor}",
    "money/rows.xlsx?anchor={anchor}",
    "money/?scope=own&anchor={anchor}",
    "where/{supplier}",
    "import/new/ledger",
    "procurement/contracts/outside?format=csv",
    "procurement/contracts/outside?anchor={anchor}",
    "procurement/gaps/?scope=own&anchor={anchor}",
    "procurement/gaps/list.csv?scope=own&anchor={anchor}",
    "procurement/gaps/kind?kind=livsmedel&scope=own&anchor={anchor}",
    "procurement/gaps/kind/firms.xlsx?kind=livsmedel&scope=own&anchor={anchor}",
]
"""Pages with rows that a walk along links may miss, below `/p/<place>/`; whoever adds such a page adds it here.

`{anchor}`, `{supplier}` and `{case}` are filled with those of an institution whose member the asker is not.
"""

UNLINKED_API: list[str] = [
    "figures?scope=own",
    "spend?by=anchor&by=year",
    "spend?by=anchor&anchor={anchor}",
    "payments?anchor={anchor}",
    "payments?format=csv",
    "suppliers?anchor={anchor}",
    "suppliers?limit=200",
    "suppliers?format=csv",
    "suppliers/{supplier}",
    "cases?limit=200",
    "decisions?format=csv",
    "decisions?supplier_key={supplier}",
    "seat-decisions?format=csv",
    "seat-decisions?subject_id={supplier}",
    "class-decisions?format=csv",
    "class-decisions?subject_id={supplier}",
    "contracts?limit=200",
    "contracts?format=csv",
    "imports",
    "jobs",
]
"""The same below `/api/v1/places/<place>/`."""


def table() -> str:
    """The table of THREATS.md as the code has it: rights down, roles across; ● everywhere, ◐ for one's own anchors."""
    lines = [
        "| What | Nobody signed in | " + " | ".join(role.label for role in Role) + " |",
        "|" + "---|" * (len(Role) + 2),
    ]
    for right in Right:
        sign = "◐" if right in OF_AN_ANCHOR else "●"
        cells = [sign if role in GRANTED[right] else "" for role in Role]
        lines.append(f"| {right.label} |  | " + " | ".join(cells) + " |")
    return "\n".join(lines)
