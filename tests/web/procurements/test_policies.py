"""Policies: what a choice is told is what the library says; lists of one's own; social return to the cent."""

import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bygd.reports import Translator
from bygd.tools import social_value
from bygd.tools.social_value import Effort
from bygd.web.people.models import Event
from bygd.workbench import policies

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(place: Any, signed_in: Callable[..., Client]) -> Client:
    return signed_in(place, "reader")


def at(place: Any, page: str = "", **asked: Any) -> str:
    query = urlencode(asked, doseq=True)
    return f"/p/{place.slug}/procurement/policies/{page}{f'?{query}' if query else ''}"


def plain(answer: Any) -> str:
    return str(answer.content.decode()).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("language", ["sv", "nl", "en"])
def test_every_edition_has_its_page(place: Any, reader: Client, language: str) -> None:
    listed = reader.get(at(place, lang=language)).content.decode()
    number = 0
    for policy in policies.every():
        assert f'href="{at(place, policy.id)}/"' in listed
        for edition in policy.editions:
            shown = reader.get(at(place, f"{policy.id}/", edition=edition.version, lang=language)).content.decode()
            assert all(f'id="measure-{code}"' in shown for code in edition.measures)
            assert f"{policy.id}@" not in shown.partition('id="source"')[0]
            assert edition.id in shown
            number += 1
        compared = reader.get(at(place, f"{policy.id}/compare", lang=language))
        assert compared.status_code == 200
    assert number > 8


def test_texts_are_had_in_another_language_than_the_pages(place: Any, reader: Client) -> None:
    shown = reader.get(at(place, "gb/preston/", **{"in": "sv"}, lang="en")).content.decode()
    assert "Stödja rättvisa och demokratiska arbetsplatser" in shown and "What it sets" in shown


def test_editions_are_compared(place: Any, reader: Client) -> None:
    shown = plain(reader.get(at(place, "gb/preston/compare")))
    assert "Least weight" in shown and "Measure 1.1" in shown and "Levels" in shown
    same = policies.edition("gb/preston", edition="five_themes").version
    assert "They say the same" in plain(reader.get(at(place, "gb/preston/compare", first=same, second=same)))
    assert reader.get(at(place, "gb/preston/compare", first="nonsense")).status_code == 404


CHOICES: list[dict[str, Any]] = [
    {"value": "120 000", "weight": "20", "measures": ["1.1", "2.3", "4.2"]},
    {"value": "120 000", "weight": "25", "measures": ["1.1"]},
    {"value": "120 000", "weight": "25", "measures": ["1.1"], "decided": "Head of procurement, 1 May"},
    {"value": "50000", "weight": "10", "measures": ["1.1", "1.2"]},
    {"value": "120 000", "weight": "12,5", "measures": ["1.1", "1.2", "5.1"]},
]


