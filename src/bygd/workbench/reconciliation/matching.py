"""Matching: queries looked up in the register as ledgers' suppliers are, with the machine's own thresholds."""

import itertools
import json
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bygd.linkage.numbers import WRITTEN
from bygd.linkage.options import DEFAULT, Options
from bygd.linkage.score import margin
from bygd.linkage.thresholds import DEFAULT as THRESHOLDS
from bygd.sources.privacy import Masker, Pseudonym, Who
from bygd.vocabulary.words import LinkStage
from bygd.workbench.reconciliation import limits, types
from bygd.workbench.reconciliation.agreement import agrees, bare, form_words
from bygd.workbench.reconciliation.queries import Condition, Query
from bygd.workbench.reconciliation.register import Register
from bygd.workbench.reconciliation.searching import propose

NUMBERLIKE = re.compile(r"[A-Za-z]{0,3}[\s.:-]?\d[\d\s.-]{3,}\d")
"""A query that is a number: it is looked for as one."""
WHOLE = 100.0
AS_LEDGERS = replace(DEFAULT, kept=limits.MOST_CANDIDATES)
WIDE = replace(AS_LEDGERS, found=limits.MOST_CANDIDATES, compared=limits.MOST_CANDIDATES)

EMPTY = {"supplier_number": None, "country": None, "kind": None, "is_masked": False, "anchor": "query"}

# The margin is that of the best to the next, as links have it; nobody decided anything here that could overrule it.
FOUND = f"""
SELECT supplier_key, org_id, stage, score, evidence, CASE WHEN position = 1 THEN {margin("score", "next")} END AS margin
FROM (
    SELECT *, lead(score) OVER (PARTITION BY supplier_key ORDER BY position) AS next FROM link_candidates
) ORDER BY supplier_key, position
"""


