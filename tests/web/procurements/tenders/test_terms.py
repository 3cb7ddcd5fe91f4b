"""Changes of price and time stand in the log in words of the reader's language, older entries too."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from bygd.reports import Translator
from bygd.web.procurements.tenders import terms
from bygd.web.procurements.tenders.models import Entry

from .conftest import Room, prepared


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("added_value 0.2500", "Kwaliteit in geld van de prijs afgetrokken; Gewicht van de prijs: 25%"),
        ('{"quality_value": "450000", "highest": 7}', "Wat de beste kwaliteit waard is: € 450.000,00"),
        ("T 1 School meals", "T 1 School meals"),
        ("12", "12"),
        ('{"other": 1}', '{"other": 1}'),
        ("", ""),
    ],
)
def test_terms_are_told_in_words_and_other_texts_as_they_are(text: str, told: str) -> None:
    said = terms.in_words(text, "EUR", Translator("nl", "bygd.web")).replace("\u00a0", " ")
    for part in told.split("; "):
        assert part in said


@pytest.mark.django_db
def test_the_log_tells_what_changed_of_price_and_time_and_nothing_where_nothing_did(room: Room) -> None:
    prepared(room)
    count = Entry.objects.count()
    closes = timezone.localtime(room.tender.closes_at)
    said: dict[str, Any] = {
        "model": "lowest_over_price", "price_weight": "50", "highest": "5", "negotiates": "on",
        "lines": "P1 = Meals; 1000; pcs", "closes_at": closes.strftime("%Y-%m-%dT%H:%M"),
    }  # fmt: skip
    assert room.post("lead", "price", **said).status_code == 302 and Entry.objects.count() == count
    later = closes + timedelta(days=1)
    room.post("lead", "price", **{**said, "price_weight": "40", "closes_at": later.strftime("%Y-%m-%dT%H:%M")})
    page = room.clients["lead"].get(room.at("log")).content.decode().replace("\u00a0", " ")
    assert "Weight of price: 50%" in page and "Weight of price: 40%; Bids come until" in page
    assert "How do you cook? (30%)" in page and f"{room.measure} 20%" in page
    assert "lowest_over_price" not in page and "0.5000" not in page and "+00:00" not in page
