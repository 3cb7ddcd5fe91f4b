"""Registers: from one row per registration to organisations, their names, and what was set aside."""

import re
from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa

from bygd.engine import DuckEngine
from bygd.sources.conventions import Conventions
from bygd.sources.files.bulk import Rejected, true_row
from bygd.sources.privacy import Pseudonym
from bygd.sources.registers.result import ReadResult
from bygd.vocabulary.tables import organisation_names, organisations, workplaces

ROWS = "register_rows"
NAMES = "register_names"
FACTS = (
    "legal_form", "status", "registered_on", "ended_on", "postcode", "town", "municipality", "country", "industry",
    "size_band",
)  # fmt: skip


def settle(
    engine: DuckEngine,
    source: str,
    pseudonym: Pseudonym,
    conventions: Conventions,
    rejected: Sequence[Rejected] = (),
    passing: Sequence[str] = (),
) -> ReadResult:
    """Turn the passing relations of a reader into `organisations`, `organisation_names` and `workplaces`.

    `register_rows` has one row per registration: file, row_number, scheme, number, person (the
    personal number of a sole trader, else null), name, the facts of `organisations`, and reason
    (null where the row is usable). `register_names` has scheme, number, name, kind and until. Rows
    of one number become one organisation: the first row counts (lowest `place`, where the reader
    gives that column), gaps are filled from the others, and other names become names. Persons keep
    form, industry and postcode area under a pseudonym. Both relations are dropped, and those named
    in `passing` that they were views of, so that no personal number stays.
    """
    rows = int(engine.rows(f"SELECT COUNT(*) AS n FROM {ROWS}")[0]["n"]) + len(rejected)
    set_aside = rows_set_aside(engine, ROWS, rejected)
    _mask(engine, pseudonym, conventions)
    _one_row_each(engine)
    for relation in (ROWS, *passing):
        engine.forget(relation)
    masked_name = f"CONCAT({text(conventions.person_label)}, ' ', RIGHT(org_id, 4))"
    engine.sql(
        organisations,
        f"""
        SELECT org_id, CASE WHEN is_masked THEN {masked_name} ELSE name END AS name,
          {", ".join(FACTS[:4])},
          CASE WHEN is_masked THEN area ELSE r.postcode END AS postcode,
          CASE WHEN is_masked THEN NULL ELSE town END AS town,
          municipality, COALESCE(country, {text(conventions.country)}) AS country, industry,
          COALESCE(size_band, 'unknown') AS size_band, is_masked, {text(source)} AS source
        FROM register_single r LEFT JOIN register_postcodes p ON is_masked AND r.postcode = p.postcode
        ORDER BY org_id
        """,
    )
    engine.sql(
        organisation_names,
        f"""
        WITH named AS (
          SELECT org_id, name, 'registered' AS kind, CAST(NULL AS DATE) AS until FROM register_other_names
          UNION ALL SELECT CONCAT(scheme, ':', number), name, kind, until FROM {NAMES}
        )
        SELECT n.org_id, n.name, MAX(n.kind) AS kind, MAX(n.until) AS until
        FROM named n JOIN organisations o ON n.org_id = o.org_id
        WHERE NOT o.is_masked AND n.name IS NOT NULL AND n.name <> o.name
        GROUP BY n.org_id, n.name ORDER BY n.org_id, n.name
        """,
    )
    engine.register(workplaces, [])
    counts = engine.rows("SELECT COUNT(*) AS kept, COUNT(*) FILTER (is_masked) AS masked FROM organisations")[0]
    for relation in (NAMES, "register_single", "register_other_names", "register_postcodes"):
        engine.forget(relation)
    merged = rows - counts["kept"] - len(set_aside)
    return ReadResult(source, rows, counts["kept"], merged, tuple(set_aside), masked=counts["masked"])


def empty_names(engine: DuckEngine) -> None:
    """An empty `register_names`, for registers that give one name per organisation."""
    engine.execute(
        f"CREATE OR REPLACE TABLE {NAMES} (scheme VARCHAR, number VARCHAR, name VARCHAR, kind VARCHAR, until DATE)"
    )


def postcode(column: str) -> str:
    """A postcode as letters and digits in upper case; empty becomes null. SQL."""
    return f"NULLIF(REGEXP_REPLACE(UPPER({column}), '[^A-Z0-9]', '', 'g'), '')"


