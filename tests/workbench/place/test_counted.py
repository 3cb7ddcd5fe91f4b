"""What the registers of a place count stands beside statistics: as values, rates and with its reach."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bygd.reports.place.told import lines
from bygd.reports.place.values import why_none
from bygd.reports.translate import Translator
from bygd.vocabulary.place_words import ValueStatus
from bygd.workbench import project as projects
from bygd.workbench import snapshot
from bygd.workbench.place import counted, measure, profile
from bygd.workbench.place.counted import registered, spread
from bygd.workbench.place.made import Reading
from bygd.workbench.project import Project


@pytest.fixture
def place(built_sample: Path) -> Project:
    return projects.read(built_sample)


def test_counts_are_values_with_the_register_and_its_day(place: Project) -> None:
    found = profile(place, only={"firms_by_form", "cooperatives", "population", "mutuals"})
    forms = found.one("firms_by_form")
    assert forms is not None and forms.value and forms.figure.sources == (counted.SOURCE,)
    with snapshot.current(place).engine() as engine:
        here = engine.rows(
            "SELECT COUNT(*) AS number FROM organisations AS o JOIN legal_forms AS f USING (legal_form) "
            "WHERE 'se:' || municipality = ? AND kind = 'democratic' AND NOT is_masked AND status <> 'ended'",
            place.place_id,
        )[0]["number"]
    coops = found.readings.latest(place.place_id, "firms_by_form", "form=cooperative")
    mutuals = found.readings.latest(place.place_id, "firms_by_form", "form=mutual")
    assert coops and mutuals and coops.value and coops.value + (mutuals.value or 0) == here
    rate, people = found.one("cooperatives"), found.one("population")
    assert rate is not None and people is not None and people.value
    assert rate.value == pytest.approx(1000 * coops.value / people.value)
    assert rate.figure.period == forms.figure.period >= people.figure.period
    assert set(rate.figure.sources) > {counted.SOURCE}
    beside = {one.area.area_id: one.value for one in rate.beside}
    assert beside["se"] is None, "registers of four municipalities tell nothing of the country"
    figure = measure(place, "indicator:cooperatives")
    assert figure is not None and figure.value == rate.value


def test_what_the_registers_have_none_of_is_not_nought(place: Project) -> None:
    homes = profile(place, only={"housing_cooperatives"}).one("housing_cooperatives")
    assert homes is not None and homes.value is None and homes.status is ValueStatus.UNCOVERED
    assert any("too little" in str(warning) for warning in homes.warnings)


@pytest.mark.parametrize(
    ("language", "why"), [("en", "Cannot be told"), ("sv", "Går inte att säga"), ("nl", "Niet te zeggen")]
)
def test_what_registers_cannot_tell_is_not_called_unpublished(place: Project, language: str, why: str) -> None:
    found, translate = profile(place, only={"firms_by_form", "housing_cooperatives"}), Translator(language)
    homes, forms = found.one("housing_cooperatives"), found.one("firms_by_form")
    assert homes is not None and forms is not None
    country = found.readings.latest("se", "firms_by_form")
    assert country is not None and country.value is None, "registers of four municipalities"
    assert why_none(country.status, translate).startswith(why) and why_none(homes.status, translate).startswith(why)
    assert any(why in line for line in lines(found, "SEK", translate))


def test_without_a_build_and_of_an_earlier_one_nothing_is_counted(built_sample: Path, tmp_path: Path) -> None:
    folder = tmp_path / "place"
    shutil.copytree(built_sample, folder)
    project = projects.read(folder)
    one = snapshot.current(project)
    (one.folder / "register_counts.parquet").unlink()
    assert counted.counts(project) is None
    (project.state / snapshot.POINTER).unlink()
    assert counted.counts(project) is None


def test_threads_that_ask_at_once_find_the_same_whole_table(built_sample: Path, tmp_path: Path) -> None:
    project = projects.read(Path(shutil.copytree(built_sample, tmp_path / "place")))
    for old in (project.state / counted.FOLDER).glob("counted-*"):
        old.unlink()
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(lambda: profile(project, only={"cooperatives"}).one("cooperatives")) for _ in range(8)]
    assert len({one.value for found in asked if (one := found.result())}) == 1


def test_a_range_goes_with_a_count_and_is_counted_once_in_a_village() -> None:
    read = Reading("2026", 3.0, ValueStatus.OBSERVED, (counted.SOURCE,))
    told = registered(read, 3.0, 5.0)
    assert (told.low, told.high) == (3.0, 5.0) and "2 more" in str(told.warnings[0])
    both = spread(Reading("2026", 6.0, ValueStatus.OBSERVED, (counted.SOURCE,)), [(1.0, told), (1.0, told)])
    assert (both.value, both.low, both.high) == (6.0, 6.0, 8.0)
