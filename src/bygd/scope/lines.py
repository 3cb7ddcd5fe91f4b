"""Payments to spend lines: summed by anchor, supplier, year and category, and tagged by the first rule that catches.

Reads payments, suppliers. Writes spend_lines, split_lines. Method: docs/method/scope.md
"""

from collections.abc import Sequence

from bygd.engine import Engine
from bygd.scope.matching import literal, plain_sql, position_sql
from bygd.scope.rules import Rule
from bygd.sources.errors import InputError
from bygd.vocabulary.tables.spend import spend_lines, split_lines

# Payments are first summed by all that rules may look at; the many regular expressions then meet
# each different text once, not each payment.
GROUPS = """
    SELECT anchor, supplier_key, currency, {year} AS year,
           COALESCE(category, '') AS category, {account} AS account, {department} AS department,
           SUM(amount) AS amount, COUNT(*) AS payments
    FROM payments
    GROUP BY 1, 2, 3, 4, 5, 6, 7
"""
YEAR = "YEAR(paid_on) - CASE WHEN MONTH(paid_on) < {year_starts} THEN 1 ELSE 0 END"

SUPPLIERS = """
    SELECT supplier_key,
           LEAST(COALESCE({own_name}, {none}), COALESCE({supplier}, {none}), COALESCE({kind}, {none})) AS p
    FROM (SELECT supplier_key, {name_text} AS name, {kind_text} AS kind, {anchor_text} AS anchor FROM suppliers)
"""

TEXTS = """
    SELECT {field}, COALESCE({position}, {none}) AS p
    FROM (SELECT {field}, {text} AS text FROM (SELECT DISTINCT {field} FROM scope_groups))
"""

# In order, so that the same input gives the same file, byte for byte.
LINES = """
    SELECT {file}g.anchor, g.supplier_key, g.year, g.category, r.rule, r.reason, g.currency,
           SUM(g.amount) AS amount, SUM(g.payments) AS payments
    FROM {groups} AS g
    LEFT JOIN scope_suppliers AS s ON s.supplier_key = g.supplier_key
    JOIN scope_category AS c ON c.category = g.category
    JOIN scope_account AS a ON a.account = g.account
    JOIN scope_department AS d ON d.department = g.department
    JOIN (VALUES {rules}) AS r(p, rule, reason) ON r.p = LEAST(COALESCE(s.p, {none}), c.p, a.p, d.p)
    GROUP BY {file}g.anchor, g.supplier_key, g.year, g.category, r.rule, r.reason, g.currency
    ORDER BY {file}g.anchor, g.supplier_key, g.year, g.category, r.rule, g.currency
"""

# Lines that only account or department tell apart, and the payments in them, file by file.
SPLIT = """
    SELECT anchor, supplier_key, year, category, currency FROM spend_lines
    GROUP BY anchor, supplier_key, year, category, currency HAVING COUNT(*) > 1
"""
IN_FILES = """
    SELECT p.file_key, p.anchor, p.supplier_key, p.currency, p.year, p.category, p.account, p.department,
           p.amount, 1 AS payments
    FROM (SELECT file_key, anchor, supplier_key, currency, {year} AS year, COALESCE(category, '') AS category,
                 {account} AS account, {department} AS department, amount FROM payments) AS p
    JOIN ({split}) AS s
      ON s.anchor = p.anchor AND s.supplier_key = p.supplier_key AND s.year = p.year AND s.category = p.category
     AND s.currency = p.currency
"""


def run(engine: Engine, rules: Sequence[Rule], year_starts: int = 1) -> None:
    """One spend line per anchor, supplier, year, category, rule and currency; their sum is that of the payments.

    Of lines that share all but the rule, the files' parts stand in `split_lines`.

    `year_starts` is the month in which the financial year starts; a line's year is the calendar year
    in which its financial year began. Raises InputError where that is no month.
    """
    if year_starts not in range(1, 13):
        raise InputError("year_starts must be a month from 1 to 12, not {year_starts}.", year_starts=repr(year_starts))
    none = len(rules)
    used = {field for rule in rules for field in rule.fields}
    said = {
        "year": YEAR.format(year_starts=year_starts),
        # What no rule looks at would only make the groups many.
        "account": "COALESCE(account, '')" if "account" in used else "''",
        "department": "COALESCE(department, '')" if "department" in used else "''",
    }
    engine.sql("scope_groups", GROUPS.format(**said))
    engine.sql(
        "scope_suppliers",
        SUPPLIERS.format(
            none=none,
            own_name=_own_name_sql(rules),
            supplier=position_sql(rules, "supplier", "name"),
            kind=position_sql(rules, "kind", "kind"),
            name_text=plain_sql("name"),
            kind_text=plain_sql("kind"),
            anchor_text=plain_sql("anchor"),
        ),
    )
    for field in ("category", "account", "department"):
        engine.sql(
            f"scope_{field}",
            TEXTS.format(
                field=field,
                none=none,
                text=plain_sql(field),
                position=position_sql(rules, field, "text"),
            ),
        )
    listed = [(position, rule.id, rule.reason.value) for position, rule in enumerate(rules)] + [(none, "", "")]
    tags = ", ".join(f"({p}, {literal(rule)}, {literal(reason)})" for p, rule, reason in listed)
    engine.sql(spend_lines, LINES.format(none=none, rules=tags, file="", groups="scope_groups"))
    if used & {"account", "department"}:
        in_files = f"({IN_FILES.format(split=SPLIT, **said)})"
        engine.sql(split_lines, LINES.format(none=none, rules=tags, file="g.file_key, ", groups=in_files))
    else:
        engine.register(split_lines, [])


def _own_name_sql(rules: Sequence[Rule]) -> str:
    position = next((position for position, rule in enumerate(rules) if rule.own_name), None)
    if position is None:
        return "CAST(NULL AS INTEGER)"
    return f"CASE WHEN name = anchor AND TRIM(name) <> '' THEN {position} END"
