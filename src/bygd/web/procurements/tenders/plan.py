"""Plan: what a tender says as the library understands it: policy, criteria, form, scheme, bids."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from bygd.parameters.sentences import Texts, in_language
from bygd.reports import Translator
from bygd.reports.tenders import told
from bygd.sources.errors import InputError
from bygd.tools import social_value
from bygd.tools import tenders as tool
from bygd.tools.social_value import Edition, Kind, Points
from bygd.tools.tenders import MODELS, Asked, Criterion, Form, Item, PriceModel, Question, Scheme
from bygd.web.procurements.tenders.models import Bid, Mark, Tender
from bygd.web.procurements.tenders.words import State
from bygd.workbench import tenders as work

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Scored:
    """A criterion that people score: its scale, and where the policy lists them what each level gives."""

    code: str
    text: Texts
    weight: Decimal
    lowest: int
    highest: int
    least: int
    by_level: Mapping[int, Decimal] | None = None

    @property
    def levels(self) -> list[int]:
        """The scores that may be given."""
        return list(range(self.lowest, self.highest + 1))

    @property
    def criterion(self) -> Criterion:
        """The same as the library compares it."""
        if self.by_level is not None:
            return Criterion(self.code, self.weight)
        return Criterion(self.code, self.weight, Decimal(self.highest), Decimal(self.least))

    def score(self, level: int) -> Decimal:
        """A level as a score of the criterion."""
        return self.by_level[level] * HUNDRED if self.by_level is not None else Decimal(level)

    def text_in(self, language: str) -> str:
        """What is scored."""
        return in_language(self.text, language)


def edition(tender: Tender) -> Edition | None:
    """The edition of the policy that the tender was made with, from the tender itself."""
    return social_value.read_kept(tender.policy_text, tender.policy) if tender.policy_text else None


def value(tender: Tender) -> Decimal:
    """The estimated value of the whole procedure: that of its lots together, which is what limits are held against."""
    going = [one.value for one in tender.lots() if one.state != State.CANCELLED or one.pk == tender.pk]
    return sum(going, Decimal(0))


def scored(tender: Tender) -> list[Scored]:
    """Everything that is scored: measures of the policy that have a weight, then the buyer's own criteria."""
    one = edition(tender)
    found = []
    for code in tender.measures if one else ():
        weight = Decimal(tender.measure_weights.get(code, "0"))
        if one is not None and weight:
            found.append(_measure(tender, one, code, weight))
    for own in tender.criteria:
        if Decimal(own["weight"]):
            found.append(Scored(own["code"], own["text"], Decimal(own["weight"]), 0, tender.highest, 0))
    return found


def _measure(tender: Tender, one: Edition, code: str, weight: Decimal) -> Scored:
    measure = one.measure(code)
    if measure.kind is not Kind.LEVEL or one.levels is None:
        return Scored(code, measure.text, weight, 0, tender.highest, 0)
    lowest, highest = one.levels
    points = one.points or (Points(tender.points) if tender.points else None)
    if points is None:
        raise InputError(
            "{policy} does not say how levels become points. Choose it with the measures.", policy=one.policy
        )
    if not isinstance(points, Points):
        return Scored(code, measure.text, weight, lowest, highest, 0, points)
    return Scored(code, measure.text, weight, lowest, highest, lowest if points is Points.FROM_LOWEST else 0)


def form(tender: Tender) -> Form:
    """All that bidders are asked."""
    one = edition(tender)
    asked = work.questions(one, tender.measures) if one else []
    asked += [
        Question(own["code"], own["text"], Asked(own["asked"]), unit=own.get("unit", "")) for own in tender.criteria
    ]
    lines = tuple(Item(line["code"], line["text"], Decimal(line["quantity"]), line["unit"]) for line in tender.lines)
    number = f"{tender.place.slug}/{tender.numbered}"
    return Form(number, {"en": tender.title}, tuple(asked), lines, tender.currency)


def scheme(tender: Tender) -> Scheme:
    """How bids are compared. Raises InputError where the weights do not add up or something is missing."""
    if not tender.model:
        raise InputError("How price and quality are weighed is not chosen yet.")
    model = PriceModel(tender.model)
    about = MODELS[model]
    terms: dict[str, Any] = {name: getattr(tender, name) for name in about.needs}
    return Scheme(
        model,
        tuple(one.criterion for one in scored(tender)),
        tender.price_weight if about.weighs else Decimal(0),
        full_at=tender.full_at if model is PriceModel.LINEAR_FIXED else Decimal(0),
        **terms,
    )


def latest(bid: Bid, *, is_moderated: bool) -> dict[tuple[int, str], Mark]:
    """The mark that counts of each person and criterion; of moderated ones the last, under person 0."""
    found = {}
    for mark in bid.marks.all():
        if mark.is_moderated == is_moderated:
            found[(0 if is_moderated else mark.person_id, mark.code)] = mark
    return found


def moderated(bid: Bid) -> dict[str, Mark]:
    """The moderated mark of each criterion."""
    return {code: mark for (_person, code), mark in latest(bid, is_moderated=True).items()}


def compared(tender: Tender) -> list[tool.Bid]:
    """The bids that are compared, with their moderated scores. Raises InputError where one is missing."""
    criteria = scored(tender)
    model = PriceModel(tender.model)
    found = []
    for bid in tender.standing().filter(excluded="").prefetch_related("marks"):
        marks = moderated(bid)
        if missing := [one.code for one in criteria if one.code not in marks]:
            raise InputError("{bid} has no moderated score for {codes}.", bid=bid.firm, codes=missing)
        scores = {one.code: one.score(marks[one.code].score) for one in criteria}
        asked = None if model is PriceModel.FIXED_PRICE else price(tender, bid)
        found.append(tool.Bid(bid.firm, asked, scores))
    return found


def price(tender: Tender, bid: Bid) -> Decimal | None:
    """The price of a bid, counted exactly from its prices and the quantities asked; None where none is asked."""
    if not tender.lines:
        return None
    each = {code: Decimal(text) for code, text in bid.prices.items()}
    return sum((Decimal(line["quantity"]) * each[line["code"]] for line in tender.lines), Decimal(0))


def percent(translate: Translator) -> Callable[[str | Decimal], str]:
    """Writes weights, with decimals only where they have some."""
    return lambda share: told.percent(Fraction(Decimal(share)), translate)


def terms(tender: Tender) -> dict[str, Decimal]:
    """Amounts by which the chosen model counts, by the names of their columns; empty where there are none."""
    model = PriceModel(tender.model) if tender.model else None
    names = (*MODELS[model].needs, *(("full_at",) if model is PriceModel.LINEAR_FIXED else ())) if model else ()
    return {name: getattr(tender, name) for name in names}
