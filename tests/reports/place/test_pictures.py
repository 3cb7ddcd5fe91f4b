"""The doughnut, the wheel and the fact sheet of the sample place: missing is never good, two sides are two sides."""

import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bygd.reports.charts.theme import HATCHED
from bygd.reports.place import cards, doughnut, wheel
from bygd.reports.place.rings import BAD, GOOD, MIDDLE, Sector, marks
from bygd.reports.place.scoring import ALIKE, BETTER, WORSE, Standing, by_aspect, by_dimension, standing
from bygd.reports.place.values import range_text, value_text
from bygd.reports.translate import Translator
from bygd.sources.errors import InputError
from bygd.vocabulary.place_words import ECOLOGICAL, SOCIAL, Aspect, Dimension, Theme, Unit
from bygd.workbench import place, project
from bygd.workbench.place import factsheet
from bygd.workbench.project import Project
from bygd.workbench.sample import statistics


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("sample") / "place"
    made = project.create(folder, "se:9901", "Fyrhamn")
    statistics.write(folder)
    return made


@pytest.fixture(scope="module")
def profile(here: Project) -> place.Profile:
    return place.profile(here)


def test_every_dimension_is_there_and_the_unknown_are_told_as_unknown(profile: place.Profile) -> None:
    found = by_dimension(profile)
    assert list(found) == list(Dimension) == [*SOCIAL, *ECOLOGICAL]
    assert found[Dimension.OCEANS] == Standing() and found[Dimension.OCEANS].share is None
    picture = doughnut.doughnut(profile, Translator("en"))
    assert "Ocean acidification: not known" in picture["description"]
    assert picture["marks"].count(HATCHED) >= sum(1 for one in found.values() if not one.told)


@pytest.mark.parametrize("language", ["en", "sv", "nl"])
def test_on_a_telephone_every_sector_has_a_number_and_every_number_its_name(
    profile: place.Profile, language: str
) -> None:
    for narrow, parts in ((doughnut.narrow, 21), (wheel.narrow, 14)):
        picture = narrow(profile, Translator(language))
        said = re.findall(r'x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]+)</text>', picture["marks"])
        assert all(sum(text == str(number) for _x, _y, text in said) == 2 for number in range(1, parts + 1))
        _left, _top, width, height = map(float, picture["view"].split())
        assert max(float(y) for _x, y, _text in said) < height
        # Letters of this size are at most some seven units wide.
        assert max(float(x) + 7 * len(text) for x, _y, text in said if float(x) > 190 and len(text) > 2) < width + 20


def test_the_card_counts_what_the_picture_holds(profile: place.Profile) -> None:
    _ = Translator("en")
    for module, standings in (
        (doughnut, by_dimension(profile).values()), (wheel, [one for _name, one in wheel.parts(profile, _)]),
    ):  # fmt: skip
        told = sum(one.told for one in standings)
        rest = sum(one.missing for one in standings)
        said = dict(cards.portrait(profile, module.holds, _))
        assert said["Rests on"].startswith(f"{told} of ") and said["Period"] == "2025"
        number = int(said["Rests on"].split()[2])
        assert told <= number <= told + rest


def test_missing_takes_its_part_of_a_sector_and_is_never_filled_as_good() -> None:
    nothing = marks([Sector("x", 0, 0, 0, 0), Sector("y", 0, 0, 0, 3)], 10, 20, (0, 0))
    assert nothing.count(HATCHED) == 2 and not any(colour in nothing for colour in (GOOD, MIDDLE, BAD))
    mixed = marks([Sector("x", 1, 1, 1, 1)], 10, 20, (0, 0))
    assert all(mixed.count(f'"{colour}"') == 1 for colour in (GOOD, MIDDLE, BAD, HATCHED))


def test_the_wheel_has_eight_themes_four_capitals_elsewhere_and_distribution(profile: place.Profile) -> None:
    listed = wheel.parts(profile, Translator("nl"))
    assert len(listed) == 8 + 4 + 1 + 1
    assert dict(listed)["Elders"].told == 0 and dict(listed)["Elders"].missing == 1
    assert by_aspect(profile)[Aspect.NOW, Theme.WORK].worse > 0
    grid = wheel.table(profile, Translator("sv"))
    assert len(grid.rows) == 14 and grid.heads[0].is_row_head
    assert len(doughnut.table(profile, Translator("sv")).rows) == 21


def test_better_and_worse_follow_the_direction_and_chance(profile: place.Profile) -> None:
    poverty = profile.one("low_income_share")
    assert poverty is not None and standing(poverty) == WORSE
    country = poverty.beside[1].value
    assert country is not None
    inside = replace(poverty, figure=replace(poverty.figure, low=country - 1, high=country + 1))
    assert standing(inside) == ALIKE
    less = replace(poverty, figure=replace(poverty.figure, value=5.0, low=4.0, high=6.0))
    assert standing(less) == BETTER
    assert standing(profile.one("older_share")) is None


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [(12.34, Unit.PERCENT, "12,3\u00a0%"), (12345.6, Unit.CURRENCY, "12\u00a0346\u00a0kr"), (None, Unit.PERSONS, "–"),
     (4.56, Unit.KM, "4,6\u00a0km"), (1234.0, Unit.PERSONS, "1\u00a0234,0")],
)  # fmt: skip
def test_values_are_written_as_the_language_does(value: float | None, unit: Unit, expected: str) -> None:
    assert value_text(value, unit, 1, "SEK", Translator("sv")) == expected


