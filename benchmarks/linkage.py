"""How fast, how wide and how right suppliers are linked by name, beside a bare exact join in the same run.

    python benchmarks/linkage.py [--suppliers 20000 --organisations 1000000]

Register and suppliers are made up from syllables, trades and towns; suppliers' names carry the noise that ledgers
have, one in ten is in no register, half have a postcode. The same arguments give the same names. Goal: 20,000 by
1,000,000 in under 20 seconds on two cores and 2.5 GB; after a decision under half a second.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from generate import HEADS, TAILS, TOWNS, TRADES

from bygd.countries import load
from bygd.engine import DuckEngine
from bygd.linkage import evaluate, propose, resolve
from bygd.vocabulary import tables

NOISE = {
    "as written": "name",
    "capitals": "upper(name)",
    "form left out": "replace(name, ' AB', '')",
    "form in full": "replace(name, ' AB', ' Aktiebolag')",
    "letter lost": "left(name, 3) || substr(name, 5)",
    "letters swapped": "left(name, 2) || substr(name, 4, 1) || substr(name, 3, 1) || substr(name, 5)",
    "cut at 20": "left(name, 20)",
    "words turned": "split_part(name, ' ', 2) || ' ' || split_part(name, ' ', 1) || substr(name, 1 + "
    "length(split_part(name, ' ', 1) || ' ' || split_part(name, ' ', 2)))",
    "branch": "replace(name, ' AB', '') || ' AB - Filial 3'",
    "trading name": "'Kalles T/A ' || name",
    "town left out": "split_part(name, ' ', 1) || ' ' || split_part(name, ' ', 2) || ' AB'",
    "accents lost": "strip_accents(name)",
}


def pick(words: list[str], salt: int) -> str:
    """One of the words by row and salt; SQL."""
    listed = ", ".join(f"'{word}'" for word in words)
    return f"([{listed}])[1 + CAST(hash(row, {salt}) % {len(words)} AS INTEGER)]"


def made_up(rows: int) -> str:
    """Organisations of so many rows; SQL. Postcodes follow towns."""
    return f"""
        SELECT 'XX:' || lpad(CAST(row AS VARCHAR), 9, '0') AS org_id,
            {pick(HEADS, 1)} || {pick(TAILS, 2)} || ' ' || {pick(HEADS, 3)} || lower({pick(TRADES, 4)})
                || ' i ' || {pick(TOWNS, 5)} || ' AB' AS name,
            CAST(10000 + hash({pick(TOWNS, 5)}) % 400 * 200 + hash(row, 6) % 200 AS VARCHAR) AS postcode
        FROM (SELECT unnest(range({rows})) AS row)
    """


def timed(run: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and of both processors."""
    wall, busy = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - wall, time.process_time() - busy


def prepare(engine: DuckEngine, suppliers: int, organisations: int) -> dict[str, set[str]]:
    """The tables linkage reads; gives the truth."""
    in_register = suppliers * 9 // 10
    engine.sql("made", made_up(organisations + suppliers - in_register))
    engine.sql(
        tables.organisations,
        """
        SELECT org_id, name, NULL AS legal_form, 'active' AS status, NULL AS registered_on, NULL AS ended_on, postcode,
            NULL AS town, NULL AS municipality, 'se' AS country, NULL AS industry, 'unknown' AS size_band,
            false AS is_masked, 'made up' AS "source"
        FROM made WHERE org_id < ?
        """,
        f"XX:{organisations:09}",
    )
    engine.register(tables.organisation_names, [])
    engine.register(tables.link_decisions, [])
    cases = " ".join(f"WHEN {place} THEN {noisy}" for place, noisy in enumerate(NOISE.values()))
    engine.sql(
        tables.suppliers,
        f"""
        WITH chosen AS (
            (SELECT *, true AS is_in FROM made WHERE org_id < ? ORDER BY hash(org_id, 7) LIMIT {in_register})
            UNION ALL
            SELECT *, false FROM made WHERE org_id >= ?
        )
        SELECT (CASE WHEN is_in THEN org_id ELSE '' END) || '|' || org_id AS supplier_key, 'a' AS anchor,
            NULL AS supplier_number, CASE hash(org_id, 8) % {len(NOISE)} {cases} END AS name, NULL AS org_number,
            CASE WHEN hash(org_id, 9) % 2 = 0 THEN postcode END AS postcode, NULL AS town, NULL AS country,
            NULL AS kind, false AS is_masked
        FROM chosen
        """,
        f"XX:{organisations:09}",
        f"XX:{organisations:09}",
    )
    keys = [row["supplier_key"] for row in engine.rows("SELECT supplier_key FROM suppliers")]
    return {key: {key.split("|")[0]} - {""} for key in keys}


def report(engine: DuckEngine, truth: dict[str, set[str]]) -> None:
    links = {row["supplier_key"]: row["org_id"] for row in engine.rows("SELECT supplier_key, org_id FROM links")}
    found = evaluate(links, truth)
    best: dict[str, set[str]] = {}
    for row in engine.rows("SELECT supplier_key, org_id FROM link_candidates"):
        best.setdefault(row["supplier_key"], set()).add(row["org_id"])
    present = [key for key, organisations in truth.items() if organisations]
    print(f"precision of links   {found.precision}")
    print(f"recall               {found.recall}")
    print(f"unresolved           {found.unresolved}")
    print(f"false links          {found.false_links}  of suppliers in no register")
    print(f"among the candidates {sum(bool(truth[key] & best.get(key, set())) for key in present) / len(present):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--suppliers", type=int, default=20_000)
    parser.add_argument("--organisations", type=int, default=1_000_000)
    given = parser.parse_args()
    conventions = load("se").conventions()
    with DuckEngine(threads=2) as engine, tempfile.TemporaryDirectory() as folder:
        truth = prepare(engine, given.suppliers, given.organisations)
        bare = "SELECT s.supplier_key, o.org_id FROM suppliers s JOIN organisations o ON lower(o.name) = lower(s.name)"
        join, _ = timed(lambda: engine.sql("joined", bare))
        lines = {
            "bare exact join": (join, join),
            "propose": timed(lambda: propose(engine, conventions)),
            "propose, index built": timed(lambda: propose(engine, conventions, index_folder=Path(folder))),
            "propose, index kept": timed(lambda: propose(engine, conventions, index_folder=Path(folder))),
            "resolve": timed(lambda: resolve(engine)),
        }
        print(f"{given.suppliers:,} suppliers, {given.organisations:,} organisations; seconds, of processors, ratio")
        for name, (wall, busy) in lines.items():
            print(f"{name:22} {wall:7.2f} {busy:7.2f} {wall / join:7.1f}")
        print(f"most memory          {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")
        report(engine, truth)


if __name__ == "__main__":
    main()
