"""Match review in the browser: who may, what a judgement stores, what comes next, and what two people see."""

import csv
import io
import re
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bygd.engine import DuckEngine
from bygd.vocabulary import tables
from bygd.web.decisions.models import LinkDecision
from bygd.web.pages.review import case as case_page
from bygd.web.people.models import Event
from bygd.workbench import build, decisions, snapshot

pytestmark = pytest.mark.django_db


def seen(page: Any) -> str:
    found = re.search(r'name="seen" value="(\d+)"', page.content.decode())
    assert found
    return found[1]


def judge(client: Client, desk: Any, key: str, judgement: str, org_id: str = "", query: str = "", **more: str) -> Any:
    address = desk.address(f"case/{key}") + query
    page = client.get(address)
    return client.post(address, {"judgement": judgement, "org_id": org_id, "seen": seen(page), **more})


PATHS = ("", "batch", "sheets", "progress", "audit", "next", "sheets/doubts.csv", "sheets/decisions.xlsx")


@pytest.mark.parametrize("path", [*PATHS, "case/KEY", "case/KEY/why/ORG"])
def test_who_may_open_what(desk: Any, signed_in: Callable[..., Client], path: str) -> None:
    first = desk.cases()[0]
    address = desk.address(path.replace("KEY", first["case_key"]).replace("ORG", first["candidate_id"]))
    assert signed_in(desk.place, "analyst", anchors=desk.anchors).get(address, follow=True).status_code == 200
    for role in ("reader", "buyer", "facilitator", "administrator"):
        assert signed_in(desk.place, role, anchors=desk.anchors).get(address).status_code == 403, role
    assert signed_in().get(address).status_code == 404
    anonymous = Client(SERVER_NAME="localhost").get(address)
    assert anonymous.status_code == 302 and "/login" in anonymous["Location"]


@pytest.mark.parametrize("path", ["case/KEY", "undo", "batch", "sheets", "sheets/confirm", "audit"])
def test_who_may_write(desk: Any, signed_in: Callable[..., Client], path: str) -> None:
    address = desk.address(path.replace("KEY", desk.cases()[0]["case_key"]))
    assert signed_in(desk.place, "reader", anchors=desk.anchors).post(address).status_code == 403
    assert signed_in().post(address).status_code == 404
    assert Client(SERVER_NAME="localhost").post(address).status_code == 302
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    strict.cookies = signed_in(desk.place, "analyst", anchors=desk.anchors).cookies
    assert strict.post(address).status_code == 403
    assert desk.written() == []


def test_only_cases_of_ones_own_institutions_are_there(desk: Any, signed_in: Callable[..., Client]) -> None:
    own, *others = desk.anchors
    client = signed_in(desk.place, "analyst", anchors=[own])
    listed = client.get(desk.address() + "?state=open").content.decode()
    sheet = client.get(desk.address("sheets/doubts.csv")).content.decode()
    keys = {case["case_key"] for case in desk.cases(own)}
    for case in desk.cases():
        is_own = case["case_key"] in keys
        page = client.get(desk.address(f"case/{case['case_key']}"))
        assert page.status_code == (200 if is_own else 404)
        assert (f"case/{case['case_key']}" in listed) == is_own
        assert (case["supplier_key"] in sheet) <= (case["anchor"] == own)
        if is_own:
            assert not any(other in page.content.decode() for other in others)
    foreign = next(case for case in desk.cases() if case["case_key"] not in keys)
    answer = client.post(
        desk.address(f"case/{foreign['case_key']}"),
        {"judgement": "same", "org_id": foreign["candidate_id"], "seen": "0"},
        follow=True,
    )
    assert "not there any more" in answer.content.decode() and foreign["name"] not in answer.content.decode()
    ticked = f"{foreign['case_key']} {foreign['candidate_id']}"
    answer = client.post(desk.address("batch"), {"case": ticked}, follow=True)
    assert "was left as it is" in answer.content.decode() and foreign["name"] not in answer.content.decode()
    assert desk.written() == []


def test_without_an_institution_there_is_nothing_to_review(desk: Any, signed_in: Callable[..., Client]) -> None:
    client = signed_in(desk.place, "analyst")
    page = client.get(desk.address())
    assert page.status_code == 200 and "not a member of any institution" in page.content.decode()
    assert client.get(desk.address(f"case/{desk.cases()[0]['case_key']}")).status_code == 404


