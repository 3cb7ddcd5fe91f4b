"""Cases by date: `<country>/<topic>/<day>_<what>.yaml` says which values a topic must give that day."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from bygd import countries

# Files that begin with a day; the others hold questions and answers, see test_procurement.py.
CASES = sorted(Path(__file__).parent.glob("*/*/[0-9]*.yaml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: "/".join(path.parts[-3:]))
def test_the_values_of_a_day(path: Path) -> None:
    day = date.fromisoformat(path.stem.split("_")[0])
    country, topic = path.parts[-3], path.parts[-2]
    found = countries.load(country).rule(topic)
    for key, expected in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        value = found[key].on(day)
        given = {} if value is None else {"value": value.value, "since": value.since, "from_pack": value.from_pack}
        if isinstance(given.get("value"), Decimal):
            given["value"] = float(given["value"])
        assert given == (expected or {}), f"{path.name}, {key}"


def test_there_are_cases() -> None:
    assert CASES
