"""A count that could tell of a person leaves by no exit: pages, tables, maps, files, prints, cards, the prompt.

Each exit is asked twice: about a count of three people, which may stand nowhere, and about one of seven, which must
stand there; so that an exit that shows nothing at all does not pass.
"""

import io
import json
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from django.test import Client

from bygd.cli import main

pytestmark = pytest.mark.django_db
INDICATOR = """
alone:
  label: {en: People who live alone and far away}
  definition: {en: Counted on a walk.}
  unit: persons
  direction: neither
  theme: population
  aspect: now
  combine: sum
  smallest: small_area
  rhythm: yearly
  digits: 3
"""
PAGES = {
    "glance": "?area={area}",
    "compare": "compare/?area={area}",
    "indicator": "indicator/alone/?area={area}",
    "map": "map/?indicator=alone&area={area}",
    "table of a theme, CSV": "table/population/0.csv?area={area}",
    "table of an indicator, CSV": "table/of-alone/0.csv?area={area}",
    "table beside others, CSV": "table/of-alone/1.csv?area={area}",
    "table of the map, CSV": "table/map/0.csv?indicator=alone",
    "picture over time": "picture/of-alone/time.svg?area={area}",
    "picture of a theme": "picture/population/population.svg?area={area}",
    "picture of the map": "picture/map/map.svg?indicator=alone",
    "table of the map, XLSX": "table/map/0.xlsx?indicator=alone",
    "table of an indicator, XLSX": "table/of-alone/0.xlsx?area={area}",
}
AREA, BESIDE = "se:9901A0010", "se:9901B0010"


def told(place: Any, number: int) -> str:
    """Own counts of so many people and a bit, not found by chance: of an area, two beside it, and of their whole."""
    folder = place.project.folder / "place"
    before = (folder / "indicators.yaml").read_text(encoding="utf-8").partition("\nalone:")[0]
    (folder / "indicators.yaml").write_text(before.rstrip() + INDICATOR, encoding="utf-8")
    few = f"{number}.217"
    (folder / "values" / "walk.csv").write_text(
        "area,indicator,period,value,vintage,level,parent\n"
        + "".join(
            f"9901A0010,alone,{year},{few},2025,small_area,9901\n9901B0010,alone,{year},40,2025,small_area,9901\n"
            f"9901C0010,alone,{year},60,2025,small_area,9901\n9901,alone,{year},{number + 110},,municipality,99\n"
            for year in (2024, 2025)
        ),
        encoding="utf-8",
    )
    return few


def told_in_parts(place: Any, number: int) -> None:
    """An own share of women, who are so many beyond a hundred that it comes to four of them, or to nine."""
    folder = place.project.folder / "place"
    before = (folder / "indicators.yaml").read_text(encoding="utf-8").partition("\nalone:")[0]
    shares = INDICATOR.replace("unit: persons", 'unit: "%"').replace("combine: sum", "combine: none")
    (folder / "indicators.yaml").write_text(before.rstrip() + shares, encoding="utf-8")
    (folder / "values" / "walk.csv").write_text(
        "area,indicator,period,value,breakdown,vintage,level,parent\n"
        + "".join(
            f"9901A0010,alone,{year},{value},{part},2025,small_area,9901\n"
            for year in (2024, 2025)
            for part, value in (("", 11.119), ("what=number", 900), ("sex=f", 4.217), ("sex=f;what=number", number),
                                ("sex=m", 77.7), ("sex=m;what=number", 800))
        ),
        encoding="utf-8",
    )  # fmt: skip


def text_of(answer: Any) -> str:
    """What an answer says; of a workbook, its cells."""
    if "spreadsheet" not in answer["Content-Type"]:
        return str(answer.content.decode())
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


