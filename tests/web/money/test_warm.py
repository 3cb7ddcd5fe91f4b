"""What most people ask for first is at hand before they ask."""

from typing import Any

import pytest

from bygd.tools.spend.selection import Filter
from bygd.web.pages.money import warm
from bygd.web.pages.money.asked import Asked, choices
from bygd.web.places import held


@pytest.mark.django_db
def test_the_usual_pages_and_those_of_a_year_are_found_beforehand(
    place: Any, somebody: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warm.connections, "close_all", lambda: None)  # the test's own has to stay open
    monkeypatch.setattr(warm, "QUICK", 0.0)
    monkeypatch.setattr(warm, "_filters", lambda offered: [Filter(years=offered.years[-1:])])
    anchor = place.project.ledgers[0].source
    somebody(place, "analyst", anchors=[anchor])
    warm.warm(place)

    opened = held.current(place.project, frozenset({anchor}))
    assert opened is not None
    offered = opened.answer("choices", lambda engine: choices(engine, place.project, opened.manifest, is_own=True))
    for where in (Filter(), Filter(years=offered.years[-1:])):
        asked = Asked(is_own=True, by=offered.by, within=offered.within, where=where)
        assert opened.knows(("money", "told", asked, "sv", "overview"))
    assert held.current(place.project).knows(("money", "publishable"))  # type: ignore[union-attr]
