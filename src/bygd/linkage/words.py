"""Words of names in one spelling: abbreviations written out, plural endings off, joined neighbours, initials."""

import pyarrow as pa

from bygd.engine import DuckEngine
from bygd.linkage.hidden import HIDDEN
from bygd.linkage.names import cleaned, fold
from bygd.sources.conventions import Conventions

SHORTEST_PLURAL = 4
"""Words of fewer letters keep their ending: 'gas' is no plural."""

SHORTEST_PLACE = 4
"""Shorter words of place names, such as 'on' and 'the', say nothing about a place."""

INITIALS_FROM, INITIALS_TO = 3, 8
"""Initials of so many words are looked for as one word, and one word of so many letters as initials."""

JOINED_WEIGHT, REPAIRED_WEIGHT = 0.6, 0.7
"""What neighbours written as one, initials, and repaired words weigh in the search; a word weighs one."""

ONE_OF_TWO_WEIGHT = 0.42
"""What either initials weigh where a name has two, with its small words and without: together as much as one."""

INITIALS = "#"
"""Stands before initials, which no word does."""


def read_spellings(engine: DuckEngine, conventions: Conventions) -> None:
    """Leaves `linkage_spellings` (word, standard): a country's abbreviations and what they stand for, folded."""
    found = {fold(word): fold(standard) for word, standard in conventions.abbreviations.items()}
    schema = pa.schema([("word", pa.string()), ("standard", pa.string())])
    engine.hold("linkage_spellings", pa.table({"word": list(found), "standard": list(found.values())}, schema=schema))


def words(relation: str) -> str:
    """SQL: (name_id, position, word, part), the words of each name's core in one spelling; plurals count as singulars.

    An abbreviation may stand for several words: those are its parts.
    """
    return f"""
        SELECT name_id, position, unnest(parts) AS word, generate_subscripts(parts, 1) AS part
        FROM (SELECT name_id, position, string_split(coalesce(standard, {singular("raw")}), ' ') AS parts FROM (
            SELECT name_id, unnest(string_split(core, ' ')) AS raw, generate_subscripts(string_split(core, ' '), 1)
                AS position
            FROM {relation} WHERE core <> ''
        ) LEFT JOIN linkage_spellings ON word = raw)
    """


def tokens(relation: str) -> str:
    """SQL: (name_id, token, weight), what a name is found by: its words, and neighbours written as one."""
    return f"""
        WITH worded AS (SELECT name_id, string_split(core, ' ') AS words FROM {relation} WHERE core <> '')
        SELECT name_id, word AS token, 1.0 AS weight FROM ({words(relation)})
        UNION ALL
        SELECT name_id, {singular("token")}, {JOINED_WEIGHT} FROM (
            SELECT name_id, unnest(list_transform(list_zip(words[:-2], words[2:]), lambda p: p[1] || p[2])) AS token
            FROM worded WHERE len(words) > 1
        )
    """


def kept_tokens(conventions: Conventions) -> str:
    """SQL: (name_id, token, weight) of `linkage_names`, as the index keeps them: with initials of three words or more.

    Initials may leave small words out: a name that has some is found by those of all its words and by the others.
    """
    small = ", ".join(f"'{word}'" for word in sorted(small_words(conventions)))
    return f"""
        {tokens("linkage_names")}
        UNION ALL
        SELECT name_id, token, CASE WHEN is_short THEN {ONE_OF_TWO_WEIGHT} ELSE {JOINED_WEIGHT} END FROM (
            SELECT name_id, unnest(list_distinct([{initials("words")}, {initials("large")}])) AS token,
                len(large) < len(words) AS is_short
            FROM (
                SELECT name_id, words, list_filter(words, lambda w: NOT list_contains([{small}]::VARCHAR[], w)) AS large
                FROM (SELECT name_id, string_split(core, ' ') AS words FROM linkage_names WHERE core <> '')
            )
        ) WHERE length(token) - 1 BETWEEN {INITIALS_FROM} AND {INITIALS_TO}
    """


def asked_tokens() -> str:
    """SQL: (name_id, token, weight) of `linkage_sought`: words, neighbours, repaired words, possible initials."""
    return f"""
        {tokens("linkage_sought")}
        UNION ALL
        SELECT name_id, right_word, {REPAIRED_WEIGHT}
        FROM ({words("linkage_sought")}) JOIN linkage_repairs USING (word)
        UNION ALL
        SELECT name_id, '{INITIALS}' || squeezed, {JOINED_WEIGHT} FROM linkage_sought
        WHERE length(squeezed) BETWEEN {INITIALS_FROM} AND {INITIALS_TO}
            AND (core = squeezed OR length(core) = 2 * length(squeezed) - 1)
    """


def vocabulary() -> str:
    """SQL: (word_id, word, names, is_place, letters), every word of `linkage_names`, in how many whole ones it stands,
    whether a town of the register has it in its name, and which letters it has."""
    whole = f"(FROM linkage_names WHERE is_other <> {HIDDEN})"
    return f"""
        WITH places AS (
            SELECT DISTINCT {singular("part")} AS word FROM (
                SELECT unnest(string_split(trim({cleaned("town")}), ' ')) AS part
                FROM (SELECT DISTINCT town FROM organisations WHERE town IS NOT NULL)
            ) WHERE length(part) >= {SHORTEST_PLACE}
        ), counted AS (
            SELECT word, CAST(count(DISTINCT name_id) AS INTEGER) AS names FROM ({words(whole)}) GROUP BY word
        )
        SELECT CAST(row_number() OVER () - 1 AS INTEGER) AS word_id, word, coalesce(c.names, 0) AS names,
            p.word IS NOT NULL AS is_place, {letters("word")} AS letters
        FROM counted c FULL JOIN places p USING (word)
    """


def letters(word: str) -> str:
    """SQL: which of the letters a to z a word has, as bits. A slip of the pen changes two of them at most."""
    return " | ".join(f"(CAST(contains({word}, '{chr(97 + bit)}') AS INTEGER) << {bit})" for bit in range(26))


def small_words(conventions: Conventions) -> set[str]:
    """Words of the country that initials may leave out, folded."""
    return {fold(word) for word in conventions.small_words}


def initials(words: str) -> str:
    """SQL: the first letters of a list of words, marked as initials."""
    return f"'{INITIALS}' || array_to_string(list_transform({words}, lambda w: w[1]), '')"


def singular(word: str) -> str:
    """SQL: the word without a plural ending."""
    return (
        f"CASE WHEN length({word}) >= {SHORTEST_PLURAL} AND {word}[-1] = 's' AND {word}[-2] <> 's' "
        f"THEN {word}[:-2] ELSE {word} END"
    )


def one_spelling(word: str) -> str:
    """A folded word as `words` gives it, but for abbreviations."""
    is_plural = len(word) >= SHORTEST_PLURAL and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if is_plural else word
