"""Descriptions are read strictly, and a fetched file has to be whole."""

import shutil
from pathlib import Path

import pytest
import yaml

from bygd import countries
from bygd.engine import DuckEngine
from bygd.sources.description import describe, describe_folder, render_reference
from bygd.sources.errors import InputError
from bygd.sources.privacy import Pseudonym

TEMPLATE = Path(countries.catalogue.FOLDER) / "_template" / "sources"
SAMPLE = Path(__file__).parents[2] / "countries/gb/sources/companies_house/raw.csv"


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    for file in TEMPLATE.glob("register.*"):
        shutil.copy(file, tmp_path)
    return tmp_path / "register.yml"


def _change(pair: Path, **changes: object) -> None:
    content = yaml.safe_load(pair.read_text())
    pair.write_text(yaml.safe_dump({**content, **changes}))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"colour": "red"}, "unknown keys: colour"),
        ({"title": ""}, "lacks title"),
        ({"kind": "poem"}, "has the kind 'poem'"),
        ({"addresses": ["http://example.org/x"]}, "does not begin with https"),
        ({"page": "", "addresses": []}, "needs addresses, or a page"),
        ({"checks": {"minimum": 1}}, "checks has unknown keys: minimum"),
    ],
)
def test_what_is_wrong_is_said(pair: Path, changes: dict[str, object], message: str) -> None:
    _change(pair, **changes)
    with pytest.raises(InputError, match=message):
        describe(pair, "xx")


def test_both_halves_of_a_pair_are_needed(pair: Path) -> None:
    assert [source.id for source in describe_folder(pair.parent, "xx")] == ["xx/register"]
    pair.with_suffix(".py").rename(pair.with_name("other.py"))
    with pytest.raises(InputError, match=r"has no register\.py"):
        describe_folder(pair.parent, "xx")
    pair.unlink()
    with pytest.raises(InputError, match=r"other\.py has no other\.yml"):
        describe_folder(pair.parent, "xx")


def test_a_source_without_address_says_where_to_go(pair: Path) -> None:
    with pytest.raises(InputError, match=r"Get the file at https://example\.org/"):
        describe(pair, "xx").fetch(None)


def test_the_reference_names_every_source() -> None:
    page = render_reference(countries.sources())
    assert all(f"## {source.id}: {source.title}" in page for source in countries.sources())


def test_an_unknown_source_lists_those_there_are() -> None:
    with pytest.raises(InputError, match=r"Known: .*gb/companies_house"):
        countries.source("gb/nothing")


def test_a_fetched_file_has_to_be_whole(tmp_path: Path, engine: DuckEngine) -> None:
    path = tmp_path / "companies.csv"
    shutil.copy(SAMPLE, path)
    arguments = (engine, countries.load("gb"), "gb/companies_house", [path], {}, Pseudonym(b"k" * 32))
    countries.read_register(*arguments)
    (tmp_path / "companies.csv.json").write_text("{}")
    with pytest.raises(InputError, match=r"is not whole.*Fetch it again"):
        countries.read_register(*arguments)
