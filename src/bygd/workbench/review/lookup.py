"""Looking up organisations by hand, for cases whose organisation is no candidate."""

from bygd.engine import DuckEngine
from bygd.linkage.cases import Candidate
from bygd.linkage.evidence import Evidence
from bygd.vocabulary.words import LinkStage

MOST = 10
FOLDED = "STRIP_ACCENTS(LOWER({}))"

FOUND = """
    SELECT o.org_id, o.name, o.town, o.postcode, o.legal_form, o.status
    FROM organisations AS o
    WHERE NOT o.is_masked AND ({condition})
    ORDER BY o.status = 'ended', LENGTH(o.name), o.org_id LIMIT {most}
"""


def search(engine: DuckEngine, text: str, most: int = MOST) -> list[Candidate]:
    """At most ten organisations with that number, or with all those words in a name; those that live first.

    Letters count without their accents: 'asele' finds Åsele. Persons and sole traders are never found.
    """
    words = text.split()
    if not words:
        return []
    squeezed = "".join(sign for sign in text if sign.isalnum()).upper()
    number = "o.org_id = ? OR (LENGTH(?) >= 6 AND ENDS_WITH(UPPER(o.org_id), ':' || ?))"
    found = _rows(engine, number, most, text.strip(), squeezed, squeezed)
    if found:
        return found
    named = " AND ".join(f"CONTAINS({FOLDED.format('o.name')}, {FOLDED.format('?')})" for _ in words)
    other = " AND ".join(f"CONTAINS({FOLDED.format('n.name')}, {FOLDED.format('?')})" for _ in words)
    condition = f"({named}) OR o.org_id IN (SELECT n.org_id FROM organisation_names AS n WHERE {other})"
    return _rows(engine, condition, most, *words, *words)


def _rows(engine: DuckEngine, condition: str, most: int, *parameters: str) -> list[Candidate]:
    return [
        Candidate(row["org_id"], row["name"], LinkStage.DECISION, 0.0, Evidence(), row["town"], row["postcode"],
                  row["legal_form"], row["status"])
        for row in engine.rows(FOUND.format(condition=condition, most=most), *parameters)
    ]  # fmt: skip
