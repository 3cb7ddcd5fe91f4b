"""Views of policies: listed, shown, compared, chosen from; social return counted; one's own list brought in."""

import tempfile
from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bygd.reports import Translator
from bygd.reports.grid import Cell, Grid, Head, Kind
from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.tools.social_value import Choice, Edition, Policy
from bygd.tools.social_value.catalogue import OWN
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.procurements import tables
from bygd.web.procurements.policies.asked import Bring, Choosing, Return
from bygd.web.work.files import safe
from bygd.workbench import asking, lawful, policies
from bygd.workbench.project import Project


@needs(Right.SEE_POOL)
@require_safe
def every(request: PlaceRequest) -> HttpResponse:
    """All policies, the place's own and its country's first."""
    project, wrong = request.place.project, ""
    try:
        found = policies.every(project.folder)
    except InputError as error:
        found, wrong = policies.every(), request.translate.said(error)
    order = {OWN: 0, project.country.code: 1}
    found.sort(key=lambda one: (order.get(_pack(one), 2), one.id))
    shown = {
        "policies": [(one, _pack(one), one.id.partition("/")[2]) for one in found],
        "wrong": wrong,
        "speak": _speak(request),
        "told": policies,
        "own": OWN,
    }
    return render(request, "procurements/policies/list.html", shown)


@needs(Right.SEE_POOL)
@require_safe
def one(request: PlaceRequest, pack: str, name: str) -> HttpResponse:
    """One edition of a policy: its limits, themes, measures and questions, in the language asked for."""
    policy, edition = _edition(request, pack, name)
    language = request.GET.get("in", "")
    if language not in ("sv", "nl", "en"):
        language = request.language
    shown = _about(request, policy, edition) | {
        "settings": policies.settings(edition, _speak(request)),
        "inside": language,
        "inside_speak": Translator(language, policies.PACKAGE),
    }
    return render(request, "procurements/policies/one.html", shown)


@needs(Right.SEE_POOL)
@require_safe
def compare(request: PlaceRequest, pack: str, name: str) -> HttpResponse:
    """Two editions beside each other."""
    policy = _policy(request, pack, name)
    try:
        first = policy.edition(request.GET.get("first") or policy.editions[0].version)
        second = policy.edition(request.GET.get("second") or policy.editions[-1].version)
    except InputError:
        raise Http404 from None
    shown = _about(request, policy, second) | {
        "first": first,
        "second": second,
        "differences": policies.differences(first, second, _speak(request)),
    }
    return render(request, "procurements/policies/compare.html", shown)


@needs(Right.SEE_POOL)
@require_safe
def choose(request: PlaceRequest, pack: str, name: str) -> HttpResponse:
    """Measures and weights for a tender: accepted, or refused with the reason for each limit."""
    policy, edition = _edition(request, pack, name)
    form = _choosing(request, edition)
    shown = _about(request, policy, edition) | {"form": form, "choice": None, "query": request.GET.urlencode()}
    if form.is_bound and form.is_valid() and form.choice:
        shown |= {"choice": form.choice, "row": policies.choice_row(form.choice, _speak(request))}
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "procurements/policies/choose.html", shown, status=status)


@needs(Right.SEE_POOL)
@require_safe
def chosen(request: PlaceRequest, pack: str, name: str, ending: str) -> HttpResponse:
    """An accepted choice as a table."""
    _, edition = _edition(request, pack, name)
    form = _choosing(request, edition)
    if not form.is_bound or not form.is_valid() or form.choice is None or not form.choice.accepted:
        raise Http404
    grid = _grid(form.choice, request.translate)
    return tables.answer(grid, ending, request.translate, edition.currency, f"{request.place.slug}-{name}")


@needs(Right.SEE_POOL)
@require_safe
def social_return(request: PlaceRequest, pack: str, name: str) -> HttpResponse:
    """What is owed on a contract, what efforts fill of it, and what is left."""
    policy, edition = _edition(request, pack, name)
    if edition.social_return is None:
        raise Http404
    marks = asking.groups(request.language, request.place.project.country.code)
    counted = Return(request.GET, edition=edition, translate=request.translate, marks=marks)
    wrong = counted.owed.errors or any(row.errors for row in counted.rows if row.is_bound)
    shown = _about(request, policy, edition) | {"counted": counted, "told": policies}
    return render(request, "procurements/policies/return.html", shown, status=400 if wrong else 200)


