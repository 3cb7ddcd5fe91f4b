"""Judging: the row that a person's word on a case becomes, and what people's words come to before the next build."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from bygd.linkage.cases import Case
from bygd.vocabulary.words import Judgement

TAKEN_BACK = "taken back: "
"""How the note begins of a row that takes the same person's last word on a pair back."""

Row = dict[str, Any]


def judged(case: Case, judgement: Judgement, org_id: str | None, by: str, note: str = "") -> Row:
    """A row of link_decisions but for its time: what was said of the case, and what the machine proposed.

    With 'absent' there is no organisation.
    """
    best = case.shown
    return {
        "supplier_key": case.supplier_key,
        "org_id": None if judgement is Judgement.ABSENT else org_id,
        "judgement": judgement.value,
        "decided_by": by,
        "proposed_id": best.org_id if best else None,
        "proposed_score": best.score if best else None,
        "note": note.strip() or None,
    }


def taken_back(last: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> Row:
    """A row that takes `last` back: what anybody had said before on the same pair holds again, else 'unsure'.

    `rows` are the decisions on its supplier, in the order they were made.
    """
    before = [row for row in rows if pair(row) == pair(last) and row["decided_at"] < last["decided_at"]]
    word = before[-1]["judgement"] if before else Judgement.UNSURE.value
    return {**last, "judgement": word, "note": f"{TAKEN_BACK}{last['judgement']}"}


def in_force(rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The decisions that nobody took back, in the order given, which must be that of their times."""
    kept: list[Mapping[str, Any]] = []
    for row in rows:
        word = row["note"].removeprefix(TAKEN_BACK) if (row["note"] or "").startswith(TAKEN_BACK) else None
        if word is None:
            kept.append(row)
            continue
        undone = (pair(row), row["decided_by"], word)
        found = [at for at, one in enumerate(kept) if (pair(one), one["decided_by"], one["judgement"]) == undone]
        if found:
            del kept[found[-1]]
    return kept


def denied(rows: Iterable[Mapping[str, Any]]) -> set[str]:
    """The organisations that the case is last said not to be, of decisions in force."""
    last = {row["org_id"]: row["judgement"] for row in rows if row["org_id"]}
    return {org_id for org_id, word in last.items() if word == Judgement.DIFFERENT}


def is_settled(rows: Collection[Mapping[str, Any]], options: Iterable[str]) -> bool:
    """Whether decisions in force leave nothing to ask until the next build.

    'Different' settles a case once it was said of every organisation it may be.
    """
    if any(row["judgement"] != Judgement.DIFFERENT for row in rows):
        return True
    return bool(rows) and set(options) <= denied(rows)


def pair(row: Mapping[str, Any]) -> tuple[str, str]:
    """What a decision is about: a supplier and an organisation, or a supplier and no register entry."""
    return row["supplier_key"], row["org_id"] or ""
