"""Companies House's snapshot of people with significant control → owners. Persons are counted, never named."""

from pathlib import Path
from typing import Any

from bygd.engine import DuckEngine
from bygd.sources.conventions import Conventions
from bygd.sources.files.bulk import Layout, clean, scan
from bygd.sources.files.opening import JSON
from bygd.sources.privacy import Pseudonym
from bygd.sources.registers.country_names import NOWHERE, country_codes
from bygd.sources.registers.own_number import bare
from bygd.sources.registers.owners import ROWS, settle
from bygd.sources.registers.result import ReadResult

LAYOUT = Layout("Companies House's snapshot of people with significant control", ("line",), names=("line",),
                delimiter="\x01", quote="")  # fmt: skip
PATHS = {
    "company": "$.company_number",
    "said": "$.data.kind",
    "name": "$.data.name",
    "residence": "$.data.country_of_residence",
    "natures": "$.data.natures_of_control",
    "notified_on": "$.data.notified_on",
    "ceased_on": "$.data.ceased_on",
    "ceased": "$.data.ceased",
    "registered_in": "$.data.identification.country_registered",
    "registry": "$.data.identification.place_registered",
    "law": "$.data.identification.legal_authority",
    "number": "$.data.identification.registration_number",
    "address_in": "$.data.address.country",
}
OWNERS = "(-person-with-significant-control|-beneficial-owner)$"
"""Kinds of lines about an owner; the others are statements, exemptions and totals."""
HOME = "companies (house|act|registry)|england|scotland|wales|northern ireland|united kingdom|great britain"
"""What registry or law of a company of the United Kingdom say, whatever stands under country."""
BANDS = {"75-to-100": (0.75, 1.0), "50-to-75": (0.5, 0.75), "25-to-50": (0.25, 0.5), "more-than-25": (0.25, 1.0)}
MAJORITIES = "75-to-100|50-to-75"
VOTES = "voting-rights"
SHARES = "(ownership-of-shares|right-to-share-surplus-assets)"
BOARD = "right-to-appoint-and-remove-(directors|members|person)"
INFLUENCE = "significant-influence-or-control"


def recognises(names: list[str], conventions: Conventions) -> bool:
    """Whether the first line is an object of the snapshot."""
    return bool(names) and names[0].replace(" ", "").startswith('{"company_number":')


def read(
    engine: DuckEngine, paths: list[Path], pseudonym: Pseudonym, conventions: Conventions, columns: Any = None
) -> ReadResult:
    """`parents` from the snapshot or its parts, packed or not; see `bygd.sources.registers.owners.settle`.

    The strongest nature of control counts: a majority of votes, then of shares (or of surplus assets),
    then the right to appoint the board, then lesser bands, then influence. A company is known by its
    number where country, registry or law are those of the United Kingdom; elsewhere as
    `XX-OTHER:number`. A 'legal person' is a public body: the class is for governments, local
    authorities, corporations sole and international bodies. Lines that are no JSON are set aside.
    Raises InputError where a file is not of this layout.
    """
    with clean(paths, LAYOUT.encoding, JSON) as texts:
        rejected = scan(engine, "psc_lines", texts, LAYOUT, _select())
    engine.execute(f"CREATE OR REPLACE TABLE psc_lines AS {_kinds()}")
    others = int(engine.rows("SELECT COUNT(*) AS n FROM psc_lines WHERE kind IS NULL AND reason IS NULL")[0]["n"])
    codes = country_codes(engine, "psc_lines", "country_text", conventions)
    engine.execute(f"CREATE OR REPLACE TABLE {ROWS} AS {_rows(conventions, codes)}")
    for relation in ("psc_lines", codes):
        engine.forget(relation)
    return settle(engine, "gb/psc", rejected, {"lines about something else: statements, exemptions, totals": others})


def _select() -> str:
    wanted = ", ".join(f"'{path}'" for path in PATHS.values())
    named = ", ".join(f"cells[{place}] AS {name}" for place, name in enumerate(PATHS, 1))
    return f"""
    SELECT file, row_number, is_json, {named}
    FROM (SELECT file, row_number, COALESCE(JSON_VALID(line), FALSE) AS is_json,
            CASE WHEN JSON_VALID(line) THEN JSON_EXTRACT_STRING(line, [{wanted}]) END AS cells FROM bulk_raw)"""


