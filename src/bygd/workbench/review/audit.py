"""Audit: a random sample of links is drawn, shown one by one, and judged; what was said is stored at once."""

import getpass
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from bygd.engine import DuckEngine
from bygd.linkage.audit import Drawn, Precision, draw
from bygd.linkage.cases import Case, read_cases
from bygd.tools import audit
from bygd.vocabulary import tables
from bygd.vocabulary.words import AuditDraw, AuditJudgement, Judgement
from bygd.workbench import decisions, snapshot
from bygd.workbench.project import Project

Row = dict[str, Any]


def sample_name(snapshot_id: str, size: int, seed: int) -> str:
    """What a sample is called: the same snapshot, size and seed give the same one."""
    return f"{snapshot_id}, {size} drawn with seed {seed}"


def sample(engine: DuckEngine, size: int, seed: int) -> dict[tuple[str, str], list[Drawn]]:
    """The links drawn, in the order of asking: supplier and organisation → how they were drawn."""
    asked: dict[tuple[str, str], list[Drawn]] = {}
    for one in draw(audit.population(engine), size, seed):
        asked.setdefault((one.member.supplier_key, one.member.org_id), []).append(one)
    return asked


def rows(
    name: str, drawn: Iterable[Drawn], case: Case, judgement: AuditJudgement, by: str, note: str = ""
) -> tuple[list[Row], list[Row]]:
    """What was said of a link as rows of audit_judgements, and of link_decisions where it was found wrong."""
    row: Row = {
        "sample": name,
        "supplier_key": case.supplier_key,
        "org_id": case.org_id,
        "judgement": judgement.value,
        "decided_by": by,
        "decided_at": decisions.now(),
        "note": note or None,
    }
    judged = [{**row, "drawn_by": one.drawn_by.value, "draws": one.draws} for one in drawn]
    if judgement is not AuditJudgement.WRONG:
        return judged, []
    shown = case.shown
    different = {
        **row,
        "judgement": Judgement.DIFFERENT.value,
        "proposed_id": case.org_id,
        "proposed_score": shown.score if shown else None,
        "note": "found wrong in an audit",
    }
    return judged, [different]


@dataclass
class Audit:
    """One sample of the current snapshot, judged by one person. Use as a context manager.

    The same snapshot, size and seed give the same sample, so that an audit that was broken off goes on
    where it stopped. A link that is found wrong is also decided to be so, which mends it in the next build.
    """

    project: Project
    size: int = 50
    seed: int = 1
    by: str = ""
    said: dict[tuple[str, str], AuditJudgement] = field(default_factory=dict)

    def __enter__(self) -> Self:
        self.by = self.by.strip() or getpass.getuser()
        current = snapshot.current(self.project)
        self.sample = sample_name(current.id, self.size, self.seed)
        self.engine: DuckEngine = current.engine()
        self.asked = sample(self.engine, self.size, self.seed)
        for row in decisions.read(self.project, tables.audit_judgements):
            if row["sample"] == self.sample:
                self.said[row["supplier_key"], row["org_id"]] = AuditJudgement(row["judgement"])
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.engine.close()

    @property
    def left(self) -> list[tuple[str, str]]:
        """Links that were drawn and not judged yet, in the order of asking."""
        return [pair for pair in self.asked if pair not in self.said]

    def case(self) -> Case | None:
        """The next link to judge; None where all were."""
        left = self.left
        return read_cases(self.engine, [left[0][0]])[0] if left else None

    def judge(self, case: Case, judgement: AuditJudgement, note: str = "") -> None:
        """Store what was said of the case's link."""
        assert case.org_id is not None
        pair = case.supplier_key, case.org_id
        judged, links = rows(self.sample, self.asked[pair], case, judgement, self.by, note)
        decisions.add(self.project, tables.audit_judgements, judged)
        decisions.add(self.project, tables.link_decisions, links)
        self.said[pair] = judgement

    def precisions(self) -> dict[AuditDraw, Precision]:
        """What the judgements so far come to."""
        self.engine.register(tables.audit_judgements, decisions.read(self.project, tables.audit_judgements))
        return audit.precisions(self.engine)
