"""Obligation: social return owed on a contract, filled by blocks pro rata, and what is left of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from bygd.sources.errors import InputError
from bygd.tools.social_value.choosing import LARGEST, check_share, within
from bygd.tools.social_value.policy import Edition, Measure, Per, Worth
from bygd.vocabulary.money import rounded
from bygd.vocabulary.said import Said

MONTHS = 12
WEEK = Decimal(168)
"""Hours in a week: no contract has more."""


@dataclass(frozen=True, slots=True)
class Effort:
    """What a supplier did: so many `persons` by the measure `code`, each so many `hours` a week for so many `months`.

    `units` are hours, days or other units spent; `amount` is what was paid without VAT, or agreed.
    `bonuses` are codes of measures that come on top, for each of the persons.
    """

    code: str
    persons: int = 1
    hours: Decimal | None = None
    months: Decimal | None = None
    units: Decimal | None = None
    amount: Decimal | None = None
    bonuses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """What one effort counts for, in cents: the measure itself and each bonus by its code."""

    effort: Effort
    counted: Decimal
    bonuses: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def total(self) -> Decimal:
        """The measure and its bonuses."""
        return self.counted + sum(self.bonuses.values(), Decimal(0))


@dataclass(frozen=True, slots=True)
class Obligation:
    """What is owed, what was done and what is left. Money in the policy's currency, in cents.

    `applies` is false for a contract below the value from which the policy holds: nothing is owed.
    `left` is never below nought; `beyond` is what was done above what is owed. `assumed` lists the
    bonuses that were counted pro rata because nobody read how they count: the lower of the two.
    """

    applies: bool
    owed: Decimal
    lines: tuple[Line, ...]
    assumed: tuple[str, ...]

    @property
    def filled(self) -> Decimal:
        """What all efforts count for."""
        return sum((line.total for line in self.lines), Decimal(0))

    @property
    def left(self) -> Decimal:
        """What is still to be filled."""
        return max(self.owed - self.filled, Decimal(0))

    @property
    def beyond(self) -> Decimal:
        """What was done above what is owed."""
        return max(self.filled - self.owed, Decimal(0))


def obligation(
    edition: Edition,
    contract_sum: Decimal,
    efforts: Sequence[Effort] = (),
    *,
    share: Decimal | None = None,
    full_time: Decimal | None = None,
    pro_rata: bool | None = None,
) -> Obligation:
    """The social return owed on a contract sum and how far efforts fill it, to the cent, half a cent upwards.

    owed = share × contract sum; a person counts amount × hours ÷ full time × months ÷ 12, capped at
    full time and at the months that the measure counts for. `share` and `full_time` (hours a week)
    are needed where the policy's were not read, and must not differ from it elsewhere; `pro_rata`
    says whether bonuses shrink with hours and months where the policy does not. Raises InputError
    for a policy without social return, blocks whose amount nobody read, and impossible amounts.
    """
    terms = edition.social_return
    if terms is None:
        raise InputError("{policy} sets no social return.", policy=edition.policy)
    part = _agreed(Said("share of the contract sum"), terms.share, share, edition.policy)
    check_share(part)
    applies = within(edition.limits, _money(contract_sum, Said("contract sum")))
    owed = _cents(contract_sum * part) if applies else Decimal(0)
    week = terms.full_time if terms.full_time is not None else full_time
    if terms.full_time is not None and full_time not in (None, terms.full_time):
        raise InputError(
            "{policy} counts {full_time} hours a week as full time.", policy=edition.policy, full_time=terms.full_time
        )
    assumed: set[str] = set()
    lines = tuple(_line(edition, one, week, pro_rata, assumed) for one in efforts)
    return Obligation(applies, owed, lines, tuple(sorted(assumed)))


def _line(edition: Edition, effort: Effort, week: Decimal | None, pro_rata: bool | None, assumed: set[str]) -> Line:
    measure = edition.measure(effort.code)
    if measure.worth is None or measure.worth.bonus:
        if measure.worth:
            raise InputError(
                "{code} is a bonus on top of another block, so it fills nothing by itself.", code=effort.code
            )
        raise InputError("{code} has no value, so it fills nothing by itself.", code=effort.code)
    if isinstance(effort.persons, bool) or effort.persons < 1:
        raise InputError("{code}: {persons} is no number of persons.", code=effort.code, persons=effort.persons)
    if len(set(effort.bonuses)) < len(effort.bonuses):
        raise InputError("{code}: a bonus is named twice.", code=effort.code)
    counted = _cents(_worth(measure, measure.worth, effort, week) * _persons(measure.worth, effort))
    bonuses = {}
    for code in effort.bonuses:
        extra = edition.measure(code)
        if extra.worth is None or not extra.worth.bonus or measure.worth.per is not Per.YEAR:
            raise InputError("{code} is no bonus on top of {other}.", code=code, other=effort.code)
        shrinks = extra.worth.pro_rata if extra.worth.pro_rata is not None else pro_rata
        if shrinks is None:
            assumed.add(code)
        amount = _known(extra, extra.worth)
        if shrinks is not False:
            amount *= _full_time(effort, week) * _years(effort, extra.worth.at_most_months)
        bonuses[code] = _cents(amount * effort.persons)
    return Line(effort, counted, bonuses)


def _worth(measure: Measure, worth: Worth, effort: Effort, week: Decimal | None) -> Decimal:
    """What the measure counts for one person, or altogether where it is not counted by persons."""
    if worth.per in (Per.PAID, Per.AGREED):
        if effort.amount is None:
            if worth.per is Per.PAID:
                raise InputError("{code}: say the amount that was paid without VAT.", code=effort.code)
            raise InputError("{code}: say the amount that was agreed with the buyer.", code=effort.code)
        return _money(effort.amount, effort.code)
    amount = _known(measure, worth)
    if worth.per is Per.YEAR:
        return amount * _full_time(effort, week) * _years(effort, worth.at_most_months)
    if worth.per is Per.MONTH:
        return amount * _years(effort, worth.at_most_months) * MONTHS
    if worth.per is Per.ONCE:
        return amount
    if effort.units is None:
        raise InputError(
            "{code}: say how many units were spent ({per}).", code=effort.code, per=Said(worth.per.label.lower())
        )
    return amount * _money(effort.units, effort.code)


def _persons(worth: Worth, effort: Effort) -> int:
    return effort.persons if worth.per in (Per.YEAR, Per.MONTH, Per.ONCE) else 1


def _known(measure: Measure, worth: Worth) -> Decimal:
    if worth.amount is None:
        raise InputError(
            "What {code} counts for was not read here. The policy says what is known of it.", code=measure.code
        )
    return worth.amount


def _full_time(effort: Effort, week: Decimal | None) -> Decimal:
    if week is None:
        raise InputError("How many hours a week are full time is not known for this policy: say it.")
    if not week.is_finite() or not 0 < week <= WEEK:
        raise InputError("{week} hours a week cannot be full time.", week=str(week))
    if effort.hours is None or not effort.hours.is_finite() or not 0 < effort.hours <= WEEK:
        raise InputError(
            "{code}: say how many hours a week, above nought and at most {week}.", code=effort.code, week=WEEK
        )
    return min(effort.hours / week, Decimal(1))


def _years(effort: Effort, at_most: int | None) -> Decimal:
    months = effort.months
    if months is None or not months.is_finite() or not 0 < months < 1200:
        raise InputError("{code}: say for how many months, above nought.", code=effort.code)
    return (min(months, Decimal(at_most)) if at_most is not None else months) / MONTHS


def _agreed(name: Said, known: Decimal | None, given: Decimal | None, policy: str) -> Decimal:
    if known is None and given is None:
        raise InputError("The {name} of {policy} was not read here: say it, such as 0.05.", name=name, policy=policy)
    if known is not None and given is not None and given != known:
        raise InputError(
            "{policy} sets a {name} of {known}, not {given}.",
            policy=policy,
            name=name,
            known=str(known),
            given=str(given),
        )
    return known if known is not None else given if given is not None else Decimal(0)


def _money(amount: Decimal, what: str) -> Decimal:
    if not amount.is_finite() or not 0 <= amount < LARGEST:
        raise InputError(
            "{amount} is no amount for {what}. Give a number from nought to {most}.",
            amount=str(amount),
            what=what,
            most=LARGEST,
        )
    return amount


def _cents(amount: Decimal) -> Decimal:
    return rounded(amount)
