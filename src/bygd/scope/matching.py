"""Does a rule catch this? The same answer in SQL and in plain Python."""

import re
import unicodedata
from collections.abc import Sequence

from bygd.scope.rules import Rule


def plain(text: str | None) -> str:
    """The text that patterns are matched against.

    Lower case, every run of other signs than letters, marks and digits turned into one blank, one
    blank at both ends: so ` nhs ` in a pattern is the word, never a part of one.
    """
    lowered = (text or "").lower()
    kept = "".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in lowered)
    return f" {' '.join(kept.split())} "


def plain_sql(column: str) -> str:
    """`plain` in SQL."""
    return (
        f"' ' || TRIM(REGEXP_REPLACE(LOWER(COALESCE({column}, '')), '[^\\p{{L}}\\p{{M}}\\p{{N}}]+', ' ', 'g')) || ' '"
    )


def catch(
    rules: Sequence[Rule],
    *,
    supplier: str | None = None,
    kind: str | None = None,
    category: str | None = None,
    account: str | None = None,
    department: str | None = None,
    anchor: str | None = None,
) -> Rule | None:
    """The rule that leaves such a payment out, or None where it counts as procurement."""
    texts = {"supplier": supplier, "kind": kind, "category": category, "account": account, "department": department}
    plained = {field: plain(text) for field, text in texts.items()}
    for rule in rules:
        if rule.own_name:
            if anchor is not None and plained["supplier"].strip() and plained["supplier"] == plain(anchor):
                return rule
        elif any(_found(rule, plained[field]) for field in rule.fields):
            return rule
    return None


def _found(rule: Rule, text: str) -> bool:
    return bool(re.search(rule.pattern, text)) and not (rule.exceptions and re.search(rule.exceptions, text))


def position_sql(rules: Sequence[Rule], field: str, text: str) -> str:
    """The place in `rules` of the first pattern that a field's plain text meets, from 0; null where none.

    `text` is an SQL expression. Rules on the own name are left to `lines`.
    """
    cases = [
        f"WHEN REGEXP_MATCHES({text}, {literal(rule.pattern)})"
        + (f" AND NOT REGEXP_MATCHES({text}, {literal(rule.exceptions)})" if rule.exceptions else "")
        + f" THEN {position}"
        for position, rule in enumerate(rules)
        if field in rule.fields and not rule.own_name
    ]
    return f"CASE {' '.join(cases)} END" if cases else "CAST(NULL AS INTEGER)"


def literal(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
