"""Statistics Sweden's bulk file of the business register → organisations; sole traders under a pseudonym."""

from pathlib import Path
from typing import Any

from bygd.engine import DuckEngine
from bygd.sources.conventions import Conventions
from bygd.sources.files.bulk import Layout, clean, scan
from bygd.sources.privacy import Pseudonym
from bygd.sources.registers.register import NAMES, ROWS, postcode, settle
from bygd.sources.registers.result import ReadResult

USED = (
    "PeOrgNr", "Namn", "Foretagsnamn", "FtgStat", "JEStat", "JurForm", "PostNr", "PostOrt", "Ng1", "RegDatKtid",
)  # fmt: skip
IGNORED = ("ForAndrTyp", "COAdress", "Gatuadress", "Ng2", "Ng3", "Ng4", "Ng5", "Reklamsparrtyp")
FLAGGED = {f"m{name}" for name in (*USED, *IGNORED)}
"""One flag a field, which says something of the field's change or masking; not needed."""
LAYOUT = Layout(
    "Statistics Sweden's bulk file",
    USED,
    IGNORED,
    FLAGGED.__contains__,
    delimiter="\t",
    quote="",
    encoding="latin-1",
)
PERSON = "10"


def recognises(names: list[str], conventions: Conventions) -> bool:
    """Whether a header is Statistics Sweden's."""
    return set(USED) <= set(names)


def read(
    engine: DuckEngine, paths: list[Path], pseudonym: Pseudonym, conventions: Conventions, columns: Any = None
) -> ReadResult:
    """`organisations` and `organisation_names` from the file, packed or not.

    PeOrgNr has twelve digits: 16 and the organisation number, or a personal identity number with its
    century. The latter, and every unit of legal form 10, is a person: it gets a pseudonym, a label
    and the area of its postcode. `*` is a missing value. Status: 'active' where FtgStat is 1
    (registered for VAT, tax or as an employer), 'ended' where JEStat is 9 (out of the population),
    else 'unknown': an organisation that is not economically active may well exist. The industry is
    the first of five codes, with its leading nought. Raises InputError where a file is not of this
    layout.
    """
    with clean(paths, LAYOUT.encoding) as texts:
        rejected = scan(engine, ROWS, texts, LAYOUT, _select(conventions))
    engine.execute(
        f"""CREATE OR REPLACE TABLE {NAMES} AS
        SELECT scheme, number, other_name AS name, 'registered' AS kind, CAST(NULL AS DATE) AS until
        FROM {ROWS} WHERE other_name IS NOT NULL AND other_name <> name AND person IS NULL AND reason IS NULL"""
    )
    return settle(engine, "se/scb", pseudonym, conventions, rejected)


def _select(conventions: Conventions) -> str:
    scheme = conventions.schemes[0].id
    given = ", ".join(f"""NULLIF("{name}", '*') AS "{name}" """ for name in USED)
    return f"""
    WITH given AS (SELECT file, row_number, {given} FROM bulk_raw),
    numbered AS (
      SELECT *, REGEXP_REPLACE(PeOrgNr, '\\D', '', 'g') AS digits, LPAD(JurForm, 2, '0') AS form FROM given
    )
    SELECT file, row_number, '{scheme}' AS scheme, RIGHT(digits, 10) AS number,
      CASE WHEN form = '{PERSON}' OR REGEXP_FULL_MATCH(digits, '(18|19|20)\\d{{10}}')
        OR REGEXP_FULL_MATCH(RIGHT(digits, 10), '\\d{{2}}[01]\\d{{7}}') THEN RIGHT(digits, 10) END AS person,
      COALESCE(Foretagsnamn, Namn) AS name, Namn AS other_name, form AS legal_form,
      CASE WHEN JEStat = '9' THEN 'ended' WHEN FtgStat = '1' THEN 'active' ELSE 'unknown' END AS status,
      CAST(TRY_STRPTIME(RegDatKtid, ['%Y%m%d', '%Y-%m-%d']) AS DATE) AS registered_on, CAST(NULL AS DATE) AS ended_on,
      {postcode("PostNr")} AS postcode, PostOrt AS town, CAST(NULL AS VARCHAR) AS municipality,
      CAST(NULL AS VARCHAR) AS country,
      NULLIF(LPAD(NULLIF(REGEXP_REPLACE(Ng1, '\\D', '', 'g'), ''), 5, '0'), '00000') AS industry,
      'unknown' AS size_band,
      CASE WHEN digits IS NULL OR digits = '' THEN 'no organisation number'
           WHEN NOT REGEXP_FULL_MATCH(digits, '(16|18|19|20)?\\d{{10}}') THEN 'the number has not ten or twelve digits'
           WHEN COALESCE(Foretagsnamn, Namn) IS NULL AND form IS DISTINCT FROM '{PERSON}' THEN 'no name' END AS reason
    FROM numbered"""
