"""Rows of one sheet judged: each is a payment, or set aside with the reason, in one SQL statement."""

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence

import pyarrow as pa

from bygd.engine import DuckEngine
from bygd.sources import amounts, dates
from bygd.sources.amounts import Marks
from bygd.sources.conventions import Conventions
from bygd.sources.dates import Days
from bygd.vocabulary.words import SetAside

BLANKS = " \t\r\n\u00a0\u2007\u202f\ufeff"
CELLS, DATES = "ledger_cells", "ledger_dates"
TEXTS = ("account", "category", "department", "invoice", "contract")
FREE = ("invoice", "contract")
"""Texts that are not kept at all where they hold a personal number or the recipient is masked."""
WHO = ("supplier", "org_number", "supplier_number", "postcode", "town", "country", "kind")
WITHOUT_TIME = r"[ T]+\d{1,2}[:.]\d{2}([:.]\d{2}([.,]\d+)?)?$"
LETTERS = r"\p{L}{2,}"
MONEY = r"[-+(£€]?\s*\d[\d\s.,]*[.,]\d{2}\s*[-)]?"


def literal(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def trimmed(place: int) -> str:
    """SQL for a cell without blanks at its ends; empty is null."""
    return f"NULLIF(trim(c{place}, {literal(BLANKS)}), '')"


def read_dates(engine: DuckEngine, place: int | None, conventions: Conventions, order: str | None) -> Days | None:
    """Leaves `ledger_dates`: text, day, wrong; None where there is no date column."""
    if place is None:
        return None
    text = f"regexp_replace({trimmed(place)}, {literal(WITHOUT_TIME)}, '')"
    found = engine.arrow(
        f"SELECT {text} AS text, COUNT(*) AS n FROM {CELLS} WHERE {trimmed(place)} IS NOT NULL GROUP BY 1"
    )
    counts = dict(sorted(zip(found["text"].to_pylist(), found["n"].to_pylist(), strict=True)))
    days = dates.read(counts, conventions, order)
    texts = list(counts)
    engine.put(
        DATES,
        pa.table(
            {
                "text": pa.array(texts, pa.string()),
                "day": pa.array([days.days.get(text) for text in texts], pa.date32()),
                "wrong": pa.array([days.wrong.get(text) for text in texts], pa.string()),
            }
        ),
    )
    return days


def judged(
    places: AnyMapping[str, int],
    names: Sequence[str],
    stray: Sequence[int],
    marks: Marks,
    conventions: Conventions,
    currency: str,
    period: str | None,
) -> str:
    """The statement that reads every row: cells by field, `amount`, `exact`, `paid_on`, `reason`, `detail`.

    `stray` are columns without a name in which only few rows hold anything; such rows do not fit the columns.
    """
    fields = {field: trimmed(place) for field, place in places.items()}
    cells = [f"{sql} AS {field}_cell" for field, sql in fields.items()]
    parts = [f"COALESCE(s.{field}_cell, '')" for field in WHO if field in places]
    who = " || chr(31) || ".join(parts) if len(parts) > 1 else "s.supplier_cell"
    value, exact = _amount(places, marks, conventions, currency)
    dated = "paid_on" in places
    join = (
        f"LEFT JOIN {DATES} d ON d.text = regexp_replace(s.paid_on_cell, {literal(WITHOUT_TIME)}, '')" if dated else ""
    )
    day = "d.day" if dated else f"DATE '{period}-01'"
    return f"""
    WITH s AS (SELECT *, {", ".join(cells)} FROM {CELLS}),
    v AS (SELECT s.*, {who} AS who, {value} AS amount, {exact} AS exact, {day} AS paid_on, {"d.wrong" if dated else "NULL"} AS wrong
          FROM s {join})
    SELECT *, {_reason(places, names, stray, conventions, currency, marks)} AS judgement FROM v
    """


def _amount(places: AnyMapping[str, int], marks: Marks, conventions: Conventions, currency: str) -> tuple[str, str]:
    if "amount" in places:
        return amounts.value_sql("s.amount_cell", marks, conventions, currency)
    sides = {
        side: amounts.value_sql(f"s.{side}_cell", marks, conventions, currency)
        for side in ("debit", "credit")
        if side in places
    }
    unread = " OR ".join(f"(s.{side}_cell IS NOT NULL AND {sides[side][0]} IS NULL)" for side in sides)
    none = " AND ".join(f"s.{side}_cell IS NULL" for side in sides)

    def total(parts: AnyMapping[str, str]) -> str:
        debit, credit = parts.get("debit", "NULL"), parts.get("credit", "NULL")
        return f"COALESCE({debit}, 0) - COALESCE({credit}, 0)"

    value = total({side: sql for side, (sql, _) in sides.items()})
    exact = total({side: f"COALESCE({long}, {sql})" for side, (sql, long) in sides.items()})
    long = " OR ".join(f"({long}) IS NOT NULL" for _, long in sides.values())
    return (
        f"CASE WHEN {none} OR {unread} THEN NULL ELSE CAST({value} AS DECIMAL(18, 2)) END",
        f"CASE WHEN ({none}) OR ({unread}) OR NOT ({long}) THEN NULL ELSE CAST({exact} AS DECIMAL(38, 14)) END",
    )


def _reason(
    places: AnyMapping[str, int],
    names: Sequence[str],
    stray: Sequence[int],
    conventions: Conventions,
    currency: str,
    marks: Marks,
) -> str:
    """SQL for reason and detail in one text, `reason:detail`; null for a payment. Cheap questions go first."""
    money = [field for field in ("amount", "debit", "credit") if field in places]
    no_money_cell = " AND ".join(f"{field}_cell IS NULL" for field in money)
    dated = "paid_on" in places
    everything = "concat_ws(chr(31), " + ", ".join(trimmed(place) for place in range(len(names))) + ")"
    others = [trimmed(place) for place in range(len(names)) if place not in {places[field] for field in money}]
    rest = "concat_ws('', " + ", ".join(others) + ")" if others else "''"
    totals = "|".join(
        sorted((word.casefold().replace(" ", "[ -]?") for word in conventions.total_words), key=len, reverse=True)
    )
    total = rf"(?i)(^|\x1f)({totals})\b[^\x1f]{{0,30}}(\x1f|$)"
    header = " AND ".join(
        f"lower({field}_cell) = {literal(names[places[field]].casefold())}" for field in ("supplier", money[0])
    )
    shown = "' / '".join(f"{names[places[field]]}" for field in money).replace("' / '", " / ")
    cases = [
        (SetAside.BLANK, f"supplier_cell IS NULL AND {no_money_cell} AND {everything} = ''", "no cell holds anything"),
        (SetAside.REPEATED_HEADER, header, "same as the header"),
    ]
    if totals:
        undated = (
            "paid_on_cell IS NULL"
            if dated
            else f"supplier_cell IS NULL OR regexp_matches(supplier_cell, {literal(total)})"
        )
        cases += [
            (
                SetAside.TOTAL,
                f"({undated}) AND regexp_matches({everything}, {literal(total)})",
                "says that it is a total",
            ),
            (
                SetAside.TOTAL,
                f"supplier_cell IS NULL AND amount IS NOT NULL AND regexp_full_match({rest}, '[\\d\\s.,()£€-]*')"
                + (" AND paid_on_cell IS NULL" if dated else ""),
                "holds nothing but an amount",
            ),
        ]
    if stray:
        beyond = " OR ".join(f"{trimmed(place)} IS NOT NULL" for place in stray)
        cases.append((SetAside.SHIFTED, beyond, "a cell stands in a column without a name"))
    wordy = " OR ".join(f"regexp_matches({field}_cell, '{LETTERS}')" for field in money)
    cases.append(
        (
            SetAside.SHIFTED,
            f"amount IS NULL AND supplier_cell IS NOT NULL AND regexp_full_match(supplier_cell, {literal(MONEY)})",
            f"an amount stands in the column '{names[places['supplier']]}'",
        )
    )
    if dated:
        cases.append(
            (
                SetAside.SHIFTED,
                f"amount IS NULL AND ({wordy}) AND wrong IS NOT NULL",
                f"neither '{shown}' nor '{names[places['paid_on']]}' holds what belongs there",
            )
        )
    if not marks.plain:
        foreign = amounts.foreign(conventions, currency)
        strange = " OR ".join(f"regexp_matches({field}_cell, {literal(foreign)})" for field in money)
        cases.append((SetAside.CURRENCY, f"amount IS NULL AND ({strange})", f"the amount is not in {currency}"))
    if "currency" in places:
        codes = {sign.upper(): code for sign, code in conventions.currency_signs.items()}
        own = ", ".join(literal(each) for each in sorted({currency, *(s for s, c in codes.items() if c == currency)}))
        cases.append((SetAside.CURRENCY, f"upper(currency_cell) NOT IN ({own})", f"the row is not in {currency}"))
    cases += [
        (SetAside.AMOUNT, f"amount IS NULL AND {no_money_cell}", f"'{shown}' is empty"),
        (SetAside.AMOUNT, "amount IS NULL", f"'{shown}' is no number written with the decimal mark {marks.decimal}"),
    ]
    if dated:
        column = names[places["paid_on"]]
        cases += [(SetAside.DATE, "paid_on_cell IS NULL", f"'{column}' is empty")]
    cases += [(SetAside.SUPPLIER, "supplier_cell IS NULL", f"'{names[places['supplier']]}' is empty")]
    whens = [f"WHEN {condition} THEN {literal(f'{reason.value}:{detail}')}" for reason, condition, detail in cases]
    if dated:
        column = names[places["paid_on"]]
        wrong = f"WHEN paid_on IS NULL THEN {literal(f'{SetAside.DATE.value}:')} || {literal(repr(column) + ': ')} || COALESCE(wrong, '')"
        whens.insert(len(whens) - 1, wrong)
    good = "amount IS NOT NULL AND supplier_cell IS NOT NULL" + (" AND paid_on IS NOT NULL" if dated else "")
    stray_free = f" AND NOT ({' OR '.join(f'{trimmed(place)} IS NOT NULL' for place in stray)})" if stray else ""
    own_currency = f" AND (currency_cell IS NULL OR upper(currency_cell) IN ({own}))" if "currency" in places else ""
    no_total = "" if dated or not totals else f" AND NOT regexp_matches(supplier_cell, {literal(total)})"
    return f"CASE WHEN {good}{stray_free}{own_currency}{no_total} THEN NULL {' '.join(whens)} END"
