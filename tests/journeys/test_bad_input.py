"""Bad input by command line: one clear line, exit code 2, nothing written half; or a warning that says what to do."""

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bygd.cli import main
from bygd.workbench import project, snapshot

LEDGER = "Leverantör;Organisationsnummer;Datum;Belopp\nAlfa Bygg AB;5560160680;2025-01-02;100,00\n"
REGISTER = "number,name,legal_form,municipality\n5560160680,Alfa Bygg AB,49,0180\n"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def place(tmp_path: Path) -> Path:
    assert run("init", tmp_path / "place", "--place", "se:1291", "--name", "Simrishamn").exit_code == 0
    return tmp_path / "place"


def add(place: Path, name: str, content: bytes | str) -> Result:
    file = place.parent / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return run("-C", place, "add", "ledger", file, "--anchor", "Kommunen", "--yes")


def truncated_zip() -> bytes:
    import io

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ledger.csv", LEDGER * 1000)
    return packed.getvalue()[:-200]


def bomb() -> bytes:
    import io

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ledger.csv", b"0" * 300_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20),
        ("letter.txt", "Dear all,\nplease find nothing attached.\n"),
        ("truncated.zip", truncated_zip()),
        ("bomb.zip", bomb()),
        ("notes.xlsx", b"PK\x03\x04 this is no workbook"),
        ("binary.csv", bytes(range(256)) * 50),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_a_file_that_is_no_ledger_is_refused_in_one_line(place: Path, name: str, content: bytes) -> None:
    before = (place / project.FILE).read_bytes()
    result = add(place, name, content)
    assert result.exit_code == 2, result.output
    assert name in result.output
    assert len(result.output.strip().splitlines()) == 1
    assert "Traceback" not in result.output
    assert (place / project.FILE).read_bytes() == before


def test_the_same_content_twice_is_counted_once_and_told(place: Path) -> None:
    assert add(place, "one.csv", LEDGER).exit_code == 0
    assert add(place, "two.csv", LEDGER).exit_code == 0
    result = run("-C", place, "build")
    assert "two.csv has the same content as" in result.output
    with snapshot.current(project.read(place)).engine() as engine:
        assert engine.rows("SELECT SUM(amount) AS amount FROM payments") == [{"amount": 100}]


def test_a_register_without_the_place_is_told(place: Path) -> None:
    assert add(place, "one.csv", LEDGER).exit_code == 0
    register = place.parent / "register.csv"
    register.write_text(REGISTER, encoding="utf-8")
    assert run("-C", place, "add", "register", register).exit_code == 0
    result = run("-C", place, "build")
    assert result.exit_code == 0, result.output
    assert "No linked supplier has its seat in Simrishamn" in result.output


def test_a_ledger_gone_since_it_was_added_is_named_and_the_snapshot_stands(place: Path) -> None:
    assert add(place, "one.csv", LEDGER).exit_code == 0
    assert run("-C", place, "build").exit_code == 0
    before = snapshot.current(project.read(place))
    (place.parent / "one.csv").unlink()
    result = run("-C", place, "build")
    assert result.exit_code == 2
    assert "one.csv, which is not there" in result.output
    assert snapshot.current(project.read(place)) == before


def test_a_place_that_does_not_exist_is_named(tmp_path: Path) -> None:
    assert run("init", tmp_path / "nowhere", "--place", "se:0001").exit_code == 0
    assert add(tmp_path / "nowhere", "one.csv", LEDGER).exit_code == 0
    result = run("-C", tmp_path / "nowhere", "build")
    assert result.exit_code == 2
    assert "se:0001" in result.output


def test_mixed_currencies_and_impossible_dates_are_kept_aside(place: Path) -> None:
    rows = (
        "Leverantör;Datum;Belopp;Valuta\n"
        "Alfa AB;2025-01-02;100,00;SEK\nBeta AB;2025-01-03;50,00;EUR\nGamma AB;0225-01-03;70,00;SEK\n"
        "Delta AB;2025-01-05;30,00;SEK\n"
    )
    assert add(place, "mixed.csv", rows).exit_code == 0
    result = run("-C", place, "build")
    assert "2 of 4 rows read" in result.output
    assert "other currency than the ledger's: 1 row" in result.output
    assert "date missing, unreadable or impossible: 1 row, 70.00" in result.output


def test_two_builds_at_once_do_not_meet(place: Path) -> None:
    from filelock import FileLock

    assert add(place, "one.csv", LEDGER).exit_code == 0
    with FileLock(project.read(place).state / "lock"):
        result = run("-C", place, "build")
    assert result.exit_code == 2
    assert "Another build" in result.output


def test_boundaries_that_are_no_geojson_are_refused_when_added(place: Path) -> None:
    file = place.parent / "map.geojson"
    file.write_text("no map")
    result = run("-C", place, "add", "boundaries", file)
    assert result.exit_code == 2
    assert "cannot be read as GeoJSON" in result.output
    file.write_text('{"type": "FeatureCollection", "features": []}')
    assert run("-C", place, "add", "boundaries", file).exit_code == 0
