"""Queries: batches as version 0.2 and the draft of 1.0 write them, read into one form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bygd.workbench.reconciliation import limits
from bygd.workbench.reconciliation.errors import RequestError
from bygd.workbench.reconciliation.properties import BY_ID

ANY, ALL_OF, NONE_OF = "any", "all", "none"


class Malformed(Exception):
    """One query of a batch that is not written as the protocol says; the others can be answered."""


@dataclass(frozen=True)
class Condition:
    """Values that a property should have. A required one leaves out organisations that do not agree."""

    pid: str
    values: tuple[str, ...]
    required: bool = False
    quantifier: str = ANY


@dataclass(frozen=True)
class Query:
    """One query: names to look for, conditions, types, how many candidates at most.

    `problems` are keys of texts, each with the value it speaks of: what was passed over, or why nothing
    can be looked for.
    """

    names: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    types: tuple[str, ...] = ()
    limit: int = limits.CANDIDATES
    problems: tuple[tuple[str, str], ...] = ()

    def values(self, *pids: str) -> tuple[str, ...]:
        """The values wanted of these properties, in the order given."""
        return tuple(
            value
            for condition in self.conditions
            if condition.pid in pids and condition.quantifier != NONE_OF
            for value in condition.values
        )


def read_batch(batch: Any) -> dict[str, Query]:
    """A batch of version 0.2: queries by the client's own keys. Raises RequestError for what is no batch."""
    if not isinstance(batch, Mapping) or not batch:
        raise RequestError(400, 'The queries must be a JSON object, such as {"q0": {"query": "…"}}.')
    _small_enough(len(batch))
    return {key: _guarded(_read, query) for key, query in batch.items()}


def read_draft_batch(batch: Any) -> list[Query]:
    """A batch of the draft of 1.0: queries in order. Raises RequestError for what is no batch."""
    queries = batch.get("queries") if isinstance(batch, Mapping) else None
    if not isinstance(queries, list) or not queries:
        raise RequestError(400, 'The body must be JSON with a list of queries: {"queries": [{"conditions": […]}]}.')
    _small_enough(len(queries))
    return [_guarded(_read_draft, query) for query in queries]


def _small_enough(count: int) -> None:
    if count > limits.BATCH:
        raise RequestError(
            413, "The batch has {number} queries. Send at most {most} at once.", number=count, most=limits.BATCH
        )


def _guarded(read: Any, query: Any) -> Query:
    try:
        found: Query = read(query)
    except Malformed as error:
        return Query(problems=(("malformed", str(error)),))
    return found


def _read(query: Any) -> Query:
    if not isinstance(query, Mapping):
        raise Malformed("a query must be an object")
    name = query.get("query")
    if name is not None and not isinstance(name, str):
        raise Malformed("'query' must be a text")
    properties = query.get("properties", [])
    if not isinstance(properties, list) or not all(isinstance(one, Mapping) for one in properties):
        raise Malformed("'properties' must be a list of objects")
    conditions = tuple(
        Condition(_text(one.get("pid"), "'pid'"), _values(one.get("v"))) for one in properties[: limits.CONDITIONS]
    )
    types = query.get("type") or []
    return _checked((_clean(name),) if name else (), conditions, [types] if isinstance(types, str) else types, query)


def _read_draft(query: Any) -> Query:
    if not isinstance(query, Mapping):
        raise Malformed("a query must be an object")
    listed = query.get("conditions")
    if not isinstance(listed, list) or not listed or not all(isinstance(one, Mapping) for one in listed):
        raise Malformed("'conditions' must be a list of objects, at least one")
    names: tuple[str, ...] = ()
    conditions: list[Condition] = []
    for one in listed[: limits.CONDITIONS]:
        # The draft wrote `pid` and `v` before; clients of both are about.
        values = _values(one.get("propertyValue", one.get("v")))
        quantifier = one.get("matchQuantifier") or ANY
        if quantifier not in (ANY, ALL_OF, NONE_OF):
            raise Malformed("'matchQuantifier' must be any, all or none")
        kind = one.get("matchType")
        if kind == "name":
            if quantifier != NONE_OF:
                names += values
        elif kind == "property":
            pid = _text(one.get("propertyId", one.get("pid")), "'propertyId'")
            conditions.append(Condition(pid, values, one.get("required") is True, quantifier))
        else:
            raise Malformed("'matchType' must be name or property")
    types = query.get("type")
    return _checked(names, tuple(conditions), [types] if types else [], query)


def _checked(names: tuple[str, ...], conditions: tuple[Condition, ...], types: Any, query: Mapping[str, Any]) -> Query:
    """The query with what cannot be used taken out and told of."""
    if not isinstance(types, list) or not all(isinstance(one, str) for one in types):
        raise Malformed("'type' must be a text or a list of texts")
    problems = [
        ("property", condition.pid)
        for condition in conditions
        if condition.pid not in BY_ID or not BY_ID[condition.pid].asked
    ]
    known = tuple(condition for condition in conditions if ("property", condition.pid) not in problems)
    values = [*names, *(value for condition in known for value in condition.values)]
    if any(len(value) > limits.NAME for value in values):
        problems.append(("name_long", str(limits.NAME)))
        names, known = (), ()
    return Query(
        names=tuple(name for name in names if name.strip()),
        conditions=known,
        types=tuple(types),
        limit=_limit(query.get("limit")),
        problems=tuple((kind, value[:60]) for kind, value in problems),
    )


def _limit(asked: Any) -> int:
    if isinstance(asked, bool) or not isinstance(asked, int | float) or not asked >= 1:
        return limits.CANDIDATES
    return int(min(asked, limits.MOST_CANDIDATES))


def _values(value: Any) -> tuple[str, ...]:
    """One value or several as texts; an organisation that was found before counts by its identifier."""
    found = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, Mapping):
            one = one.get("id")
        if isinstance(one, bool):
            one = str(one).lower()
        elif isinstance(one, float) and one.is_integer():
            one = int(one)
        if isinstance(one, int | float):
            one = str(one)
        if one is not None and not isinstance(one, str):
            raise Malformed("a value must be a text, a number, true or false, or an object with an 'id'")
        if one and one.strip():
            found.append(_clean(one))
    return tuple(found)


def _clean(text: str) -> str:
    """A text without what no table holds: halves of signs that JSON lets through, and noughts."""
    return text.encode("utf-8", "replace").decode().replace("\0", " ")


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str) or not value:
        raise Malformed(f"{what} must be a text")
    return _clean(value)
