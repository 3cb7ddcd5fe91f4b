"""The postcode directory and lookup of the Office for National Statistics → postcodes and their areas."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bygd.engine import DuckEngine
from bygd.sources.conventions import Conventions
from bygd.sources.errors import InputError
from bygd.sources.files.bulk import Layout, Rejected, Text, clean, first_line, scan, split
from bygd.sources.registers import postcode
from bygd.sources.registers.register import postcode as clean_postcode
from bygd.sources.registers.result import ReadResult

COLUMNS = {
    "postcode": r"pcds",
    "district": r"(os)?laua|lad\d\dcd",
    "county": r"(os)?cty|cty\d\dcd",
    "small_area": r"lsoa21(cd)?|lsoa11(cd)?",
    "rank": r"imd2[5-9](ind)?|imd(\d\d)?(ind)?",
    "latitude": r"lat",
    "longitude": r"long",
}
"""Names of columns through the years, without regard to case; the first fitting one of a kind is taken.

Headers of August 2026, lookup and directory, were seen in public programs that read them. The directory then has the
ranks of 2019 (imd20ind) and of 2025 (imd25ind): the later are taken.
"""
NEEDED = ("postcode", "district")
SUPER_OUTPUT = r"(lsoa|msoa)(11|21)(?:cd)?"
LAYERS = {"lsoa": "small_area", "msoa": "district"}
RANKED = {"E": (32844, 33755), "W": (1909, 1917), "S": (6976,)}
"""Small areas ranked: Indices of Deprivation England and Wales 2019 and 2025, Scotland 2020."""
LATER = re.compile(r"imd2[5-9]", re.IGNORECASE)
ASIDE = re.compile(r"(^|/)(documents|user ?guide)/", re.IGNORECASE)
"""Folders of the archive that hold names of areas and the guide."""
NO_AREA = r"[EWSNLM]\d{0,2}9{6,8}"
"""Codes that stand for 'no such area here', such as E99999999 for a district without a county."""


def recognises(names: list[str], conventions: Conventions) -> bool:
    """Whether a header is the directory's or the lookup's."""
    return set(NEEDED) <= set(_columns(names))


def read(
    engine: DuckEngine, paths: list[Path], pseudonym: Any, conventions: Conventions, columns: Any = None
) -> ReadResult:
    """`postcodes` and `areas`: the small area (LSOA) as neighbourhood, the district as municipality, the county.

    Terminated postcodes are kept: ledgers and registers still have them. The decile of deprivation
    is that of the rank among the areas of England, Wales or Scotland, each in its own index, of 2025 where the
    file has it; where a rank exceeds their number the file follows another edition, and that country gets none.
    Of an archive with the whole file and the same in parts, the whole is read and nothing else unpacked.
    """
    rejected = _gathered(engine, "onspd_rows", paths, _columns, _select)
    engine.execute(f"CREATE OR REPLACE TABLE {postcode.ROWS} AS {_with_deciles(engine)}")
    engine.forget("onspd_rows")
    return postcode.settle(engine, "gb/onspd", conventions, rejected)


def places(engine: DuckEngine, paths: list[Path], into: str) -> None:
    """Postcodes by the areas they lie in, as `into`: postcode, level, vintage, code, weight (1 while it is in use).

    Lower and middle layer super output areas of each census that the edition has, and the district.
    """
    _gathered(engine, into, paths, _areas, _select_places)


def _gathered(
    engine: DuckEngine,
    into: str,
    paths: list[Path],
    columns: Callable[[list[str]], dict[str, str]],
    select: Callable[[dict[str, str]], str],
) -> list[Rejected]:
    """The rows of every file of the directory in one relation, by the columns that this edition has."""
    rejected = []
    with clean(paths, "utf-8", choose=_chosen) as texts:
        fitting = _fitting(texts)
        if not fitting:
            raise InputError(
                "{files} has no table with the columns pcds and oslaua (or laua, or lad25cd). Get the ONS "
                "Postcode Directory as CSV.",
                files=[path.name for path in paths],
            )
        for number, text in enumerate(fitting):
            found = columns(split(first_line(text)))
            layout = Layout("the ONS Postcode Directory", tuple(found.values()), is_ignored=lambda _: True)
            rejected += scan(engine, "onspd_part", [text], layout, select(found))
            engine.execute(
                f'CREATE OR REPLACE TABLE "{into}" AS FROM onspd_part'
                if number == 0
                else f'INSERT INTO "{into}" FROM onspd_part'
            )
    engine.forget("onspd_part")
    return rejected


def _columns(names: list[str]) -> dict[str, str]:
    """The name of each column wanted, as this edition writes it."""
    found: dict[str, str] = {}
    for kind, pattern in COLUMNS.items():
        for alternative in pattern.split("|"):
            name = next((name for name in names if re.fullmatch(alternative, name, re.IGNORECASE)), None)
            if name and kind not in found:
                found[kind] = name
    return found


def _areas(names: list[str]) -> dict[str, str]:
    """The names of the columns of postcode, end and areas; those of areas by level and vintage: small_area/2021."""
    found = {kind: name for kind, name in _columns(names).items() if kind in ("postcode", "district")}
    for name in names:
        if name.lower() == "doterm":
            found["ended"] = name
        if told := re.fullmatch(SUPER_OUTPUT, name, re.IGNORECASE):
            found[f"{LAYERS[told[1].lower()]}/20{told[2]}"] = name
    found["municipality/"] = found.pop("district")
    return found


def _select_places(found: dict[str, str]) -> str:
    weight = f'CASE WHEN "{found["ended"]}" IS NULL THEN 1 ELSE 0 END' if "ended" in found else "1"
    return " UNION ALL ".join(
        f"""SELECT file, row_number, {clean_postcode(f'"{found["postcode"]}"')} AS postcode,
          '{kind.partition("/")[0]}' AS level, '{kind.partition("/")[2]}' AS vintage, "{name}" AS code,
          {weight} AS weight FROM bulk_raw
        WHERE "{name}" IS NOT NULL AND NOT REGEXP_FULL_MATCH("{name}", '{NO_AREA}')"""
        for kind, name in found.items()
        if "/" in kind
    )


def _fitting(texts: list[Text]) -> list[Text]:
    return [text for text in texts if set(NEEDED) <= set(_columns(split(first_line(text) or " ")))]


def _chosen(names: Sequence[str]) -> list[str]:
    """Of an archive the table, not the same again in parts or as plain text, nor the names and codes of areas."""
    tables = [name for name in names if name.lower().endswith(".csv") and not ASIDE.search(name)]
    return [name for name in tables if "multi_csv" not in name.lower()] or tables or list(names)


def _select(found: dict[str, str]) -> str:
    def column(kind: str) -> str:
        return f'"{found[kind]}"' if kind in found else "CAST(NULL AS VARCHAR)"

    def code(kind: str) -> str:
        return f"CASE WHEN NOT REGEXP_FULL_MATCH({column(kind)}, '{NO_AREA}') THEN {column(kind)} END"

    empty = "CAST(NULL AS VARCHAR)"
    latitude = f"TRY_CAST({column('latitude')} AS DOUBLE)"
    placed = f"{latitude} BETWEEN 49 AND 62"
    return f"""
    SELECT file, row_number, {clean_postcode(column("postcode"))} AS postcode,
      CASE WHEN {placed} THEN {latitude} END AS latitude,
      CASE WHEN {placed} THEN TRY_CAST({column("longitude")} AS DOUBLE) END AS longitude,
      {code("small_area")} AS neighbourhood, {empty} AS neighbourhood_name,
      {code("district")} AS municipality, {empty} AS municipality_name,
      {code("county")} AS county, {empty} AS county_name,
      NULLIF(TRY_CAST({column("rank")} AS BIGINT), 0) AS rank, {bool(LATER.match(found.get("rank", "")))} AS is_later,
      CASE WHEN {column("postcode")} IS NULL THEN 'no postcode' END AS reason
    FROM bulk_raw"""


def _with_deciles(engine: DuckEngine) -> str:
    """A country's ranks are used only where none exceeds the number of its areas."""
    highest = engine.rows(
        "SELECT LEFT(municipality, 1) AS country, MAX(rank) AS highest, BOOL_OR(is_later) AS is_later "
        "FROM onspd_rows GROUP BY 1"
    )
    ranked = {
        row["country"]: _ranked(RANKED[row["country"]], row["highest"] or 0, row["is_later"])
        for row in highest
        if row["country"] in RANKED
    }
    whens = " ".join(
        f"WHEN LEFT(municipality, 1) = '{country}' THEN CAST(CEIL(10.0 * rank / {number}) AS BIGINT)"
        for country, number in ranked.items()
        if number
    )
    decile = f"CASE {whens} END" if whens else "CAST(NULL AS BIGINT)"
    return f"SELECT * EXCLUDE (rank, is_later), {decile} AS deprivation_decile FROM onspd_rows"


def _ranked(numbers: Sequence[int], highest: int, is_later: bool) -> int:
    """How many areas were ranked: as the highest rank of a whole file tells, else by the column's name; 0 if neither.

    A country that has no later index keeps its earlier one in the later column.
    """
    if highest in numbers:
        return highest
    number = numbers[-1 if is_later else 0]
    return number if highest <= number else 0
