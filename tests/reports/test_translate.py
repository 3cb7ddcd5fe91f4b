"""Every message has a Swedish and a Dutch translation; numbers are written as the language writes them."""

import re
from decimal import Decimal

import pytest
from babel.messages.pofile import read_po

from bygd.countries import sources
from bygd.reports.translate import LANGUAGES, Translator, catalogue
from bygd.sources.errors import InputError

from .messages import FOLDER, messages

TRANSLATED = [language for language in LANGUAGES if language != "en"]


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated_and_no_translation_is_left_over(language: str) -> None:
    listed = catalogue(language)
    assert listed is not None
    found = {message.id: message for message in listed if message.id}
    said = messages()
    assert said - found.keys() == set(), "messages without a translation"
    publishers = {source.publisher for source in sources()}  # said as they are where nobody has translated them
    assert found.keys() - said - publishers == set(), "translations that nothing says any more"
    for message in found.values():
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(strings), f"empty: {message.id}"
        assert not message.fuzzy, f"fuzzy: {message.id}"


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_have_the_placeholders_of_their_message(language: str) -> None:
    def placeholders(text: str) -> set[str]:
        return set(re.findall(r"{(\w+)}", text))

    for message in catalogue(language) or ():
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in strings:
            assert placeholders(text) == placeholders(ids[-1]), message.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_message_is_translated_in_two_files(language: str) -> None:
    """Two catalogues with one message would drift apart."""
    seen: dict[object, str] = {}
    for path in sorted((FOLDER / "locale" / language).glob("*.po")):
        with path.open("rb") as opened:
            for message in read_po(opened, locale=language):
                assert not message.id or message.id not in seen, f"{message.id}: {seen[message.id]} and {path.name}"
                seen[message.id] = path.name


def test_money_in_words() -> None:
    assert Translator("sv").round_money(616_412_345, "SEK") == "616\u00a0miljoner\u00a0kr"
    assert Translator("nl").round_money(616_412_345, "EUR") == "€\u00a0616\u00a0miljoen"
    assert Translator("en").round_money(616_412_345, "GBP") == "£616\u00a0million"
    assert Translator("en").round_money(-1_234_567, "GBP") == "−£1.23\u00a0million"
    assert Translator("en").round_money(45_600.4, "SEK") == "SEK\u00a045,600"


def test_money_in_full() -> None:
    assert Translator("sv").money(Decimal("1234567.50"), "SEK") == "1\u00a0234\u00a0568\u00a0kr"
    assert Translator("nl").money(Decimal("1234.5"), "EUR", 2) == "€\u00a01.234,50"


def test_percentages() -> None:
    assert [Translator(language).percent(0.184) for language in ("sv", "nl", "en")] == ["18\u00a0%", "18%", "18%"]
    assert Translator("sv").percent(0.184, 1) == "18,4\u00a0%"
    assert Translator("en").percent(-0.0001) == "0%"
    assert Translator("en").percent(None) == "–"


def test_below_nought_stands_a_minus_sign_and_no_hyphen() -> None:
    for language in ("sv", "nl", "en"):
        one = Translator(language)
        written = one.number(-1.5, 1), one.fixed(-0.3, 2), one.percent(-0.2), one.money(-5, "SEK")
        for text in (*written, one.money(-5, "EUR"), one.round_money(-5_000_000, "SEK"), one.round_money(-5, "EUR")):
            assert "−" in text and "-" not in text, (language, text)


def test_probabilities_are_never_nought_or_one() -> None:
    said = [Translator("sv").probability(value) for value in (0, 0.00012, 0.004, 0.5, 0.994, 0.9996, 0.9999, 1, None)]
    assert [text.replace("\u00a0", " ") for text in said] == [
        "< 0,01 %", "0,01 %", "0,4 %", "50 %", "99,4 %", "99,96 %", "99,99 %", "> 99,99 %", "–",
    ]  # fmt: skip


def test_one_and_many() -> None:
    swedish = Translator("sv")
    one, many = "There was {number} warning.", "There were {number} warnings."
    assert swedish.ngettext(one, many, 1) == "Det fanns 1 varning."
    assert swedish.ngettext(one, many, 1234) == "Det fanns 1\u00a0234 varningar."


def test_a_language_nobody_speaks_here() -> None:
    with pytest.raises(InputError, match="Choose one of: en, nl, sv"):
        Translator("fr")
