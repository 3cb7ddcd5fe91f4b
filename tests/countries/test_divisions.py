"""What became of areas, read from the publishers' own layouts."""

from pathlib import Path

import pytest
import xlsxwriter

from bygd import countries
from bygd.engine import DuckEngine
from bygd.sources.errors import InputError
from bygd.sources.statistics.divisions import Correspondence, Pair, check, read, write
from bygd.vocabulary.place_words import Level

CHANGES = [
    ("0114C1060", "0114C1061", "Upphör; till nybildad", "2025-01-01"),
    ("0114C1060", "0114C1062", "Upphör; till nybildad", "2025-01-01"),
    ("0120A0010", "0120A0010", "Utvidgas till territorialvattengräns", "2025-01-01"),
    ("0120C1040", "0120C1060", "Ger del/delar till befintlig", "2025-01-01"),
    ("0120C1040", "0120C1040", "Minskas och ger del till befintlig eller nybildad", "2025-01-01"),
    ("0126C1140", "0126C1140", "Utvidgas", "2025-01-01"),
    ("1883A0010", "1883A0030", "Upphör; till nybildad", "2018-02-21"),
]


def given(name: str, engine: DuckEngine, *paths: Path) -> list[Correspondence]:
    found: list[Correspondence] = countries.source(name).read(engine, list(paths))
    return [check(one, name) for one in found]


def test_statistics_swedens_list_of_changes(tmp_path: Path, engine: DuckEngine) -> None:
    path = tmp_path / "deso-historiska-forandringar.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Historiska förändringar i DeSO", "", "", "", "", "2025-09-19"])
        sheet.write_row(
            2, 0, ["Kommun", "Kommunnamn", "Tidigare DeSO", "DeSO", "Förändringstyp", "Datum för förändring"]
        )
        for row, (old, new, kind, day) in enumerate(CHANGES, start=3):
            sheet.write_row(row, 0, [old[:4], "En kommun", old, new, kind, day])
    (one,) = given("se/deso_changes", engine, path)
    assert (one.level, one.old_vintage, one.new_vintage, one.rest_is_same) == (
        Level.SMALL_AREA, "2018", "2025", True
    )  # fmt: skip
    assert one.origins("0114C1061") == (Pair("0114C1060", "0114C1061", None, "Upphör; till nybildad"),)
    assert [pair.share for pair in one.origins("0120A0010")] == [1.0]  # grown by sea alone
    assert [pair.share for pair in one.origins("0120C1040")] == [None]
    assert {pair.old for pair in one.origins("0126C1140")} == {"", "0126C1140"}  # grown from nobody knows where
    assert one.origins("1883A0030") == (Pair("1883A0030", "1883A0030", 1.0),)  # joined before 2018 was published
    assert one.origins("0114C1060") == ()


def test_the_lookups_between_two_british_censuses(tmp_path: Path, engine: DuckEngine) -> None:
    lsoa = tmp_path / "LSOA_2011_LSOA_2021_Exact_Fit_Lookup.csv"
    lsoa.write_text(
        "\ufeffLSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHGIND,LAD22CD,LAD22NM,LAD22NMW,ObjectId\n"
        "E01000001,City 001A,E01000001,City 001A,U,E09000001,City,,1\n"
        "E01000027,B 001C,E01032739,B 001F,S,E09000002,B,,2\n"
        "E01000027,B 001C,E01032740,B 001G,S,E09000002,B,,3\n"
        "E01000100,C 1,E01034000,C 3,M,E09000003,C,,4\n"
        "E01000101,C 2,E01034000,C 3,M,E09000003,C,,5\n"
        "E01000200,D 1,E01035000,D 9,X,E09000004,D,,6\n"
    )
    msoa = tmp_path / "msoa.csv"
    msoa.write_text("MSOA11CD,MSOA21CD,CHNGIND,LAD22CD\nE02000001,E02000001,U,E09000001\n")
    one, other = given("gb/ons_changes", engine, lsoa, msoa)
    assert (one.old_vintage, one.new_vintage, other.level) == ("2011", "2021", Level.DISTRICT)
    assert [pair.share for pair in one.origins("E01000001")] == [1.0]
    assert [pair.share for pair in one.origins("E01032739")] == [None]
    assert [(pair.old, pair.share) for pair in one.origins("E01034000")] == [("E01000100", 1.0), ("E01000101", 1.0)]
    assert "" in {pair.old for pair in one.origins("E01035000")}
    assert one.origins("E01099999") == ()
    with pytest.raises(InputError, match="LSOA11CD"):
        given("gb/ons_changes", engine, tmp_path / "msoa.csv", Path(__file__))