@pytest.mark.parametrize("asked", CHOICES)
def test_a_choice_is_told_what_the_library_says(place: Any, reader: Client, asked: dict[str, Any]) -> None:
    edition = policies.edition("gb/preston", edition="five_themes")
    shown = plain(reader.get(at(place, "gb/preston/choose", edition=edition.version, **asked)))
    weight = Decimal(asked["weight"].replace(",", ".")) / 100
    value = Decimal(asked["value"].replace(" ", ""))
    choice = social_value.choose(edition, value, asked["measures"], weight, decided=asked.get("decided", ""))
    row = policies.choice_row(choice, Translator("en", policies.PACKAGE))
    for check in row["checks"]:
        assert check["text"].replace("\u00a0", " ") in shown
        assert f'class="standing {check["standing"]}"' in shown
    assert ("allows this choice" in shown) is choice.accepted
    table = reader.get(at(place, "gb/preston/chosen.xlsx", edition=edition.version, **asked))
    if not choice.accepted:
        assert "does not allow this choice" in shown and table.status_code == 404
        return
    sheet = openpyxl.load_workbook(io.BytesIO(table.content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert {row[0]: Decimal(str(row[3])) for row in rows} == dict(choice.weights)
    assert {row[4] for row in rows} == {edition.id}
    assert reader.get(at(place, "gb/preston/chosen.csv", edition=edition.version, **asked)).status_code == 200


def test_first_questions_and_weights_of_ones_own(place: Any, reader: Client) -> None:
    conditions = plain(reader.get(at(place, "se/employment_conditions/choose")))
    assert conditions.count("Not answered") == 4
    measure = next(iter(policies.edition("se/employment_conditions").measures))
    answered = {
        "answer-decision": "yes",
        "answer-network": "no",
        "value": "9000000",
        "weight": "0",
        "measures": measure,
    }
    shown = plain(reader.get(at(place, "se/employment_conditions/choose", **answered)))
    assert "Answered yes" in shown and "Answered no" in shown and "Not answered yet" in shown
    codes = list(policies.edition("gb/ppn_002").measures)[:2]
    split = {f"split-{codes[0]}": "4", f"split-{codes[1]}": "6"}
    told = plain(reader.get(at(place, "gb/ppn_002/choose", value="1000000", weight="10", measures=codes, **split)))
    assert "4.00%" in told and "6.00%" in told


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"value": "1.250", "weight": "20", "measures": "1.1"}, "two ways"),
        ({"value": "-1", "weight": "20", "measures": "1.1"}, "is no amount"),
        ({"value": "100000", "weight": "120", "measures": "1.1"}, "is no weight"),
        ({"value": "100000", "weight": "12.3456", "measures": "1.1"}, "is no weight"),
        ({"value": "100000", "weight": "20"}, "required"),
        ({"value": "100000", "weight": "20", "measures": "9.9"}, "Select a valid choice"),
        ({"value": "", "weight": "<script>", "measures": "1.1"}, "&lt;script&gt;"),
    ],
)
def test_a_choice_that_cannot_be_is_told_why(place: Any, reader: Client, asked: dict[str, Any], said: str) -> None:
    answer = reader.get(at(place, "gb/preston/choose", **asked))
    assert answer.status_code == 400 and said in plain(answer) and "There is a problem" in plain(answer)


def test_social_return_is_counted_as_the_library_does(place: Any, reader: Client) -> None:
    edition = policies.edition("nl/social_return_utrecht", edition="newer")
    bonus = next(code for code, one in edition.measures.items() if one.worth and one.worth.bonus)
    found = social_value.obligation(
        edition,
        Decimal(5_000_000),
        [Effort("participatiewet", persons=2, hours=Decimal(32), months=Decimal("7.5"), bonuses=(bonus,))],
        share=Decimal("0.05"),
    )
    asked = {
        "edition": edition.version, "contract": "5 000 000", "share": "5 %", "e0-code": "participatiewet",
        "e0-persons": "2", "e0-hours": "32", "e0-months": "7,5", "e0-bonuses": bonus,
    }  # fmt: skip
    shown = plain(reader.get(at(place, "nl/social_return_utrecht/social-return", **asked)))
    assert found.lines[0].counted and found.lines[0].bonuses[bonus]
    for amount in (found.owed, found.lines[0].counted, found.lines[0].bonuses[bonus], found.filled, found.left):
        assert f"€{amount:,.2f}" in shown, amount
    assert 'name="e2-code"' in shown  # two empty rows below the one that is filled in


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"contract": "500000"}, "required"),
        ({"contract": "500000", "share": "500"}, "is no weight"),
        ({"contract": "1.250", "share": "5"}, "two ways"),
        ({"contract": "500000", "share": "5", "e0-code": "participatiewet", "e0-months": "6"}, "how many hours a week"),
        ({"contract": "500000", "share": "5", "e0-code": "participatiewet", "e0-hours": "x"}, "is no amount"),
        (
            {"contract": "500000", "share": "5", "e0-code": "participatiewet", "e0-persons": "0"},
            "greater than or equal",
        ),
        ({"contract": "500000", "share": "5", "e0-code": "nothing"}, "Select a valid choice"),
    ],
)
def test_social_return_that_cannot_be_counted_is_told_why(
    place: Any, reader: Client, asked: dict[str, str], said: str
) -> None:
    answer = reader.get(at(place, "nl/social_return_utrecht/social-return", **asked))
    assert answer.status_code == 400 and said in plain(answer)
    assert reader.get(at(place, "gb/preston/social-return", **asked)).status_code == 404