def test_ranges_may_be_open() -> None:
    _ = Translator("en")
    assert range_text(1.0, 2.0, Unit.PERCENT, 1, "GBP", _) == "1.0% to 2.0%"
    assert range_text(10.0, None, Unit.PERSONS, 0, "GBP", _) == "at least 10"
    assert range_text(None, None, Unit.PERSONS, 0, "GBP", _) == ""


@pytest.mark.parametrize("language", ["en", "sv", "nl"])
@pytest.mark.parametrize("area", ["", "village:bruksbygden", "se:9901A0010"])
def test_the_sheet_tells_in_each_language(here: Project, language: str, area: str) -> None:
    html = factsheet.sheet(here, area, language)
    assert f'<html lang="{language}">' in html and "<script" not in html
    assert not re.search(r'(?:src|href)="(?!#|data:)', html)
    assert "Påhittade siffror" in html
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_income_groups_make_a_curve(profile: place.Profile) -> None:
    found = factsheet.shared(profile)
    assert found is not None
    inequality, points = found
    assert 0 < inequality.gini < 1 and points[-1] == {"people": pytest.approx(1.0), "income": pytest.approx(1.0)}
    assert all(point["income"] <= point["people"] + 1e-9 for point in points)


def test_own_counts_that_could_tell_of_a_person_are_withheld(here: Project, tmp_path: Path) -> None:
    copy = project.read(Path(shutil.copytree(here.folder, tmp_path / "copy")))
    path = copy.folder / "place" / "values" / "pahittade-siffror.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    place_of = next(number for number, row in enumerate(rows) if row.startswith("9901,population_by_age,2025,"))
    cells = rows[place_of].split(",")
    rows[place_of] = ",".join([*cells[:3], "2", *cells[4:]])
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert "being withheld or not known" not in factsheet.sheet(here, "", "en")
    said = factsheet.sheet(copy, "", "en")
    assert "Left out, being withheld or not known:" in said


def test_a_place_of_which_nothing_is_known(tmp_path: Path) -> None:
    empty = project.create(tmp_path / "empty", "nl:GM0363", "Amsterdam")
    assert place.profile(empty).shown == ()
    with pytest.raises(InputError, match="Nothing is known of Amsterdam yet"):
        factsheet.sheet(empty)


@pytest.fixture(scope="module")
def hamlet(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A place of 400 inhabitants of which little is known, with a count and an indicator of its own."""
    made = project.create(tmp_path_factory.mktemp("hamlet") / "place", "se:1291", "Simrishamn")
    (made.folder / "place" / "values").mkdir(parents=True)
    (made.folder / "place" / "indicators.yaml").write_text(OPEN, encoding="utf-8")
    (made.folder / "place" / "values" / "counted.csv").write_text(
        "area,indicator,period,value,source\n1291,population,2025,400,the village\n"
        "1291,life_satisfaction,2025,71,a survey\n1291,shop_open_hours,2025,36,the village\n",
        encoding="utf-8",
    )
    return made


OPEN = """
shop_open_hours:
  label: {en: Opening hours, sv: Öppettider, nl: Openingsuren}
  definition: {en: Hours a week., sv: Timmar i veckan., nl: Uren per week.}
  unit: ratio
  combine: none
  smallest: municipality
  pillar: land
  theme: society
  aspect: now
  direction: more
  rhythm: yearly
"""


def test_the_sheet_tells_what_little_is_known_and_whose_it_is(hamlet: Project) -> None:
    html = factsheet.sheet(hamlet, "", "en")
    table = html.partition("<tbody>")[2].partition("</tbody>")[0]
    assert table.count("<tr>") == 3 and "Opening hours" in table and "71" in table
    assert "a survey, the village. " in html


def test_the_sheet_credits_the_registers_by_name(built_sample: Path) -> None:
    credits = factsheet.credits(project.read(built_sample))
    assert credits["world/registers"] and "asks" not in credits["world/registers"]
    assert not any(text.endswith(".") for text in credits.values())


@pytest.mark.parametrize("language", ["sv", "nl", "en"])
def test_the_sheet_prints_on_two_sides(
    here: Project, hamlet: Project, tmp_path: Path, chromium: Any, language: str
) -> None:
    page = chromium.new_page()
    for one, area in ((here, ""), (here, "village:bruksbygden"), (hamlet, "")):
        (tmp_path / "sheet.html").write_text(factsheet.sheet(one, area, language), encoding="utf-8")
        page.goto((tmp_path / "sheet.html").as_uri())
        printed = page.pdf(format="A4", prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == 2, (one.name, area)
    page.close()
