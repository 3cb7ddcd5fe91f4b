"""Told: a plan in sentences, tables and a timetable, as blocks that every door writes."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from bygd.reports.charts import plans as charts
from bygd.reports.charts.theme import NARROW, WIDE
from bygd.reports.grid import Grid, Head, Kind
from bygd.reports.paper import Block, Drawing, Heading, Listed, Paper, Table, Text
from bygd.reports.translate import DASH, Translator
from bygd.tools import plans as tool
from bygd.tools.boards import Heading as TraditionHeading
from bygd.tools.plans import Account
from bygd.vocabulary.planning import ActivityStanding, CardState, PlanPart, PlanState
from bygd.workbench.plans.known import Plan, Row

FIRST_TOLD = (ActivityStanding.OVERDUE, ActivityStanding.LATE)


def paper(plan: Plan, place_name: str, on: date, _: Translator) -> Paper:
    """The whole plan as a document: what it is, sections, goals with activities and indicators, money, follow-up."""
    return Paper(plan.row["title"], f"{place_name} · {period(plan, _)}", _.language, list(_blocks(plan, on, _)))


def period(plan: Plan, _: Translator) -> str:
    """From when to when it runs."""
    return f"{_.day(plan.row['starts_on'])} {DASH} {_.day(plan.row['ends_on'])}"


def decision(plan: Plan, _: Translator) -> str:
    """How far the plan has come, and who decided it when."""
    row = plan.row
    if row["state"] in (PlanState.DECIDED, PlanState.ENDED) and row["decided_on"] and row["decided_by"]:
        said = _("Decided on {day} by {body}.", day=_.day(row["decided_on"]), body=row["decided_by"])
        return f"{said} {row['decision']}" if row["decision"] else said
    if row["state"] == PlanState.CONSULTATION and row["consulted_until"]:
        return _("Out for consultation until {day}. Nothing is decided yet.", day=_.day(row["consulted_until"]))
    return _("A draft. Nothing is decided yet.") if row["state"] != PlanState.ENDED else _.word(PlanState.ENDED)


def sentences(plan: Plan, on: date, _: Translator) -> list[str]:
    """How the plan stands on a day: counts, what is late and with whom, how far indicators have come."""
    accounts = tool.account(plan.parts, plan.follow_ups, on)
    if not accounts:
        return [_("The plan has no activities yet.")]
    counts = tool.counted(accounts)
    said = [
        _(
            "Of {number} activities, {done} are done, {under_way} under way, {coming} not yet due, {late} should have "
            "begun, {overdue} are overdue and {stopped} were stopped.",
            number=len(accounts), **{one.value: counts[one] for one in ActivityStanding},
        )
    ]  # fmt: skip
    said += [_late(one, _) for one in accounts if one.standing in FIRST_TOLD]
    for one in tool.reached(plan.parts, plan.follow_ups, on):
        if one.share is not None and one.value is not None:
            said.append(
                _(
                    "{name}: {value} now, from {baseline} towards {target}.",
                    name=one.part["title"], value=_plain(one.value, _), baseline=_plain(one.part["baseline"], _),
                    target=_plain(one.part["target"], _),
                )
            )  # fmt: skip
        elif one.value is None and one.part["baseline"] is not None and one.part["target"] is not None:
            said.append(
                _(
                    "{name}: from {baseline} towards {target}, not followed up yet.", name=one.part["title"],
                    baseline=_plain(one.part["baseline"], _), target=_plain(one.part["target"], _),
                )
            )  # fmt: skip
    return said


def timetable(plan: Plan, on: date, _: Translator) -> Drawing | None:
    """The activities in time; None where there are none."""
    accounts = tool.account(plan.parts, plan.follow_ups, on)
    if not accounts:
        return None
    first, last = plan.row["starts_on"], plan.row["ends_on"]
    days = [day for one in accounts for day in (one.part["starts_on"], one.part["ends_on"]) if day]
    first, last = min([first, *days]), max([last, *days])
    rows = [
        {
            "name": one.part["title"],
            "from": one.part["starts_on"] or first,
            "to": one.part["ends_on"] or last,
            "standing": one.standing,
        }
        for one in accounts
    ]
    rows.sort(key=lambda row: (row["from"], row["to"], row["name"]))
    wide, narrow = (charts.timetable(rows, first, last, on, _, width=width) for width in (WIDE, NARROW))
    return Drawing("timetable", wide, narrow, wide["description"])


def money(plan: Plan, _: Translator) -> list[Grid]:
    """What the plan costs and who pays, a table for each currency; sums for each and of what is granted."""
    rows = [row for row in plan.of(PlanPart.MONEY) if row["amount"] is not None]
    found = []
    for currency in sorted({row["currency"] or "" for row in rows}):
        listed = [row for row in rows if (row["currency"] or "") == currency]
        heads = (
            Head(_("For what"), is_row_head=True),
            Head(_("Who pays")),
            Head(_("Granted")),
            Head(f"{_('Amount')} ({currency})" if currency else _("Amount"), Kind.NUMBER),
        )
        cells = [
            (row["title"], row["funder"] or DASH, _("yes") if row["is_granted"] else _("no"), row["amount"])
            for row in listed
        ]
        granted = sum(row["amount"] for row in listed if row["is_granted"])
        whole = sum(row["amount"] for row in listed)
        total = (_("In all"), _("of which granted: {amount}", amount=_.number(granted)), "", whole)
        found.append(Grid(_("Money"), heads, cells, total))
    return found


def activities(rows: Sequence[Account], _: Translator) -> Grid:
    """Activities with who answers for them, their time and how they stand."""
    heads = (
        Head(_("Activity"), is_row_head=True),
        Head(_("Responsible")),
        Head(_("From"), Kind.DAY),
        Head(_("To"), Kind.DAY),
        Head(_("How it stands")),
    )
    cells = [
        (
            one.part["title"] + (f": {one.part['text']}" if one.part["text"] else ""),
            one.part["responsible"] or DASH,
            one.part["starts_on"],
            one.part["ends_on"],
            _.word(one.standing) + (f". {one.latest['said']}" if one.latest and one.latest["said"] else ""),
        )
        for one in rows
    ]
    return Grid(_("Activities"), heads, cells)


def indicators(plan: Plan, on: date, _: Translator, keys: set[str] | None = None) -> Grid | None:
    """Indicators with where they began, where they are and where they should be; None where there are none."""
    found = [
        one for one in tool.reached(plan.parts, plan.follow_ups, on) if keys is None or one.part["part_key"] in keys
    ]
    if not found:
        return None
    heads = (
        Head(_("What is measured"), is_row_head=True),
        Head(_("At the start")),
        Head(_("Now")),
        Head(_("Target")),
        Head(_("Reached by"), Kind.DAY),
    )
    cells = [
        (
            one.part["title"] + (f" ({one.part['unit']})" if one.part["unit"] else ""),
            _plain(one.part["baseline"], _),
            _plain(one.value, _),
            _plain(one.part["target"], _),
            one.part["target_on"],
        )
        for one in found
    ]
    return Grid(_("Indicators"), heads, cells)


def groups(plan: Plan, language: str) -> list[tuple[str, str, list[Row]]]:
    """Goals under the headings of the plan's tradition: id, heading, goals; last those under none."""
    found = [(one.id, _heading(one, language), plan.under(one.id)) for one in plan.tradition.headings]
    known = {one.id for one in plan.tradition.headings}
    others = [row for row in plan.of(PlanPart.GOAL) if row["heading"] not in known]
    return [*(one for one in found if one[2]), *([("", "", others)] if others else [])]


