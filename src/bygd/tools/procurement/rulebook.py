"""Rulebook: the dated rules of a country, by what each does, ready for many questions."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from bygd.countries import Country, load
from bygd.parameters import Parameter, Value, ValueFileError
from bygd.tools.procurement.answer import Basis, Part, Statement, basis
from bygd.tools.procurement.limits import Limit, limit
from bygd.tools.procurement.question import Buyer, Kind
from bygd.vocabulary.words import Standing

TOPICS = ("procurement", "lots", "reservations", "conditions")

PARTS = {
    "regime": Part.REGIME,
    "band": Part.PROCEDURE,
    "duty": Part.DUTY,
    "reservation": Part.RESERVATION,
    "condition": Part.CONDITION,
}
"""Roles whose rules are statements of their own, and which part of the answer they make."""

ROLES = (
    *PARTS,
    "threshold",  # at or above it the full rules hold
    "direct_award",  # up to it a direct award is open
    "direct_award_some",  # up to it a direct award is open for some purchases of the kind
    "direct_award_beyond",  # how a direct award stands above its ceiling, where it is not closed
    "direct_award_below",  # how a direct award stands below the threshold, where there is no ceiling
    "sum_of_year",  # whether direct purchases of a year are added up
    "small_lot",  # below it a lot may be let outside the full rules
    "small_lot_share",  # up to which share of the whole all such lots together
    "exception",  # when a closed direct award may be open after all
)

FACTS = {
    "buyer": tuple(Buyer),
    "kind": tuple(Kind),
    "regime": (Standing.BELOW, Standing.ABOVE),
    "direct_award": tuple(Standing),
    "part": None,
    "cpv": None,
    "areas": ("named",),
    "because": ("urgent", "only_one"),
}
"""What `applies` may ask about, and which words it may use; None where any text may stand."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as it holds on a day, for a kind of buyer and of purchase.

    `open_facts` must still be looked at. `line` is the limit that an amount sets. `said` and
    `doubted` are its statement, where it makes one that no question changes: the rule holds, or it
    depends on a fact that the question leaves open.
    """

    key: str
    role: str
    parameter: Parameter
    value: Value
    basis: Basis
    open_facts: tuple[tuple[str, tuple[str, ...]], ...]
    line: Limit | None
    said: Statement | None
    doubted: Statement | None

    @property
    def standing(self) -> Standing:
        """How the rule stands by itself; UNKNOWN where its value is an amount."""
        return self.value.value if isinstance(self.value.value, Standing) else Standing.UNKNOWN


class Rulebook:
    """The rules of a country. `held` gives those of a day; it remembers what it gave."""

    def __init__(self, country: Country) -> None:
        """Reads the value files of the country and of the packs behind it. Raises ValueFileError."""
        self.country = country
        self.currency = country.currency
        self.parameters = [
            one for topic in TOPICS for one in country.rule(topic).values() if one.role and _checked(one)
        ]
        self.days = sorted({value.since for one in self.parameters for value in one.values})
        self.parts: tuple[str, ...] = tuple(country.setting("parts", ()))
        self._held: dict[tuple[int, Buyer, Kind], dict[str, tuple[Rule, ...]]] = {}

    def held(self, day: date, buyer: Buyer, kind: Kind) -> dict[str, tuple[Rule, ...]]:
        """The rules that hold on a day for such a buyer and purchase, by role; abolished ones left out."""
        key = (bisect_right(self.days, day), buyer, kind)
        found = self._held.get(key)
        if found is None:
            found = self._held[key] = self._find(day, buyer, kind)
        return found

    def _find(self, day: date, buyer: Buyer, kind: Kind) -> dict[str, tuple[Rule, ...]]:
        found: dict[str, tuple[Rule, ...]] = {}
        for one in self.parameters:
            value = one.on(day)
            if value is None or (value.value is None and value.known):
                continue
            if buyer not in one.applies.get("buyer", (buyer,)) or kind not in one.applies.get("kind", (kind,)):
                continue
            found[one.role] = (*found.get(one.role, ()), _rule(one, value))
        return found


def _rule(parameter: Parameter, value: Value) -> Rule:
    rests_on = basis(parameter, value)
    part, said, doubted = PARTS.get(parameter.role), None, None
    if part and isinstance(value.value, Standing):
        says = value.says or parameter.says
        said = Statement(
            id=f"{part}.{parameter.key}",
            part=part,
            standing=value.value,
            message=says["en"],
            basis=(rests_on,),
            texts=says,
            lists=parameter.lists,
        )
        doubted = said if value.value is Standing.UNKNOWN else replace(said, standing=Standing.DEPENDS)
    return Rule(
        key=parameter.key,
        role=parameter.role,
        parameter=parameter,
        value=value,
        basis=rests_on,
        open_facts=tuple((fact, words) for fact, words in parameter.applies.items() if fact not in ("buyer", "kind")),
        line=limit(parameter, value, rests_on),
        said=said,
        doubted=doubted,
    )


@cache
def rulebook(code: str) -> Rulebook:
    """The rulebook of a country, read once. Raises UnknownCountry, ValueFileError."""
    return Rulebook(load(code))


def _checked(parameter: Parameter) -> bool:
    """True; raises ValueFileError where role or facts are not known here, or a statement has no sentence."""
    where = f"{parameter.file}, {parameter.key}"
    if parameter.role not in ROLES:
        raise ValueFileError(f"{where}: there is no role '{parameter.role}'. Known: {', '.join(sorted(ROLES))}.")
    for fact, words in parameter.applies.items():
        if fact not in FACTS:
            raise ValueFileError(f"{where}: 'applies' knows no '{fact}'. Known: {', '.join(FACTS)}.")
        known = FACTS[fact]
        if known is not None and (wrong := set(words) - set(known)):
            raise ValueFileError(
                f"{where}: {fact} cannot be {', '.join(sorted(wrong))}. Choose from: {', '.join(known)}."
            )
    spoken = [value for value in parameter.values if value.value is not None or not value.known]
    if parameter.role in PARTS and not (parameter.says or all(value.says for value in spoken)):
        raise ValueFileError(f"{where}: 'says' is missing, the sentence that people read.")
    return True
