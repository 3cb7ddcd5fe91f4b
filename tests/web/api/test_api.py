"""Who may ask the API for what, what it answers, and that its errors say what to do."""

import csv
import io
import json
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from typing import Any

import pyarrow.parquet
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bygd.web.api.v1 import often
from bygd.workbench import snapshot

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("api")]

Program = Callable[..., Client]


def at(place: Any, path: str) -> str:
    return f"/api/v1/places/{place.slug}/{path}"


def whole(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


# Path, and who may read it: figures of the pool are for all, rows for members of the anchor, cases for who reviews.
READ = {
    "": {"reader", "analyst", "buyer", "facilitator", "administrator", "member"},
    "figures": {"reader", "analyst", "buyer", "facilitator", "administrator", "member"},
    "snapshots": {"reader", "analyst", "buyer", "facilitator", "administrator", "member"},
    "jobs": {"reader", "analyst", "buyer", "facilitator", "administrator", "member"},
    "imports": {"reader", "analyst", "buyer", "facilitator", "administrator", "member"},
    "figures?scope=own": {"member"},
    "spend": {"member"},
    "suppliers": {"member"},
    "payments": {"member"},
    "decisions": {"member"},
    "cases": {"analyst"},
}
WHO = ("reader", "analyst", "buyer", "facilitator", "administrator", "member")


@pytest.mark.parametrize("who", WHO)
def test_reading_is_by_the_rights_of_the_person(place: Any, program: Program, anchors: list[str], who: str) -> None:
    asking = program(place, anchors=anchors[:1]) if who == "member" else program(place, who)
    for path, allowed in READ.items():
        answer = asking.get(at(place, path).rstrip("/"))
        assert answer.status_code == (200 if who in allowed else 403), (who, path)
        assert not answer.cookies


@pytest.mark.parametrize("path", list(READ))
def test_strangers_and_programs_without_a_token_get_nothing(place: Any, program: Program, path: str) -> None:
    address = at(place, path).rstrip("/")
    answer = Client(SERVER_NAME="localhost").get(address)
    assert answer.status_code == 401 and answer["WWW-Authenticate"].startswith("Bearer")
    assert answer["Content-Type"] == "application/problem+json"
    assert program().get(address).status_code == 404
    assert program().get(address.replace(place.slug, "nowhere")).status_code == 404


def test_a_session_is_no_token(place: Any, signed_in: Callable[..., Client]) -> None:
    assert signed_in(place, "reader").get(at(place, "figures")).status_code == 401


def test_a_token_does_no_more_than_its_scopes(own_place: Any, program: Program) -> None:
    asking = program(own_place, "analyst", scopes=["decide"])
    assert asking.get(at(own_place, "figures")).status_code == 403
    assert asking.get("/api/v1/places").status_code == 403
    reading = program(own_place, "analyst", scopes=["read"])
    assert reading.get("/api/v1/places").json()[0]["roles"] == ["analyst"]
    assert reading.post(at(own_place, "builds")).status_code == 403


def test_a_token_ends(place: Any, somebody: Callable[..., Any], token: Callable[..., str]) -> None:
    secret = token(somebody(place, "reader"), lasts=timedelta(seconds=-1))
    client = Client(SERVER_NAME="localhost", HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert client.get("/api/v1/places").status_code == 401


def test_nobody_sees_rows_of_another_anchor(place: Any, program: Program, anchors: list[str]) -> None:
    asking = program(place, "analyst", anchors=anchors[:1])
    for path in ("suppliers", "payments", "spend?by=anchor", "cases", "figures?scope=own"):
        rows = asking.get(at(place, path)).json()["rows"]
        told = {name for row in rows for name in row.get("anchors", [row.get("anchor")]) if name}
        assert rows and told <= {anchors[0]}, path
    for path in ("suppliers", "payments", "spend"):
        answer = asking.get(at(place, path), {"anchor": anchors[1]})
        assert answer.status_code == 403 and anchors[1] in answer.json()["detail"]
    with snapshot.current(place.project).engine() as engine:
        other = engine.rows("SELECT MIN(supplier_key) AS key FROM suppliers WHERE anchor = ?", anchors[1])[0]["key"]
    assert asking.get(at(place, f"suppliers/{other}")).status_code == 404
    said = {"supplier_key": other, "judgement": "absent"}
    assert asking.post(at(place, "decisions"), said, content_type="application/json").status_code == 404


def test_the_pool_withholds_what_would_give_a_supplier_away(place: Any, program: Program) -> None:
    rows = program(place, "reader").get(at(place, "figures")).json()["rows"]
    assert {row["anchor"] for row in rows} == {None}
    assert any(row["withheld"] for row in rows)
    assert all(row["value"] is None for row in rows if row["withheld"])


def test_payments_page_by_page_are_all_payments(place: Any, program: Program, anchors: list[str]) -> None:
    asking = program(place, anchors=anchors)
    seen, after = [], ""
    while True:
        answer = asking.get(at(place, "payments"), {"limit": 1000, "after": after}).json()
        seen += [(row["file_key"], row["row_number"]) for row in answer["rows"]]
        after = answer["next"]
        if after is None:
            break
    with snapshot.current(place.project).engine() as engine:
        count = engine.rows("SELECT COUNT(*) AS n FROM payments")[0]["n"]
    assert len(seen) == len(set(seen)) == count


def test_payments_are_filtered_by_several_values(place: Any, program: Program, anchors: list[str]) -> None:
    asking = program(place, anchors=anchors[:2])

    def count(query: str) -> int:
        total, after = 0, ""
        while True:
            told = asking.get(at(place, f"payments?limit=1000&{query}&after={after}")).json()
            total, after = total + len(told["rows"]), told["next"]
            if not after:
                return total

    everything = count("")
    assert count("year=2023&year=2024&year=2025") == everything > count("year=2023&year=2024") > count("year=2023") > 0
    assert count(f"anchor={anchors[0]}&anchor={anchors[1]}") == everything > count(f"anchor={anchors[0]}") > 0
    assert asking.get(at(place, "payments"), {"anchor": anchors[:2] + anchors[2:3]}).status_code == 403
    some = asking.get(at(place, "payments?limit=1&category=Livsmedel")).json()["rows"]
    assert [row["category"] for row in some] == ["Livsmedel"]


def test_figures_of_an_older_snapshot_are_had_by_the_same_rights(
    own_place: Any, program: Program, anchors: list[str]
) -> None:
    import shutil

    current = snapshot.current(own_place.project)
    shutil.copytree(current.folder, current.folder.with_name("older"))
    asking, member = program(own_place, "reader"), program(own_place, anchors=anchors[:1])
    assert asking.get(at(own_place, "figures?snapshot=older")).json()["snapshot"] == "older"
    assert asking.get(at(own_place, "figures")).json()["snapshot"] == current.id
    for path in ("figures?scope=own&snapshot=older", "spend?snapshot=older", "payments?snapshot=older"):
        assert asking.get(at(own_place, path)).status_code == 403
        rows = member.get(at(own_place, path)).json()["rows"]
        assert rows and {row.get("anchor") for row in rows} <= {anchors[0], None}
    missing = asking.get(at(own_place, "figures?snapshot=nothing"))
    assert missing.status_code == 404 and "nothing" in missing.json()["detail"]
    assert asking.get(at(own_place, "figures?snapshot=..")).status_code == 422


def test_an_older_snapshot_that_this_version_cannot_read_is_gone(
    own_place: Any, program: Program, anchors: list[str]
) -> None:
    import shutil

    current = snapshot.current(own_place.project)
    folder = shutil.copytree(current.folder, current.folder.with_name("older"))
    for name in ("spend", "payees", "payments"):
        (folder / f"{name}.parquet").unlink()
    asking = program(own_place, "analyst", anchors=anchors)
    for path in ("figures", "figures?scope=own", "spend?by=year", "payments", "payments?format=csv"):
        told = asking.get(at(own_place, f"{path}{'&' if '?' in path else '?'}snapshot=older"))
        assert (told.status_code, told["Content-Type"]) == (410, "application/problem+json"), path
        assert "Build anew" in told.json()["detail"]
        now = asking.get(at(own_place, path))
        assert now.status_code == 200 and whole(now)
    swedish = asking.get(at(own_place, "figures?snapshot=older"), headers={"accept-language": "sv"})
    assert swedish.json()["detail"] != told.json()["detail"]


def test_tables_as_csv_and_parquet(place: Any, program: Program, anchors: list[str]) -> None:
    asking = program(place, "analyst", anchors=anchors)
    for path in ("payments", "suppliers", "spend?by=year", "figures", "cases", "decisions"):
        mark = "&" if "?" in path else "?"
        told = asking.get(at(place, f"{path}{mark}format=csv"))
        assert told["Content-Type"] == "text/csv" and "attachment" in told["Content-Disposition"]
        listed = list(csv.DictReader(io.StringIO(whole(told).decode())))
        packed = asking.get(at(place, path), headers={"accept": "application/vnd.apache.parquet"})
        table = pyarrow.parquet.read_table(io.BytesIO(whole(packed)))
        assert table.num_rows == len(listed) > 0, path
        assert list(listed[0]) == table.column_names


def test_what_is_known_is_not_sent_again(place: Any, program: Program) -> None:
    asking = program(place, "reader")
    first = asking.get(at(place, "figures"))
    again = asking.get(at(place, "figures"), headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304 and not again.content
    other = asking.get(at(place, "figures?format=csv"))
    assert first["ETag"] != other["ETag"] and whole(other)


@pytest.mark.parametrize(
    ("method", "path", "sent", "status", "told"),
    [
        ("get", "spend?by=colour", {}, 422, ""),
        ("get", "spend?colour=red", {}, 422, "colour"),
        ("get", "suppliers?limit=1001", {}, 422, ""),
        ("get", "payments?after=nonsense", {}, 404, "after"),
        ("put", "figures", {}, 405, ""),
        ("get", "nothing/at/all", {}, 404, "/api/v1/docs"),
        ("post", "decisions", {"data": "a=1", "content_type": "text/plain"}, 415, "application/json"),
        ("post", "decisions", {"data": "{", "content_type": "application/json"}, 400, "JSON"),
        ("post", "decisions", {"data": {"supplier_key": "x"}, "content_type": "application/json"}, 422, ""),
        ("delete", "jobs/1", {}, 404, ""),
    ],
)
def test_errors_say_what_is_wrong(
    place: Any,
    program: Program,
    anchors: list[str],
    method: str,
    path: str,
    sent: dict[str, Any],
    status: int,
    told: str,
) -> None:
    answer = getattr(program(place, "analyst", anchors=anchors), method)(at(place, path), **sent)
    assert answer.status_code == status and answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status and told in problem["detail"] and problem["title"]


def test_who_asks_too_often_waits(place: Any, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(often, "most", 3)
    monkeypatch.setattr("time.time", lambda: 1_900_000_000.0)  # no minute ends meanwhile
    asking, other = program(place, "reader"), program(place, "reader")
    assert [asking.get("/api/v1/places").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert asking.get("/api/v1/places")["Retry-After"].isdigit()
    assert other.get("/api/v1/places").status_code == 200


def test_a_decision_is_one_of_the_project(own_place: Any, program: Program, anchors: list[str]) -> None:
    asking = program(own_place, "analyst", anchors=anchors[:1])
    case = asking.get(at(own_place, "cases")).json()["rows"][0]
    key = case["suppliers"][0]
    options = asking.get(at(own_place, f"suppliers/{key}")).json()["candidates"]
    said = {"supplier_key": key, "judgement": "same", "org_id": options[0]["org_id"], "note": "by telephone"}
    answer = asking.post(at(own_place, "decisions"), said, content_type="application/json")
    assert answer.status_code == 201 and answer.json()["proposed_id"] == options[0]["org_id"]
    listed = asking.get(at(own_place, "decisions"), {"supplier_key": key}).json()["rows"]
    assert listed[-1]["note"] == "by telephone"
    assert "by telephone" in (own_place.project.decisions / "link_decisions.csv").read_text()
    for wrong, status in (({"org_id": "SE-0:nothing"}, 404), ({"org_id": None}, 409), ({"judgement": "perhaps"}, 422)):
        answer = asking.post(at(own_place, "decisions"), said | wrong, content_type="application/json")
        assert answer.status_code == status, wrong
    assert (
        program(own_place, anchors=anchors)
        .post(at(own_place, "decisions"), said, content_type="application/json")
        .status_code
        == 403
    )


def test_builds_are_asked_for_and_stopped(own_place: Any, program: Program) -> None:
    asking = program(own_place, "analyst")
    job = asking.post(at(own_place, "builds"))
    assert job.status_code == 202 and job.json()["state"] == "queued"
    assert asking.post(at(own_place, "builds")).json()["id"] == job.json()["id"]
    address = at(own_place, f"jobs/{job.json()['id']}")
    assert program(own_place, "reader").delete(address).status_code == 403
    assert asking.delete(address).json()["state"] == "cancelled"
    assert program(own_place, "reader").post(at(own_place, "builds")).status_code == 403


def test_files_are_brought_by_members_of_their_anchor(
    own_place: Any, program: Program, anchors: list[str], settings: Any, tmp_path: Any
) -> None:
    settings.UPLOADS = tmp_path / "uploads"

    def bring(asking: Client, anchor: str) -> Any:
        return asking.post(
            at(own_place, "imports"),
            {"kind": "ledger", "anchor": anchor, "file": SimpleUploadedFile("ledger.csv", b"a;b\n1;2\n")},
        )

    member = program(own_place, anchors=anchors[:1])
    brought = bring(member, anchors[0])
    assert brought.status_code == 201 and brought.json()["state"] == "arrived"
    assert bring(member, anchors[1]).status_code == 403
    assert bring(program(own_place, "analyst"), anchors[0]).status_code == 403
    number = brought.json()["id"]
    assert member.post(at(own_place, f"imports/{number}/commit")).status_code == 409
    assert program(own_place, "reader").get(at(own_place, f"imports/{number}")).status_code == 404
    assert member.delete(at(own_place, f"imports/{number}")).json()["state"] == "left"


def test_what_is_published_needs_no_token(own_place: Any) -> None:
    from bygd.web.places.published import publish

    asking = Client(SERVER_NAME="localhost")
    assert asking.get("/api/v1/published").json() == []
    assert asking.get(f"/api/v1/published/{own_place.slug}").status_code == 404
    publish(own_place, snapshot.current(own_place.project).id)
    assert asking.get("/api/v1/published").json()[0]["slug"] == own_place.slug
    assert asking.get(f"/api/v1/published/{own_place.slug}").json()["audience"] == "public"
    assert asking.get(f"/api/v1/published/{own_place.slug}/datapackage").json()["resources"]


def test_the_description_and_its_page() -> None:
    asking = Client(SERVER_NAME="localhost")
    told = json.loads(asking.get("/api/v1/openapi.json").content)
    assert told["openapi"].startswith("3.1")
    page = asking.get("/api/v1/docs?lang=sv")
    text = page.content.decode()
    assert '<html lang="sv">' in text and "<script" not in text and "style=" not in text
    for path in told["paths"]:
        assert path in text


def test_every_dimension_of_spend_can_be_asked_for() -> None:
    from typing import get_args

    from bygd.tools import spend
    from bygd.vocabulary.words import Ring
    from bygd.web.api.money import Dimension, Within

    assert set(get_args(Dimension)) == set(spend.DIMENSIONS)
    assert set(get_args(Within)) == {ring.value for ring in Ring} - {"unknown"}


def test_no_cell_of_csv_is_a_formula() -> None:
    import pyarrow as pa

    from bygd.web.api.answers import Format, file

    texts = ["=1+1", "@x", "-7", "-7+1", "\u00a0+1", "AB Plus + Minus", None, "=å"]
    batch = pa.RecordBatch.from_pylist([{"name": text, "amount": -5.0} for text in texts])
    with closing(file([batch], batch.schema, Format.CSV, "x")) as answer:
        told = whole(answer).decode()
    names = [row["name"] for row in csv.DictReader(io.StringIO(told))]
    assert names == ["'=1+1", "'@x", "-7", "'-7+1", "'\u00a0+1", "AB Plus + Minus", "", "'=å"]
    assert "'-5" not in told and "-5" in told
    with closing(file([batch], batch.schema, Format.PARQUET, "x")) as answer:
        packed = pyarrow.parquet.read_table(io.BytesIO(whole(answer)))
    assert packed["name"].to_pylist() == texts
