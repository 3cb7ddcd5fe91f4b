"""Names made comparable: case, accents and punctuation folded, legal form and stop words split off."""

import re
import unicodedata

from bygd.sources.conventions import Conventions

LONGEST = 300
"""Names longer than this are no names; they are not compared."""

# Letters that no decomposition folds; the apostrophe-like marks after them have no counterpart and so vanish.
FOLDED_FROM, FOLDED_TO = "øæßłđœ’´", "oasldo"
SHORT_FORM = 4


def fold(text: str) -> str:
    """One name folded as `cleaned` folds a column: for word lists, and for tests of it."""
    letters = unicodedata.normalize("NFD", text.lower())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    bare = bare.translate(str.maketrans(FOLDED_FROM[: len(FOLDED_TO)], FOLDED_TO, FOLDED_FROM[len(FOLDED_TO) :]))
    return re.sub(r"[\W_]+", " ", re.sub("['`]", "", bare)).strip()


def is_name(text: str) -> bool:
    """Whether it could be looked for at all: it has a letter, and not too many of them."""
    return len(text) <= LONGEST and any(letter.isalpha() for letter in text)


def cleaned(column: str) -> str:
    """SQL: the column in lower case without accents and punctuation, one blank before every word."""
    return worded(bare(column))


def bare(column: str) -> str:
    """SQL: the column in lower case without accents and apostrophes."""
    return f"strip_accents(replace(replace(lower({column}), '''', ''), '`', ''))"


def worded(column: str) -> str:
    """SQL: the words of a bare column, one blank before each.

    Names that are plain letters once accents are off, nearly all, take a way that is twice as quick.
    """
    quick = (
        f"CASE WHEN regexp_matches({column}, '[^a-z0-9 ]|  ') "
        f"THEN regexp_replace({column}, '[^a-z0-9]+', ' ', 'g') ELSE {column} END"
    )
    thorough = f"regexp_replace(translate({column}, '{FOLDED_FROM}', '{FOLDED_TO}'), '[^\\p{{L}}\\p{{N}}]+', ' ', 'g')"
    return f"' ' || trim(CASE WHEN strlen({column}) = length({column}) THEN {quick} ELSE {thorough} END)"


def split(relation: str, conventions: Conventions) -> str:
    """SQL: the relation's columns with what its column `name` comes to.

    Adds `form` (family of legal forms, null where none is written), `core` (the name's words with
    blanks between, without legal form and stop words), `squeezed` (`core` without blanks) and
    `digits` (its words with digits). Rows without a letter in the core, and overlong names, have an
    empty core: they match nothing.
    """
    forms = form_words(conventions)
    stops = f"(?: (?:{_any({fold(word) for word in conventions.stop_words})}))"
    # An article may follow the legal form: "Museum Association Limited (The)".
    trailing = f"(?: (?:{_any(forms)}))+{stops}*$"
    leading_words = [word for word, form in forms.items() if form in conventions.leading_forms]
    leading = f"^ (?:{_any(leading_words)}) " if leading_words else "^$"
    families = ", ".join(f"'{word}': '{form}'" for word, form in forms.items())
    return f"""
        WITH bared AS (
            SELECT *, CASE WHEN length(name) <= {LONGEST} THEN {bare("name")} ELSE '' END AS bare_name FROM {relation}
        ), spelled AS (
            SELECT * EXCLUDE (bare_name), {worded("bare_name")} AS whole FROM bared
        ), ended AS (
            SELECT *, regexp_extract(whole, '{trailing}') AS tail, regexp_extract(whole, '{leading}') AS head
            FROM spelled
        ), stripped AS (
            SELECT * EXCLUDE (tail, head),
                coalesce(
                    (MAP {{{families}}})[trim(CASE WHEN tail <> '' THEN tail ELSE head END)],
                    (MAP {{{families}}})[regexp_extract(tail, '^ ({_any(forms)})', 1)]
                ) AS form,
                CASE WHEN head = '' THEN whole[: length(whole) - length(tail)]
                     ELSE whole[length(head) : length(whole) - length(tail)] END || ' ' AS rest
            FROM ended
        ), plain AS (
            SELECT * EXCLUDE (rest, whole), trim(CASE WHEN regexp_matches(rest, '{stops}+ ')
                THEN regexp_replace(rest, '{stops}+ ', ' ', 'g') ELSE rest END) AS words
            FROM (SELECT * REPLACE ({_genitive("rest")} AS rest) FROM stripped)
        ), lettered AS (
            SELECT * EXCLUDE (words), CASE WHEN regexp_matches(words, '\\p{{L}}') THEN words ELSE '' END AS core
            FROM plain
        )
        SELECT *, replace(core, ' ', '') AS squeezed,
            {digits("core")} AS digits
        FROM lettered
    """


