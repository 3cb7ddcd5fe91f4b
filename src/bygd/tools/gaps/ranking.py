"""Ranking: gaps in the order in which they are worth a look, each with the reasons for its place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from bygd.scope import Lengths
from bygd.tools.gaps import firms
from bygd.tools.gaps.bought import NOUGHT, Bought, Yearly
from bygd.tools.gaps.capacity import SMALL_FIRMS, Capacity
from bygd.tools.gaps.endings import Ending
from bygd.tools.gaps.firms import Count, Index
from bygd.tools.gaps.industries import Industry
from bygd.tools.gaps.influence import NOT_JUDGED, Found
from bygd.vocabulary.words import Influence, Ring, SizeBand, Word


class Reason(Word):
    """Why a gap stands where it stands."""

    LEAVES = "leaves", "So much is bought outside"
    FIRMS = "firms", "Firms around could supply it"
    NO_FIRMS = "no_firms", "No firm around is known to supply it"
    NO_REGISTER = "no_register", "No register that was read tells firms' industries"
    NO_INDUSTRY = "no_industry", "Which industries supply it is not known"
    ROOTED = "rooted", "Co-operatives and the like are among them"
    LOTS = "lots", "Smaller lots would let small firms bid"
    ENDS = "ends", "A contract ends"
    POOLED = "pooled", "Several institutions buy it"
    STRETCHED = "stretched", "A ledger covers less than a year"
    NOT_OURS = "not_ours", "It cannot be influenced"


WHOLE = Lengths()


@dataclass(frozen=True)
class Gap:
    """A kind of purchase with what leaves of it in a year, and who around could supply it.

    `yearly`, `low` and `high` are money a year: what is known to leave, and its range where money in doubt is local or
    elsewhere; `whole` is all that is bought of the kind, as far as that may be told. They are told from ledgers that
    cover as many months as `lengths` says. Where no institution's own money may be told (`bought` is None) and those
    differ, `yearly` is as if all money came from the longest, `high` and `whole` as if from the shortest. `reach` is
    how much of `yearly` firms of the place could carry, at least and at most, `region` what they could together with
    those around it.
    `is_blind` where no register told any firm's industry: that none is there to supply it says nothing of the place.
    `bought` has the money of the whole period; it is None where only what may be published is known.
    """

    kind: str
    label: str
    yearly: Decimal
    low: Decimal
    high: Decimal
    whole: Decimal
    institutions: int
    industries: tuple[Industry, ...] = ()
    counts: tuple[Count, ...] = ()
    here: tuple[Ring, ...] = ()
    reach: tuple[Decimal, Decimal] = (NOUGHT, NOUGHT)
    region: tuple[Decimal, Decimal] = (NOUGHT, NOUGHT)
    lots: Mapping[SizeBand, int | None] = field(default_factory=dict)
    jobs: float | None = None
    endings: tuple[Ending, ...] = ()
    influence: Found = NOT_JUDGED
    bought: Bought | None = None
    is_blind: bool = False
    lengths: Lengths = WHOLE
    position: int = 0

    @property
    def is_known(self) -> bool:
        """Whether it can be told who around could supply it; where not, no firms and nought are no answers."""
        return bool(self.industries) and not self.is_blind

    @property
    def firms(self) -> int:
        """Firms and sole traders around that could supply it."""
        return sum(one.firms for one in self.counts)

    @property
    def local(self) -> int:
        """How many of them are in the place itself."""
        return sum(one.firms for one in self.counts if one.ring in self.here)

    @property
    def sole_traders(self) -> int:
        """How many of them are persons, who are never named."""
        return sum(one.firms for one in self.counts if one.is_masked)

    @property
    def rooted(self) -> int:
        """How many of them are owned by members, employees or a purpose."""
        return sum(one.firms for one in self.counts if one.ownership in firms.ROOTED)

    @property
    def ends_on(self) -> date | None:
        """When the first contract of the kind ends: without its options, or with them once it runs on those."""
        return next((one.next_end for one in self.endings if one.next_end), None)

    def by_size(self, within: Sequence[Ring] | None = None) -> Mapping[SizeBand, int]:
        """The firms by size, those in some rings or all."""
        return firms.by_size(self.counts, within)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why it stands where it stands, the weightiest first."""
        small = self.by_size()
        splits = [self.lots.get(size) for size in SMALL_FIRMS if small[size]]
        said = [
            (Reason.NOT_OURS, self.influence.influence is Influence.NO),
            (Reason.LEAVES, self.yearly > 0),
            (Reason.NO_INDUSTRY, not self.industries),
            (Reason.NO_REGISTER, bool(self.industries) and self.is_blind),
            (Reason.NO_FIRMS, bool(self.industries) and not self.counts and not self.is_blind),
            (Reason.FIRMS, bool(self.counts)),
            (Reason.ROOTED, self.rooted > 0),
            (Reason.LOTS, any(number is not None and number > 1 for number in splits)),
            (Reason.ENDS, bool(self.endings)),
            (Reason.POOLED, self.institutions > 1),
            (Reason.STRETCHED, self.lengths.is_stretched),
        ]
        return tuple(reason for reason, holds in said if holds)


def gap(
    label: str,
    kind: str,
    money: Yearly,
    institutions: int,
    industries: tuple[Industry, ...],
    counts: Index,
    here: tuple[Ring, ...],
    capacity: Capacity,
    endings: tuple[Ending, ...] = (),
    found: Found = NOT_JUDGED,
    bought: Bought | None = None,
    lengths: Lengths = WHOLE,
) -> Gap:
    """A gap from its parts."""
    yearly, low, high, whole = money.elsewhere, money.low, money.high, money.total
    codes = [one.code for one in industries]
    near = tuple(firms.of(counts, codes))
    return Gap(
        kind=kind,
        label=label,
        yearly=yearly,
        low=low,
        high=high,
        whole=whole,
        institutions=institutions,
        industries=industries,
        counts=near,
        here=here,
        reach=capacity.reach((one for one in near if one.ring in here), max(NOUGHT, yearly)),
        region=capacity.reach(near, max(NOUGHT, yearly)),
        lots={size: capacity.lots(size, yearly) for size in SizeBand},
        jobs=capacity.jobs(yearly, codes),
        endings=endings,
        influence=found,
        bought=bought,
        is_blind=not counts,
        lengths=lengths,
    )


def ranked(gaps: Iterable[Gap]) -> list[Gap]:
    """Gaps with their positions: most that could come home first.

    What could come home is what leaves in a year, but no more than the firms of the place could carry at most. What
    cannot be influenced comes last; between equals what firms of the region could carry decides, then what leaves.
    """
    ordered = sorted(
        gaps,
        key=lambda one: (
            one.influence.influence is Influence.NO, -one.reach[1], -one.region[1], -one.yearly, one.kind,
        ),
    )  # fmt: skip
    return [replace(one, position=position) for position, one in enumerate(ordered, 1)]
