"""The Indices of Deprivation of two releases, each of its own areas."""

from pathlib import Path

import pytest

from bygd import countries
from bygd.sources.errors import InputError

RANK, DECILE = "Rank (where 1 is most deprived)", "Decile (where 1 is most deprived 10% of LSOAs)"


def written(path: Path, year: str, district: str) -> Path:
    path.write_text(
        f"\ufeffLSOA code ({year}),LSOA name ({year}),Local Authority District code ({district}),"
        f"Index of Multiple Deprivation (IMD) Score,Index of Multiple Deprivation (IMD) {RANK},"
        f"Index of Multiple Deprivation (IMD) {DECILE},Income Score (rate),"
        "Income Deprivation Affecting Children Index (IDACI) Score (rate)\n"
        'E01025281,Preston 001A,E07000123,61.2,"1,204",1,0.31,0.42\nE01025282,Preston 001B,E07000123,,,,,\n'
    )
    return path


@pytest.mark.parametrize(("year", "district", "period"), [("2011", "2019", "2019"), ("2021", "2024", "2025")])
def test_a_release_is_of_the_areas_that_its_columns_name(tmp_path: Path, year: str, district: str, period: str) -> None:
    source = countries.source("gb/imd")
    rows = list(source.read(written(tmp_path / "File_7.csv", year, district), period))
    assert {vintage for vintage, _ in rows} == {year}
    names = ("imd_rank", "imd_decile", "low_income_share", "child_poverty")
    assert [(one.indicator, one.code, one.period, one.value, one.status.value) for _, one in rows] == [
        *((name, "E01025281", period, value, "observed") for name, value in zip(names, (1204, 1, 31, 42), strict=True)),
        *((name, "E01025282", period, None, "missing") for name in names),
    ]
    (tmp_path / "scores.csv").write_text("LSOA code (2021),Score\nE01025281,1\n")
    with pytest.raises(InputError, match="ranks and deciles"):
        list(source.read(tmp_path / "scores.csv", period))
