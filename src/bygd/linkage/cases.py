"""Case: one supplier with its link and its candidates, and why it is not linked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bygd.engine import Engine
from bygd.linkage import names
from bygd.linkage.evidence import Evidence, read
from bygd.linkage.thresholds import DEFAULT, Thresholds
from bygd.vocabulary import tables
from bygd.vocabulary.columns import Table
from bygd.vocabulary.words import LinkStage, LinkState, Reopened, WhyUnlinked


@dataclass(frozen=True)
class Candidate:
    """An organisation that a supplier may be."""

    org_id: str
    name: str
    stage: LinkStage
    score: float
    evidence: Evidence
    town: str | None = None
    postcode: str | None = None
    legal_form: str | None = None
    status: str = "unknown"


@dataclass(frozen=True)
class Case:
    """One supplier as its ledger writes it, what it was linked to, and all its candidates, best first.

    `linked` is the organisation it is linked to, whether or not that is among the candidates; `member`
    the supplier of its group that it follows, where it is linked by that. `is_ruled_out` says that people took
    all its candidates away.
    """

    supplier_key: str
    anchor: str
    name: str
    state: LinkState
    stage: LinkStage
    evidence: Evidence
    candidates: tuple[Candidate, ...] = ()
    linked: Candidate | None = None
    org_id: str | None = None
    margin: float | None = None
    number: str | None = None
    org_number: str | None = None
    postcode: str | None = None
    town: str | None = None
    is_masked: bool = False
    group_key: str | None = None
    member: str | None = None
    reopened: Reopened | None = None
    is_ruled_out: bool = False

    @property
    def shown(self) -> Candidate | None:
        """The candidate an explanation is about: the one linked, else the best."""
        return next(iter(self.options), None)

    @property
    def runner_up(self) -> Candidate | None:
        """The best candidate other than the one shown."""
        return next(iter(self.options[1:]), None)

    @property
    def options(self) -> tuple[Candidate, ...]:
        """The organisations to choose from, as they are numbered on a screen: the one linked first, then the others."""
        others = (one for one in self.candidates if self.linked is None or one.org_id != self.linked.org_id)
        return (*((self.linked,) if self.linked else ()), *others)

    def why(self, thresholds: Thresholds = DEFAULT) -> WhyUnlinked | None:
        """Why it is not linked; None where it is."""
        if self.state is LinkState.LINKED:
            return None
        if self.state is LinkState.MASKED:
            return WhyUnlinked.MASKED
        if self.state is LinkState.ABSENT:
            return WhyUnlinked.ABSENT
        said = self.evidence.decision
        if said.get("succession_problem"):
            return WhyUnlinked.SUCCEEDED
        if said.get("judgement"):
            return WhyUnlinked.WAITS if said["judgement"] == "same" else WhyUnlinked.UNSURE
        best = self.candidates[0] if self.candidates else None
        if best is None and self.is_ruled_out:
            return WhyUnlinked.RULED_OUT
        if best is None and said.get("unsought"):
            return WhyUnlinked(said["unsought"])
        if best is None:
            return WhyUnlinked.NO_CANDIDATE if names.is_name(self.name) else WhyUnlinked.NO_NAME
        if best.evidence.number and not best.evidence.number_agrees:
            return WhyUnlinked.DOUBTED_NUMBER
        least, rival = thresholds.by_stage.get(best.stage), self.runner_up
        if least is None or rival is None:
            return WhyUnlinked.TOO_UNLIKE
        # Probabilities are told among rivals: without the runner-up the best would have so much.
        alone = best.score / max(1 - rival.score, best.score)
        return WhyUnlinked.TIE if alone >= least.score else WhyUnlinked.TOO_UNLIKE


# The keys are named for both sides of the join, so that neither is read to its end.
SUPPLIERS = """
    SELECT s.*, l.org_id, l.state, l.stage, l.score, l.margin, l.evidence, l.candidate_id,
           l.group_key, l.reopened, m.name || ' (' || m.anchor || ')' AS member
    FROM suppliers AS s JOIN links AS l ON l.supplier_key = s.supplier_key
    LEFT JOIN suppliers AS m ON m.supplier_key = l.member_key
    WHERE s.supplier_key IN ({keys}) AND l.supplier_key IN ({keys})
