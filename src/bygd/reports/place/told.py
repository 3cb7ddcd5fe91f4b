"""What is told of a place: sentences first, then lines of values with range, year, source and what to beware of."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from bygd.reports.place.values import mark, range_text, text_of, value_text, why_none
from bygd.reports.translate import Translator
from bygd.vocabulary.place_words import Level, Theme

if TYPE_CHECKING:
    Profile = Any
    Shown = Any

ORDER = (
    Theme.POPULATION, Theme.WORK, Theme.MATERIAL, Theme.ENTERPRISE, Theme.HOUSING, Theme.HEALTH, Theme.SOCIETY,
    Theme.SAFETY, Theme.ENVIRONMENT, Theme.WELLBEING,
)  # fmt: skip

EVEN = 0.02
"""So near to one a job ratio is told as even."""


def sentences(profile: "Profile", currency: str, translate: Translator) -> Iterator[str]:
    """What a study circle should know first: who lives here, where they work, what they earn, how it changed."""
    name = profile.area.name
    people = profile.one("population")
    if people and people.value is not None:
        yield translate(
            "{number} people live in {place} ({year}).",
            number=_value(people, currency, translate), place=name, year=people.figure.period,
        )  # fmt: skip
        first = next((point for point in people.over_time if point.value), None)
        if first and first.period != people.figure.period and first.value:
            change = people.value / first.value - 1
            told = {"share": translate.percent(abs(change), 1), "year": first.period}
            more = translate("That is {share} more than in {year}.", **told)
            yield more if change >= 0 else translate("That is {share} fewer than in {year}.", **told)
    jobs = profile.one("job_ratio")
    if jobs and jobs.value is not None and profile.area.level is not Level.COUNTRY:
        meaning = translate("about as many people travel in to work as out.")
        if abs(jobs.value - 1) >= EVEN:
            out = translate("more people travel out to work than in.")
            meaning = out if jobs.value < 1 else translate("more people travel in to work than out.")
        ratio = translate.fixed(jobs.value, 2)
        yield translate("There are {ratio} jobs for each resident who works: {meaning}", ratio=ratio, meaning=meaning)
    for id in ("unemployment", "low_income_share", "child_poverty", "older_share"):
        one = profile.one(id)
        if one is None or one.value is None:
            continue
        beside = [found for found in one.beside if found.value is not None and found.area.name]
        text = f"{text_of(one.indicator.label, translate)}: {_value(one, currency, translate)}"
        unit, digits = one.indicator.unit, one.indicator.digits
        others = ", ".join(
            f"{found.area.name} {value_text(found.value, unit, digits, currency, translate)}" for found in beside
        )
        yield f"{text} ({others})." if others else f"{text}."


def lines(profile: "Profile", currency: str, translate: Translator) -> Iterator[str]:
    """The profile for a terminal: sentences, then values by theme, then what is missing."""
    yield from sentences(profile, currency, translate)
    for theme, listed in by_theme(profile.shown).items():
        yield ""
        yield translate.word(theme)
        for one in listed:
            yield _line(one, currency, translate)
            for warning in one.warnings:
                yield f"      ! {translate.said(warning)}"
    if profile.missing:
        yield ""
        names = ", ".join(text_of(one.label, translate) for one in profile.missing)
        yield translate("Nothing is known here of: {names}.", names=names)


def comparison(profile: "Profile", names: Mapping[str, str], currency: str, translate: Translator) -> Iterator[str]:
    """The place beside others: who the others are and why, then values and ranks with their range."""
    choice = profile.peers
    if choice.is_chosen:
        yield translate("Compared with places that people chose:")
    elif choice.peers:
        yield translate(
            "Compared with places most like it in structure, not in outcome, by: {names}.",
            names=", ".join(names.get(id, id) for id in choice.structure),
        )
    for peer in choice.peers:
        yield f"  {names.get(peer.area_id, peer.area_id)}  {translate.fixed(peer.distance, 2)}"
    for one in profile.shown:
        unit, digits = one.indicator.unit, one.indicator.digits
        named = [(found.area.name or translate("places like it"), found.value) for found in one.beside]
        beside = "  ".join(f"{name}: {value_text(value, unit, digits, currency, translate)}" for name, value in named)
        rank = ""
        if one.rank:
            rank = "  " + translate(
                "rank {best} to {worst} of {among}", best=one.rank.best, worst=one.rank.worst, among=one.rank.among
            )
        yield f"{text_of(one.indicator.label, translate):<44.44} {_value(one, currency, translate):>14}  {beside}{rank}"


def by_theme(shown: Any) -> dict[Theme, list[Any]]:
    """What is shown, by theme, in the order in which people ask."""
    found = {theme: [one for one in shown if one.indicator.theme is theme] for theme in ORDER}
    return {theme: listed for theme, listed in found.items() if listed}


def _value(one: "Shown", currency: str, translate: Translator) -> str:
    return value_text(one.value, one.indicator.unit, one.indicator.digits, currency, translate)


def _line(one: "Shown", currency: str, translate: Translator) -> str:
    unit, digits = one.indicator.unit, one.indicator.digits
    value = _value(one, currency, translate) if one.value is not None else why_none(one.status, translate)
    noted = mark(one.status, translate)
    ends = range_text(one.figure.low, one.figure.high, unit, digits, currency, translate)
    several = ""
    if one.several is not None:
        mean = value_text(one.several.value, unit, digits, currency, translate)
        several = "  " + translate("{years}: {value} on average", years=one.several.period, value=mean)
    label = text_of(one.indicator.label, translate)
    marked = f" [{noted}]" if noted else ""
    return f"  {label:<44.44} {value:>16}  {one.figure.period:<9} {f'({ends})' if ends else ''}{marked}{several}"
