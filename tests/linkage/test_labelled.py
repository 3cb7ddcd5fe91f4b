"""Real names with hand-checked organisation numbers: linkage must not slip below what was measured."""

import csv
import hashlib
from pathlib import Path

import pytest
from tests.lib.linking import SUPPLIER

from bygd.countries import pack
from bygd.engine import DuckEngine
from bygd.linkage import evaluate, propose, resolve
from bygd.vocabulary import tables

# Haystack names that are a registered name letter by letter are left out: they are most likely the
# same organisation from a list without numbers, and a register holds each organisation once.
ORGANISATIONS = """
    WITH listed AS (
        SELECT 'GB-COH:' || organisation_number AS org_id, name FROM register
        UNION ALL
        SELECT 'HAYSTACK:' || row, name FROM haystack
        WHERE regexp_replace(lower(name), '[^a-z0-9]', '', 'g')
            NOT IN (SELECT regexp_replace(lower(name), '[^a-z0-9]', '', 'g') FROM register WHERE name IS NOT NULL)
    )
    SELECT org_id, min(name) AS name, NULL AS legal_form, 'active' AS status, NULL AS registered_on,
        NULL AS ended_on, NULL AS postcode, NULL AS town, NULL AS municipality, 'gb' AS country, NULL AS industry,
        'unknown' AS size_band, false AS is_masked, 'labelled' AS "source"
    FROM listed WHERE name IS NOT NULL GROUP BY org_id
"""


def load_labelled(engine: DuckEngine, folder: Path) -> dict[str, set[str]]:
    """Suppliers and register of the labelled sets; gives the truth by supplier_key."""
    for name, file in (("register", "organisations"), ("haystack", "haystack_names")):
        path = folder / f"gb/register/{file}.csv.gz"
        engine.sql(name, "SELECT * FROM read_csv(?, all_varchar = true)", str(path))
    engine.sql(tables.organisations, ORGANISATIONS)
    engine.sql(
        tables.organisation_names,
        """SELECT DISTINCT 'GB-COH:' || organisation_number AS org_id, name, 'registered' AS kind, NULL AS "until"
        FROM register WHERE name IS NOT NULL""",
    )
    truth: dict[str, set[str]] = {}
    suppliers = []
    for labelled in ("nhs", "calderdale"):
        with (folder / f"gb/labelled/{labelled}.csv").open(encoding="utf-8") as opened:
            for row in csv.DictReader(opened):
                key = f"{labelled} {len(truth)} {half(row['supplier'])}"
                truth[key] = {f"GB-COH:{row['in_register']}"} if row["in_register"] else set()
                suppliers.append({**SUPPLIER, "supplier_key": key, "name": row["supplier"]})
    engine.register(tables.suppliers, suppliers)
    engine.register(tables.link_decisions, [])
    return truth


def half(name: str) -> int:
    """Which half a name belongs to: thresholds were chosen on half 0."""
    return int(hashlib.md5(name.encode(), usedforsecurity=False).hexdigest(), 16) % 2


@pytest.mark.slow
def test_names_only(engine: DuckEngine, shared_data: Path) -> None:
    truth = load_labelled(engine, shared_data)
    propose(engine, pack.load("gb").conventions())
    resolve(engine)
    links = {row["supplier_key"]: row["org_id"] for row in engine.rows("SELECT supplier_key, org_id FROM links")}
    whole = evaluate(links, truth)
    unseen = evaluate(links, {key: found for key, found in truth.items() if key.endswith(" 1")})
    for name, result in (("whole", whole), ("half not chosen on", unseen)):
        print(
            f"{name}: precision {result.precision}, recall {result.recall}, F1 {result.f1:.3f}, "
            f"unresolved {result.unresolved}, false links {result.false_links}"
        )
    for result in (whole, unseen):
        assert (result.precision.value or 0) >= 0.97
        assert (result.recall.value or 0) >= 0.60
    assert (whole.false_links.value or 0) <= 0.03
