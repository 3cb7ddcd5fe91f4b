"""A register of one's own: any table of organisations, read through a mapping of its columns."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bygd.engine import DuckEngine
from bygd.sources.conventions import Conventions
from bygd.sources.privacy import Pseudonym
from bygd.sources.registers import own_table, owners
from bygd.sources.registers.country_names import country, country_codes
from bygd.sources.registers.industry_codes import mended
from bygd.sources.registers.own_number import OTHER, bare, clean, find_persons
from bygd.sources.registers.register import NAMES, ROWS, empty_names, lookup, postcode, settle, text
from bygd.sources.registers.result import ReadResult
from bygd.vocabulary.words import SizeBand

FIELDS = (
    "number", "name", "trading_name", "former_name", "legal_form", "status", "postcode", "town", "municipality",
    "country", "industry", "size", "employees", "registered_on", "ended_on", "parent_number",
)  # fmt: skip
SETTINGS = ("scheme",)
ACTIVE = "^(active|aktiv|verksam|actief|live|registered|open)"
ENDED = (
    "^(dissolved|ended|closed|removed|inactive|avregistrerad|upphörd|ej verksam|opgeheven|uitgeschreven|deregistered)"
)


def read(
    engine: DuckEngine,
    paths: Sequence[Path],
    pseudonym: Pseudonym,
    conventions: Conventions,
    columns: Mapping[str, Any] | None,
    headers: Mapping[str, Sequence[str]],
    source: str,
) -> ReadResult:
    """`organisations`, `organisation_names` and `parents` from CSV, XLSX, XLS or ODS, packed or not.

    `columns` gives the header's name per field of `FIELDS`, and may give the `scheme` of the numbers
    and the `sheet`; without it columns are found by the names in `headers`. Numbers are cleaned and
    lost leading zeros put back as the country's schemes say, those of industries where the column tells
    (`industry_codes`); numbers of no known scheme are kept
    under `XX-OTHER`. Rows without number or name are set aside. Personal numbers and sole traders'
    forms are masked. Raises InputError where no sheet has a number and a name.
    """
    mapping = dict(columns or {})
    own_table.gather(engine, "own_cells", paths, FIELDS, mapping, headers, ("number", "name"), SETTINGS)
    _numbers(engine, conventions, mapping.get("scheme", ""))
    codes = country_codes(engine, "own_numbered", "country", conventions)
    industry = mended(engine, "own_numbered", "industry", conventions.industry_digits)
    engine.execute(f"CREATE OR REPLACE TABLE {ROWS} AS {_select(conventions, codes, industry)}")
    empty_names(engine)
    engine.execute(f"INSERT INTO {NAMES} {_names()}")
    engine.execute(f"CREATE OR REPLACE TABLE {owners.ROWS} AS {_owners()}")
    result = settle(engine, source, pseudonym, conventions)
    engine.execute(
        f"DELETE FROM {owners.ROWS} WHERE org_id NOT IN (SELECT org_id FROM organisations WHERE NOT is_masked)"
    )
    owners.settle(engine, source)
    for relation in ("own_cells", "own_numbered", "own_persons", "own_owning_persons", codes):
        engine.forget(relation)
    return result


def _numbers(engine: DuckEngine, conventions: Conventions, scheme: str) -> None:
    """`own_numbered`: rows with scheme, clean number, the parent's, and the personal number where it is one."""
    raws = ", ".join(f"{bare(column)} AS {column}_raw" for column in ("number", "parent_number"))
    number, parent = (clean(conventions, f"{column}_raw", scheme) for column in ("number", "parent_number"))
    engine.execute(
        f"""CREATE OR REPLACE TABLE own_numbered AS WITH bare AS (SELECT *, {raws} FROM own_cells)
        SELECT * EXCLUDE (number, parent_number, number_raw, parent_number_raw), number AS written,
          parent_number AS parent_written, {number} AS id, {parent} AS parent_id FROM bare"""
    )
    if scheme:
        lookup(engine, "own_persons", {}, ("text", "person"))
    else:
        find_persons(engine, "own_persons", "own_numbered", "written", "id", conventions)
    find_persons(engine, "own_owning_persons", "own_numbered", "parent_written", "parent_id", conventions)


