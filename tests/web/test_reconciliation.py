"""The protocol over HTTP: methods, forms and JSON, other sites, errors, limits, pages."""

import json
import re
from typing import Any

import pytest
from tests.lib.reconciliation_schemas import valid
from tests.lib.small_register import MARKUP, PERSON, PIPES, ROWS, org_id

from bygd.workbench.reconciliation import limits

OLD, NEW = "/reconcile", "/reconcile/1.0-draft"
PATHS = [OLD, f"{OLD}/", f"{OLD}/suggest/entity", f"{OLD}/flyout/property?id=place", f"{OLD}/properties",
         f"{OLD}/preview?id={org_id(PIPES)}", f"{OLD}/view?id={org_id(PIPES)}", f"{OLD}/style.css", NEW, f"{NEW}/",
         f"{NEW}/suggest/type", f"{NEW}/preview?id={org_id(PIPES)}", f"{NEW}/extend/propose?type=organisation",
         "/"]  # fmt: skip


def good(response: Any) -> Any:
    assert response.status_code == 200, response.content
    assert response["Access-Control-Allow-Origin"] == "*"
    return response.json()


def bad(response: Any, status: int) -> str:
    assert response.status_code == status, response.content
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Content-Type"] == "application/problem+json"
    answer = valid("0.2", "problem", response.json())
    assert answer["status"] == status
    detail: str = answer["detail"]
    return detail


