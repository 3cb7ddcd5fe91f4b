"""Entering: plans made from cards, their parts changed and taken back, versions kept; each is a new entry."""

import calendar
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bygd.sources.errors import InputError
from bygd.tools import plans as tool
from bygd.tools.boards import default, traditions
from bygd.vocabulary import tables
from bygd.vocabulary.columns import Column, Table
from bygd.vocabulary.ids import make_key
from bygd.vocabulary.money import rounded
from bygd.vocabulary.planning import PlanPart, PlanState
from bygd.workbench import asking, decisions, entered
from bygd.workbench.boards.checks import check_texts
from bygd.workbench.entered import A_SECOND
from bygd.workbench.plans.known import Row, find
from bygd.workbench.project import Project

KEYS: Mapping[type[Table], str] = {
    tables.plan_entries: "plan_key",
    tables.plan_parts: "part_key",
    tables.plan_follow_ups: "follow_key",
    tables.plan_versions: "version_key",
}
SIGNED = ("entered_by", "entered_at")
Entries = dict[type[Table], list[Row]]
"""What is to be added, by table."""


def key(*parts: str | None) -> str:
    """A key of a plan or of something in it; case and blanks do not matter."""
    return make_key("plan", *(" ".join((part or "").casefold().split()) for part in parts))


def follow_key(plan_key: str, part_key: str | None, on: date) -> str:
    """The key of what is said of a part, or of the plan as a whole, at the follow-up of a day."""
    return key(plan_key, part_key, on.isoformat())


def changed(project: Project, table: type[Table], rows: Iterable[Mapping[str, Any]], by: str) -> list[Row]:
    """The entries that rows of a plan's table come to; what says what stands there already is left out.

    A row needs its key; what it does not say stays as it was. Raises InputError for what no plan may say.
    """
    name, columns = KEYS[table], table.columns()
    latest: dict[str, Row] = {}
    for one in entered.entries(project, table):
        latest[one[name]] = one
    now, found = decisions.now(), []
    for given in rows:
        before = latest.get(given[name])
        said = {field: _plain(value) for field, value in given.items() if field in columns and field not in SIGNED}
        row = {**(before or {**dict.fromkeys(columns), "withdrawn": False}), **said}
        _check(project, table, row)
        if before is not None and all(row[field] == before[field] for field in columns if field not in SIGNED):
            continue
        moment = now if before is None else max(now, before["entered_at"] + A_SECOND)
        latest[row[name]] = {**row, "entered_by": by, "entered_at": moment}
        found.append(latest[row[name]])
    return found


def enter(project: Project, entries: Entries) -> None:
    """Add entries to the project's files."""
    for table, rows in entries.items():
        decisions.add(project, table, rows)


def taken_back(project: Project, table: type[Table], name: str, by: str) -> list[Row]:
    """The entry that undoes the latest change of a plan, part or follow-up; what was only entered is taken out."""
    said = entered.entries(project, table, **{KEYS[table]: name})
    if not said:
        raise InputError("There is nothing in the plan with the key {key}.", key=name)
    before = said[-2] if len(said) > 1 else {**said[-1], "withdrawn": True}
    return [{**before, "entered_by": by, "entered_at": max(decisions.now(), said[-1]["entered_at"] + A_SECOND)}]


def made(
    project: Project, title: str, template: str, starts_on: date, cards: Sequence[Row], by: str, language: str,
) -> Entries:  # fmt: skip
    """A new plan as a draft: the template's sections, and of each card a goal with a first activity and an indicator.

    Raises InputError where a plan of that title is there already.
    """
    plan_key, chosen = key(title), tool.template(template) if template else None
    if find(project, plan_key):
        raise InputError("There is a plan called '{title}' already. Give this one another title.", title=title)
    ends_on = _months_later(starts_on, chosen.months if chosen else 36)
    plan = {
        "plan_key": plan_key, "title": title, "template": template or None, "starts_on": starts_on, "ends_on": ends_on,
        "state": PlanState.DRAFT.value, "is_public": False,
    }  # fmt: skip
    tradition = traditions()[chosen.tradition] if chosen else default(project.country)
    parts: list[Row] = []
    for section in chosen.sections if chosen else ():
        parts.append(_part(plan_key, PlanPart.SECTION, section.text[language], heading=section.id))
    for card in cards:
        heading = tradition.heading(card)
        parts += _of_card(plan_key, card, heading.id if heading else None, starts_on, ends_on)
    numbered = [{**part, "position": (number + 1) * 10} for number, part in enumerate(parts)]
    return {
        tables.plan_entries: changed(project, tables.plan_entries, [plan], by),
        tables.plan_parts: changed(project, tables.plan_parts, numbered, by),
    }


