"""A village out of postcodes: areas of each level and division, by people where their number is known."""

from pathlib import Path

import pytest

from bygd.sources.errors import InputError
from bygd.vocabulary.place_words import Level
from bygd.workbench import project
from bygd.workbench.place import by_postcode, villages

DIRECTORY = """pcd7,pcds,doterm,lad25cd,lsoa11cd,msoa11cd,lsoa21cd,msoa21cd,lat,long,imd20ind
PR11AA,PR1 1AA,,E07000123,E01025111,E02005253,E01025111,E02005253,53.7,-2.7,100
PR11AB,PR1 1AB,,E07000123,E01025111,E02005253,E01034000,E02005253,53.7,-2.7,100
PR11AC,PR1 1AC,,E07000123,E01025112,E02005253,E01034000,E02005253,53.7,-2.7,100
PR11AD,PR1 1AD,199001,E07000123,E01025112,E02005253,E01034000,E02005253,53.7,-2.7,100
"""
PEOPLE = "Postcode,Sex,Count\nPR1 1AA,1,20\nPR1 1AA,2,10\nPR1 1AB,1,30\nPR1 1AC,2,90\n"


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    texts = {"ONSPD.csv": DIRECTORY, "pcd_p001.csv": PEOPLE, "ours.txt": "Postcode\npr1 1aa\nPR1 1AB\nZZ9 9ZZ\n"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    return {name: tmp_path / name for name in texts}


def test_areas_weigh_by_the_people_of_their_postcodes(tmp_path: Path, files: dict[str, Path]) -> None:
    here = project.create(tmp_path / "place", "gb:E07000123", "Preston")
    found = by_postcode.look_up(here, files["ours.txt"], [files["ONSPD.csv"]], files["pcd_p001.csv"])
    assert found.unknown == ("ZZ99ZZ",) and found.basis == by_postcode.PEOPLE
    assert {(one.code, one.share, one.part) for one in found.of(Level.SMALL_AREA)} == {
        ("E01025111", 1.0, 0.5), ("E01034000", 0.25, 0.5)
    }  # fmt: skip
    assert [(one.code, one.share, one.vintage) for one in found.of(Level.SMALL_AREA, "2011")] == [
        ("E01025111", 1.0, "2011")
    ]  # fmt: skip
    assert [(one.code, one.share) for one in found.of(Level.DISTRICT)] == [("E02005253", 0.4)]
    assert [(one.code, one.part) for one in found.of(Level.MUNICIPALITY)] == [("E07000123", 1.0)]
    made = by_postcode.put_together(here, "mill", "Mill", found)
    kept = villages.one(here, "mill")
    assert kept == made and dict(kept.parts) == {"gb:E01025111": 1.0, "gb:E01034000": 0.25}
    assert (kept.vintage, kept.basis) == ("2021", by_postcode.PEOPLE)
    old = by_postcode.put_together(here, "old", "Old", found, vintage="2011")
    assert (old.vintage, old.parts) == ("2011", (("gb:E01025111", 1.0),))


def test_without_people_postcodes_in_use_are_counted(tmp_path: Path, files: dict[str, Path]) -> None:
    here = project.create(tmp_path / "place", "gb:E07000123", "Preston")
    found = by_postcode.look_up(here, files["ours.txt"], [files["ONSPD.csv"]])
    shares = {one.code: one.share for one in found.of(Level.SMALL_AREA)}
    assert shares == {"E01025111": 1.0, "E01034000": 0.5} and found.basis == by_postcode.POSTCODES
    files["ours.txt"].write_text("ZZ9 9ZZ\n")
    with pytest.raises(InputError, match="None of the 1 postcodes"):
        by_postcode.look_up(here, files["ours.txt"], [files["ONSPD.csv"]])
    with pytest.raises(InputError, match="no columns for postcode and number"):
        by_postcode.look_up(here, files["ours.txt"], [files["ONSPD.csv"]], files["ours.txt"])


def test_dutch_postcodes_weigh_by_addresses(tmp_path: Path) -> None:
    here = project.create(tmp_path / "place", "nl:GM0363", "Amsterdam")
    (tmp_path / "pc6.csv").write_text(
        "PC6;Huisnummer;Buurt2024;Wijk2024;Gemeente2024\n"
        "1011AB;1;0363AF01;0363AF;363\n1011AB;2;0363AF01;0363AF;363\n1011AC;1;0363AF01;0363AF;363\n"
        "1011AC;2;0363AF02;0363AF;363\n"
    )
    (tmp_path / "ours.txt").write_text("1011 AB\n")
    found = by_postcode.look_up(here, tmp_path / "ours.txt", [tmp_path / "pc6.csv"])
    (one,) = found.of(Level.SMALL_AREA)
    assert (one.code, one.vintage) == ("BU0363AF01", "2024") and one.share == pytest.approx(2 / 3)
    (tmp_path / "people.csv").write_text("PC6,Aantal\n1011AB,40\n1011AC,20\n")
    (tmp_path / "ours.txt").write_text("1011 AC\n")
    found = by_postcode.look_up(here, tmp_path / "ours.txt", [tmp_path / "pc6.csv"], tmp_path / "people.csv")
    assert {(one.code, one.share, one.part) for one in found.of(Level.SMALL_AREA)} == {
        ("BU0363AF01", 0.2, 0.5), ("BU0363AF02", 1.0, 0.5)
    }, "people of a postcode in two neighbourhoods are shared by its addresses, not counted twice"  # fmt: skip
