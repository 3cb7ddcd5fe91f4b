"""Packs are whole: each loads, the template works once copied, areas chain up to the country."""

import shutil
from pathlib import Path

import pytest

from bygd.countries import available, catalogue, check, load, pack, shipped_areas
from bygd.engine import DuckEngine
from bygd.linkage.names import fold
from bygd.sources.description import describe_folder
from bygd.sources.privacy import Pseudonym
from bygd.vocabulary.tables import areas

SAMPLE = Path(__file__).parent / "_template" / "sources" / "register" / "raw.csv"


@pytest.mark.parametrize("code", [*available(), "_template"])
def test_areas_chain_up_to_the_country(code: str, engine: DuckEngine) -> None:
    engine.register(areas, shipped_areas(load(code)))
    lost = engine.rows(
        "SELECT a.area_id FROM areas a LEFT JOIN areas p ON a.parent_id = p.area_id "
        "WHERE p.area_id IS NULL AND a.level <> 'country'"
    )
    assert lost == []
    assert engine.rows("SELECT area_id FROM areas WHERE level = 'country'") == [{"area_id": code}]


@pytest.mark.parametrize(("code", "county", "municipality"), [("se", 21, 290), ("nl", 12, 341), ("gb", 34, 390)])
def test_lists_of_areas_have_as_many_as_they_say(code: str, county: int, municipality: int) -> None:
    levels = [row["level"] for row in shipped_areas(load(code))]
    assert (levels.count("county"), levels.count("municipality")) == (county, municipality)


@pytest.mark.parametrize("code", [*available(), "_template"])
def test_words_of_names_are_words(code: str) -> None:
    """YAML reads a bare *on* or *no* as yes or no."""
    known = load(code).conventions()
    words = [*known.small_words, *known.renamed, *known.renamed.values(), *known.abbreviations, *known.stop_words]
    words += [*known.satellite_words, *known.public_words, *known.given_names, *known.name_particles]
    assert all(isinstance(word, str) and fold(word) for word in words)


def test_swedish_municipalities_begin_with_their_county() -> None:
    listed = load("se").conventions().areas
    assert all(area.code[:2] == area.parent for area in listed if area.level == "municipality")


def test_every_source_is_described_whole_and_can_be_read() -> None:
    assert {"gb/companies_house", "se/scb", "se/bolagsverket", "world/geonames"} <= {source.id for source in check()}


def test_the_template_is_no_country_but_can_be_read(engine: DuckEngine) -> None:
    assert "_template" not in available()
    country = load("_template")
    (source,) = describe_folder(country.folder / "sources", country.code)
    result = source.read(engine, [SAMPLE], Pseudonym(b"k" * 32), country.conventions())
    assert (result.rows, result.kept, result.masked, result.reasons) == (4, 3, 1, {"no number": 1})
    assert engine.rows("SELECT name FROM organisations WHERE is_masked")[0]["name"].startswith("Sole trader ")


def test_a_copy_of_the_template_is_a_country(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "countries"
    shutil.copytree(pack.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(folder / "_template", folder / "xx")
    monkeypatch.setattr(pack, "FOLDER", folder)
    monkeypatch.setattr(catalogue, "FOLDER", folder)
    load.cache_clear()
    try:
        assert "xx" in available()
        assert catalogue.register_source(SAMPLE, load("xx")) == "xx/register"
        assert load("xx").conventions().country_name == "Exampleland"
    finally:
        load.cache_clear()