"""

# The organisation that it is linked to stands behind the candidates where it is none of them.
CANDIDATES = """
    WITH met AS (
        SELECT supplier_key, org_id, stage, score, position, evidence FROM link_candidates
        WHERE supplier_key IN ({keys})
        UNION ALL
        SELECT supplier_key, org_id, stage, COALESCE(score, 1.0) AS score, {last} AS position, '{{}}' AS evidence
        FROM links WHERE supplier_key IN ({keys}) AND org_id IS NOT NULL
    )
    SELECT m.*, o.name, o.town, o.postcode, o.legal_form, o.status
    FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY supplier_key, org_id ORDER BY position) AS times FROM met) AS m
    JOIN {among} AS o ON o.org_id = m.org_id
    WHERE m.times = 1
    ORDER BY m.supplier_key, m.position, m.org_id
"""

LAST = 1_000_000


def read_cases(engine: Engine, keys: Sequence[str], among: type[Table] = tables.possible_organisations) -> list[Case]:
    """The cases of those suppliers, in that order; keys that no ledger has are left out.

    Reads suppliers, links, link_candidates and possible_organisations, or `among` instead: all `organisations`
    where suppliers were looked up that no snapshot knows.
    """
    if not keys:
        return []
    marks = ", ".join("?" * len(keys))
    suppliers = {row["supplier_key"]: row for row in engine.rows(SUPPLIERS.format(keys=marks), *keys, *keys)}
    candidates: dict[str, list[tuple[int, Candidate]]] = {}
    for row in engine.rows(CANDIDATES.format(keys=marks, last=LAST, among=among.__name__), *keys, *keys):
        candidates.setdefault(row["supplier_key"], []).append((row["position"], _candidate(row)))
    return [_case(suppliers[key], candidates.get(key, [])) for key in keys if key in suppliers]


def _candidate(row: Mapping[str, Any]) -> Candidate:
    return Candidate(
        org_id=row["org_id"],
        name=row["name"],
        stage=LinkStage(row["stage"]),
        score=row["score"],
        evidence=read(row["evidence"], row["score"]),
        town=row["town"],
        postcode=row["postcode"],
        legal_form=row["legal_form"],
        status=row["status"],
    )


def _left(candidates: list[Candidate], best: str | None) -> tuple[Candidate, ...]:
    """The candidates from the one that stands best: those before it were taken away by people."""
    if best is None:
        return ()
    start = next((number for number, one in enumerate(candidates) if one.org_id == best), 0)
    return tuple(candidates[start:])


def _case(row: Mapping[str, Any], candidates: Sequence[tuple[int, Candidate]]) -> Case:
    return Case(
        supplier_key=row["supplier_key"],
        anchor=row["anchor"],
        name=row["name"],
        state=LinkState(row["state"]),
        stage=LinkStage(row["stage"]),
        evidence=read(row["evidence"], row["score"]),
        candidates=_left([one for position, one in candidates if position < LAST], row["candidate_id"]),
        linked=next((one for _, one in candidates if one.org_id == row["org_id"]), None),
        org_id=row["org_id"],
        margin=row["margin"],
        number=row["supplier_number"],
        org_number=row["org_number"],
        postcode=row["postcode"],
        town=row["town"],
        is_masked=row["is_masked"],
        group_key=row["group_key"],
        member=row["member"],
        reopened=Reopened(row["reopened"]) if row["reopened"] else None,
        is_ruled_out=bool(candidates) and row["candidate_id"] is None,
    )
