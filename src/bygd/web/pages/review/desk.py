"""Desk: what one person has before them when they review: the snapshot, its queue, and what was decided since."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.contrib import messages

from bygd.sources.errors import InputError
from bygd.tools import spend
from bygd.tools.spend import Item
from bygd.web.decisions import together
from bygd.web.decisions.since import Since, since
from bygd.web.pages.review import ahead
from bygd.web.pages.review.ahead import ALONE
from bygd.web.people.gate import PlaceRequest
from bygd.web.places import held
from bygd.web.places.held import Held
from bygd.workbench import decisions
from bygd.workbench.project import Project
from bygd.workbench.review.judging import in_force, is_settled
from bygd.workbench.review.queue import Waiting, waiting


@dataclass
class Desk:
    """The queue of the current snapshot, of the institutions whose member the person is and of no others."""

    project: Project
    held: Held
    since: Since

    @cached_property
    def cases(self) -> list[Waiting]:
        """Every case that can be judged, most range a minute first."""
        return self.held.answer("review queue", waiting)

    @cached_property
    def by_key(self) -> dict[str, Waiting]:
        """The cases by their keys."""
        return self.held.keep("review cases", lambda: {case.case_key: case for case in self.cases})

    @cached_property
    def by_supplier(self) -> dict[str, Waiting]:
        """The cases by their suppliers."""
        return self.held.keep("review suppliers", lambda: {key: case for case in self.cases for key in case.suppliers})

    def find(self, key: str) -> Waiting | None:
        """The case of that key; with a supplier's key and `ALONE`, that supplier without the others of its case."""
        if not key.endswith(ALONE):
            return self.by_key.get(key)
        supplier = key.removesuffix(ALONE)
        case = self.by_supplier.get(supplier)
        return alone(case, supplier) if case and len(case.suppliers) > 1 else None

    @cached_property
    def currency(self) -> str:
        """The currency in which money is told."""
        return self.held.answer("currency", spend.main_currency)

    @cached_property
    def settled(self) -> set[str]:
        """The keys of the cases that people decided since the snapshot was built, by whichever door."""
        touched = {case.case_key: case for key in self.since.decided if (case := self.by_supplier.get(key))}
        return {key for key, case in touched.items() if self._is_settled(case)}

    def is_open(self, case: Waiting) -> bool:
        """Whether the case still waits for somebody."""
        if case.case_key.endswith(ALONE):
            return not self._is_settled(case)
        return case.case_key not in self.settled

    def item(self, case: Waiting) -> Item:
        """The case with its candidates."""
        return ahead.read(self.held, case).item

    def said(self, case: Waiting) -> list[dict[str, Any]]:
        """What people said of the case since the snapshot and did not take back."""
        return [dict(row) for row in in_force(self.since.of(case.suppliers))]

    def _is_settled(self, case: Waiting) -> bool:
        rows = self.said(case)
        if not rows:
            return False
        if all(row["judgement"] == "different" for row in rows):
            return is_settled(rows, (one.org_id for one in self.item(case).case.options))
        return True


def alone(case: Waiting, supplier: str) -> Waiting:
    """One supplier of a case by itself: it is not one organisation with the others after all."""
    name = case.names[case.suppliers.index(supplier)]
    return replace(case, case_key=f"{supplier}{ALONE}", suppliers=(supplier,), names=(name,))


def desk(request: PlaceRequest) -> Desk | None:
    """What the person has before them, with what others decided meanwhile; None where nothing was built yet."""
    project = request.place.project
    opened = held.current(project, request.access.anchors)
    if opened is None:
        return None
    meet(request)
    return Desk(project, opened, since(opened, request.place))


def meet(request: PlaceRequest) -> None:
    """Have the database hold what was decided elsewhere; where a file cannot be read, that is told on the page."""
    try:
        together.bring_together(request.place, request.place.project, decisions.DECIDED)
    except InputError as error:
        messages.error(request, request.translate.said(error))


def after(cases: Iterable[Waiting], case: Waiting | None, at_desk: Desk) -> list[Waiting]:
    """The open cases that come after that one in the order given, then those before it."""
    listed = list(cases)
    at = next((place for place, one in enumerate(listed) if case and one.case_key == case.case_key), -1)
    turned = [*listed[at + 1 :], *listed[: at + 1]]
    return [one for one in turned if at_desk.is_open(one) and (case is None or one.case_key != case.case_key)]
