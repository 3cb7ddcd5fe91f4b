"""Bolagsverket's bulk file → organisations with all their names; sole traders under a pseudonym."""

from pathlib import Path
from typing import Any

from bygd.engine import DuckEngine
from bygd.sources.conventions import Conventions
from bygd.sources.files.bulk import Layout, clean, scan
from bygd.sources.privacy import Pseudonym
from bygd.sources.registers.register import NAMES, ROWS, postcode, settle
from bygd.sources.registers.result import ReadResult

USED = (
    "organisationsidentitet", "namnskyddslopnummer", "organisationsnamn", "organisationsform", "avregistreringsdatum",
    "registreringsdatum", "postadress",
)  # fmt: skip
IGNORED = (
    "registreringsland", "avregistreringsorsak", "pagandeAvvecklingsEllerOmstruktureringsforfarande",
    "verksamhetsbeskrivning",
)  # fmt: skip
LAYOUT = Layout("Bolagsverket's bulk file", USED, IGNORED, delimiter=";")
TRADING = "SARS"
"""How the kind of a name begins that a company uses for a part of its business (särskilt företagsnamn)."""


def recognises(names: list[str], conventions: Conventions) -> bool:
    """Whether a header is Bolagsverket's."""
    return set(USED) <= set(names)


def read(
    engine: DuckEngine, paths: list[Path], pseudonym: Pseudonym, conventions: Conventions, columns: Any = None
) -> ReadResult:
    """`organisations` and `organisation_names` from the file, packed or not.

    Several rows of one identity, told apart by `namnskyddslopnummer`, are one organisation with
    several names; the row of the lowest number counts. `PERSON-IDORG` and form E are persons: they
    get a pseudonym, a label and the area of their postcode. Forms are written without `-ORGFO`.
    Status is 'ended' from the day of removal, else 'active'; a company being wound up is still
    active. Raises InputError where a file is not of this layout.
    """
    with clean(paths, LAYOUT.encoding) as texts:
        rejected = scan(engine, "firms", texts, LAYOUT, _select(conventions))
    engine.execute(
        f"""CREATE OR REPLACE TABLE {NAMES} AS
        SELECT scheme, number, TRIM(SPLIT_PART(entry, '$', 1)) AS name,
          CASE WHEN SPLIT_PART(entry, '$', 2) LIKE '{TRADING}%' THEN 'trading' ELSE 'registered' END AS kind,
          CAST(NULL AS DATE) AS until
        FROM (
          SELECT scheme, number, UNNEST(STRING_SPLIT(names, '|')) AS entry FROM firms
          WHERE person IS NULL AND reason IS NULL AND (CONTAINS(names, '|') OR CONTAINS(names, '${TRADING}'))
        ) WHERE TRIM(SPLIT_PART(entry, '$', 1)) <> ''"""
    )
    engine.execute(
        f"""CREATE OR REPLACE VIEW {ROWS} AS SELECT * EXCLUDE (names, running_number),
        running_number AS place FROM firms"""
    )
    return settle(engine, "se/bolagsverket", pseudonym, conventions, rejected, ("firms",))


def _select(conventions: Conventions) -> str:
    scheme = conventions.schemes[0].id
    return f"""
    WITH parted AS (
      SELECT *, REGEXP_REPLACE(SPLIT_PART(organisationsidentitet, '$', 1), '\\D', '', 'g') AS digits,
        SPLIT_PART(organisationsidentitet, '$', 2) AS kind, STRING_SPLIT(postadress, '$') AS address,
        REGEXP_REPLACE(SPLIT_PART(organisationsform, '$', 1), '-ORGFO$', '') AS form
      FROM bulk_raw
    ),
    placed AS (  -- postcode and town change places in some rows
      SELECT *, COALESCE(REGEXP_FULL_MATCH(REPLACE(address[3], ' ', ''), '\\d{{5}}')
        AND NOT REGEXP_FULL_MATCH(REPLACE(address[4], ' ', ''), '\\d{{5}}'), FALSE) AS is_turned
      FROM parted
    )
    SELECT file, row_number, '{scheme}' AS scheme, RIGHT(digits, 10) AS number,
      CASE WHEN kind LIKE 'PERSON%' OR form = 'E' OR REGEXP_FULL_MATCH(digits, '(18|19|20)\\d{{10}}')
        OR REGEXP_FULL_MATCH(RIGHT(digits, 10), '\\d{{2}}[01]\\d{{7}}') THEN RIGHT(digits, 10) END AS person,
      NULLIF(TRIM(SPLIT_PART(SPLIT_PART(organisationsnamn, '|', 1), '$', 1)), '') AS name,
      NULLIF(form, '') AS legal_form,
      CASE WHEN avregistreringsdatum IS NOT NULL THEN 'ended' ELSE 'active' END AS status,
      TRY_CAST(registreringsdatum AS DATE) AS registered_on, TRY_CAST(avregistreringsdatum AS DATE) AS ended_on,
      {postcode("address[CASE WHEN is_turned THEN 3 ELSE 4 END]")} AS postcode,
      NULLIF(TRIM(address[CASE WHEN is_turned THEN 4 ELSE 3 END]), '') AS town,
      CAST(NULL AS VARCHAR) AS municipality,
      LOWER(NULLIF(REGEXP_EXTRACT(address[5], '^([A-Z]{{2}})-LAND$', 1), '')) AS country,
      CAST(NULL AS VARCHAR) AS industry, 'unknown' AS size_band, organisationsnamn AS names,
      COALESCE(TRY_CAST(namnskyddslopnummer AS BIGINT), 0) AS running_number,
      CASE WHEN digits IS NULL OR digits = '' THEN 'no organisation number'
           WHEN NOT REGEXP_FULL_MATCH(digits, '(16|18|19|20)?\\d{{10}}') THEN 'the number has not ten or twelve digits'
           WHEN organisationsnamn IS NULL AND kind NOT LIKE 'PERSON%' THEN 'no name' END AS reason
    FROM placed"""