def test_no_page_and_no_file_tells_of_three_people(bounded: Any, signed_in: Callable[..., Client]) -> None:
    reader, wrong = signed_in(bounded, "reader"), []
    for number, is_there in ((7, True), (3, False)):
        few = told(bounded, number)
        for name, address in PAGES.items():
            answer = reader.get(f"/p/{bounded.slug}/place/{address.format(area=AREA)}")
            assert answer.status_code == 200 or not is_there, name
            if (few in text_of(answer)) is not is_there:
                wrong.append((name, number))
    assert wrong == []


def test_no_exit_tells_of_a_part_that_comes_to_four_people(bounded: Any, signed_in: Callable[..., Client]) -> None:
    """Beside it the smallest other part is withheld; the share of all stands."""
    from bygd.workbench import place

    reader = signed_in(bounded, "reader")
    for number, is_there in ((200, True), (100, False)):
        told_in_parts(bounded, number)
        page = reader.get(f"/p/{bounded.slug}/place/indicator/alone/?area={AREA}").content.decode()
        assert (("4.22" in page), ("77.7" in page), ("11.119" in page)) == (
            is_there,
            is_there,
            True,
        )
        assert f">{number}" not in page and "what number" not in page
        if not is_there:
            others = [address for name, address in PAGES.items() if name not in ("indicator", "map")]
            for address in others:
                answer = reader.get(f"/p/{bounded.slug}/place/{address.format(area=AREA)}")
                assert answer.status_code != 200 or "4.217" not in text_of(answer), address
            found = place.profile(bounded.project, AREA)
            assert "4.217" not in json.dumps(place.rows(found), default=str)
            assert "4.217" not in place.sheet(bounded.project, AREA, "en")


def test_no_neighbour_is_told_that_it_could_be_subtracted_from(bounded: Any, signed_in: Callable[..., Client]) -> None:
    told(bounded, 3)
    said = signed_in(bounded, "reader").get(f"/p/{bounded.slug}/place/table/map/0.csv?indicator=alone").content.decode()
    assert said.count("withheld") == 2 and "60.0" in said and "40.0" not in said


def test_a_village_of_fewer_than_five_is_not_told(bounded: Any, signed_in: Callable[..., Client]) -> None:
    from bygd.workbench import place
    from bygd.workbench.place import villages

    told(bounded, 7)
    for name, parts, value in (("all", ["9901A0010", "9901B0010"], 47.217), ("tip", ["9901A0010=0.4"], None)):
        villages.add(bounded.project, name, name, parts)
        one = place.profile(bounded.project, f"village:{name}", only=("alone",)).one("alone")
        assert one is not None and one.value == (None if value is None else pytest.approx(value)), name
    assert place.measure(bounded.project, "alone", "village:tip") is None
    said = signed_in(bounded, "reader").get(f"/p/{bounded.slug}/place/indicator/alone/?area=village:tip").content
    assert b"2.887" not in said and b"so few that one could be recognised" in said


def test_neither_card_nor_goal_nor_sheet_nor_prompt_tells_of_it(bounded: Any) -> None:
    from bygd.reports.translate import Translator
    from bygd.web.pages.place import measured
    from bygd.workbench import place

    _ = Translator("en", "bygd.web")

    def exits() -> dict[str, str]:
        folder = str(bounded.project.folder)

        def prompt(*words: str) -> str:
            answer = CliRunner().invoke(main, ["-C", folder, "place", *words])
            assert answer.exit_code == 0, answer.output
            return answer.output

        card = measured.measured(bounded, f"indicator:alone@{AREA}", _)
        return {
            "measure": str(place.measure(bounded.project, "alone", AREA)),
            "card": "" if card is None else f"{card.value} {card.card}",
            "rows": json.dumps(place.rows(place.profile(bounded.project, AREA)), default=str),
            "show": prompt("show", AREA),
            "json": prompt("show", AREA, "--json"),
            "compare": prompt("compare", AREA),
        }

    few = told(bounded, 7)
    assert [name for name, text in exits().items() if few not in text] == []
    few = told(bounded, 3)
    assert [name for name, text in exits().items() if few in text] == []
    assert few not in place.sheet(bounded.project, AREA, "en")
