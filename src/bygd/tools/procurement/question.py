"""Question: what somebody wants to buy, on which day, checked before it is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bygd.countries import Country
from bygd.sources.errors import InputError
from bygd.vocabulary.said import Said
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
    the buyer would keep a purchase, its own and those that border on it. `lot` is the value of one lot
    of it, where that is asked about, and `small_lots` that of all lots, this one included, that would be
    let outside the full rules.
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
    lot: Decimal | None = None
    small_lots: Decimal | None = None

    @property
    def total(self) -> Decimal:
        """This purchase and what was bought directly before it this year."""
        return self.value + self.spent


def check(question: Question, country: Country, parts: Sequence[str] = ()) -> None:
    """Raises InputError where a question cannot be asked: amounts, currency, day, VAT, part, neither kind nor CPV."""
    for name, amount in ((Said("value"), question.value), (Said("sum already spent"), question.spent)):
        if not amount.is_finite() or not 0 <= amount < LARGEST:
            raise InputError(
                "The {name} is {amount}, which is no amount of money. Give a number from nought to {most}.",
                name=name,
                amount=f"{amount:.15g}",
                most=LARGEST,
            )
    if question.currency and question.currency != country.currency:
        raise InputError(
            "The rules of {country} are in {currency}, not {given}. Give the value in {currency}.",
            country=country.name,
            currency=country.currency,
            given=question.currency,
        )
    if not FIRST_DAY <= question.on <= LAST_DAY:
        raise InputError(
            "{on} is no day on which one could buy. Give a day from {first} to {last}.",
            on=question.on,
            first=FIRST_DAY,
            last=LAST_DAY,
        )
    if question.vat not in ("", *VAT):
        raise InputError(
            "'{vat}' does not say whether VAT is in the value. Choose one of: {known}.",
            vat=question.vat,
            known=VAT,
        )
    if question.vat_rate is not None and not 0 <= question.vat_rate < 1:
        raise InputError("A VAT rate of {rate} is not a share. Write 25 per cent as 0.25.", rate=str(question.vat_rate))
    if question.part and question.part not in parts:
        same = Said("Leave it out: the rules are the same in the whole country.")
        told = Said("Known: {known}.", known=parts) if parts else same
        raise InputError(
            "The rules of {country} know no part '{part}'. {advice}",
            country=country.name,
            part=question.part,
            advice=told,
        )
    together = question.lot if question.small_lots is None else question.small_lots
    if question.lot is not None and not 0 < question.lot <= (together or 0) <= question.value:
        raise InputError(
            "A lot of {lot} and small lots of {together} together are no parts of {value}. Give parts of the whole.",
            lot=question.lot,
            together=together,
            value=question.value,
        )
    if question.kind is None and not question.cpv:
        raise InputError("Say what is bought: a kind ({known}) or a CPV code.", known=Kind)
