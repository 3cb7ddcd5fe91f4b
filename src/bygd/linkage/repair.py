"""Repair: words that hardly any registered name has, and the words they may have been meant to be."""

import pyarrow as pa

from bygd.engine import DuckEngine
from bygd.linkage.shelf import Lookup
from bygd.linkage.slips import slips
from bygd.linkage.words import letters, words

RARE = 10
"""Words in fewer names than this may be slips of the pen for a word that more names have."""

ONE_SLIP, TWO_SLIPS = 4, 7
"""From so many letters a word may be one slip from the right one (a letter more, less, other, or two turned round);
from so many, where no name has it, two slips."""

END = 4
"""Letters at one end that must be right for two slips to be looked for: what makes the search quick."""

CUT = 4
"""From so many letters a word may be the beginning of the right one, cut off or abbreviated."""

KEPT = 8
"""Right words tried for one that is wrong."""

ASKED = f"""
    SELECT w.word, coalesce(v.names, 0) AS names, {letters("w.word")} AS letters
    FROM (SELECT DISTINCT word FROM ({words("linkage_sought")})) w LEFT JOIN linkage_vocabulary v USING (word)
    WHERE length(w.word) >= {min(ONE_SLIP, CUT)} AND coalesce(v.names, 0) < {RARE}
"""

# Two words are at most one slip apart only if a letter less makes them the same, one of them or both (Garbe's
# symmetric deletes): the registered words' ways of losing a letter are made once.
SHORTENED = """
    SELECT {id}, hash(word) AS rest FROM {relation}
    UNION ALL
    SELECT {id}, hash(word[:place] || word[place + 2:])
    FROM (SELECT {id}, word, unnest(range(0, length(word))) AS place FROM {relation})
"""

SLIPPED = """
    SELECT DISTINCT a.word, v.word AS right_word, 1 AS slips, v.names
    FROM linkage_near_words n JOIN linkage_asked_words a USING (word) JOIN linkage_vocabulary v USING (word_id)
    WHERE v.word <> a.word AND v.names > a.names AND damerau_levenshtein(a.word, v.word) = 1
"""

PAIRED = " UNION ".join(
    f"""
    SELECT a.word, v.word AS right_word, v.names
    FROM linkage_asked_words a JOIN linkage_vocabulary v ON {end}(v.word, {END}) = {end}(a.word, {END})
    WHERE a.names = 0 AND v.names > 0 AND length(a.word) >= {TWO_SLIPS} AND abs(length(v.word) - length(a.word)) <= 2
        AND bit_count(xor(a.letters, v.letters)) <= 4
    """
    for end in ("left", "right")
)

BEGUN = f"""
    SELECT a.word, v.word AS right_word, 3 AS slips, v.names
    FROM linkage_asked_words a JOIN linkage_vocabulary v ON left(v.word, {CUT}) = left(a.word, {CUT})
    WHERE length(a.word) >= {CUT} AND v.names > 0
        AND length(v.word) > length(a.word) + 1 AND starts_with(v.word, a.word)
"""


def shortened(engine: DuckEngine) -> Lookup:
    """Words of `linkage_vocabulary` by what is left of each without one letter, or none."""
    relation = f"(FROM linkage_vocabulary WHERE length(word) >= {ONE_SLIP - 1})"
    read = engine.arrow(SHORTENED.format(id="word_id", relation=relation))
    return Lookup.of(read["rest"].to_numpy(), read["word_id"].to_numpy())


def read_repairs(engine: DuckEngine, rests: Lookup) -> None:
    """Leaves `linkage_repairs` (word, right_word): words of `linkage_sought` and what they may have been meant to be.

    Reads `linkage_vocabulary`; `rests` are of `shortened`. A word may have up to KEPT right words by slips and as many
    by abbreviation, the nearest and most frequent first.
    """
    engine.sql("linkage_asked_words", ASKED)
    asked = engine.arrow(SHORTENED.format(id="word", relation="linkage_asked_words"))
    place, word_id = rests.find(asked["rest"].to_numpy())
    engine.hold("linkage_near_words", pa.table({"word": asked["word"].take(pa.array(place)), "word_id": word_id}))
    paired = engine.arrow(PAIRED)
    ours, theirs = (paired[name].to_numpy() for name in ("word", "right_word"))
    engine.hold("linkage_twice", paired.filter(pa.array(slips(ours, theirs) == 2)))
    engine.sql(
        "linkage_repairs",
        f"""
        SELECT DISTINCT word, right_word FROM (
            ({SLIPPED}) UNION ALL (SELECT word, right_word, 2, names FROM linkage_twice) UNION ALL ({BEGUN})
        )
        QUALIFY row_number() OVER (PARTITION BY word, slips = 3 ORDER BY slips, names DESC, right_word) <= {KEPT}
        """,
    )
    for passing in ("linkage_asked_words", "linkage_near_words", "linkage_twice"):
        engine.forget(passing)
