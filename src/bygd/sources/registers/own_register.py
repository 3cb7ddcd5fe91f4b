"""A register of one's own: any table of organisations, read through a mapping of its columns."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bygd.engine import DuckEngine
from bygd.sources.conventions import Conventions, Scheme
from bygd.sources.privacy import Finder, Pseudonym
from bygd.sources.registers import own_table
from bygd.sources.registers.country_names import country, country_codes
from bygd.sources.registers.register import NAMES, ROWS, empty_names, lookup, postcode, settle, text
from bygd.sources.registers.result import ReadResult
from bygd.vocabulary.tables import parents
from bygd.vocabulary.words import SizeBand

FIELDS = (
    "number", "name", "trading_name", "former_name", "legal_form", "status", "postcode", "town", "municipality",
    "country", "industry", "size", "employees", "registered_on", "ended_on", "parent_number",
)  # fmt: skip
SETTINGS = ("scheme",)
OTHER = "OTHER"
"""Scheme of numbers that are of no scheme the country knows: `XX-OTHER`."""
DATES = {
    "dmy": ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"),
    "ymd": ("%Y%m%d", "%Y/%m/%d", "%Y.%m.%d"),
    "mdy": ("%m/%d/%Y", "%m-%d-%Y"),
}
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
    lost leading zeros put back as the country's schemes say; numbers of no known scheme are kept
    under `XX-OTHER`. Rows without number or name are set aside. Personal numbers and sole traders'
    forms are masked. Raises InputError where no sheet has a number and a name.
    """
    mapping = dict(columns or {})
    own_table.gather(engine, "own_cells", paths, FIELDS, mapping, headers, ("number", "name"), SETTINGS)
    _numbers(engine, conventions, mapping.get("scheme", ""))
    codes = country_codes(engine, "own_numbered", "country", conventions)
    engine.execute(f"CREATE OR REPLACE TABLE {ROWS} AS {_select(conventions, codes)}")
    empty_names(engine)
    engine.execute(f"INSERT INTO {NAMES} {_names()}")
    owned = "SELECT org_id, MIN(parent_id) AS parent_id FROM own_parents WHERE org_id <> parent_id GROUP BY org_id"
    engine.execute(f"CREATE OR REPLACE TABLE own_parents AS {_parents()}")
    result = settle(engine, source, pseudonym, conventions)
    engine.sql(
        parents,
        f"""SELECT w.org_id, w.parent_id, CAST(NULL AS DOUBLE) AS share, {text(source)} AS source
        FROM ({owned}) w JOIN organisations o ON w.org_id = o.org_id AND NOT o.is_masked""",
    )
    for relation in ("own_cells", "own_numbered", "own_persons", "own_parents", codes):
        engine.forget(relation)
    return result


def _numbers(engine: DuckEngine, conventions: Conventions, scheme: str) -> None:
    """`own_numbered`: rows with scheme, clean number, the parent's, and the personal number where it is one."""
    raws = ", ".join(f"{_raw(column)} AS {column}_raw" for column in ("number", "parent_number"))
    number, parent = (_clean(conventions, f"{column}_raw", scheme) for column in ("number", "parent_number"))
    engine.execute(
        f"""CREATE OR REPLACE TABLE own_numbered AS WITH bare AS (SELECT *, {raws} FROM own_cells)
        SELECT * EXCLUDE (number, parent_number, number_raw, parent_number_raw), number AS written,
          {number} AS id, {parent} AS parent_id FROM bare"""
    )
    finder = Finder(conventions)
    other = f"{conventions.country.upper()}-{OTHER}:%"
    odd = engine.arrow("SELECT DISTINCT written FROM own_numbered WHERE id LIKE ? OR id IS NULL", other)
    persons = {cell: cell for cell in odd.column(0).to_pylist() if cell and not scheme and finder.is_number(cell)}
    lookup(engine, "own_persons", persons, ("text", "person"))


def _raw(column: str) -> str:
    """A number without a spreadsheet's `.0`, blanks and punctuation, in SQL; null where nothing is left."""
    return f"NULLIF(REGEXP_REPLACE(UPPER(REGEXP_REPLACE({column}, '\\.0+$', '')), '[^0-9A-Z]', '', 'g'), '')"


