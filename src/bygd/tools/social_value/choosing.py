"""Choosing: measures and weights for one tender beside a policy's limits, accepted or refused with the reason."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from bygd.parameters.sentences import Texts
from bygd.sources.errors import InputError
from bygd.tools.social_value import sentences
from bygd.tools.social_value.entries import STEP
from bygd.tools.social_value.policy import Edition, Limits, Spread
from bygd.vocabulary.said import Said
from bygd.vocabulary.words import Standing

LARGEST = Decimal(10**15)


@dataclass(frozen=True, slots=True)
class Check:
    """One limit and how the choice stands to it. `message` is the English sentence and its key in the catalogue.

    FORBIDDEN refuses the choice; DEPENDS and DOUBTFUL are to be settled first, but do not. `unless`
    says who may decide otherwise; texts among `values` are given by language.
    """

    limit: str
    standing: Standing
    message: str
    values: Mapping[str, Decimal | int | str | Texts] = field(default_factory=dict)
    unless: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """Measures and weights for a tender, and what each limit of the policy says of them.

    `weights` are shares of the whole score by measure and add up to `weight` exactly; empty where
    the choice is refused or nothing is weighed. What the tender keeps is `edition.id` and a copy (`keep`).
    """

    edition: Edition
    value: Decimal
    measures: tuple[str, ...]
    weight: Decimal
    weights: Mapping[str, Decimal]
    checks: tuple[Check, ...]

    @property
    def accepted(self) -> bool:
        """Whether no limit refuses it."""
        return not self.refusals

    @property
    def refusals(self) -> tuple[Check, ...]:
        """The limits that refuse it."""
        return tuple(one for one in self.checks if one.standing is Standing.FORBIDDEN)


def choose(
    edition: Edition,
    value: Decimal,
    measures: Sequence[str],
    weight: Decimal,
    *,
    split: Mapping[str, Decimal] | None = None,
    answers: Mapping[str, bool] | None = None,
    decided: str = "",
    currency: str = "",
) -> Choice:
    """What a policy says of measures and a weight for a contract worth `value`, in the policy's currency.

    `weight` is social value's share of the whole score, four decimals at most; `split` gives each
    measure its weight where the policy leaves that open; `answers` answer the policy's first
    questions; `decided` says who decided otherwise and why, where the policy lets somebody. Raises
    InputError for codes that are not in the policy, a measure twice, and amounts that are none, and where
    `currency` is said, is not the policy's, and the policy is for contracts of some values only.
    """
    has_limit = edition.limits.above is not None or edition.limits.at_least is not None
    if has_limit and currency and edition.currency and currency != edition.currency:
        raise InputError(
            "{policy} is for contracts of a value in {own}, and this one is in {currency}. Give its value in {own}.",
            policy=edition.policy,
            own=edition.currency,
            currency=currency,
        )
    given = [edition.measure(code).code for code in measures]
    if len(set(given)) < len(given):
        raise InputError(
            "The measure '{code}' is chosen twice.", code=next(one for one in given if given.count(one) > 1)
        )
    # In the policy's order, so that what is left over of an even spread does not hang on the order of typing.
    codes = tuple(code for code in edition.measures if code in given)
    if not codes:
        raise InputError(
            "Choose at least one measure. {policy} has: {known}.",
            policy=edition.policy,
            known=edition.measures or Said("none"),
        )
    if not value.is_finite() or not 0 <= value < LARGEST:
        raise InputError(
            "{value} is no value of a contract. Give a number from nought to {most}.", value=str(value), most=LARGEST
        )
    for one in (weight, *(split or {}).values()):
        check_share(one)
    if split is not None and set(split) != set(codes):
        raise InputError("Give each of the measures chosen its weight: {codes}.", codes=codes)
    known = {one.code for one in edition.ask_first}
    if wrong := [code for code in answers or {} if code not in known]:
        raise InputError(
            "{policy} asks no question '{name}'. Its questions: {known}.",
            policy=edition.policy,
            name=wrong[0],
            known=sorted(known) or Said("none"),
        )
    checks = [
        *_value(edition, value, decided),
        *_number(edition, codes),
        *_weight(edition, weight, decided),
        *_split(edition, codes, weight, split),
        *_questions(edition, answers or {}),
        *_verified(edition, codes),
    ]
    refused = any(one.standing is Standing.FORBIDDEN for one in checks)
    weights = {} if refused or not weight else dict(split) if split else even(weight, codes)
    return Choice(edition, value, codes, weight, weights, tuple(checks))


def even(weight: Decimal, codes: Sequence[str]) -> dict[str, Decimal]:
    """A weight spread evenly in steps of 0.0001; what is left over goes to the first ones, so that it adds up exactly.

    No two measures differ by more than one step: a hundredth of a percentage point.
    """
    check_share(weight)
    each, left = divmod(int(weight / STEP), len(codes))
    return {code: (each + (place < left)) * STEP for place, code in enumerate(codes)}


def check_share(share: Decimal) -> None:
    """Raises InputError where something is no share of a score with four decimals at most."""
    if not share.is_finite() or not 0 <= share <= 1 or share != share.quantize(STEP):
        raise InputError(
            "{share} is no weight. Write 20 per cent as 0.20, with four decimals at most.", share=str(share)
        )


def within(limits: Limits, value: Decimal) -> bool:
    """Whether a contract of that value is within the values that a policy is for."""
    if limits.above is not None:
        return value > limits.above
    return limits.at_least is None or value >= limits.at_least


def _value(edition: Edition, value: Decimal, decided: str) -> Iterator[Check]:
    limits = edition.limits
    if limits.above is None and limits.at_least is None:
        return
    limit = limits.above if limits.above is not None else limits.at_least
    values: dict[str, Decimal | int | str | Texts] = {"value": value, "limit": limit or Decimal(0)}
    if within(limits, value):
        yield Check("value", Standing.ALLOWED, sentences.VALUE_WITHIN, values)
    else:
        message = sentences.VALUE_LEAST if limits.above is None else sentences.VALUE_BELOW
        yield from _outside("value", message, values, limits.value_unless, decided)


def _number(edition: Edition, codes: Sequence[str]) -> Iterator[Check]:
    limits, number = edition.limits, len(codes)
    standing, message, limit = Standing.ALLOWED, sentences.NUMBER_WITHIN, 0
    if limits.fewest is not None and number < limits.fewest:
        standing, message, limit = Standing.FORBIDDEN, sentences.FEWEST, limits.fewest
    if limits.highest is not None and number > limits.highest:
        standing, message, limit = Standing.FORBIDDEN, sentences.HIGHEST, limits.highest
    yield Check("measures", standing, message, {"number": number, "limit": limit})
    if missing := [code for code in limits.always if code not in codes]:
        yield Check("always", Standing.FORBIDDEN, sentences.ALWAYS, {"measures": ", ".join(missing)})


def _weight(edition: Edition, weight: Decimal, decided: str) -> Iterator[Check]:
    limits = edition.limits
    values: dict[str, Decimal | int | str | Texts] = {"weight": weight}
    if limits.most is not None and weight > limits.most:
        message = sentences.WEIGHT_MOST if limits.most else sentences.WEIGHT_NONE
        yield from _outside("weight", message, {**values, "limit": limits.most}, limits.weight_unless, decided)
    elif limits.least is not None and weight < limits.least:
        values["limit"] = limits.least
        yield from _outside("weight", sentences.WEIGHT_LEAST, values, limits.weight_unless, decided)
    elif weight:
        yield Check("weight", Standing.ALLOWED, sentences.WEIGHT_WITHIN, values)
    elif limits.most == 0:
        yield Check("weight", Standing.ALLOWED, sentences.WEIGHT_NONE)
    else:
        yield Check("weight", Standing.DOUBTFUL, sentences.WEIGHT_WITHOUT)


def _split(
    edition: Edition, codes: Sequence[str], weight: Decimal, split: Mapping[str, Decimal] | None
) -> Iterator[Check]:
    if not weight:
        return
    spread = edition.limits.spread
    if spread is Spread.EVEN and split is not None and dict(split) != even(weight, codes):
        yield Check("spread", Standing.FORBIDDEN, sentences.SPREAD_EVEN)
    elif spread is not Spread.EVEN and split is None and len(codes) > 1:
        yield Check("spread", Standing.FORBIDDEN, sentences.SPREAD_MISSING)
    elif split is not None and sum(split.values()) != weight:
        values = {"sum": sum(split.values(), Decimal(0)), "weight": weight}
        yield Check("spread", Standing.FORBIDDEN, sentences.SPREAD_SUM, values)


def _questions(edition: Edition, answers: Mapping[str, bool]) -> Iterator[Check]:
    for one in edition.ask_first:
        answer = answers.get(one.code)
        if answer is None:
            yield Check(one.code, Standing.DEPENDS, sentences.ASK, {"question": one.text})
        elif answer:
            yield Check(one.code, Standing.ALLOWED, sentences.YES, {"question": one.text})
        else:
            yield Check(one.code, Standing.DOUBTFUL, sentences.NO, {"question": one.text, "advice": one.otherwise})


def _verified(edition: Edition, codes: Sequence[str]) -> Iterator[Check]:
    if not edition.verified:
        yield Check("verified", Standing.DOUBTFUL, sentences.NOT_VERIFIED, {"what": edition.policy})
    elif unread := [code for code in codes if not edition.measure(code).verified]:
        yield Check("verified", Standing.DOUBTFUL, sentences.NOT_VERIFIED, {"what": ", ".join(unread)})


def _outside(
    limit: str, message: str, values: Mapping[str, Decimal | int | str | Texts], unless: Texts, decided: str
) -> Iterator[Check]:
    """A limit that is not kept: refused, unless the policy lets somebody decide otherwise and somebody did."""
    if unless and decided:
        yield Check(limit, Standing.EXPLAIN, message, values, unless)
        yield Check(limit, Standing.EXPLAIN, sentences.DECIDED, {"decided": decided})
    else:
        yield Check(limit, Standing.FORBIDDEN, message, values, unless)
