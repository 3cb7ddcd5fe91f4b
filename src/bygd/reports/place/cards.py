"""Method cards of indicators: definition, unit, direction, source, day fetched, and what to beware of."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from bygd.reports.place.scoring import standing
from bygd.reports.place.values import range_text, text_of, value_text, why_none
from bygd.reports.translate import DASH, N_, Translator
from bygd.vocabulary.place_words import Direction, Unit

if TYPE_CHECKING:
    Shown = Any
    Indicator = Any

NONE_CHECKED = N_("Nobody has checked yet that the source's table is the right one.")
SOME_CHECKED = N_("Of some of its tables nobody has checked yet that they are the right ones.")

Titles = Callable[[str], str]


def card(one: "Shown", currency: str, translate: Translator, title: Titles = str) -> list[tuple[str, str]]:
    """Terms and their text; `title` gives the name of a source by its id."""
    _, figure, indicator = translate, one.figure, one.indicator
    unit, digits = indicator.unit, indicator.digits
    value = value_text(one.value, unit, digits, currency, _) if one.value is not None else why_none(one.status, _)
    rows = [(_("Value"), value), (_("Period"), figure.period), (_("Status"), _.word(one.status))]
    if ends := range_text(figure.low, figure.high, unit, digits, currency, _):
        rows.append((_("Range"), ends))
    if figure.coverage is not None and figure.coverage < 1:
        told = _("{share} of what it is put together of has a value", share=_.percent(figure.coverage))
        rows.append((_("Rests on"), told))
    if one.several is not None:
        mean = value_text(one.several.value, unit, digits, currency, _)
        rows.append((_("Average of years"), _("{years}: {value}", years=one.several.period, value=mean)))
    rows += about(indicator, currency, _)
    rows.append((_("Source"), "; ".join(title(source) for source in figure.sources) or DASH))
    rows.append((_("Table"), "; ".join(one.tables) or DASH))
    rows.append((_("Fetched or read on"), _.day(date.fromisoformat(one.fetched_on)) if one.fetched_on else DASH))
    rows += [(_("Beware"), _.said(warning)) for warning in one.warnings]
    rows.append((_("Snapshot"), figure.snapshot or DASH))
    rows.append((_("Id"), f"indicator:{indicator.id}"))
    return rows


def portrait(
    profile: Any, holds: Callable[["Indicator"], bool], translate: Translator, title: Titles = str
) -> list[tuple[str, str]]:
    """The card of a picture of the indicators that it `holds`: what better means, how many are told, whose they are."""
    _ = translate
    told = [one for one in profile.shown if holds(one.indicator) and standing(one) is not None]
    catalogue = [one for one in (*(one.indicator for one in profile.shown), *profile.missing) if holds(one)]
    rest = sum(indicator.direction is Direction.NEITHER for indicator in catalogue)
    periods = sorted(one.figure.period for one in told) or [DASH]
    first, last = periods[0], periods[-1]
    sources = dict.fromkeys(title(source) for one in told for source in one.figure.sources)
    says = _(
        "Indicators of which more is better or worse are set beside the country. Alike are those where the country's "
        "value lies within the range that chance leaves or, where no range is known, within two per cent."
    )
    return [
        (_("Definition"), says),
        (_("Rests on"), _("{told} of {all} indicators of the catalogue", told=len(told), all=len(catalogue) - rest)),
        (
            _("Left out"),
            _.ngettext(
                "{number} indicator of which more is neither better nor worse",
                "{number} indicators of which more is neither better nor worse",
                rest,
            ),
        ),
        (_("Period"), first if first == last else _("{first} to {last}", first=first, last=last)),
        (_("Sources"), "; ".join(sources) or DASH),
        (_("Snapshot"), told[0].figure.snapshot or DASH if told else DASH),
    ]


def about(indicator: "Indicator", currency: str, translate: Translator) -> list[tuple[str, str]]:
    """What is the same wherever the indicator is told: definition, unit, direction, how areas are put together."""
    _ = translate
    unit = _.symbol(currency) if indicator.unit is Unit.CURRENCY else _.word(indicator.unit)
    rows = [
        (_("Definition"), text_of(indicator.definition, _)),
        (_("Unit"), unit),
        (_("Direction"), _.word(indicator.direction)),
        (_("Smallest area"), _.word(indicator.smallest)),
        (_("Small areas together"), _.word(indicator.combine)),
    ]
    if indicator.caveats:
        rows.append((_("Beware"), text_of(indicator.caveats, _)))
    if indicator.series and not indicator.is_verified:
        some = any(one.verified for one in indicator.series)
        rows.append((_("Checked"), _(SOME_CHECKED if some else NONE_CHECKED)))
    return rows


def terms(rows: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    """The card as a mapping, its repeated terms joined."""
    found: dict[str, str] = {}
    for term, text in rows:
        found[term] = f"{found[term]} {text}" if term in found else text
    return found
