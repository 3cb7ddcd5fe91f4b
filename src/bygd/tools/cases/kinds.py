"""Kinds: what a country's `boards/cases.yaml` says of cases, read strictly."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from bygd.countries import Country, load
from bygd.countries.working import is_working
from bygd.parameters.named import Named, named
from bygd.parameters.strict import ValueFileError, check_day, check_keys, read
from bygd.tools.cases.days import Counting
from bygd.vocabulary.mapping import Answer
from bygd.vocabulary.words import Pillar

FILE = "boards/cases.yaml"
LANGUAGES = ("en", "sv", "nl")
IS = ("last", "earliest", "until")
_KIND = {
    "id", "pillar", "title", "about", "where", "source", "checked", "verified", "stages", "starts", "deadlines",
    "questions", "holidays",
}  # fmt: skip

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Step:
    """Something to be done, or a paper to be had, in a stage."""

    id: str
    text: Texts
    is_paper: bool


@dataclass(frozen=True)
class Stage:
    """A stage with its checklist."""

    id: str
    title: Texts
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Start:
    """An event from which a period of law runs."""

    id: str
    text: Texts


@dataclass(frozen=True)
class Period:
    """A deadline: from which event, for how long (a dated value of the topic `deadlines`), and how days are counted.

    `what`: the `last` day to do something, the `earliest`, or `until` when something holds.
    """

    id: str
    text: Texts
    value: str
    start: str
    counting: Counting
    what: str


@dataclass(frozen=True)
class Question:
    """A question of the agreement, or of the decision tree: then `wants` is the answer that speaks for the case."""

    id: str
    text: Texts
    wants: Answer | None


@dataclass(frozen=True)
class Kind:
    """A kind of case. `checked` is when somebody read the source; what is not `verified` is practice or memory.

    `holidays` are calendars of the public holidays that its law knows, those of its pack where it names none.
    """

    id: str
    pillar: Pillar
    title: Texts
    about: Texts
    where: Texts
    source: Named
    checked: date | None
    verified: bool
    pack: str
    stages: tuple[Stage, ...]
    starts: tuple[Start, ...]
    periods: tuple[Period, ...]
    questions: tuple[Question, ...]
    holidays: tuple[tuple[str, ...], ...] = ()

    def works(self, day: date) -> bool:
        """Whether that is no Saturday, Sunday or public holiday."""
        return is_working(day, self.holidays)

    def step(self, id: str) -> tuple[Stage, Step] | None:
        """The step of that name, `stage.step`, with its stage."""
        return next((pair for pair in self.steps() if f"{pair[0].id}.{pair[1].id}" == id), None)

    def steps(self) -> list[tuple[Stage, Step]]:
        """Every step with its stage, in order."""
        return [(stage, step) for stage in self.stages for step in stage.steps]


def kinds(country: Country) -> dict[str, Kind]:
    """The kinds of cases of a country by id, its own before those it shares with others. Raises ValueFileError."""
    found: dict[str, Kind] = {}
    for pack in country.lineage():
        for one in _of(pack.folder / FILE, pack.code):
            found.setdefault(one.id, one)
    return found


@cache
def _of(path: Path, pack: str) -> tuple[Kind, ...]:
    """The kinds in the file of one pack, read once."""
    entries = _listed(read(path), "kinds", str(path)) if path.exists() else ()
    return tuple(_kind(entry, pack, str(path)) for entry in entries)


def _kind(entry: Any, pack: str, where: str) -> Kind:
    check_keys(entry, _KIND, {"id", "pillar", "title", "about", "source", "stages"}, where)
    at = f"{where}, kind '{entry['id']}'"
    if entry["pillar"] not in list(Pillar):
        raise ValueFileError(f"{at}: 'pillar' must be one of {', '.join(Pillar)}.")
    verified = bool(entry.get("verified", False))
    if "checked" in entry:
        check_day(entry["checked"], at)
    elif verified:
        raise ValueFileError(f"{at}: say under 'checked' when the source was read, or write 'verified: false'.")
    starts = tuple(Start(one["id"], _texts(one, at)) for one in _listed(entry, "starts", at, needed=False))
    made = Kind(
        id=str(entry["id"]),
        pillar=Pillar(entry["pillar"]),
        title=_texts(entry["title"], at),
        about=_texts(entry["about"], at),
        where=_texts(entry["where"], at) if "where" in entry else {},
        source=named(entry["source"], f"{at}, source"),
        checked=entry.get("checked"),
        verified=verified,
        pack=pack,
        stages=tuple(_stage(one, at) for one in _listed(entry, "stages", at)),
        starts=starts,
        periods=tuple(_period(one, {s.id for s in starts}, at) for one in _listed(entry, "deadlines", at, False)),
        questions=tuple(_question(one, at) for one in _listed(entry, "questions", at, needed=False)),
        holidays=tuple(tuple(one) for one in entry.get("holidays") or load(pack).setting("holidays", ())),
    )
    for listed in (made.stages, made.starts, made.periods, made.questions):
        ids = [one.id for one in listed]
        if len(ids) != len(set(ids)):
            raise ValueFileError(f"{at}: a name stands there twice among {', '.join(ids)}.")
    return made


def _stage(entry: Any, at: str) -> Stage:
    check_keys(entry, {"id", "title", "steps"}, {"id", "title", "steps"}, at)
    steps = _listed(entry, "steps", at)
    for step in steps:
        check_keys(step, {"id", "kind", *LANGUAGES}, {"id", *LANGUAGES}, at)
    made = tuple(Step(str(one["id"]), _texts(one, at), one.get("kind") == "paper") for one in steps)
    return Stage(str(entry["id"]), _texts(entry["title"], at), made)


def _period(entry: Any, starts: set[str], at: str) -> Period:
    check_keys(entry, {"id", "period", "from", "count", "is", *LANGUAGES}, {"id", "period", "from", *LANGUAGES}, at)
    what = entry.get("is", "last")
    if entry["from"] not in starts or what not in IS or entry.get("count", "after") not in list(Counting):
        raise ValueFileError(f"{at}, deadline '{entry['id']}': 'from', 'count' or 'is' is not known.")
    counting = Counting(entry.get("count", "after"))
    return Period(str(entry["id"]), _texts(entry, at), str(entry["period"]), str(entry["from"]), counting, what)


def _question(entry: Any, at: str) -> Question:
    check_keys(entry, {"id", "wants", *LANGUAGES}, {"id", *LANGUAGES}, at)
    return Question(str(entry["id"]), _texts(entry, at), Answer(entry["wants"]) if "wants" in entry else None)


def _texts(entry: Any, at: str) -> Texts:
    missing = [language for language in LANGUAGES if not isinstance(entry, dict) or not entry.get(language)]
    if missing:
        raise ValueFileError(f"{at}: a text in {', '.join(missing)} is missing in {entry!r}.")
    return {language: str(entry[language]) for language in LANGUAGES}


def _listed(entry: Any, name: str, at: str, needed: bool = True) -> list[Any]:
    found = entry.get(name) if isinstance(entry, dict) else None
    if found is None and not needed:
        return []
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise ValueFileError(f"{at}: '{name}' must be a list.")
    return found
