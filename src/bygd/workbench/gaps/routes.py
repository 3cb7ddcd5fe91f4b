"""Routes: what the rules say of a gap bought as one purchase, or of a purchase that is split into lots."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from bygd.countries import load
from bygd.linkage.trades import meant
from bygd.tools.gaps import Split, Splitting
from bygd.tools.procurement import Answer, Buyer, Kind, Question, Statement, cpv, rulebook
from bygd.tools.procurement.answer import Part
from bygd.workbench import asking, lawful
from bygd.workbench.project import Project

DIGITS = 8


@dataclass(frozen=True)
class Buying:
    """Who buys, what kind of purchase it is, and on which day. `kind` None: as the words of the category say."""

    on: date
    buyer: Buyer = Buyer.MUNICIPALITY
    kind: Kind | None = None


@dataclass(frozen=True)
class Route:
    """What the rules say; `kind` is the kind of purchase they were asked for, `assumed` whether only words say so."""

    answer: Answer
    kind: Kind
    assumed: bool

    def of(self, *parts: Part) -> tuple[Statement, ...]:
        """The statements of those parts."""
        return tuple(one for one in self.answer.statements if one.part in parts)

    @property
    def is_unverified(self) -> bool:
        """Whether anything in the answer rests on what nobody read."""
        return any(not one.verified for one in self.answer.statements)


def route(
    project: Project, label: str, value: Decimal, buying: Buying, currency: str = "", lot: Decimal | None = None
) -> Route | None:
    """What the rules say of so much of a kind bought as one purchase; None where no rules of the country are known.

    The value is the whole sum of the same kind: where direct purchases of a year are added up, it is that sum. It is
    taken in whole units, rounded up, so that rounding never brings it below a limit.
    """
    kind = buying.kind or kind_of(label, project.country.code)
    if value <= 0 or (currency and currency != project.country.currency):
        return None
    if not rulebook(project.law.code).parameters:
        return None
    whole = value.to_integral_value(ROUND_CEILING)
    question = Question(buying.on, buying.buyer, whole, kind or Kind.SERVICES, lot=lot)
    answer = lawful.ask(project.law.code, question, project.folder)
    return Route(answer, kind or Kind.SERVICES, buying.kind is None)


def of_lots(project: Project, label: str, found: Splitting, buying: Buying, currency: str = "") -> Route | None:
    """What the rules say of a purchase that is split: asked for the value of all lots and periods together.

    Of its smallest lot it is asked as well whether that alone may be let by the lighter rules.
    """
    lot = min(one.value for one in found.lots) if len(found.lots) > 1 else None
    return route(project, label, found.regime_value, buying, currency, lot)


def kind_of(label: str, country: str) -> Kind | None:
    """Works, supplies, services or social services, by the CPV codes that a category's words mean; None: not known."""
    kinds: Counter[Kind] = Counter()
    for key in meant(label, load(country).conventions()):
        listed = cpv.kind(int(key.ljust(DIGITS, "0")), country)
        if listed is not None:
            kinds[listed.kind] += 1
    return max(kinds, key=lambda kind: kinds[kind]) if kinds else None


def typed(value: Decimal, years: int, areas: int, kinds: int, periods: int, parts: str = "", groups: str = "") -> Split:
    """A split as somebody typed it; `parts` are values of lots, parted by semicolons or lines. Raises InputError.

    `groups` is the mark between thousands, see `asking.groups`.
    """
    texts = [text for line in parts.splitlines() for text in line.split(";") if text.strip()]
    return Split(value, years, areas, kinds, periods, tuple(asking.amount(text, groups) for text in texts))
