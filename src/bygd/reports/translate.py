"""Translator: messages, numbers, money and dates of one language, read from its catalogue at run time."""

import math
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from babel import Locale
from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_compact_decimal, format_currency, format_decimal, format_percent, get_currency_symbol

from bygd.sources.errors import InputError
from bygd.vocabulary.money import rounded
from bygd.vocabulary.said import N_ as N_
from bygd.vocabulary.said import Said, from_plain
from bygd.vocabulary.words import Word

LANGUAGES = {"en": "en_GB", "sv": "sv_SE", "nl": "nl_NL"}
"""The languages of reports and the locale that numbers and dates follow in each."""

DASH = "–"
MINUS = "−"
"""The sign of its own, which no line breaks after; a pattern of Babel writes a hyphen, whatever the language."""
NEVER_LESS = 0.0001
LARGE = 1e15
"""From here on numbers are not rounded: nobody meant them."""
Number = int | float | Decimal


HERE = "bygd.reports"


def with_minus(written: str) -> str:
    """A written number with a minus sign where it has a hyphen."""
    return written.replace("-", MINUS)


@cache
def catalogue(language: str, package: str = HERE) -> Catalog | None:
    """What a package says in a language, from all its .po files; None for English, in which messages are written."""
    if language == "en":
        return None
    found = Catalog(locale=language)
    folder = files(package) / "locale" / language
    for resource in sorted(folder.iterdir(), key=lambda one: one.name):
        if resource.name.endswith(".po"):
            with resource.open("rb") as opened:
                for message in read_po(opened, locale=language):
                    if message.id:
                        found[message.id] = message
    return found


