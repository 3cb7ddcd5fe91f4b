"""From draft to award, as people do it; what each step shows and refuses."""

import io
from datetime import timedelta
from fractions import Fraction
from typing import Any

import docx
import pytest
from django.test import Client
from django.utils import timezone

from bygd.sources.errors import InputError
from bygd.web.procurements.tenders import intake, log
from bygd.web.procurements.tenders.models import Bid, Entry, Mark, Tender

from .conftest import (
    BIDS,
    Room,
    agreed,
    awarded,
    closed,
    drafted,
    filled,
    filled_in,
    moderated,
    opened,
    prepared,
    published,
)

pytestmark = pytest.mark.django_db


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def test_the_whole_way(room: Room) -> None:
    awarded(room)
    tender = room.tender
    assert (tender.state, tender.winner.firm) == ("awarded", "Bo & Co")
    page = text(room.clients["lead"].get(room.at("ranking")))
    # By hand: lowest 60; Alma 50·60/100 + 20·(3−1)/4 + 30·3/5 = 30 + 10 + 18; Bo 20 + 20 + 24; Cheap 50.
    for points in ("58.00", "64.00", "50.00"):
        assert points in page
    assert "Cheap Ltd does not win, but decides who does: without it the first place goes to Alma AB" in page
    report = text(room.clients["lead"].get(room.at("report")))
    assert "source: Preston City Council, Social Value Policy" in report
    for said in ("Bo &amp; Co", "The best by what was stated.", "as agreed", "standstill", "lowest_over" not in page):
        assert said if isinstance(said, bool) else said in report
    answer = room.clients["lead"].get(room.at("report/download"))
    assert answer["Content-Disposition"] == 'attachment; filename="T-1.docx"'
    document = docx.Document(io.BytesIO(answer.content))
    assert "Bo & Co" in "\n".join(one.text for one in document.paragraphs)


def test_without_the_cheap_bid_another_wins(room: Room) -> None:
    """By hand without it: lowest 100; Alma 50 + 10 + 18 = 78, Bo 50·100/150 + 44 = 77.33."""
    agreed(room)
    cheap = room.bid("Cheap Ltd")
    assert room.post("lead", f"bids/{cheap.pk}/exclude", reason="No kitchen.").status_code == 302
    page = text(room.clients["lead"].get(room.at("ranking")))
    assert "78.00" in page and "77.33" in page and "Alma AB comes first" in page
    assert "60.00" not in page


def test_a_policy_refuses_with_its_reason_and_keeps_nothing(room: Room) -> None:
    prepared(room)
    before = room.tender.measure_weights
    answer = room.post("lead", "measures", measures=[room.measure], weight="25", points="from_lowest")
    assert answer.status_code == 422 and "the policy allows 20% at most" in answer.content.decode()
    assert "<strong>Not allowed</strong>" in answer.content.decode()
    answer = room.clients["lead"].post(room.at("measures?lang=sv"), {"measures": [room.measure], "weight": "25"})
    assert "<strong>Inte tillåtet</strong>" in answer.content.decode()
    assert room.tender.measure_weights == before != {}


def test_how_levels_become_points_must_be_chosen_where_the_policy_is_silent(room: Room) -> None:
    prepared(room)
    answer = room.post("lead", "measures", measures=[room.measure], weight="20")
    assert answer.status_code == 422 and "publish it with the tender" in answer.content.decode()


