"""Every card has a place under every tradition that has room for its pillar, and one only."""

import pytest

from bygd.sources.errors import InputError
from bygd.tools import boards
from bygd.vocabulary.words import Pillar


def card(pillar: str = "land", standing: str = "idea", headings: str | None = None) -> dict[str, object]:
    return {"pillar": pillar, "standing": standing, "headings": headings, "title": f"{pillar} {standing}"}


@pytest.mark.parametrize("name", boards.traditions())
def test_each_pillar_leads_to_one_heading(name: str) -> None:
    one = boards.tradition(name)
    for pillar in Pillar:
        assert [heading.id for heading in one.headings if pillar in heading.takes] == [
            heading.id for heading in one.headings if heading is one.heading(card(pillar))
        ]
    assert all(one.title[language] and heading.text[language] for heading in one.headings for language in one.title)
    assert set(one.title) == {"sv", "nl", "en"}


def test_a_card_may_say_its_heading() -> None:
    act = boards.tradition("scottish_act")
    assert act.heading(card("land")).id == "d"  # type: ignore[union-attr]
    assert act.heading(card("land", headings="scottish_act:c dutch_triad:anchors")).id == "c"  # type: ignore[union-attr]
    assert act.heading(card("land", headings="scottish_act:zz")).id == "d"  # type: ignore[union-attr]
    assert [one.id for one in act.headings] == list("abcdefghi")
    with pytest.raises(InputError, match="no heading 'zz'"):
        act.pillar("zz")


def test_every_card_stands_in_one_field() -> None:
    cards = [card(pillar, standing) for pillar in Pillar for standing in ("done", "possible", "idea", "dropped")]
    for one in boards.traditions().values():
        lines = boards.laid_out(cards, one)
        found = [held["title"] for line in lines for field in line.fields for held in field.cards]
        assert sorted(map(str, found)) == sorted(str(held["title"]) for held in cards)
        assert all(line.heading for line in lines)


def test_the_eight_principles_have_names_in_three_languages() -> None:
    assert len(boards.principles()) == 8
    assert all(set(one.text) == {"sv", "nl", "en"} for one in boards.principles())
