"""Suppliers and organisations: who sees whose, search, files, and whose an organisation is corrected."""

import csv
import io
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest
from django.test import Client

from bygd.vocabulary import tables
from bygd.vocabulary.words import OwnershipKind
from bygd.web.decisions.models import ClassDecision, FileRead
from bygd.web.places import held
from bygd.workbench import decisions, owning, snapshot

pytestmark = pytest.mark.django_db


def anchors(place: Any) -> list[str]:
    return list(dict.fromkeys(entry.source for entry in place.project.ledgers))


def rows(place: Any, statement: str, *parameters: Any) -> list[dict[str, Any]]:
    with snapshot.current(place.project).engine() as engine:
        return engine.rows(statement, *parameters)


def linked(place: Any) -> dict[str, Any]:
    """An organisation that two institutions paid."""
    return rows(
        place,
        """SELECT org_id, MIN(name) AS name, LIST(DISTINCT anchor ORDER BY anchor) AS anchors FROM spend
           WHERE state = 'linked' AND NOT is_masked GROUP BY org_id HAVING COUNT(DISTINCT anchor) > 1 ORDER BY 1""",
    )[0]


@pytest.mark.parametrize("path", ["suppliers/", "suppliers/KEY", "suppliers/?format=csv", "suppliers/?format=xlsx"])
def test_suppliers_are_for_members(place: Any, signed_in: Callable[..., Client], path: str) -> None:
    key = rows(place, "SELECT supplier_key FROM suppliers WHERE NOT is_masked ORDER BY 1")[0]["supplier_key"]
    address = f"/p/{place.slug}/{path.replace('KEY', key)}"
    assert signed_in(place, anchors=anchors(place)).get(address).status_code == 200
    for role in ("reader", "analyst", "buyer", "facilitator", "administrator"):
        assert signed_in(place, role).get(address).status_code == 403, role
    assert signed_in().get(address).status_code == 404
    assert Client(SERVER_NAME="localhost").get(address).status_code == 302


def test_members_of_one_institution_see_nothing_of_the_others(place: Any, signed_in: Callable[..., Client]) -> None:
    own, *others = anchors(place)
    client = signed_in(place, anchors=[own])
    text = client.get(f"/p/{place.slug}/suppliers/?format=csv").content.decode("utf-8-sig")
    assert {line["Institution"] for line in csv.DictReader(io.StringIO(text))} == {own}
    known = rows(place, "SELECT supplier_key, anchor FROM suppliers ORDER BY supplier_key")
    for anchor in others:
        key = next(row["supplier_key"] for row in known if row["anchor"] == anchor)
        assert client.get(f"/p/{place.slug}/suppliers/{key}").status_code == 404
    shared = linked(place)
    for anchor in shared["anchors"]:
        page = signed_in(place, anchors=[anchor]).get(f"/p/{place.slug}/organisations/{shared['org_id']}")
        seen = page.content.decode()
        assert f'<th scope="row">{anchor}</th>' in seen
        assert not any(f'<th scope="row">{other}</th>' in seen for other in shared["anchors"] if other != anchor)
    reader = signed_in(place, "reader").get(f"/p/{place.slug}/organisations/{shared['org_id']}").content.decode()
    assert shared["name"] in reader and "No institution of which you are a member" in reader


def test_every_supplier_stands_in_the_list_with_its_money(place: Any, signed_in: Callable[..., Client]) -> None:
    client = signed_in(place, anchors=anchors(place))
    file = client.get(f"/p/{place.slug}/suppliers/?format=xlsx").content
    sheet = openpyxl.load_workbook(io.BytesIO(file)).active
    assert sheet and sheet["C1"].value == "Organisation number of the supplier"
    lines = list(sheet.iter_rows(min_row=2, values_only=True))
    bought = rows(place, "SELECT SUM(amount) AS amount FROM spend WHERE is_procurement AND currency = 'SEK'")[0]
    assert sum(line[7] for line in lines) == pytest.approx(float(bought["amount"]))
    masked = rows(place, "SELECT supplier_key, org_number FROM suppliers WHERE is_masked AND org_number IS NOT NULL")
    assert masked and not any(row["org_number"] in str(lines) for row in masked)
    page = client.get(f"/p/{place.slug}/suppliers/{masked[0]['supplier_key']}").content.decode()
    assert "private person or sole trader" in page and masked[0]["org_number"] not in page
    assert "/review/case/" not in page and "/correct/" not in page


@pytest.mark.parametrize("state", ["linked", "unresolved"])
@pytest.mark.parametrize(
    ("language", "step"), [("en", "Any two names"), ("sv", "Vilka två namn"), ("nl", "Twee willekeurige namen")]
)
def test_how_a_supplier_was_looked_for_is_shown_step_by_step(
    place: Any, signed_in: Callable[..., Client], state: str, language: str, step: str
) -> None:
    key = rows(
        place,
        """SELECT l.supplier_key FROM links AS l JOIN link_candidates AS c ON c.supplier_key = l.supplier_key
           WHERE l.state = ? AND c.evidence LIKE '%"base"%' ORDER BY 1""",
        state,
    )[0]["supplier_key"]
    client = signed_in(place, anchors=anchors(place))
    page, headers = f"/p/{place.slug}/suppliers/{key}", {"accept-language": language}
    assert f'href="{page}/why"' in client.get(page, headers=headers).content.decode()
    seen = client.get(f"{page}/why", headers=headers).content.decode()
    assert seen.count("<svg") == 2 and step in seen and seen.count("<table") == 2