def test_a_judgement_is_stored_in_both_at_once_and_the_next_case_comes(desk: Any, analyst: Client) -> None:
    first, second, *_ = desk.cases()
    answer = judge(analyst, desk, first["case_key"], "same", first["candidate_id"], "?order=range", note=" Same door ")
    assert answer.status_code == 302 and answer["Location"].startswith(desk.address("case/"))
    assert first["case_key"] not in answer["Location"]
    assert [one[:3] for one in desk.written()] == [(first["supplier_key"], first["candidate_id"], "same")]
    stored = LinkDecision.objects.get(supplier_key=first["supplier_key"])
    assert (stored.note, stored.proposed_id) == ("Same door", first["candidate_id"])
    assert stored.proposed_score == pytest.approx(first["score"])
    page = analyst.get(answer["Location"]).content.decode()
    assert f"Saved: {first['name']}" in page
    assert first["case_key"] not in analyst.get(desk.address()).content.decode()
    assert first["case_key"] in analyst.get(desk.address() + "?state=decided").content.decode()
    assert Event.objects.filter(did="judged").count() == 1
    assert second["case_key"] in analyst.get(desk.address()).content.decode()


def test_the_filter_stays_from_case_to_case(desk: Any, analyst: Client) -> None:
    anchor = desk.cases()[0]["anchor"]
    listed = desk.cases(anchor)
    query = f"?order=money&anchor={anchor.replace(' ', '+')}"
    answer = judge(analyst, desk, listed[0]["case_key"], "unsure", listed[0]["candidate_id"], query)
    assert "order=money" in answer["Location"] and "anchor=" in answer["Location"]
    following = answer["Location"].split("case/")[1].partition("?")[0]
    assert following in {one["case_key"] for one in desk.rows("SELECT case_key FROM doubts WHERE anchor = ?", anchor)}


def test_after_not_this_one_the_same_case_asks_about_the_next(desk: Any, analyst: Client) -> None:
    first = desk.cases()[0]
    options = desk.rows(
        "SELECT org_id FROM link_candidates WHERE supplier_key = ? ORDER BY position", first["supplier_key"]
    )
    address = desk.address(f"case/{first['case_key']}")
    answer = judge(analyst, desk, first["case_key"], "different", options[0]["org_id"])
    assert answer["Location"] == address
    page = analyst.get(address).content.decode()
    assert re.search(rf'value="{options[1]["org_id"]}"[^>]* checked', page)
    for option in options[1:]:
        answer = judge(analyst, desk, first["case_key"], "different", option["org_id"])
    assert answer["Location"] != address, "all were turned down"


def test_only_what_is_likelier_than_not_is_suggested(desk: Any, analyst: Client) -> None:
    main = re.compile(r'<button class="main"[^>]*value="same"')
    for case in desk.cases():
        page = analyst.get(desk.address(f"case/{case['case_key']}")).content.decode()
        assert bool(main.search(page)) == (case["score"] > 0.5), case


def test_none_of_them_needs_no_organisation_but_accepting_does(desk: Any, analyst: Client) -> None:
    first, second, *_ = desk.cases()
    assert "Choose an organisation" in judge(analyst, desk, first["case_key"], "same").content.decode()
    assert desk.written() == []
    judge(analyst, desk, second["case_key"], "absent", second["candidate_id"])
    assert desk.written()[0][1:3] == (None, "absent")


def test_undo_takes_back_step_by_step_and_only_ones_own(
    desk: Any, analyst: Client, signed_in: Callable[..., Client]
) -> None:
    first, second, *_ = desk.cases()
    judge(analyst, desk, first["case_key"], "same", first["candidate_id"])
    judge(analyst, desk, second["case_key"], "absent")
    other = signed_in(desk.place, "analyst", anchors=desk.anchors)
    assert "case/" not in other.post(desk.address("undo"))["Location"], "nothing to take back in another's sitting"
    assert second["case_key"] in analyst.post(desk.address("undo"))["Location"]
    assert first["case_key"] in analyst.post(desk.address("undo"))["Location"]
    assert "case/" not in analyst.post(desk.address("undo"))["Location"]
    assert [one[2] for one in desk.written()] == ["same", "absent", "unsure", "unsure"]
    page = analyst.get(desk.address()).content.decode()
    assert first["case_key"] in page and second["case_key"] in page
    times = [row["decided_at"] for row in decisions.read(desk.place.project, tables.link_decisions)][4:]
    assert times[2] > times[1] and times[3] > times[0], "later than what they take back"


