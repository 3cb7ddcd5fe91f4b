"""Answers: candidates as version 0.2 and the draft of 1.0 write them."""

from collections.abc import Mapping
from typing import Any

from bygd.reports.explanation import words
from bygd.reports.translate import Translator
from bygd.workbench.reconciliation import queries, texts, types
from bygd.workbench.reconciliation.matching import Answer, Candidate, match
from bygd.workbench.reconciliation.properties import BY_ID
from bygd.workbench.reconciliation.register import Register
from bygd.workbench.reconciliation.texts import text

AGREES = "_agrees"


def reconcile(register: Register, batch: Any, language: str) -> dict[str, Any]:
    """The result batch of version 0.2: candidates by the client's own keys.

    A query that cannot be answered has no candidates and `messages`; the others are answered. Raises
    RequestError for what is no batch.
    """
    asked = queries.read_batch(batch)
    answers = match(register, list(asked.values()))
    return {
        key: {
            "result": [_candidate(register, one, language) for one in answer.candidates],
            **_messages(answer, language),
        }
        for key, answer in zip(asked, answers, strict=True)
    }


def reconcile_draft(register: Register, batch: Any, language: str) -> dict[str, Any]:
    """The result batch of the draft of 1.0: candidates in the order of the queries. As `reconcile`."""
    answers = match(register, queries.read_draft_batch(batch))
    return {
        "results": [
            {
                "candidates": [_candidate(register, one, language, named=True) for one in answer.candidates],
                **_messages(answer, language),
            }
            for answer in answers
        ]
    }


def described(register: Register, organisation: Mapping[str, Any], language: str) -> str:
    """An organisation in a few words that tell it from its namesakes: form, town, whether it has ended."""
    form = register.forms.get(organisation["legal_form"] or "")
    ended = text("ended", language) if organisation["status"] == "ended" else None
    return ", ".join(part for part in (form and form.label, organisation["town"], ended) if part)


def _candidate(register: Register, found: Candidate, language: str, *, named: bool = False) -> dict[str, Any]:
    organisation = found.organisation
    features: list[dict[str, Any]] = [{"id": id, "value": value} for id, value in found.features.items()]
    if named:
        for feature in features:
            feature["name"] = _feature_name(feature["id"], language)
    return {
        "id": organisation["org_id"],
        "name": organisation["name"],
        "description": described(register, organisation, language),
        "type": [
            {"id": type["id"], "name": type["name"]} for type in types.of_organisation(register, organisation, language)
        ],
        "score": found.score,
        "features": features,
        "match": found.match,
    }


def _feature_name(id: str, language: str) -> str:
    """What a feature is called: in the language where it is one of ours, else its identifier in words."""
    pid = id.removesuffix(AGREES)
    if id.endswith(AGREES) and pid in BY_ID:
        return text("feature.condition", language, property=text(pid, language))
    return text(f"feature.{id}", language) if texts.has(f"feature.{id}") else words.feature(id, Translator(language))


def _messages(answer: Answer, language: str) -> dict[str, list[str]]:
    said = [text(f"message.{kind}", language, value=value, most=value) for kind, value in answer.problems]
    return {"messages": said} if said else {}
