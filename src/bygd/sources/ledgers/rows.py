"""Rows of one sheet judged: each is a payment, or set aside with a reason, in one SQL statement."""

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence

from bygd.sources import amounts
from bygd.sources.amounts import Marks
from bygd.sources.conventions import Conventions
from bygd.vocabulary.words import SetAside

CELLS = "ledger_cells"
"""The sheet's cells: `row_number`, `c0`, `c1`, … without blanks at their ends, and `paid_on`, `wrong`."""
MONEY = ("amount", "debit", "credit")
LETTERS = r"\p{L}{2,}"
LOOKS_LIKE_MONEY = r"[-+(£€$]?\s*\d[\d\s.,]*[.,]\d{2}\s*[-)]?"
ONLY_NUMBERS = r"[\d\s.,()£€$%-]*"

Case = tuple[SetAside, str, str]


def literal(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def judged(
    places: AnyMapping[str, int],
    names: Sequence[str],
    stray: Sequence[int],
    marks: Marks,
    conventions: Conventions,
    currency: str,
) -> str:
    """The statement that gives each row's `row_number`, `amount`, `exact` and `judgement`, in the sheet's order.

    `judgement` is null for a payment, else `reason:detail`. `exact` is the amount with all its decimals where
    it has more than two. `stray` are columns without a name in which only few rows hold anything.
    """
    value, exact = _amount(places, marks, conventions, currency)
    cases = _cases(places, names, stray, marks, conventions, currency)
    whens = " ".join(
        f"WHEN {condition} THEN {detail if detail.startswith('(') else literal(f'{reason.value}:{detail}')}"
        for reason, condition, detail in cases
    )
    return f"""
    WITH v AS (SELECT *, CAST({value} AS DECIMAL(18, 2)) AS amount, {exact} AS exact FROM {CELLS})
    SELECT row_number, amount, exact, CASE WHEN {_good(places, stray, conventions, currency)} THEN NULL {whens} END
      AS judgement FROM v
    """


def _amount(places: AnyMapping[str, int], marks: Marks, conventions: Conventions, currency: str) -> tuple[str, str]:
    """SQL for the amount and the exact amount; debit less credit where there is no column for the amount."""
    if "amount" in places:
        return amounts.value_sql(f"c{places['amount']}", marks, conventions, currency)
    cells = {side: f"c{places[side]}" for side in ("debit", "credit") if side in places}
    sides = {side: amounts.value_sql(cell, marks, conventions, currency) for side, cell in cells.items()}
    none = " AND ".join(f"{cell} IS NULL" for cell in cells.values())
    unread = " OR ".join(f"({cells[side]} IS NOT NULL AND ({sides[side][0]}) IS NULL)" for side in sides)
    long = " OR ".join(f"({exact}) IS NOT NULL" for _, exact in sides.values())

    def total(parts: AnyMapping[str, str]) -> str:
        return f"COALESCE({parts.get('debit', 'NULL')}, 0) - COALESCE({parts.get('credit', 'NULL')}, 0)"

    value = total({side: two for side, (two, _) in sides.items()})
    exact = total({side: f"COALESCE({more}, {two})" for side, (two, more) in sides.items()})
    return (
        f"CASE WHEN ({none}) OR {unread} THEN NULL ELSE CAST({value} AS DECIMAL(18, 2)) END",
        f"CASE WHEN ({none}) OR {unread} OR NOT ({long}) THEN NULL ELSE CAST({exact} AS DECIMAL(38, 14)) END",
    )


def _good(places: AnyMapping[str, int], stray: Sequence[int], conventions: Conventions, currency: str) -> str:
    """SQL: nothing is wrong with the row. Asked first, so that the many good rows are judged cheaply."""
    parts = ["amount IS NOT NULL", f"c{places['supplier']} IS NOT NULL"]
    parts += [f"c{place} IS NULL" for place in stray]
    if "paid_on" in places:
        parts.append("paid_on IS NOT NULL")
    elif conventions.total_words:
        parts.append(f"NOT regexp_matches(c{places['supplier']}, {literal(_total(conventions))})")
    if "currency" in places:
        parts.append(f"(c{places['currency']} IS NULL OR {_own_currency(places, conventions, currency)})")
    return " AND ".join(parts)


def _total(conventions: Conventions) -> str:
    """A cell that says it is a total, as a regular expression over cells joined by a unit separator.

    The whole cell must be a total's name, perhaps with a period behind it: `Total Energies` is a supplier.
    """
    words = sorted({word.casefold().replace(" ", "[ -]?") for word in conventions.total_words}, key=len, reverse=True)
    return rf"(?i)(^|\x1f)({'|'.join(words)})[\s:.\d/-]*(\x1f|$)"


def _own_currency(places: AnyMapping[str, int], conventions: Conventions, currency: str) -> str:
    own = {currency, *(sign.upper() for sign, code in conventions.currency_signs.items() if code == currency)}
    return f"upper(c{places['currency']}) IN ({', '.join(map(literal, sorted(own)))})"


def _cases(
    places: AnyMapping[str, int],
    names: Sequence[str],
    stray: Sequence[int],
    marks: Marks,
    conventions: Conventions,
    currency: str,
) -> list[Case]:
    """Reasons in the order they are asked, each with its condition and its detail."""
    money = [places[field] for field in MONEY if field in places]
    supplier, date = f"c{places['supplier']}", places.get("paid_on")
    every = [f"c{place}" for place in range(len(names))]
    joined = f"concat_ws(chr(31), {', '.join(every)})"
    rest = ", ".join(cell for place, cell in enumerate(every) if place not in money) or "''"
    no_money = " AND ".join(f"c{place} IS NULL" for place in money)
    undated = f"c{date} IS NULL" if date is not None else "TRUE"
    amount_name = " / ".join(names[place] for place in money)
    cases: list[Case] = [
        (SetAside.BLANK, f"{supplier} IS NULL AND {no_money} AND {joined} = ''", "no cell holds anything"),
        (
            SetAside.REPEATED_HEADER,
            " AND ".join(f"lower(c{p}) = {literal(names[p].casefold())}" for p in (places["supplier"], money[0])),
            "the same as the header",
        ),
    ]
    if conventions.total_words:
        total = literal(_total(conventions))
        says = f"regexp_matches({joined if date is not None else supplier}, {total})"
        no_day = f"({undated} OR regexp_matches(c{date}, {total}))" if date is not None else undated
        cases.append((SetAside.TOTAL, f"{no_day} AND {says}", "it says that it is a total"))
    only = f"{supplier} IS NULL AND {undated} AND amount IS NOT NULL"
    numbers = f"regexp_full_match(concat_ws('', {rest}), {literal(ONLY_NUMBERS)})"
    cases.append((SetAside.TOTAL, f"{only} AND {numbers}", "it holds nothing but an amount"))
    if stray:
        beyond = " OR ".join(f"c{place} IS NOT NULL" for place in stray)
        cases.append((SetAside.SHIFTED, beyond, "a cell stands in a column without a name"))
    cases.append(
        (
            SetAside.SHIFTED,
            f"amount IS NULL AND {supplier} IS NOT NULL AND regexp_full_match({supplier}, {literal(LOOKS_LIKE_MONEY)})",
            f"an amount stands in the column '{names[places['supplier']]}'",
        )
    )
    if date is not None:
        wordy = " OR ".join(f"regexp_matches(c{place}, '{LETTERS}')" for place in money)
        cases.append(
            (
                SetAside.SHIFTED,
                f"amount IS NULL AND ({wordy}) AND wrong IS NOT NULL",
                f"neither '{amount_name}' nor '{names[date]}' holds what belongs there",
            )
        )
    foreign = literal(amounts.foreign(conventions, currency))
    strange = " OR ".join(f"regexp_matches(c{place}, {foreign})" for place in money)
    cases.append((SetAside.CURRENCY, f"amount IS NULL AND ({strange})", f"the amount is not in {currency}"))
    if "currency" in places:
        other = f"NOT {_own_currency(places, conventions, currency)}"
        cases.append((SetAside.CURRENCY, other, f"the row is not in {currency}"))
    cases += [
        (SetAside.AMOUNT, f"amount IS NULL AND {no_money}", f"'{amount_name}' is empty"),
        (SetAside.AMOUNT, "amount IS NULL", f"'{amount_name}' is no number with the decimal mark '{marks.decimal}'"),
    ]
    if date is not None:
        start = literal(f"{SetAside.DATE.value}:'{names[date]}' is ")
        cases += [
            (SetAside.DATE, f"c{date} IS NULL", f"'{names[date]}' is empty"),
            (SetAside.DATE, "paid_on IS NULL", f"({start} || wrong)"),
        ]
    cases.append((SetAside.SUPPLIER, f"{supplier} IS NULL", f"'{names[places['supplier']]}' is empty"))
    return cases
