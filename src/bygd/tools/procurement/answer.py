"""Answer: statements about a purchase, each with what it rests on and how sure that is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bygd.parameters import Parameter, Value
from bygd.parameters.named import Named
from bygd.parameters.sentences import Texts
from bygd.tools.procurement.question import Question
from bygd.vocabulary.words import Standing, Word


class Part(Word):
    """What a statement is about, in the order in which it is told."""

    REGIME = "regime", "Which rules"
    DIRECT_AWARD = "direct_award", "Direct award"
    PROCEDURE = "procedure", "Procedure"
    GUIDELINE = "guideline", "The buyer's own guidelines"
    DUTY = "duty", "Duties"
    RESERVATION = "reservation", "Reserving the purchase"
    CONDITION = "condition", "Conditions on the supplier"
    ASSUMPTION = "assumption", "What was assumed"


@dataclass(frozen=True, slots=True)
class Basis:
    """What a statement rests on: statute or guideline, from which day, when it was read, whether it was verified."""

    source: Named
    since: date | None
    checked: date | None
    verified: bool
    from_pack: str
    note: Texts = field(default_factory=dict, hash=False)


OURS_TOLD = {
    "en": "bygd: what the rules cover and what is not known",
    "sv": "bygd: vad reglerna täcker och vad som är okänt", "nl": "bygd: wat de regels omvatten en wat onbekend is",
}  # fmt: skip
OURS = Basis(Named(OURS_TOLD, href="docs/method/procurement-rules.md"), None, None, True, "")
"""What statements rest on that are about the answer itself: nothing known, something assumed."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing the rules say. `id` is stable; `message` is the English sentence and its key in the catalogue.

    Where the sentence stands in a value file, `texts` has it in each language and `message` is its
    English. `values` fill the sentence's {placeholders}; amounts among them are decimals. `lists`
    hold what stands below it: evidence, questions to answer first, what may be done instead.
    """

    id: str
    part: Part
    standing: Standing
    message: str
    basis: tuple[Basis, ...]
    texts: Texts = field(default_factory=dict)
    values: Mapping[str, Decimal | str] = field(default_factory=dict)
    lists: Mapping[str, tuple[Texts, ...]] = field(default_factory=dict)

    @property
    def verified(self) -> bool:
        """Whether somebody read everything that the statement rests on, and it held."""
        return all(one.verified for one in self.basis)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the rules say about a question, in the order of `Part`."""

    question: Question
    currency: str
    statements: tuple[Statement, ...]

    def get(self, id: str) -> Statement | None:
        """The statement of that id, or None where the rules say nothing of it."""
        return next((one for one in self.statements if one.id == id), None)

    def standing(self, id: str) -> Standing | None:
        """How the statement of that id stands."""
        found = self.get(id)
        return found.standing if found else None

    @property
    def regime(self) -> Standing:
        """Below or above the threshold, or unknown."""
        return self.standing("regime") or Standing.UNKNOWN

    @property
    def direct_award(self) -> Standing:
        """Whether a direct award is open."""
        return self.standing("direct_award") or Standing.UNKNOWN

    @property
    def unknown(self) -> tuple[Statement, ...]:
        """The statements that only say that something is not known."""
        return tuple(one for one in self.statements if one.standing is Standing.UNKNOWN)


def basis(parameter: Parameter, value: Value) -> Basis:
    """What a dated value rests on."""
    return Basis(
        source=value.source,
        since=value.since,
        checked=parameter.checked,
        verified=value.verified,
        from_pack=value.from_pack,
        note=value.note,
    )