def test_undo_restores_what_a_colleague_had_said(desk: Any, analyst: Client, signed_in: Callable[..., Client]) -> None:
    first = desk.cases()[0]
    judge(
        signed_in(desk.place, "analyst", anchors=desk.anchors), desk, first["case_key"], "same", first["candidate_id"]
    )
    judge(analyst, desk, first["case_key"], "different", first["candidate_id"])
    analyst.post(desk.address("undo"))
    assert [one[2] for one in desk.written()] == ["same", "different", "same"]
    assert first["case_key"] in analyst.get(desk.address() + "?state=decided").content.decode()


def test_of_two_people_at_one_case_the_second_is_told_and_may_differ(
    desk: Any, analyst: Client, signed_in: Callable[..., Client], somebody: Callable[..., Any]
) -> None:
    first = desk.cases()[0]
    berit = somebody(desk.place, "analyst", anchors=desk.anchors, email="berit@example.org")
    other, address = signed_in(person=berit), desk.address(f"case/{first['case_key']}")
    before = analyst.get(address)
    judge(other, desk, first["case_key"], "same", first["candidate_id"])
    late = analyst.post(address, {"judgement": "absent", "seen": seen(before)})
    assert late.status_code == 200 and "berit decided this while you looked at it" in late.content.decode()
    assert len(desk.written()) == 1
    analyst.post(address, {"judgement": "absent", "seen": seen(late)})
    assert [one[2] for one in desk.written()] == ["same", "absent"], "the second opinion is kept"
    page = analyst.get(address).content.decode()
    assert "berit" in page and "Same organisation" in page and "Not in the register" in page


def test_a_decision_at_the_terminal_leaves_the_queue_of_the_web(desk: Any, analyst: Client) -> None:
    first = desk.cases()[0]
    assert first["case_key"] in analyst.get(desk.address()).content.decode()
    row = {"supplier_key": first["supplier_key"], "org_id": first["candidate_id"], "judgement": "same"}
    decisions.add(
        desk.place.project, tables.link_decisions, [{**row, "decided_by": "Åsa", "decided_at": decisions.now()}]
    )
    assert first["case_key"] not in analyst.get(desk.address()).content.decode()


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"judgement": "same", "org_id": "SE-ON:0000000000", "seen": "9"}, 404),
        ({"judgement": "same", "org_id": "' OR 1=1 --", "seen": "9"}, 404),
        ({"judgement": "unsure", "org_id": "\x00", "seen": "9"}, 404),
        ({"judgement": "perhaps", "org_id": "x", "seen": "9"}, 400),
        ({"judgement": "same", "org_id": "x", "seen": "-1"}, 400),
        ({"judgement": "same", "org_id": "x", "seen": "²"}, 400),
        ({}, 400),
    ],
)
def test_hostile_forms_store_nothing(desk: Any, analyst: Client, form: dict[str, str], status: int) -> None:
    assert analyst.post(desk.address(f"case/{desk.cases()[0]['case_key']}"), form).status_code == status
    assert desk.written() == []


def test_nobody_can_be_linked_to_a_masked_organisation(desk: Any, analyst: Client) -> None:
    masked = desk.rows("SELECT org_id FROM organisations WHERE is_masked")
    assert masked
    first = desk.cases()[0]
    form = {"judgement": "same", "org_id": masked[0]["org_id"], "seen": "9"}
    assert analyst.post(desk.address(f"case/{first['case_key']}"), form).status_code == 404


def test_the_masked_have_no_case(desk: Any, analyst: Client) -> None:
    for row in desk.rows("SELECT supplier_key FROM suppliers WHERE is_masked LIMIT 5"):
        assert analyst.get(desk.address(f"case/{row['supplier_key']}")).status_code == 404


@pytest.mark.parametrize("query", ["?page=x", "?page=-1", "?page=99999999999999999999", "?order=x&band=y&state=z",
                                   "?text=%00", "?anchor=%00'", "?text=" + "a" * 5000])  # fmt: skip
