"""The guide: what it says rests on public figures and dated rules, and it is public only where the place says so."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from bygd.reports.privacy import Limits, cells, is_safe
from bygd.reports.translate import Translator
from bygd.sources.errors import InputError
from bygd.tools.spend import LINES
from bygd.vocabulary import tables
from bygd.web.places import held
from bygd.web.procurements.forums.models import Forum as IssueForum
from bygd.workbench import decisions
from bygd.workbench import guide as library

pytestmark = pytest.mark.django_db


def contract(title: str, ends: date | None, **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(tables.contract_entries.columns())
    key = title.lower().replace(" ", "-")
    return row | {
        "contract_key": key, "anchor": "Fyrhamns kommun", "title": title, "ends_on": ends, "stage": "signed",
        "is_framework": False, "source": "test", "withdrawn": False, "entered_by": "test",
        "entered_at": datetime(2026, 1, 1), "supplier_name": "Hemliga Leverantören AB", **more,
    }  # fmt: skip


def test_only_what_may_be_published_stands_in_it(place: Any) -> None:
    """Recounted: each kind named rests on enough suppliers, of all and of the one that is said to buy it."""
    opened = held.current(place.project)
    assert opened is not None
    limits = Limits(3, 0.75)
    with opened.engine() as engine:
        made = library.guide(
            place.project, Translator("en"), library.Settings(), engine, opened.manifest, opened.snapshot.id
        )
        rows = engine.rows(
            f"SELECT anchor, category, party, SUM(amount) AS amount FROM ({LINES}) WHERE is_procurement GROUP BY ALL"
        )
    pooled = {cell.key[0]: cell for cell in cells(rows, "category")}
    assert len(made.kinds) == 10
    for name, shown in made.kinds:
        assert is_safe([pooled[name]], limits), name
        assert f"{pooled[name].amount:.2g}"[:3].replace(".", "") in shown.replace(".", ""), (name, shown)
    of_one = {cell.key: cell for cell in cells(rows, "anchor", "category")}
    named = [(buyer.name, kind) for buyer in made.buyers for kind in buyer.kinds]
    assert len(named) > 6
    for key in named:
        assert is_safe([of_one[key]], limits), key
    unsafe = {key[1] for key, cell in of_one.items() if not is_safe([cell], limits)}
    assert unsafe, "the sample has kinds with few suppliers, else this proves nothing"


def test_coming_purchases_are_contracts_that_end_and_what_is_planned() -> None:
    today = date(2026, 11, 22)
    rows = [
        contract("Ends soon", today + timedelta(days=30), cpv="90910000", longest_until=today + timedelta(days=400)),
        contract("Ended", today - timedelta(days=1)),
        contract("Ends far ahead", today + timedelta(days=900)),
        contract("No end", None),
        contract("Planned", None, stage="planned"),
        contract("Lot 1", today + timedelta(days=10), procedure_key="p"),
        contract("Lot 2", today + timedelta(days=10), procedure_key="p"),
    ]
    found = library.coming(rows, today, Translator("en"), "se")
    assert [one.title for one in found] == ["Planned", "Lot 1", "Ends soon"]
    assert found[2].kind == "Cleaning services" and found[2].may_be_prolonged and not found[1].may_be_prolonged


def test_suppliers_are_not_named_and_open_forums_are(own_place: Any, signed_in: Callable[..., Client]) -> None:
    from django.utils import timezone

    decisions.add(own_place.project, tables.contract_entries, [contract("School taxis", date.today())])
    IssueForum.objects.create(
        place=own_place, key="abc", title="Meals <b>2028</b>", closes_on=date.today(), opened_at=timezone.now()
    )
    text = signed_in(own_place, "reader").get(f"/p/{own_place.slug}/procurement/guide/read").content.decode()
    assert "School taxis" in text and "Hemliga" not in text
    assert "Meals &lt;b&gt;2028" in text and f"/open/{own_place.slug}/forums/abc/" in text
    assert "<style" not in text  # none is let through by the content security policy


def test_it_is_public_only_where_the_place_says_so(own_place: Any, signed_in: Callable[..., Client]) -> None:
    outside, page = Client(SERVER_NAME="localhost", HTTP_ACCEPT_LANGUAGE="sv"), f"/open/{own_place.slug}/guide"
    change = f"/p/{own_place.slug}/procurement/guide/change"
    reader, buyer = signed_in(own_place, "reader"), signed_in(own_place, "buyer")
    assert outside.get(page).status_code == 404
    assert reader.get(change).status_code == 403 and reader.post(change, {"public": "on"}).status_code == 403
    assert outside.get(page).status_code == 404
    said = {
        "public": "on", "is_checked": "on", "0-office": "Upphandling <i>", "0-email": "inkop@example.org",
        "0-page": "fyrhamn.example/inkop", "says-sv": "Välkomna!",
    }  # fmt: skip
    assert buyer.post(change, said).status_code == 302
    answer = outside.get(page)
    text = answer.content.decode()
    assert answer.status_code == 200 and not answer.cookies and "Så säljer ni till" in text
    for part in ("Välkomna!", "Upphandling &lt;i&gt;", "mailto:inkop@example.org", "https://fyrhamn.example/inkop"):
        assert part in text
    assert "Nobody has checked" not in buyer.get(f"/p/{own_place.slug}/procurement/guide/").content.decode()
    assert library.read(Path(own_place.folder)).checked == date.today()
    style = outside.get("/open/guide.css")
    assert style["Content-Type"].startswith("text/css") and "@page" in style.content.decode()
    del said["public"]
    buyer.post(change, said)
    assert outside.get(page).status_code == 404


@pytest.mark.parametrize(
    "said", [{"0-email": "nobody"}, {"0-page": "java script:alert(1)"}, {"says-sv": "x" * 301}, {"0-office": "x" * 201}]
)
def test_contacts_that_cannot_be_are_refused(
    own_place: Any, signed_in: Callable[..., Client], said: dict[str, str]
) -> None:
    change = f"/p/{own_place.slug}/procurement/guide/change"
    assert signed_in(own_place, "buyer").post(change, said).status_code == 400
    assert not (Path(own_place.folder) / library.FILE).exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("contacts: 7\n", "must be a list"),
        ("public: perhaps\n", "true or false"),
        ("surprise: 1\n", "surprise"),
        ("contacts: [{office: x}]\n", "anchor"),
        ("contacts: [{anchor: x, page: 'javascript:alert(1)'}]\n", "is no address"),
        ("checked: yesterday\n", "checked"),
        ("contacts: [\n", "guide.yaml"),
    ],
)
def test_a_file_that_is_wrong_is_named(own_place: Any, signed_in: Callable[..., Client], text: str, said: str) -> None:
    (Path(own_place.folder) / library.FILE).write_text(text)
    with pytest.raises(InputError, match=said):
        library.read(Path(own_place.folder))
    shown = signed_in(own_place, "buyer").get(f"/p/{own_place.slug}/procurement/guide/")
    assert shown.status_code == 200 and "guide.yaml" in shown.content.decode()
    assert Client(SERVER_NAME="localhost").get(f"/open/{own_place.slug}/guide").status_code == 404


def test_thresholds_are_those_of_the_day(place: Any) -> None:
    made = library.guide(place.project, Translator("en"), library.Settings(), day=date(2025, 6, 1))
    services = made.lines[1]
    assert services.direct and services.full
    assert (services.direct.text, services.full.text) == ("SEK\u00a0700,000", "SEK\u00a02,389,585")
    assert services.full.verified and not services.full.outdated
    later = library.guide(place.project, Translator("en"), library.Settings(), day=date(2026, 6, 1)).lines[1].full
    assert later and later.outdated
