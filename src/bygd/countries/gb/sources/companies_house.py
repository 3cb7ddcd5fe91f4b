"""Companies House's monthly list of live companies → organisations and their former names."""

from datetime import date
from pathlib import Path
from typing import Any

from bygd.engine import DuckEngine
from bygd.sources.conventions import Conventions
from bygd.sources.errors import InputError
from bygd.sources.files.bulk import Layout, clean, scan
from bygd.sources.privacy import Pseudonym
from bygd.sources.registers.country_names import country, country_codes
from bygd.sources.registers.register import NAMES, ROWS, postcode, settle
from bygd.sources.registers.result import ReadResult

PREVIOUS = range(1, 11)
USED = (
    "CompanyName", "CompanyNumber", "RegAddress.PostTown", "RegAddress.Country", "RegAddress.PostCode",
    "CompanyCategory", "CompanyStatus", "DissolutionDate", "IncorporationDate", "Accounts.AccountCategory",
    "SICCode.SicText_1",
    *(f"PreviousName_{number}.{part}" for number in PREVIOUS for part in ("CONDATE", "CompanyName")),
)  # fmt: skip
IGNORED = (
    "RegAddress.CareOf", "RegAddress.POBox", "RegAddress.AddressLine1", "RegAddress.AddressLine2", "RegAddress.County",
    "CountryOfOrigin", "Accounts.AccountRefDay", "Accounts.AccountRefMonth", "Accounts.NextDueDate",
    "Accounts.LastMadeUpDate", "Returns.NextDueDate", "Returns.LastMadeUpDate", "Mortgages.NumMortCharges",
    "Mortgages.NumMortOutstanding", "Mortgages.NumMortPartSatisfied", "Mortgages.NumMortSatisfied",
    "SICCode.SicText_2", "SICCode.SicText_3", "SICCode.SicText_4", "LimitedPartnerships.NumGenPartners",
    "LimitedPartnerships.NumLimPartners", "URI", "ConfStmtNextDueDate", "ConfStmtLastMadeUpDate",
)  # fmt: skip
LAYOUT = Layout("Companies House", USED, IGNORED)
FOLDER = "https://download.companieshouse.gov.uk/"
NAME = "BasicCompanyDataAsOneFile-{month:%Y-%m}-01.zip"
ENDED = "dissolved|closed|removed|converted"


def fetch(fetcher: Any, country: str = "", today: date | None = None) -> list[Path]:
    """This month's file, or last month's where this month's is not out yet. The name carries the month."""
    day = today or date.today()
    months = [day.replace(day=1), date(day.year - (day.month == 1), (day.month - 2) % 12 + 1, 1)]
    for month in months:
        try:
            return [fetcher.get(FOLDER + NAME.format(month=month))]
        except InputError as error:
            failure = error
    raise failure


def recognises(names: list[str], conventions: Conventions) -> bool:
    """Whether a header is Companies House's."""
    return set(USED) <= {name.strip() for name in names}


def read(
    engine: DuckEngine, paths: list[Path], pseudonym: Pseudonym, conventions: Conventions, columns: Any = None
) -> ReadResult:
    """`organisations` and `organisation_names` from the one file or its seven parts, packed or not.

    `size_band` is 'micro' where the last accounts were those of a micro-entity (fewer than three
    limits, of which ten employees is one, so a proxy), else 'unknown': the other account types
    follow turnover and balance sheet, too. `status` is 'ended' for dissolved, closed, removed or
    converted companies; one in liquidation is still active. The industry is the first of four
    codes. Registered offices abroad keep their country. Nothing is masked: sole traders are not
    on this register. Raises InputError where a file is not of this layout.
    """
    with clean(paths, LAYOUT.encoding) as texts:
        rejected = scan(engine, "companies", texts, LAYOUT, _select(conventions))
    countries = country_codes(engine, "companies", "country_text", conventions)
    home = country("c.code", "country_text", "postcode", conventions)
    engine.execute(f"CREATE OR REPLACE TABLE {NAMES} AS {_former_names()}")
    engine.execute(
        f"""CREATE OR REPLACE VIEW {ROWS} AS
        SELECT companies.* EXCLUDE (country_text, previous), {home} AS country
        FROM companies LEFT JOIN {countries} c ON country_text = c.text"""
    )
    return settle(engine, "gb/companies_house", pseudonym, conventions, rejected, ("companies", countries))


def _select(conventions: Conventions) -> str:
    scheme = conventions.schemes[0]
    padded = f"LPAD(CompanyNumber, {scheme.pad}, '0')"
    number = f"UPPER(CASE WHEN REGEXP_FULL_MATCH(CompanyNumber, '\\d+') THEN {padded} ELSE CompanyNumber END)"
    return f"""
    WITH numbered AS (SELECT *, {number} AS number FROM bulk_raw)
    SELECT file, row_number, '{scheme.id}' AS scheme, number, CAST(NULL AS VARCHAR) AS person, CompanyName AS name,
      CompanyCategory AS legal_form,
      CASE WHEN DissolutionDate IS NOT NULL OR REGEXP_MATCHES(LOWER(CompanyStatus), '{ENDED}') THEN 'ended'
           WHEN CompanyStatus IS NULL THEN 'unknown' ELSE 'active' END AS status,
      {_day("IncorporationDate")} AS registered_on, {_day("DissolutionDate")} AS ended_on,
      {postcode('"RegAddress.PostCode"')} AS postcode, "RegAddress.PostTown" AS town,
      CAST(NULL AS VARCHAR) AS municipality, "RegAddress.Country" AS country_text,
      LPAD(NULLIF(REGEXP_EXTRACT("SICCode.SicText_1", '^\\d{{4,5}}'), ''), 5, '0') AS industry,
      CASE WHEN "Accounts.AccountCategory" = 'MICRO ENTITY' THEN 'micro' ELSE 'unknown' END AS size_band,
      CASE WHEN number IS NULL THEN 'no company number'
           WHEN NOT REGEXP_FULL_MATCH(number, '[A-Z0-9]{{8}}') THEN 'the company number is not eight letters or digits'
           WHEN CompanyName IS NULL THEN 'no name' END AS reason,
      CASE WHEN "PreviousName_1.CompanyName" IS NOT NULL THEN [{_previous()}] END AS previous
    FROM numbered"""


def _previous() -> str:
    return ", ".join(
        f"""{{'name': "PreviousName_{n}.CompanyName", 'until': {_day(f"PreviousName_{n}.CONDATE")}}}"""
        for n in PREVIOUS
    )


def _former_names() -> str:
    """CONDATE is the day the name was changed, so the last day of the former one."""
    return """
    SELECT scheme, number, former.name AS name, 'former' AS kind, former.until AS until
    FROM (SELECT scheme, number, UNNEST(previous) AS former FROM companies WHERE previous IS NOT NULL)
    WHERE former.name IS NOT NULL"""


def _day(column: str) -> str:
    return f"""CAST(TRY_STRPTIME("{column}", '%d/%m/%Y') AS DATE)"""
