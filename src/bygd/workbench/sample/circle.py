"""The study circle of the sample place: concluded, with what it put on the board; a file that the web takes in."""

import json
from pathlib import Path
from typing import Any

from bygd.countries.pack import read_yaml
from bygd.tools import circles
from bygd.vocabulary.planning import CardStanding
from bygd.workbench import boards
from bygd.workbench.project import Project

FILE = Path(__file__).with_name("circle.yaml")
TARGET = Path("boards") / "circles" / "sample.json"
LANGUAGE = "sv"
STANDINGS = (CardStanding.DONE, CardStanding.POSSIBLE)
SHOWN = {"given_by": "", "is_shown": True}


def write(project: Project) -> Path:
    """Write the circle beside a place whose board is there already: its efforts are the cards it put up."""
    told = read_yaml(FILE)
    course = circles.courses(project.country, LANGUAGE)[told["course"]]
    facts = {name: told[name] for name in ("title", "where", "members", "handed_to", "conclusion")}
    said = {
        **facts,
        "language": LANGUAGE,
        "course": circles.plain(course),
        "days": {key: day.isoformat() for key, day in told["days"].items()},
        "state": "concluded",
        "concluded_on": told["concluded_on"].isoformat(),
        "answers": [{"is_picked": False, **one, **SHOWN} for one in told["answers"]],
        "efforts": [_effort(card) for card in boards.current(project) if card["standing"] in STANDINGS],
        "talks": [{**one, **SHOWN} for one in told["talks"]],
    }
    target = project.folder / TARGET
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
    return target


def _effort(card: dict[str, Any]) -> dict[str, Any]:
    texts = ("text", "for_whom", "owner", "first_step", "first_step_by")
    day = card["first_step_on"]
    return {
        **{name: card[name] or "" for name in texts},
        **{name: card[name] for name in ("pillar", "standing", "title", "card_key")},
        "first_step_on": day.isoformat() if day else None,
        **SHOWN,
    }
