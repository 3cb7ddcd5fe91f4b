"""What a value file says to people and for whom: roles, facts, sentences, values nobody has read."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from bygd import parameters
from bygd.vocabulary.words import Standing

TEXTS = {"en": "Do it.", "sv": "Gör det.", "nl": "Doe het."}
SOURCE = {"title": "Act § 1", "href": "https://law.example/1"}


def rule(**changes: Any) -> dict[str, Any]:
    """A rule of a made-up country with one thing changed; None takes a key away."""
    entry: dict[str, Any] = {
        "label": {"en": "A rule"},
        "about": "What it is.",
        "unit": "standing",
        "role": "duty",
        "applies": {"buyer": ["state"], "regime": ["above"]},
        "says": TEXTS,
        "evidence": [TEXTS],
        "checked": date(2026, 1, 1),
        "values": {date(2020, 1, 1): {"value": "mandatory", "source": SOURCE}},
    }
    entry |= changes
    return {key: value for key, value in entry.items() if value is not None}


def load(folder: Path, entry: dict[str, Any]) -> parameters.Parameter:
    (folder / "rules").mkdir()
    (folder / "rules" / "law.yaml").write_text(
        yaml.safe_dump({"a_rule": entry}, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    return parameters.load(folder, "law")["a_rule"]


def test_a_rule_is_read_with_its_facts_and_sentences(tmp_path: Path) -> None:
    found = load(tmp_path, rule())
    assert (found.role, found.applies) == ("duty", {"buyer": ("state",), "regime": ("above",)})
    assert found.says == TEXTS and found.lists == {"evidence": (TEXTS,)}
    value = found.on(date(2021, 1, 1))
    assert value and value.value is Standing.MANDATORY and value.known


def test_a_value_nobody_read_is_not_the_same_as_an_abolished_one(tmp_path: Path) -> None:
    days = {
        date(2020, 1, 1): {"value": 100, "vat": "with", "including": True, "source": SOURCE},
        date(2022, 1, 1): {"value": "unknown", "source": SOURCE},
        date(2024, 1, 1): {"value": None, "source": SOURCE},
    }
    found = load(tmp_path, rule(unit="SEK", values=days))
    first, unread, abolished = (found.on(day) for day in days)
    assert first and (first.value, first.vat, first.including, first.known) == (100, "with", True, True)
    assert unread and (unread.value, unread.known, unread.verified) == (None, False, False)
    assert abolished and (abolished.value, abolished.known) == (None, True)
    latest = found.last_known(date(2022, 6, 1))
    assert latest and latest.value == Decimal(100)
    assert found.last_known(date(2019, 1, 1)) is None


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (rule(says={"en": "Do it.", "sv": "Gör det."}), "says: nl is missing"),
        (rule(says=TEXTS | {"de": "Tu es."}), "says: unknown key de"),
        (rule(says=TEXTS | {"nl": " "}), "the sentence in nl is empty"),
        (rule(evidence=TEXTS), "'evidence' must be a list"),
        (rule(instead=[]), "'instead' must be a list"),
        (rule(applies=["state"]), "'applies' must map facts to lists"),
        (rule(applies={"buyer": "state"}), "'applies' must map facts to lists"),
        (
            rule(values={date(2020, 1, 1): {"value": "perhaps", "source": SOURCE}}),
            "'value' must be one of below, above",
        ),
        (rule(values={date(2020, 1, 1): {"value": 7, "source": SOURCE}}), "'value' must be one of below, above"),
        (rule(unit="SEK"), "'value' must be a number"),
        (rule(unit="SEK", values={date(2020, 1, 1): {"value": 1, "vat": "some", "source": SOURCE}}), "'vat' must be"),
        (rule(unit="SEK", values={date(2020, 1, 1): {"value": 1, "including": 1, "source": SOURCE}}), "'including'"),
    ],
)
def test_a_faulty_rule_is_refused_with_file_and_key(tmp_path: Path, entry: dict[str, Any], said: str) -> None:
    with pytest.raises(parameters.ValueFileError, match="a_rule") as refusal:
        load(tmp_path, entry)
    assert said in str(refusal.value)
