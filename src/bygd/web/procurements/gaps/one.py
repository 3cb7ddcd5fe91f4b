"""One: a kind of purchase by itself: why it ranks, what the rules say, who is paid, who could supply."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bygd.engine import DuckEngine
from bygd.reports import gaps as told
from bygd.reports.translate import Translator
from bygd.sources.errors import InputError
from bygd.tools.gaps import Firm, Gap, paid, sellers, years
from bygd.tools.procurement.answer import Part
from bygd.vocabulary import tables
from bygd.vocabulary.words import Influence
from bygd.vocabulary.years import named
from bygd.web.decisions import together
from bygd.web.pages.review.signed import signers
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.procurements.gaps.asked import Seen, pool, see
from bygd.web.procurements.gaps.finding import Finding, said_of
from bygd.web.procurements.gaps.listing import sent
from bygd.web.procurements.gaps.telling import buying, evidence, parts, speaking
from bygd.workbench import gaps, lawful

MOST_SHOWN = 50
MOST_INVITED = 2000
SELLERS = 20


@needs(Right.SEE_POOL)
@require_safe
def one(request: PlaceRequest) -> HttpResponse:
    """The page of a gap."""
    return render(request, "procurements/gaps/one.html", page(request, *find(request)))


def page(request: PlaceRequest, seen: Seen, gap: Gap, finding: Finding | None = None) -> dict[str, Any]:
    """What stands on the page of a gap; `finding` is a form that could not be stored."""
    listed = able_firms(seen, gap, MOST_SHOWN + 1)
    route = gaps.route(seen.project, gap.label, gap.whole, buying(seen), seen.currency)
    speak = Translator(request.language, lawful.PACKAGE)
    return {
        **speaking(request, seen),
        **(_of_own_ledgers(seen, gap, listed) if seen.is_own else {}),
        "gap": gap,
        "year_name": partial(named, month=seen.project.year_starts),
        "evidence": evidence(gap, request.translate),
        "firms": listed[:MOST_SHOWN],
        "more_firms": len(listed) > MOST_SHOWN,
        "route": route,
        "leads": [one for one in _rows(route, seen, speak) if one["id"] in ("regime", "direct_award")],
        "groups": list(parts(route.answer, speak)) if route else [],
        "headings": lawful.HEADINGS,
        "speak": speak,
        "advice": speak(lawful.ADVICE),
        "each": _each(request, seen, gap) if seen.is_own else [],
        "joint": _joint(request, seen, gap) if seen.is_own else None,
        **_findings(request, seen, gap, finding),
    }


@needs(Right.SEE_POOL)
@require_safe
def invitations(request: PlaceRequest, ending: str) -> HttpResponse:
    """The firms to invite to a dialogue, as a file to work on. Sole traders and persons are not in it."""
    seen, gap = find(request)
    grid = told.invitations(able_firms(seen, gap, MOST_INVITED), request.translate)
    if seen.is_own:
        log.record(request, "downloaded a list of firms", "gaps")
    return sent(request, grid, seen.currency, ending, "firms")


def find(request: PlaceRequest) -> tuple[Seen, Gap]:
    """What the request looks at and the gap that its address names. Raises Http404 where there is none."""
    seen = see(request)
    gap = seen.one(request.GET.get("kind", ""))
    if gap is None:
        raise Http404
    return seen, gap


def _findings(request: PlaceRequest, seen: Seen, gap: Gap, form: Finding | None) -> dict[str, Any]:
    """What people found of the kind, the latest first, and the form to say something."""
    anchors = request.access.anchors if seen.is_own else frozenset()
    listed = said_of(together.read(request.place, tables.influence_decisions, category=gap.kind), anchors)
    return {
        "finding": form or Finding(translate=request.translate, anchors=sorted(anchors)),
        "findings": [{**row, "influence": Influence(row["influence"])} for row in reversed(listed)],
        "called": signers((row["decided_by"] for row in listed), request.translate),
        "can_undo": bool(listed) and listed[-1]["influence"] != Influence.OPEN,
    }


def able_firms(seen: Seen, gap: Gap, most: int) -> list[Firm]:
    """The firms that could supply it and may be named, co-operatives and the like first."""
    assert seen.held is not None and seen.asked is not None
    by, project = seen.asked.by, seen.project
    key = ("gaps", "listed", by, tuple(one.code for one in gap.industries), most)
    return seen.held.answer(key, lambda engine: gaps.able_firms(engine, project, by, gap, most=most))


def _of_own_ledgers(seen: Seen, gap: Gap, firms: list[Firm]) -> dict[str, Any]:
    """Who one's own institutions pay for it, by year as well, and which of the firms they paid for anything."""
    which = seen.which
    assert seen.held is not None and which is not None

    def make(engine: DuckEngine) -> dict[str, Any]:
        return {
            "sellers": sellers(engine, which, gap.kind, SELLERS),
            "years": years(engine, which, gap.kind),
            "paid": paid(engine, which, (one.org_id for one in firms)),
        }

    return seen.held.answer(("gaps", "ledgers", which, gap.kind), make)


def _each(request: PlaceRequest, seen: Seen, gap: Gap) -> list[dict[str, Any]]:
    """What each of one's own institutions buys of it in a year, and whether a direct award is open to it."""
    if gap.bought is None or len(gap.bought.anchors) < 2 or gap.bought.total <= 0:
        return []
    speak = Translator(request.language, lawful.PACKAGE)
    found = []
    for anchor in gap.bought.anchors:
        yearly = gap.bought.yearly_of(anchor)
        route = gaps.route(seen.project, gap.label, yearly, buying(seen), seen.currency)
        award = next((one for one in _rows(route, seen, speak) if one["id"] == "direct_award"), None)
        found.append({"anchor": anchor, "yearly": yearly, "award": award})
    return found


def _joint(request: PlaceRequest, seen: Seen, gap: Gap) -> Gap | None:
    """The same kind in the pool, where others buy it as well and that may be told."""
    try:
        pooled, _ = pool(request)
    except InputError:
        return None
    return next((one for one in pooled if one.kind == gap.kind and one.institutions > 1), None)


def _rows(route: gaps.Route | None, seen: Seen, speak: Translator) -> list[dict[str, Any]]:
    if route is None:
        return []
    wanted = route.of(Part.REGIME, Part.DIRECT_AWARD)
    return [lawful.row(one, seen.currency, speak) for one in wanted]
