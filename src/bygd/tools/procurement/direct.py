"""Which regime holds, and is a direct award open? What hangs together by amounts."""

from dataclasses import replace
from decimal import Decimal

from bygd.tools.procurement import sentences
from bygd.tools.procurement.answer import OURS, Basis, Part, Statement
from bygd.tools.procurement.limits import compare
from bygd.tools.procurement.question import Question
from bygd.tools.procurement.rulebook import Rule
from bygd.vocabulary.words import Standing

Held = dict[str, tuple[Rule, ...]]


def regime(question: Question, held: Held) -> Statement:
    """Below or above the threshold, or unknown."""
    rules = held.get("threshold", ())
    line = rules[0].line if rules else None
    if line is None:
        return Statement(
            "regime", Part.REGIME, Standing.UNKNOWN, sentences.REGIME["none"], (rules[0].basis if rules else OURS,)
        )
    standing = compare(question.value, line, question)
    word = "near" if standing is Standing.UNKNOWN else standing.value
    said = (sentences.OUTDATED if line.outdated else sentences.REGIME)[word]
    return Statement(
        "regime", Part.REGIME, standing, said, (line.basis,), values={"value": question.value, "limit": line.amount}
    )


def direct_award(question: Question, held: Held, regime: Statement) -> Statement:
    """Whether a direct award is open, and why. What was spent before counts where the rules say so.

    Raising value or sum spent never opens it: whatever is nearer to open stands at lower amounts.
    """
    found = _by_amount(question, held, regime)
    if found.standing is Standing.CLOSED and (fitting := _exceptions(question, held, regime)):
        basis = (*found.basis, *(rule.basis for rule in fitting))
        return replace(found, standing=Standing.DEPENDS, message=sentences.DIRECT["depends"], basis=basis)
    return found


def _by_amount(question: Question, held: Held, regime: Statement) -> Statement:
    if regime.standing is Standing.ABOVE:
        return _said(Standing.CLOSED, "above", regime.basis)
    rules = held.get("direct_award", ())
    line = rules[0].line if rules else None
    if line is None:
        return _without_ceiling(question, held, regime, rules)
    adding = held.get("sum_of_year", ())
    alone, together = compare(question.value, line, question), compare(question.total, line, question)
    values = {"value": question.value, "spent": question.spent, "total": question.total, "limit": line.amount}
    basis = (line.basis, *(rule.basis for rule in adding)) if question.spent else (line.basis,)
    if not adding and alone is Standing.BELOW and together is not Standing.BELOW:
        return _said(Standing.UNKNOWN, "sum", (line.basis, OURS), values)
    if together is Standing.BELOW:
        return _said(Standing.OPEN, "open", basis, values, line.outdated)
    if together is Standing.UNKNOWN:
        return _said(Standing.UNKNOWN, "near", basis, values, line.outdated)
    for rule in held.get("direct_award_some", ()):
        higher = rule.line
        if higher and compare(question.total, higher, question) is not Standing.ABOVE:
            return _said(Standing.UNKNOWN, "some", (*basis, rule.basis), {**values, "limit": higher.amount})
    for rule in held.get("direct_award_beyond", ()):
        if regime.standing is not Standing.BELOW:
            return _said(Standing.UNKNOWN, "regime", (*basis, *regime.basis), values)
        return _said(rule.standing, "explain", (*basis, rule.basis), values)
    return _said(Standing.CLOSED, "closed", basis, values, line.outdated)


def _without_ceiling(question: Question, held: Held, regime: Statement, rules: tuple[Rule, ...]) -> Statement:
    for rule in held.get("direct_award_below", ()):
        standing = rule.standing
        if standing is Standing.UNKNOWN:
            return _said(Standing.UNKNOWN, "none", (rule.basis,))
        if regime.standing is Standing.UNKNOWN:
            return _said(Standing.UNKNOWN, "regime", (*regime.basis, rule.basis))
        line = held["threshold"][0].line
        if question.spent and line and compare(question.total, line, question) is not Standing.BELOW:
            values = {"value": question.value, "spent": question.spent, "limit": line.amount}
            return _said(Standing.UNKNOWN, "sum", (*regime.basis, rule.basis, OURS), values)
        return _said(standing, "free", (*regime.basis, rule.basis))
    return _said(Standing.UNKNOWN, "none", (rules[0].basis,) if rules else (OURS,))


def _exceptions(question: Question, held: Held, regime: Statement) -> list[Rule]:
    flags = {"urgent": question.urgent, "only_one": question.only_one}
    return [
        rule
        for rule in held.get("exception", ())
        if any(flags[word] for fact, words in rule.open_facts if fact == "because" for word in words)
        and all(regime.standing in (*words, Standing.UNKNOWN) for fact, words in rule.open_facts if fact == "regime")
    ]


def band(question: Question, held: Held, regime: Statement) -> Statement | None:
    """The procedure that is usual for the value: the highest band that it reaches; None where there are none.

    Bands are for values below the threshold. Near the line of a band that is not sure it is unknown
    which of the two holds.
    """
    lines = [(rule.line, rule) for rule in held.get("band", ()) if rule.line]
    if not lines or regime.standing is Standing.ABOVE:
        return None
    if regime.standing is Standing.UNKNOWN:
        return Statement("procedure", Part.PROCEDURE, Standing.UNKNOWN, sentences.BAND["regime"], regime.basis)
    reached: Rule | None = None
    for line, rule in sorted(lines, key=lambda one: one[0].amount):
        standing = compare(question.value, line, question) if line.amount else Standing.ABOVE
        if standing is Standing.UNKNOWN:
            return Statement(
                "procedure", Part.PROCEDURE, Standing.UNKNOWN, sentences.BAND["near"], (line.basis,),
                values={"value": question.value, "limit": line.amount},
            )  # fmt: skip
        if standing is Standing.BELOW:
            break
        reached = rule
    if reached is None:
        return None
    says = reached.value.says or reached.parameter.says
    return Statement(
        "procedure", Part.PROCEDURE, Standing.EXPLAIN, says["en"], (reached.basis,), says,
        {"value": question.value, "band": reached.key},
    )  # fmt: skip


def _said(
    standing: Standing,
    word: str,
    basis: tuple[Basis, ...],
    values: dict[str, Decimal] | None = None,
    outdated: bool = False,
) -> Statement:
    message = (sentences.DIRECT_OUTDATED if outdated else sentences.DIRECT)[word]
    rests_on = basis if len(basis) == 1 else tuple(dict.fromkeys(basis))
    return Statement("direct_award", Part.DIRECT_AWARD, standing, message, rests_on, values=values or {})
