"""The action plan of the sample place: made of the cards chosen on its board, decided, and followed up once."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from bygd.countries.pack import read_yaml
from bygd.vocabulary import tables
from bygd.vocabulary.planning import PlanPart, PlanState
from bygd.workbench import boards, plans
from bygd.workbench.plans.entering import Entries
from bygd.workbench.project import Project

FILE = Path(__file__).with_name("plan.yaml")
LANGUAGE = "sv"
EMPTY: dict[Any, dict[str, Any]] = {table: dict.fromkeys(table.columns()) for table in plans.KEYS}


def make(project: Project) -> Entries:
    """The entries, always the same, of a place whose board is there already."""
    told = read_yaml(FILE)
    chosen = [card for card in boards.current(project) if card["in_plan"]]
    made = plans.made(project, told["title"], told["template"], told["starts_on"], chosen, told["by"], LANGUAGE)
    plan = made[tables.plan_entries][0]
    parts = [_filled(row, told) for row in made[tables.plan_parts]]
    goals = {row["title"]: row for row in parts if row["kind"] == PlanPart.GOAL}
    parts += [_activity(plan, goals[one["card"]], one) for one in told["activities"]]
    at, decided = told["made_at"], told["decided_at"]
    facts = {**plan, "about": told["about"].strip(), "consulted_until": told["consulted_until"]}
    decision = {name: told[name] for name in ("decided_on", "decided_by", "decision")}
    states = [
        {**facts, "state": PlanState.CONSULTATION.value, "is_public": True},
        {**facts, **decision, "state": PlanState.DECIDED.value, "is_public": True},
    ]
    versions = [
        _version(plan, number, name, moment)
        for number, (name, moment) in enumerate((("Utskickad på samråd", at), ("Beslutad", decided)), start=1)
    ]
    by = told["by"]
    return {
        tables.plan_entries: [*_signed([states[0]], by, at), *_signed([states[1]], by, decided)],
        tables.plan_parts: _signed(parts, by, at),
        tables.plan_versions: [*_signed(versions[:1], by, at), *_signed(versions[1:], by, decided)],
        tables.plan_follow_ups: _signed(_follow_up(plan, parts, told["follow_up"]), by, told["follow_up"]["at"]),
    }


def _filled(row: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    if row["kind"] == PlanPart.SECTION:
        return {**row, "text": told["sections"][row["heading"]]}
    if row["kind"] == PlanPart.MONEY:
        return {**row, "is_granted": row["title"] in told["granted"]}
    return dict(row)


def _activity(plan: Mapping[str, Any], goal: Mapping[str, Any], one: Mapping[str, Any]) -> dict[str, Any]:
    own = {name: one[name] for name in ("title", "responsible", "starts_on", "ends_on")}
    names = ("heading", "card_key", "position")
    return {
        **EMPTY[tables.plan_parts], **{name: goal[name] for name in names}, **own, "withdrawn": False,
        "part_key": plans.key(plan["plan_key"], "activity", one["title"]), "plan_key": plan["plan_key"],
        "kind": PlanPart.ACTIVITY.value, "parent_key": goal["part_key"],
    }  # fmt: skip


def _version(plan: Mapping[str, Any], number: int, name: str, at: datetime) -> dict[str, Any]:
    return {
        **EMPTY[tables.plan_versions], "version_key": plans.key(plan["plan_key"], str(number)), "name": name,
        "plan_key": plan["plan_key"], "number": number, "holds_at": at + timedelta(hours=1), "withdrawn": False,
    }  # fmt: skip


def _follow_up(
    plan: Mapping[str, Any], parts: Iterable[Mapping[str, Any]], told: Mapping[str, Any]
) -> list[dict[str, Any]]:
    keys = {row["title"]: row["part_key"] for row in parts if row["kind"] in (PlanPart.ACTIVITY, PlanPart.INDICATOR)}
    words: list[tuple[str | None, dict[str, Any]]] = [(None, {"said": told["said"]})]
    words += [(keys[title], dict(word)) for title, word in told["activities"].items()]
    words += [(keys[title], {"value": Decimal(value)}) for title, value in told["indicators"].items()]
    return [
        {
            **EMPTY[tables.plan_follow_ups], **word, "part_key": key, "plan_key": plan["plan_key"], "withdrawn": False,
            "followed_on": told["day"], "follow_key": plans.follow_key(plan["plan_key"], key, told["day"]),
        }
        for key, word in words
    ]  # fmt: skip


def _signed(rows: Iterable[Mapping[str, Any]], by: str, at: datetime) -> list[dict[str, Any]]:
    return [{**row, "entered_by": by, "entered_at": at + timedelta(seconds=place)} for place, row in enumerate(rows)]