def test_a_later_edition_changes_nothing(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    from bygd.tools.social_value import catalogue

    published(room)
    before = shown(room)
    kept = room.tender.policy_text
    # The file of the policy is gone or says something else: the tender holds its own copy.
    monkeypatch.setattr(catalogue, "_of", lambda _pack: ())
    assert shown(room) == before and room.tender.policy_text == kept
    assert room.measure in before


def shown(room: Room) -> str:
    """What the page of the tender says, but for secrets of the form."""
    page = text(room.clients["reader"].get(room.at()))
    return page[page.index("<main") :]


def test_nothing_asked_can_change_once_bids_may_come(room: Room) -> None:
    published(room)
    for page in ("about", "policy", "measures", "criteria", "price"):
        assert room.post("lead", page, code="Q9", text_en="More?", weight="0", asked="text").status_code == 403
        assert room.clients["lead"].get(room.at(page)).status_code == 403


def test_what_is_missing_before_bids_may_come_is_told(room: Room) -> None:
    drafted(room)
    page = text(room.clients["lead"].get(room.at()))
    for said in (
        "How price and quality are weighed is not chosen",
        "until when bids come",
        "Nobody scores bids",
        "two together",
    ):
        assert said in page
    room.post("lead", "publish")
    assert room.tender.state == "draft"


def test_weights_that_do_not_add_up_are_told(room: Room) -> None:
    prepared(room)
    room.post("lead", "criteria", remove="Q1")
    assert "add up to 0.7" in text(room.clients["lead"].get(room.at()))


def test_before_the_time_nobody_opens_and_nothing_tells_of_bids(room: Room) -> None:
    filled_in(room)
    assert Bid.objects.count() == 3
    for bid in Bid.objects.all():
        assert bid.firm == bid.file_name == "" and bytes(bid.file) == b"" and bid.answers == {}
        assert b"Alma" not in bytes(bid.sealed)
    for who, client in room.clients.items():
        for page in ("", "log", "bids", "opening", "ranking", "report"):
            said = client.get(room.at(page)).content.decode()
            for secret in ("Alma", "Bo &", "Cheap", "<td>a bidder", "took a bid in", "3 bids", "came by a link"):
                assert secret not in said, (who, page, secret)
        assert client.post(room.at("opening")).status_code == 403
    assert room.tender.state == "published"


def test_after_the_time_their_number_is_told_and_no_more(room: Room) -> None:
    closed(room)
    page = text(room.clients["reader"].get(room.at()))
    assert "3 bids came" in page and "Alma" not in page


def test_two_open_together(room: Room) -> None:
    closed(room)
    for _again in range(2):
        room.post("eva", "opening")
        assert room.tender.state == "published"
    assert room.post("rival", "opening").status_code == 403
    room.post("reg", "opening")
    assert room.tender.state == "opened"
    assert {bid.firm for bid in Bid.objects.all()} == set(BIDS) and not any(bid.sealed for bid in Bid.objects.all())
    dids = list(Entry.objects.order_by("id").values_list("did", "person__email"))
    assert ("asked for the opening", "eva@example.org") in dids
    assert ("opened the bids together with another", "reg@example.org") in dids


def test_who_asked_for_the_opening_and_has_a_conflict_does_not_count(room: Room) -> None:
    closed(room)
    room.post("eva", "opening")
    room.post("eva", "conflict", reason="my brother")
    room.post("reg", "opening")
    assert room.tender.state == "published" and room.tender.opening_asked_by == room.people["reg"]


def test_bids_sealed_with_another_secret_stay_sealed(room: Room, settings: Any) -> None:
    from bygd.web.procurements.tenders import intake

    closed(room)
    settings.SECRET_KEY = "another"
    with pytest.raises(ValueError, match="another secret"):
        intake.open_all(room.tender)
    assert all(bid.sealed for bid in Bid.objects.all())


def test_after_the_time_nothing_is_taken_any_more(room: Room) -> None:
    filled_in(room)
    late = filled(room, "Late", "1")
    tender = room.tender
    tender.closes_at = timezone.now() - timedelta(seconds=1)
    tender.save(update_fields=["closes_at"])
    assert room.post("reg", "bring", file=late).status_code == 403
    answer = Client(SERVER_NAME="localhost").post(f"/bid/{room.secrets['Alma AB']}", {"file": late})
    assert answer.status_code == 422 and "time for bids is over" in answer.content.decode()
    assert Bid.objects.count() == 3


def test_a_bidder_replaces_their_bid_until_the_time(room: Room) -> None:
    filled_in(room)
    outside = Client(SERVER_NAME="localhost")
    answer = outside.post(f"/bid/{room.secrets['Alma AB']}", {"file": filled(room, "Alma AB", "99")})
    assert answer.status_code == 200 and "taken in and sealed" in answer.content.decode()
    assert not answer.cookies and Bid.objects.count() == 3


def test_a_link_that_was_withdrawn_says_so_and_brings_nothing(room: Room) -> None:
    filled_in(room)
    bid = Bid.objects.exclude(invitation=None).earliest("pk")
    invitation, sealed, outside = bid.invitation, bytes(bid.sealed), Client(SERVER_NAME="localhost")
    secret = next(one for one in room.secrets.values() if intake.find(one) == invitation)
    assert 'name="link"' in text(room.clients["lead"].get(room.at("links")))
    for _click in range(2):
        assert room.post("lead", "links", link=invitation.pk).status_code == 302
    assert room.tender.entries.filter(did=log.WITHDREW_LINK).count() == 1
    answer = outside.get(f"/bid/{secret}")
    assert answer.status_code == 410 and "This link was withdrawn" in answer.content.decode()
    given = filled(room, "Alma AB", "99")
    assert outside.post(f"/bid/{secret}", {"file": given}).status_code == 410
    assert outside.get(f"/bid/{secret}/template.xlsx").status_code == 404
    with pytest.raises(InputError, match="withdrawn"):  # the page was under way
        intake.take(room.tender, filled(room, "Alma AB", "98"), None, invitation)
    bid.refresh_from_db()
    assert bytes(bid.sealed) == sealed, "what came before stays"
    other = next(one for one in room.secrets.values() if one != secret)
    assert outside.get(f"/bid/{other}").status_code == 200


def test_the_link_of_nobody(room: Room) -> None:
    assert Client(SERVER_NAME="localhost").get("/bid/nothing").status_code == 404
    assert Client(SERVER_NAME="localhost").get("/bid/nothing/template.xlsx").status_code == 404


@pytest.mark.parametrize(
    ("cells", "said"),
    [({"D9": ""}, "is missing"), ({"B9": "Other?"}, "it should say"), ({"F30": "but"}, "nothing belongs")],
)
def test_a_faulty_bid_is_refused_with_its_cells_and_not_kept(room: Room, cells: Any, said: str) -> None:
    published(room)
    answer = room.post("reg", "bring", file=filled(room, "Firm", "10", **cells))
    assert answer.status_code == 422 and said in answer.content.decode()
    assert Bid.objects.count() == 0


def test_hostile_uploads(room: Room) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from tests.sources.files.test_office import HOSTILE

    published(room)
    for what, (content, _said) in HOSTILE.items():
        answer = room.post("reg", "bring", file=SimpleUploadedFile("../../x.xlsx", content))
        assert answer.status_code == 422, what
    assert Bid.objects.count() == 0


def test_scores_are_seen_by_oneself_until_all_have_locked(room: Room) -> None:
    opened(room)
    alma = room.bid("Alma AB")
    room.post("eva", f"bids/{alma.pk}", score_0=4, reason_0="Eva's own words", score_1=2)
    assert "own words" in text(room.clients["eva"].get(room.at(f"bids/{alma.pk}")))
    for who in ("ivo", "lead"):
        for page in (f"bids/{alma.pk}", "bids", "log"):
            assert "own words" not in room.clients[who].get(room.at(page)).content.decode()
        assert room.clients[who].get(room.at(f"bids/{alma.pk}/moderate")).status_code == 302
    for who in ("eva", "ivo", "lead"):
        page = room.clients[who].get(room.at(f"bids/{alma.pk}")).content.decode()
        assert "100,000" not in page, "a price colours scores"
        assert room.clients[who].get(room.at(f"bids/{alma.pk}/download")).status_code == 403


def test_the_lead_may_begin_the_moderation_and_it_is_logged(room: Room) -> None:
    opened(room)
    assert room.post("eva", "moderation").status_code == 403
    room.post("lead", "moderation")
    assert room.tender.state == "moderated"
    assert Entry.objects.filter(did="began the moderation", person=room.people["lead"]).count() == 1


def test_locked_scores_stay(room: Room) -> None:
    opened(room)
    for firm in BIDS:
        room.post("eva", f"bids/{room.bid(firm).pk}", score_0=3, score_1=3)
    assert room.post("eva", "lock").status_code == 302
    number = Mark.objects.count()
    room.post("eva", f"bids/{room.bid('Alma AB').pk}", score_0=5, score_1=5)
    assert room.post("eva", "lock").status_code == 403 and Mark.objects.count() == number


def test_not_all_scored_cannot_be_locked(room: Room) -> None:
    opened(room)
    room.post("eva", f"bids/{room.bid('Alma AB').pk}", score_0=3, score_1=3)
    page = room.clients["eva"].post(room.at("lock"), follow=True).content.decode()
    assert "Not all is scored yet: Bo &amp; Co, Cheap Ltd" in page


@pytest.mark.parametrize("data", [{"score_0": "9"}, {"score_0": "-1"}, {"score_0": "x"}, {"reason_0": "only words"}])
def test_scores_that_are_none(room: Room, data: dict[str, str]) -> None:
    opened(room)
    assert room.post("eva", f"bids/{room.bid('Alma AB').pk}", **data).status_code == 422
    assert Mark.objects.count() == 0


def test_every_score_is_logged_with_what_it_was_before(room: Room) -> None:
    opened(room)
    bid = room.bid("Alma AB").pk
    for score, reason in ((2, "thin"), (2, "thin"), (4, "better than I thought")):
        room.post("eva", f"bids/{bid}", score_0=score, reason_0=reason)
    found = Entry.objects.filter(did="gave a score").order_by("id")
    assert [(one.before, one.after) for one in found] == [("", "2: thin"), ("2: thin", "4: better than I thought")]
    assert [one.score for one in Mark.objects.order_by("id")] == [2, 4]


def test_a_moderated_score_needs_a_reason(room: Room) -> None:
    moderated(room)
    answer = room.post(
        "lead", f"bids/{room.bid('Alma AB').pk}/moderate", score_0=3, reason_0="", score_1=3, reason_1="x"
    )
    assert answer.status_code == 422 and not Mark.objects.filter(is_moderated=True).exists()


def test_no_ranking_before_all_is_moderated(room: Room) -> None:
    moderated(room)
    assert "has no moderated score" in text(room.clients["lead"].get(room.at("ranking")))
    assert room.clients["lead"].get(room.at("award")).status_code == 302


def test_scores_and_the_log_are_never_changed(room: Room) -> None:
    moderated(room)
    for one in (Mark.objects.first(), Entry.objects.first()):
        with pytest.raises(TypeError):
            one.save()
        with pytest.raises(TypeError):
            one.delete()
        with pytest.raises(TypeError):
            type(one).objects.all().delete()
        with pytest.raises(TypeError):
            type(one).objects.update(pk=1)


def test_a_tie_is_told_and_the_lead_decides(room: Room) -> None:
    moderated(room)
    for firm in BIDS:
        same = {"score_0": 5, "score_1": 4} if firm != "Alma AB" else {"score_0": 1, "score_1": 0}
        room.post("lead", f"bids/{room.bid(firm).pk}/moderate", **same, reason_0="r", reason_1="r")
    room.post("lead", f"bids/{room.bid('Cheap Ltd').pk}/exclude", reason="no")
    other = room.bid("Alma AB")
    other.prices = {"P1": "150"}
    other.save(update_fields=["prices"])
    room.post("lead", f"bids/{other.pk}/moderate", score_0=5, score_1=4, reason_0="r", reason_1="r")
    page = text(room.clients["lead"].get(room.at("ranking")))
    assert "Alma AB, Bo &amp; Co come to just the same" in page and "comes first" not in page
    assert room.post("lead", "award", winner="", reason="x").status_code == 422


def test_two_firms_of_one_name_are_told_apart(room: Room) -> None:
    published(room)
    for price in ("10", "20"):
        room.post("reg", "bring", file=filled(room, "Twin AB", price))
    tender = room.tender
    tender.closes_at = timezone.now() - timedelta(minutes=1)
    tender.save(update_fields=["closes_at"])
    room.post("eva", "opening")
    room.post("ivo", "opening")
    assert sorted(bid.firm for bid in Bid.objects.all()) == ["Twin AB", "Twin AB (2)"]


def test_a_number_once_in_a_place(room: Room) -> None:
    drafted(room)
    answer = room.clients["lead"].post(
        f"{room.base}new",
        {"title": "B", "number": "T 1", "anchor": room.people["anchor"], "value": "1", "currency": "EUR"},
    )
    assert answer.status_code == 422 and "has this number" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [("value", "-5"), ("value", "0"), ("value", "1,234"), ("cpv", "123"), ("currency", "EURO"), ("anchor", "Nobody")],
)
def test_abouts_that_are_none(room: Room, field: str, value: str) -> None:
    said = {"title": "B", "number": "T 1", "anchor": room.people["anchor"], "value": "1", "currency": "EUR"}
    assert room.clients["lead"].post(f"{room.base}new", {**said, field: value}).status_code == 422


