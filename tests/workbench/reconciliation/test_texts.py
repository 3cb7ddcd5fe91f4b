"""Every text stands in every language, and the language is the one asked for."""

import re
from importlib.resources import files

import pytest
import yaml

from bygd.workbench.reconciliation.texts import language_of

TEXTS = yaml.safe_load(files("bygd.workbench.reconciliation").joinpath("texts.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("key", TEXTS)
def test_a_text_stands_in_every_language_with_the_same_places_to_fill(key: str) -> None:
    assert set(TEXTS[key]) == {"en", "sv", "nl"} and all(TEXTS[key].values())
    assert len({frozenset(re.findall(r"\{\w+\}", text)) for text in TEXTS[key].values()}) == 1


@pytest.mark.parametrize(
    ("header", "language"),
    [("", "en"), ("sv", "sv"), ("sv-SE,sv;q=0.9,en;q=0.8", "sv"), ("de, nl;q=0.5, en;q=0.7", "en"), ("de", "en"),
     ("nl-BE", "nl"), ("sv;q=0, en;q=0.1", "en"), ("*", "en"), ("sv;q=x, nl", "nl"),
     (";;;,,,=", "en"), ("x" * 9999, "en")],
)  # fmt: skip
def test_the_header_chooses_the_language(header: str, language: str) -> None:
    assert language_of(header) == language