def test_addresses_that_mean_nothing_do_no_harm(desk: Any, analyst: Client, query: str) -> None:
    assert analyst.get(desk.address() + query).status_code == 200
    assert analyst.get(desk.address("batch") + query).status_code == 200


def test_the_register_is_searched_from_a_case_and_what_is_found_can_be_accepted(desk: Any, analyst: Client) -> None:
    first = desk.cases()[0]
    wanted = desk.rows("SELECT * FROM organisations WHERE name LIKE '%Å%' AND NOT is_masked ORDER BY org_id")[0]
    plain = wanted["name"].replace("Å", "a").replace("å", "a")
    page = analyst.get(desk.address(f"case/{first['case_key']}"), {"q": plain}).content.decode()
    assert wanted["org_id"] in page
    judge(analyst, desk, first["case_key"], "same", wanted["org_id"])
    assert desk.written()[0][1] == wanted["org_id"]
    evil = analyst.get(desk.address(f"case/{first['case_key']}"), {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in evil and "&lt;script&gt;" in evil


def name_alike(desk: Any, keys: list[str]) -> None:
    """Suppliers of one name that nothing ties together, as schools of one saint are."""
    path = snapshot.current(desk.place.project).folder / "doubts.parquet"
    with DuckEngine() as engine:
        engine.read("doubts", path)
        listed = ", ".join(f"'{key}'" for key in keys)
        engine.sql("changed", f"SELECT * REPLACE (CASE WHEN case_key IN ({listed}) THEN 'S:t Marias  SKOLA' "
                              "ELSE name END AS name) FROM doubts")  # fmt: skip
        engine.write("changed", path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def test_alike_suppliers_are_judged_together_and_taken_back_together(desk: Any, analyst: Client) -> None:
    key, *rest = keys = [case["case_key"] for case in desk.cases() if case["case_key"] == case["supplier_key"]][:3]
    name_alike(desk, keys)
    judge(analyst, desk, key, "absent", alike="on")
    assert len(desk.written()) == 1 + len(rest)
    open_now = analyst.get(desk.address()).content.decode()
    assert not any(one in open_now for one in keys)
    analyst.post(desk.address("undo"))
    open_now = analyst.get(desk.address()).content.decode()
    assert all(one in open_now for one in keys)


def test_many_are_accepted_at_once_and_what_was_decided_meanwhile_is_left(
    desk: Any, analyst: Client, signed_in: Callable[..., Client]
) -> None:
    listed = [one for one in desk.cases() if one["case_key"] == one["supplier_key"]][:3]
    page = analyst.get(desk.address("batch") + "?order=score").content.decode()
    ticked = [f"{one['case_key']} {one['candidate_id']}" for one in listed]
    assert all(one in page for one in ticked)
    judge(signed_in(desk.place, "analyst", anchors=desk.anchors), desk, listed[0]["case_key"], "absent")
    answer = analyst.post(desk.address("batch"), {"case": ticked}, follow=True).content.decode()
    assert f'hx-get="{desk.address("progress")}"' in answer, "how much narrower the range became is fetched"
    assert "2 candidates were accepted" in answer and "1 had been decided meanwhile" in answer
    assert sorted(one[2] for one in desk.written()) == ["absent", "same", "same"]
    assert all("Take the last one back" in analyst.get(desk.address(one)).content.decode() for one in ("", "batch"))
    back = analyst.post(desk.address("undo") + "?order=score", {"to": "batch"}, follow=True)
    assert "Take the last one back" not in analyst.get(desk.address()).content.decode()
    assert back.redirect_chain == [(desk.address("batch") + "?order=score", 302)]
    answer = back.content.decode()
    assert "2 judgements were taken back" in answer and ticked[1] in answer and ticked[2] in answer
    assert "Tick the suppliers" in analyst.post(desk.address("batch"), follow=True).content.decode()
    wrong = {"case": f"{listed[1]['case_key']} SE-ON:0000000000"}
    before = desk.written()
    answer = analyst.post(desk.address("batch"), wrong, follow=True).content.decode()
    assert "1 has another best candidate since the last build, or none" in answer and desk.written() == before


def test_pages_ask_the_database_a_few_times_however_much_they_show(
    desk: Any, analyst: Client, django_assert_max_num_queries: Any
) -> None:
    first = desk.cases()[0]
    for path in ("", "batch?order=score", f"case/{first['case_key']}"):
        analyst.get(desk.address(path))
        with django_assert_max_num_queries(9):
            analyst.get(desk.address(path))


@pytest.mark.slow
def test_a_contradiction_comes_back_after_the_build_with_both_words(desk: Any, analyst: Client) -> None:
    first = desk.cases()[0]
    row = {"supplier_key": first["supplier_key"], "org_id": first["candidate_id"]}
    at = decisions.now()
    said = [
        {**row, "judgement": "same", "decided_by": "Åsa", "decided_at": at - timedelta(hours=1)},
        {**row, "judgement": "different", "decided_by": "Berit", "decided_at": at},
    ]
    decisions.add(desk.place.project, tables.link_decisions, said)
    build.build(desk.place.project)
    listed = analyst.get(desk.address() + "?state=back").content.decode()
    assert "People say different things" in listed
    key = re.search(r"review/case/([0-9a-f]+)", listed)
    assert key
    page = analyst.get(desk.address(f"case/{key[1]}") + "?state=back").content.decode()
    assert "Åsa" in page and "Berit" in page and "People say different things" in page
    judge(analyst, desk, key[1], "same", first["candidate_id"], "?state=back")
    assert "People say different things" not in analyst.get(desk.address() + "?state=back").content.decode()


def test_a_sheet_goes_out_and_comes_back_under_ones_own_name(
    desk: Any, analyst: Client, settings: Any, tmp_path: Path
) -> None:
    settings.UPLOADS = tmp_path / "uploads"
    out = analyst.get(desk.address("sheets/doubts.csv")).content.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(out)))
    first = next(line for line in lines if line["org_id"])
    first |= {"judgement": "same", "decided_by": "Somebody Else", "note": "=1+1"}
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(first))
    writer.writeheader()
    writer.writerows(lines)
    analyst.post(desk.address("sheets"), {"sheet": SimpleUploadedFile("first.csv", out.encode())})
    looked = analyst.post(desk.address("sheets"), {"sheet": SimpleUploadedFile("mine.csv", text.getvalue().encode())})
    assert "What the sheet would change" in looked.content.decode() and first["name"] in looked.content.decode()
    assert desk.written() == [], "nothing is stored before it was looked at"
    analyst.post(desk.address("sheets/confirm"))
    assert [(one[0], one[2]) for one in desk.written()] == [(first["supplier_key"], "same")]
    assert desk.written()[0][3] != "Somebody Else"
    assert list((settings.UPLOADS / "sheets").iterdir()) == [], "no sheet stays behind"
    again = analyst.post(desk.address("sheets/confirm"), follow=True)
    assert "no sheet to take in" in again.content.decode() and len(desk.written()) == 1


