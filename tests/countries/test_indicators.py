"""The catalogue of each country is whole: texts in three languages, sources that exist, nothing invented unmarked."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from bygd import countries
from bygd.countries import available, load
from bygd.countries.indicators import NEVER_ADDED, indicators, obtainable
from bygd.countries.levels import area, municipality_of
from bygd.ownership import form_groups
from bygd.reports.place import cards
from bygd.reports.translate import Translator
from bygd.sources.errors import InputError
from bygd.vocabulary.place_words import ECOLOGICAL, SOCIAL, Combining, Level

NEEDED = {
    "population", "population_by_age", "income_median", "low_income_share", "income_groups", "unemployment",
    "employment_rate", "job_ratio", "higher_education_share", "child_poverty", "owner_occupied_share", "rent",
    "new_firms", "firms_by_form", "firms_by_size", "cooperatives", "commuters_out", "turnout", "good_health_share",
    "crowded_share", "emissions", "vacant_premises",
}  # fmt: skip


@pytest.mark.parametrize("code", available())
def test_a_catalogue_has_what_the_issue_names(code: str) -> None:
    found = indicators(load(code))
    assert len(found) >= 60 and set(found) >= NEEDED
    for one in found.values():
        assert set(one.label) == set(one.definition) == {"en", "sv", "nl"}
        assert all(text.strip() for text in (*one.label.values(), *one.definition.values()))
        assert len(set(one.definition.values())) == 3, one.id
        assert (one.combine is Combining.WEIGHTED) == bool(one.weight), one.id


@pytest.mark.parametrize("code", ["se", "nl", "gb"])
def test_sixty_indicators_of_a_municipality_can_be_had(code: str) -> None:
    found = indicators(load(code))
    here = {
        id
        for id in obtainable(found)
        if not found[id].series or any(Level.MUNICIPALITY in series.levels for series in found[id].series)
    }
    assert len(here) >= 60
    assert len([id for id in here if found[id].is_verified]) >= 50


@pytest.mark.parametrize("code", available())
def test_what_is_made_from_others_rests_on_what_they_are_told_by(code: str) -> None:
    found = indicators(load(code))
    for one in found.values():
        for name in (*one.derived.of, *one.derived.per) if one.derived else ():
            id, _, part = name.partition("@")
            by_gender = "sex=f sex=m"  # as Kolada tells each figure
            counted = " ".join(f"form={group}" for group in form_groups(load(code)).values())
            known = {"se/kolada": by_gender, "world/registers": counted}
            told = [known.get(series.source, str(series.query)) for series in found[id].series]
            assert not part or any(part.partition("=")[0] in text and part.partition("=")[2] in text for text in told)


TABLES = {
    "se/kolada": r"[NU]\d{5}|",
    "se/scb_statistics": r"TAB\d+",
    "se/scb_statistics_v1": r"[A-Z]{2}/[A-Z]{2}\d{4}/[A-Z]{2}\d{4}[A-Z]\w*/\w+",
    "se/folkhalsodata": r"A_Folkhalsodata/[\w./]+\.px",
    "nl/cbs_statistics": r"\d{5}(NED|ned)",
    "nl/cbs_statistics_v3": r"\d{5}NED",
    "nl/rivm_health": r"\d{5}NED",
    "gb/nomis": r"NM_\d+_\d",
    "gb/imd": "",
    "gb/fingertips": r"\d{5}",
    "gb/local_emissions": "",
    "gb/ons_house_prices": "",
    "gb/ons_small_area_income": "",
    "eu/eurostat": r"\w+",
    "world/registers": "organisations",
}
QUERIES = {
    "kolada": set(),
    "scb": {
        "area",
        "time",
        "select",
        "codelists",
        "from",
        "until",
        "last",
        "breakdown",
        "names",
        "total",
        "sum",
        "share",
    },
    "folkhalsodata": {"area", "time", "select"},
    "cbs": {"area", "time", "period", "measure", "part", "country", "select"},
    "rivm": {"area", "time", "measure", "select"},
    "nomis": {"select", "date", "country", "breakdown", "names", "total", "sum"},
    "imd": set(),
    "fingertips": set(),
    "ons": set(),
    "local": set(),
    "registers": set(),
    "eurostat": {"area", "time", "select", "codes"},
}


@pytest.mark.parametrize("code", ["se", "nl", "gb"])
def test_a_series_is_asked_as_its_connector_asks(code: str) -> None:
    for one in indicators(load(code)).values():
        for series in one.series:
            where, query = f"{code} {one.id} {series.source}", series.query
            name = series.source.partition("/")[2].partition("_")[0]
            assert re.fullmatch(TABLES[series.source], series.table), where
            assert set(query) <= QUERIES[name] and series.unit == one.unit, where
            chosen = query.get("select") or {}
            if name in ("cbs", "rivm"):
                assert query["measure"] and ("time" in query) != ("period" in query), where
                assert all(isinstance(code, str) and code for code in chosen.values()), where
                continue
            assert all(codes == "*" or (isinstance(codes, list) and codes) for codes in chosen.values()), where
            assert {*query.get("sum", []), *query.get("breakdown", {})} <= set(chosen), where
            assert all(set(codes) < set(chosen[name]) for name, codes in query.get("share", {}).items()), where
            assert set(query.get("names", {})) <= set(query.get("breakdown", {})), where
            if name in ("scb", "folkhalsodata", "eurostat"):
                assert (
                    query["area"]
                    and query["time"]
                    and all(isinstance(code, str) for codes in chosen.values() for code in codes)
                )
            if name == "nomis":
                assert all(isinstance(code, int) for codes in chosen.values() for code in codes), where
                summed = {dimension for dimension, codes in chosen.items() if len(codes) > 1}
                assert summed == {*query.get("sum", []), *query.get("breakdown", {})}, where


@pytest.mark.parametrize("code", available())
def test_a_source_tells_an_indicator_of_an_area_once(code: str) -> None:
    """Two series of one source would give two values of the same area, period and part, unless one ends before."""
    for one in indicators(load(code)).values():
        spans: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        for series in one.series:
            span = (str(series.query.get("from", "0000")), str(series.query.get("until", "9999")))
            for level in series.levels:
                key = (series.source, level.value, series.vintage, str(series.query.get("part", "")))
                spans.setdefault(key, []).append(span)
        for listed in map(sorted, spans.values()):
            assert all(until < start for (_, until), (start, _) in pairwise(listed)), one.id


@pytest.mark.parametrize("code", available())
def test_series_name_sources_of_the_country_and_what_is_not_verified_has_a_title(code: str) -> None:
    known = {source.id: source for source in countries.sources(load(code))}
    for one in indicators(load(code)).values():
        for series in one.series:
            assert series.source in known and series.levels
            assert series.verified == (series.checked is not None), one.id
            assert series.verified or series.title, f"{one.id} could read anything"


def test_the_doughnut_has_its_dimensions() -> None:
    assert (len(SOCIAL), len(ECOLOGICAL)) == (12, 9)
    used = {one.dimension for code in available() for one in indicators(load(code)).values()}
    assert len(used & set(SOCIAL)) == 12


@pytest.mark.parametrize(
    ("code", "area_id", "level", "vintage", "parent"),
    [
        ("se", "se", Level.COUNTRY, "", None),
        ("se", "se:1291", Level.MUNICIPALITY, "", None),
        ("se", "se:0114A0010", Level.SMALL_AREA, "2025", "0114"),
        ("se", "se:0114R001", Level.DISTRICT, "2025", "0114"),
        ("nl", "nl:GM0363", Level.MUNICIPALITY, "", None),
        ("nl", "nl:BU03630000", Level.SMALL_AREA, "2024", "GM0363"),
        ("nl", "nl:WK036300", Level.DISTRICT, "2024", "GM0363"),
        ("gb", "gb:E07000123", Level.MUNICIPALITY, "", None),
        ("gb", "gb:E01025111", Level.SMALL_AREA, "2021", None),
    ],
)
def test_codes_tell_levels_and_divisions(
    code: str, area_id: str, level: Level, vintage: str, parent: str | None
) -> None:
    found = area(load(code), area_id)
    assert (found.level, found.vintage, municipality_of(load(code), found)) == (level, vintage, parent)


def test_codes_of_no_level_and_divisions_nobody_knows() -> None:
    with pytest.raises(InputError, match="no level"):
        area(load("se"), "se:XX")
    with pytest.raises(InputError, match="division of 1999"):
        area(load("se"), "se:0114A0010", "1999")


def test_ones_own_indicators_have_the_same_fields(tmp_path: Path) -> None:
    own = tmp_path / "indicators.yaml"
    text = (
        "busy: {label: {sv: B}, definition: {sv: D}, unit: index, direction: more, theme: society, aspect: now, "
        "combine: none, smallest: village, rhythm: yearly}\n"
    )
    own.write_text(text)
    assert indicators(load("se"), own)["busy"].is_own
    for wrong, why in (
        (text.replace("unit: index", "unit: furlong"), "furlong"),
        (text.replace("rhythm: yearly", "rythm: yearly"), "unknown keys: rythm"),
        (text.replace("combine: none", "combine: weighted, weight: nothing"), "rests on nothing"),
        (text.replace(", rhythm: yearly", ""), "lacks 'rhythm'"),
    ):
        own.write_text(wrong)
        with pytest.raises(InputError, match=why):
            indicators(load("se"), own)


def test_an_indicator_of_which_some_tables_were_seen_is_not_called_unchecked() -> None:
    """The tables of homes by tenure were seen, but for the codes of the oldest; nobody saw those of ages."""
    listed, names = indicators(load("se")), ("rented_share", "population_by_age", "turnout")
    told = [dict(cards.about(listed[id], "SEK", Translator("en"))).get("Checked", "") for id in names]
    assert [text[:7] for text in told] == ["Of some", "Nobody ", ""]


def test_shares_that_somebody_adds_are_not_added(tmp_path: Path) -> None:
    one = {"label": {"sv": "Nöjda"}, "definition": {"sv": "En enkät."}, "direction": "more", "theme": "wellbeing",
           "aspect": "now", "combine": "sum", "smallest": "small_area", "rhythm": "varje år"}  # fmt: skip
    path = tmp_path / "indicators.yaml"
    path.write_text(yaml.safe_dump({"content": {**one, "unit": "%"}, "shops": {**one, "unit": "number"}}))
    found = indicators(load("se"), path)
    assert found["content"].combine is Combining.NONE and found["shops"].combine is Combining.SUM
    every = [one for code in available() for one in indicators(load(code)).values()]
    assert not [one.id for one in every if one.combine is Combining.SUM and one.unit in NEVER_ADDED]