def version(project: Project, plan_key: str, name: str, by: str, note: str = "") -> list[Row]:
    """The entry that keeps a plan as it stands now as a version with the next number."""
    plan = find(project, plan_key)
    if plan is None:
        raise InputError("There is no plan '{key}'. Known: {known}.", key=plan_key, known=[])
    number = max((row["number"] for row in plan.versions), default=0) + 1
    latest: list[datetime] = [row["entered_at"] for row in (plan.row, *plan.parts, *plan.follow_ups)]
    row = {
        "version_key": key(plan_key, str(number)), "plan_key": plan_key, "number": number, "name": name,
        "holds_at": max([decisions.now(), *latest]), "note": note or None,
    }  # fmt: skip
    return changed(project, tables.plan_versions, [row], by)


def _of_card(plan_key: str, card: Row, heading: str | None, starts_on: date, ends_on: date) -> list[Row]:
    goal = _part(
        plan_key, PlanPart.GOAL, card["title"], heading=heading, card_key=card["card_key"], text=card["text"],
        responsible=card["owner"],
    )  # fmt: skip
    within = {"parent_key": goal["part_key"], "heading": heading, "card_key": card["card_key"]}
    found = [goal]
    if card["first_step"]:
        day = card["first_step_on"]
        responsible = card["first_step_by"] or card["owner"]
        starts = min(starts_on, day) if day else starts_on
        found.append(
            _part(plan_key, PlanPart.ACTIVITY, card["first_step"], **within, responsible=responsible, starts_on=starts,
                  ends_on=day)
        )  # fmt: skip
    if card["measure"]:
        found.append(
            _part(plan_key, PlanPart.INDICATOR, card["measure"], **within, baseline=_number(card["baseline"]),
                  baseline_on=starts_on, target=_number(card["target"]), target_on=card["target_on"] or ends_on,
                  evidence=card["evidence"])
        )  # fmt: skip
    if card["cost"] is not None:
        found.append(
            _part(plan_key, PlanPart.MONEY, card["title"], **within, amount=card["cost"], currency=card["currency"],
                  funder=card["funding"], is_granted=False)
        )  # fmt: skip
    return found


def _part(plan_key: str, kind: PlanPart, title: str, **more: Any) -> Row:
    name = key(plan_key, kind.value, more.get("card_key") or more.get("heading"), title)
    return {"part_key": name, "plan_key": plan_key, "kind": kind.value, "title": title, **more}


def _number(text: str | None) -> Decimal | None:
    """A number where a text is one, as people write it; else nothing."""
    try:
        return rounded(asking.amount(text)) if text else None
    except InputError:
        return None


def _months_later(day: date, months: int) -> date:
    """The last day of so many months from a day."""
    year, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + year, month + 1)[1]
    end = date(day.year + year, month + 1, min(day.day, last))
    return date.fromordinal(end.toordinal() - 1)


def _plain(value: Any) -> Any:
    return (str(value).replace("\r\n", "\n").strip() or None) if isinstance(value, str) else value


def _check(project: Project, table: type[Table], row: Mapping[str, Any]) -> None:
    """Raises InputError saying what is wrong with a row of a plan."""
    columns = table.columns()
    title = next((row[name] for name in ("title", "name") if name in row), "-")
    if not title:
        raise InputError("It has no title. Say in a few words what it is.")
    if row.get("starts_on") and row.get("ends_on") and row["ends_on"] < row["starts_on"]:
        raise InputError(
            "'{title}' ends on {ends}, before it starts on {starts}.",
            title=title, ends=row["ends_on"].isoformat(), starts=row["starts_on"].isoformat(),
        )  # fmt: skip
    for name, column in columns.items():
        words = [word.value for word in column.one_of or ()]
        if words and row[name] is not None and row[name] not in words:
            raise InputError("'{text}' must be one of: {known}.", text=row[name], known=words)
    texts = [row[name] for name in columns if _is_text(name, columns[name]) and row[name]]
    check_texts(texts, project, most=20_000)


def _is_text(name: str, column: Column) -> bool:
    """Whether people wrote the column's texts; keys are made of digits and letters that mean nothing."""
    return column.type is str and column.one_of is None and not name.endswith("_key") and name != "entered_by"
