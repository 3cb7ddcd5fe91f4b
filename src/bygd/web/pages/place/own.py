"""Own figures: a survey or a count as CSV or XLSX, errors told by row; indicators of one's own."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bygd.reports.place.values import label_text
from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.sources.statistics import own as files_of_own
from bygd.vocabulary.place_words import Level
from bygd.web.pages.place.asked import Asked
from bygd.web.pages.place.forms import IndicatorForm, ValueForm, ValuesForm
from bygd.web.pages.place.looked import look, offers
from bygd.web.pages.place.views import speaking
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.workbench.place import files, keeping

BROUGHT = N_("brought own figures of the place")
DEFINED = N_("defined an indicator of the place")
TOOK = N_("took own figures of the place away")
MOST_WRONG = 200
WRITTEN_OF = (Level.VILLAGE, Level.SMALL_AREA, Level.LOCALITY, Level.DISTRICT, Level.MUNICIPALITY)


@needs(Right.SEE_POOL)
@require_safe
def listing(request: PlaceRequest) -> HttpResponse:
    """The files and indicators of one's own."""
    looked, project = look(request), request.place.project
    try:
        listed = keeping.own_indicators(project)
    except InputError:
        listed = []
    context = {
        "looked": looked, "form": looked.form, "asked": Asked(), "tab": "own", "indicators": listed,
        "files": [path.stem for path in files.of(project).values], "known": files_of_own.KNOWN,
        "needed": files_of_own.NEEDED, "may_change": request.access.may(Right.FACILITATE),
    } | speaking(looked, request)  # fmt: skip
    return render(request, "place/own.html", context)


@needs(Right.FACILITATE)
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: PlaceRequest) -> HttpResponse:
    """A file of values: kept only when every row can be read."""
    _, project = request.translate, request.place.project
    posted = request.method == "POST"
    form = ValuesForm(*((request.POST, request.FILES) if posted else ()), translate=_)
    wrong: Any = ()
    if posted and form.is_valid():
        given, upload = form.cleaned_data, form.cleaned_data["file"]
        try:
            if upload.size > keeping.MOST_BYTES:
                raise InputError("{file} is larger than {most} bytes.", file=upload.name, most=keeping.MOST_BYTES)
            found = keeping.look(project, upload.name, upload.read())
            wrong = found.wrong
            if wrong:
                form.add_error("file", _("Nothing was kept: some rows are wrong. They are listed below."))
            else:
                keeping.keep_values(project, given["name"], found)
                log.record(request, BROUGHT, given["name"])
                messages.success(
                    request, _.ngettext("{number} value is kept.", "{number} values are kept.", len(found.rows))
                )
                return redirect("place-own", request.place.slug)
        except InputError as error:
            form.add_error("file", _.said(error))
    context = {
        "form": form, "tab": "own", "asked": Asked(), "wrong": wrong[:MOST_WRONG], "all_wrong": len(wrong),
        "known": files_of_own.KNOWN, "needed": files_of_own.NEEDED,
    }  # fmt: skip
    return render(request, "place/bring.html", context, status=422 if form.errors else 200)


@needs(Right.FACILITATE)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: PlaceRequest) -> HttpResponse:
    """One value by hand, as on a telephone, where nobody makes a file."""
    looked, project, _ = look(request), request.place.project, request.translate
    posted = request.method == "POST"
    try:
        listed = [(one.id, label_text(one.label, one.unit, _)) for one in keeping.own_indicators(project)]
        areas = [(one.area_id, one.name) for one in offers(project)[1] if one.level in WRITTEN_OF]
    except InputError:  # a file that is wrong is told of on the other pages
        listed, areas = [], []
    given = request.POST if posted else None
    form = ValueForm(given, initial=request.GET.dict(), translate=_, listed=listed, areas=areas)
    if posted and form.is_valid():
        try:
            value = form.value()
            keeping.keep_one(project, value)
        except InputError as error:
            form.add_error("value", _.said(error))
        else:
            log.record(request, BROUGHT, value.indicator)
            messages.success(
                request, _("The value is kept. It stands in the file {name}.", name=f"{keeping.BY_HAND}.csv")
            )
            page = reverse("place-indicator", args=[request.place.slug, value.indicator])
            return redirect(f"{page}?{urlencode({'area': value.area})}")
    context = {"looked": looked, "form": form, "tab": "own", "asked": Asked(), "indicators": listed}
    return render(request, "place/write.html", context, status=422 if form.errors else 200)


@needs(Right.FACILITATE)
@require_http_methods(["GET", "HEAD", "POST"])
def define(request: PlaceRequest) -> HttpResponse:
    """An indicator of one's own, with the same fields as those of the catalogue."""
    _ = request.translate
    form = IndicatorForm(request.POST if request.method == "POST" else None, translate=_)
    if request.method == "POST" and form.is_valid():
        id = form.cleaned_data["id"]
        try:
            keeping.keep_indicator(request.place.project, id, form.content())
        except InputError as error:
            form.add_error("id", _.said(error))
        else:
            log.record(request, DEFINED, id)
            text = form.cleaned_data["label"]
            messages.success(
                request, _("The indicator {name} is kept. Now write its values, or bring them.", name=text)
            )
            return redirect(f"{reverse('place-own-write', args=[request.place.slug])}?indicator={id}")
    context = {"form": form, "tab": "own", "asked": Asked()}
    return render(request, "place/define.html", context, status=422 if form.errors else 200)


@needs(Right.FACILITATE)
@require_POST
def remove(request: PlaceRequest, name: str) -> HttpResponse:
    """Take a file of values away."""
    try:
        keeping.remove_values(request.place.project, name)
    except InputError:
        raise Http404 from None
    log.record(request, TOOK, name)
    messages.success(
        request,
        request.translate("The file {name} was taken away. It lies in the folder place/values/removed.", name=name),
    )
    return redirect("place-own", request.place.slug)
