"""The postcode directory as its editions of 2026 are: headers seen in public programs, archives of many files."""

import zipfile
from pathlib import Path

import pytest

from bygd import countries
from bygd.countries import load
from bygd.countries.gb.sources import onspd
from bygd.engine import DuckEngine

LOOKUP = (  # National Statistics Postcode Lookup, August 2026
    "pcd7,pcd8,pcds,dointr,doterm,usrtypind,east1m,north1m,gridind,oa21cd,cty26cd,ced25cd,lad26cd,wd26cd,nhser24cd,"
    "ctry26cd,rgn26cd,pcon24cd,ttwa15cd,itl25cd,npark16cd,lsoa21cd,msoa21cd,wz11cd,sicbl26cd,bua24cd,ruc21ind,oac21ind,"
    "lat,long,lep21cd1,lep21cd2,pfa23cd,imd25ind,icb26cd"
)
DIRECTORY = (  # ONS Postcode Directory, August 2026, as its names were corrected on 7 September
    "pcd7,pcd8,pcds,dointr,doterm,cty26cd,ced25cd,lad26cd,wd26cd,parncp26cd,usrtypind,east1m,north1m,gridind,hlth19cd,"
    "nhser24cd,ctry26cd,rgn26cd,ssr95cd,pcon24cd,eer20cd,educ23cd,ttwa15cd,pco19cd,itl25cd,wdstl05cd,oa01cd,wdcas03cd,"
    "npark16cd,lsoa01cd,msoa01cd,ruc01ind,oac01ind,oa11cd,lsoa11cd,msoa11cd,wz11cd,sicbl26cd,bua24cd,ruc11ind,oac11ind,"
    "lat,long,lep21cd1,lep21cd2,pfa23cd,imd20ind,cal26cd,icb26cd,oa21cd,lsoa21cd,msoa21cd,ruc21ind,oac21ind,imd25ind"
)
ROWS = (
    {"pcds": "PR1 2AD", "lad26cd": "E07000123", "cty26cd": "E10000017", "lsoa11cd": "E01025281",
     "lsoa21cd": "E01025281", "msoa21cd": "E02005256", "lat": "53.76", "long": "-2.70", "imd20ind": "1200",
     "imd25ind": "33755"},
    {"pcds": "M1 1AA", "doterm": "200001", "lad26cd": "E08000003", "cty26cd": "E99999999", "lsoa11cd": "E01005061",
     "lsoa21cd": "E01033653", "msoa21cd": "E02006902", "lat": "53.48", "long": "-2.23", "imd20ind": "32844",
     "imd25ind": "3375"},
    {"pcds": "AB10 1AB", "lad26cd": "S12000033", "cty26cd": "S99999999", "lsoa21cd": "S01006646",
     "lat": "57.14", "long": "-2.09", "imd20ind": "6976", "imd25ind": "6976"},
)  # fmt: skip


def table(header: str) -> str:
    names = header.split(",")
    return "\n".join([header, *(",".join(row.get(name, "") for name in names) for row in ROWS)]) + "\n"


def zipped(path: Path, header: str) -> Path:
    """As the office packs it: the table, the same as text and in parts, names of areas also as workbooks, a guide."""
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("Data/D_AUG_2026_UK.csv", table(header))
        packed.writestr("Data/D_AUG_2026_UK.txt", table(header).replace(",", "  "))
        packed.writestr("Data/multi_csv/D_AUG_2026_UK_M.csv", table(header))
        packed.writestr("Documents/LAD names and codes.csv", "LAD26CD,LAD26NM\nE07000123,Preston\n")
        packed.writestr("Documents/LAD names and codes.xlsx", b"PK\x03\x04 no workbook at all")
        packed.writestr("User Guide/Guide.pdf", b"%PDF-1.7")
    return path


@pytest.mark.parametrize("header", [LOOKUP, DIRECTORY], ids=["lookup", "directory"])
def test_an_archive_of_2026_is_read_with_the_deprivation_of_2025(tmp_path: Path, header: str) -> None:
    path = zipped(tmp_path / "D_AUG_2026.zip", header)
    engine, conventions = DuckEngine(), load("gb").conventions()
    assert onspd.recognises(header.split(","), conventions)
    result = countries.source("gb/onspd").module.read(engine, [path], None, conventions)
    rows = {row["postcode"]: row for row in engine.rows("SELECT * FROM postcodes")}
    assert {code: (row["municipality_id"], row["deprivation_decile"]) for code, row in rows.items()} == {
        "PR12AD": ("gb:E07000123", 10), "M11AA": ("gb:E08000003", 1), "AB101AB": ("gb:S12000033", 10),
    }  # fmt: skip
    assert rows["M11AA"]["neighbourhood_id"] == "gb:E01033653"
    assert result


def test_the_directory_of_2026_tells_areas_of_both_censuses(tmp_path: Path) -> None:
    engine = DuckEngine()
    onspd.places(engine, [zipped(tmp_path / "D_AUG_2026.zip", DIRECTORY)], "places")
    found = {(row["level"], row["vintage"], row["code"], row["weight"]) for row in engine.rows("FROM places")}
    assert {("small_area", "2011", "E01005061", 0), ("small_area", "2021", "E01033653", 0)} <= found
    assert ("municipality", "", "S12000033", 1) in found


@pytest.mark.parametrize(
    ("numbers", "highest", "is_later", "expected"),
    [((32844, 33755), 33755, True, 33755), ((32844, 33755), 32000, True, 33755), ((32844, 33755), 32000, False, 32844),
     ((1909, 1917), 1909, True, 1909), ((32844, 33755), 33000, False, 0), ((6976,), 6977, True, 0)],
)  # fmt: skip
def test_how_many_areas_were_ranked(numbers: tuple[int, ...], highest: int, is_later: bool, expected: int) -> None:
    assert onspd._ranked(numbers, highest, is_later) == expected