def _select(conventions: Conventions, codes: str, industry: str) -> str:
    forms = ", ".join(text(form.casefold()) for form in conventions.personal_forms) or "NULL"
    code_lengths = {len(area.code) for area in conventions.areas if area.level == "municipality"}
    digits = all(area.code.isdigit() for area in conventions.areas)
    municipality = (
        f"LPAD(municipality, {code_lengths.pop()}, '0')" if len(code_lengths) == 1 and digits else "municipality"
    )
    code = postcode("n.postcode")
    home = text(conventions.schemes[0].id if conventions.schemes else f"{conventions.country.upper()}-{OTHER}")
    return f"""
    SELECT n.file, n.row_number,
      CASE WHEN p.person IS NOT NULL THEN {home} ELSE SPLIT_PART(n.id, ':', 1) END AS scheme,
      SPLIT_PART(n.id, ':', 2) AS number,
      CASE WHEN p.person IS NOT NULL THEN p.person
           WHEN LOWER(n.legal_form) IN ({forms}) THEN COALESCE(n.written, n.name) END AS person,
      n.name, n.legal_form, {_status(conventions)} AS status,
      {own_table.day("n.registered_on", conventions)} AS registered_on,
      {own_table.day("n.ended_on", conventions)} AS ended_on, {code} AS postcode, n.town,
      {municipality} AS municipality,
      {country("c.code", "n.country", code, conventions)} AS country, {industry} AS industry, {_size()} AS size_band,
      CASE WHEN n.id IS NULL THEN 'no number' WHEN n.name IS NULL THEN 'no name' END AS reason
    FROM own_numbered n LEFT JOIN own_persons p ON n.written = p.text LEFT JOIN {codes} c ON n.country = c.text"""


def _status(conventions: Conventions) -> str:
    ended = f"COALESCE({own_table.day('n.ended_on', conventions)} <= current_date, n.ended_on IS NOT NULL)"
    return f"""CASE WHEN {ended} OR REGEXP_MATCHES(LOWER(n.status), '{ENDED}') THEN 'ended'
      WHEN REGEXP_MATCHES(LOWER(n.status), '{ACTIVE}') THEN 'active' ELSE 'unknown' END"""


def _size() -> str:
    words = ", ".join(text(word.value) for word in SizeBand)
    employees = "TRY_CAST(REGEXP_REPLACE(n.employees, '[^0-9.]', '', 'g') AS DOUBLE)"
    return f"""CASE WHEN LOWER(n.size) IN ({words}) THEN LOWER(n.size) WHEN {employees} IS NULL THEN 'unknown'
      WHEN {employees} < 10 THEN 'micro' WHEN {employees} < 50 THEN 'small' WHEN {employees} < 250 THEN 'medium'
      ELSE 'large' END"""


def _names() -> str:
    parts = "SPLIT_PART(id, ':', 1), SPLIT_PART(id, ':', 2)"
    return " UNION ALL ".join(
        f"SELECT {parts}, {column}, '{kind}', CAST(NULL AS DATE) FROM own_numbered "
        f"WHERE {column} IS NOT NULL AND id IS NOT NULL"
        for column, kind in (("former_name", "former"), ("trading_name", "trading"))
    )


def _owners() -> str:
    """Who owns each organisation, for `owners.settle`; a column of owners says no more than that they own."""
    return """
    SELECT n.file, n.row_number, n.id AS org_id, CASE WHEN p.person IS NULL THEN n.parent_id END AS owner_id,
      CASE WHEN p.person IS NULL THEN 'organisation' ELSE 'person' END AS kind, CAST(NULL AS VARCHAR) AS name,
      CAST(NULL AS VARCHAR) AS country, 'unknown' AS nature, CAST(NULL AS DOUBLE) AS share_low,
      CAST(NULL AS DOUBLE) AS share_high, TRUE AS is_control, CAST(NULL AS DATE) AS since,
      CAST(NULL AS DATE) AS until, CAST(NULL AS VARCHAR) AS reason
    FROM own_numbered n LEFT JOIN own_owning_persons p ON n.parent_written = p.text
    WHERE n.parent_id IS NOT NULL AND n.id IS NOT NULL AND n.id <> n.parent_id"""
