"""Does a rule hold for the facts of a question? Yes, no, or perhaps: a fact it asks about is not known."""

from dataclasses import dataclass

from bygd.tools.procurement import cpv
from bygd.tools.procurement.question import Question
from bygd.tools.procurement.rulebook import Rule
from bygd.vocabulary.words import Standing


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known once regime and direct award are told; `cpv` is None where no code was given."""

    regime: Standing
    direct_award: Standing
    part: str
    cpv: int | None
    areas: tuple[str, ...]
    because: tuple[str, ...]


def facts(question: Question, regime: Standing, direct_award: Standing, code: int | None) -> Facts:
    """The facts of a question that rules may ask about."""
    because = tuple(name for name in ("urgent", "only_one") if getattr(question, name))
    return Facts(regime, direct_award, question.part, code, question.areas, because)


def holds(rule: Rule, known: Facts) -> bool | None:
    """True, False, or None where it depends on something that is not known."""
    answer: bool | None = True
    for fact, words in rule.open_facts:
        one = _fact(fact, words, known)
        if one is False:
            return False
        answer = answer and one
    return answer


def _fact(fact: str, words: tuple[str, ...], known: Facts) -> bool | None:
    if fact == "cpv":
        # Lists of codes were not read to their end everywhere, so a code that is not there is no "no".
        inside = known.cpv is not None and any(first <= known.cpv <= last for first, last in map(cpv.span, words))
        return True if inside else None
    if fact == "areas":
        return True if known.areas else None
    if fact == "because":
        return any(word in words for word in known.because)
    if fact == "part":
        return known.part in words if known.part else None
    value: Standing = getattr(known, fact)
    if value in words:
        return True
    return None if value is Standing.UNKNOWN else False
