"""What residents of the sample place mapped, who works with whom, and two cases under way; all of it made up."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from bygd.vocabulary import tables
from bygd.vocabulary.columns import Table
from bygd.vocabulary.ids import make_key
from bygd.workbench.assets import key, relation_key
from bygd.workbench.cases import key as case_key

ENTERED = "Provcirkel"
ENTERED_AT = datetime(2026, 3, 14, 15, 0)
WALK, WALKED = "Gemensam rundvandring, Södra bruket", date(2026, 3, 14)
STANDS = {"withdrawn": False}
SIGNED = {"entered_by": ENTERED, "entered_at": ENTERED_AT}


def make() -> dict[type[Table], list[dict[str, Any]]]:
    """Rows of entries by table, always the same."""
    told = yaml.safe_load((Path(__file__).parent / "mapping.yaml").read_text(encoding="utf-8"))
    listed = [_asset(row) for row in told["assets"]]
    keys = {row["name"]: row["asset_key"] for row in listed}
    ties = [
        {
            "relation_key": relation_key(keys[first], kind, keys[second]), "from_key": keys[first], "kind": kind,
            "to_key": keys[second], "last_seen": WALKED, **STANDS,
        }
        for first, kind, second in told["ties"]
    ]  # fmt: skip
    return {
        tables.asset_entries: [{**row, **SIGNED} for row in listed],
        tables.relation_entries: [{**row, **SIGNED} for row in ties],
        **cases(keys),
    }


def _asset(row: Mapping[str, Any]) -> dict[str, Any]:
    hours, seen = row.get("hours_unused"), row["last_seen"]
    source = WALK if seen == WALKED else "Studiecirkelns lista"
    made = key(row["layer"], row["name"], row.get("place_name"))
    return {**row, "asset_key": made, "hours_unused": Decimal(hours) if hours else None, "source": source, **STANDS}


def cases(keys: Mapping[str, str]) -> dict[type[Table], list[dict[str, Any]]]:
    """Two cases and what happened to them; `keys` are the keys of assets by name."""
    told = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
    rows, events = [], []
    for one in told["cases"]:
        made = case_key(one["kind"], one["title"])
        listed = one.pop("events")
        about = {**one, "asset_key": keys.get(one.pop("asset", ""))}
        rows.append({**about, "case_key": made, **STANDS, **SIGNED})
        for number, event in enumerate(listed):
            events.append({"event_key": make_key(made, str(number)), "case_key": made, **event, **SIGNED})
    return {tables.case_entries: rows, tables.case_events: events}
