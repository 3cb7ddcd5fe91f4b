"""Batches are read as the protocol writes them, whatever clients put into them."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bygd.workbench.reconciliation import RequestError, limits
from bygd.workbench.reconciliation.queries import Condition, Query, read_batch, read_draft_batch

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
LIKELY = st.fixed_dictionaries(
    {},
    optional={
        "query": JSON,
        "limit": JSON,
        "type": JSON,
        "properties": JSON | st.lists(st.fixed_dictionaries({"pid": JSON, "v": JSON}), max_size=3),
        "conditions": JSON
        | st.lists(
            st.fixed_dictionaries({"matchType": st.sampled_from(["name", "property", "x"]), "propertyValue": JSON}),
            max_size=3,
        ),
    },
)


def one(query: Any) -> Query:
    return read_batch({"q0": query})["q0"]


def test_both_versions_come_to_the_same() -> None:
    old = one({"query": "Alfa", "type": "organisation", "limit": 3, "properties": [{"pid": "town", "v": ["A", "B"]}]})
    name = {"matchType": "name", "propertyValue": "Alfa"}
    town = {"matchType": "property", "propertyId": "town", "propertyValue": ["A", "B"]}
    assert read_draft_batch({"queries": [{"type": "organisation", "limit": 3, "conditions": [name, town]}]}) == [old]
    before = [{"matchType": "name", "v": "Alfa"}, {"matchType": "property", "pid": "town", "v": ["A", "B"]}]
    assert read_draft_batch({"queries": [{"type": "organisation", "limit": 3, "conditions": before}]}) == [old]


def test_values_are_texts_numbers_words_or_organisations_found_before() -> None:
    values = ["a", 5, 5.0, 2.5, True, {"id": "SE-ON:1", "name": "Alfa"}, None, " "]
    found = one({"query": "Alfa", "properties": [{"pid": "industry", "v": values}]})
    assert found.conditions == (Condition("industry", ("a", "5", "5", "2.5", "true", "SE-ON:1")),)


@pytest.mark.parametrize(
    ("asked", "limit"),
    [(None, limits.CANDIDATES), (3, 3), (3.0, 3), (0, limits.CANDIDATES), (-1, limits.CANDIDATES),
     ("3", limits.CANDIDATES), (True, limits.CANDIDATES), (10**9, limits.MOST_CANDIDATES),
     (float("nan"), limits.CANDIDATES)],
)  # fmt: skip
def test_limits_are_positive_and_bounded(asked: Any, limit: int) -> None:
    assert one({"query": "Alfa", "limit": asked}).limit == limit


@pytest.mark.parametrize(
    "query",
    [3, None, [], "Alfa", {"query": 3}, {"properties": {}}, {"properties": [3]}, {"properties": [{"v": "x"}]},
     {"query": "x", "properties": [{"pid": "town", "v": {"name": "x"}}, {"pid": "town", "v": [[1]]}]},
     {"query": "x", "type": 3}],
)  # fmt: skip
def test_a_query_that_is_wrong_says_so_and_spoils_no_other(query: Any) -> None:
    found = read_batch({"wrong": query, "right": {"query": "Alfa"}})
    assert found["wrong"].problems[0][0] == "malformed" and not found["wrong"].names
    assert found["right"] == Query(names=("Alfa",))


@pytest.mark.parametrize("batch", [None, [], "x", 3, {}, {"queries": "x"}, {"queries": []}])
def test_what_is_no_batch_is_refused(batch: Any) -> None:
    with pytest.raises(RequestError) as error:
        read_draft_batch(batch)
    assert error.value.status == 400
    if not batch or not isinstance(batch, dict):
        with pytest.raises(RequestError):
            read_batch(batch)


def test_a_batch_that_is_too_large_is_refused() -> None:
    with pytest.raises(RequestError) as error:
        read_batch({str(number): {"query": "x"} for number in range(limits.BATCH + 1)})
    assert error.value.status == 413 and str(limits.BATCH) in error.value.detail


def test_long_names_and_unknown_properties_are_told() -> None:
    assert one({"query": "x" * (limits.NAME + 1)}).problems == (("name_long", str(limits.NAME)),)
    found = one({"query": "Alfa", "properties": [{"pid": "colour", "v": "red"}, {"pid": "size", "v": "micro"}]})
    assert found.problems == (("property", "colour"), ("property", "size")) and found.names == ("Alfa",)


@given(st.dictionaries(st.text(), LIKELY | JSON, min_size=1, max_size=4))
def test_any_json_becomes_queries_that_can_be_written_down(batch: dict[str, Any]) -> None:
    for query in [*read_batch(batch).values(), *read_draft_batch({"queries": list(batch.values())})]:
        assert 1 <= query.limit <= limits.MOST_CANDIDATES
        texts = [*query.names, *(value for condition in query.conditions for value in condition.values)]
        assert all(text.strip() and "\0" not in text for text in texts)
        json.dumps(texts).encode()
        "".join(texts).encode("utf-8")
