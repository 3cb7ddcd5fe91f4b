"""Why: how one supplier was linked or not, as sentences, a picture and tables."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bygd.linkage.cases import read_cases
from bygd.reports.drawing import draw
from bygd.reports.explanation import explain
from bygd.web.pages.review.signed import named
from bygd.web.pages.suppliers.listing import known
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.places import held
from bygd.workbench import called


@needs(Right.SEE_ROWS)
@require_GET
def why(request: PlaceRequest, supplier_key: str) -> HttpResponse:
    """What was compared for a supplier of an institution whose member one is, linked or not. The masked have none."""
    _, opened = request.translate, held.current(request.place.project, request.access.anchors)
    one = known(opened, request, [supplier_key]).get(supplier_key) if opened else None
    if opened is None or one is None or one.is_masked:
        raise Http404
    cases = opened.answer(
        ("case", supplier_key), lambda engine: [called.told(engine, one) for one in read_cases(engine, [supplier_key])]
    )
    if not cases or cases[0].shown is None:
        raise Http404
    case = named(cases[0], _)
    said = explain(case, _)
    specs = ((said.picture.wide, "wide"), (said.picture.narrow, "narrow")) if said.picture else ()
    context = {
        "one": one,
        "shown": case.shown,
        "explained": said,
        "drawn": [draw(spec, f"why-{size}", _) for spec, size in specs],
        "grid": said.features,
    }
    return render(request, "suppliers/why.html", context)
