"""Lots: a purchase split by area, kind and time, and which sizes of firms could then carry a part of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bygd.sources.errors import InputError
from bygd.tools.gaps.capacity import Capacity
from bygd.tools.gaps.firms import Count, by_size
from bygd.vocabulary.money import CENT, rounded
from bygd.vocabulary.words import SizeBand

LARGEST = Decimal(10) ** 13
MOST_YEARS = 50
MOST_PARTS = 100
MOST_LOTS = 200
LIMITS = {"areas": MOST_PARTS, "kinds": MOST_PARTS, "periods": MOST_PARTS}


@dataclass(frozen=True)
class Split:
    """How a purchase is split: into lots by area and kind side by side and into periods one after another.

    `value` is that of the whole time of `years`. `parts` are values of the lots where they are not equal.
    """

    value: Decimal
    years: int = 1
    areas: int = 1
    kinds: int = 1
    periods: int = 1
    parts: tuple[Decimal, ...] = ()

    @property
    def lots(self) -> int:
        """Lots that run beside each other."""
        return len(self.parts) or self.areas * self.kinds


@dataclass(frozen=True)
class Lot:
    """One lot: its value over the whole time, in each period and in a year, and who could carry it.

    `fits` says for each size of firm whether it could (None: not known); `firms` how many of those around could, and
    `perhaps` of how many that is not known.
    """

    number: int
    value: Decimal
    each_period: Decimal
    yearly: Decimal
    fits: Mapping[SizeBand, bool | None]
    firms: int
    perhaps: int


@dataclass(frozen=True)
class Splitting:
    """A purchase as it is and split. The lots' values add up to that of the whole, to the cent.

    `regime_value` is the value that decides which rules hold, which splitting never changes.
    """

    split: Split
    whole: Lot
    lots: tuple[Lot, ...]
    counts: tuple[Count, ...]

    @property
    def regime_value(self) -> Decimal:
        """The value of all lots and periods together."""
        return self.split.value

    @property
    def gained(self) -> int:
        """How many firms could carry the smallest lot and not the whole."""
        return max((lot.firms for lot in self.lots), default=0) - self.whole.firms


def split(asked: Split, capacity: Capacity, counts: Iterable[Count]) -> Splitting:
    """What a split comes to. Lots are equal where no parts are given; the odd cents go to the first ones.

    Periods run one after another, so they make no lot smaller in a year, only what is bound at a time. Raises
    InputError for a value, a number of years or of parts that makes no sense.
    """
    check(asked)
    near = tuple(counts)
    values = asked.parts or shares(asked.value, asked.lots)
    return Splitting(
        split=asked,
        whole=_lot(0, asked.value, asked.years, 1, capacity, near),
        lots=tuple(
            _lot(number, value, asked.years, asked.periods, capacity, near) for number, value in enumerate(values, 1)
        ),
        counts=near,
    )


def shares(value: Decimal, number: int) -> tuple[Decimal, ...]:
    """A value in so many equal parts that add up to it; the odd cents go to the first ones."""
    whole = int(rounded(value / CENT, 0))
    each, odd = divmod(whole, number)
    return tuple((each + (place < odd)) * CENT for place in range(number))


def check(asked: Split) -> None:
    """Raises InputError where a purchase cannot be split so."""
    if not asked.value.is_finite() or not 0 < asked.value < LARGEST:
        raise InputError("A purchase must be worth more than nothing. Give its value as a number.")
    if not 1 <= asked.years <= MOST_YEARS:
        raise InputError("A purchase runs for 1 to {most} years. Give another number.", most=MOST_YEARS)
    if not all(1 <= getattr(asked, name) <= most for name, most in LIMITS.items()):
        raise InputError("A purchase is split into 1 to {most} parts. Give another number.", most=MOST_PARTS)
    if asked.lots > MOST_LOTS:
        raise InputError("That makes more than {most} lots. Split into fewer.", most=MOST_LOTS)
    if asked.periods > asked.years:
        raise InputError(
            "{years} years cannot be split into {periods} periods. Give as many periods as years at most.",
            years=asked.years,
            periods=asked.periods,
        )
    if asked.parts and (min(asked.parts) <= 0 or sum(asked.parts) != asked.value):
        raise InputError(
            "The lots come to {sum}, but the purchase is worth {value}. Give lots that add up to it.",
            sum=sum(asked.parts),
            value=asked.value,
        )


def _lot(number: int, value: Decimal, years: int, periods: int, capacity: Capacity, counts: Sequence[Count]) -> Lot:
    yearly = value / years
    fits = {size: capacity.carries(size, yearly) for size in SizeBand}
    there = by_size(counts)
    return Lot(
        number=number,
        value=value,
        each_period=rounded(value / periods),
        yearly=rounded(yearly),
        fits=fits,
        firms=sum(there[size] for size, fit in fits.items() if fit),
        perhaps=sum(there[size] for size, fit in fits.items() if fit is None),
    )