class Translator:
    """Speaks one language: call it with a message and the values of its placeholders.

    Messages are looked up in the catalogue of `package` first, then in that of the reports; one without a
    translation is given in English. Raises InputError for a language that bygd does not speak.
    """

    def __init__(self, language: str = "en", package: str = HERE) -> None:
        if language not in LANGUAGES:
            raise InputError(
                "bygd writes no reports in '{language}'. Choose one of: {known}.",
                language=language,
                known=sorted(LANGUAGES),
            )
        self.language = language
        self.locale = Locale.parse(LANGUAGES[language])
        self._catalogues = [
            found for name in dict.fromkeys((package, HERE)) if (found := catalogue(language, name)) is not None
        ]

    def __call__(self, message: str, **values: object) -> str:
        """The message in the language, its `{placeholders}` filled in."""
        return self._translated(message).format(**values) if values else self._translated(message)

    def said(self, what: str | InputError | Mapping[str, object]) -> str:
        """What an error or a Said says, or one that was made plain, with numbers as the language writes them.

        Any other text is looked up as it is.
        """
        what = what.said if isinstance(what, InputError) else from_plain(what)
        if not isinstance(what, Said):
            return self._translated(what)
        if self.language == "en":
            return str(what)
        return self(what.message, **{name: self._written(value) for name, value in what.values.items()})

    def ngettext(self, one: str, many: str, number: int, **values: object) -> str:
        """The message for one or for many, `{number}` written as the language writes numbers."""
        text = one if number == 1 else many
        for listed in self._catalogues:
            found = listed.get(one)
            if found is not None and found.string and all(found.string):
                text = found.string[number != 1]
                break
        return text.format(number=self.number(number), **values)

    def word(self, word: Word) -> str:
        """A word's label."""
        return self(word.label)

    def number(self, value: Number, digits: int = 0) -> str:
        """A number with the language's separators and at most so many decimals."""
        exact = rounded(Decimal(str(value)), digits)
        return with_minus(str(format_decimal(exact, format="#,##0.######", locale=self.locale)))

    def fixed(self, value: Number, digits: int) -> str:
        """A number with just so many decimals, noughts at the end as well."""
        pattern = "#,##0." + "0" * digits
        return with_minus(str(format_decimal(round(float(value), digits) + 0.0, format=pattern, locale=self.locale)))

    def percent(self, value: float | None, digits: int = 0) -> str:
        """A fraction of one as a percentage; a dash where it cannot be told."""
        if value is None:
            return DASH
        pattern = self.locale.percent_formats[None].pattern
        if digits:
            pattern = pattern.replace("0", "0." + "0" * digits)
        rounded = round(value, digits + 2) + 0.0  # turns -0.0 into 0.0
        return with_minus(str(format_percent(rounded, format=pattern, locale=self.locale)))

    def probability(self, value: float | None) -> str:
        """A probability with as many decimals as tell it from nought and from certainty, which nothing ever has."""
        if value is None:
            return DASH
        edge = min(value, 1 - value)
        if edge < NEVER_LESS * 0.999:
            bound = NEVER_LESS if value < 0.5 else 1 - NEVER_LESS
            return f"{'<' if value < 0.5 else '>'}\u00a0{self.percent(bound, 2)}"
        return self.percent(value, 0 if edge >= 0.01 else 1 if edge >= 0.001 else 2)

    def money(self, amount: Number, currency: str, digits: int = 0) -> str:
        """An amount in full, without decimals unless asked for."""
        decimals = "." + "0" * digits if digits else ""
        pattern = self.locale.currency_formats["standard"].pattern.replace("0.00", "0" + decimals)
        exact = rounded(Decimal(str(amount)), digits)
        text = str(format_currency(exact, currency, format=pattern, locale=self.locale, currency_digits=False))
        return re.sub(r"(?<=[A-Z])(?=[−\d])", "\u00a0", with_minus(text))  # a currency in letters stands apart

    def round_money(self, amount: Number, currency: str) -> str:
        """An amount in words to three significant figures: 616 million."""
        value = float(amount)
        if value < 0:
            return MINUS + self.round_money(-value, currency)
        if value < 1_000_000:
            return self.money(amount, currency)
        exact = float(rounded(Decimal(str(amount)), 2 - math.floor(math.log10(value))))
        number = format_compact_decimal(exact, format_type="long", locale=self.locale, fraction_digits=2)
        return self.money(0, currency).replace("0", number.replace(" ", "\u00a0"))

    def symbol(self, currency: str) -> str:
        """A currency's sign, or its code where it has none in the language."""
        return str(get_currency_symbol(currency, locale=self.locale))

    def day(self, day: date) -> str:
        """A date in words."""
        return str(format_date(day, format="long", locale=self.locale))

    def territory(self, code: str) -> str | None:
        """A country's name in the language, by its two letters."""
        name = self.locale.territories.get(code.upper())
        return None if name is None else str(name)

    def number_locale(self) -> dict[str, object]:
        """How numbers are written, in the form that Vega takes."""
        symbols = self.locale.number_symbols["latn"]
        return {
            "decimal": symbols["decimal"],
            "thousands": symbols["group"],
            "grouping": [3],
            "currency": ["", ""],
            "percent": self.percent(0).replace("0", ""),
        }

    def time_locale(self) -> dict[str, object]:
        """How days and months are written, in the form that Vega takes; its weeks begin on Sundays."""
        days, months = self.locale.days["stand-alone"], self.locale.months["stand-alone"]
        week, year = (6, 0, 1, 2, 3, 4, 5), range(1, 13)
        return {
            "dateTime": "%x %X",
            "date": "%Y-%m-%d",
            "time": "%H:%M:%S",
            "periods": ["", ""],
            "days": [days["wide"][day] for day in week],
            "shortDays": [days["abbreviated"][day] for day in week],
            "months": [months["wide"][month] for month in year],
            "shortMonths": [months["abbreviated"][month] for month in year],
        }

    def _written(self, value: object) -> str:
        """A value of a Said."""
        if isinstance(value, list):
            return ", ".join(map(self._written, value))
        if isinstance(value, Number) and abs(float(value)) < LARGE:
            return self.number(value, 6)
        return self.said(value) if isinstance(value, Said) else str(value)

    def _translated(self, message: str) -> str:
        for listed in self._catalogues:
            found = listed.get(message)
            if found is not None and isinstance(found.string, str) and found.string:
                return found.string
        return message