LIST = "Nr;Åtgärd;Tema;Värde\nA1;Anställ lärlingar;Arbete;1 250,50\nA2;Köp <b>närodlat</b>;Mat;\n"


def bringing(text: str, **change: str) -> dict[str, Any]:
    return {
        "file": SimpleUploadedFile("åtgärder.csv", text.encode()),
        "name": "own_list", "title": "Our list", "licence": "none", "language": "sv", "currency": "sek",
        "decimal": ",", "since": "2026-01-01", "column-code": "Nr", "column-text": "Åtgärd",
        "column-theme": "Tema", "column-value": "Värde", "column-unit": "", **change,
    }  # fmt: skip


def test_a_list_of_ones_own_becomes_a_policy(own_place: Any, signed_in: Callable[..., Client]) -> None:
    reader, buyer = signed_in(own_place, "reader"), signed_in(own_place, "buyer")
    page, file = at(own_place, "bring"), Path(own_place.folder) / "policies" / "own_list.yaml"
    assert reader.get(page).status_code == 403 and reader.post(page, bringing(LIST)).status_code == 403
    assert not file.exists()
    answer = buyer.post(page, bringing(LIST), follow=True)
    assert "Measures taken in: 2" in answer.content.decode() and "Anställ lärlingar" in answer.content.decode()
    assert "<b>närodlat" not in answer.content.decode()
    assert social_value.check(file).editions[0].measures["A1"].worth.amount == Decimal("1250.50")  # type: ignore[union-attr]
    assert Event.objects.filter(did="brought a list of measures", about="own/own_list").exists()
    again = buyer.post(page, bringing(LIST))
    assert again.status_code == 400 and "is there already" in again.content.decode()
    assert "Our list" in reader.get(at(own_place)).content.decode()
    file.write_text("editions: 7\n")
    told = reader.get(at(own_place))
    assert told.status_code == 200 and "own_list.yaml" in told.content.decode()
    assert reader.get(at(own_place, "gb/preston/")).status_code == 200


@pytest.mark.parametrize(
    ("text", "change", "said"),
    [
        (LIST, {"name": "../up"}, "Enter a valid value"),
        (LIST, {"licence": ""}, "required"),
        (LIST, {"column-code": "Kod"}, "no sheet with all of the columns"),
        (LIST, {"decimal": "."}, "is no number"),
        (LIST, {"since": "2026-02-30"}, "valid date"),
        ("Nr;Åtgärd\nA1;En\nA1;Två\n", {"column-theme": "", "column-value": ""}, "stands in row"),
        ("\x00\x01\x02", {}, "åtgärder.csv"),
        ("", {}, "empty"),
    ],
)
def test_a_list_that_cannot_be_read_is_told_why(
    own_place: Any, signed_in: Callable[..., Client], text: str, change: dict[str, str], said: str
) -> None:
    answer = signed_in(own_place, "buyer").post(at(own_place, "bring"), bringing(text, **change))
    assert answer.status_code == 400 and said in answer.content.decode()
    assert not (Path(own_place.folder) / "policies").exists()


def test_an_edition_is_kept(own_place: Any, signed_in: Callable[..., Client]) -> None:
    edition = policies.edition("gb/preston", edition="two_parts")
    page, kept = at(own_place, "gb/preston/keep"), Path(own_place.folder) / "policies" / "kept"
    assert signed_in(own_place, "reader").post(page, {"edition": edition.version}).status_code == 403
    buyer = signed_in(own_place, "buyer")
    assert buyer.post(page, {"edition": "nonsense"}).status_code == 404 and not kept.exists()
    assert f"Kept as {edition.id}" in buyer.post(page, {"edition": edition.version}, follow=True).content.decode()
    assert policies.edition(edition.id, Path(own_place.folder)) == edition
    assert Event.objects.filter(about=edition.id).exists()


def test_texts_under_a_licence_are_marked(own_place: Any, signed_in: Callable[..., Client]) -> None:
    buyer = signed_in(own_place, "buyer")
    answer = buyer.post(at(own_place, "bring"), bringing(LIST, licence="All rights reserved, X Ltd"), follow=True)
    assert "stand under a licence (All rights reserved, X Ltd)" in answer.content.decode()
