"""Figures of an older snapshot: marked, kept in the address, by the same rights, and told when they cannot be read."""

import json
import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.test import Client

from bygd.vocabulary import tables
from bygd.vocabulary.words import Site
from bygd.web.decisions import together
from bygd.workbench import build, placing, snapshot
from bygd.workbench.whereabouts import Where

pytestmark = [pytest.mark.django_db, pytest.mark.asks_who]
SignedIn = Callable[..., Client]
OLD = "0123456789ab"
MARK = "This is an older snapshot"
TABS = ("overview", "leaves")
FILES = (
    "report.html",
    "report.xlsx",
    "picture/headline/definitions.svg",
    "picture/headline/definitions.png",
    "table/headline/0.csv",
    "table/headline/0.xlsx",
)


def anchors(place: Any) -> list[str]:
    return list(dict.fromkeys(entry.source for entry in place.project.ledgers))


@pytest.fixture
def aged(own_place: Any) -> Any:
    """The place with its snapshot, and the same as an older one."""
    current = snapshot.current(own_place.project)
    folder = current.folder.with_name(OLD)
    shutil.copytree(current.folder, folder)
    manifest = {**current.manifest, "snapshot": OLD, "built_at": "2025-02-03T04:05:06+00:00"}
    (folder / snapshot.MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    return own_place


def at(place: Any, path: str = "") -> str:
    return f"/p/{place.slug}/money/{path}"


@pytest.mark.parametrize("tab", TABS)
def test_every_page_says_that_it_is_old_and_leads_on_within_it(aged: Any, signed_in: SignedIn, tab: str) -> None:
    reader, member = signed_in(aged, "reader"), signed_in(aged, "analyst", anchors=anchors(aged))
    assert MARK not in reader.get(at(aged, tab)).content.decode()
    for who, query in ((reader, ""), (member, "&scope=own&year=2024")):
        answer = who.get(at(aged, f"{tab}?snapshot={OLD}{query}"))
        text = unescape(answer.content.decode()).partition("<main")[2].partition("</main>")[0]
        assert answer.status_code == 200 and MARK in text and "3 February 2025" in text
        assert f'<input type="hidden" name="snapshot" value="{OLD}">' in text
        led = [link for link in re.findall(r'(?:href|src)="([^"]*/money/[^"]+)"', text) if "/embed/" not in link]
        away = [link for link in led if f"snapshot={OLD}" not in link]
        assert len(led) > 8 and len(away) == 1, "all but the one that leads to those in use"
        assert MARK not in who.get(away[0]).content.decode()
        assert "<iframe" not in text


@pytest.mark.parametrize("path", FILES)
def test_its_files_are_had_and_the_report_is_named_after_it(aged: Any, signed_in: SignedIn, path: str) -> None:
    answer = signed_in(aged, "reader").get(at(aged, f"{path}?snapshot={OLD}"))
    assert answer.status_code == 200
    if path.startswith("report"):
        assert f"report-{OLD}." in answer["Content-Disposition"]
    if path.endswith(("html", "svg")):
        assert OLD in answer.content.decode() or path.endswith("svg")


@pytest.mark.asks_who(more="the log")
def test_rights_are_the_same_as_in_the_one_in_use(aged: Any, signed_in: SignedIn) -> None:
    own, other, *_ = anchors(aged)
    for path in ("?scope=own&", "rows?", "rows.csv?", "report.html?scope=own&"):
        for role in ("reader", "analyst", "administrator"):
            assert signed_in(aged, role).get(at(aged, f"{path}snapshot={OLD}")).status_code == 403, (path, role)
        assert Client(SERVER_NAME="localhost").get(at(aged, f"{path}snapshot={OLD}")).status_code == 302
        assert signed_in().get(at(aged, f"{path}snapshot={OLD}")).status_code == 404
    member = signed_in(aged, anchors=[own])
    page = member.get(at(aged, f"rows?snapshot={OLD}")).content.decode()
    assert MARK in page and f"<td>{own}</td>" in page and f"<td>{other}</td>" not in page
    rows = b"".join(member.get(at(aged, f"rows.csv?snapshot={OLD}")).streaming_content).decode("utf-8-sig")
    assert own in rows and other not in rows


@pytest.mark.parametrize("name", ["nothing", "..", "../..", "%00", ".hidden", "a/b", "x" * 200, "é"])
def test_what_is_no_snapshot_is_not_there(aged: Any, signed_in: SignedIn, name: str) -> None:
    member = signed_in(aged, anchors=anchors(aged))
    for path in ("", "overview", "rows", "rows.csv", "report.html", "picture/headline/definitions.svg"):
        assert member.get(at(aged, f"{path}?snapshot={name}")).status_code == 404, path


def test_one_that_this_version_cannot_read_is_said_so(aged: Any, signed_in: SignedIn) -> None:
    folder = snapshot.current(aged.project).folder.with_name(OLD)
    for path in [*folder.glob("spend*.parquet"), folder / "payees.parquet"]:
        path.unlink()
    member = signed_in(aged, "analyst", anchors=anchors(aged))
    for path in ("", "owners", "?scope=own", "rows"):
        answer = member.get(at(aged, path), {"snapshot": OLD, **({"scope": "own"} if "own" in path else {})})
        assert answer.status_code == 200 and "cannot tell its figures any more" in answer.content.decode(), path
    for path in ("report.html", "rows.csv", "picture/headline/definitions.svg"):
        assert member.get(at(aged, f"{path}?snapshot={OLD}")).status_code == 404, path


@pytest.mark.asks_who(more="decisions, jobs")
@pytest.mark.slow
def test_an_older_one_keeps_its_figures_when_another_is_built(own_place: Any, signed_in: SignedIn) -> None:
    """A decision moves a large supplier abroad: the share of the new snapshot differs, that of the old one does not."""
    project, reader = own_place.project, signed_in(own_place, "reader")

    def lead(query: str = "") -> str:
        found = re.search(r'<p class="lead">(.*?)</p>', unescape(reader.get(at(own_place, query)).content.decode()))
        assert found
        return found[1]

    before, first = lead(), snapshot.current(project)
    with first.engine() as engine:
        largest = engine.rows(
            """SELECT org_id FROM spend WHERE is_procurement AND seat_ring = 'municipality' AND org_id IS NOT NULL
               GROUP BY org_id ORDER BY SUM(amount) DESC LIMIT 1"""
        )[0]["org_id"]
    row = placing.made(largest, Site.SEAT, Where("dk", None, ""), "a test", "Åsa", None)
    together.add(own_place, tables.seat_decisions, [row])
    build.build(project)
    assert snapshot.current(project).id != first.id
    assert lead() != before and lead(f"?snapshot={first.id}") == before
    listed = reader.get(f"/p/{own_place.slug}/snapshots/{first.id}/").content.decode()
    assert f"?snapshot={first.id}" in listed and "Open its figures" in listed
    assert "1 more decision" in reader.get(f"/p/{own_place.slug}/snapshots/").content.decode()


def test_files_of_the_old_one_stay_where_they_are(aged: Any, signed_in: SignedIn) -> None:
    """Looking at an older one changes neither it nor which one is in use."""
    folder = snapshot.current(aged.project).folder.with_name(OLD)

    def seen() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in folder.iterdir()}

    before, current = seen(), snapshot.current(aged.project).id
    signed_in(aged, "reader").get(at(aged, f"?snapshot={OLD}"))
    assert seen() == before and snapshot.current(aged.project).id == current


@pytest.mark.asks_who(more="jobs")
@pytest.mark.parametrize("path", ["", "money/overview", "suppliers/", "procurement/gaps/", "review/"])
def test_figures_of_an_earlier_version_are_said_to_need_a_build(own_place: Any, signed_in: SignedIn, path: str) -> None:
    client = signed_in(own_place, "analyst", anchors=anchors(own_place))
    file = snapshot.current(own_place.project).folder / "offices.parquet"
    offices = pq.read_table(file)
    file.unlink()  # it is a link to the store's
    pq.write_table(offices.drop_columns(offices.column_names[-1]), file)
    answer = client.get(f"/p/{own_place.slug}/{path}")
    assert answer.status_code == 409 and "The figures must be built anew" in answer.content.decode()
    builds = f"/p/{own_place.slug}/builds/"
    assert builds in answer.content.decode() and client.get(builds).status_code == 200