def test_cancelled(room: Room) -> None:
    closed(room)
    room.post("lead", "cancel")
    assert room.tender.state == "cancelled" and all(bid.sealed for bid in Bid.objects.all())
    assert room.post("eva", "opening").status_code == 403


def test_pages_ask_the_database_a_few_times_only(room: Room, django_assert_max_num_queries: Any) -> None:
    agreed(room)
    for page in ("", "bids", "ranking", "report", "log"):
        with django_assert_max_num_queries(40):
            text(room.clients["lead"].get(room.at(page)))
    assert Fraction(1)


def test_what_waits_is_told_on_the_first_page_of_procurement(room: Room) -> None:
    procurement = f"/p/{room.place.slug}/procurement/"

    def waits(who: str, said: str) -> bool:
        return said in text(room.clients[who].get(procurement))

    closed(room)
    assert waits("eva", "the time for bids is over") and not waits("reader", "the time for bids is over")
    room.post("eva", "opening")
    assert not waits("eva", "the time for bids is over") and waits("ivo", "the time for bids is over")
    room.post("ivo", "opening")
    assert waits("eva", "bids wait for your scores") and not waits("con", "bids wait for your scores")
    for who in ("eva", "ivo", "lead"):
        room.post(who, "clear")
    assert waits("eva", "bids wait for your scores") and not waits("lead", "bids wait for your scores")
    room.post("lead", "moderation")
    assert waits("lead", "to be moderated and awarded") and not waits("eva", "to be moderated")


