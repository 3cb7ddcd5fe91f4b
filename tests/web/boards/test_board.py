"""The board in the browser: seen by all, changed by facilitators, moved, undone, commented on, and as a file."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bygd.tools.boards import tradition, traditions
from bygd.web.boards.cards.models import CardEntry, Comment
from bygd.web.people.models import Event
from bygd.web.people.owndata import everything
from bygd.workbench import boards

pytestmark = pytest.mark.django_db


def to(place: Any, rest: str = "") -> str:
    return f"/p/{place.slug}/plan/board/{rest}"


def entered(**more: str) -> dict[str, str]:
    return {"title": "Verktygspool", "pillar": "land", "standing": "idea", "state": "not_begun", **more}


def card(place: Any, title: str) -> dict[str, Any]:
    return next(row for row in boards.current(place.project) if row["title"] == title)


def test_every_reader_sees_the_same_cards_under_each_tradition(place: Any, signed_in: Callable[..., Client]) -> None:
    reader = signed_in(place, "reader")
    whole = [row["title"] for row in boards.current(place.project)]
    assert len(whole) > 15
    for name, one in traditions().items():
        page = reader.get(to(place, f"?by={name}")).content.decode()
        assert one.headings[0].text["en"] in page
        assert all(page.count("draggable") == 0 and title in page for title in whole)
        assert page.count('data-card="') == len(whole)
    assert reader.get(to(place, "new")).status_code == 403
    assert "Put up a card" not in page


def test_the_address_says_which_cards(place: Any, signed_in: Callable[..., Client]) -> None:
    reader = signed_in(place, "reader")
    cards = boards.current(place.project)
    picked = {
        "plan=yes": [row for row in cards if row["in_plan"]],
        "standing=dropped": [row for row in cards if row["standing"] == "dropped"],
        "principle=labour": [row for row in cards if "labour:" in (row["principles"] or "")],
        "by=scottish_act&heading=c": [row for row in cards if "scottish_act:c" in (row["headings"] or "")],
        "text=yttre+SKÄREN": [row for row in cards if "Yttre Skären" in f"{row['title']}{row['place_name']}"],
    }
    for query, wanted in picked.items():
        page = reader.get(to(place, f"?{query}")).content.decode()
        assert page.count('data-card="') == len(wanted) > 0, query
        assert all(row["card_key"] in page for row in wanted)


def test_a_card_is_put_up_changed_and_undone(own_place: Any, signed_in: Callable[..., Client]) -> None:
    place, facilitator = own_place, signed_in(own_place, "facilitator")
    answer = facilitator.post(to(place, "new"), entered(cost="12 500", serves_place="on", note_place="Här"))
    made = card(place, "Verktygspool")
    assert answer.status_code == 302 and answer["Location"].endswith(made["card_key"])
    assert (str(made["cost"]), made["currency"], made["principles"]) == ("12500.00", "SEK", "place: Här")
    facilitator.post(to(place, f"{made['card_key']}/change"), entered(title="Verktygsbod", owner="Byalaget"))
    assert boards.find(place.project, made["card_key"])["title"] == "Verktygsbod"  # type: ignore[index]
    assert CardEntry.objects.filter(place=place, card_key=made["card_key"]).count() == 2
    page = facilitator.get(to(place, made["card_key"])).content.decode()
    assert "Byalaget" in page and "Who entered what" in page
    facilitator.post(to(place, f"{made['card_key']}/undo"))
    assert card(place, "Verktygspool")["owner"] is None
    facilitator.post(to(place, f"{made['card_key']}/switch"), {"plan": "yes"})
    assert card(place, "Verktygspool")["in_plan"]
    facilitator.post(to(place, f"{made['card_key']}/switch"), {"withdrawn": "1"})
    assert boards.find(place.project, made["card_key"]) is None
    assert Event.objects.filter(place=place, did="undid a change of a card").count() == 1


def test_what_is_dropped_says_why_and_no_card_holds_a_personal_number(
    own_place: Any, signed_in: Callable[..., Client]
) -> None:
    facilitator, before = signed_in(own_place, "facilitator"), len(boards.entries(own_place.project))
    for wrong in ({"standing": "dropped"}, {"owner": "Anna 811228-9874"}, {"cost": "much"}, {"title": ""}):
        answer = facilitator.post(to(own_place, "new"), entered(**wrong))
        assert answer.status_code == 422 and "There is a problem" in answer.content.decode()
    assert len(boards.entries(own_place.project)) == before


def test_a_card_is_moved_by_a_form_and_by_dragging(own_place: Any, signed_in: Callable[..., Client]) -> None:
    place, facilitator = own_place, signed_in(own_place, "facilitator")
    moved = card(place, "Feriejobb i föreningarna")
    path = to(place, f"{moved['card_key']}/move")
    assert facilitator.get(path).status_code == 200
    assert facilitator.post(path, {"standing": "dropped", "heading": "work"}).status_code == 422
    answer = facilitator.post(path, {"standing": "possible", "heading": "land", "why": "Lokalen finns"})
    assert answer.status_code == 302
    now = card(place, moved["title"])
    assert (now["standing"], now["pillar"], now["headings"]) == ("possible", "land", None)
    other = card(place, "Tomma brukskontoret blir föreningarnas hus")["card_key"]
    drag = {"standing": "possible", "heading": "", "before": other}
    answer = facilitator.post(path, drag, headers={"HX-Request": "true"})
    assert answer.status_code == 200 and f'data-moved="{moved["card_key"]}"' in answer.content.decode()
    act = tradition("scottish_act")
    facilitator.post(f"{path}?by=scottish_act", {"standing": "possible", "heading": "h"})
    now = card(place, moved["title"])
    assert now["pillar"] == "land" and act.heading(now).id == "h"  # type: ignore[union-attr]


def test_a_spreadsheet_goes_out_and_comes_in(own_place: Any, signed_in: Callable[..., Client]) -> None:
    place, facilitator = own_place, signed_in(own_place, "facilitator")
    whole = boards.current(place.project)
    held = facilitator.get(to(place, "?format=xlsx&lang=nl")).content
    book = openpyxl.load_workbook(io.BytesIO(held))
    sheet = book.worksheets[0]
    rows = list(sheet.iter_rows())
    top = next(number for number, row in enumerate(rows) if any(cell.value == "Wat" for cell in row))
    at = {str(cell.value): cell.column for cell in rows[top]}
    sheet.cell(top + 2, at["Wat"]).value = "Anders genoemd"
    sheet.cell(sheet.max_row + 1, at["Wat"]).value = "Nieuw"
    sheet.cell(sheet.max_row, at["Pijler"]).value = "work"
    target = io.BytesIO()
    book.save(target)
    looked = facilitator.post(
        to(place, "bring"), {"file": SimpleUploadedFile("board.xlsx", target.getvalue()), "look": 1}
    )
    page = looked.content.decode()
    assert looked.status_code == 200, page.split("summary-title")[-1][:400]
    assert "Changed: Anders genoemd" in page and "New: Nieuw" in page
    assert len(boards.current(place.project)) == len(whole)
    facilitator.post(to(place, "bring"), {"file": SimpleUploadedFile("board.xlsx", target.getvalue())})
    assert len(boards.current(place.project)) == len(whole) + 1
    assert card(place, "Nieuw")["origin"] == "spreadsheet"
    wrong = facilitator.post(to(place, "bring"), {"file": SimpleUploadedFile("a.csv", b"What;Pillar\nx;garden\n")})
    assert wrong.status_code == 422 and "Row 2" in wrong.content.decode()


def test_readers_comment_and_take_their_own_back(own_place: Any, signed_in: Callable[..., Client]) -> None:
    place, reader, other = own_place, signed_in(own_place, "reader"), signed_in(own_place, "reader")
    key = boards.current(place.project)[0]["card_key"]
    assert reader.post(to(place, f"{key}/comment"), {"text": "Bra! <b>"}).status_code == 302
    assert reader.post(to(place, f"{key}/comment"), {"text": "Ring 811228-9874"}).status_code == 422
    said = Comment.objects.get(place=place)
    assert "Bra! &lt;b&gt;" in other.get(to(place, key)).content.decode()
    assert other.post(to(place, f"{key}/comment/{said.id}/take-back")).status_code == 404
    assert said.person and [one["text"] for one in everything(said.person)["comments on cards"]] == ["Bra! <b>"]
    assert reader.post(to(place, f"{key}/comment/{said.id}/take-back")).status_code == 302
    said.refresh_from_db()
    assert said.taken_back and not said.text
    assert "Bra!" not in other.get(to(place, key)).content.decode()


def test_a_figure_of_the_snapshot_stands_on_a_card_with_its_method(
    own_place: Any, signed_in: Callable[..., Client]
) -> None:
    place, facilitator = own_place, signed_in(own_place, "facilitator")
    page = facilitator.get(to(place, "new")).content.decode()
    reference = page.split("<code>snapshot:")[1].split("</code>")[0]
    contract = "contract:nothing-there"
    facilitator.post(
        to(place, "new"), entered(evidence=f"snapshot:{reference}\nRapport https://example.org/r\n{contract}")
    )
    shown = facilitator.get(to(place, card(place, "Verktygspool")["card_key"])).content.decode()
    assert "How this was counted" in shown and 'href="https://example.org/r"' in shown
    assert "not found any more" in shown


@pytest.mark.parametrize("query", ["paper=a3", "paper=a4", "paper=a3&filled=no", "paper=a4&filled=no"])
def test_boards_are_printed_filled_and_empty(place: Any, signed_in: Callable[..., Client], query: str) -> None:
    page = signed_in(place, "reader").get(to(place, f"print?{query}")).content.decode()
    is_filled = "filled=no" not in query
    assert ("Feriejobb" in page) == is_filled and "Land" not in page.split("</title>")[0]
    assert page.count('class="sheet"') == (5 if query == "paper=a4&filled=no" else 0)
