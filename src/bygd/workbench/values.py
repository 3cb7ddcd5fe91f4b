"""Dated values as rows for pages: what holds on a day, and whose source nobody has read for a while."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bygd import parameters
from bygd.countries import Country
from bygd.parameters import Parameter, Value
from bygd.parameters.sentences import Texts, in_language
from bygd.reports.translate import Translator
from bygd.vocabulary.words import Standing

MONEY = ("EUR", "SEK", "GBP")

COUNTED: dict[str, Callable[[Translator, int], str]] = {
    "days": lambda _, number: _.ngettext("{number} day", "{number} days", number),
    "working_days": lambda _, number: _.ngettext("{number} working day", "{number} working days", number),
    "months": lambda _, number: _.ngettext("{number} month", "{number} months", number),
    "years": lambda _, number: _.ngettext("{number} year", "{number} years", number),
    "persons": lambda _, number: _.ngettext("{number} person", "{number} persons", number),
    "suppliers": lambda _, number: _.ngettext("{number} supplier", "{number} suppliers", number),
}
"""Units of what is counted in whole numbers, in words."""


@dataclass(frozen=True, slots=True)
class Held:
    """A value on a day. `value` is None before the first day known; `shown` is its text, empty where it has none."""

    parameter: Parameter
    value: Value | None
    label: str
    shown: str
    says: str
    note: str

    @property
    def state(self) -> str:
        """`known`, `unread` (there is one, which nobody here read), `abolished`, or `none`."""
        if self.value is None:
            return "none"
        return "unread" if not self.value.known else "abolished" if self.value.value is None else "known"


def topics(country: Country) -> list[str]:
    """The topics of which the country, or a pack behind it, has values."""
    return sorted({name for pack in country.lineage() for name in parameters.topics(pack.folder)})


def on(country: Country, topic: str, day: date, translate: Translator) -> list[Held]:
    """The values of a topic on a day, in the order of the files."""
    return [_held(one, one.on(day), translate) for one in country.rule(topic).values()]


def stale(country: Country, older_than: int, day: date) -> list[parameters.Stale]:
    """Values of the country and the packs behind it whose source was read more days ago, or never; oldest first."""
    return parameters.stale([pack.folder for pack in country.lineage()], older_than, day)


def _held(parameter: Parameter, value: Value | None, translate: Translator) -> Held:
    says = (value.says or parameter.says) if value else {}
    shown = "" if value is None else _shown(value, translate)
    language = translate.language
    note = in_language(value.note, language) if value else ""
    return Held(parameter, value, parameter.label_in(language), shown, _sentence(says, language, shown), note)


def _sentence(says: Texts, language: str, limit: str) -> str:
    return in_language(says, language).replace("{limit}", limit)


def _shown(value: Value, translate: Translator) -> str:
    amount = value.value
    if amount is None:
        return ""
    if isinstance(amount, Standing):
        return translate.word(amount)
    digits = 0 if amount == int(amount) else 2
    if value.unit in MONEY:
        return translate.money(amount, value.unit, digits)
    if value.unit == "share":
        return translate.percent(float(amount), 0 if Decimal(amount) * 100 == int(Decimal(amount) * 100) else 1)
    if value.unit in COUNTED and amount == int(amount):
        return COUNTED[value.unit](translate, int(amount))
    return translate.number(amount, 4)
