"""Payments to spend lines: summed by anchor, supplier, year and category, and tagged by the first rule that catches.

Reads payments, suppliers. Writes spend_lines. Method: docs/method/scope.md
"""

from collections.abc import Sequence

from bygd.engine import Engine
from bygd.scope.matching import literal, plain_sql, position_sql
from bygd.scope.rules import Rule
from bygd.sources.errors import InputError
from bygd.vocabulary.tables.spend import spend_lines

# Payments are first summed by all that rules may look at; the many regular expressions then meet
# each different text once, not each payment.
GROUPS = """
    SELECT anchor, supplier_key, currency,
           YEAR(paid_on) - CASE WHEN MONTH(paid_on) < {year_starts} THEN 1 ELSE 0 END AS year,
           COALESCE(category, '') AS category, {account} AS account, {department} AS department,
           SUM(amount) AS amount, COUNT(*) AS payments
    FROM payments
    GROUP BY 1, 2, 3, 4, 5, 6, 7
"""

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
    SELECT g.anchor, g.supplier_key, g.year, g.category, r.rule, r.reason, g.currency,
           SUM(g.amount) AS amount, SUM(g.payments) AS payments
    FROM scope_groups AS g
    LEFT JOIN scope_suppliers AS s ON s.supplier_key = g.supplier_key
    JOIN scope_category AS c ON c.category = g.category
    JOIN scope_account AS a ON a.account = g.account
    JOIN scope_department AS d ON d.department = g.department
    JOIN (VALUES {rules}) AS r(p, rule, reason) ON r.p = LEAST(COALESCE(s.p, {none}), c.p, a.p, d.p)
    GROUP BY 1, 2, 3, 4, 5, 6, 7
    ORDER BY 1, 2, 3, 4, 5, 7
"""


def run(engine: Engine, rules: Sequence[Rule], year_starts: int = 1) -> None:
    """One spend line per anchor, supplier, year, category, rule and currency; their sum is that of the payments.

    `year_starts` is the month in which the financial year starts; a line's year is the calendar year
    in which its financial year began. Raises InputError where that is no month.
    """
    if year_starts not in range(1, 13):
        raise InputError(f"year_starts must be a month from 1 to 12, not {year_starts!r}.")
    none = len(rules)
    used = {field for rule in rules for field in rule.fields}
    engine.sql(
        "scope_groups",
        GROUPS.format(
            year_starts=year_starts,
            # What no rule looks at would only make the groups many.
            account="COALESCE(account, '')" if "account" in used else "''",
            department="COALESCE(department, '')" if "department" in used else "''",
        ),
    )
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
    engine.sql(
        spend_lines,
        LINES.format(
            none=none,
            rules=", ".join(f"({p}, {literal(rule)}, {literal(reason)})" for p, rule, reason in listed),
        ),
    )


def _own_name_sql(rules: Sequence[Rule]) -> str:
    position = next((position for position, rule in enumerate(rules) if rule.own_name), None)
    if position is None:
        return "CAST(NULL AS INTEGER)"
    return f"CASE WHEN name = anchor AND TRIM(name) <> '' THEN {position} END"