def lookup(
    engine: DuckEngine,
    relation: str,
    pairs: Mapping[str, str | None] | Iterable[tuple[str, str | None]],
    names: tuple[str, str],
) -> None:
    """A passing relation of two text columns, for what is computed once per distinct value."""
    listed = list(pairs.items() if isinstance(pairs, Mapping) else pairs)
    arrow = pa.table(
        {
            names[0]: pa.array([a for a, _ in listed], pa.string()),
            names[1]: pa.array([b for _, b in listed], pa.string()),
        }
    )
    engine.put(relation, arrow)


def rows_set_aside(engine: DuckEngine, relation: str, rejected: Sequence[Rejected]) -> list[Rejected]:
    """The rows of a passing relation that have a reason, with their true row numbers, and those that were not split."""
    lines: dict[str, list[int]] = {}
    for row in rejected:
        lines.setdefault(row.file, []).append(row.row)
    found = engine.rows(
        f"SELECT file, row_number, reason FROM {relation} WHERE reason IS NOT NULL ORDER BY file, row_number"
    )
    of_rows = [
        Rejected(row["file"], true_row(row["row_number"], lines.get(row["file"], ())), row["reason"]) for row in found
    ]
    return sorted([*rejected, *of_rows], key=lambda row: (row.file, row.row))


def _mask(engine: DuckEngine, pseudonym: Pseudonym, conventions: Conventions) -> None:
    """Pseudonyms of the distinct personal numbers, and the area of their postcodes."""
    persons = (
        engine.arrow(f"SELECT DISTINCT person FROM {ROWS} WHERE person IS NOT NULL AND reason IS NULL")
        .column(0)
        .to_pylist()
    )
    lookup(
        engine, "register_persons", ((person, pseudonym.number(person)) for person in persons), ("person", "pseudonym")
    )
    codes = engine.arrow(f"SELECT DISTINCT postcode FROM {ROWS} WHERE person IS NOT NULL AND postcode IS NOT NULL")
    area = re.compile(conventions.postcode_area) if conventions.postcode_area else None
    areas = {code: _area(code, area) for code in codes.column(0).to_pylist()}
    lookup(engine, "register_postcodes", areas, ("postcode", "area"))


def _area(code: str, pattern: re.Pattern[str] | None) -> str | None:
    found = pattern.search(code) if pattern else None
    return found.group() if found else None


def _one_row_each(engine: DuckEngine) -> None:
    """`register_single`: one row per organisation. Only repeated numbers pay for being gathered."""
    place = "r.place" if "place" in engine.arrow(f"SELECT * FROM {ROWS} LIMIT 0").column_names else "0"
    engine.execute(
        f"""
        CREATE OR REPLACE VIEW register_usable AS
        SELECT CONCAT(r.scheme, ':', COALESCE(p.pseudonym, r.number)) AS org_id, r.person IS NOT NULL AS is_masked,
          {place} AS place, r.file, r.row_number, r.name, {", ".join(f"r.{fact}" for fact in FACTS)}
        FROM {ROWS} r LEFT JOIN register_persons p ON r.person = p.person WHERE r.reason IS NULL
        """
    )
    engine.execute(
        """CREATE OR REPLACE TABLE register_repeated AS
        SELECT org_id FROM register_usable GROUP BY org_id HAVING COUNT(*) > 1"""
    )
    engine.execute(
        """CREATE OR REPLACE TABLE register_other_names AS
        SELECT DISTINCT org_id, name FROM register_usable SEMI JOIN register_repeated USING (org_id)
        WHERE NOT is_masked"""
    )
    first = ", ".join(
        f"FIRST({fact} ORDER BY place, file, row_number) FILTER ({fact} IS NOT NULL) AS {fact}"
        for fact in ("name", *FACTS)
    )
    engine.execute(
        f"""CREATE OR REPLACE TABLE register_single AS
        SELECT org_id, is_masked, name, {", ".join(FACTS)}
        FROM register_usable ANTI JOIN register_repeated USING (org_id)
        UNION ALL BY NAME
        SELECT org_id, BOOL_OR(is_masked) AS is_masked, {first}
        FROM register_usable SEMI JOIN register_repeated USING (org_id) GROUP BY org_id"""
    )
    # Views, not copies, until here: a register of millions of rows stands in memory once or twice, not five times.
    for relation in ("register_usable", "register_repeated", "register_persons"):
        engine.forget(relation)


def text(value: str) -> str:
    """A text as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"
