"""The buyer's own guidelines: a small file in the project folder, read strictly."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from bygd.parameters.named import named
from bygd.parameters.sentences import LANGUAGES
from bygd.parameters.strict import ValueFileError, check_day, check_keys, read
from bygd.sources.errors import InputError
from bygd.tools.procurement import sentences
from bygd.tools.procurement.answer import Basis, Part, Statement
from bygd.tools.procurement.question import Kind, Question
from bygd.vocabulary.words import Standing

FILE = "rules/guidelines.yaml"
KEYS = {"id", "since", "until", "from", "below", "kinds", "ask", "says", "source", "checked"}


@dataclass(frozen=True, slots=True)
class Guideline:
    """What a buyer asks of itself for direct awards: how many suppliers to ask, or a sentence in its own words."""

    id: str
    since: date
    until: date | None
    at_least: Decimal
    below: Decimal | None
    kinds: tuple[Kind, ...]
    ask: int | None
    says: dict[str, str]
    basis: Basis


def load(folder: Path) -> tuple[Guideline, ...]:
    """The guidelines of a project folder; none where it has no such file. Raises InputError naming file and entry."""
    path = folder / FILE
    if not path.exists():
        return ()
    try:
        content = read(path) or {}
        check_keys(content, {"guidelines"}, {"guidelines"}, str(path))
        entries = content["guidelines"]
        if not isinstance(entries, list):
            raise ValueFileError(f"{path}: 'guidelines' must be a list.")
        found = tuple(_guideline(entry, f"{path}, entry {place}") for place, entry in enumerate(entries, 1))
    except ValueFileError as error:
        raise InputError("The guidelines cannot be read. {why}", why=error) from error
    ids = [one.id for one in found]
    if twice := sorted({id for id in ids if ids.count(id) > 1}):
        raise InputError("{path} has two guidelines with the id '{id}'. Give each its own.", path=path, id=twice[0])
    return found


def statements(own: Sequence[Guideline], question: Question, kind: Kind, direct_award: Standing) -> list[Statement]:
    """What the guidelines say where a direct award may be made; they never open what the law closes."""
    if direct_award is Standing.CLOSED:
        return []
    return [_said(one) for one in own if _holds(one, question, kind)]


def _holds(one: Guideline, question: Question, kind: Kind) -> bool:
    return (
        one.since <= question.on
        and (one.until is None or question.on <= one.until)
        and one.at_least <= question.value
        and (one.below is None or question.value < one.below)
        and (not one.kinds or kind in one.kinds)
    )


def _said(one: Guideline) -> Statement:
    message = one.says.get("en") or sentences.GUIDELINE_ASK
    return Statement(
        f"guideline.{one.id}", Part.GUIDELINE, Standing.MANDATORY, message, (one.basis,), one.says,
        {"ask": str(one.ask)} if one.ask else {},
    )  # fmt: skip


def _guideline(entry: Any, where: str) -> Guideline:
    check_keys(entry, KEYS, {"id", "since", "source"}, where)
    where = f"{where} ('{entry['id']}')"
    check_day(entry["since"], f"{where}, since")
    for name in ("until", "checked"):
        if name in entry:
            check_day(entry[name], f"{where}, {name}")
    says = entry.get("says") or {}
    if not isinstance(says, dict) or not set(says) <= set(LANGUAGES):
        raise ValueFileError(f"{where}: 'says' must map languages ({', '.join(LANGUAGES)}) to sentences.")
    # One sentence serves readers of every language until it is translated.
    says = {language: str(says.get(language) or next(iter(says.values()))) for language in LANGUAGES} if says else {}
    ask = entry.get("ask")
    if (ask is None) == (not says):
        raise ValueFileError(f"{where}: give either 'ask', how many suppliers to ask, or 'says'.")
    if ask is not None and (isinstance(ask, bool) or not isinstance(ask, int) or ask < 1):
        raise ValueFileError(f"{where}: 'ask' must be a whole number of suppliers, not {ask!r}.")
    kinds = entry.get("kinds") or []
    if not isinstance(kinds, list) or (wrong := [one for one in kinds if one not in list(Kind)]):
        raise ValueFileError(
            f"{where}: 'kinds' must be a list of {', '.join(Kind)}." + (f" Not {wrong}." if kinds else "")
        )
    return Guideline(
        id=str(entry["id"]),
        since=entry["since"],
        until=entry.get("until"),
        at_least=_amount(entry.get("from", 0), f"{where}, from"),
        below=_amount(entry["below"], f"{where}, below") if "below" in entry else None,
        kinds=tuple(Kind(one) for one in kinds),
        ask=ask,
        says=says,
        basis=Basis(
            named(entry["source"], f"{where}, source", whole=False),
            entry["since"],
            entry.get("checked"),
            True,
            "project",
        ),
    )


def _amount(given: Any, where: str) -> Decimal:
    if isinstance(given, bool) or not isinstance(given, int | Decimal) or given < 0:
        raise ValueFileError(f"{where}: must be an amount of nought or more, not {given!r}.")
    return Decimal(given)
