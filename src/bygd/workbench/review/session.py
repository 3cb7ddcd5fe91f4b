"""Session: one person's way through the queue; every judgement is a row at once, taking it back another one."""

import getpass
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self

from bygd import geography, linkage
from bygd.engine import DuckEngine
from bygd.linkage.cases import Candidate
from bygd.tools import spend
from bygd.tools.spend import Item, Standing
from bygd.vocabulary import tables, years
from bygd.vocabulary.words import Judgement
from bygd.workbench import decisions, snapshot
from bygd.workbench.project import Project
from bygd.workbench.review import lookup, standing
from bygd.workbench.review.judging import TAKEN_BACK


@dataclass
class Session:
    """The queue of a project's current snapshot, judged by one person. Use as a context manager.

    `before` is how things stood when the session began or the last batch ended. Decided cases that come
    back (see `linkage.conflicts`) stand behind those that narrow the range; `returned` says why.
    """

    project: Project
    by: str = ""
    everything: bool = False
    judged: list[dict[str, Any]] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    queue: list[str] = field(default_factory=list)
    written: list[dict[str, Any]] = field(default_factory=list)
    returned: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    alone: set[str] = field(default_factory=set)

    def __enter__(self) -> Self:
        self.by = self.by.strip() or getpass.getuser()
        current = snapshot.current(self.project)
        self.year_starts = years.begins(current.manifest)
        self.engine: DuckEngine = current.engine()
        try:
            self.place = geography.place(self.engine, self.project.place_id, self.project.place_name)
            self.before = self.now = standing.measure(self.engine, self.project, self.place)
            self._line_up()
        except BaseException:
            self.engine.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.engine.close()

    @property
    def left(self) -> int:
        """How many cases are left in the queue."""
        return len(self.queue)

    def item(self) -> Item | None:
        """The next case; None where there is none left."""
        while self.queue:
            if item := spend.read_item(self.engine, self.queue[0], alone=self.queue[0] in self.alone):
                return item
            self.queue.pop(0)
        return None

    def back(self, item: Item) -> list[dict[str, Any]]:
        """Why a decided case is asked again: rows of `linkage.conflicts`; none for a new case."""
        return [row for doubt in item.doubts for row in self.returned.get(doubt["supplier_key"], [])]

    def judge(self, item: Item, judgement: Judgement, candidate: Candidate | None = None, note: str = "") -> None:
        """Store the judgement at once and go on; with 'absent' there is no candidate."""
        best = item.case.shown
        self._add(
            {
                "case_key": item.case_key,
                "supplier_key": item.case.supplier_key,
                "org_id": None if judgement is Judgement.ABSENT or candidate is None else candidate.org_id,
                "judgement": judgement.value,
                "proposed_id": best.org_id if best else None,
                "proposed_score": best.score if best else None,
                "note": note or None,
            }
        )
        # Another candidate may be the right one: the case comes again, once its links were made anew.
        if judgement is Judgement.DIFFERENT and len(item.case.options) > 1:
            self._measure()
            if item.case_key in self.queue:
                self.queue = [item.case_key, *(key for key in self.queue if key != item.case_key)]
                return
        self._leave(item.case_key)

    def skip(self, item: Item) -> None:
        """Leave the case for the end of the queue."""
        self._leave(item.case_key)
        self.queue.append(item.case_key)
        self.skipped.append(item.case_key)

    def split(self, item: Item) -> None:
        """The suppliers of the case are not one organisation after all: each is asked by itself, now."""
        keys = [row["supplier_key"] for row in item.doubts]
        self.alone.update(keys)
        self._leave(item.case_key)
        self.queue = [*keys, *(key for key in self.queue if key not in keys)]

    def undo(self) -> bool:
        """Take the last judgement of this session back, by a row of its own; the case comes next. False where none is.

        What anybody had said before on the same pair holds again; otherwise the row says 'unsure'.
        """
        if not self.judged:
            return False
        last = self.judged.pop()
        same = [row for row in self.written if _pair(row) == _pair(last)]
        before = next((row for row in reversed(same) if row["decided_at"] < last["decided_at"]), None)
        self._add(
            {
                **last,
                "judgement": before["judgement"] if before else Judgement.UNSURE.value,
                "note": f"{TAKEN_BACK}{last['judgement']}",
            }
        )
        self.judged.pop()
        case_key = last["case_key"]
        self._measure()
        self.queue = [case_key, *(key for key in self.queue if key != case_key)]
        return True

    def search(self, text: str) -> list[Candidate]:
        """Organisations by number, or whose names have those words, best known first."""
        return lookup.search(self.engine, text)

    def end_batch(self) -> tuple[Standing, Standing]:
        """How things stood before the batch and how they stand now; the queue is put in order anew."""
        before = self.before
        self._measure()
        self.before = self.now
        return before, self.now

    def _measure(self) -> None:
        self.now = standing.measure(self.engine, self.project, self.place)
        self._line_up()

    def _line_up(self) -> None:
        self.written = decisions.read(self.project, tables.link_decisions)
        done = {row["case_key"] for row in self.judged if row["judgement"] != Judgement.DIFFERENT}
        self.returned = {}
        for row in linkage.conflicts(self.engine):
            self.returned.setdefault(row["supplier_key"], []).append(row)
        order = spend.cases_in_order(self.engine, everything=self.everything)
        doubts = self.engine.rows("SELECT supplier_key, case_key FROM doubts WHERE state = 'unresolved'")
        listed = set(order)
        asked = {row["supplier_key"] for row in doubts if row["case_key"] in listed}
        order += [key for key in self.returned if key not in asked]
        last = [key for key in self.skipped if key in listed or key in self.returned]
        self.queue = [*(key for key in order if key not in done and key not in last), *last]

    def _leave(self, case_key: str) -> None:
        self.queue = [key for key in self.queue if key != case_key]
        self.skipped = [key for key in self.skipped if key != case_key]

    def _add(self, row: dict[str, Any]) -> None:
        moment = decisions.now()
        last = max((one["decided_at"] for one in self.written), default=datetime.min)
        # Two rows of the same second could not be told apart by time.
        made = {**row, "decided_by": self.by, "decided_at": max(moment, last + timedelta(seconds=1))}
        decisions.add(self.project, tables.link_decisions, [made])
        self.written.append(made)
        self.judged.append(made)


def _pair(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["supplier_key"], row["org_id"] or ""
