"""Market gaps in the browser: who sees what, findings that stay, files, and lots."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest
from django.test import Client

from bygd.vocabulary import tables
from bygd.web.decisions import together
from bygd.workbench import build, decisions, snapshot

pytestmark = pytest.mark.django_db

KIND = "städ och tvätt"


def anchors(place: Any) -> list[str]:
    return list(dict.fromkeys(entry.source for entry in place.project.ledgers))


def at(place: Any, rest: str = "") -> str:
    return f"/p/{place.slug}/procurement/gaps/{rest}"


def kind(place: Any, rest: str = "kind", **more: str) -> str:
    said = "&".join(f"{name}={quote(value)}" for name, value in {"kind": KIND, **more}.items())
    return at(place, f"{rest}?{said}")


def rows(place: Any, statement: str, *parameters: Any) -> list[dict[str, Any]]:
    with snapshot.current(place.project).engine() as engine:
        return engine.rows(statement, *parameters)


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode().replace("\xa0", " ")


@pytest.mark.parametrize("rest", ["", "list.csv", "list.xlsx", "kind", "kind/firms.csv", "kind/firms.xlsx", "lots"])
def test_everybody_in_the_place_sees_the_pool_and_members_their_own(
    place: Any, signed_in: Callable[..., Client], rest: str
) -> None:
    pooled, own = kind(place, rest), kind(place, rest, scope="own")
    for role in ("reader", "administrator"):
        client = signed_in(place, role)
        assert client.get(pooled).status_code == 200, role
        assert client.get(own).status_code == 403, role
    assert signed_in(place, anchors=anchors(place)[:1]).get(own).status_code == 200
    assert signed_in().get(pooled).status_code == 404
    assert Client(SERVER_NAME="localhost").get(pooled).status_code == 302


def test_the_pool_names_no_supplier_and_tells_what_the_public_report_tells(
    place: Any, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(place, "buyer")
    text = page(client, at(place))
    assert "Where could money come home?" in text and "Firms of the place could carry at most" in text
    published = page(client, f"/p/{place.slug}/money/leaves")
    leaves = {line["What is bought"]: line for line in table(client, at(place, "list.csv"))}
    assert leaves and all(name in published for name in list(leaves)[:5])
    assert all(
        line["Leaves a year (SEK)"] == line["At least (SEK)"] == line["At most (SEK)"] for line in leaves.values()
    )
    text = page(client, kind(place))
    assert "Who is paid for it now" not in text and "never" not in text
    paid = rows(place, "SELECT name FROM payees WHERE org_id IS NULL AND NOT is_masked")
    assert not [row["name"] for row in paid if row["name"] in text]


def table(client: Client, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_a_member_of_one_institution_sees_its_rows_and_nobody_else_s(
    place: Any, signed_in: Callable[..., Client]
) -> None:
    own, *others = anchors(place)
    text = page(signed_in(place, anchors=[own]), kind(place, scope="own"))
    assert "Who is paid for it now" in text
    paid = rows(
        place,
        """SELECT s.anchor, p.name, BOOL_OR(s.anchor = ?) OVER (PARTITION BY p.party) AS is_ours
           FROM spend_lines AS l JOIN suppliers AS s USING (supplier_key) JOIN payees AS p USING (supplier_key)
           WHERE LOWER(l.category) = ? AND p.state <> 'linked'""",
        own,
        KIND,
    )
    ours = {row["name"] for row in paid if row["anchor"] == own}
    theirs = {row["name"] for row in paid if row["anchor"] in others} - ours
    assert theirs and not [name for name in theirs if name in text]
    bought = (
        "SELECT ROUND(SUM(amount)) AS amount FROM spend_lines WHERE anchor = ? AND LOWER(category) = ? AND year = 2024"
    )
    (known,) = rows(place, bought, own, KIND)
    assert f"{int(known['amount']):,}" in text, "its own money of a year, and no more"


def test_no_page_of_gaps_says_a_word_of_another_s_ledger(place: Any, signed_in: Callable[..., Client]) -> None:
    own, *_ = anchors(place)
    suppliers = rows(
        place, "SELECT anchor, LOWER(name) AS name FROM suppliers WHERE NOT is_masked AND LENGTH(name) > 7"
    )
    public = " ".join(str(row["name"]).lower() for row in rows(place, "SELECT name FROM organisations"))
    ours = public + " ".join(row["name"] for row in suppliers if row["anchor"] == own)
    theirs = {row["name"] for row in suppliers if row["anchor"] != own and row["name"] not in ours}
    assert len(theirs) > 5
    client = signed_in(place, "buyer", "analyst", anchors=[own])
    for scope in ({}, {"scope": "own"}):
        for rest in ("", "list.csv", "kind", "kind/firms.csv", "lots"):
            text = page(client, kind(place, rest, value="500000", **scope)).lower()
            assert [name for name in theirs if name in text] == [], (rest, scope)


def test_contracts_of_the_kind_are_named_with_their_ends(own_place: Any, signed_in: Callable[..., Client]) -> None:
    place, (own, other, *_) = own_place, anchors(own_place)
    paid = rows(
        place,
        """SELECT p.org_id FROM spend_lines AS l JOIN payees AS p USING (supplier_key) WHERE l.anchor = ?
           GROUP BY p.org_id HAVING p.org_id IS NOT NULL AND COUNT(DISTINCT l.category) = 1
           AND MIN(LOWER(l.category)) = ?
           ORDER BY 1""",
        own, KIND,
    )  # fmt: skip
    entry = {
        **dict.fromkeys(tables.contract_entries.columns()), "anchor": own, "stage": "signed", "is_framework": False,
        "source": "test", "withdrawn": False, "entered_by": "Anna", "entered_at": decisions.now(),
    }  # fmt: skip
    by_supplier = {"contract_key": "a1", "title": "Washing at our place", "supplier_id": paid[0]["org_id"]}
    by_code = {"contract_key": "b2", "title": "Windows of all schools", "cpv": "90911300", "anchor": other}
    ends = {"ends_on": date(2041, 5, 31)}
    decisions.add(
        place.project, tables.contract_entries, [{**entry, **by_supplier, **ends}, {**entry, **by_code, **ends}]
    )
    mine = page(signed_in(place, anchors=[own]), kind(place, scope="own"))
    assert "Washing at our place" in mine and "31 May 2041" in mine and "Windows of all schools" not in mine
    everybody = page(signed_in(place, "reader"), kind(place))
    assert "Windows of all schools" in everybody
    assert "Washing at our place" not in everybody, "that its supplier is paid for this, a ledger says"


def test_firms_are_those_of_the_register_and_persons_are_not_named(
    place: Any, signed_in: Callable[..., Client]
) -> None:
    listed = table(signed_in(place, "reader"), kind(place, "kind/firms.csv"))
    masked = {row["name"] for row in rows(place, "SELECT name FROM organisations WHERE is_masked")}
    known = {row["org_id"] for row in rows(place, "SELECT org_id FROM organisations WHERE industry LIKE '8121%'")}
    assert listed and {line["Organisation number"] for line in listed} <= known
    assert not masked & {line["Firm"] for line in listed}
    book = openpyxl.load_workbook(io.BytesIO(signed_in(place, "reader").get(kind(place, "kind/firms.xlsx")).content))
    assert book.active.max_row == len(listed) + 1


@pytest.mark.parametrize(
    ("language", "told"), [("sv", "Var kan pengar komma hem?"), ("nl", "Waar kan geld terugkomen?")]
)
def test_in_other_languages(place: Any, signed_in: Callable[..., Client], language: str, told: str) -> None:
    client = signed_in(place, "buyer", anchors=anchors(place))
    assert told in page(client, at(place, f"?lang={language}"))
    for address in (kind(place), kind(place, scope="own"), kind(place, "lots", value="1000000")):
        assert f'lang="{language}"' in page(client, f"{address}&lang={language}")


def test_an_empty_list_for_all_says_what_was_left_out(place: Any, signed_in: Callable[..., Client]) -> None:
    client = signed_in(place, "buyer", anchors=anchors(place))
    assert "rests on enough suppliers to be told to all" in page(client, at(place, "?show=no"))
    assert "rests on enough suppliers" not in page(client, at(place, "?show=no&scope=own"))


def test_filters_stay_in_links(place: Any, signed_in: Callable[..., Client]) -> None:
    own = anchors(place)
    client = signed_in(place, anchors=own)
    text = page(client, at(place, "?scope=own&within=county&year=2024&order=leaves"))
    assert "scope=own&amp;within=county&amp;year=2024&amp;order=leaves&amp;kind=" in text
    assert "scope=own&amp;within=county&amp;year=2024" in page(
        client, kind(place, scope="own", within="county", year="2024")
    )


@pytest.mark.parametrize("wrong", ["within=nowhere", "year=1850", "by=x", "anchor=Nobody", "show=maybe", "buyer=me"])
def test_a_filter_that_means_nothing_is_told(place: Any, signed_in: Callable[..., Client], wrong: str) -> None:
    client = signed_in(place, anchors=anchors(place))
    assert "There is a problem" in page(client, at(place, f"?scope=own&{wrong}"), 400)
    assert client.get(kind(place, scope="own") + f"&{wrong}").status_code == 404


def test_a_kind_that_is_not_there(place: Any, signed_in: Callable[..., Client]) -> None:
    client = signed_in(place, "buyer")
    for rest in ("kind", "kind/firms.csv", "lots"):
        assert client.get(at(place, f"{rest}?kind=witchcraft")).status_code == 404
    assert client.get(at(place, "kind")).status_code == 404


def judged(place: Any) -> list[dict[str, Any]]:
    return decisions.read(place.project, tables.influence_decisions)


def test_a_finding_stays_and_can_be_taken_back(own_place: Any, signed_in: Callable[..., Client]) -> None:
    place, client = own_place, signed_in(own_place, "buyer")
    address = kind(place, "kind/decide")
    answer = client.post(address, {"influence": "no", "reason": "Framework until 2031"}, follow=True)
    assert "Framework until 2031" in answer.content.decode() and "Cannot be influenced" in answer.content.decode()
    (row,) = judged(place)
    assert (row["anchor"], row["category"], row["influence"]) == (None, KIND, "no")
    listed = table(client, at(place, "list.csv"))
    assert listed[-1]["What is bought"].lower() == KIND, "what cannot be influenced comes last"
    assert (
        KIND in page(client, at(place, "?show=no")).lower()
        and KIND not in page(client, at(place, "?show=open")).lower()
    )
    client.post(address, {"influence": "yes", "reason": "The framework was ended"})
    client.post(address, {"undo": "1"})
    assert [row["influence"] for row in judged(place)] == ["no", "yes", "no"], "added, never edited"
    client.post(address, {"undo": "1"})
    assert [row["influence"] for row in judged(place)][-1] == "yes"


def test_a_finding_survives_a_build_and_no_step_is_made_anew_for_it(
    own_place: Any, signed_in: Callable[..., Client]
) -> None:
    place = own_place
    before = snapshot.current(place.project)
    signed_in(place, "buyer").post(kind(place, "kind/decide"), {"influence": "unsure", "reason": "Ask the region"})
    after = build.build(place.project)
    assert after.id == before.id and after.manifest["key"] == before.manifest["key"]
    assert "Ask the region" in page(signed_in(place, "reader"), kind(place))


def test_what_an_institution_says_of_its_own_purchases_is_for_its_members(
    own_place: Any, signed_in: Callable[..., Client]
) -> None:
    place, (own, other, *_) = own_place, anchors(own_place)
    client = signed_in(place, "buyer", anchors=[own])
    address = kind(place, "kind/decide", scope="own")
    said = {"influence": "no", "reason": "Our own laundry", "anchor": own}
    assert client.post(address, said).status_code == 302
    assert "Our own laundry" in page(client, kind(place, scope="own"))
    for others in (kind(place), kind(place, scope="own")):
        assert "Our own laundry" not in page(signed_in(place, "buyer", anchors=[other]), others)
    assert client.post(address, {**said, "anchor": other}).status_code == 400
    assert len(judged(place)) == 1
    assert client.post(kind(place, "kind/decide"), {**said, "reason": "x"}).status_code == 302
    assert judged(place)[-1]["anchor"] is None, "on the page of all institutions one speaks of all"


def test_only_buyers_judge_and_only_with_a_reason(own_place: Any, signed_in: Callable[..., Client]) -> None:
    place, said = own_place, {"influence": "yes", "reason": "x"}
    address = kind(place, "kind/decide")
    for role in ("reader", "analyst", "facilitator", "administrator"):
        client = signed_in(place, role)
        assert client.post(address, said).status_code == 403, role
        assert "finding-reason" not in page(client, kind(place))
    assert signed_in().post(address, said).status_code == 404
    assert Client(SERVER_NAME="localhost").post(address, said).status_code == 302
    client = signed_in(place, "buyer")
    for wrong in ({**said, "reason": " "}, {**said, "influence": "open"}, {}):
        answer = client.post(address, wrong)
        assert answer.status_code == 400 and "There is a problem" in answer.content.decode()
    assert client.post(address, {"undo": "1"}).status_code == 404, "there is nothing to take back"
    assert client.get(address).status_code == 405
    assert judged(place) == []


def test_what_a_file_says_counts_at_once(own_place: Any, signed_in: Callable[..., Client]) -> None:
    place = own_place
    row = {
        "anchor": None, "category": KIND, "influence": "no", "reason": "By hand", "decided_by": "Anna",
        "decided_at": decisions.now(),
    }  # fmt: skip
    decisions.add(place.project, tables.influence_decisions, [row])
    assert "By hand" in page(signed_in(place, "reader"), kind(place))
    assert [one["reason"] for one in together.read(place, tables.influence_decisions)] == ["By hand"]


def test_lots_say_who_could_bid_and_keep_the_rules_of_the_whole(place: Any, signed_in: Callable[..., Client]) -> None:
    client = signed_in(place, "buyer")
    text = page(client, kind(place, "lots", value="80 000 000", years="4", areas="4", periods="2"))
    assert "As a whole 5 firms of the region could carry it; 8 could carry a lot." in text
    assert "Asked for all lots and periods together, SEK 80,000,000" in text
    assert "At or above the threshold" in text and text.count("Lot 4") == 1
    bidders = text[text.index("Who could then bid") :]
    assert bidders.count("/organisations/SE-ON:") == 8 and bidders.count("<td>no</td>") == 3, (
        "three could not carry it all"
    )
    small = page(client, kind(place, "lots", value="80000000", years="4", areas="100"))
    assert "Asked for all lots and periods together, SEK 80,000,000" in small and "At or above the threshold" in small
    assert "Split it" in page(client, kind(place, "lots")), "the form alone"
    assert f'<option value="{KIND}" selected>' in text and '<option value="byggentreprenader">' in text


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"value": "much"}, "is no"),
        ({"value": "-5"}, "is no amount"),
        ({"value": "1e400"}, "is no amount"),
        ({"value": "NaN"}, "is no amount"),
        ({"value": "0"}, "worth more than nothing"),
        ({"value": "450.000"}, "two ways"),
        ({"value": "500", "years": "0"}, "Give a whole number from 1 to 50"),
        ({"value": "500", "areas": "many"}, "Give a whole number from 1 to 100"),
        ({"value": "500", "areas": "50", "kinds": "50"}, "more than 200 lots"),
        ({"value": "500", "years": "1", "periods": "3"}, "cannot be split into 3 periods"),
        ({"value": "500", "parts": "200\n200"}, "come to 400"),
        ({"value": "500", "parts": "two hundred"}, "is no"),
    ],
)
def test_lots_that_make_no_sense_are_refused(
    place: Any, signed_in: Callable[..., Client], wrong: dict[str, str], told: str
) -> None:
    text = page(signed_in(place, "reader"), kind(place, "lots", **wrong), 400)
    assert "There is a problem" in text and told in text


def test_lots_of_one_s_own_size(place: Any, signed_in: Callable[..., Client]) -> None:
    text = page(signed_in(place, "reader"), kind(place, "lots", value="1 000 000,50", parts="600 000,50;400 000"))
    assert "600,001" in text and "Lot 2" in text


def test_thousands_with_a_point_are_read_and_told_as_they_were_read(
    place: Any, signed_in: Callable[..., Client]
) -> None:
    address = kind(place, "lots", value="450.000")
    text = page(signed_in(place, "reader"), f"{address}&lang=sv").replace("\xa0", " ")
    assert "450 000 kr" in text


def test_what_a_year_is_told_from_stands_by_institution_for_its_members_alone(
    place: Any, signed_in: Callable[..., Client]
) -> None:
    own, *others = anchors(place)
    client = signed_in(place, anchors=[own])
    mine = page(client, at(place, "?scope=own"))
    table_of = mine[mine.index("What a year is told from") :]
    assert f'<th scope="row">{own}</th>' in table_of and "2023-01" in table_of
    assert not any(other in table_of for other in others)
    everybody = page(client, at(place))
    assert (
        "A year is told from ledgers that cover 36 months." in everybody and "What a year is told from" not in everybody
    )
    heads = table(client, at(place, "list.csv"))[0]
    assert heads["Months covered by the shortest ledger"] == heads["Months covered by the longest ledger"] == "36"


def test_few_questions_to_the_database(
    place: Any, signed_in: Callable[..., Client], django_assert_max_num_queries: Any
) -> None:
    client = signed_in(place, "buyer", anchors=anchors(place))
    for address in (at(place), at(place, "?scope=own"), kind(place, scope="own")):
        page(client, address)
        with django_assert_max_num_queries(14):
            page(client, address)
