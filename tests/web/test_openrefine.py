"""The requests that OpenRefine and the community's test bench send, as their code writes them.

Read in the public sources of several versions of OpenRefine (StandardReconConfig, GuessTypesOfColumnCommand,
ReconciledDataExtensionJob, recon-manager.js, suggest-4_3a.js, extend-data-preview-dialog.js) and of the test bench.
"""

import json
from typing import Any
from urllib.parse import quote

import pytest
from tests.lib.reconciliation_schemas import valid
from tests.lib.small_register import EK_SOUTH, PIPES, ROWS, SOLEN, org_id

ENDPOINT, DRAFT = "/reconcile", "/reconcile/1.0-draft"


def manifest(client: Any) -> Any:
    return client.get(ENDPOINT, headers={"Accept": "application/json, text/javascript, */*; q=0.01"}).json()


def path(address: str) -> str:
    return address.removeprefix("http://localhost")


def test_adding_the_service_by_script_when_nothing_else_works(client: Any) -> None:
    text = client.get(f"{ENDPOINT}?callback=jQuery351_16&_=1700000000000").content.decode()
    assert valid("0.2", "manifest", json.loads(text[text.index("(") + 1 : -2]))


def test_guessing_the_type_of_a_column(client: Any) -> None:
    names = [row["name"] for row in ROWS.values()][:10]
    queries = {f"q{place}": {"query": name, "limit": 3} for place, name in enumerate(names)}
    answer = client.post(ENDPOINT, {"queries": json.dumps(queries)}).json()
    counts: dict[str, int] = {}
    for result in answer.values():
        for candidate in result["result"]:
            for type in candidate["type"]:
                counts[type["id"]] = counts.get(type["id"], 0) + 1
    assert max(counts, key=lambda type: counts[type]) == "organisation", "else a type would leave organisations out"


def test_reconciling_a_column_with_a_type_and_other_columns(client: Any) -> None:
    queries = (
        '{"q0":{"query":"Ek Konsult AB","type":"organisation","type_strict":"should","properties":'
        '[{"pid":"place","v":"20100"},{"pid":"town","v":{"id":"x","name":"Söderby"}}]},'
        '"q1":{"query":"byggd rörläggeri ab","type":"organisation","type_strict":"should","limit":2},'
        '"q2":{"query":"5"}}'
    )
    answer = valid("0.2", "results", client.post(ENDPOINT, {"queries": queries}).json())
    assert answer["q0"]["result"][0]["id"] == org_id(EK_SOUTH)
    assert answer["q1"]["result"][0]["id"] == org_id(PIPES)


@pytest.mark.parametrize("callback", ["", "&callback=jQuery1_2"])
def test_searching_for_a_match_by_hand(client: Any, callback: str) -> None:
    service = manifest(client)["suggest"]["entity"]
    found = client.get(path(service["service_url"] + service["service_path"]) + f"?prefix=kooperativet{callback}")
    text = found.content.decode()
    answer = json.loads(text[text.index("(") + 1 : -2] if callback else text)
    assert answer["result"][0]["id"] == org_id(SOLEN)
    flyout = service["flyout_service_url"] + service["flyout_service_path"].replace("${id}", quote(org_id(SOLEN)))
    assert "Kooperativet Solen" in client.get(path(flyout)).json()["html"]


def test_choosing_a_property_for_a_column(client: Any) -> None:
    service = manifest(client)["suggest"]["property"]
    asked = (
        path(service["service_url"] + service["service_path"]) + "?prefix=post&schema=organisation&type=organisation"
    )
    assert client.get(asked).json()["result"][0]["id"] == "postcode"


def test_looking_at_a_candidate(client: Any) -> None:
    preview = manifest(client)["preview"]
    response = client.get(path(preview["url"].replace("{{id}}", quote(org_id(PIPES), safe=""))))
    assert response.status_code == 200 and "X-Frame-Options" not in response and preview["width"] > 0


def test_adding_columns_from_what_was_found(client: Any) -> None:
    extend = manifest(client)["extend"]
    service = extend["propose_properties"]
    asked = path(service["service_url"] + service["service_path"]) + "?type=organisation"
    proposed = valid("0.2", "proposal", client.get(asked).json())["properties"]
    text = client.get(f"{asked}&callback=jQuery9_1").content.decode()
    assert json.loads(text[text.index("(") + 1 : -2])["properties"] == proposed
    # Its form gives every setting as text, as the fields of HTML forms do.
    settings = {setting["name"]: str(setting["default"]) for setting in extend["property_settings"]}
    query = {
        "ids": [org_id(PIPES), org_id(SOLEN)],
        "properties": [{"id": one["id"], "settings": settings} for one in proposed],
    }
    answer = valid("0.2", "extension", client.post(ENDPOINT, {"extend": json.dumps(query)}).json())
    assert [one["id"] for one in answer["meta"]] == [one["id"] for one in proposed]
    for id in query["ids"]:
        for one in proposed:
            values = answer["rows"][id][one["id"]]
            assert all(len(value) == 1 or set(value) == {"id", "name"} for value in values)


def test_the_test_benchs_requests_of_version_0_2(client: Any) -> None:
    query = {
        "query": "Byggd Rörläggeri AB",
        "type": "form:49",
        "properties": [{"pid": "town", "v": "Byggeby"}],
        "limit": 3,
    }
    queries = json.dumps({"q0": query})
    posted = client.post(ENDPOINT, {"queries": queries}).json()
    assert posted["q0"]["result"][0]["id"] == org_id(PIPES)
    assert client.get(ENDPOINT, {"queries": queries}).json() == posted
    extend = json.dumps({"ids": [org_id(PIPES)], "properties": [{"id": "town"}]})
    assert client.get(ENDPOINT, {"extend": extend}).json()["rows"][org_id(PIPES)]["town"] == [{"str": "Byggeby"}]


def test_the_test_benchs_requests_of_the_draft(client: Any) -> None:
    towns = {"propertyId": "town", "propertyValue": ["Byggeby", "Nyby"]}
    town = {"matchType": "property", **towns, "required": False, "matchQuantifier": "any"}
    name = {"matchType": "name", "propertyValue": "Byggd Rörläggeri AB"}
    body = json.dumps({"queries": [{"type": "form:49", "limit": 3, "conditions": [name, town]}]})
    headers = {"Accept-Language": "sv", "Origin": "https://reconciliation-api.github.io"}
    posted = client.post(f"{DRAFT}/match", body, content_type="application/json", headers=headers)
    answer = valid("1.0-draft", "results", posted.json())
    assert answer["results"][0]["candidates"][0]["id"] == org_id(PIPES)
    assert client.get(f"{DRAFT}/match", {"queries": body}).status_code == 200
    for kind in ("entity", "property", "type"):
        assert client.get(f"{DRAFT}/suggest/{kind}", {"prefix": "o"}).json()["result"] is not None
    # Its page for data still asks as 0.2 does, at the draft's endpoint.
    extend = json.dumps({"ids": [org_id(PIPES)], "properties": [{"id": "town"}]})
    assert client.get(DRAFT, {"extend": extend}).json()["rows"][org_id(PIPES)]["town"] == [{"str": "Byggeby"}]
