"""The sample place: always the same files, numbers nobody has, sums that hold, a story in the figures."""

import hashlib
import random
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from stdnum.se import orgnr

from bygd.sources.privacy import luhn
from bygd.vocabulary import tables
from bygd.workbench import decisions, project, sample
from bygd.workbench.sample import make, payments, suppliers
from bygd.workbench.sample.suppliers import Supplier


@pytest.fixture(scope="module")
def made() -> tuple[list[Supplier], list[payments.Payment]]:
    chance = random.Random(make.story()["seed"])
    sellers = suppliers.make(make.story(), chance)
    return sellers, payments.make(make.story(), sellers, chance)


def test_the_same_files_every_time(tmp_path: Path) -> None:
    hashes = []
    for name in ("one", "two"):
        sample.write(tmp_path / name)
        files = [path for path in sorted((tmp_path / name).glob("[!.]*/**/*")) if path.is_file()]
        hashes.append([(file.name, hashlib.sha256(file.read_bytes()).hexdigest()) for file in files])
    assert hashes[0] == hashes[1]
    assert len(hashes[0]) > 3 + 3 + 36 + 3 + 6 + 3


def test_the_project_is_valid_and_all_its_files_are_there(tmp_path: Path) -> None:
    sample.write(tmp_path / "place")
    read = project.read(tmp_path / "place")
    assert [entry.source for entry in read.ledgers] == ["Fyrhamns kommun", "Region Skärland", "Fyrhamnsbostäder AB"]
    for entry in (*read.ledgers, *read.registers, *read.postcodes):
        assert all(read.path(file).stat().st_size for file in entry.files)
    for table in (tables.link_decisions, tables.class_decisions):
        assert len(decisions.read(read, table)) >= 4


def test_size_and_numbers(made: tuple[list[Supplier], list[payments.Payment]]) -> None:
    sellers, rows = made
    assert 230 <= len(sellers) <= 260 and 5_000 <= len(rows) <= 7_000
    numbers = Counter(one.number for one in sellers if one.number)
    assert max(numbers.values()) == 1
    for one in sellers:
        if one.is_person:
            assert one.number[2:6] == "0230" and luhn(one.number)  # nobody was born on the 30th of February
        elif one.number:
            assert orgnr.is_valid(one.number) and one.number[4:6] == "99"
    assert max(Counter(one.name for one in sellers).values()) == 1


def test_the_mess_is_there(made: tuple[list[Supplier], list[payments.Payment]]) -> None:
    _, rows = made
    numbers = {row.number.replace("-", "") for row in rows if row.number}
    assert sum(row.amount < 0 for row in rows) > 50
    assert sum(not row.number for row in rows) > 200
    assert any(not luhn(number) for number in numbers)
    assert any(row.name == "Sekretess" for row in rows) and any(row.name.isupper() for row in rows)


def test_the_story_a_rising_share_that_stays(made: tuple[list[Supplier], list[payments.Payment]]) -> None:
    sellers, rows = made
    bought = {category["text"] for category in make.story()["categories"]}
    here = {one.name.removesuffix(" AB").casefold() for one in sellers if one.ring == "local"}
    shares = []
    for year in make.story()["years"]:
        ours = [row for row in rows if row.paid_on.year == year and row.text in bought and row.name != "Sekretess"]
        local = sum(row.amount for row in ours if plain(row.name) in here)
        shares.append(local / sum((row.amount for row in ours), Decimal(0)))
    assert shares == sorted(shares) and shares[0] > 0.12 and 0.20 < shares[-1] < 0.27


def plain(name: str) -> str:
    return (
        name.casefold()
        .removesuffix(" aktiebolag")
        .removesuffix(" ab")
        .removeprefix("ab ")
        .replace("ek. för.", "ekonomisk förening")
    )