def _clean(conventions: Conventions, raw: str, scheme: str) -> str:
    """Scheme and number as the country's schemes write it, in SQL; other numbers under `XX-OTHER`."""
    other = text(f"{scheme or f'{conventions.country.upper()}-{OTHER}'}:")
    tried = [] if scheme else [case for known in conventions.schemes for case in _forms(raw, known)]
    whens = " ".join(f"WHEN {when} THEN {then}" for when, then in tried)
    return f"CASE {whens} ELSE {other} || {raw} END" if whens else f"{other} || {raw}"


def _forms(raw: str, scheme: Scheme) -> list[tuple[str, str]]:
    forms = [raw]
    for prefix in scheme.strip:
        if prefix.isalnum():
            bare = f"CASE WHEN STARTS_WITH({raw}, {text(prefix)}) THEN SUBSTR({raw}, {len(prefix) + 1}) END"
            forms.append(bare)
            if scheme.vat_suffix and prefix.isalpha():
                forms.append(f"REGEXP_REPLACE({bare}, '{scheme.vat_suffix}$', '')")
    if scheme.pad:
        letters = f"REGEXP_EXTRACT({raw}, '^[A-Z]*')"
        digits = f"SUBSTR({raw}, LENGTH({letters}) + 1)"
        forms.append(
            f"CASE WHEN LENGTH({raw}) < {scheme.pad} AND {digits} <> '' "
            f"THEN {letters} || LPAD({digits}, CAST({scheme.pad} - LENGTH({letters}) AS INTEGER), '0') END"
        )
    return [
        (f"REGEXP_FULL_MATCH({form}, {text(scheme.pattern)})", f"{text(scheme.id + ':')} || ({form})") for form in forms
    ]


def _select(conventions: Conventions, codes: str) -> str:
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
      n.name, n.legal_form, {_status()} AS status, {_day("registered_on", conventions)} AS registered_on,
      {_day("ended_on", conventions)} AS ended_on, {code} AS postcode, n.town, {municipality} AS municipality,
      {country("c.code", "n.country", code, conventions)} AS country, n.industry, {_size()} AS size_band,
      CASE WHEN n.id IS NULL THEN 'no number' WHEN n.name IS NULL THEN 'no name' END AS reason
    FROM own_numbered n LEFT JOIN own_persons p ON n.written = p.text LEFT JOIN {codes} c ON n.country = c.text"""


def _status() -> str:
    return f"""CASE WHEN n.ended_on IS NOT NULL OR REGEXP_MATCHES(LOWER(n.status), '{ENDED}') THEN 'ended'
      WHEN REGEXP_MATCHES(LOWER(n.status), '{ACTIVE}') THEN 'active' ELSE 'unknown' END"""


def _size() -> str:
    words = ", ".join(text(word.value) for word in SizeBand)
    employees = "TRY_CAST(REGEXP_REPLACE(n.employees, '[^0-9.]', '', 'g') AS DOUBLE)"
    return f"""CASE WHEN LOWER(n.size) IN ({words}) THEN LOWER(n.size) WHEN {employees} IS NULL THEN 'unknown'
      WHEN {employees} < 10 THEN 'micro' WHEN {employees} < 50 THEN 'small' WHEN {employees} < 250 THEN 'medium'
      ELSE 'large' END"""


def _day(column: str, conventions: Conventions) -> str:
    """A day written as ISO 8601 says, or in the country's order; else null."""
    formats = ", ".join(text(form) for form in ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", *DATES[conventions.date_order]))
    return f"CAST(TRY_STRPTIME(n.{column}, [{formats}]) AS DATE)"


def _names() -> str:
    parts = "SPLIT_PART(id, ':', 1), SPLIT_PART(id, ':', 2)"
    return " UNION ALL ".join(
        f"SELECT {parts}, {column}, '{kind}', CAST(NULL AS DATE) FROM own_numbered "
        f"WHERE {column} IS NOT NULL AND id IS NOT NULL"
        for column, kind in (("former_name", "former"), ("trading_name", "trading"))
    )


def _parents() -> str:
    return "SELECT id AS org_id, parent_id FROM own_numbered WHERE parent_id IS NOT NULL AND id IS NOT NULL"
