"""Contracts out as OCDS 1.1: valid against the standard's schema, read back as they were, without persons."""

import json
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bygd.countries import load, source
from bygd.reports.documents import ocds
from bygd.vocabulary import tables
from bygd.vocabulary.contract_words import ContractProcedure, ContractStage, Reservation
from bygd.workbench import contracts, project, sample

TERMS = ocds.Terms("Lund", "https://example.org/contracts.json", datetime(2026, 1, 1), prefix="ocds-abc123")
LATEST = datetime(2026, 1, 2, 3, 4, 5)


@cache
def schema() -> jsonschema.Draft4Validator:
    """The standard's schema of a release, 1.1.5 (Open Contracting Partnership, Apache 2.0)."""
    text = (Path(__file__).parent / "release-schema.json").read_text(encoding="utf-8")
    return jsonschema.Draft4Validator(json.loads(text), format_checker=jsonschema.FormatChecker())


def faults(package: dict[str, Any]) -> list[str]:
    needed = {"uri", "publisher", "publishedDate", "releases", "version"} - package.keys()
    found = [f"package lacks {name}" for name in needed]
    for release in package["releases"]:
        found += [f"{list(error.absolute_path)}: {error.message}" for error in schema().iter_errors(release)]
        ids = {party["id"] for party in release["parties"]}
        named = [release["buyer"], *(one for award in release.get("awards", ()) for one in award.get("suppliers", ()))]
        found += [f"{one} stands in no list of parties" for one in named if one["id"] not in ids]
        awards = {award["id"] for award in release.get("awards", ())}
        found += [f"{one['id']} has no award" for one in release.get("contracts", ()) if one["awardID"] not in awards]
    return found


def row(**more: Any) -> dict[str, Any]:
    return {
        **dict.fromkeys(tables.contracts.columns()),
        "contract_key": "0123456789abcdef",
        "anchor": "Lund",
        "title": "Städning",
        "stage": "signed",
        "is_framework": False,
        "source": "test",
        "entered_by": "test",
        "entered_at": LATEST,
        **more,
    }


def test_the_schema_finds_faults() -> None:
    broken = ocds.package([row(value=Decimal(5), currency="SEK")], TERMS)
    del broken["releases"][0]["ocid"]
    broken["releases"][0]["contracts"][0]["value"]["currency"] = "KRONOR"
    broken["releases"][0]["awards"] = []
    assert len(faults(broken)) == 3


def test_the_sample_place_is_valid_and_comes_back_as_it_was(tmp_path: Path) -> None:
    place = sample.write(tmp_path / "place")
    rows = contracts.current(place)
    package = ocds.package(rows, TERMS)
    assert faults(package) == [] and len(rows) > 200
    path = tmp_path / "out.json"
    path.write_text(json.dumps(package), encoding="utf-8")
    looked = contracts.look(place, [path])
    assert looked.counts == {"same": len(rows)} and looked.set_aside == ()
    other = project.create(tmp_path / "other", "se:1281")
    assert contracts.take(other, contracts.look(other, [path]), "test") == len(rows)
    kept = [name for name in tables.contracts.columns() if name not in ("source", "entered_by", "entered_at")]
    assert [[one[name] for name in kept] for one in contracts.current(other)] == [
        [one[name] for name in kept] for one in rows
    ]


def test_the_same_register_gives_the_same_package() -> None:
    rows = [row(contract_key=f"{n:016x}", title=f"T{n}") for n in range(5)]
    assert ocds.package(rows, TERMS) == ocds.package(list(reversed(rows)), TERMS)


def test_persons_have_a_label_and_no_number() -> None:
    text = json.dumps(ocds.package([row(supplier_name="Sole trader 3fa2", supplier_id="p:0123456789")], TERMS))
    assert "Sole trader 3fa2" in text and "p:0123" not in text and "identifier" not in text


texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs", "Cf", "Cn", "Co")), min_size=1, max_size=20
)
days = st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
maybe = st.one_of(st.none(), texts)


@settings(max_examples=40, deadline=None)
@given(
    one=st.fixed_dictionaries(
        {
            "title": texts, "number": maybe, "procedure_key": maybe, "lot": maybe, "options": maybe, "note": maybe,
            "supplier_name": texts,
            "cpv": st.one_of(st.none(), st.from_regex(r"[0-9]{8}", fullmatch=True)),
            "value": st.one_of(st.none(), st.integers(0, 10**14).map(lambda cents: Decimal(cents) / 100)),
            "signed_on": days, "starts_on": days, "ends_on": days, "longest_until": days,
            "procedure": st.one_of(st.none(), st.sampled_from(list(ContractProcedure))),
            "reserved": st.one_of(st.none(), st.sampled_from(list(Reservation))),
            "stage": st.sampled_from(list(ContractStage)), "is_framework": st.booleans(),
        }
    )
)  # fmt: skip
def test_whatever_is_entered_is_valid_and_read_back(
    one: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    said = {**one, "currency": "SEK" if one["value"] is not None else None}
    package = ocds.package([row(**said)], TERMS)
    assert faults(package) == []
    path = tmp_path_factory.mktemp("ocds") / "a.json"
    path.write_text(json.dumps(package), encoding="utf-8")
    (back,) = source("world/ocds").module.read([path], load("se").conventions()).found
    if one["stage"] is not ContractStage.SIGNED:  # what is not signed has neither supplier nor number nor signature
        said |= {"supplier_name": None, "number": None, "signed_on": None, "lot": None}
    assert {name: getattr(back, name) for name in said} == said