def test_how_nobody_was_looked_for_is_not_shown(place: Any, signed_in: Callable[..., Client]) -> None:
    own, other, *_ = anchors(place)
    client = signed_in(place, anchors=[own])
    masked = rows(place, "SELECT supplier_key FROM suppliers WHERE is_masked AND anchor = ? ORDER BY 1", own)
    foreign = rows(place, "SELECT supplier_key FROM suppliers WHERE NOT is_masked AND anchor = ? ORDER BY 1", other)
    for key in (masked[0]["supplier_key"], foreign[0]["supplier_key"], "nobody"):
        assert client.get(f"/p/{place.slug}/suppliers/{key}/why").status_code == 404


@pytest.mark.parametrize("query", ["text=städ", "text=STAD", "order=name", "order=x", "state=linked", "ownership=%00",
                                   "page=999", "anchor=nobody", "text=%00", "format=exe"])  # fmt: skip
def test_search_sort_and_filter(place: Any, signed_in: Callable[..., Client], query: str) -> None:
    page = signed_in(place, anchors=anchors(place)).get(f"/p/{place.slug}/suppliers/?{query}")
    assert page.status_code == 200
    if query.startswith("text=s") or query.startswith("text=S"):
        assert "Städ" in page.content.decode()
    if "nobody" in query or "ownership" in query:
        assert "No supplier fits" in page.content.decode()


