"""What may we do? The pages say what the command line says, keep the question in the address, and show doubt."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from django.test import Client

from bygd.cli import main
from bygd.countries import available, load
from bygd.web.procurements.rules.views import TOPICS
from bygd.workbench import values

pytestmark = pytest.mark.django_db

QUESTIONS: list[tuple[dict[str, str], list[str]]] = [
    (
        {"what": "85312000", "value": "450 000", "spent": "300 000", "on": "2024-03-01", "buyer": "region"},
        ["--cpv", "85312000", "--value", "450000", "--spent", "300000", "--on", "2024-03-01", "--buyer", "region"],
    ),
    (
        {"kind": "services", "value": "1.200.000,50", "on": "2025-06-30"},
        ["--kind", "services", "--value", "1200000.50", "--on", "2025-06-30"],
    ),
    (
        {"kind": "supplies", "value": "99000", "vat": "with", "vat_rate": "25", "urgent": "on", "on": "2026-11-22"},
        "--kind supplies --value 99000 --vat with --vat-rate 0.25 --urgent --on 2026-11-22".split(),  # noqa: SIM905
    ),
]  # fmt: skip


@pytest.fixture
def reader(place: Any, signed_in: Callable[..., Client]) -> Client:
    return signed_in(place, "reader")


@pytest.fixture
def at(place: Any) -> Callable[..., str]:
    def address(page: str, **asked: str) -> str:
        return f"/p/{place.slug}/procurement/rules/{page}{f'?{urlencode(asked)}' if asked else ''}"

    return address


@pytest.mark.parametrize(("asked", "words"), QUESTIONS)
@pytest.mark.parametrize("language", ["sv", "nl", "en"])
def test_a_page_answers_as_the_command_line_does(
    place: Any, reader: Client, at: Any, asked: dict[str, str], words: list[str], language: str
) -> None:
    answer = reader.get(at("answer.json", **asked, lang=language))
    assert answer.status_code == 200 and answer["Content-Type"] == "application/json"
    told = CliRunner().invoke(
        main,
        ["-C", place.folder, "rules", "ask", "procurement", "--country", "se", *words, "--json", "--lang", language],
    )
    assert told.exit_code == 0, told.output
    ours, theirs = answer.json(), json.loads(told.output)
    assert len(ours["statements"]) > 4
    assert ours == theirs
    shown = reader.get(at("answer", **asked, lang=language), follow=True).content.decode()
    for row in ours["statements"]:
        assert f'id="{row["id"]}"' in shown


@pytest.mark.parametrize("code", available())
def test_every_topic_of_values_has_a_name(code: str) -> None:
    assert set(values.topics(load(code))) <= set(TOPICS)


def test_the_address_holds_the_whole_question(reader: Client, at: Any) -> None:
    moved = reader.get(at("answer", value="450 000", kind="services", urgent="on"))
    assert moved.status_code == 302
    assert "value=450000" in moved.url and "urgent=1" in moved.url and f"on={date.today()}" in moved.url
    assert reader.get(moved.url).status_code == 200
    again = reader.get(at("", value="450 000", kind="services", urgent="1")).content.decode()
    assert "450 000" in again and 'id="id_urgent" checked' in again
    assert "There is a problem" not in again


def test_what_is_not_verified_is_marked_and_what_was_read_has_its_day(reader: Client, at: Any) -> None:
    shown = reader.get(at("answer", kind="services", value="2400000", on="2026-11-22", what="")).content.decode()
    assert '<span class="standing unknown">Not known</span>' in shown
    assert "read 22 November 2026" in shown
    assert "Advice, not a legal opinion" in shown
    doubtful = reader.get(at("answer", what="90910000", value="450000", on="2024-03-01")).content.decode()
    assert "Not verified" in doubtful


def test_another_day_tells_what_has_changed_since(reader: Client, at: Any) -> None:
    then = reader.get(at("answer", what="", kind="services", value="750000", on="2021-05-01")).content.decode()
    assert "What has changed since 1 May 2021" in then and "Then:" in then
    today = reader.get(at("answer", what="", kind="services", value="750000", on=str(date.today()))).content.decode()
    assert "What has changed" not in today


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"value": "1.250", "kind": "works"}, "may be read in two ways. Write 1250"),
        ({"value": "-5", "kind": "works"}, "is no amount"),
        ({"value": "12e5", "kind": "works"}, "is no amount"),
        ({"value": "9" * 20, "kind": "works"}, "which is no amount of money"),
        ({"value": "1000"}, "Say what is bought"),
        ({"value": "", "kind": "works"}, "required"),
        ({"value": "1000", "what": "xyzzy"}, "No CPV code is known here"),
        ({"value": "1000", "what": "cleaning"}, "These codes may be meant"),
        ({"value": "1000", "what": "99999999"}, "There is no CPV division 99"),
        ({"value": "1000", "kind": "works", "on": "2026-02-30"}, "valid date"),
        ({"value": "1000", "kind": "works", "on": "1815-02-28"}, "no day on which one could buy"),
        ({"value": "1000", "kind": "holidays"}, "Select a valid choice"),
        ({"value": "1000", "kind": "works", "buyer": "king"}, "Select a valid choice"),
        ({"value": "<script>alert(1)</script>", "kind": "works"}, "&lt;script&gt;"),
    ],
)
def test_a_question_that_cannot_be_asked_is_told_what_is_wrong(
    reader: Client, at: Any, asked: dict[str, str], said: str
) -> None:
    answer = reader.get(at("answer", **asked))
    assert answer.status_code == 400
    text = answer.content.decode()
    assert said in text and "There is a problem" in text and "<script>alert" not in text
    assert reader.get(at("answer.json", **asked)).status_code == 404


def test_words_find_codes_and_a_chosen_code_is_asked(reader: Client, at: Any) -> None:
    listed = reader.get(at("codes", what="skolmat"), HTTP_HX_REQUEST="true").content.decode()
    assert "55523100" in listed and "<html" not in listed
    chosen = reader.get(at("answer", what="skolmat", code="55523100", value="1000"), follow=True)
    assert chosen.status_code == 200 and "School meals" in chosen.content.decode()
    assert "what=55523100" in chosen.request["QUERY_STRING"]


def test_values_of_a_day_and_what_needs_checking(reader: Client, at: Any) -> None:
    shown = reader.get(at("values", topic="procurement", on="2023-01-01")).content.decode()
    assert "SEK 2,236,731" in shown.replace("\u00a0", " ")
    assert "nobody here has read it" in reader.get(at("values", topic="procurement", on="2026-11-22")).content.decode()
    assert reader.get(at("values", topic="no-such-topic")).status_code == 404
    assert reader.get(at("values", topic="procurement", on="2026-02-30")).status_code == 400
    every = values.topics(load("se"))
    assert {"procurement", "reservations"} <= set(every)
    for topic in every:
        assert reader.get(at("values", topic=topic)).status_code == 200, topic
    assert "Threshold for works" in reader.get(at("stale", days="0")).content.decode()


@pytest.mark.parametrize(
    ("language", "topic", "said"),
    [
        ("sv", "standstill", ["10 dagar", "LOU 20 kap. 1 §, som Upphandlingsmyndigheten räknar dagarna"]),
        ("nl", "standstill", ["10 dagen", "LOU hoofdstuk 20 § 1, zoals Upphandlingsmyndigheten de dagen telt"]),
        ("sv", "follow_up", ["12 månader", "Råd till svenska kommuner"]),
        ("nl", "assessment", ["5 personen", "Een regel van dit programma"]),
        ("nl", "procurement", ['lang="sv">Lag (2019:668) om upphandlingsstatistik</a>']),
    ],
)
def test_values_their_sources_and_remarks_are_in_the_readers_language(
    reader: Client, at: Any, language: str, topic: str, said: list[str]
) -> None:
    shown = reader.get(at("values", topic=topic, lang=language)).content.decode().replace("\u00a0", " ")
    assert [text for text in said if text not in shown] == []


def test_the_places_own_guidelines_are_shown_and_asked(own_place: Any, signed_in: Callable[..., Client]) -> None:
    reader, page = signed_in(own_place, "reader"), f"/p/{own_place.slug}/procurement/rules/guidelines"
    assert "None are written down here yet" in reader.get(page).content.decode()
    file = Path(own_place.folder) / "rules" / "guidelines.yaml"
    file.parent.mkdir()
    file.write_text(
        "guidelines:\n- {id: three, since: 2024-01-01, from: 100000, ask: 3, source: {title: Riktlinjer <b>2024</b>}}\n"
    )
    shown = reader.get(page).content.decode()
    assert "Ask at least 3 suppliers" in shown and "Riktlinjer &lt;b&gt;2024" in shown
    asked = "/procurement/rules/answer?what=&kind=services&value=200000&on=2024-03-01"
    assert "ask at least 3 suppliers" in reader.get(f"/p/{own_place.slug}{asked}").content.decode()
    file.write_text("guidelines: 7\n")
    assert "must be a list" in reader.get(page).content.decode()


def test_the_landing_page_leads_to_the_rooms(place: Any, reader: Client) -> None:
    shown = reader.get(f"/p/{place.slug}/procurement/").content.decode()
    assert f'href="/p/{place.slug}/procurement/rules/"' in shown


def test_another_country_asks_what_its_own_rules_hang_on(
    db: None, tmp_path: Path, signed_in: Callable[..., Client]
) -> None:
    """Before any build, and with areas and parts, which the sample's country does not ask."""
    from bygd.web.places.register import register
    from bygd.workbench import project

    project.create(tmp_path / "gb", "gb:E07000123", "Preston")
    place = register(tmp_path / "gb")
    reader, page = signed_in(place, "reader"), f"/p/{place.slug}/procurement/rules/"
    form = reader.get(page).content.decode()
    assert 'name="part"' in form and 'name="areas"' in form and "In GBP" in form
    asked = {
        "kind": "services",
        "value": "60000",
        "part": "England",
        "areas": "Preston\nLancashire",
        "on": "2026-11-22",
    }
    shown = reader.get(f"{page}answer", {**asked, "what": ""}).content.decode()
    assert "Areas named: Preston, Lancashire." in shown
    told = CliRunner().invoke(
        main,
        ["rules", "ask", "procurement", "--country", "gb", "--kind", "services", "--value", "60000", "--json",
         "--part", "England", "--area", "Preston", "--area", "Lancashire", "--on", "2026-11-22"],
    )  # fmt: skip
    assert reader.get(f"{page}answer.json", {**asked, "what": ""}).json() == json.loads(told.output)
    assert reader.get(f"{page}answer", {**asked, "what": "", "part": "Narnia"}).status_code == 400