def _heading(one: TraditionHeading, language: str) -> str:
    return one.text[language]


def _blocks(plan: Plan, on: date, _: Translator) -> Iterator[Block]:
    yield Text(decision(plan, _))
    if plan.row["about"]:
        yield Text(plan.row["about"])
    yield Heading(1, _("How the plan stands"), "standing")
    yield Text(_("As of {day}.", day=_.day(on)), is_quiet=True)
    yield Listed(sentences(plan, on, _))
    for row in plan.of(PlanPart.SECTION):
        if row["text"]:
            yield Heading(1, row["title"])
            yield Text(row["text"])
    accounts = tool.account(plan.parts, plan.follow_ups, on)
    for _id, heading, goals in groups(plan, _.language):
        yield Heading(1, heading or _("Other goals"))
        for goal in goals:
            yield from _goal(plan, goal, accounts, on, _)
    loose = {row["part_key"] for row in plan.loose(PlanPart.ACTIVITY)}
    if loose:
        yield Heading(1, _("Activities of the whole plan"))
        yield Table(activities([one for one in accounts if one.part["part_key"] in loose], _))
    measured = indicators(plan, on, _, {row["part_key"] for row in plan.loose(PlanPart.INDICATOR)})
    if measured:
        yield Heading(1, _("Indicators of the whole plan"))
        yield Table(measured)
    drawn = timetable(plan, on, _)
    if drawn:
        yield Heading(1, _("Timetable"))
        yield drawn
    sums = money(plan, _)
    if sums:
        yield Heading(1, _("Money"))
        for grid in sums:
            yield Table(grid)
    yield from _followed(plan, _)
    template = plan.template
    if template:
        source = " ".join(filter(None, (template.source.said(_.language), template.source.href)))
        yield Text(
            _("Made after the template {name}. Source: {source}", name=template.title[_.language], source=source), True
        )


