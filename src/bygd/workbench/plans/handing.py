"""Handing over: what whoever takes over must know on one document, and all that belongs to a plan in one archive."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bygd.reports.grid import Grid, Head, Kind
from bygd.reports.paper import Block, Heading, Listed, Paper, Table, Text, write_pdf, write_word
from bygd.reports.translate import DASH, Translator
from bygd.tools import plans as tool
from bygd.vocabulary import tables
from bygd.vocabulary.columns import Table as Declared
from bygd.vocabulary.planning import ActivityStanding, CardStanding, PlanPart
from bygd.workbench import boards, decisions, entered
from bygd.workbench.plans import told
from bygd.workbench.plans.known import Plan
from bygd.workbench.project import Project

AHEAD = timedelta(days=183)
DONE = (ActivityStanding.DONE, ActivityStanding.STOPPED)
LONG_AGO = (2000, 1, 1, 0, 0, 0)
ENTRIES: tuple[type[Declared], ...] = (
    tables.plan_entries,
    tables.plan_parts,
    tables.plan_follow_ups,
    tables.plan_versions,
)


def handover(project: Project, plan: Plan, on: date, _: Translator) -> Paper:
    """What waits, what comes, who answers for what, which money is not granted, and which ideas lie on the board."""
    title = _("Handover: {title}", title=plan.row["title"])
    return Paper(title, f"{project.place_name} · {_.day(on)}", _.language, list(_blocks(project, plan, on, _)))


def pack(project: Project, plan: Plan, on: date, _: Translator, more: Mapping[str, bytes] | None = None) -> bytes:
    """One ZIP: the handover, the plan as DOCX and PDF, the board as a spreadsheet, and all entries of the plan as CSV.

    `more` are further files by name, such as the answers of a consultation.
    """
    paper, taking = told.paper(plan, project.place_name, on, _), handover(project, plan, on, _)
    files: dict[str, bytes] = {}
    for name, one in (("1-handover", taking), ("2-plan", paper)):
        held = io.BytesIO()
        write_word(one, held)
        files[f"{name}.docx"] = held.getvalue()
    held = io.BytesIO()
    write_pdf(paper, held)
    files["2-plan.pdf"] = held.getvalue()
    held = io.BytesIO()
    boards.write(boards.current(project), held, _)
    files["3-board.xlsx"] = held.getvalue()
    with TemporaryDirectory() as folder:
        for table in ENTRIES:
            path = Path(folder) / f"{table.__name__}.csv"
            if decisions.append(path, table, entered.entries(project, table, plan_key=plan.key)):
                files[f"entries/{path.name}"] = path.read_bytes()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**files, **(more or {})}.items():
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _blocks(project: Project, plan: Plan, on: date, _: Translator) -> Iterator[Block]:
    yield Text(told.decision(plan, _))
    accounts = tool.account(plan.parts, plan.follow_ups, on)
    open_ones = [one for one in accounts if one.standing not in DONE]
    yield Heading(1, _("How the plan stands"))
    yield Listed(told.sentences(plan, on, _))
    if plan.is_decided:
        yield Text(_("To be followed up next by {day}.", day=_.day(tool.next_follow_up(plan.row, plan.follow_ups))))
    coming = [one for one in open_ones if (day := one.part["ends_on"]) and on <= day <= on + AHEAD]
    if coming:
        yield Heading(1, _("To be done within half a year"))
        yield Table(told.activities(sorted(coming, key=lambda one: one.part["ends_on"]), _))
    named: dict[str, list[str]] = {}
    for one in open_ones:
        named.setdefault(one.part["responsible"] or _("nobody yet"), []).append(one.part["title"])
    if named:
        columns = (Head(_("Responsible"), is_row_head=True), Head(_("What is still to be done")))
        rows = [(who, "; ".join(what)) for who, what in sorted(named.items())]
        yield Heading(1, _("Who answers for what"))
        yield Table(Grid(_("Who answers for what"), columns, rows))
    waiting = [row for row in plan.of(PlanPart.MONEY) if not row["is_granted"] and row["amount"] is not None]
    if waiting:
        heads = (Head(_("For what"), is_row_head=True), Head(_("Who pays")), Head(_("Amount"), Kind.NUMBER))
        cells = [(row["title"], row["funder"] or DASH, row["amount"]) for row in waiting]
        yield Heading(1, _("Money that is not granted yet"))
        yield Table(Grid(_("Money that is not granted yet"), heads, cells))
    ideas = [
        card["title"] + (f" ({card['owner']})" if card["owner"] else "")
        for card in boards.current(project)
        if not card["in_plan"] and card["standing"] in (CardStanding.POSSIBLE, CardStanding.IDEA)
    ]
    if ideas:
        yield Heading(1, _("On the board, and in no plan"))
        yield Listed(ideas)
