"""Gaps in words: what could come home is told as far as it is known, and nought is never said for the rest."""

from decimal import Decimal

import pytest

from bygd.reports import gaps as told
from bygd.reports.translate import Translator
from bygd.tools.gaps import Evidence, Gap
from bygd.tools.gaps.industries import Industry

INDUSTRY = (Industry("81", Evidence.WORDS),)


def gap(kind: str, *, is_blind: bool = False, industries: tuple[Industry, ...] = INDUSTRY) -> Gap:
    money = Decimal(100)
    return Gap(
        kind, kind, money, money, money, money, 1, industries, is_blind=is_blind, reach=(Decimal(0), Decimal(30))
    )


@pytest.mark.parametrize(
    ("gaps", "said"),
    [
        ((gap("a"), gap("b")), "could carry at most SEK60 of it."),
        ((gap("a", is_blind=True), gap("b", industries=())), "could carry is not known."),
        ((gap("a"), gap("b", is_blind=True)), "at most SEK30 of it; of 1 kind that is not known."),
        ((gap("a"), gap("b", industries=()), gap("c", is_blind=True)), "of it; of 2 kinds that is not known."),
    ],
)
def test_what_could_come_home_is_told_as_far_as_known(gaps: tuple[Gap, ...], said: str) -> None:
    text = told.lead(gaps, "SEK", Translator()).replace("\xa0", "")
    assert text.endswith(said) and f"SEK{len(gaps)}00 a year is bought elsewhere" in text, text


def test_a_table_is_empty_where_nobody_can_tell_who_could_supply() -> None:
    grid = told.listing((gap("a"), gap("b", is_blind=True)), "SEK", Translator())
    heads = [head.label for head in grid.heads]
    names = ("Could come home a year, at most", "Firms of the region", "Firms of the place")
    at = [heads.index(name) for name in names]
    assert [[row[place] for place in at] for row in grid.rows] == [[Decimal(30), 0, 0], [None, None, None]]