@pytest.mark.parametrize("path", PATHS)
def test_every_address_answers_to_other_sites(client: Any, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200 and response["Access-Control-Allow-Origin"] == "*"
    assert response["X-Content-Type-Options"] == "nosniff" and response["Content-Length"]
    assert client.head(path).status_code == 200
    before = client.options(path, headers={"Origin": "http://example.org", "Access-Control-Request-Method": "POST"})
    assert before.status_code == 204 and "Content-Type" in before["Access-Control-Allow-Headers"]
    assert "GET" in before["Access-Control-Allow-Methods"]


@pytest.mark.parametrize("path", [*PATHS, f"{NEW}/match", f"{NEW}/extend"])
@pytest.mark.parametrize("method", ["put", "delete", "patch", "trace"])
def test_other_methods_are_refused(client: Any, path: str, method: str) -> None:
    response = getattr(client, method)(path)
    assert "is not answered here" in bad(response, 405) and response["Allow"]


def test_manifests_name_addresses_as_the_client_sees_them(client: Any) -> None:
    old = valid("0.2", "manifest", good(client.get(OLD)))
    assert old["suggest"]["entity"]["service_url"] == "http://localhost/reconcile"
    other = good(client.get(OLD, SERVER_NAME="127.0.0.1", SERVER_PORT="8017"))
    assert other["preview"]["url"] == "http://127.0.0.1:8017/reconcile/preview?id={{id}}"
    new = valid("1.0-draft", "manifest", good(client.get(NEW)))
    assert new["view"]["url"] == "http://localhost/reconcile/1.0-draft/view?id={id}"
    for manifest in (old, new):
        shown = re.sub(r"\{+id\}+", org_id(PIPES), manifest["view"]["url"]).removeprefix("http://localhost")
        assert "Byggd Rörläggeri AB" in client.get(shown).content.decode()


def test_an_address_for_others_stands_in_everything(client: Any) -> None:
    from django.test import override_settings

    address = "https://register.example.org"
    with override_settings(ADDRESS=address, ALLOWED_HOSTS=["register.example.org"]):
        old = valid("0.2", "manifest", good(client.get(OLD, SERVER_NAME="register.example.org")))
        assert old["extend"]["propose_properties"]["service_url"] == f"{address}/reconcile"
        page = client.get(f"{NEW}/preview?id={org_id(PIPES)}", SERVER_NAME="register.example.org").content.decode()
        assert f'href="{address}/reconcile/style.css"' in page


def test_a_name_of_another_host_is_refused(client: Any) -> None:
    assert client.get(OLD, SERVER_NAME="evil.example").status_code == 400


def test_manifests_and_pages_speak_the_language_asked_for(client: Any) -> None:
    for language, form in (("sv", "Juridisk form"), ("nl", "Rechtsvorm"), ("en", "Legal form")):
        response = client.get(f"{OLD}/properties", headers={"Accept-Language": language})
        assert response["Content-Language"] == language and "Accept-Language" in response["Vary"]
        assert form in [one["name"] for one in response.json()["properties"]]
    swedish = client.get(f"{OLD}/preview?id={org_id(PIPES)}", headers={"Accept-Language": "sv"}).content.decode()
    assert '<html lang="sv">' in swedish and "Juridisk form" in swedish and "Läst ur register." in swedish


@pytest.mark.parametrize("method", ["get", "post"])
def test_queries_come_as_a_form_or_in_the_address(client: Any, method: str) -> None:
    batch = json.dumps({"q0": {"query": "Byggd Rörläggeri AB"}, "q1": {"query": ""}})
    answer = valid("0.2", "results", good(getattr(client, method)(OLD, {"queries": batch})))
    assert answer["q0"]["result"][0]["id"] == org_id(PIPES) and answer["q1"]["result"] == []


def test_the_drafts_queries_come_as_json(client: Any) -> None:
    batch = {"queries": [{"conditions": [{"matchType": "name", "propertyValue": "Byggd Rörläggeri AB"}]}]}
    for route in ("match", "reconcile"):
        response = client.post(f"{NEW}/{route}", json.dumps(batch), content_type="application/json; charset=utf-8")
        answer = valid("1.0-draft", "results", good(response))
        assert answer["results"][0]["candidates"][0]["id"] == org_id(PIPES)
    assert good(client.get(f"{NEW}/match", {"queries": json.dumps(batch)})) == answer


def test_data_is_fetched_in_both_versions(client: Any) -> None:
    query = {"ids": [org_id(PIPES)], "properties": [{"id": "town"}]}
    old = valid("0.2", "extension", good(client.post(OLD, {"extend": json.dumps(query)})))
    assert old["rows"][org_id(PIPES)]["town"] == [{"str": "Byggeby"}]
    assert good(client.get(OLD, {"extend": json.dumps(query)})) == old
    new = good(client.post(f"{NEW}/extend", json.dumps(query), content_type="application/json"))
    assert valid("1.0-draft", "extension", new)["rows"][0]["properties"][0]["values"] == [{"str": "Byggeby"}]


def test_suggestions_come_a_page_at_a_time(client: Any) -> None:
    first = good(client.get(f"{OLD}/suggest/entity", {"prefix": "byggd", "limit": 1}))["result"]
    second = good(client.get(f"{OLD}/suggest/entity", {"prefix": "byggd", "limit": 1, "cursor": 1}))["result"]
    assert len(first) == len(second) == 1 and first != second
    assert good(client.get(f"{NEW}/suggest/entity", {"prefix": "byggd", "limit": 1, "offset": 1}))["result"] == second
    for odd in ("-1", "x", "1e9", "9" * 50, "٣"):
        good(client.get(f"{OLD}/suggest/entity", {"prefix": "byggd", "limit": odd}))


@pytest.mark.parametrize("kind", ["entity", "property", "type"])
def test_nobody_pages_through_suggestions_without_end(client: Any, kind: str) -> None:
    for odd in ("-1", "x", "1e9", "٣"):
        good(client.get(f"{OLD}/suggest/{kind}", {"prefix": "p", "cursor": odd}))
    assert good(client.get(f"{OLD}/suggest/{kind}", {"prefix": "XX:", "cursor": "10000"}))["result"] == []
    for far in ("10001", "999999999", "9" * 50, "9" * 5_000):
        assert "Type more" in bad(client.get(f"{OLD}/suggest/{kind}", {"prefix": "XX:", "cursor": far}), 400)
        assert "Type more" in bad(client.get(f"{NEW}/suggest/{kind}", {"prefix": "XX:", "offset": far}), 400)


def test_scripts_of_old_clients_get_their_function_called(client: Any) -> None:
    response = client.get(f"{OLD}/suggest/entity", {"prefix": "byggd", "callback": "jQuery34_5.x"})
    assert response["Content-Type"].startswith("application/javascript")
    body = response.content.decode()
    assert body.startswith("/**/jQuery34_5.x(") and json.loads(body[body.index("(") + 1 : -2])["result"]
    for callback in ("alert(1)//", "", "a b", "<script>", "x" * 129, "\u2028"):
        assert "callback" in bad(client.get(OLD, {"callback": callback}), 400)


@pytest.mark.parametrize(
    ("text", "status"),
    [("", 400), ("{", 400), ("[1, 2", 400), ("nul", 400), ("3", 400), ('"x"', 400), ("[]", 400), ("{}", 400),
     ("[" * 100_000, 400), ('{"q0":' * 50_000, 400), ("\ufeff{}", 400), ('{"q": ' + "9" * 5000 + "}", 400)],
    ids=lambda value: str(value)[:12],
)  # fmt: skip
def test_bad_json_is_told_in_json(client: Any, text: str, status: int) -> None:
    assert len(bad(client.post(OLD, {"queries": text}), status)) > 10
    bad(client.post(OLD, {"extend": text}), status) if text != "{}" else None
    for route in ("match", "extend") if text else ():  # the test's client sends no type with an empty body
        bad(client.post(f"{NEW}/{route}", text, content_type="application/json"), status)


def test_bytes_that_are_no_text_are_told(client: Any) -> None:
    bad(client.post(f"{NEW}/match", b"\xff\xfe\x00{", content_type="application/json"), 400)
    bad(client.post(OLD, b"queries=%ff%fe", content_type="application/x-www-form-urlencoded"), 400)
    bad(client.post(OLD, b"\xff", content_type="multipart/form-data; boundary=x"), 400)
    bad(client.post(OLD, b"{}", content_type="application/json"), 400)
    bad(client.generic("POST", OLD, b"x", content_type="text/plain; charset=nix"), 400)


def test_json_under_another_name_is_refused_with_advice(client: Any) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "text/json"):
        assert "application/json" in bad(client.post(f"{NEW}/match", '{"queries": []}', content_type=kind), 415)


