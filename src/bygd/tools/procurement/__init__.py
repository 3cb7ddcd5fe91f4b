"""What may we do? The rules for a purchase, by country, day, buyer, kind and value.

Reads the value files of the country packs; no table. Method: docs/method/procurement-rules.md
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from bygd.sources.errors import InputError
from bygd.tools.procurement import cpv, direct, guidelines, lots, sentences
from bygd.tools.procurement.answer import Answer, Basis, Part, Statement
from bygd.tools.procurement.guidelines import Guideline
from bygd.tools.procurement.limits import compare
from bygd.tools.procurement.matching import Facts, facts, holds
from bygd.tools.procurement.question import Buyer, Kind, Question, check
from bygd.tools.procurement.rulebook import PARTS, Rule, Rulebook, rulebook
from bygd.vocabulary.words import Pillar, Standing

PILLAR = Pillar.PROCUREMENT
READS = ()
WRITES = ()

__all__ = ["PILLAR", "Answer", "Basis", "Buyer", "Kind", "Part", "Question", "Rulebook", "Statement", "ask", "rulebook"]


def ask(question: Question, rules: Rulebook, own: Sequence[Guideline] = ()) -> Answer:
    """What the rules kept here say about a purchase; `own` are the buyer's own guidelines.

    Every statement names what it rests on, since when, when that was read and whether it was
    verified. What is not known is a statement with the standing UNKNOWN. Advice, not a legal
    opinion. Raises InputError for a question that cannot be asked (see `question.check`).
    """
    check(question, rules.country, rules.parts)
    law = rules.country.law_of_part(question.part)
    if law.code != rules.country.code:
        return replace(ask(replace(question, part=""), rulebook(law.code), own), question=question)
    code, kind, assumed = _kind(question, rules.country.code)
    held = rules.held(question.on, question.buyer, kind)
    regime = direct.regime(question, held)
    award = direct.direct_award(question, held, regime)
    procedure = direct.band(question, held, regime)
    known = facts(question, regime.standing, award.standing, code)
    split, added = _of_the_year(question, held)
    return Answer(
        question,
        rules.currency,
        (
            regime,
            *_if(lots.small_lot(question, held, regime)),
            *_statements("regime", held, question, known),
            award,
            *_if(procedure),
            *guidelines.statements(own, question, kind, award.standing),
            *_statements("duty", held, question, known),
            *split,
            *_statements("reservation", held, question, known),
            *_statements("condition", held, question, known),
            *assumed,
            *_vat(question, held),
            *added,
        ),
    )


def _if(statement: Statement | None) -> tuple[Statement, ...]:
    return (statement,) if statement else ()


def _statements(role: str, held: direct.Held, question: Question, known: Facts) -> Iterator[Statement]:
    """What the rules of a role say themselves, where they hold or may hold."""
    for rule in held.get(role, ()):
        holding = holds(rule, known)
        if holding is False:
            continue
        if rule.said is None or rule.doubted is None:
            said = _by_amount(rule, PARTS[role], question, holding)
            if said is not None:
                yield said
        elif question.areas and any(fact == "areas" for fact, _ in rule.open_facts):
            yield replace(rule.said if holding else rule.doubted, values={"areas": ", ".join(question.areas)})
        else:
            yield rule.said if holding else rule.doubted


def _by_amount(rule: Rule, part: Part, question: Question, holding: bool | None) -> Statement | None:
    """What a rule says that holds from an amount on, or None below it."""
    place = compare(question.value, rule.line, question) if rule.line else Standing.UNKNOWN
    if place is Standing.BELOW:
        return None
    standing = Standing.UNKNOWN if place is Standing.UNKNOWN else Standing.MANDATORY if holding else Standing.DEPENDS
    says = rule.value.says or rule.parameter.says
    return Statement(
        f"{part}.{rule.key}", part, standing, says["en"], (rule.basis,), says,
        {"limit": rule.line.amount} if rule.line else {}, rule.parameter.lists,
    )  # fmt: skip


def _kind(question: Question, country: str) -> tuple[int | None, Kind, list[Statement]]:
    """The CPV code, the kind of purchase that counts, and what is to be said about the two."""
    if not question.cpv:
        assert question.kind is not None
        return None, question.kind, []
    number = cpv.code(question.cpv, country)
    found = cpv.kind(number, country)
    asked = question.kind
    if found is None:
        if asked is None:
            raise InputError(
                "What kind of purchase CPV {cpv} stands for is not known here. Say the kind.", cpv=question.cpv
            )
        return number, asked, []
    values: dict[str, Decimal | str] = {
        "cpv": question.cpv,
        "kind": found.kind.value,
        "asked": asked.value if asked else "",
    }
    if asked in (None, found.kind):
        message = sentences.KIND_SERVICE if found.kind is Kind.SERVICES else sentences.KIND
        kind = found.kind
    elif found.kind is Kind.SOCIAL and asked is Kind.SERVICES:
        message, kind, values["kind"] = sentences.KIND_SOCIAL, Kind.SOCIAL, asked.value
    elif found.kind is Kind.SERVICES and asked is Kind.SOCIAL:
        message, kind = sentences.CPV_OPEN, asked
    else:
        message, kind = (sentences.KIND if asked is Kind.CONCESSION else sentences.KIND_OTHER), asked or found.kind
    standing = Standing.DOUBTFUL if message in (sentences.KIND_OTHER, sentences.CPV_OPEN) else Standing.ALLOWED
    said = Statement("assumption.kind", Part.ASSUMPTION, standing, message, (found.basis,), values=values)
    return number, kind, [said]


def _vat(question: Question, held: direct.Held) -> Iterator[Statement]:
    """What was assumed about VAT."""
    rule = next((one for role in ("threshold", "direct_award") for one in held.get(role, ()) if one.value.vat), None)
    if rule is None or question.vat == rule.value.vat:
        return
    if not question.vat:
        standing, message = Standing.ALLOWED, sentences.VAT[rule.value.vat]
    elif question.vat_rate is None:
        standing, message = Standing.UNKNOWN, sentences.VAT["no_rate"]
    else:
        return
    yield Statement("assumption.vat", Part.ASSUMPTION, standing, message, (rule.basis,))


def _of_the_year(question: Question, held: direct.Held) -> tuple[list[Statement], list[Statement]]:
    """That a purchase is not split, and the sum that was counted, where direct purchases of a year are added up."""
    rule = next(iter(held.get("sum_of_year", ())), None)
    if rule is None:
        return [], []
    split = Statement("duty.no_split", Part.DUTY, Standing.MANDATORY, sentences.NO_SPLIT, (rule.basis,))
    if not question.spent:
        return [split], []
    added = Statement(
        "assumption.sum", Part.ASSUMPTION, Standing.MANDATORY, sentences.SUM, (rule.basis,),
        values={"value": question.value, "spent": question.spent, "total": question.total},
    )  # fmt: skip
    return [split], [added]
