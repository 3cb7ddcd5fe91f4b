"""Standing: nobody is sent to check what is unlikely, and a person's name stays a question."""

from math import exp
from typing import Any

import pytest

from bygd.linkage.cases import Candidate, Case
from bygd.linkage.evidence import read
from bygd.vocabulary.words import LinkStage, LinkState
from bygd.workbench.reconciliation import standing
from bygd.workbench.reconciliation.standing import CHECK, LINKED, NONE

SAME, LIKE = LinkStage.NAME, LinkStage.FUZZY
PERSON: dict[str, Any] = {"features": {"person_name": 1}, "weights": {"person_name": -8.0}, "base": -2.0}


def candidate(score: float, stage: LinkStage = LIKE, id: int = 1, **facts: Any) -> Candidate:
    return Candidate(f"XX:{id}", "Björk AB", stage, score, read(facts, score))


def case(*candidates: Candidate, state: LinkState = LinkState.UNRESOLVED) -> Case:
    return Case("k", "query", "Björk", state, LinkStage.NONE, read({}), candidates)


@pytest.mark.parametrize(
    ("candidates", "state"),
    [
        ([], NONE),
        ([candidate(0.005)], NONE),
        ([candidate(0.19)], NONE),
        ([candidate(0.2)], CHECK),
        ([candidate(0.09, LIKE, 1), candidate(0.09, LIKE, 2), candidate(0.09, LIKE, 3)], NONE),
        ([candidate(0.09, SAME, 1), candidate(0.09, SAME, 2), candidate(0.09, LIKE, 3)], CHECK),
        ([candidate(0.5, LinkStage.NUMBER, number="as written", number_agrees=False)], CHECK),
        ([candidate(0.01, SAME, **PERSON)], CHECK),
        ([candidate(0.01, LIKE, **PERSON)], NONE),
    ],
)
def test_what_is_unlikely_is_not_found(candidates: list[Candidate], state: str) -> None:
    assert standing.of(case(*candidates))[0] == state


def test_a_link_is_sure_whatever_its_score() -> None:
    assert standing.of(case(candidate(0.01), state=LinkState.LINKED))[0] == LINKED


def test_namesakes_that_are_not_kept_count_too() -> None:
    """Thirty organisations bear the name, five are kept: what the others take is told by the best's own log-odds."""
    odds = 5.0
    score = round(exp(odds) / (1 + 30 * exp(odds)), 6)
    kept = [candidate(score, SAME, id, base=1.0, weights={"cosine": odds - 1}) for id in range(5)]
    assert sum(one.score for one in kept) < standing.FLOOR
    assert standing.likely(case(*kept)) == pytest.approx(30 * exp(odds) / (1 + 30 * exp(odds)), abs=0.002)
    assert standing.of(case(*kept))[0] == CHECK


def test_of_a_persons_name_the_company_that_bears_it_is_shown_where_nothing_is_likelier() -> None:
    borne, alike = candidate(0.03, SAME, 1, **PERSON), candidate(0.04, LIKE, 2)
    assert standing.of(case(alike, borne))[1].candidates == (borne,)
    likely = candidate(0.8, LIKE, 3)
    assert standing.of(case(likely, borne))[1].candidates == (likely, borne)
