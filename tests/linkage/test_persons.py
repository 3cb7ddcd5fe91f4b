"""A person's name that a company bears, too: a question, and no link, unless a number or a place agrees."""

from typing import Any

import pytest
from tests.lib.linking import explained, link, load

from bygd.countries import available, pack
from bygd.engine import DuckEngine
from bygd.linkage.persons import like_a_person

COMPANY = {"org_id": "GB-COH:00000001", "name": "John Wintersgill Limited", "postcode": "PR1 2AB", "town": "Preston"}
OTHERS = [{"org_id": f"GB-COH:0000001{number}", "name": f"Zebra Cranes {number} Limited"} for number in range(5)]


def linked(engine: DuckEngine, **supplier: Any) -> bool:
    load(engine, [{"supplier_key": "k", **supplier}], [COMPANY, *OTHERS])
    return link(engine)["k"]["org_id"] == COMPANY["org_id"]


def test_a_person_of_a_companys_name_is_asked_about(engine: DuckEngine) -> None:
    assert not linked(engine, name="John Wintersgill")
    assert "may be a person's" in explained(engine, "k")
    assert "en persons" in explained(engine, "k", "sv") and "van een persoon" in explained(engine, "k", "nl")


@pytest.mark.parametrize(
    "more",
    [{"name": "John Wintersgill Ltd"}, {"postcode": "PR1 2AB"}, {"town": "PRESTON"}, {"org_number": "00000001"}],
)
def test_form_place_or_number_say_that_the_company_is_meant(engine: DuckEngine, more: dict[str, str]) -> None:
    assert linked(engine, **{"name": "John Wintersgill", **more})


@pytest.mark.parametrize(
    ("country", "name", "is_person"),
    [
        ("gb", "john smith", True), ("gb", "smith john", True), ("gb", "dr a smith", True),
        ("gb", "mary ann smith", True), ("gb", "peter van dam", True), ("gb", "john smith builders", False),
        ("gb", "martin house", False), ("gb", "graham construction", False), ("gb", "john", False),
        ("gb", "smith", False), ("gb", "st john ambulance", False), ("se", "anna andersson", True),
        ("se", "andersson anna", True), ("se", "anna karin von post", True), ("se", "bygg och anna", False),
        ("nl", "jan van der berg", True), ("nl", "dhr jansen", True), ("nl", "jansen bouw", False),
        ("_template", "john smith", False),
    ],
)  # fmt: skip
def test_shapes_of_persons_names(engine: DuckEngine, country: str, name: str, is_person: bool) -> None:
    said = like_a_person("?::VARCHAR", pack.load(country).conventions())
    assert engine.rows(f"SELECT {said} AS is_person", *[name] * said.count("?::VARCHAR"))[0]["is_person"] is is_person


@pytest.mark.parametrize("country", available())
def test_lists_of_names_are_words(country: str) -> None:
    conventions = pack.load(country).conventions()
    for word in (*conventions.given_names, *conventions.person_titles, *conventions.name_particles):
        assert isinstance(word, str) and word.isalpha() and word == word.lower(), word
