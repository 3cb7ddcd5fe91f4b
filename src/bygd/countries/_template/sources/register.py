"""Exampleland's register → organisations: a semicolon-separated file with a header."""

from pathlib import Path
from typing import Any

from bygd.engine import DuckEngine
from bygd.sources.conventions import Conventions
from bygd.sources.files.bulk import Layout, clean, scan
from bygd.sources.privacy import Pseudonym
from bygd.sources.registers.register import ROWS, empty_names, postcode, settle
from bygd.sources.registers.result import ReadResult

USED = ("Number", "Name", "Form", "Postcode", "Town", "Founded", "Closed", "Activity")
IGNORED = ("Street",)
LAYOUT = Layout("Exampleland's register", USED, IGNORED, delimiter=";")


def recognises(names: list[str], conventions: Conventions) -> bool:
    """Whether a header is this register's."""
    return set(USED) <= set(names)


def read(
    engine: DuckEngine, paths: list[Path], pseudonym: Pseudonym, conventions: Conventions, columns: Any = None
) -> ReadResult:
    """`organisations` from the file, packed or not; form S is a person."""
    with clean(paths, LAYOUT.encoding) as texts:
        rejected = scan(engine, ROWS, texts, LAYOUT, _select(conventions))
    empty_names(engine)
    return settle(engine, "_template/register", pseudonym, conventions, rejected)


def _select(conventions: Conventions) -> str:
    """One row per registration, as `sources.register.settle` wants them."""
    scheme = conventions.schemes[0]
    return f"""
    SELECT file, row_number, '{scheme.id}' AS scheme, LPAD(Number, {scheme.pad}, '0') AS number,
      CASE WHEN Form = 'S' THEN Number END AS person, Name AS name, Form AS legal_form,
      CASE WHEN Closed IS NULL THEN 'active' ELSE 'ended' END AS status,
      TRY_CAST(Founded AS DATE) AS registered_on, TRY_CAST(Closed AS DATE) AS ended_on,
      {postcode("Postcode")} AS postcode, Town AS town, CAST(NULL AS VARCHAR) AS municipality,
      CAST(NULL AS VARCHAR) AS country, Activity AS industry, 'unknown' AS size_band,
      CASE WHEN Number IS NULL THEN 'no number' WHEN Name IS NULL THEN 'no name' END AS reason
    FROM bulk_raw"""