@pytest.mark.parametrize(
    ("name", "content"), [("x.csv", b"a,b\n1,2\n"), ("x.csv", b"\xff\xfe\x00"), ("x.xlsx", b"PK\x03\x04no")]
)
def test_sheets_that_are_none_are_told(desk: Any, analyst: Client, name: str, content: bytes) -> None:
    page = analyst.post(desk.address("sheets"), {"sheet": SimpleUploadedFile(name, content)})
    assert page.status_code == 200 and "There is a problem" in page.content.decode()
    assert 'role="alert" tabindex="-1" autofocus' in page.content.decode(), "who hears the page is taken to it"
    assert "There is a problem" in analyst.post(desk.address("sheets")).content.decode()


def test_others_suppliers_in_a_sheet_are_left_out(desk: Any, signed_in: Callable[..., Client]) -> None:
    own, other, *_ = desk.anchors
    foreign = desk.cases(other)[0]
    text = f"judgement,supplier_key,org_id\nsame,{foreign['supplier_key']},{foreign['candidate_id']}\n"
    client = signed_in(desk.place, "analyst", anchors=[own])
    page = client.post(desk.address("sheets"), {"sheet": SimpleUploadedFile("x.csv", text.encode())}).content.decode()
    assert foreign["name"] not in page and "not yours" in page
    client.post(desk.address("sheets/confirm"))
    assert desk.written() == []


