"""Releases and records of OCDS 1.1: what becomes a contract, what is set aside, what is refused."""

import gzip
import json
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bygd.countries import load, source
from bygd.sources.contracts.result import Contracts
from bygd.sources.errors import InputError
from bygd.vocabulary.contract_words import ContractProcedure, ContractStage, Reservation

SWEDISH = load("se").conventions()


def release(**more: Any) -> dict[str, Any]:
    return {
        "ocid": "ocds-1",
        "id": "1",
        "date": "2024-01-01T00:00:00Z",
        "buyer": {"id": "b", "name": "Lund"},
        "parties": [
            {"id": "s", "name": "Städ AB", "identifier": {"scheme": "SE-ON", "id": "5560360793"}, "roles": ["supplier"]}
        ],
        "tender": {
            "id": "T1",
            "title": "Städning",
            "procurementMethod": "open",
            "items": [{"id": "1", "classification": {"scheme": "CPV", "id": "90910000-9"}}],
        },
        "awards": [{"id": "a", "status": "active", "suppliers": [{"id": "s", "name": "Städ AB"}]}],
        "contracts": [
            {
                "id": "c",
                "awardID": "a",
                "status": "active",
                "title": "Städning av skolor",
                "dateSigned": "2023-12-01T23:30:00+01:00",
                "period": {"startDate": "2024-01-01", "endDate": "2025-12-31T00:00:00Z", "maxExtentDate": "2027-12-31"},
                "value": {"amount": 1234.565, "currency": "SEK"},
            }
        ],
        **more,
    }


def read(tmp_path: Path, content: Any, name: str = "a.json") -> Contracts:
    path = tmp_path / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    found: Contracts = source("world/ocds").module.read([path], SWEDISH)
    return found


def test_a_contract_with_all_that_the_standard_tells(tmp_path: Path) -> None:
    one = read(tmp_path, {"releases": [release()]}).found[0]
    assert (one.title, one.number, one.anchor, one.procedure_key) == ("Städning av skolor", "c", "Lund", "T1")
    assert (one.supplier_name, one.supplier_number, one.supplier_scheme) == ("Städ AB", "5560360793", "SE-ON")
    assert (one.cpv, one.value, one.currency) == ("90910000", Decimal("1234.56"), "SEK")
    assert (one.signed_on, one.starts_on, one.ends_on) == (date(2023, 12, 1), date(2024, 1, 1), date(2025, 12, 31))
    assert (one.longest_until, one.procedure, one.stage) == (date(2027, 12, 31), ContractProcedure.OPEN, "signed")


@pytest.mark.parametrize(
    "shape",
    [
        lambda one: one,
        lambda one: [one],
        lambda one: {"releases": [one]},
        lambda one: {"records": [{"ocid": "ocds-1", "compiledRelease": one}]},
        lambda one: {"records": [{"ocid": "ocds-1", "releases": [one]}]},
        lambda one: "\n".join([json.dumps(one), json.dumps({**one, "ocid": "ocds-2", "contracts": [], "awards": []})]),
    ],
)
def test_packages_records_lists_and_lines_say_the_same(tmp_path: Path, shape: Any) -> None:
    assert read(tmp_path, shape(release())).found[0].title == "Städning av skolor"


def test_packed_files_are_read(tmp_path: Path) -> None:
    text = json.dumps({"releases": [release()]}).encode()
    (tmp_path / "a.json.gz").write_bytes(gzip.compress(text))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("one.json", text)
        archive.writestr("two.json", text.replace(b"ocds-1", b"ocds-2"))
    assert len(source("world/ocds").module.read([tmp_path / "a.json.gz"], SWEDISH).found) == 1
    assert len(source("world/ocds").module.read([tmp_path / "a.zip"], SWEDISH).found) == 2


def test_later_releases_count_field_by_field_and_nothing_takes_a_field_away(tmp_path: Path) -> None:
    later = {"ocid": "ocds-1", "date": "2024-06-01", "contracts": [{"id": "c", "period": {"endDate": "2026-12-31"}}]}
    gone = {"ocid": "ocds-1", "date": "2024-07-01", "contracts": [{"id": "c", "value": None}]}
    one = read(tmp_path, {"releases": [gone, later, release()]}).found[0]
    assert (one.ends_on, one.starts_on, one.value) == (date(2026, 12, 31), date(2024, 1, 1), None)


