"""Codes of areas at Statistics Sweden: the country is 00, small areas of 2025 bear a mark of their division."""

from bygd.sources.statistics.series import Area, Series
from bygd.vocabulary.place_words import Level

COUNTRY = "00"
SMALL = (Level.SMALL_AREA, Level.DISTRICT, Level.LOCALITY)
MARKS = {Level.SMALL_AREA: "_DeSO", Level.DISTRICT: "_RegSO"}
MARKED = "2025"
"""The first division whose codes bear a mark; those of 2018 and 2020 have none."""


def code_of(area: Area, series: Series) -> str | None:
    """The source's code of an area; None where the series is of another level or division."""
    if area.level is Level.COUNTRY:
        return COUNTRY
    if area.vintage != (series.vintage if area.level in SMALL else ""):
        return None
    if area.level not in MARKS:
        return area.code
    return f"{area.code}{MARKS[area.level]}{area.vintage}" if area.vintage >= MARKED else area.code


def area_of(code: str, series: Series) -> tuple[str, str]:
    """Code of the area without its mark, and the vintage it belongs to; the country's code is blank."""
    if code == COUNTRY:
        return "", ""
    bare, _, mark = code.partition("_")
    is_small = len(bare) > len("0000")
    return bare, (mark[-4:] if mark else series.vintage) if is_small else ""
