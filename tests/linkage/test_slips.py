"""Slips: the quick distance, set right where it may be wrong, is Damerau and Levenshtein's."""

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st
from rapidfuzz.distance import DamerauLevenshtein

from bygd.linkage.slips import MANY, slips

WORD = st.text("abc", max_size=6)


@given(pairs=st.lists(st.tuples(WORD, WORD), max_size=20))
@example(pairs=[("ca", "abc"), ("abc", "ca"), ("ab", "ba"), ("", "abcabc")])
def test_slips_are_counted_as_damerau_and_levenshtein_do(pairs: list[tuple[str, str]]) -> None:
    left, right = (np.array([pair[side] for pair in pairs], dtype=object) for side in (0, 1))
    assert list(slips(left, right)) == [min(MANY, DamerauLevenshtein.distance(*pair)) for pair in pairs]
