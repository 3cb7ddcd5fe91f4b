"""Candidates: which organisations each supplier may be, cheapest evidence first."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from bygd.engine import DuckEngine
from bygd.linkage import halves, pairs
from bygd.linkage.comparison import PLACES
from bygd.linkage.met import Met
from bygd.linkage.numbers import FORMER, WRITTEN
from bygd.linkage.options import DEFAULT, Options
from bygd.linkage.score import Weights, among_rivals, log_odds, shipped, with_parts
from bygd.linkage.store import Index
from bygd.sources.conventions import Conventions
from bygd.vocabulary import tables

WRITTEN_AGREES = 0.02
REPAIRED_AGREES = 0.5
DOUBTED = 0.5
"""A number without a check digit may be a slip of the pen, or a charity's number in the wrong column. It
counts in full where the names alone are at least this likely, more where leading zeros had to be restored;
otherwise the candidate gets the score DOUBTED and a person is asked."""

ALWAYS_TOLD = (
    "covered",
    "covers",
    "sorted",
    "letters",
    "same_squeezed",
    "digits_differ",
    "other_name",
    "hidden_name",
    "is_ended",
)
"""Features that the evidence has even where they carry no weight, because sentences speak of them."""

TOLD_WHERE_SO = ("same_trade",)
"""Those of which sentences speak only where they are so."""

FACTS = {
    "days": ("not_yet + long_ended", ("registered_on", "ended_on", "first_paid_on", "last_paid_on")),
    "trade": ("same_trade + other_trade", ("industry", "bought")),
}
"""What the evidence tells beside features: where one of them is so, the facts that it rests on."""

INDEXED = ("vocabulary", "spellings")
PASSING = (
    "numbers",
    "claimed",
    "dealings",
    "queries",
    "cores",
    "sought",
    "repairs",
    "read",
    "odds",
    "ranked",
    "scored",
    "found",
)


def propose(
    engine: DuckEngine,
    conventions: Conventions,
    options: Options | None = None,
    index_folder: Path | None = None,
    weights: Weights | None = None,
    held: Index | None = None,
    register: str = "",
) -> None:
    """Read suppliers, organisations and organisation_names; write link_candidates.

    Dealings (or payments) tell when and for what suppliers were paid, successions whose number is a former one; both
    may be missing. Masked suppliers are looked for by pseudonym among masked organisations only. Redacted names,
    names without letters and names of nothing but legal forms get no candidates by name. With
    `index_folder` the index of the register is kept there and used again while the register stays the same, and with it
    what suppliers' names were compared with; an index that is `held`, which `open_index` gave for this engine, is not
    opened again.
    `register` is what the caller tells this register from others by; without it all its rows are looked through.
    Without `weights` those that come with bygd count.
    """
    chosen, weighed = options or DEFAULT, weights or shipped()
    index = pairs.read(engine, conventions, index_folder, held, register)
    met = Met.kept(index.folder, conventions, chosen) if index.folder and not held else Met()

    def find(half: DuckEngine) -> None:
        _rank(half, pairs.meet(half, conventions, chosen, index, met), weighed, chosen.kept)
        half.sql("linkage_found", _candidates(weighed))

    with halves.at_once(engine, find, "linkage_found") as found:
        engine.sql(tables.link_candidates, f"FROM ({found}) ORDER BY supplier_key, position")
    met.keep()
    forget(engine, whole=held is None)


def forget(engine: DuckEngine, *, whole: bool = True) -> None:
    """Let go of what comparing leaves behind; where not `whole`, an open index keeps what it needs."""
    for passing in (*PASSING, *(INDEXED if whole else ())):
        engine.forget(f"linkage_{passing}")


def _rank(engine: DuckEngine, compared: pa.Table, weights: Weights, kept: int) -> None:
    """Leaves `linkage_ranked`, the organisations kept of each supplier, and `linkage_scored`, what speaks for them."""
    compared = compared.append_column("row", pa.array(np.arange(len(compared))))
    narrow = compared.select(["row", "supplier_key", "org_id", "place", "registered_name"])
    engine.hold("linkage_odds", narrow.append_column("log_odds", pa.array(log_odds(compared, weights))))
    engine.sql("linkage_ranked", RANKED, kept)
    wanted = engine.arrow("SELECT row FROM linkage_ranked WHERE row IS NOT NULL ORDER BY row")["row"].combine_chunks()
    engine.put("linkage_scored", with_parts(compared.take(wanted), weights))


# The likeliest name of an organisation speaks for it, then organisations are rivals.
RANKED = f"""
    WITH best AS (
        FROM linkage_odds
        QUALIFY row_number() OVER (PARTITION BY supplier_key, org_id ORDER BY log_odds DESC, place, registered_name) = 1
    ), rivals AS (
        SELECT *, 1 / (1 + exp(-log_odds)) AS alone, {among_rivals("log_odds", "supplier_key")} AS score FROM best
    ), agreeing AS (
        SELECT n.supplier_key, n.org_id, n.how, n.is_checked OR coalesce(m.alone, 0) >=
            CASE WHEN n.how IN ('{WRITTEN}', '{FORMER}') THEN {WRITTEN_AGREES} ELSE {REPAIRED_AGREES} END AS agrees
        FROM linkage_numbers n LEFT JOIN rivals m USING (supplier_key, org_id)
    ), standing AS (
        SELECT supplier_key, org_id, a.how, a.agrees, m.row, m.log_odds,
            CASE WHEN a.agrees THEN 1.0 WHEN NOT a.agrees THEN {DOUBTED} ELSE m.score END AS score
        FROM agreeing a FULL JOIN rivals m USING (supplier_key, org_id)
    )
    SELECT *, row_number() OVER (
        PARTITION BY supplier_key ORDER BY score DESC, log_odds DESC NULLS LAST, how IS NULL, org_id
    ) AS position FROM standing QUALIFY position <= ?