def digits(core: str) -> str:
    """SQL: the words with digits of a core, in order."""
    return (
        f"CASE WHEN regexp_matches({core}, '\\d') "
        f"THEN array_to_string(list_sort(regexp_extract_all({core}, '\\S*\\d\\S*')), ' ') ELSE '' END"
    )


def _genitive(column: str) -> str:
    """SQL: the words with a lone 's' put back to the word before it, as after a comma for an apostrophe."""
    joined = f"regexp_replace({column}, '(\\w\\w\\w) s ', '\\1s ', 'g')"
    return f"CASE WHEN contains({column}, ' s ') THEN {joined} ELSE {column} END"


def form_words(conventions: Conventions) -> dict[str, str]:
    """Spelling of a legal form, folded → its family; short ones also with blanks between letters."""
    spellings: dict[str, str] = {}
    for form, words in conventions.legal_form_words.items():
        for word in map(fold, words):
            spellings.setdefault(word, form)
            if len(word) <= SHORT_FORM and word.isalpha():
                spellings.setdefault(" ".join(word), form)
    return spellings or {"\x00": ""}


def variants(conventions: Conventions) -> str:
    """SQL: `linkage_variants`, a supplier's name and the names that may hide in it.

    Columns supplier_key, variant, name. Only the folded name is searched, so a separator must
    stand between blanks, or be a bracket or a dash between blanks.
    """
    trading = _between(conventions.trading_as)
    care = _between(conventions.care_of)
    cuts = [
        ("as written", "name"),
        ("trading as", f"regexp_extract(name, '(?i){trading}(.+)$', 1)"),
        ("before trading as", f"regexp_extract(name, '(?i)^(.+?){trading}', 1)"),
        ("before care of", f"regexp_extract(name, '(?i)^(.+?){care}', 1)"),
        ("without brackets", "CASE WHEN name LIKE '%(%' THEN regexp_replace(name, '\\([^)]*\\)?', ' ', 'g') END"),
        ("in brackets", "regexp_extract(name, '\\(([^)]{4,})\\)?', 1)"),
        (
            "without codes",
            "CASE WHEN regexp_matches(name, '\\d{4}') THEN regexp_replace(name, '\\S*\\d{4}\\S*', ' ', 'g') END",
        ),
        ("before dash", "regexp_extract(name, '^(.+?) +[-–—/] *', 1)"),
    ]
    parts = " UNION ALL ".join(
        f"SELECT supplier_key, {place} AS place, '{variant}' AS variant, {cut} AS name FROM linkage_asked"
        for place, (variant, cut) in enumerate(cuts)
    )
    return f"SELECT * FROM ({parts}) WHERE trim(name) <> ''"


def _between(words: tuple[str, ...]) -> str:
    listed = "|".join(sorted((re.escape(word) for word in words), key=lambda word: (-len(word), word)))
    return f"[ (,]+(?:{listed})[ :.,]+".replace("'", "''") if listed else "\x00"


def _any(words: object) -> str:
    """An alternation, longest first, so that the longest spelling wins."""
    listed = [str(word) for word in words]  # type: ignore[attr-defined]
    return "|".join(sorted(listed, key=lambda word: (-len(word), word))) or "\x00"