def _goal(plan: Plan, goal: Row, accounts: Sequence[Account], on: date, _: Translator) -> Iterator[Block]:
    yield Heading(2, goal["title"])
    if goal["text"]:
        yield Text(goal["text"])
    if goal["responsible"]:
        yield Text(_("Responsible: {name}", name=goal["responsible"]))
    own = [one for one in accounts if one.part["parent_key"] == goal["part_key"]]
    if own:
        yield Table(activities(own, _))
    measured = indicators(plan, on, _, {row["part_key"] for row in plan.of(PlanPart.INDICATOR, goal["part_key"])})
    if measured:
        yield Table(measured)


def _followed(plan: Plan, _: Translator) -> Iterator[Block]:
    days = sorted({row["followed_on"] for row in plan.follow_ups}, reverse=True)
    if not days:
        return
    titles = {row["part_key"]: row["title"] for row in plan.parts}
    yield Heading(1, _("Follow-ups"))
    for day in days:
        yield Heading(2, _.day(day))
        said = [row for row in plan.follow_ups if row["followed_on"] == day]
        whole = next((row["said"] for row in said if not row["part_key"] and row["said"]), "")
        if whole:
            yield Text(whole)
        items = [line for row in said if row["part_key"] in titles and (line := _word(row, titles[row["part_key"]], _))]
        if items:
            yield Listed(items)


def _word(row: Row, title: str, _: Translator) -> str:
    parts = [
        _.word(CardState(row["state"])) if row["state"] else "",
        _plain(row["value"], _) if row["value"] is not None else "",
        row["said"] or "",
    ]
    return f"{title}: {'. '.join(part for part in parts if part)}" if any(parts) else ""


def _late(one: Account, _: Translator) -> str:
    who, title = one.part["responsible"] or _("nobody yet"), one.part["title"]
    if one.standing is ActivityStanding.OVERDUE:
        return _(
            "Overdue since {day}: {title}. Responsible: {name}.", day=_.day(one.part["ends_on"]), title=title, name=who
        )
    return _(
        "Should have begun on {day}: {title}. Responsible: {name}.",
        day=_.day(one.part["starts_on"]),
        title=title,
        name=who,
    )


def _plain(value: Any, _: Translator) -> str:
    """A value as people write it, without noughts at its end."""
    return DASH if value is None else _.number(value, 2 if value != int(value) else 0)
