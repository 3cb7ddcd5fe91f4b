"""Form: what a bidder is asked, in several languages, and the answers that came back."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from bygd.parameters.sentences import Texts, in_language
from bygd.sources.errors import InputError
from bygd.tools.tenders.bids import LARGEST
from bygd.vocabulary.words import Word

DIGITS = 4
"""Most decimals of a quantity."""
MOST_QUESTIONS = 200
MOST_ITEMS = 500
LONGEST = 20_000
"""Signs of one answer: about seven pages."""


class Asked(Word):
    """What an answer consists of, beside a text."""

    TEXT = "text", "A text"
    NUMBER = "number", "A number, and a text"
    YES_NO = "yes_no", "Yes or no, and a text"


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a tender. `needed`: without an answer the bid cannot be taken."""

    code: str
    text: Texts
    asked: Asked = Asked.TEXT
    heading: Texts = field(default_factory=dict)
    unit: str = ""
    needed: bool = True

    def text_in(self, language: str) -> str:
        """The question in that language, else in English, else in the first it has."""
        return in_language(self.text, language)


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the price sheet: so much of it is bought; the bidder gives the price of one unit."""

    code: str
    text: Texts
    quantity: Decimal
    unit: str = ""

    def text_in(self, language: str) -> str:
        """What it is, in that language, else in English, else in the first it has."""
        return in_language(self.text, language)


@dataclass(frozen=True, slots=True)
class Form:
    """All that is asked in a tender. `number` tells tenders apart; without items no price is asked."""

    number: str
    title: Texts
    questions: tuple[Question, ...]
    items: tuple[Item, ...] = ()
    currency: str = ""

    def __post_init__(self) -> None:
        """Raises InputError for codes that stand twice, questions without a text, and amounts that are none."""
        every: list[Question | Item] = [*self.questions, *self.items]
        codes = [one.code for one in every]
        if len(set(codes)) < len(codes):
            twice = next(code for code in codes if codes.count(code) > 1)
            raise InputError("The code '{code}' stands there twice.", code=twice)
        if len(self.questions) > MOST_QUESTIONS or len(self.items) > MOST_ITEMS:
            raise InputError(
                "{questions} questions and {items} lines of prices at most.", questions=MOST_QUESTIONS, items=MOST_ITEMS
            )
        for one in every:
            if not one.code.strip() or not any(text.strip() for text in one.text.values()):
                raise InputError("'{code}' has no code or no text.", code=one.code)
        for item in self.items:
            amount = item.quantity
            if not amount.is_finite() or not 0 < amount < LARGEST or amount != round(amount, DIGITS):
                raise InputError("'{code}' needs a quantity above nought, with four decimals at most.", code=item.code)

    @property
    def fingerprint(self) -> str:
        """Twelve hexadecimal digits that change with anything asked; they stand in every template."""
        asked = [[q.code, dict(q.text), q.asked.value, dict(q.heading), q.unit, q.needed] for q in self.questions]
        priced = [[i.code, dict(i.text), f"{i.quantity.normalize():f}", i.unit] for i in self.items]
        told = json.dumps([self.number, dict(self.title), asked, priced, self.currency], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Given:
    """An answer: its text, and the number or yes-or-no that was asked."""

    text: str = ""
    number: Decimal | None = None
    yes: bool | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """What came back: who answers, each answer by its question, the price of a unit by line."""

    firm: str
    firm_number: str
    answers: Mapping[str, Given]
    prices: Mapping[str, Decimal]

    def total(self, form: Form) -> Decimal | None:
        """The price of all lines together; None where no price is asked. Counted here, never read from the file."""
        if not form.items:
            return None
        return sum((item.quantity * self.prices[item.code] for item in form.items), Decimal(0))
