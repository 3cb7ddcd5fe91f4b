"""The procurement tool beside its cases: shipped rules are whole, own guidelines, CPV codes, what is refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from string import Formatter

import pytest

from bygd import parameters
from bygd.countries import load
from bygd.reports.translate import Translator
from bygd.sources.errors import InputError
from bygd.tools.procurement import Buyer, Kind, Question, ask, cpv, guidelines, rulebook, sentences
from bygd.tools.procurement.answer import Part
from bygd.tools.procurement.rulebook import PARTS, Rulebook
from bygd.vocabulary.words import Standing
from bygd.workbench import lawful

COUNTRIES = ("eu", "gb", "nl", "se")
SMALL = Question(date(2026, 3, 1), Buyer.MUNICIPALITY, Decimal(150_000), Kind.SERVICES)


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_two_limits_hold_for_one_purchase(country: str) -> None:
    book = rulebook(country)
    for day in book.days:
        for buyer in Buyer:
            for kind in Kind:
                held = book.held(day, buyer, kind)
                assert len(held.get("direct_award", ())) <= 1
                assert len(held.get("threshold", ())) == (day >= date(2018, 1, 1)), (day, buyer, kind)


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_shipped_rule_is_told_in_three_languages_and_has_an_address(country: str) -> None:
    for one in rulebook(country).parameters:
        assert set(one.label) >= {"en", "sv", "nl"}, one.key
        assert all(value.source.href for value in one.values), one.key
        for value in one.values:
            texts = value.says or one.says
            assert (one.role in PARTS) == bool(texts), one.key
            places = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in texts.values()]
            assert all(found == places[0] <= {"limit"} for found in places), one.key


@pytest.mark.parametrize("country", COUNTRIES)
def test_what_was_marked_as_verified_says_when_it_was_read(country: str) -> None:
    for one in rulebook(country).parameters:
        assert one.checked or not any(value.verified for value in one.values), one.key


@pytest.mark.parametrize("language", ["sv", "nl"])
def test_every_sentence_is_translated_with_the_same_places(language: str) -> None:
    translate = Translator(language, lawful.PACKAGE)
    words = [word.label for group in (Part, Kind, Buyer, Standing) for word in group]
    for message in (*sentences.MESSAGES, *words, lawful.ADVICE, lawful.NOT_VERIFIED, *lawful.HEADINGS.values()):
        said = translate(message)
        assert said != message or message in ("Open", "Procedure"), message
        assert {name for _, name, _, _ in Formatter().parse(said)} == {
            name for _, name, _, _ in Formatter().parse(message)
        }, message


@pytest.mark.parametrize("language", ["en", "sv", "nl"])
@pytest.mark.parametrize("country", COUNTRIES)
def test_an_answer_can_be_read_in_every_language(country: str, language: str) -> None:
    translate = Translator(language, lawful.PACKAGE)
    question = replace(SMALL, cpv="85312000", spent=Decimal(1000), areas=("Here",))
    answer = ask(question, rulebook(country))
    text = "\n".join(lawful.lines(answer, translate))
    assert "{" not in text and translate(lawful.ADVICE) in text
    row = lawful.as_row(answer, translate)
    assert row["direct_award"] == answer.direct_award
    assert all(one["text"] and one["sources"] for one in row["statements"])


OWN = """
guidelines:
  - id: ask_three
    since: 2024-04-01
    until: 2026-12-31
    from: 100000
    below: 700000
    kinds: [services, supplies]
    ask: 3
    source: {title: "Riktlinjer för direktupphandling, kommunfullmäktige 2024-03-25 § 31"}
  - id: local_dialogue
    since: 2024-04-01
    says: {sv: "Tala med näringslivskontoret först."}
    source: {title: Samma, href: "https://kommun.example/riktlinjer"}