def _kinds() -> str:
    """Who each line is about; of persons nothing is kept but where they live."""
    return f"""
    SELECT * EXCLUDE (is_json, said, name, residence, registered_in, address_in, registry, law),
      CASE WHEN kind <> 'person' THEN name END AS name,
      CASE WHEN kind = 'person' THEN residence ELSE COALESCE(registered_in, address_in) END AS country_text,
      kind <> 'person' AND REGEXP_MATCHES(LOWER(CONCAT_WS(' ', registered_in, registry, law)), '{HOME}') AS is_home,
      CASE WHEN NOT is_json THEN 'no JSON' WHEN said IS NULL THEN 'says of nothing what it is' END AS reason
    FROM (
      SELECT *, CASE WHEN NOT REGEXP_MATCHES(said, '{OWNERS}') THEN NULL
                     WHEN STARTS_WITH(said, 'corporate-entity') THEN 'organisation'
                     WHEN STARTS_WITH(said, 'legal-person') THEN 'public_body' ELSE 'person' END AS kind
      FROM psc_lines)"""


def _rows(conventions: Conventions, codes: str) -> str:
    scheme = conventions.schemes[0]
    home = f"'{conventions.country}'"
    country = f"CASE WHEN is_home THEN {home} ELSE c.code END"
    padded, owner = (_padded(column, scheme.pad) for column in ("company", "number"))
    return f"""
    SELECT file, row_number,
      CASE WHEN REGEXP_FULL_MATCH({padded}, '[A-Z0-9]{{8}}') THEN '{scheme.id}:' || {padded} END AS org_id,
      CASE WHEN kind = 'person' OR {bare("number")} IS NULL OR NOT REGEXP_MATCHES(number, '\\d') THEN NULL
           WHEN COALESCE({country}, '') <> {home}
             THEN UPPER(COALESCE({country}, '{NOWHERE}')) || '-OTHER:' || {bare("number")}
           WHEN REGEXP_FULL_MATCH({owner}, '{scheme.pattern}') THEN '{scheme.id}:' || {owner} END AS owner_id,
      kind, name, {country} AS country, {_nature()} AS nature, {_share(0)} AS share_low, {_share(1)} AS share_high,
      {_holds(f"({VOTES}|{SHARES})", MAJORITIES)} OR {_holds(BOARD)} AS is_control,
      TRY_CAST(notified_on AS DATE) AS since,
      COALESCE(TRY_CAST(ceased_on AS DATE), CASE WHEN ceased = 'true' THEN TRY_CAST(notified_on AS DATE) END) AS until,
      reason
    FROM psc_lines LEFT JOIN {codes} c ON country_text = c.text
    WHERE kind IS NOT NULL OR reason IS NOT NULL"""


def _padded(column: str, length: int) -> str:
    number = bare(column)
    return f"CASE WHEN REGEXP_FULL_MATCH({number}, '\\d+') THEN LPAD({number}, {length}, '0') ELSE {number} END"


def _holds(what: str, band: str = "") -> str:
    pattern = f"{what}-({band})-percent" if band else what
    return f"COALESCE(REGEXP_MATCHES(natures, '{pattern}'), FALSE)"


def _nature() -> str:
    ranked = (
        ("votes", _holds(VOTES, MAJORITIES)), ("shares", _holds(SHARES, MAJORITIES)), ("board", _holds(BOARD)),
        ("votes", _holds(VOTES)), ("shares", _holds(SHARES)), ("influence", _holds(INFLUENCE)),
    )  # fmt: skip
    cases = " ".join(f"WHEN {holds} THEN '{nature}'" for nature, holds in ranked)
    return f"CASE {cases} ELSE 'unknown' END"


def _share(end: int) -> str:
    """The lower or upper end of the highest band of the nature that counts: of votes where it is votes."""
    tried = [
        f"WHEN {_holds(what, band)} THEN {BANDS[band][end]}"
        for bands in ((MAJORITIES.split("|")), ("25-to-50", "more-than-25"))
        for what in (VOTES, SHARES)
        for band in bands
    ]
    return f"CAST(CASE {' '.join(tried)} END AS DOUBLE)"
