"""Amounts read from text: the decimal mark decided by the whole column, signs, spaces, currency signs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bygd.engine import DuckEngine
from bygd.sources.conventions import Conventions

PLAIN = r"-?\d+(\.\d+)?"
SPACES = "[\\s\u00a0\u2007\u2009\u202f'’´`]+"
SIGNS = r"^[-+( ]+|([-+) ]|(?i:cr)|[,.]-)+$"
NEGATIVE = r"^\(.*\)$|^-|[^,.]-$|(?i:cr)$"
"""Brackets, a minus before or after, `CR`; but `12,-` is twelve whole."""
MONEY = "DECIMAL(14, 2)"
"""Below a million million: what is larger stands in the wrong column, and is not read as an amount."""
TELLING = {
    "comma": r"(,\d{1,2}|,\d{4,}|\.\d{3},\d*|\d \d{3},\d+|(\.\d{3}){2,})$",
    "point": r"(\.\d{1,2}|\.\d{4,}|,\d{3}\.\d*|\d \d{3}\.\d+|(,\d{3}){2,})$",
    "either": r"^\d{1,3}[.,]\d{3}$",
}
"""How a number ends that speaks for the comma or the point as decimal mark, or fits both."""
MINUSES = "[−–‒‐]"


@dataclass(frozen=True)
class Marks:
    """How a column writes numbers. `decimal` is ',' or '.'; `said` adds in words how that is known."""

    decimal: str
    said: str
    plain: bool = False

    @property
    def thousands(self) -> str:
        """The mark between thousands, besides a space."""
        return "." if self.decimal == "," else ","


def grammar(decimal: str) -> str:
    """What a number looks like once sign and currency are gone, as a regular expression."""
    mark, other = re.escape(decimal), re.escape("." if decimal == "," else ",")
    return rf"(\d+|\d{{1,3}}({other}\d{{3}})+|\d{{1,3}}( \d{{3}})+)({mark}\d*)?([eE][-+]?\d{{1,2}})?|{mark}\d+"


def signs(conventions: Conventions, currency: str) -> str:
    """The ledger's own currency signs, as a regular expression."""
    own = [sign for sign, code in conventions.currency_signs.items() if code == currency]
    return "|".join(_sign(sign) for sign in sorted({*own, currency}, key=len, reverse=True))


def foreign(conventions: Conventions, currency: str) -> str:
    """Signs of every other currency, as a regular expression."""
    others = {sign for sign, code in conventions.currency_signs.items() if code != currency}
    return "|".join(_sign(sign) for sign in sorted(others, key=len, reverse=True)) or "$^"


def _sign(sign: str) -> str:
    return rf"(?i:\b{re.escape(sign)}\b\.?|{re.escape(sign)}\b)" if sign.isalpha() else re.escape(sign)


def bare(cell: str, own: str) -> tuple[str, bool]:
    """A cell without currency sign and sign, and whether it is negative; `bare_sql` is the same in SQL."""
    text = re.sub(MINUSES, "-", re.sub(SPACES, " ", re.sub(own, "", re.sub(SPACES, " ", cell)))).strip()
    negative = bool(re.search(NEGATIVE, text))
    return re.sub(SIGNS, "", text), negative


def bare_sql(cell: str, own: str) -> tuple[str, str]:
    """SQL for the number without signs, and for whether it is negative."""
    spaced = f"regexp_replace({cell}, {_literal(SPACES)}, ' ', 'g')"
    without = f"regexp_replace({spaced}, {_literal(own)}, '', 'g')"
    text = (
        f"trim(regexp_replace(regexp_replace({without}, {_literal(SPACES)}, ' ', 'g'), {_literal(MINUSES)}, '-', 'g'))"
    )
    number = f"regexp_replace({text}, {_literal(SIGNS)}, '', 'g')"
    return number, f"regexp_matches({text}, {_literal(NEGATIVE)})"


def share(cells: Sequence[str], conventions: Conventions) -> float:
    """Share of cells that are a number in either notation."""
    own = signs(conventions, conventions.currency)
    number = re.compile(f"{grammar(',')}|{grammar('.')}")
    return sum(bool(number.fullmatch(bare(cell, own)[0])) for cell in cells) / max(len(cells), 1)


def decide(
    engine: DuckEngine,
    relation: str,
    columns: Sequence[str],
    conventions: Conventions,
    currency: str,
    given: str | None = None,
) -> Marks:
    """The marks of amount columns, by every cell in them.

    A cell such as `1,5`, `1.234,56` or `0,1234` speaks for the comma, `1.5` and the like for the point.
    The majority decides; cells that do not fit it are not read. Where no cell tells, the country's mark counts
    and `said` says so. A mark that is given is taken as it is.
    """
    if given:
        return Marks(given, given)
    own = signs(conventions, currency)
    votes = {"plain": 0, "filled": 0, ",": 0, ".": 0, "either": 0}
    for column in columns:
        number, _ = bare_sql(column, own)
        first = engine.rows(
            f"SELECT COUNT(*) AS filled, COUNT(*) FILTER (regexp_full_match({column}, '{PLAIN}')) AS plain, "
            f"COUNT(*) FILTER (regexp_matches({column}, '\\.(\\d{{1,2}}|\\d{{4,}})$')) AS point "
            f"FROM {relation} WHERE {column} IS NOT NULL"
        )[0]
        votes["filled"] += first["filled"]
        votes["plain"] += first["plain"]
        if first["filled"] == first["plain"] and first["point"]:
            votes["."] += first["point"]
            continue
        counts = ", ".join(
            f"COUNT(*) FILTER (regexp_matches(n, {_literal(pattern)})) AS {name}" for name, pattern in TELLING.items()
        )
        found = engine.rows(
            f"WITH cells AS (SELECT {number} AS n FROM {relation} WHERE {column} IS NOT NULL) "
            f"SELECT {counts} FROM cells"
        )[0]
        votes[","] += found["comma"]
        votes["."] += found["point"]
        votes["either"] += found["either"]
    if votes[","] or votes["."]:
        decimal = "," if votes[","] > votes["."] else "."
        against = min(votes[","], votes["."])
        said = f"{decimal} (but {against} cells are written with the other mark)" if against else decimal
    else:
        decimal = conventions.decimal_mark
        said = f"{decimal} (the country's; the column alone does not tell)" if votes["either"] else decimal
    return Marks(decimal, said, plain=votes["plain"] == votes["filled"] and decimal == ".")


def value_sql(cell: str, marks: Marks, conventions: Conventions, currency: str) -> tuple[str, str]:
    """SQL for an amount with two decimals, and for the exact number where the cell has more, else null."""
    if marks.plain:
        long = f"regexp_matches({cell}, '\\.\\d{{3,}}$')"
        return f"TRY_CAST({cell} AS {MONEY})", f"CASE WHEN {long} THEN TRY_CAST({cell} AS DECIMAL(38, 14)) END"
    number, negative = bare_sql(cell, signs(conventions, currency))
    kept = f"CASE WHEN regexp_full_match({number}, {_literal(grammar(marks.decimal))}) THEN {number} END"
    clean = f"replace(replace({kept}, {_literal(marks.thousands)}, ''), ' ', '')"
    if marks.decimal == ",":
        clean = f"replace({clean}, ',', '.')"
    signed = f"(CASE WHEN {negative} THEN '-' ELSE '' END || {clean})"
    long = f"regexp_matches({clean}, '\\.\\d{{3,}}|[eE]')"
    return (
        f"TRY_CAST({signed} AS {MONEY})",
        f"CASE WHEN {long} THEN TRY_CAST({signed} AS DECIMAL(38, 14)) END",
    )


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
