"""Suggestions: organisations, properties and types that begin as somebody types, and what each is."""

import html
import re
from collections.abc import Iterable, Sequence
from typing import Any

from bygd.workbench.reconciliation import facts, limits, types
from bygd.workbench.reconciliation.agreement import code, folded
from bygd.workbench.reconciliation.answers import described
from bygd.workbench.reconciliation.errors import RequestError
from bygd.workbench.reconciliation.properties import ALL, BY_ID
from bygd.workbench.reconciliation.register import FOLDED, Register
from bygd.workbench.reconciliation.texts import text

START = FOLDED.format("CAST(? AS VARCHAR)")
LAST = chr(0x10FFFF)

# What begins so is found by the order of the table, which is quick however large the register is.
BEGINS = f"""
WITH wanted AS (SELECT {START} AS start)
SELECT org_id, any_value(name ORDER BY folded) AS name
FROM served_names WHERE folded >= (SELECT start FROM wanted) AND folded < (SELECT start || '{LAST}' FROM wanted)
GROUP BY org_id ORDER BY min(length(folded)), min(folded), org_id LIMIT ? OFFSET ?
"""

# Names that begin so first, shorter ones before longer ones; then names with a word that begins so.
HOLDS = f"""
WITH wanted AS (SELECT {START} AS start), hits AS (
    SELECT org_id, name, starts_with(folded, start) AS begins, folded
    FROM served_names, wanted WHERE starts_with(folded, start) OR contains(folded, ' ' || start)
)
SELECT org_id, any_value(name ORDER BY begins DESC, folded) AS name
FROM hits GROUP BY org_id
ORDER BY bool_or(begins) DESC, min(length(folded)) FILTER (begins), min(folded) FILTER (begins), min(length(folded)),
    min(folded), org_id LIMIT ? OFFSET ?
"""

NUMBERED = "SELECT org_id FROM served WHERE org_id >= ? AND org_id < ? ORDER BY org_id LIMIT ?"

NUMBERLIKE = re.compile(r"[A-Za-z]{0,3}[\d\s.-]*\d[\d\s.-]*")


def suggested(
    register: Register, kind: str, prefix: str, limit: int | None, offset: int, language: str, type: str = ""
) -> dict[str, Any]:
    """Suggestions of a kind: 'entity', 'property' or 'type'. Raises RequestError for other kinds, and beyond
    `limits.MOST_SKIPPED`.

    An empty prefix gives every property and type, and no organisation. Identifiers count as names do.
    """
    most = min(limit or limits.SUGGESTIONS, limits.MOST_SUGGESTIONS)
    skipped = max(0, offset)
    if skipped > limits.MOST_SKIPPED:
        raise RequestError(
            400,
            "No more than {most} suggestions can be paged through. Type more of the name.",
            most=limits.MOST_SKIPPED,
        )
    if kind == "entity":
        found = _entities(register, prefix[: limits.NAME], most, skipped, language)
    elif kind == "property":
        listed = _beginning([known.described(language) for known in ALL if known.asked or known.fetched], prefix)
        found = listed[skipped:][: most if limit else limits.MOST_SUGGESTIONS]
    elif kind == "type":
        found = _beginning(types.everything(register, language), prefix)[skipped:][:most]
    else:
        raise RequestError(
            404, "There are no suggestions of '{kind}'. Ask for entity, property or type.", kind=kind[:40]
        )
    return {"result": found}


def flyout(register: Register, kind: str, id: str, language: str) -> dict[str, str]:
    """A small piece of HTML about one suggestion. Raises RequestError where there is none."""
    if kind == "entity":
        found = facts.of(register, id, language)
        if found is None:
            raise RequestError(404, text("page.missing", language))
        listed = "".join(f"<dt>{html.escape(one.label)}</dt><dd>{html.escape(one.value)}</dd>" for one in found.lines)
        return {"id": id, "html": f"<h1>{html.escape(found.name)}</h1><dl>{listed}</dl>"}
    if kind == "property" and id in BY_ID:
        known = BY_ID[id].described(language)
        return {"id": id, "html": f"<h1>{html.escape(known['name'])}</h1><p>{html.escape(known['description'])}</p>"}
    listed_types = [type for type in types.everything(register, language) if type["id"] == id]
    if kind == "type" and listed_types:
        return {"id": id, "html": f"<h1>{html.escape(listed_types[0]['name'])}</h1>"}
    raise RequestError(404, "There is no {kind} '{id}'.", kind=kind[:40], id=id[:60])


def _entities(register: Register, prefix: str, most: int, skipped: int, language: str) -> list[dict[str, Any]]:
    wanted = prefix.strip()
    names: dict[str, str] = {}
    if ":" in wanted or NUMBERLIKE.fullmatch(wanted):
        ids = _numbered(register, wanted, skipped + most)[skipped:]
    elif folded(wanted):
        rows = register.rows(BEGINS, wanted, most, skipped)
        if len(rows) < most:
            rows = register.rows(HOLDS, wanted, most, skipped)
        names = {row["org_id"]: row["name"] for row in rows}
        ids = list(names)
    else:
        ids = []
    organisations = register.organisations(ids)
    return [_entity(register, organisations[id], names.get(id, ""), language) for id in ids if id in organisations]


def _numbered(register: Register, wanted: str, most: int) -> list[str]:
    """Identifiers that begin so, with their scheme or without; a whole one comes first."""
    scheme, colon, rest = wanted.partition(":")
    number = code(rest if colon else wanted)
    starts = [f"{known}:{number}" for known in register.schemes if not colon or known == scheme] if number else []
    if colon and not number and scheme in register.schemes:
        starts = [f"{scheme}:"]
    listed = [row["org_id"] for start in starts for row in register.rows(NUMBERED, start, start + LAST, most)]
    return sorted(listed, key=lambda id: (id != wanted, id))[:most]


def _entity(register: Register, organisation: dict[str, Any], hit: str, language: str) -> dict[str, Any]:
    """One organisation; where another name of it was hit, the description says which."""
    told = [described(register, organisation, language), hit if folded(hit) != folded(organisation["name"]) else ""]
    return {
        "id": organisation["org_id"],
        "name": organisation["name"],
        "description": " · ".join(filter(None, told)),
        "notable": [
            {"id": type["id"], "name": type["name"]} for type in types.of_organisation(register, organisation, language)
        ],
    }


def _beginning(listed: Sequence[dict[str, Any]], prefix: str) -> list[dict[str, Any]]:
    """Those whose identifier, name or a word of it begins so."""
    start = folded(prefix)
    return [one for one in listed if one["id"] == prefix or any(_words(one, start))]


def _words(one: dict[str, Any], start: str) -> Iterable[bool]:
    for written in (folded(one["name"]), folded(one["id"])):
        yield written.startswith(start) or f" {start}" in written
