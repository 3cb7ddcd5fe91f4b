"""Self-assessments of the sample place: what a study circle answered in two years; all of it made up."""

import json
import random
from typing import Any

from bygd.tools.boards.traditions import principles
from bygd.vocabulary.words import Pillar
from bygd.workbench.project import Project

ROUNDS = (
    ("cirkeln-2025", "Studiecirkeln, våren 2025", "2025-04-02", "2025-04-30"),
    ("cirkeln-2026", "Studiecirkeln, våren 2026", "2026-03-14", "2026-04-01"),
)


def write(place: Project) -> None:
    """A file for each round, as the web takes them in."""
    folder = place.folder / "boards" / "assessments"
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in rounds().items():
        (folder / f"{name}.json").write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def rounds() -> dict[str, dict[str, Any]]:
    """Two rounds of self-assessment by file name; seven people each time, always the same."""
    chance = random.Random(20260314)  # noqa: S311 - made-up data, not a secret
    questions = {
        "principles": [one.id for one in principles()],
        "pillars": [pillar.value for pillar in Pillar],
        "mission": ["written", "spending", "work", "land", "money", "together"],
    }
    made = {}
    for number, (name, title, opened, closed) in enumerate(ROUNDS):
        sheets = []
        for person in range(7):
            sheet: dict[str, list[Any]] = {}
            for place, id in enumerate(f"{part}-{one}" for part, listed in questions.items() for one in listed):
                usual = (0, 1, 1, 2, 2)[(place * 3) % 5] + (number if place % 3 == 0 else 0)
                spread = 2 if place % 7 == 4 else 1
                sheet[id] = [min(3, max(0, usual + chance.randint(-spread, spread)))]
            if person == 2:
                sheet["mission-spending"].append("Siffrorna finns, men ingen har satt något mål")
            sheets.append(sheet)
        made[name] = {
            "title": title, "language": "sv", "opened_on": opened, "closed_on": closed, "parts": list(questions),
            "sheets": sheets,
        }  # fmt: skip
    return made
