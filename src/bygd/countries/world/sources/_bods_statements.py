"""Statements of the Beneficial Ownership Data Standard, all versions: parties, and who holds what in whom."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bygd.sources.conventions import Conventions
from bygd.sources.registers.owners import MAJORITY

LONGEST = 100
"""An identifier longer than this is none."""
SCHEME = re.compile(r"[A-Z]{2}-[A-Z0-9-]{2,20}")
OPEN_CORPORATES = re.compile(r"opencorporates\.com/companies/([a-z]{2})(?:_[a-z]{2})?/([A-Za-z0-9_-]+)")
NATURES = {
    "votingrights": "votes",
    "shareholding": "shares",
    "appointmentofboard": "board",
    "controlviacompanyrulesorarticles": "unknown",
    "controlbylegalframework": "unknown",
}
"""Types of interest without hyphens and capitals, which changed between versions; all others are influence."""
BY_NATURE_ALONE = {"board", "unknown"}
"""Natures that are control whatever the share."""
STRENGTH = ("votes", "shares", "board", "unknown", "influence")
PUBLIC = {"state", "statebody"}
NAMELESS = {"anonymousentity", "unknownentity"}


@dataclass(frozen=True)
class Party:
    """Who a statement is about. `org_id` is empty for persons and for entities that are not named."""

    kind: str
    org_id: str | None = None
    name: str | None = None
    country: str | None = None


@dataclass(frozen=True)
class Hold:
    """What one party holds in another, each named by the key of its statement or record."""

    subject: str
    party: str
    nature: str
    share_low: float | None
    share_high: float | None
    is_control: bool
    since: date | None
    until: date | None


def keys(statement: Mapping[str, Any]) -> list[str]:
    """What other statements call this one: the statement's id, and the record's from version 0.4 on."""
    found = (statement.get(name) for name in ("statementID", "statementId", "recordId"))
    return [key for key in found if isinstance(key, str) and key]


def what(statement: Mapping[str, Any]) -> str:
    """'entity', 'person', 'relationship', or something else."""
    said = str(statement.get("recordType") or statement.get("statementType") or "")
    return {
        "entityStatement": "entity",
        "personStatement": "person",
        "ownershipOrControlStatement": "relationship",
    }.get(said, said)


def party(statement: Mapping[str, Any], conventions: Conventions) -> Party:
    """The entity or person a statement describes; of a person nothing but the country of residence."""
    details = _details(statement)
    if what(statement) == "person":
        places = [_inner(details, "placeOfResidence"), *_objects(details.get("addresses"))]
        return Party("person", country=next(filter(None, map(_country, places)), None))
    said = details.get("entityType")
    kind = _plain(said.get("type") if isinstance(said, Mapping) else said)
    where = _inner(details, "jurisdiction") or _inner(details, "incorporatedInJurisdiction")
    country = _code(where.get("code"))
    if kind in NAMELESS:
        return Party("organisation", country=country)
    name = details.get("name")
    return Party(
        "public_body" if kind in PUBLIC else "organisation",
        _org_id(details, conventions) or f"BODS:{keys(statement)[-1][:LONGEST]}",
        name.strip() or None if isinstance(name, str) else None,
        country,
    )


def hold(statement: Mapping[str, Any]) -> Hold | None:
    """What a relationship states; None where the owner is not named. Of several interests the strongest counts."""
    details = _details(statement)
    subject, owner = _referred(details.get("subject")), _referred(details.get("interestedParty"))
    if not subject or not owner:
        return None
    interests = _objects(details.get("interests"))
    lasting = [one for one in interests if _day(one.get("endDate")) is None]
    read = [_interest(one) for one in lasting or interests] or [("unknown", None, None, False)]
    nature, low, high, is_control = min(
        read, key=lambda one: (not one[3], STRENGTH.index(one[0]), -(one[1] or 0.0), -(one[2] or 0.0))
    )
    since = min(filter(None, (_day(one.get("startDate")) for one in interests)), default=None)
    until = max(filter(None, (_day(one.get("endDate")) for one in interests)), default=None)
    if statement.get("recordStatus") == "closed":
        until = until or _day(statement.get("statementDate")) or since
    elif lasting or not interests:
        until = None
    return Hold(subject, owner, nature, low, high, is_control, since, until)


def _interest(said: Mapping[str, Any]) -> tuple[str, float | None, float | None, bool]:
    nature = NATURES.get(_plain(said.get("type")), "influence")
    share = said.get("share") if isinstance(said.get("share"), Mapping) else {}
    assert isinstance(share, Mapping)
    exact = _part(share.get("exact"))
    low = exact if exact is not None else _part(share.get("minimum", share.get("exclusiveMinimum")))
    high = exact if exact is not None else _part(share.get("maximum", share.get("exclusiveMaximum")))
    above = share.get("exclusiveMinimum") not in (None, False) and exact is None
    is_majority = low is not None and (low > MAJORITY or (low == MAJORITY and above))
    return nature, low, high, nature in BY_NATURE_ALONE or (nature in ("votes", "shares") and is_majority)


def _details(statement: Mapping[str, Any]) -> Mapping[str, Any]:
    details = statement.get("recordDetails")
    return details if isinstance(details, Mapping) else statement


def _org_id(details: Mapping[str, Any], conventions: Conventions) -> str | None:
    """The number in a register of the country, else in any scheme of org-id.guide, else as OpenCorporates has it."""
    known = {scheme.id: scheme for scheme in conventions.schemes}
    listed = [one for one in _objects(details.get("identifiers")) if isinstance(one.get("id"), str | int)]
    schemed = [(one.get("scheme"), re.sub(r"\s", "", str(one["id"])).upper()) for one in listed]
    usable = [(scheme, number) for scheme, number in schemed if isinstance(scheme, str) and 0 < len(number) <= LONGEST]
    for scheme, number in sorted(usable, key=lambda one: (one[0] not in known, one)):
        if SCHEME.fullmatch(scheme):
            pad = known[scheme].pad if scheme in known and number.isdigit() else 0
            return f"{scheme}:{number.zfill(pad)}"
    for one in listed:
        if match := OPEN_CORPORATES.search(str(one["id"])[:LONGEST]):
            return f"{match[1].upper()}-OTHER:{re.sub('[^A-Z0-9]', '', match[2].upper())}"
    return None


def _referred(said: Any) -> str:
    """The key of the statement referred to: a text from version 0.4 on, an object before."""
    if isinstance(said, Mapping):
        names = ("describedByEntityStatement", "describedByPersonStatement")
        said = next((said[name] for name in names if isinstance(said.get(name), str)), "")
    return said if isinstance(said, str) else ""


def _inner(details: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = details.get(name)
    return found if isinstance(found, Mapping) else {}


def _objects(said: Any) -> list[Mapping[str, Any]]:
    return [one for one in said if isinstance(one, Mapping)] if isinstance(said, list) else []


def _country(place: Mapping[str, Any]) -> str | None:
    """The country of an address: a code, or an object with one."""
    said = place.get("country")
    return _code(said.get("code") if isinstance(said, Mapping) else said)


def _code(said: Any) -> str | None:
    """Two letters in lower case, of a country or of a part of one (`XX-YYY`)."""
    fits = isinstance(said, str) and re.fullmatch(r"[A-Za-z]{2}(-[A-Za-z0-9]+)?", said)
    return said[:2].lower() if fits else None


def _part(said: Any) -> float | None:
    """A percentage as a part of one."""
    if isinstance(said, bool) or not isinstance(said, int | float) or not math.isfinite(said) or not 0 <= said <= 100:
        return None
    return said / 100


def _day(said: Any) -> date | None:
    try:
        return date.fromisoformat(said[:10]) if isinstance(said, str) else None
    except ValueError:
        return None


def _plain(said: Any) -> str:
    return re.sub("[^a-z]", "", said.casefold()) if isinstance(said, str) else ""


def replaced(statement: Mapping[str, Any]) -> set[str]:
    """Ids of the statements that this one replaces (versions before 0.4)."""
    listed = statement.get("replacesStatements")
    return {key for key in listed if isinstance(key, str)} if isinstance(listed, list) else set()
