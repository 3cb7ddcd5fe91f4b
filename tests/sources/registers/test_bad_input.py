"""Files that are not what they should be: one clear sentence, never a half-read register."""

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bygd import countries
from bygd.engine import DuckEngine
from bygd.sources.errors import InputError

SAMPLES = Path(__file__).parents[2] / "countries"
COMPANIES = (SAMPLES / "gb/sources/companies_house/raw.csv").read_bytes()
REGISTER = (SAMPLES / "se/sources/bolagsverket/raw.txt").read_bytes()
Read = Callable[..., dict[str, Any]]


def _zip(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return path


def test_zip_gzip_and_plain_give_the_same(tmp_path: Path, read: Read) -> None:
    plain = tmp_path / "plain.csv"
    plain.write_bytes(COMPANIES)
    packed = tmp_path / "packed.csv.gz"
    packed.write_bytes(gzip.compress(COMPANIES))
    zipped = _zip(tmp_path / "zipped.zip", companies__csv=COMPANIES)
    seen = [read("gb/companies_house", path) for path in (plain, packed, zipped)]
    assert len({(one["rows"], one["kept"], one["merged"], one["set_aside"]) for one in seen}) == 1


def test_seven_parts_are_one_register(tmp_path: Path, read: Read, engine: DuckEngine) -> None:
    lines = COMPANIES.splitlines(keepends=True)
    parts = [
        _zip(tmp_path / f"BasicCompanyData-part{number}_7.zip", part__csv=lines[0] + b"".join(lines[number::7]))
        for number in range(1, 8)
    ]
    whole = tmp_path / "whole.csv"
    whole.write_bytes(COMPANIES)
    one = read("gb/companies_house", whole)
    names = engine.rows("SELECT org_id FROM organisations ORDER BY org_id")
    seven = read("gb/companies_house", *parts)
    assert (seven["rows"], seven["kept"], seven["merged"]) == (one["rows"], one["kept"], one["merged"])
    assert engine.rows("SELECT org_id FROM organisations ORDER BY org_id") == names


def test_a_truncated_zip_is_refused(tmp_path: Path, read: Read) -> None:
    path = _zip(tmp_path / "cut.zip", companies__csv=COMPANIES * 50)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(InputError, match="damaged or cut short"):
        read("gb/companies_house", path)


def test_a_truncated_gzip_is_refused(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "cut.gz"
    path.write_bytes(gzip.compress(COMPANIES * 50)[:-40])
    with pytest.raises(InputError, match="damaged or cut short"):
        read("gb/companies_house", path)


def test_a_zip_bomb_is_refused_before_it_grows(tmp_path: Path, read: Read) -> None:
    path = _zip(tmp_path / "bomb.zip", companies__csv=COMPANIES + b"\0" * (80 << 20))
    with pytest.raises(InputError, match="bomb"):
        read("gb/companies_house", path)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 ...", b"<!DOCTYPE html><html>log in</html>", b'{"a": 1}'])
def test_what_is_no_table_is_refused(tmp_path: Path, read: Read, content: bytes) -> None:
    path = tmp_path / "companies.csv"
    path.write_bytes(content)
    with pytest.raises(InputError):
        read("gb/companies_house", path)


def test_another_register_is_named_as_such(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "companies.csv"
    path.write_bytes(REGISTER)
    with pytest.raises(InputError, match="not a file of Companies House: it lacks the columns CompanyName"):
        read("gb/companies_house", path)


def test_a_column_never_seen_before_is_an_error_that_says_what_to_do(tmp_path: Path, read: Read) -> None:
    header, rest = COMPANIES.split(b"\n", 1)
    path = tmp_path / "companies.csv"
    path.write_bytes(header + b",NewColumn\n" + rest)
    with pytest.raises(InputError, match=r"did not have before: NewColumn\. List them"):
        read("gb/companies_house", path)


def test_a_file_most_of_whose_rows_do_not_fit_is_refused(tmp_path: Path, read: Read) -> None:
    header = COMPANIES.split(b"\n", 1)[0]
    path = tmp_path / "companies.csv"
    path.write_bytes(header + b"\n" + b'"A","1"\n' * 100)
    with pytest.raises(InputError, match=r"100 rows do not fit its columns, 0 do\. The first is row 2"):
        read("gb/companies_house", path)


def test_a_refused_file_leaves_the_tables_that_stood_there(tmp_path: Path, read: Read, engine: DuckEngine) -> None:
    good = tmp_path / "good.csv"
    good.write_bytes(COMPANIES)
    kept = read("gb/companies_house", good)["kept"]
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"a,b\n1,2\n")
    with pytest.raises(InputError):
        read("gb/companies_house", bad)
    assert engine.rows("SELECT COUNT(*) AS n FROM organisations") == [{"n": kept}]


def test_a_half_empty_download_is_refused_where_the_whole_file_was_wanted(tmp_path: Path, engine: DuckEngine) -> None:
    path = tmp_path / "companies.csv"
    path.write_bytes(COMPANIES)
    country = countries.load("gb")
    from bygd.sources.privacy import Pseudonym

    arguments = (engine, country, "gb/companies_house", [path], {}, Pseudonym(b"k" * 32))
    assert any(
        "at least 4,000,000 were expected" in warning for warning in countries.read_register(*arguments)["warnings"]
    )
    with pytest.raises(InputError, match="is not whole: organisations has 6 rows, at least 4,000,000"):
        countries.read_register(*arguments, whole=True)


def test_own_register_says_which_columns_it_lacks(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "members.csv"
    path.write_text("Medlem;Stad\nBageriet;Lund\n")
    with pytest.raises(InputError, match="--map number=COLUMN --map name=COLUMN"):
        read("world/own_register", path, country="se")
    with pytest.raises(InputError, match="no sheet with all of the columns Orgnr, Namn"):
        read("world/own_register", path, country="se", columns={"number": "Orgnr", "name": "Namn"})
    with pytest.raises(InputError, match="Unknown fields: numbr"):
        read("world/own_register", path, country="se", columns={"numbr": "Medlem"})
    with pytest.raises(InputError, match="do not say which is the number"):
        read("world/own_register", path, country="se", columns={"name": "Medlem"})


def test_own_register_reads_the_sheet_that_fits(tmp_path: Path, read: Read, engine: DuckEngine) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Read me first"])
    sheet = book.create_sheet("Members")
    sheet.append(["Our members"])
    sheet.append([])
    sheet.append(["Nr", "Who", "Since"])
    sheet.append([5560160680, "Bageriet AB", "2001-02-03"])
    buffer = io.BytesIO()
    book.save(buffer)
    path = tmp_path / "members.xlsx"
    path.write_bytes(buffer.getvalue())
    columns = {"number": "Nr", "name": "Who", "registered_on": "Since"}
    notes = read("world/own_register", path, country="se", columns=columns)
    assert (notes["rows"], notes["kept"]) == (1, 1)
    assert engine.rows("SELECT org_id, registered_on::VARCHAR AS day FROM organisations") == [
        {"org_id": "SE-ON:5560160680", "day": "2001-02-03"}
    ]


def test_the_anonymous_open_data_set_is_refused_with_advice(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "kvk.csv"
    path.write_text(
        '"Datum aanvang";"Actief";"Insolventie";"Rechtsvorm";"Postcode regio";"SBI activiteiten";"Hoofdactiviteiten";'
        '"Lidstaat"\n"19720516";"J";"";"BV";"89";"64210,68203";"64210";"NL"\n'
    )
    with pytest.raises(InputError, match="anonymised"):
        countries.register_source(path, countries.load("nl"))
    with pytest.raises(InputError, match="no supplier can be found in it"):
        read("nl/kvk_open", path)


def test_postcodes_of_another_country_are_refused(tmp_path: Path, read: Read) -> None:
    path = SAMPLES / "world/sources/geonames/raw.csv"
    with pytest.raises(InputError, match="no postcodes of the country 'nl'"):
        read("world/geonames", path, country="nl")


def test_the_original_layout_of_geonames_is_read_too(tmp_path: Path, read: Read, engine: DuckEngine) -> None:
    readme = "Readme for GeoNames Postal Code files :\n\nThe data format is tab-delimited text"
    rows = "SE\t272 31\tSimrishamn\tSkåne\tM\tSimrishamn\t1291\t\t\t55.5565\t14.3504\t4\n"
    path = _zip(tmp_path / "SE.zip", SE__txt=rows.encode(), readme__txt=readme.encode())
    assert countries.postcode_source(path, countries.load("se")) == "world/geonames"
    assert read("world/geonames", path, country="se")["kept"] == 1
    assert engine.rows("SELECT postcode, municipality_id FROM postcodes") == [
        {"postcode": "27231", "municipality_id": "se:1291"}
    ]


def test_points_between_thousands_of_a_number_are_no_decimals(tmp_path: Path, read: Read, engine: DuckEngine) -> None:
    path = tmp_path / "own.csv"
    path.write_text("Company number;Name\n12.345.000;Acorn Ltd\n2345678.0;Birch Ltd\n3456789,00;Cedar Ltd\n")
    read("world/own_register", path, country="gb")
    found = [row["org_id"] for row in engine.rows("SELECT org_id FROM organisations ORDER BY org_id")]
    assert found == ["GB-COH:02345678", "GB-COH:03456789", "GB-COH:12345000"]