def test_an_audit_is_judged_one_by_one_by_members_of_all(
    desk: Any, analyst: Client, signed_in: Callable[..., Client]
) -> None:
    address = desk.address("audit") + "?size=4&seed=7"
    partly = signed_in(desk.place, "analyst", anchors=desk.anchors[:1]).get(address).content.decode()
    assert "only a member of every institution" in partly
    for word in ("right", "wrong"):
        page = analyst.get(address).content.decode()
        pair = {name: re.search(rf'name="{name}" value="([^"]+)"', page) for name in ("supplier_key", "org_id")}
        form = {name: found[1] for name, found in pair.items() if found}
        assert analyst.post(address, {**form, "judgement": word}).status_code == 302
    said = decisions.read(desk.place.project, tables.audit_judgements)
    assert [row["judgement"] for row in said][-1] == "wrong" and len(desk.written()) == 1
    assert "The link is wrong." in analyst.get(address).content.decode(), "what was said of the link before is told"
    gone = analyst.post(address, {"supplier_key": "x", "org_id": "y", "judgement": "right"}, follow=True)
    assert "not in the sample any more" in gone.content.decode()
    assert decisions.read(desk.place.project, tables.audit_judgements) == said
    assert analyst.post(address, {"judgement": "perhaps"}).status_code == 400


def test_progress_says_how_much_narrower_the_range_became(desk: Any, analyst: Client) -> None:
    first = desk.cases()[0]
    judge(analyst, desk, first["case_key"], "same", first["candidate_id"])
    for _ in range(480):
        page = analyst.get(desk.address("progress")).content.decode()
        if "worked out anew" not in page:
            break
        time.sleep(0.25)
    assert "narrower" in page and "1 case was decided since the last build" in page


def test_a_case_that_a_build_made_go_is_answered_by_the_queue_and_nothing_is_stored(desk: Any, analyst: Client) -> None:
    form = {"judgement": "unsure", "seen": "0"}
    answer = analyst.post(desk.address("case/gone"), form, HTTP_HX_REQUEST="true")
    assert answer.headers["HX-Redirect"] == desk.address()
    assert "not there any more" in analyst.get(desk.address()).content.decode()
    assert "not there any more" in analyst.post(desk.address("case/gone"), form, follow=True).content.decode()
    assert desk.written() == []


def test_after_a_round_of_cases_the_page_says_what_the_range_became(
    desk: Any, analyst: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_page, "A_ROUND", 2)
    measure = f'hx-get="{desk.address("progress")}"'
    for number in (1, 2, 3):
        one = desk.cases()[number - 1]
        form = {"judgement": "absent", "seen": "0"}
        page = analyst.post(desk.address(f"case/{one['case_key']}"), form, HTTP_HX_REQUEST="true").content.decode()
        assert "Saved: " in page and (measure in page) == (number == 2)
    assert measure in analyst.get(desk.address()).content.decode()


def test_suppliers_taken_for_one_can_be_judged_one_by_one(desk: Any, analyst: Client) -> None:
    groups = desk.rows(
        """SELECT case_key, LIST(supplier_key ORDER BY position) AS keys FROM doubts WHERE state = 'unresolved'
           GROUP BY case_key HAVING COUNT(*) > 1 ORDER BY case_key"""
    )
    assert groups, "the sample has suppliers in doubt that are taken for one"
    queue = analyst.get(desk.address() + "?state=open").content.decode()
    assert re.search(r"and \d+ more supplier", queue), "a sign alone says little when it is read aloud"
    group, keys = groups[0]["case_key"], groups[0]["keys"]
    page = analyst.get(desk.address(f"case/{group}")).content.decode()
    first = re.search(r'review/case/([0-9a-f]+)!"', page)
    assert first and first[1] in keys
    alone = analyst.get(desk.address(f"case/{first[1]}!")).content.decode()
    assert "judge one by one" not in alone and 'name="alike"' not in alone
    answer = judge(analyst, desk, f"{first[1]}!", "absent")
    assert answer["Location"].endswith("!") and first[1] not in answer["Location"], "then the others of the case"
    assert [one[0] for one in desk.written()] == [first[1]]
    analyst.post(desk.address("undo"))
    assert group in analyst.get(desk.address()).content.decode()
    single = next(
        case["case_key"] for case in desk.cases() if case["case_key"] not in {one["case_key"] for one in groups}
    )
    for key in (f"{single}!", "x!", "!"):
        assert analyst.get(desk.address(f"case/{key}")).status_code == 404