"""


def own(folder: Path, text: str = OWN) -> tuple[guidelines.Guideline, ...]:
    (folder / "rules").mkdir(exist_ok=True)
    (folder / guidelines.FILE).write_text(text, encoding="utf-8")
    return guidelines.load(folder)


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        ({}, True),
        ({"value": Decimal(100_000)}, True),
        ({"value": Decimal(99_999)}, False),
        ({"kind": Kind.WORKS}, False),
        ({"on": date(2024, 3, 31)}, False),
        ({"on": date(2024, 4, 1)}, True),
        ({"on": date(2027, 1, 1)}, False),
        ({"value": Decimal(700_000)}, False),
    ],
)
def test_own_guidelines_hold_for_their_days_values_and_kinds(tmp_path: Path, change: dict, asked: bool) -> None:
    answer = ask(replace(SMALL, **change), rulebook("se"), own(tmp_path))
    found = answer.get("guideline.ask_three")
    assert (found is not None) == asked
    if found:
        assert found.standing is Standing.MANDATORY and found.values["ask"] == "3"
        assert found.basis[0].source.said("nl").startswith("Riktlinjer") and found.basis[0].from_pack == "project"


def test_own_guidelines_never_open_what_is_closed_and_speak_every_language(tmp_path: Path) -> None:
    found = own(tmp_path)
    closed = ask(replace(SMALL, value=Decimal(800_000)), rulebook("se"), found)
    assert closed.direct_award is Standing.CLOSED and not closed.get("guideline.local_dialogue")
    told = ask(SMALL, rulebook("se"), found).get("guideline.local_dialogue")
    assert told
    for language in ("en", "sv", "nl"):
        assert (
            lawful.sentence(told, "SEK", Translator(language, lawful.PACKAGE)) == "Tala med näringslivskontoret först."
        )


def test_no_file_is_no_guidelines(tmp_path: Path) -> None:
    assert guidelines.load(tmp_path) == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("ask: 3", "ask: none", "'ask' must be a whole number"),
        ("ask: 3", "ask: 0", "'ask' must be a whole number"),
        ("    ask: 3\n", "", "give either 'ask'"),
        ("from: 100000", "from: -1", "from: must be an amount"),
        ("from: 100000", "from: much", "from: must be an amount"),
        ("kinds: [services, supplies]", "kinds: [toys]", "'kinds' must be a list of works"),
        ("since: 2024-04-01\n    until", "since: soon\n    until", "'soon' must be a day"),
        ("until: 2026-12-31", "unless: 2026-12-31", "unknown key unless"),
        ("id: local_dialogue", "id: ask_three", "two guidelines with the id 'ask_three'"),
        ("guidelines:", "rules:", "unknown key rules"),
        ("{sv:", "{fi:", "'says' must map languages"),
        ("{title: Samma, href", "{href", "title is missing"),
    ],
)
def test_faulty_guidelines_are_refused_with_file_and_entry(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in OWN
    with pytest.raises(InputError, match=r"guidelines\.yaml") as refusal:
        own(tmp_path, OWN.replace(old, new, 1))
    assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"value": Decimal(-1)}, "The value is -1"),
        ({"value": Decimal("NaN")}, "no amount of money"),
        ({"value": Decimal("Infinity")}, "no amount of money"),
        ({"spent": Decimal("-0.01")}, "The sum already spent is -0.01"),
        ({"currency": "EUR"}, "are in SEK, not EUR"),
        ({"vat": "perhaps"}, "Choose one of: with, without"),
        ({"vat_rate": Decimal(25)}, "Write 25 per cent as 0.25"),
        ({"on": date(1066, 10, 14)}, "no day on which one could buy"),
        ({"kind": None}, "Say what is bought"),
        ({"part": "Atlantis"}, "know no part 'Atlantis'"),
        ({"cpv": "853"}, "Write eight digits"),
        ({"cpv": "99000000"}, "no CPV division 99"),
        ({"cpv": "00000000"}, "no CPV division 00"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(change: dict, said: str) -> None:
    with pytest.raises(InputError) as refusal:
        ask(replace(SMALL, **change), rulebook("se"))
    assert said in str(refusal.value) and "\n" not in str(refusal.value)


def test_the_narrowest_cpv_entry_counts() -> None:
    assert cpv.span("45") == (45000000, 45999999)
    assert cpv.span("85000000-85323000") == (85000000, 85323000)
    assert cpv.span("79622000") == (79622000, 79622000)
    broad, narrow = cpv.kind(79500000, "se"), cpv.kind(79622000, "se")
    assert broad and narrow and (broad.kind, narrow.kind) == (Kind.SERVICES, Kind.SOCIAL)
    assert narrow.basis.from_pack == "se" and narrow.basis.verified


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("role: duty", "role: wish", "there is no role 'wish'"),
        ("buyer: [state]", "seller: [state]", "'applies' knows no 'seller'"),
        ("buyer: [state]", "buyer: [king]", "buyer cannot be king"),
        ("  says: {en: Do., sv: Gör., nl: Doe.}\n", "", "'says' is missing"),
    ],
)
def test_a_rule_that_the_tool_does_not_understand_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = """
a_rule:
  label: {en: A rule}
  about: What it is.
  unit: standing
  role: duty
  applies: {buyer: [state]}
  says: {en: Do., sv: Gör., nl: Doe.}
  values:
    2020-01-01: {value: mandatory, verified: false, source: {title: Act}}
"""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "procurement.yaml").write_text(text.replace(old, new), encoding="utf-8")
    country = replace(load("world"), code="xx", folder=tmp_path, parent=None)
    with pytest.raises(parameters.ValueFileError, match="a_rule") as refusal:
        Rulebook(country)
    assert said in str(refusal.value)
