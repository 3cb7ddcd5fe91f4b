"""Values of a place as people read them: unit, decimals, range; and why there is none."""

from collections.abc import Mapping

from bygd.reports.translate import DASH, N_, Translator
from bygd.vocabulary.place_words import FormGroup, Unit, ValueStatus

AFTER = {
    Unit.PER_THOUSAND, Unit.YEARS, Unit.KM, Unit.PER_KM2, Unit.TONNES, Unit.KG, Unit.KWH, Unit.M3, Unit.MICROGRAMS,
}  # fmt: skip
"""Units that are written after the number; those of people and things stand in the name of the indicator."""


MARKS = {
    ValueStatus.ESTIMATED: N_("estimated"),
    ValueStatus.PROVISIONAL: N_("provisional"),
    ValueStatus.BREAK: N_("break in the series"),
    ValueStatus.REVISED: N_("revised"),
}
"""What stands beside a value."""


def text_of(texts: Mapping[str, str], translate: Translator) -> str:
    """A text of the catalogue in the language, else in English, else in the first there is."""
    return texts.get(translate.language) or texts.get("en") or next(iter(texts.values()), "")


def value_text(
    value: float | None, unit: Unit, digits: int, currency: str, translate: Translator, *, bare: bool = False
) -> str:
    """A value with its unit; a dash where there is none. `bare` leaves out units that are words."""
    if value is None:
        return DASH
    if unit is Unit.PERCENT:
        return translate.percent(value / 100, digits)
    if unit is Unit.CURRENCY:
        return translate.money(round(value), currency)
    number = translate.fixed(value, digits) if digits else translate.number(round(value))
    return f"{number}\u00a0{translate.word(unit)}" if unit in AFTER and not bare else number


def part_text(breakdown: str, translate: Translator) -> str:
    """Which part a value is of; groups of legal forms and sizes in words, ages and the like as they are named."""
    pieces = (piece.partition("=") for piece in breakdown.split(";"))
    return ", ".join(_piece(name, part, translate) for name, _, part in pieces)


def _piece(name: str, part: str, translate: Translator) -> str:
    if name == "form" and part in list(FormGroup):
        return translate.word(FormGroup(part))
    if name == "seat":
        return translate("Seat not known")
    if name == "size":
        return translate("Size not known") if part == "unknown" else translate("{number} employees", number=part)
    return f"{name} {part}".strip()


def range_text(
    low: float | None, high: float | None, unit: Unit, digits: int, currency: str, translate: Translator
) -> str:
    """The range of a value, without units that are words; blank where there is none, open where one end is known."""
    if low is None and high is None:
        return ""
    ends = [value_text(end, unit, digits, currency, translate, bare=True) for end in (low, high)]
    if high is None:
        return translate("at least {value}", value=ends[0])
    return translate("{low} to {high}", low=ends[0], high=ends[1])


def label_text(label: Mapping[str, str], unit: Unit, translate: Translator) -> str:
    """What an indicator is called, with its unit, once, where that is a word: tables then hold bare values."""
    name, said = text_of(label, translate), translate.word(unit)
    return f"{name} ({said})" if unit in AFTER and said not in name else name


def mark(status: ValueStatus, translate: Translator) -> str:
    """What a reader should know of a value beside it; blank where it is as it was observed, or there is none."""
    return translate(MARKS[status]) if status in MARKS else ""


def why_none(status: ValueStatus, translate: Translator) -> str:
    """Why there is no value."""
    return translate.word(status)
