"""The open meeting of the sample place: held, voted on, with first steps; a file that the web takes in."""

import json
from pathlib import Path
from typing import Any

from bygd.countries.pack import read_yaml
from bygd.workbench import boards
from bygd.workbench.project import Project

FILE = Path(__file__).with_name("meeting.yaml")
TARGET = Path("boards") / "meetings" / "sample.json"
FACTS = (
    *("title", "question", "about", "language", "starts_at", "room", "moderator", "coffee"),
    *("follow_up_hours", "dots", "cards"),
)


def write(project: Project) -> Path:
    """Write the meeting beside a place whose board is there already: its groups are cards of the board."""
    told = read_yaml(FILE)
    cards = {card["title"]: card for card in boards.current(project)}
    ideas = [(group["key"], "shown", one) for group in told["groups"] for one in group["ideas"]]
    ideas += [(None, "shown", one) for one in told["loose"]] + [(None, "hidden", one) for one in told["hidden"]]
    said = {
        **{name: told[name] for name in FACTS},
        **{name: told[name].isoformat() for name in ("held_on", "follow_up_on")},
        "kind": "open",
        "vote": "dots",
        "phase": "closed",
        "seed": "",
        "groups": [_group(one, cards[one["card"]]) for one in told["groups"]],
        "ideas": [
            {"key": f"idea-{number:04}", "group": group, "state": state, **one}
            for number, (group, state, one) in enumerate(ideas, 1)
        ],
        "ballots": [vote["dots"] for vote in told["votes"] for _time in range(vote["times"])],
    }
    target = project.folder / TARGET
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
    return target


def _group(one: dict[str, Any], card: dict[str, Any]) -> dict[str, Any]:
    on = one.get("first_step_on") or card["first_step_on"]
    return {
        "key": one["key"],
        "title": card["title"],
        "pillar": card["pillar"],
        "owner": card["owner"] or "",
        "first_step": one.get("first_step") or card["first_step"] or "",
        "first_step_on": on.isoformat() if on else None,
        "card_key": card["card_key"],
        "names": one.get("names", []),
    }
