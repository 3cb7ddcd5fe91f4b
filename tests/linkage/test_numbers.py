"""Organisation numbers as ledgers write them."""

import pytest
from tests.lib.linking import explained, link, load

from bygd.countries import pack
from bygd.engine import DuckEngine
from bygd.linkage.numbers import read_number


@pytest.mark.parametrize(
    ("country", "written", "wanted"),
    [
        ("gb", "1234567", "GB-COH:01234567"),
        ("gb", "sc12345", "GB-COH:SC012345"),
        ("gb", "07947785.0", "GB-COH:07947785"),
        ("gb", " 0794 7785 ", "GB-COH:07947785"),
        ("gb", "00000000", None),
        ("gb", "n/a", None),
        ("se", "556016-0680", "SE-ON:5560160680"),
        ("se", "165560160680", "SE-ON:5560160680"),
        ("se", "SE556016068001", "SE-ON:5560160680"),
        ("se", "SE 556016-0680 01", "SE-ON:5560160680"),
        ("se", "5560160681", None),  # the check digit is wrong
        ("se", "SAKNAS", None),
        ("nl", "1234567", "NL-KVK:01234567"),
        ("nl", "KVK 12345678", "NL-KVK:12345678"),
        ("nl", "KvK-nr.: 1234567", "NL-KVK:01234567"),
        ("nl", "12.345.000", "NL-KVK:12345000"),  # points between thousands are no decimals
        ("gb", "1,234,000", "GB-COH:01234000"),
        ("gb", "Company No. 01234567", "GB-COH:01234567"),
        ("gb", "GB-COH-SC012345", "GB-COH:SC012345"),
        ("se", "Org.nr 556016-0680", "SE-ON:5560160680"),
        ("se", "Org.nr SE556016068001", "SE-ON:5560160680"),
        ("se", "5560160680,00", "SE-ON:5560160680"),
        ("se", "５５６０１６０６８０", "SE-ON:5560160680"),  # digits of East Asian width
        ("se", "196408233201", None),  # twelve digits of a person are no VAT number
        ("gb", "x" * 10_000, None),
        ("gb", "😀", None),
        ("gb", "", None),
    ],
)
def test_number_is_read(country: str, written: str, wanted: str | None) -> None:
    found = read_number(written, pack.load(country).conventions().schemes)
    assert [number.org_id for number in found] == ([wanted] if wanted else [])


def test_a_checked_number_links_whatever_the_name(engine: DuckEngine) -> None:
    load(
        engine,
        [{"name": "Kullagret", "org_number": "SE556016068001"}],
        [{"org_id": "SE-ON:5560160680", "name": "Ericsson AB", "country": "se"}],
    )
    found = link(engine, "se")["Kullagret"]
    assert (found["org_id"], found["state"], found["stage"]) == ("SE-ON:5560160680", "linked", "number")
    assert "the organisation number on the ledger leads to it" in explained(engine, "Kullagret")


def test_a_number_without_check_digit_needs_some_agreement_of_names(engine: DuckEngine) -> None:
    """A charity's number of seven digits would, with a nought in front, be some company's."""
    load(
        engine,
        [
            {"name": "Preston Youth Club", "org_number": "1089464"},
            {"name": "Harrow Green Removals", "org_number": "2237471"},
        ],
        [{"org_id": "GB-COH:01089464", "name": "Zenith Metal Traders Limited"},
         {"org_id": "GB-COH:02237471", "name": "Harrow Green Removals Limited"}],
    )  # fmt: skip
    links = link(engine)
    assert links["Preston Youth Club"]["state"] == "unresolved"
    assert links["Preston Youth Club"]["candidate_id"] == "GB-COH:01089464"
    assert "little in common" in explained(engine, "Preston Youth Club")
    assert links["Harrow Green Removals"]["org_id"] == "GB-COH:02237471"


def test_another_number_speaks_against_the_same_name(engine: DuckEngine) -> None:
    load(
        engine,
        [{"name": "Acorn Joinery Ltd", "org_number": "09999999"}],
        [{"org_id": "GB-COH:01234567", "name": "Acorn Joinery Limited"}],
    )
    found = link(engine)["Acorn Joinery Ltd"]
    assert found["state"] == "unresolved"
    assert "another organisation number" in explained(engine, "Acorn Joinery Ltd")


def test_masked_meet_masked_by_pseudonym_only(engine: DuckEngine) -> None:
    mark = "p:0123456789abcdef0123"
    load(
        engine,
        [
            {"supplier_key": "same", "name": "Sole trader 0123", "org_number": mark, "is_masked": True},
            {"supplier_key": "name", "name": "Acorn Joinery Ltd", "is_masked": True},
            {"supplier_key": "other", "name": "Sole trader 0123", "org_number": "p:ffff", "is_masked": True},
            {"supplier_key": "open", "name": "Sole trader 0123", "org_number": mark},
        ],
        [
            {"org_id": f"SE-ON:{mark}", "name": "Sole trader 0123", "is_masked": True},
            {"org_id": "SE-ON:5560160680", "name": "Acorn Joinery Ltd"},
        ],
    )
    links = link(engine, "se")
    assert (links["same"]["org_id"], links["same"]["state"]) == (f"SE-ON:{mark}", "linked")
    assert {key: links[key]["state"] for key in ("name", "other", "open")} == {
        "name": "masked", "other": "masked", "open": "unresolved",
    }  # fmt: skip