@needs(Right.PROCURE)
@require_http_methods(["GET", "POST"])
def bring(request: PlaceRequest) -> HttpResponse:
    """Make a policy of a list of one's own; it stands in the project folder."""
    form = Bring(request.POST or None, request.FILES or None, translate=request.translate)
    if request.method == "POST" and form.is_valid():
        try:
            listed = _brought(request.place.project, form)
        except InputError as error:
            form.add_error(None, request.translate.said(error))
        else:
            log.record(request, N_("brought a list of measures"), f"{OWN}/{form.cleaned_data['name']}")
            said = request.translate("Measures taken in: {number}.", number=request.translate.number(listed))
            messages.success(request, said)
            return redirect("policy", request.place.slug, OWN, form.cleaned_data["name"])
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "procurements/policies/bring.html", {"form": form}, status=status)


@needs(Right.PROCURE)
@require_POST
def keep(request: PlaceRequest, pack: str, name: str) -> HttpResponse:
    """Copy an edition beside the project's tenders, so that it stays readable."""
    _, edition = _edition(request, pack, name)
    policies.keep(edition, request.place.project.folder)
    log.record(request, N_("kept an edition of a policy"), edition.id)
    messages.success(request, request.translate("Kept as {id}. Name it so in the tender documents.", id=edition.id))
    return redirect("policy", request.place.slug, pack, name)


def _brought(project: Project, form: Bring) -> int:
    """Write the policy; gives how many measures it has. Raises InputError, which names the file as it was sent."""
    said = form.cleaned_data
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / safe(said["file"].name or "")
        with path.open("wb") as opened:
            for part in said["file"].chunks():
                opened.write(part)
        _path, listed = policies.bring(
            project.folder,
            said["name"],
            path,
            form.mapping(),
            title=said["title"],
            language=said["language"],
            licence=said["licence"],
            currency=said["currency"].upper(),
            decimal=said["decimal"],
            since=said["since"],
        )
    return listed.measures


def _about(request: PlaceRequest, policy: Policy, edition: Edition) -> dict[str, object]:
    pack, _slash, name = policy.id.partition("/")
    speak = _speak(request)
    return {
        "policy": policy,
        "edition": edition,
        "pack": pack,
        "name": name,
        "title": policies.in_language(edition.title, request.language),
        "known": policies.known_since(edition, speak),
        "speak": speak,
        "told": policies,
        "not_verified": speak(lawful.NOT_VERIFIED),
    }


def _grid(choice: Choice, translate: Translator) -> Grid:
    """The measures with their weights, as the tender documents have them."""
    edition, language = choice.edition, translate.language
    themes = {one.code: policies.in_language(one.text, language) for one in edition.themes}
    rows: list[list[Cell]] = [
        [code, themes.get(one.theme, ""), one.text_in(language), choice.weights.get(code), edition.id]
        for code, one in edition.measures.items()
        if code in choice.measures
    ]
    heads = (
        Head(translate("Code"), is_row_head=True),
        Head(translate("Theme")),
        Head(translate("Measure")),
        Head(translate("Weight"), Kind.SHARE),
        Head(translate("Edition")),
    )
    return Grid(translate("Measures chosen"), heads, rows)


def _choosing(request: PlaceRequest, edition: Edition) -> Choosing:
    given = request.GET.copy()
    for name in ("lang", "edition"):
        given.pop(name, None)
    form = Choosing(given, edition=edition, translate=request.translate)
    form.marks = asking.groups(request.language, request.place.project.country.code)
    return form


def _policy(request: PlaceRequest, pack: str, name: str) -> Policy:
    """The policy of that name; 404 where there is none."""
    try:
        found = policies.every(request.place.project.folder)
    except InputError:
        found = policies.every()  # a file of the project that is wrong hides no other policy
    policy = next((one for one in found if one.id == f"{pack}/{name}"), None)
    if policy is None:
        raise Http404
    return policy


def _edition(request: PlaceRequest, pack: str, name: str) -> tuple[Policy, Edition]:
    """The policy and the edition that the address names, or else its last one."""
    policy = _policy(request, pack, name)
    try:
        wanted = request.POST.get("edition") or request.GET.get("edition")
        return policy, policy.edition(wanted) if wanted else policy.editions[-1]
    except InputError:
        raise Http404 from None


def _pack(policy: Policy) -> str:
    return policy.id.partition("/")[0]


def _speak(request: PlaceRequest) -> Translator:
    return Translator(request.language, policies.PACKAGE)
