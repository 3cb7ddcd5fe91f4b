"""Standing: whether a row's organisation is sure, to be checked by a person, or not found."""

from dataclasses import replace
from math import exp

from bygd.linkage.cases import Candidate, Case
from bygd.tools.spend.doubts import BY_HAND
from bygd.vocabulary.words import LinkStage, LinkState

FLOOR = BY_HAND
"""Least probability for which a reader is sent to check: of the best candidate, or of all that bear the very name.

Below it a search by hand is as likely to find an organisation that is no candidate (docs/method/review.md).
"""

LINKED, CHECK, NONE, MASKED = "linked", "unresolved", "none", "masked"

TOLD = 0.001
"""From this probability on its rounding does not spoil what is reckoned back from it."""


def of(case: Case) -> tuple[str, Case]:
    """How a row stands, and its case as it is to be shown.

    A name shaped like a person's that a company bears is a question however unlikely (docs/method/linkage.md):
    where nothing else is worth a look, that company alone is shown.
    """
    if case.state is LinkState.LINKED:
        return LINKED, case
    best = next(iter(case.candidates), None)
    if best is not None and (likely(case) if _is_same(best) else best.score) >= FLOOR:
        return CHECK, case
    borne = tuple(one for one in case.candidates if _is_same(one) and one.evidence.seen("person_name"))
    return (CHECK, replace(case, candidates=borne)) if borne else (NONE, case)


def likely(case: Case) -> float:
    """How likely it is that the row is any organisation it was compared with, also those that are not kept."""
    kept = min(1.0, sum(one.score for one in case.candidates))
    best = next(iter(case.candidates), None)
    if best is None or best.evidence.number or best.evidence.base is None or best.score < TOLD:
        return kept
    # Among rivals the best has p = exp(s) / (1 + S), and that it is none of them 1 / (1 + S).
    odds = best.evidence.base + sum(part.weight or 0.0 for part in best.evidence.parts)
    return max(kept, 1 - best.score / exp(odds))


def _is_same(candidate: Candidate) -> bool:
    return candidate.stage in (LinkStage.NAME, LinkStage.NAME_PLACE)
