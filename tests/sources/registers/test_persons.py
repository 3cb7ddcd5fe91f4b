"""No personal number and no sole trader's name survives the reading of a register, in any table or file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from bygd.engine import DuckEngine
from bygd.sources.privacy import Pseudonym, luhn
from bygd.vocabulary import tables

from .conftest import KEY

SAMPLES = Path(__file__).parents[2] / "countries"
Read = Callable[..., dict[str, Any]]


def _numbers(count: int) -> list[str]:
    """Made-up personal numbers with the right check digit, coordination numbers among them."""
    found = []
    for number in range(count):
        day = number % 28 + 1 + (60 if number % 5 == 0 else 0)
        nine = f"{50 + number % 50:02d}{number % 12 + 1:02d}{day:02d}{number % 1000:03d}"
        found.append(next(f"{nine}{digit}" for digit in range(10) if luhn(f"{nine}{digit}")))
    return found


def _dump(engine: DuckEngine, folder: Path) -> str:
    """Everything the engine holds and everything it wrote, as one text."""
    relations = engine.rows("SELECT table_name AS name FROM information_schema.tables")
    texts = [str(engine.rows(f'SELECT * FROM "{row["name"]}"')) for row in relations]
    for table in (tables.organisations, tables.organisation_names, tables.parents):
        engine.write(table, folder / f"{table.__name__}.parquet")
        texts.append((folder / f"{table.__name__}.parquet").read_bytes().decode("latin-1"))
    return "\n".join(texts)


def _absent(text: str, numbers: list[str], names: list[str]) -> None:
    for number in numbers:
        for written in (number, f"19{number}", f"{number[:6]}-{number[6:]}", f"19{number[:6]}-{number[6:]}"):
            assert written not in text
    assert not [name for name in names if name in text]


def test_a_hundred_planted_numbers_are_gone(tmp_path: Path, read: Read, engine: DuckEngine) -> None:
    numbers = _numbers(100)
    written = [
        (
            number,
            f"19{number}",
            f"{number[:6]}-{number[6:]}",
            f"{number[:6]}+{number[6:]}",
            f" 19{number[:6]} - {number[6:]} ",
        )[place % 5]
        for place, number in enumerate(numbers)
    ]
    names = [f"Person Personsson{place}" for place in range(100)]
    path = tmp_path / "register.csv"
    rows = (f"{number};{name};27231" for number, name in zip(written, names, strict=True))
    path.write_text("Orgnr;Namn;Postnummer\n" + "\n".join(rows) + "\n5560160680;Bageriet AB;27231\n")
    notes = read("world/own_register", path, country="se")
    assert (notes["kept"], notes["masked"]) == (101, 100)
    _absent(_dump(engine, tmp_path), numbers, names)


def test_swedish_bulk_files_keep_no_person(tmp_path: Path, read: Read, engine: DuckEngine) -> None:
    for source in ("scb", "bolagsverket"):
        notes = read(f"se/{source}", SAMPLES / f"se/sources/{source}/raw.txt")
        assert notes["masked"] == 1
        _absent(_dump(engine, tmp_path) + str(notes), ["8507099805"], ["Åkesson", "Annas"])


def test_a_person_has_one_pseudonym_in_every_register(tmp_path: Path, read: Read, engine: DuckEngine) -> None:
    seen = set()
    for source in ("scb", "bolagsverket"):
        read(f"se/{source}", SAMPLES / f"se/sources/{source}/raw.txt")
        seen |= {row["org_id"] for row in engine.rows("SELECT org_id FROM organisations WHERE is_masked")}
    path = tmp_path / "register.csv"
    path.write_text("Orgnr;Namn\n850709-9805;Anna\n")
    read("world/own_register", path, country="se")
    seen |= {row["org_id"] for row in engine.rows("SELECT org_id FROM organisations WHERE is_masked")}
    assert seen == {f"SE-ON:{Pseudonym(KEY).number('8507099805')}"}


def test_only_the_area_of_a_persons_postcode_is_kept(read: Read, engine: DuckEngine) -> None:
    read("se/scb", SAMPLES / "se/sources/scb/raw.txt")
    assert engine.rows("SELECT postcode, town FROM organisations WHERE is_masked") == [
        {"postcode": "272", "town": None}
    ]


def test_a_sole_traders_form_masks_where_the_number_does_not_tell(
    tmp_path: Path, read: Read, engine: DuckEngine
) -> None:
    path = tmp_path / "register.csv"
    path.write_text(
        "KvK nummer;Naam;Rechtsvorm;Postcode\n"
        "12345678;Bakkerij Jansen;eenmanszaak;1012 AB\n23456789;Molen BV;BV;1012AB\n"
    )
    assert read("world/own_register", path, country="nl")["masked"] == 1
    (person,) = engine.rows("SELECT name, postcode, org_id FROM organisations WHERE is_masked")
    assert person["name"].startswith("Eenmanszaak ") and person["postcode"] == "1012"
    assert "12345678" not in _dump(engine, tmp_path) and "Jansen" not in _dump(engine, tmp_path)