def test_own_data_hold_what_one_did_in_tenders_and_no_bidder(room: Room) -> None:
    from bygd.web.people.owndata import everything

    moderated(room)
    found = everything(room.people["eva"])
    assert found["tenders"][0]["duties"] == ["evaluator"] and len(found["scores"]) == 6
    assert all(firm not in str(found["scores"]) + str(found["tenders"]) for firm in ("Alma AB,", "Cheap Ltd,"))
    assert everything(room.people["reader"])["scores"] == []


def test_pages_of_every_model(room: Room) -> None:
    from bygd.tools.tenders import MODELS, PriceModel

    agreed(room)
    tender = room.tender
    for model in PriceModel:
        weighs = MODELS[model].weighs
        tender.model, tender.price_weight = model.value, "0.5" if weighs else "0"
        tender.none_at = tender.quality_value = tender.fixed_price = "200000"
        tender.criteria = [{**tender.criteria[0], "weight": "0.3" if weighs else "0.8"}]
        tender.save()
        for language in ("sv", "nl", "en"):
            page = text(room.clients["lead"].get(room.at(f"ranking?lang={language}")))
            assert page.count("<svg") == (2 if model is PriceModel.PRICE_PER_POINT else 4) - 2 * (
                model in (PriceModel.PRICE_PER_POINT, PriceModel.FIXED_PRICE)
            ), model
            assert "Bo &amp; Co" in page
        assert room.clients["lead"].get(room.at("report/download")).status_code == 200


def test_a_body_that_is_far_too_large_is_not_even_read(room: Room) -> None:
    published(room)
    secret = room.post("reg", "invite").content.decode().split("/bid/")[1].split("<")[0]
    answer = Client(SERVER_NAME="localhost").generic("POST", f"/bid/{secret}", b"x", CONTENT_LENGTH=str(7 << 20))
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("changed", "reason"), [({"value": 70_000}, "74,999"), ({"currency": "SEK"}, "in GBP, and this one is in SEK")]
)
def test_what_was_chosen_for_another_value_is_held_against_the_policy_again(
    room: Room, changed: dict[str, Any], reason: str
) -> None:
    prepared(room)
    Tender.objects.filter(pk=room.number).update(**changed)
    page = room.clients["lead"].get(room.at()).content.decode()
    assert "Choose the measures again" in page and reason in page
    room.post("lead", "publish")
    assert room.tender.state == "draft"
