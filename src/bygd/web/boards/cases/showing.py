"""Showing: the page of one case, with its checklist, deadlines, answers and history, and the forms for what happens."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bygd.tools.cases import Case
from bygd.vocabulary import tables
from bygd.vocabulary.mapping import Answer, CaseEvent, CaseResult
from bygd.web.boards.cases.counted import counted
from bygd.web.boards.cases.forms import Happening, results
from bygd.web.boards.entries import met
from bygd.web.pages.review.signed import signers
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.workbench import assets, cases

Forms = dict[str, Happening | None]


@needs(Right.SEE_POOL)
@require_GET
def case(request: PlaceRequest, case: str) -> HttpResponse:
    """One case."""
    met(request, tables.case_entries, tables.case_events)
    found = cases.one_of(request.place.project, case)
    if found is None:
        raise Http404
    return shown(request, found, happenings(request, found))


def happenings(request: PlaceRequest, case: Case, data: Any = None, what: str = "") -> Forms:
    """The forms for what may happen to a case; the one of `what` with the data that was sent."""
    _, language, kind = request.translate, request.language, case.kind

    def form(name: str, **more: Any) -> Happening:
        return Happening(data if name == what else None, translate=_, name=name, **more)

    stages = [(one.id, one.title[language]) for one in (kind.stages if kind else ()) if one is not case.stage]
    starts = [(one.id, one.text[language]) for one in (kind.starts if kind else ())]
    why = _("Note")
    return {
        "stage": form("stage", choices=stages, label=_("To which stage?"), note=why) if stages else None,
        "happened": form("happened", choices=starts, label=_("What happened?"), note=why, has_link=True)
        if starts
        else None,
        "planned": form("planned", note=_("What is due that day?"), needs_note=True),
        "noted": form("noted", note=_("What is to be remembered?"), needs_note=True, has_link=True),
        "ended": form("ended", choices=results(_), label=_("How did it end?"), note=why),
    }


def shown(request: PlaceRequest, case: Case, forms: Forms, status: int = 200) -> HttpResponse:
    """The page of a case, with these forms."""
    project = request.place.project
    names = {row["asset_key"]: row["name"] for row in assets.assets(project)}
    kind = case.kind
    texts: dict[str, str] = {}
    if kind:
        texts |= {one.id: one.title[request.language] for one in kind.stages}
        texts |= {f"{stage.id}.{step.id}": step.text[request.language] for stage, step in kind.steps()}
        for listed in (kind.starts, kind.periods, kind.questions):
            texts |= {one.id: one.text[request.language] for one in listed}  # type: ignore[attr-defined]
    own = {one["event_key"]: one["note"] or "" for one in case.events if one["event"] == CaseEvent.PLANNED}
    context = {
        "case": case,
        "counted": counted,
        "row": case.row,
        "kind": kind,
        "forms": forms,
        "asset": names.get(case.row["asset_key"] or ""),
        "texts": {**texts, **own},
        "words": CaseEvent,
        "answers": Answer,
        "results": CaseResult,
        "called": signers((one["entered_by"] for one in case.events), request.translate),
        "tree": [one for one in (kind.questions if kind else ()) if one.wants],
        "agreement": [one for one in (kind.questions if kind else ()) if not one.wants],
        "helpers": cases.lines(case.row["helper"]),
        "gaps": cases.lines(case.row["gaps"]),
        "may_change": request.access.may(Right.FACILITATE),
    }
    return render(request, "boards/cases/one.html", context, status=status)
