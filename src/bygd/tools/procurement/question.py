"""Question: what somebody wants to buy, on which day, checked before it is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bygd.countries import Country
from bygd.sources.errors import InputError
from bygd.vocabulary.words import Word

LARGEST = Decimal(10**15)
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
VAT = ("with", "without")


class Buyer(Word):
    """Kinds of buyer that procurement rules tell apart."""

    STATE = "state", "Central government"
    MUNICIPALITY = "municipality", "Municipality or other local authority"
    REGION = "region", "Region, county or combined authority"
    OTHER = "other", "Other public buyer, such as a municipal company or a university"
    UTILITY = "utility", "Buyer in water, energy, transport or post"


class Kind(Word):
    """Kinds of purchase that procurement rules tell apart."""

    WORKS = "works", "Works"
    SUPPLIES = "supplies", "Supplies"
    SERVICES = "services", "Services"
    SOCIAL = "social", "Social and other special services"
    CONCESSION = "concession", "Concession"


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be bought. Amounts are in `currency`, the country's own where none is said.

    `value` is the estimated value of the whole contract, options included; `spent` what was already
    bought directly of the same kind in the financial year, by the whole authority. `vat` says
    whether both are with or without VAT; where it is empty they are taken to be as the limits are.
    `part` is the part of the country where its law differs (a name); `areas` are the areas to which
    the buyer would keep a purchase, its own and those that border on it.
    """

    on: date
    buyer: Buyer
    value: Decimal
    kind: Kind | None = None
    currency: str = ""
    spent: Decimal = Decimal(0)
    cpv: str = ""
    vat: str = ""
    vat_rate: Decimal | None = None
    part: str = ""
    areas: tuple[str, ...] = ()
    urgent: bool = False
    only_one: bool = False

    @property
    def total(self) -> Decimal:
        """This purchase and what was bought directly before it this year."""
        return self.value + self.spent


def check(question: Question, country: Country, parts: Sequence[str] = ()) -> None:
    """Raises InputError where a question cannot be asked: amounts, currency, day, VAT, part, neither kind nor CPV."""
    for name, amount in (("value", question.value), ("sum already spent", question.spent)):
        if not amount.is_finite() or not 0 <= amount < LARGEST:
            raise InputError(
                f"The {name} is {amount:.15g}, which is no amount of money. Give a number from nought to {LARGEST:,}."
            )
    if question.currency and question.currency != country.currency:
        raise InputError(
            f"The rules of {country.name} are in {country.currency}, not {question.currency}. "
            f"Give the value in {country.currency}."
        )
    if not FIRST_DAY <= question.on <= LAST_DAY:
        raise InputError(f"{question.on} is no day on which one could buy. Give a day from {FIRST_DAY} to {LAST_DAY}.")
    if question.vat not in ("", *VAT):
        raise InputError(f"'{question.vat}' does not say whether VAT is in the value. Choose one of: {', '.join(VAT)}.")
    if question.vat_rate is not None and not 0 <= question.vat_rate < 1:
        raise InputError(f"A VAT rate of {question.vat_rate} is not a share. Write 25 per cent as 0.25.")
    if question.part and question.part not in parts:
        told = f"Known: {', '.join(parts)}." if parts else "Leave it out: the rules are the same in the whole country."
        raise InputError(f"The rules of {country.name} know no part '{question.part}'. {told}")
    if question.kind is None and not question.cpv:
        raise InputError(f"Say what is bought: a kind ({', '.join(Kind)}) or a CPV code.")