@dataclass(frozen=True)
class Candidate:
    """One organisation that a query may mean.

    `score` is 0 to 100. `match` tells that the machine would link a supplier so written without asking a
    person. `features` are what the score was made of, and whether other conditions agree.
    """

    organisation: Mapping[str, Any]
    score: float
    match: bool
    stage: str
    features: Mapping[str, float | bool]
    evidence: Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """The candidates of one query, best first, and keys of texts on what was passed over."""

    candidates: tuple[Candidate, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class _Found:
    org_id: str
    stage: str
    score: float
    is_accepted: bool
    margin: float | None
    evidence: Mapping[str, Any]


def match(register: Register, queries: Sequence[Query]) -> list[Answer]:
    """The answer to each query, in order; each is found independently of the others.

    Queries that hold a personal number are not looked up. Nothing is stored.
    """
    masker = Masker(register.conventions, Pseudonym(secrets.token_bytes(32)))
    refused = {place: problem for place, query in enumerate(queries) if (problem := _refusal(query, masker))}
    asked = {place: query for place, query in enumerate(queries) if place not in refused}
    found: dict[int, list[_Found]] = {place: [] for place in asked}
    for options, group in _by_width(register, asked):
        rows = [row for place, query in group.items() for row in _suppliers(register, place, query)]
        for place, one in _search(register, rows, options):
            found[place].append(one)
    named = _named(register, asked)
    ids = {one.org_id for listed in found.values() for one in listed} | set(named.values())
    organisations = register.organisations(sorted(ids))
    answers = []
    for place, query in enumerate(queries):
        unknown = tuple(("type", type) for type in query.types if not types.is_known(register, type))
        if place in refused:
            answers.append(Answer(problems=(*query.problems, refused[place])))
            continue
        listed = _best(found[place], named.get(place))
        candidates = _candidates(register, query, listed, organisations)
        answers.append(Answer(tuple(candidates)[: query.limit], (*query.problems, *unknown)))
    return answers


def _refusal(query: Query, masker: Masker) -> tuple[str, str] | None:
    """Why a query is not looked up at all; None where it is."""
    numbers = query.values("org_number")
    if not query.names and not numbers:
        return None if any(kind in ("malformed", "name_long") for kind, _ in query.problems) else ("empty", "")
    pairs = itertools.product(query.names or ("",), numbers or (None,))
    if any(masker.person(Who(name, number)) for name, number in itertools.islice(pairs, limits.READINGS)):
        return ("person", "")
    return None


def _by_width(register: Register, asked: Mapping[int, Query]) -> Iterator[tuple[Options, dict[int, Query]]]:
    """Queries by how wide they are searched: as ledgers are, or wider where organisations are left out afterwards."""
    groups: dict[Options, dict[int, Query]] = {}
    for place, query in asked.items():
        narrowed = any(condition.required for condition in query.conditions) or any(
            types.is_known(register, type) and type != types.ORGANISATION for type in query.types
        )
        groups.setdefault(WIDE if narrowed else AS_LEDGERS, {})[place] = query
    yield from groups.items()


def _suppliers(register: Register, place: int, query: Query) -> Iterator[dict[str, Any]]:
    """A query as rows of suppliers, one for each combination of its names, numbers and places."""
    wanted = re.compile(register.conventions.postcode_pattern or "$^")
    places = query.values("place")
    postcodes = [*query.values("postcode"), *(value for value in places if wanted.fullmatch(value.strip()))]
    towns = [*query.values("town"), *(value for value in places if not wanted.fullmatch(value.strip()))]
    forms = [value for value in query.values("legal_form") if form_words(register, value)]
    names = [" ".join([name, *forms[:1]]) for name in query.names]
    combined = itertools.product(names or ("",), _numbers(query) or (None,), postcodes or (None,), towns or (None,))
    for reading, (name, number, postcode, town) in enumerate(itertools.islice(combined, limits.READINGS)):
        key = f"{place}.{reading}"
        yield {**EMPTY, "supplier_key": key, "name": name, "org_number": number, "postcode": postcode, "town": town}


def _numbers(query: Query) -> list[str]:
    """What is looked for as a number: values of the property, and a name that is one."""
    named = [name for name in query.names if NUMBERLIKE.fullmatch(name.strip())]
    return [*map(bare, query.values("org_number")), *named]


def _search(register: Register, rows: Sequence[dict[str, Any]], options: Options) -> Iterator[tuple[int, _Found]]:
    if not rows:
        return
    with register.lock:
        propose(register, rows, options)
        found = register.engine.rows(FOUND)
    for row in found:
        place = int(row["supplier_key"].partition(".")[0])
        evidence = json.loads(row["evidence"])
        yield place, _Found(row["org_id"], row["stage"], row["score"], _is_accepted(row), row["margin"], evidence)


def _is_accepted(row: Mapping[str, Any]) -> bool:
    """Whether the machine would make this link: the same thresholds as for ledgers."""
    least = THRESHOLDS.by_stage.get(LinkStage(row["stage"]))
    if least is None or row["margin"] is None:
        return False
    return bool(row["score"] >= least.score and row["margin"] >= least.margin)


def _named(register: Register, asked: Mapping[int, Query]) -> dict[int, str]:
    """Queries whose text is an organisation's identifier itself."""
    texts = {place: query.names[0].strip() for place, query in asked.items() if len(query.names) == 1}
    known = register.organisations(sorted({text for text in texts.values() if ":" in text}))
    return {place: text for place, text in texts.items() if text in known}


def _best(found: Sequence[_Found], named: str | None) -> list[_Found]:
    """One row an organisation, the best of its readings, best first."""
    listed = [_Found(named, "number", 1.0, True, None, {"number": WRITTEN, "number_agrees": True})] if named else []
    ordered = sorted([*listed, *found], key=lambda one: (-one.score, not one.is_accepted, one.org_id))
    by_id: dict[str, _Found] = {}
    for one in ordered:
        by_id.setdefault(one.org_id, one)
    # Readings that would be linked to different organisations contradict each other.
    if len({one.org_id for one in ordered if one.is_accepted}) > 1 and not named:
        return [replace(one, is_accepted=False) for one in by_id.values()]
    return list(by_id.values())


def _candidates(
    register: Register, query: Query, found: Sequence[_Found], organisations: Mapping[str, Mapping[str, Any]]
) -> Iterator[Candidate]:
    wanted = [type for type in query.types if types.is_known(register, type)]
    has_number = bool(_numbers(query))
    for one in found:
        organisation = organisations.get(one.org_id)
        if organisation is None:
            continue
        if wanted and not any(types.has(register, organisation, type) for type in wanted):
            continue
        agreed = {condition: agrees(register, organisation, condition) for condition in query.conditions}
        if any(condition.required and not agreed[condition] for condition in agreed):
            continue
        yield Candidate(
            organisation,
            round(one.score * WHOLE, 2),
            one.is_accepted,
            one.stage,
            _features(one, agreed, has_number),
            one.evidence,
        )


def _features(found: _Found, agreed: Mapping[Condition, bool], has_number: bool) -> dict[str, float | bool]:
    features: dict[str, float | bool] = {}
    for name, value in (found.evidence.get("features") or {}).items():
        if isinstance(value, int | float):
            features[name] = value
    if has_number or "number" in found.evidence:
        features["number_found"] = "number" in found.evidence
    if "number_agrees" in found.evidence:
        features["number_trusted"] = bool(found.evidence["number_agrees"])
    if found.margin is not None:
        features["margin"] = found.margin
    for condition, value in agreed.items():
        features[f"{condition.pid}_agrees"] = value
    return features
