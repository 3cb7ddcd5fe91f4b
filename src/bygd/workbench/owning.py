"""Owning: what a person has to say of whose an organisation or supplier is, made a decision, for all doors."""

import getpass
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.vocabulary.said import Said
from bygd.vocabulary.words import OwnershipKind
from bygd.workbench import decisions, placing, snapshot
from bygd.workbench.project import Project


def say(project: Project, subject: str, kind: str, evidence: str, by: str = "", *, back: bool) -> Said:
    """Add the decision to the project's; gives what was said, in a sentence. With `back` what was said is taken back.

    Raises InputError where nobody is called that, there is no such kind, or no evidence was given.
    """
    with snapshot.current(project).engine() as engine:
        name = placing.name_of(engine, subject)
    said = decided(decisions.read(project, tables.class_decisions), subject)
    if back and (said is None or not said["kind"]):
        raise InputError("Nothing was said of whose {name} is that could be taken back.", name=name)
    kinds = [one for one in OwnershipKind if one is not OwnershipKind.UNKNOWN]
    found = next((one for one in kinds if one.value == kind), None)
    if not back and found is None:
        raise InputError("'{kind}' is no kind of ownership. It must be one of: {known}.", kind=kind, known=kinds)
    if not back and not evidence.strip():
        raise InputError("Say with --evidence where it is said, so that others can look.")
    row = made(subject, None if back else found, evidence, by.strip() or getpass.getuser(), said)
    decisions.add(project, tables.class_decisions, [row])
    if back or found is None:
        return Said("What was said of whose {name} is is taken back.", name=name)
    return Said("{name} is: {kind}.", name=name, kind=Said(found.label.lower()))


def made(
    subject: str, kind: OwnershipKind | None, evidence: str, by: str, before: Mapping[str, Any] | None
) -> dict[str, Any]:
    """A row of `class_decisions`; without a kind it takes back what was said. It is later than the one before it."""
    now = decisions.now()
    return {
        "subject_id": subject,
        "kind": kind.value if kind else None,
        "evidence": evidence.strip() or None,
        "decided_by": by,
        "decided_at": max(now, _moment(before) + timedelta(seconds=1)) if before else now,
    }


def decided(rows: Iterable[Mapping[str, Any]], subject: str) -> Mapping[str, Any] | None:
    """The latest of those rows about that subject."""
    return max((row for row in rows if row["subject_id"] == subject), key=_moment, default=None)


def _moment(row: Mapping[str, Any]) -> datetime:
    moment: datetime = row["decided_at"]
    return moment