def test_two_years_of_dutch_addresses_share_neighbourhoods(tmp_path: Path, engine: DuckEngine) -> None:
    def addresses(year: int, name: str, rows: list[tuple[str, int, str]]) -> Path:
        path = tmp_path / f"pc6hnr{year}0801_gwb.csv"
        lines = [f"PC6;Huisnummer;Buurt{year};Wijk{year};{name}{year}"]
        lines += [f"{pc};{number};{buurt};{buurt[:-2]};363" for pc, number, buurt in rows]
        path.write_text("\n".join(lines) + "\n")
        return path

    older = addresses(2023, "Gemeente", [("1011AB", n, "3630000") for n in range(1, 5)] + [("1012ZZ", 9, "0363AF01")])
    newer = addresses(
        2024,
        "Gemeente",
        [("1011AB", n, "3630001" if n < 4 else "3630002") for n in range(1, 9)] + [("1012ZZ", 9, "0363AF01")],
    )
    small, wards = given("nl/cbs_changes", engine, newer, older)
    assert (small.level, small.old_vintage, small.new_vintage, wards.level) == (
        Level.SMALL_AREA, "2023", "2024", Level.DISTRICT
    )  # fmt: skip
    assert {(pair.old, pair.new): pair.share for pair in small.pairs} == {
        ("BU0363AF01", "BU0363AF01"): 1.0,
        ("BU03630000", "BU03630001"): 0.75,
        ("BU03630000", "BU03630002"): 0.25,
    }
    assert {pair.new: pair.share for pair in wards.pairs} == {"WK0363AF": 1.0, "WK036300": 1.0}
    with pytest.raises(InputError, match="two files"):
        given("nl/cbs_changes", engine, older)


def test_a_list_of_ones_own_is_read_and_kept_the_same(tmp_path: Path) -> None:
    one = Correspondence(
        Level.DISTRICT, "2020", "2025", (Pair("0114R001", "0114R001", 0.4, "cut"), Pair("0114R001", "0114R009", 0.6)),
        True, "residents of 2024", "the municipality",
    )  # fmt: skip
    write(tmp_path / "a.csv", one)
    assert read(tmp_path / "a.csv") == one


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("small_area,2018,2025,A,B,0.4\nsmall_area,2018,2025,A,C,0.4", "must make one"),
        ("small_area,2018,2025,A,B,x", "no number"),
        ("small_area,2018,2025,A,B,1\nsmall_area,2018,2025,A,B,1", "tells twice"),
        ("small_area,2025,2018,A,B,1", "older division comes first"),
        ("small_area,2018,2025,A,B,0.4\nsmall_area,2018,2025,A", "must make one"),
        ("hamlet,2018,2025,A,B,1", "level 'hamlet'"),
        ("small_area,2018,2025,A,B,1\nsmall_area,2019,2025,A,B,1", "several divisions"),
    ],
)
def test_a_list_that_cannot_be_is_told(tmp_path: Path, rows: str, why: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"level,old_vintage,new_vintage,old,new,share\n{rows}\n")
    with pytest.raises(InputError, match=why):
        read(path)


def test_a_list_is_read_as_spreadsheets_save_it(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(
        "level;old_vintage;new_vintage;old;new;share\nsmall_area;2018;2025;å;b;0,5\n;;;;;\n"
        "small_area;2018;2025;å;c;0,5\n".encode("latin-1")
    )
    assert [(one.old, one.new, one.share) for one in read(tmp_path / "x.csv").pairs] == [
        ("å", "b", 0.5),
        ("å", "c", 0.5),
    ]


def test_postcodes_share_british_areas_by_their_residents(tmp_path: Path, engine: DuckEngine) -> None:
    directory, people = tmp_path / "ONSPD.csv", tmp_path / "pcd_p001.csv"
    directory.write_text(
        "pcds,doterm,oslaua,lsoa11,msoa11,lsoa21,msoa21\n"
        "AA1 1AA,,E07000123,E01000001,E02000001,E01000001,E02000001\n"
        "AA1 1AB,,E07000123,E01000002,E02000001,E01000003,E02000001\n"
        "AA1 1AC,,E07000123,E01000002,E02000001,E01000004,E02000001\n"
        "AA1 1AD,199001,E07000123,E01000002,E02000001,E01000004,E02000001\n"
    )
    people.write_text("Postcode,Sex,Count\nAA1 1AA,1,10\nAA1 1AB,1,20\nAA1 1AB,2,10\nAA1 1AC,2,10\n")
    small, middle = given("gb/postcode_changes", engine, directory, people)
    assert {(pair.old, pair.new): pair.share for pair in small.pairs} == {
        ("E01000001", "E01000001"): 1.0, ("E01000002", "E01000003"): 0.75, ("E01000002", "E01000004"): 0.25,
    }  # fmt: skip
    assert (small.basis, middle.level, [pair.share for pair in middle.pairs]) == (
        "residents by postcode", Level.DISTRICT, [1.0]
    )  # fmt: skip
    (small, _) = given("gb/postcode_changes", engine, directory)
    assert {pair.share for pair in small.pairs} == {1.0, 0.5} and small.basis == "postcodes in use"
