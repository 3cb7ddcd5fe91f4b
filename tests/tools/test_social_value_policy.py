"""Policies as files: what is shipped is whole, versions stay readable, days find editions, faults are named by line."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from string import Formatter

import pytest
import yaml

from bygd.countries.pack import FOLDER as PACKS
from bygd.reports.translate import Translator
from bygd.sources.errors import InputError
from bygd.tools import social_value
from bygd.tools.social_value import Kind, Per, Points, Spread, sentences
from bygd.workbench import policies

SHIPPED = social_value.shipped()
EDITIONS = [one for policy in SHIPPED.values() for one in policy.editions]
TEMPLATE = PACKS / "_template" / "policies" / "example.yaml"

VERSIONS = {
    "gb/ppn_002 2025": "3ab60ebcfc42",
    "gb/preston two_parts": "02712fdc1386",
    "gb/preston five_themes": "357f16419a60",
    "nl/social_return_leiden 2023-09": "3ab30bea17bb",
    "nl/social_return_lekstroom current": "bff8e4f99604",
    "nl/social_return_oost_nederland current": "b2c01b329923",
    "nl/social_return_rijnvicus current": "2005946f6498",
    "nl/social_return_utrecht older": "97639888b6b5",
    "nl/social_return_utrecht newer": "c020685a7021",
    "se/employment_conditions current": "33dea61ebf00",
}


def test_a_shipped_edition_is_never_edited_but_followed_by_another() -> None:
    """Tenders name these. Where a slip in a text is mended the version here changes; copies keep the old one."""
    assert {f"{one.policy} {one.name}": one.version for one in EDITIONS} == VERSIONS


def test_what_the_plan_promises_is_shipped() -> None:
    assert {"gb/preston", "gb/ppn_002", "se/employment_conditions", "nl/social_return_utrecht"} <= set(SHIPPED)
    assert not [id for id in SHIPPED if id.startswith("_")]
    preston = SHIPPED["gb/preston"].edition("five_themes")
    assert list(preston.measures) == [
        "1.1",
        "1.2",
        "1.3",
        "2.1",
        "2.2",
        "2.3",
        "3.1",
        "3.2",
        "3.3",
        "4.1",
        "4.2",
        "5.1",
        "5.2",
    ]
    assert preston.points is None, "the council does not say how levels become points"
    assert [one.code for one in SHIPPED["se/employment_conditions"].editions[0].ask_first] == [
        "decision",
        "interest",
        "matching",
        "network",
    ]


@pytest.mark.parametrize("one", EDITIONS, ids=lambda one: f"{one.policy} {one.name}")
def test_every_shipped_edition_speaks_three_languages_and_names_its_source(one: social_value.Edition) -> None:
    texts = [one.title, *one.answer, *(theme.text for theme in one.themes)]
    texts += [measure.text for measure in one.measures.values()]
    texts += [text for asked in one.ask_first for text in (asked.text, asked.otherwise)]
    texts += [text for text in (one.about, one.limits.value_unless, one.limits.weight_unless) if text]
    assert all(set(text) == {"en", "sv", "nl"} for text in texts)
    assert one.source.href.startswith("https://") and (one.checked or not one.verified)
    assert not one.licence, "licensed lists are never shipped"
    for language in ("en", "sv", "nl"):
        assert "{" not in "\n".join(policies.shown(one, Translator(language, policies.PACKAGE)))


def test_no_file_of_a_licensed_value_bank_is_shipped() -> None:
    for path in PACKS.glob("*/policies/*"):
        text = path.read_text(encoding="utf-8").casefold()
        assert not [name for name in ("national toms", "social value bank", "hact", "tendium") if name in text], path


@pytest.mark.parametrize("language", ["sv", "nl"])
def test_every_sentence_is_translated_with_the_same_places(language: str) -> None:
    translate = Translator(language, policies.PACKAGE)
    words = [word.label for group in (Kind, Per, Spread, Points) for word in group]
    for message in (*sentences.MESSAGES, *policies.MESSAGES, *words):
        said = translate(message)
        assert said != message, message
        assert {name for _, name, _, _ in Formatter().parse(said)} == {
            name for _, name, _, _ in Formatter().parse(message)
        }


@pytest.mark.parametrize("one", EDITIONS, ids=lambda one: f"{one.policy} {one.name}")
def test_a_kept_edition_is_read_back_the_same(one: social_value.Edition, tmp_path: Path) -> None:
    path = social_value.keep(one, tmp_path)
    assert social_value.edition(one.id, tmp_path) == one
    before = path.read_bytes()
    assert social_value.keep(one, tmp_path).read_bytes() == before


def test_a_tender_keeps_its_version_when_the_policy_changes(tmp_path: Path) -> None:
    folder = tmp_path / "policies"
    folder.mkdir()
    file = folder / "ours.yaml"
    file.write_text(TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
    first = social_value.find("own/ours", tmp_path).editions[0]
    social_value.keep(first, tmp_path)
    file.write_text(file.read_text(encoding="utf-8").replace("most: 0.20", "most: 0.30"), encoding="utf-8")
    now = social_value.find("own/ours", tmp_path).editions[0]
    assert now.version != first.version
    assert social_value.edition(first.id, tmp_path) == first
    assert social_value.edition(now.id, tmp_path).limits.most == now.limits.most
    file.unlink()
    assert social_value.edition(first.id, tmp_path) == first
    with pytest.raises(InputError, match="no policy 'own/ours'"):
        social_value.edition(now.id, tmp_path)


def test_a_copy_that_was_changed_is_refused() -> None:
    text = social_value.kept(SHIPPED["gb/preston"].edition("five_themes"))
    assert "most: 0.20" in text
    with pytest.raises(InputError, match="was changed since the tender was made"):
        social_value.read_kept(text.replace("most: 0.20", "most: 0.25"))


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("most: 0.20", "most: 0.2", True),
        ("above: 50000", "above: 50000.00", True),
        ("https://example.org/", "https://example.org/moved", True),
        ("verified: false", "checked: 2026-11-22", True),
        ("Good conditions for", "Better conditions for", False),
        ("above: 50000", "at_least: 50000", False),
        ("points: from_lowest", "points: of_highest", False),
        ("since: 2000-01-01", "since: 2000-01-02", False),
    ],
)
def test_a_version_changes_with_what_a_tender_rests_on_and_with_nothing_else(
    tmp_path: Path, old: str, new: str, same: bool
) -> None:
    text = TEMPLATE.read_text(encoding="utf-8")
    assert old in text
    versions = []
    for content in (text, text.replace(old, new, 1)):
        (tmp_path / "one.yaml").write_text(content, encoding="utf-8")
        versions.append(social_value.check(tmp_path / "one.yaml").editions[0].version)
    assert (versions[0] == versions[1]) == same


@pytest.mark.parametrize(
    ("policy", "day", "expected"),
    [
        ("gb/preston", date(2023, 7, 2), "did not hold on 2023-07-02"),
        ("gb/preston", date(2023, 7, 3), "is not known: from which day 'five_themes' holds"),
        ("gb/preston", date(2026, 11, 21), "is not known"),
        ("gb/preston", date(2026, 11, 22), "five_themes"),
        ("gb/ppn_002", date(2025, 2, 12), "did not hold"),
        ("gb/ppn_002", date(2025, 2, 13), "2025"),
        ("nl/social_return_leiden", date(2023, 8, 31), "did not hold"),
        ("nl/social_return_leiden", date(2023, 9, 1), "2023-09"),
        ("nl/social_return_utrecht", date(2020, 1, 1), "from which day 'newer' holds was not read"),
        ("nl/social_return_utrecht", date(2027, 1, 1), "newer"),
        ("se/employment_conditions", date(2026, 11, 22), "current"),
    ],
)
def test_the_edition_of_a_day_or_why_nobody_can_tell(policy: str, day: date, expected: str) -> None:
    try:
        found = SHIPPED[policy].on(day).name
    except InputError as error:
        assert expected in str(error)
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("since", "until", "checked", "day", "held"),
    [
        (date(2020, 1, 1), None, None, date(2019, 12, 31), False),
        (date(2020, 1, 1), date(2021, 1, 1), None, date(2021, 1, 1), True),
        (date(2020, 1, 1), date(2021, 1, 1), None, date(2021, 1, 2), False),
        (None, None, date(2020, 1, 1), date(2020, 1, 1), True),
        (None, None, date(2020, 1, 1), date(2019, 12, 31), False),
        (None, None, None, date(2020, 1, 1), False),
    ],
)
def test_days_of_one_edition(
    since: date | None, until: date | None, checked: date | None, day: date, held: bool
) -> None:
    one = replace(EDITIONS[0], since=since, until=until, checked=checked)
    policy = social_value.Policy("own/x", (one,))
    if held:
        assert policy.on(day) is one
    else:
        with pytest.raises(InputError):
            policy.on(day)


def test_under_a_licence_neither_texts_nor_values_are_published() -> None:
    one = SHIPPED["nl/social_return_utrecht"].edition("newer")
    assert one.published() is one
    bare = replace(one, licence="Licensed, non-commercial, no derivatives").published()
    assert list(bare.measures) == list(one.measures) and bare.id == one.id
    assert not any(measure.text or measure.worth or measure.note for measure in bare.measures.values())
    assert "40,000" not in "\n".join(policies.shown(bare, Translator("en", policies.PACKAGE)))
    with pytest.raises(InputError, match="may not be published"):
        social_value.kept(bare)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("language: en ", "lang: en ", r"unknown key lang \(line {line}\)"),
        ("about:", "abuot:", r"unknown key abuot \(line {line}\)"),
        ("{above: 50000}", "{over: 50000}", r"unknown key over \(line {line}\)"),
        ('kind: level, text: {en: "Good', 'kind: levle, text: {en: "Good', "line {line}: 'kind' must be one of level"),
        ("most: 0.20", "most: 20", "line {line}: 20 is no share. Write 20 per cent as 0.20"),
        ("most: 0.20", "most: 0.20001", "line {line}: 0.20001 is no share"),
        ("least: 0,", "least: 0.5,", "line {line}: the least weight, 0.5, is above the most"),
        ("above: 50000", "above: many", "line {line}: 'above' must be a number"),
        ("above: 50000", "above: -1", "line {line}: 'above' must be 0 or more"),
        ("above: 50000", "above: 1, at_least: 1", "line {line}: give either"),
        ("fewest: 1", "fewest: 4", "line {line}: fewest is above most"),
        ("most: 3", "most: 3, always: ['9']", "line {line}: there is no measure 9"),
        ("spread: even", "spread: odd", "line {line}: 'spread' must be one of even, free"),
        ("levels: [1, 5]", "levels: [5, 1]", "line {line}: the lowest level"),
        ("levels: [1, 5]", "levels: 5", "line {line}: 'levels' must be"),
        (
            "points: from_lowest",
            "points: {1: 0, 5: 1}",
            "line {line}: give a share for each of the levels",
        ),
        (
            "points: from_lowest",
            "points: {1: 0, 2: 1, 3: 0, 4: 1, 5: 1}",
            "line {line}: a higher level may not",
        ),
        ("points: from_lowest", "points: much", "line {line}: 'points' must be one of"),
        ('code: "1.2"', 'code: "1.1"', "the code '1.1' stands there twice"),
        ('code: "1.2"', "code: 1.2", "line {line}: 'code' must be a text; write 1.2 in quotation marks"),
        ("since: 2000-01-01", "since: soon", "line {line}: 'soon' must be a day"),
        ("verified: false", "verified: maybe", "line {line}: 'verified' must be true or false"),
        ("    verified: false\n", "", "say under 'checked' when the source was read"),
        ('{en: "Work"}', '{sv: "Arbete"}', "line {line}: must map languages to texts, en among them"),
        ('{en: "Work"}', "Work", "line {line}: must map languages to texts"),
        ('title: "Decision', 'titel: "Decision', "unknown key titel"),
        ("otherwise:", "no:", "unknown key"),
        ("currency: EUR", "currency: EUR\n    currency: SEK", "stands there twice"),
        ("name: first ", "name: 2026 ", "line {line}: 'name' must be a text; write 2026 in quotation marks"),
        ("currency: EUR", "currency: euro", "line {line}: write a language as two letters, a currency as three"),
        ("language: en ", "language: english ", "line {line}: write a language as two letters"),
        ("unit: persons", "unit: [persons]", "line {line}: 'unit' must be a text"),
        ("most: 3", "most: 3, always: 3", "line {line}: 'always' must be a list"),
        ("editions:", "edition:", r"unknown key edition \(line {line}\)"),
    ],
)
def test_faulty_files_are_refused_with_file_and_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = TEMPLATE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "ours.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    with pytest.raises(InputError, match=said.replace("{line}", str(line))) as refusal:
        social_value.check(path)
    assert "ours.yaml" in str(refusal.value)


@pytest.mark.parametrize("content", ["", "- a", "editions: []", "editions: 3", "a: [", "\x00"])
def test_files_that_are_no_policy(tmp_path: Path, content: str) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"ours\.yaml"):
        social_value.check(path)
    with pytest.raises(InputError, match="is not there"):
        social_value.check(tmp_path / "missing.yaml")


def test_shipped_files_are_plain_yaml_for_other_programs() -> None:
    for path in PACKS.glob("*/policies/*.yaml"):
        assert yaml.safe_load(path.read_text(encoding="utf-8"))["editions"]