def test_too_much_is_refused(client: Any) -> None:
    many = json.dumps({str(number): {"query": "x"} for number in range(limits.BATCH + 1)})
    assert str(limits.BATCH) in bad(client.post(OLD, {"queries": many}), 413)
    long = "x" * (limits.BODY + 10)
    assert "2 MiB" in bad(
        client.post(f"{NEW}/match", json.dumps({"queries": long}), content_type="application/json"), 413
    )
    assert "2 MiB" in bad(client.post(OLD, f"queries={long}", content_type="application/x-www-form-urlencoded"), 413)
    fields = "&".join(f"a{number}=1" for number in range(200))
    bad(client.post(OLD, fields, content_type="application/x-www-form-urlencoded"), 400)
    thousand = json.dumps({"ids": ["x"] * (limits.IDS + 1), "properties": []})
    bad(client.post(OLD, {"extend": thousand}), 413)


def test_one_long_name_does_not_spoil_the_batch(client: Any) -> None:
    batch = json.dumps({"long": {"query": "x" * 10_000}, "good": {"query": "Gamla Kvarnen"}})
    answer = valid("0.2", "results", good(client.post(OLD, {"queries": batch})))
    assert answer["long"]["result"] == [] and "1000" in answer["long"]["messages"][0]
    assert answer["good"]["result"]


@pytest.mark.parametrize(
    "path",
    [f"{OLD}/nix", f"{OLD}/suggest", f"{OLD}/suggest/person", f"{OLD}/flyout/entity?id=x", f"{NEW}/suggest/x",
     f"{OLD}/../etc/passwd", f"{OLD}/%00", f"{OLD}/1.0-draft/x/y"],
)  # fmt: skip
def test_what_is_not_there_is_told_in_json(client: Any, path: str) -> None:
    bad(client.get(path), 404)


@pytest.mark.parametrize("kind", ["preview", "view"])
@pytest.mark.parametrize("id", ["", "x", "SE-ON:0", "<script>", "a" * 5000, "%00"])
def test_pages_about_nobody_say_so(client: Any, kind: str, id: str) -> None:
    response = client.get(f"{OLD}/{kind}", {"id": id})
    text = response.content.decode()
    assert response.status_code == 404 and "No organisation has this identifier." in text and "<script>" not in text


@pytest.mark.parametrize("endpoint", [OLD, NEW])
@pytest.mark.parametrize("kind", ["preview", "view"])
def test_pages_are_escaped_and_may_stand_in_frames_but_run_nothing(client: Any, endpoint: str, kind: str) -> None:
    response = client.get(f"{endpoint}/{kind}", {"id": org_id(MARKUP)})
    text = response.content.decode()
    assert (
        "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;Bror&quot; AB" in text and "&lt;b&gt;Ort&lt;/b&gt;" in text
    )
    assert "<script" not in text and "style=" not in text and "X-Frame-Options" not in response
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors *" in policy and "unsafe" not in policy
    style = re.search(r'rel="stylesheet" href="http://localhost([^"]+)"', text)
    assert style and client.get(style[1])["Content-Type"].startswith("text/css")


def test_no_person_is_shown_anywhere(client: Any, served: Any) -> None:
    masked = served.rows("SELECT org_id, name FROM organisations WHERE is_masked")[0]
    asked = json.dumps({"q": {"query": masked["org_id"]}, "r": {"query": PERSON}, "s": {"query": "Anna Nilsson Städ"}})
    query = json.dumps({"ids": [masked["org_id"]], "properties": [{"id": "town"}, {"id": "org_number"}]})
    found = [
        client.post(OLD, {"queries": asked}),
        client.post(OLD, {"extend": query}),
        *(client.get(f"{OLD}/{kind}", {"id": masked["org_id"]}) for kind in ("preview", "view", "flyout/entity")),
        *(client.get(f"{OLD}/suggest/entity", {"prefix": text}) for text in ("Anna", PERSON, "p:", masked["name"])),
    ]
    for response in found:
        text = response.content.decode()
        assert "Anna" not in text and masked["name"] not in text and PERSON not in text


def test_a_fault_of_ours_is_told_without_details(client: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    from bygd.workbench import reconciliation

    def broken(*_: object) -> None:
        raise RuntimeError("sec" + "ret detail")

    monkeypatch.setattr(reconciliation, "reconcile", broken)
    detail = bad(client.post(OLD, {"queries": '{"q": {"query": "Anna"}}'}), 500)
    assert "secret" not in detail and "RuntimeError" not in detail
    written = caplog.text
    assert "RuntimeError" in written and "broken" in written and "secret" not in written and "Anna" not in written


def test_the_front_page_says_how_to_use_it(client: Any) -> None:
    text = client.get("/", headers={"Accept-Language": "nl"}).content.decode()
    assert "http://localhost/reconcile</code>" in text and f"{len(ROWS)} organisaties" in text