def test_an_award_without_a_contract_and_a_tender_without_an_award(tmp_path: Path) -> None:
    bare = release(contracts=[])
    bare["awards"][0] |= {"value": {"amount": 5, "currency": "EUR"}, "contractPeriod": {"startDate": "2024-02-01"}}
    one = read(tmp_path, bare).found[0]
    assert (one.value, one.currency, one.starts_on, one.stage) == (Decimal(5), "EUR", date(2024, 2, 1), "signed")
    for status, stage in (("active", ContractStage.CALLED), ("planned", ContractStage.PLANNED)):
        tender = release(contracts=[], awards=[])
        tender["tender"] |= {"status": status}
        assert read(tmp_path, tender).found[0].stage is stage


def test_a_sum_shared_by_several_suppliers_is_nobodys(tmp_path: Path) -> None:
    both = release()
    both["awards"][0]["suppliers"].append({"id": "t", "name": "Tvätt AB"})
    found = read(tmp_path, both).found
    assert [one.supplier_name for one in found] == ["Städ AB", "Tvätt AB"]
    assert all(one.value is None and "1234.56 SEK" in (one.note or "") for one in found)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"contracts": [{"id": "c", "status": "cancelled"}], "awards": []}, "the contract c is cancelled"),
        ({"contracts": [], "awards": [{"id": "a", "status": "unsuccessful"}]}, "the award a is unsuccessful"),
        ({"contracts": [], "awards": [], "tender": {"status": "cancelled"}}, "the tender is cancelled"),
        ({"contracts": [{"id": "c", "value": {"amount": -1}}]}, "the value -1 is negative"),
        ({"contracts": [{"id": "c", "value": {"amount": "1e400"}}]}, "is no amount"),
        ({"contracts": [{"id": "c", "period": {"startDate": "2024-02-30"}}]}, "'2024-02-30' is no day"),
        ({"contracts": [{"id": "c", "period": {"endDate": "0024-01-01"}}]}, "the year of 0024-01-01"),
        ({"contracts": "none"}, "'none' stands where a list should"),
        ({"tender": ["x"]}, "stands where an object should"),
        ({"contracts": [{"id": "c", "items": [{"classification": {"scheme": "CPV", "id": "9"}}]}]}, "no CPV code"),
    ],
)
def test_what_cannot_be_a_contract_is_set_aside_with_its_reason(tmp_path: Path, change: Any, reason: str) -> None:
    result = read(tmp_path, {"releases": [{**release(), **change}, {**release(), "ocid": "ocds-2"}]})
    assert len(result.found) == 1 and result.rows == 2
    assert [reason in one.reason for one in result.set_aside] == [True]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"releases": [', "is damaged or cut short"),
        ('{"releases": []}', "holds no release or record"),
        ('{"a": 1}', "holds no release or record"),
        ('{"ocid": "x", "value": NaN}', "is damaged or cut short"),
        ("[" * 100_000, "damaged or cut short|nested too deep"),
    ],
)
def test_files_that_hold_no_release_are_refused(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(tmp_path, content)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.json.gz"
    with gzip.open(path, "wb", 9) as packed:
        for _ in range(80):
            packed.write(b"[" + b" " * (1 << 20))
    with pytest.raises(InputError, match="decompression bomb"):
        source("world/ocds").module.read([path], SWEDISH)


def test_what_bygd_adds_of_its_own_is_read_back(tmp_path: Path) -> None:
    own = release()
    own["contracts"][0] |= {"x_key": "0" * 16, "x_number": None, "x_reserved": "non_profit", "x_procedure": "dialogue"}
    one = read(tmp_path, own).found[0]
    assert (one.key, one.number, one.reserved, one.procedure) == (
        "0" * 16, None, Reservation.NON_PROFIT, ContractProcedure.DIALOGUE,
    )  # fmt: skip


def test_real_files(shared_data: Path) -> None:
    files = sorted((shared_data / "world/ocds").glob("*.json")) + sorted((shared_data / "gb/contracts/ocds").glob("*"))
    british = load("gb").conventions()
    found = [source("world/ocds").module.read([file], british) for file in files]
    assert sum(len(one.found) for one in found) > 150
    assert all(one.found or one.set_aside for one in found)
    assert sum(len(one.set_aside) for one in found) <= 3
