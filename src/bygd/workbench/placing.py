"""Placing: what a person has to say on where a registered office or a branch is, made a decision, for both doors."""

import getpass
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from bygd.engine import DuckEngine
from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.vocabulary.said import Said
from bygd.vocabulary.words import Site
from bygd.workbench import decisions, snapshot
from bygd.workbench.project import Project
from bygd.workbench.whereabouts import Where, places

KNOWN = """
    SELECT name, is_masked FROM suppliers WHERE supplier_key = ?
    UNION ALL SELECT name, is_masked FROM organisations WHERE org_id = ?
"""


def say(project: Project, subject: str, site: Site, where: str, evidence: str, by: str = "", *, back: bool) -> Said:
    """Add the decision to the project's; gives what was said, in a sentence. With `back` what was said is taken back.

    Raises InputError where nobody is called that, nothing is known of the place, or no evidence was given.
    """
    with snapshot.current(project).engine() as engine:
        name = name_of(engine, subject)
        place = None if back else places(engine, project.country).understood(engine, where)
    said = decided(decisions.read(project, tables.seat_decisions), subject, site)
    if back and (said is None or not stands(said)):
        raise InputError(
            "Nothing was said of the {site} of {name} that could be taken back.", site=_of(site), name=name
        )
    if place and not evidence.strip():
        raise InputError("Say with --evidence where it is said, so that others can look.")
    row = made(subject, site, place, evidence, by.strip() or getpass.getuser(), said)
    decisions.add(project, tables.seat_decisions, [row])
    if place is None:
        return Said("What was said of the {site} of {name} is taken back.", site=_of(site), name=name)
    return Said("The {site} of {name} is in {place}.", site=_of(site), name=name, place=place.label)


def made(
    subject: str, site: Site, where: Where | None, evidence: str, by: str, before: Mapping[str, Any] | None
) -> dict[str, Any]:
    """A row of `seat_decisions`; without a place it takes back what was said. It is later than the one before it."""
    now = decisions.now()
    return {
        "subject_id": subject,
        "site": site.value,
        "area_id": where.area_id if where else None,
        "postcode": where.postcode if where else None,
        "evidence": evidence.strip() or None,
        "decided_by": by,
        "decided_at": max(now, _moment(before) + timedelta(seconds=1)) if before else now,
    }


def decided(rows: Iterable[Mapping[str, Any]], subject: str, site: Site) -> Mapping[str, Any] | None:
    """The latest of those rows about that site of the subject."""
    about = [row for row in rows if row["subject_id"] == subject and row["site"] == site]
    return max(about, key=_moment, default=None)


def stands(row: Mapping[str, Any]) -> bool:
    """Whether the row says a place, rather than taking back what was said."""
    return bool(row["area_id"] or row["postcode"])


def _moment(row: Mapping[str, Any]) -> datetime:
    moment: datetime = row["decided_at"]
    return moment


def _of(site: Site) -> Said:
    return Said(site.label.lower())


def name_of(engine: DuckEngine, subject: str) -> str:
    """What the supplier or organisation of that key is called. Raises InputError where there is none, or a person."""
    rows = engine.rows(KNOWN, subject, subject)
    if not rows:
        raise InputError(
            "No supplier and no organisation has the key '{subject}'. `bygd explain` shows keys and org_ids.",
            subject=subject,
        )
    if any(row["is_masked"] for row in rows):
        raise InputError("'{subject}' is a private person or sole trader. Nothing is said of them.", subject=subject)
    return str(rows[0]["name"])
