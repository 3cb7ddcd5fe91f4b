"""The pool of all institutions: a year is told from published sums and lengths of ledgers, and from nothing else."""

from decimal import Decimal
from pathlib import Path

import pytest

from bygd.reports import gaps as told
from bygd.reports.translate import Translator
from bygd.tools.gaps import Lengths, Which, firms
from bygd.workbench import gaps, project
from bygd.workbench.gaps.pool import Pooled


@pytest.mark.parametrize(
    ("lengths", "least", "most", "said"),
    [
        (Lengths(24, 24), "1200.00", "1200.00", "SEK 1,200 a year is bought elsewhere."),
        (Lengths(6, 24), "1200.00", "4800.00", "At least SEK 1,200 a year is bought elsewhere, and at most SEK"),
        (Lengths(3, 3), "9600.00", "9600.00", "One ledger covers 3 months only; it is stretched to a year"),
    ],
)
def test_a_year_of_the_pool_follows_from_the_published_sum_and_the_ledgers_lengths(
    built_sample: Path, lengths: Lengths, least: str, most: str, said: str
) -> None:
    pooled = Pooled(Which("SEK"), lengths, {"bread": ("Bread", Decimal(2400))}, {}, {"bread": 2})
    (gap,) = gaps.pool.joined(project.read(built_sample), pooled, firms.index([]), decided=[])
    assert (gap.yearly, gap.low) == (Decimal(least), Decimal(least))
    assert (gap.high, gap.whole) == (Decimal(most), Decimal(most)), "the rules are asked about no less than it can be"
    assert gap.bought is None
    assert said in " ".join(told.reasons(gap, "SEK", Translator())).replace("\xa0", " ")
