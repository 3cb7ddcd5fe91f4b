"""Standing: where one case is on a day, what is done and left, which days are due, and whether it is stuck."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bygd.parameters.load import Parameter, Value
from bygd.tools.cases.days import Holidays, Last, last_day, months_between
from bygd.tools.cases.kinds import Kind, Period, Stage, Texts
from bygd.vocabulary.mapping import Answer, CaseEvent, CaseResult
from bygd.vocabulary.words import Word

SOON_DAYS = 30
QUIET = 3
"""Months without news after which a case counts as stuck, where no value says otherwise."""

Row = Mapping[str, Any]


class DeadlineState(Word):
    """How a deadline stands on a day, most pressing first."""

    PASSED = "passed", "Passed"
    SOON = "soon", "Soon"
    COMING = "coming", "Coming"
    UNKNOWN = "unknown", "Not known"
    WAITING = "waiting", "Not begun"
    MET = "met", "Met"


class Stuck(Word):
    """Why a case is stuck."""

    DEADLINE = "deadline", "A deadline passed"
    QUIET = "quiet", "Nothing was noted for long"
    NOBODY = "nobody", "Nobody helps"


@dataclass(frozen=True)
class Deadline:
    """A day that is due; of law (`value` with source and mark) or one's own. No day: not begun, or not known.

    `says` is the rule in a sentence of each language, where it has one; `last` is how the day was come by.
    """

    id: str
    text: Texts
    state: DeadlineState
    day: date | None = None
    start: Texts | None = None
    began_on: date | None = None
    what: str = "last"
    label: str = ""
    about: str = ""
    value: Value | None = None
    says: Texts = field(default_factory=dict)
    last: Last | None = None

    @property
    def is_own(self) -> bool:
        """Whether people set it themselves."""
        return not self.label


@dataclass(frozen=True)
class Case:
    """How a case stands. `done` are names of steps, `stage.step`; `against` are questions whose answer speaks against.

    `events` are those that count, the latest last.
    """

    row: Row
    kind: Kind | None
    stage: Stage | None
    done: frozenset[str]
    deadlines: tuple[Deadline, ...]
    answers: Mapping[str, Row]
    starts: Mapping[str, date]
    events: tuple[Row, ...]
    last_news: date
    result: CaseResult | None
    stuck: tuple[Stuck, ...]

    @property
    def next_deadline(self) -> Deadline | None:
        """The next day that somebody must mind."""
        due = [
            one
            for one in self.deadlines
            if one.day and one.state in (DeadlineState.PASSED, DeadlineState.SOON, DeadlineState.COMING)
        ]
        return min(due, key=lambda one: one.day or date.max, default=None)

    @property
    def against(self) -> list[str]:
        """Questions of the decision tree whose answer speaks against the case."""
        return [
            id for id, answer in self._tree() if answer not in (None, Answer.UNSURE) and answer is not self._wants(id)
        ]

    @property
    def open_questions(self) -> list[str]:
        """Questions of the decision tree that nobody answered for certain."""
        return [id for id, answer in self._tree() if answer in (None, Answer.UNSURE)]

    def _tree(self) -> list[tuple[str, Answer | None]]:
        asked = [one for one in (self.kind.questions if self.kind else ()) if one.wants]
        said = {one.id: self.answers.get(one.id, {}).get("answer") for one in asked}
        return [(one.id, Answer(text) if (text := said[one.id]) else None) for one in asked]

    def _wants(self, id: str) -> Answer | None:
        return next((one.wants for one in (self.kind.questions if self.kind else ()) if one.id == id), None)


def stands(
    row: Row,
    events: Sequence[Row],
    kinds: Mapping[str, Kind],
    periods: Mapping[str, Parameter],
    today: date,
    quiet: int = QUIET,
) -> Case:
    """How a case stands on a day, from its events in the order they were entered.

    A period of law is the value that holds on the day its event happened. A kind that no pack knows any more leaves
    stages and deadlines of law out.
    """
    back = {one["about"] for one in events if one["event"] == CaseEvent.WITHDRAWN}
    kept = [one for one in events if one["event_key"] not in back and one["event"] != CaseEvent.WITHDRAWN]
    kept.sort(key=lambda one: one["happened_on"])  # stable: of one day the later entered stays later
    kind = kinds.get(row["kind"])
    done: set[str] = set()
    starts: dict[str, date] = {}
    answers: dict[str, Row] = {}
    met: set[str] = set()
    stage, result = (kind.stages[0] if kind else None), None
    for one in kept:
        about = one["about"] or ""
        if one["event"] == CaseEvent.STAGE and kind:
            stage = next((found for found in kind.stages if found.id == about), stage)
        elif one["event"] == CaseEvent.DONE:
            done.add(about)
        elif one["event"] == CaseEvent.UNDONE:
            done.discard(about)
        elif one["event"] == CaseEvent.HAPPENED:
            starts[about] = one["happened_on"]
        elif one["event"] == CaseEvent.MET:
            met.add(about)
        elif one["event"] == CaseEvent.ANSWERED:
            answers[about] = one
        elif one["event"] == CaseEvent.ENDED:
            result = CaseResult(one["result"] or CaseResult.OTHERWISE)
        elif one["event"] == CaseEvent.REOPENED:
            result = None
    deadlines = [*_of_law(kind, starts, met, periods, today), *_own(kept, met, today)]
    order = list(DeadlineState)
    deadlines.sort(key=lambda one: (order.index(one.state), one.day or date.max, one.id))
    last = max([row["started_on"], *(one["happened_on"] for one in kept if one["happened_on"] <= today)])
    stuck: list[Stuck] = []
    if result is None:
        if any(one.state is DeadlineState.PASSED for one in deadlines):
            stuck.append(Stuck.DEADLINE)
        if months_between(last, today) >= quiet:
            stuck.append(Stuck.QUIET)
        if not (row["helper"] or "").strip():
            stuck.append(Stuck.NOBODY)
    return Case(
        row, kind, stage, frozenset(done), tuple(deadlines), answers, starts, tuple(kept), last, result, tuple(stuck)
    )


def _of_law(
    kind: Kind | None, starts: Mapping[str, date], met: set[str], periods: Mapping[str, Parameter], today: date
) -> list[Deadline]:
    found = []
    for one in kind.periods if kind else ():
        assert kind is not None  # else there are no periods
        parameter, began = periods.get(one.value), starts.get(one.start)
        value = parameter.on(began or today) if parameter else None
        last = None
        if parameter is None or value is None or not value.known or value.value is None:
            state = DeadlineState.UNKNOWN
        elif began is None:
            state = DeadlineState.WAITING
        else:
            last = _last(kind, one, parameter, value, began)
            state = _state(last.day, today, one.id in met, one.what)
        found.append(
            Deadline(
                one.id,
                one.text,
                state,
                day=last.day if last else None,
                start=next(found.text for found in kind.starts if found.id == one.start),
                began_on=began,
                what=one.what,
                label=parameter.key if parameter else one.value,
                about=parameter.about if parameter else "",
                value=value,
                says=(value.says if value else {}) or (parameter.says if parameter else {}),
                last=last,
            )
        )
    return found


def _last(kind: Kind, one: Period, parameter: Parameter, value: Value, began: date) -> Last:
    """The last day of a period, moved to a working day where its rule says so."""
    return last_day(
        began,
        int(str(value.value)),
        value.unit,
        one.counting,
        kind.works,
        moves=one.what == "last" and "working_day" in parameter.applies.get("ends_on", ()),
        holidays=Holidays(parameter.applies.get("holidays", (Holidays.LEFT_OUT,))[0]),
    )


def _own(events: Sequence[Row], met: set[str], today: date) -> list[Deadline]:
    found = []
    for one in events:
        if one["event"] == CaseEvent.PLANNED and one["due_on"]:
            text = dict.fromkeys(("en", "sv", "nl"), one["note"] or "")
            state = _state(one["due_on"], today, one["event_key"] in met, "last")
            found.append(Deadline(one["event_key"], text, state, one["due_on"]))
    return found


def _state(day: date, today: date, is_met: bool, what: str) -> DeadlineState:
    if is_met or (what != "last" and day < today):
        return DeadlineState.MET  # a first day, or an end that somebody waits for, is no duty that is missed
    if day < today:
        return DeadlineState.PASSED
    return DeadlineState.SOON if (day - today).days <= SOON_DAYS else DeadlineState.COMING
