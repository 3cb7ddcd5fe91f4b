"""CPV codes by words: in any language, by beginnings and endings; every name stands for a division that there is."""

import gzip
import json
import re
from pathlib import Path

import pytest

from bygd.parameters.sentences import LANGUAGES
from bygd.tools.procurement import cpv, cpv_names


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("taxi", "60120000"),
        ("skolmat", "55523100"),
        ("School meals", "55523100"),
        ("schoonmaak kantoren", "90919200"),
        ("kontorsstädning", "90919200"),
        ("SNÖRÖJNING", "90620000"),
        ("909", "90910000"),
        ("hemtjänst", "85312000"),
    ],
)
def test_words_find_their_code_first(words: str, code: str) -> None:
    found = cpv_names.search(words, "se")
    assert found and found[0].code == code


@pytest.mark.parametrize("words", ["", "  ", "xy", "xyzzy", "taxi xyzzy", "<script>", "%", "a b c"])
def test_what_means_nothing_finds_nothing(words: str) -> None:
    assert cpv_names.search(words, "se") == []


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("9000000", {"09000000", "90000000"}),  # a nought lost at the front, or left out at the end
        ("900000000", {"90000000"}),
        ("58000000", {"85000000", "55000000"}),  # swapped, or one wrong
        ("99000000", {"79000000", "98000000"}),
        ("90910000-", {"90910000"}),
        ("5552", {"55000000"}),
        ("skolmat", {"55523100"}),
        ("9200000", {"09200000", "92000000"}),
    ],
)
def test_a_wrong_code_finds_those_that_may_be_meant(written: str, codes: set[str]) -> None:
    assert codes <= {one.code for one in cpv_names.meant(written, "se", most=12)}


@pytest.mark.parametrize("written", ["", "-", "xyzzy", "\u0665\u0665", "0", "123456789012"])
def test_what_is_near_no_code_finds_few_or_none(written: str) -> None:
    assert len(cpv_names.meant(written, "se")) <= 4


def test_every_name_is_whole_and_stands_for_a_division_that_there_is() -> None:
    names = cpv_names.names("se")
    assert len(names) > 100 and [one.code for one in names] == sorted({one.code for one in names})
    divisions = {one.code[:2] for one in names if one.code.endswith("000000")}
    for one in names:
        assert cpv.kind(cpv.code(one.code, "se"), "se") is not None, one.code
        assert all(one.name[language].strip() for language in LANGUAGES) and one.code[:2] in divisions, one.code
    assert len(divisions) == 45


def test_every_name_stands_for_a_code_of_cpv_2008_that_means_the_same(shared_data: Path) -> None:
    """The official list: a code that is there, and words in common with its English name or none to compare."""
    path = shared_data / "eu" / "cpv_codes.json.gz"
    if not path.exists():
        pytest.skip("the list of CPV codes is not at hand")
    with gzip.open(path) as opened:
        official = {one["code"][:8]: one["name"] for one in json.load(opened) if one["version"] == 2}
    unlike = {
        one.code: (one.name["en"], official[one.code])
        for one in cpv_names.names("se")
        if not stems(one.name["en"]) & stems(official[one.code])
    }
    assert len(official) == 9454 and set(unlike) <= UNLIKE, unlike


UNLIKE = {"45400000", "77300000", "77310000", "85312100", "98310000"}
"""Compared by eye: gardening is called horticultural there, laundry washing, finishing completion, day care daycare."""


def stems(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[a-z]{4,}", text.casefold())}


def test_a_code_without_a_name_has_that_of_its_group() -> None:
    named = cpv_names.named("90911200-8", "se")
    assert named and named.code == "90910000"
    assert cpv_names.named("85999999", "se") is not None and cpv_names.named("99000000", "se") is None
