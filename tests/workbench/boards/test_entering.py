"""Cards are added and never edited; the latest entry counts, and every change can be undone."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from bygd.sources.errors import InputError
from bygd.workbench import boards, project
from bygd.workbench.project import Project

SHOP = {"pillar": "ownership", "title": "A shop of our own"}


@pytest.fixture
def place(tmp_path: Path) -> Project:
    return project.create(tmp_path / "place", "se:1291", "Hembygda")


def test_a_card_is_entered_with_its_title_and_pillar(place: Project) -> None:
    made = boards.enter(place, [SHOP], "p:1")
    assert [row["title"] for row in boards.current(place)] == ["A shop of our own"]
    card = boards.current(place)[0]
    assert (card["standing"], card["state"], card["in_plan"], card["cost"]) == ("idea", "not_begun", False, None)
    assert card["card_key"] == made[0]["card_key"] == boards.key("", "a  SHOP of our own")


def test_what_is_not_said_stays_and_the_same_again_is_no_entry(place: Project) -> None:
    key = boards.enter(place, [{**SHOP, "cost": Decimal("1200.50"), "allies": "The school"}], "p:1")[0]["card_key"]
    assert boards.enter(place, [{"card_key": key, "standing": "possible"}], "p:2")
    assert boards.enter(place, [{"card_key": key, "standing": "possible"}], "p:2") == []
    card = boards.find(place, key)
    assert card is not None
    assert (card["standing"], card["allies"], card["cost"]) == ("possible", "The school", Decimal("1200.50"))
    assert [row["differs"] for row in boards.history(place, key)] == [["standing"], []]


def test_every_change_can_be_undone_and_the_first_entry_too(place: Project) -> None:
    key = boards.enter(place, [SHOP], "p:1")[0]["card_key"]
    boards.enter(place, [{"card_key": key, "title": "A shop and a café"}], "p:1")
    boards.undo(place, key, "p:2")
    assert boards.current(place)[0]["title"] == "A shop of our own"
    assert len(boards.entries(place, key)) == 3
    other = boards.enter(place, [{**SHOP, "title": "Another"}], "p:1")[0]["card_key"]
    boards.undo(place, other, "p:1")
    assert boards.find(place, other) is None
    boards.undo(place, other, "p:1")
    assert boards.find(place, other) is not None


def test_amounts_of_spreadsheets_are_read_as_on_pages(place: Project, tmp_path: Path) -> None:
    by_hand, typed = tmp_path / "cards.csv", tmp_path / "cards.xlsx"
    by_hand.write_text("title;pillar;cost\nA shop;ownership;450.000\nA mill;ownership;450.000,50\n")
    assert [row["cost"] for row in boards.read(place, by_hand, groups=".")] == [450_000, Decimal("450000.50")]
    with pytest.raises(InputError, match="two ways"):
        boards.read(place, by_hand)
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["title", "pillar", "cost"], ["A shop", "ownership", 1.125], ["A mill", "ownership", "1.125"]):
        sheet.append(row)
    book.save(typed)
    assert [row["cost"] for row in boards.read(place, typed, groups=".")] == [Decimal("1.13"), 1125]


def test_boards_are_told_apart_and_cards_stand_in_order(place: Project) -> None:
    given = [
        {"pillar": "work", "title": "b", "position": 2},
        {"pillar": "work", "title": "c", "position": 1},
        {"pillar": "procurement", "title": "a", "standing": "dropped", "why": "No land"},
        {"pillar": "procurement", "title": "z", "standing": "done"},
        {"pillar": "land", "title": "elsewhere", "board": "village"},
    ]
    boards.enter(place, given, "p:1")
    assert [row["title"] for row in boards.current(place)] == ["z", "a", "c", "b"]
    assert [row["title"] for row in boards.current(place, "village")] == ["elsewhere"]
    assert boards.boards(place) == ["", "village"]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"title": " "}, "no title"),
        ({"title": "x" * 300}, "too long"),
        ({"pillar": None}, "no pillar"),
        ({"pillar": "garden"}, "'garden' is no pillar"),
        ({"standing": "perhaps"}, "'perhaps' is no standing"),
        ({"cost": Decimal(-1)}, "no amount"),
        ({"first_step_by": "Anna 811228-9874"}, "personal identity number"),
        ({"colour": "red"}, "Cards have no"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_what_no_card_may_say(place: Project, wrong: dict[str, object], says: str) -> None:
    with pytest.raises(InputError, match=says):
        boards.enter(place, [{**SHOP, **wrong}], "p:1")
    assert boards.current(place) == []