def test_organisations_are_found_without_accents_and_persons_never(
    place: Any, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(place, "reader")
    wanted = rows(place, "SELECT * FROM organisations WHERE name LIKE 'Å%' AND NOT is_masked ORDER BY name")[0]
    first = wanted["name"].split()[0]
    for text in (wanted["name"], first.lower().replace("å", "a"), wanted["org_id"], wanted["org_id"].split(":")[1]):
        found = client.get(f"/p/{place.slug}/organisations/", {"text": text}).content.decode()
        assert wanted["org_id"] in found, text
    masked = rows(place, "SELECT org_id, name FROM organisations WHERE is_masked")[0]
    assert (
        masked["org_id"] not in client.get(f"/p/{place.slug}/organisations/", {"text": masked["name"]}).content.decode()
    )
    assert client.get(f"/p/{place.slug}/organisations/{quote(masked['org_id'])}").status_code == 404
    for nobody in ("x", "SE-ON:0", "%00", "' OR 1=1", "a/b/c"):
        assert client.get(f"/p/{place.slug}/organisations/{quote(nobody)}").status_code == 404
    assert "<script>x" not in client.get(f"/p/{place.slug}/organisations/?text=<script>x").content.decode()


def test_whose_an_organisation_is_is_corrected_with_evidence(own_place: Any, signed_in: Callable[..., Client]) -> None:
    org_id = linked(own_place)["org_id"]
    address, page = f"/p/{own_place.slug}/correct/{org_id}", f"/p/{own_place.slug}/organisations/{org_id}"
    analyst = signed_in(own_place, "analyst")
    before = decisions.read(own_place.project, tables.class_decisions)
    for form in ({}, {"kind": "social"}, {"kind": "nonsense", "evidence": "x"}, {"kind": "unknown", "evidence": "x"}):
        answer = analyst.post(address, form)
        assert answer.status_code == 400 and "There is a problem" in answer.content.decode()
    assert decisions.read(own_place.project, tables.class_decisions) == before
    assert analyst.post(address, {"kind": "social", "evidence": "https://example.org/stadgar"})["Location"] == page
    row = decisions.read(own_place.project, tables.class_decisions)[-1]
    assert (row["subject_id"], row["kind"], row["evidence"]) == (org_id, "social", "https://example.org/stadgar")
    assert "https://example.org/stadgar" in analyst.get(page).content.decode()
    reader = signed_in(own_place, "reader")
    assert reader.get(address).status_code == 403 and "/correct/" not in reader.get(page).content.decode()


def test_whose_it_is_is_taken_back(own_place: Any, signed_in: Callable[..., Client]) -> None:
    shared = linked(own_place)
    org_id, root = shared["org_id"], f"/p/{own_place.slug}"
    member, back = (
        signed_in(own_place, "analyst", anchors=shared["anchors"]),
        f"/p/{own_place.slug}/correct-back/{org_id}",
    )
    key = rows(own_place, "SELECT supplier_key FROM links WHERE org_id = ? ORDER BY 1", org_id)[0]["supplier_key"]
    assert member.post(back).status_code == 404, "nothing was said"
    member.post(f"{root}/correct/{org_id}", {"kind": "social", "evidence": "https://example.org/stadgar"})
    for page in (f"{root}/organisations/{org_id}", f"{root}/suppliers/{key}"):
        seen = member.get(page).content.decode()
        assert "https://example.org/stadgar" in seen and "Counts from the next build on" in seen
        assert "/correct-back/" in seen
        assert (
            "/correct-back/" not in signed_in(own_place, "reader", anchors=shared["anchors"]).get(page).content.decode()
        )
    assert signed_in(own_place, "reader").post(back).status_code == 403
    assert signed_in().post(back).status_code == 404
    taken = member.post(back, follow=True).content.decode()
    assert "Taken back" in taken and "took back what was said" in taken and "/correct-back/" not in taken
    member.post(back)
    said = decisions.read(own_place.project, tables.class_decisions)
    assert [row["kind"] for row in said if row["subject_id"] == org_id] == ["social", None]


def test_what_was_said_at_the_terminal_stands_on_its_page_at_once(
    own_place: Any, signed_in: Callable[..., Client]
) -> None:
    shared = linked(own_place)
    key = rows(own_place, "SELECT supplier_key FROM links WHERE org_id = ? ORDER BY 1", shared["org_id"])[0]
    project, source = own_place.project, "https://example.org/terminal"
    decisions.add(
        project,
        tables.class_decisions,
        [owning.made(shared["org_id"], OwnershipKind.SOCIAL, source, "Terminal", None)],
    )
    member, root = signed_in(own_place, anchors=shared["anchors"]), f"/p/{own_place.slug}"
    for page in (f"organisations/{shared['org_id']}", f"suppliers/{key['supplier_key']}"):
        ClassDecision.objects.all().delete()
        FileRead.objects.all().delete()
        assert source in member.get(f"{root}/{page}").content.decode()
    with decisions.file(project, tables.class_decisions).open("a") as opened:
        opened.write("spoilt by hand\n")
    seen = member.get(f"{root}/organisations/{shared['org_id']}").content.decode()
    assert source in seen and "class_decisions.csv" in seen, "what is known is shown, and what is wrong told"


def test_only_own_suppliers_and_known_organisations_are_corrected(
    own_place: Any, signed_in: Callable[..., Client]
) -> None:
    own, other, *_ = anchors(own_place)
    client = signed_in(own_place, "analyst", anchors=[own])
    known = rows(own_place, "SELECT supplier_key, anchor, is_masked FROM suppliers ORDER BY supplier_key")
    form = {"kind": "social", "evidence": "x"}

    def answer(subject: str) -> int:
        return int(client.post(f"/p/{own_place.slug}/correct/{quote(subject)}", form).status_code)

    assert answer(next(row["supplier_key"] for row in known if row["anchor"] == own and not row["is_masked"])) == 302
    assert answer(next(row["supplier_key"] for row in known if row["anchor"] == other)) == 404
    assert answer(next(row["supplier_key"] for row in known if row["is_masked"])) == 404
    assert answer("SE-ON:0000000000") == 404


def test_pages_ask_the_database_a_few_times(
    place: Any, signed_in: Callable[..., Client], django_assert_max_num_queries: Any
) -> None:
    client, shared = signed_in(place, "analyst", anchors=anchors(place)), linked(place)
    key = rows(place, "SELECT supplier_key FROM links WHERE org_id = ? ORDER BY 1", shared["org_id"])[0]["supplier_key"]
    for path in ("suppliers/", f"suppliers/{key}", "organisations/?text=ab", f"organisations/{shared['org_id']}"):
        client.get(f"/p/{place.slug}/{path}")
        with django_assert_max_num_queries(9):
            assert client.get(f"/p/{place.slug}/{path}").status_code == 200


def test_years_that_begin_in_april_are_named_by_both_calendar_years_and_asked_for_by_the_first(
    place: Any, signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    own = anchors(place)[:1]
    client, opened = signed_in(place, "analyst", anchors=own), held.current(place.project, frozenset(own))
    assert opened
    with opened.engine() as engine:
        paid = engine.rows("SELECT year, supplier_key, org_id FROM spend WHERE state = 'linked' ORDER BY 1 LIMIT 1")[0]
    year, name = paid["year"], f"{paid['year']}/{paid['year'] % 100 + 1}"
    paths = [
        "money/?scope=own",
        f"money/?scope=own&year={year}",
        "procurement/gaps/?scope=own",
        f"suppliers/{paid['supplier_key']}",
    ]
    paths.append(f"organisations/{paid['org_id']}")

    def without() -> list[str]:
        return [path for path in paths if name not in client.get(f"/p/{place.slug}/{path}").content.decode()]

    assert without() == paths
    opened.forget(opened.answers)
    monkeypatch.setitem(opened.manifest["settings"], "year_starts", 4)
    assert without() == []
    assert f"Year: {name}" in client.get(f"/p/{place.slug}/{paths[1]}").content.decode()
    opened.forget(opened.answers)