"""


def _candidates(weights: Weights) -> str:
    """SQL: link_candidates; their evidence as JSON has the features that carry weight or that sentences speak of."""
    shown = [_entry(name, name, "true" if name in ALWAYS_TOLD else f"w_{name} <> 0") for name in weights.curves]
    shown += [_entry(name, name, "true") for name in ALWAYS_TOLD if name not in weights.curves]
    shown += [_entry(name, name, f"{name} <> 0") for name in TOLD_WHERE_SO if name not in weights.curves]
    said = [_entry(name, f"w_{name}", f"w_{name} <> 0") for name in weights.curves]
    return f"""
    SELECT r.supplier_key, r.org_id,
        CASE WHEN how IS NOT NULL THEN 'number' WHEN same_squeezed = 0 OR hidden_name = 1 THEN 'fuzzy'
             WHEN address IN {PLACES} THEN 'name_place' ELSE 'name' END AS stage,
        score, position,
        '{{' || concat_ws(',',
            CASE WHEN how IS NOT NULL THEN '"number":"' || how || '","number_agrees":' || agrees END,
            CASE WHEN registered_name IS NOT NULL THEN concat_ws(',',
                '"registered_name":' || to_json(registered_name),
                '"variant":"' || variant || '"', '"form":"' || form || '"', '"address":"' || address || '"',
                {", ".join(_facts(name, wanted, columns) for name, (wanted, columns) in FACTS.items())},
                '"base":{weights.base}', '"log_odds":' || log_odds, '"rules":"{weights.version}"',
                '"features":{{' || concat_ws(',', {", ".join(shown)}) || '}}',
                '"weights":{{' || concat_ws(',', {", ".join(said)}) || '}}'
            ) END
        ) || '}}' AS evidence
    FROM linkage_ranked r LEFT JOIN linkage_scored s USING (row)
    """


def _entry(name: str, column: str, wanted: str) -> str:
    return f"CASE WHEN {wanted} THEN '\"{name}\":' || {column} END"


def _facts(name: str, wanted: str, columns: Sequence[str]) -> str:
    told = ", ".join(f"'\"{column}\":' || to_json(CAST({column} AS VARCHAR))" for column in columns)
    return f"CASE WHEN {wanted} > 0 THEN '\"{name}\":{{' || concat_ws(',', {told}) || '}}' END"
