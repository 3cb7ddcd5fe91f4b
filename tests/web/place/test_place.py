"""The pages of the place: sentences, areas and years in the address, what is missing, files, who may what."""

import csv
import io
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.asks_who]
PAGES = (
    "", "compare/", "portrait/wheel/", "portrait/doughnut/", "indicator/child_poverty/", "indicator/nitrogen/",
    "indicator/population_by_age/", "sheet/", "villages/", "own/", "fetch/",
)  # fmt: skip


@pytest.fixture
def reader(counted: Any, signed_in: Callable[..., Client]) -> Client:
    return signed_in(counted, "reader")


def page(client: Client, place: Any, address: str, status: int = 200) -> str:
    answer = client.get(f"/p/{place.slug}/place/{address}")
    assert answer.status_code == status, address
    return str(answer.content.decode())


@pytest.mark.asks_who(more="jobs")
@pytest.mark.parametrize("address", PAGES)
def test_pages_are_there_with_statistics_and_without(
    address: str, counted: Any, empty: Any, reader: Client, signed_in: Callable[..., Client]
) -> None:
    said = page(reader, counted, address)
    assert "<h1>" in said
    page(signed_in(empty, "reader"), empty, address)


def test_sentences_stand_first_and_pictures_have_tables(counted: Any, reader: Client) -> None:
    said = page(reader, counted, "")
    assert "12,400 people live in Fyrhamn (2025)." in said
    assert "Where Fyrhamn differs most from the country" in said and "than chance alone" in said
    assert said.index("12,400 people") < said.index("Where Fyrhamn differs") < said.index("Who lives in Fyrhamn")
    assert said.count("<svg") >= 2 * 10 and 'class="wide"' in said and 'class="narrow"' in said
    assert "How this was counted" in said and "Fetched or read on" in said
    assert "What is not known" in said and "indicator/nitrogen/" in said and "indicator/population_by_age/" not in said


def test_the_address_says_area_and_year(counted: Any, reader: Client) -> None:
    small = page(reader, counted, "?area=se:9901A0010")
    assert "Withheld by the source" in small and "A small place" in small
    village = page(reader, counted, "?area=village:bruksbygden")
    assert "3,790 people live in Bruksbygden" in village and "neither added nor averaged" in village
    before = page(reader, counted, "?year=2021")
    assert "Only what is of 2021 or earlier" in before and "(2021)" in before and "(2025)" not in before
    assert "There is no such choice" in page(reader, counted, "?area=se:0000", 400)


def test_an_indicator_says_what_it_is_and_ranks_only_with_a_range(counted: Any, reader: Client) -> None:
    said = page(reader, counted, "indicator/child_poverty/")
    assert "Less is better" in said and "pahittade-siffror.csv" in said and "Västerhamn" in said
    assert "rank 2 to 8 of 8" in said and "indicator:child_poverty" in said
    withheld = page(reader, counted, "indicator/child_poverty/?area=se:9901A0010")
    assert "Withheld by the source" in withheld and "rank" not in withheld.lower().split("<main")[1].split("facts")[0]
    assert "says nothing of whether it is good or bad" in page(reader, counted, "indicator/nitrogen/")
    assert page(reader, counted, "indicator/never_heard_of/", 404)


def test_peers_are_shown_and_changed_in_the_address(counted: Any, reader: Client) -> None:
    usual = page(reader, counted, "compare/")
    assert "most like it in structure" in usual and "0.32" in usual and "Västerhamn" in usual
    chosen = page(reader, counted, "compare/?peer=se:9702&peer=se:9801")
    assert "chosen by people" in chosen and "0.86" in chosen, "those who were chosen have a distance all the same"
    heads = chosen.split('class="figures peers"')[1].split("</thead>")[0]
    assert "Sundköping" in heads and "Kungsborg" in heads and "Västerhamn" not in heads
    few = page(reader, counted, "compare/?by=population&by=density&number=2")
    assert few.split("</table>")[0].count('<tr><th scope="row">') == 2
    assert "peer=se%3A9702" in page(reader, counted, "?peer=se:9702"), "the choice goes along"
    page(reader, counted, "compare/?number=400", 400)


@pytest.mark.asks_who(more="the log")
def test_tables_and_pictures_as_files(counted: Any, reader: Client) -> None:
    def get(address: str) -> Any:
        answer = reader.get(f"/p/{counted.slug}/place/{address}")
        assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"], address
        return answer

    rows = list(csv.reader(io.StringIO(get("table/material/0.csv").content.decode("utf-8-sig"))))
    row = next(row for row in rows if row[1] == "child_poverty")
    assert (rows[0][2], float(row[2])) == ("Fyrhamn", 9.4) and float(row[3]) < 9.4 < float(row[4])
    assert get("table/of-child_poverty/0.xlsx").content[:2] == b"PK"
    small = get("table/of-child_poverty/0.csv?area=se:9901A0010").content.decode("utf-8-sig").splitlines()
    assert small[-1].split(",")[:2] == ["2025", "withheld"], "a withheld value is neither empty nor nought"
    assert b"<svg" in get("picture/of-child_poverty/time.svg").content
    assert get("picture/ages/ages.png?width=narrow").content[:4] == b"\x89PNG"
    for lost in (
        "table/nothing/0.csv",
        "table/material/7.csv",
        "picture/material/nothing.svg",
        "table/of-nitrogen/0.csv",
    ):
        assert reader.get(f"/p/{counted.slug}/place/{lost}").status_code == 404, lost


def test_portraits_show_what_is_missing_as_missing(counted: Any, reader: Client) -> None:
    said = page(reader, counted, "portrait/doughnut/")
    assert "Ozone layer depletion" in said.split("Not known:")[1] and "url(#doughnut-wide-doubt)" in said
    assert all(lens in said for lens in ("Local, social", "Global, ecological"))
    card = said.split("How this was counted")[1].split("</details>")[0]
    assert "within two per cent" in card and "indicators of the catalogue" in card
    wheel = page(reader, counted, "portrait/wheel/")
    assert "Later: natural capital" in wheel and "<table" in wheel
    page(reader, counted, "portrait/square/", 404)


def test_the_sheet_prints_by_itself(counted: Any, reader: Client) -> None:
    said = page(reader, counted, "sheet/print?lang=sv")
    assert '<html lang="sv">' in said and "<style>" not in said and "/open/fact-sheet.css" in said
    assert "@page" in Client().get("/open/fact-sheet.css").content.decode()
    assert "<style>" in page(reader, counted, "sheet/print?save=1"), "saved, it needs nothing else"


def test_a_page_of_the_place_is_quick(counted: Any, reader: Client, django_assert_max_num_queries: Any) -> None:
    """Less than a second of work, whatever else the machine does; it takes a tenth of that."""
    with django_assert_max_num_queries(12):
        page(reader, counted, "")
    start = time.process_time()
    page(reader, counted, "")
    assert time.process_time() - start < 1
