"""Measures of a tender: which policy, whose edition is kept with it, and what is chosen of it with which weights."""

from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bygd.parameters.sentences import in_language
from bygd.reports import Translator
from bygd.sources.errors import InputError
from bygd.tools import social_value
from bygd.tools.social_value import Choice
from bygd.vocabulary.words import Standing
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.procurements.tenders import log, plan
from bygd.web.procurements.tenders.forms import Measures
from bygd.web.procurements.tenders.models import Tender
from bygd.web.procurements.tenders.team import Deed, enter
from bygd.workbench import policies

CHOSEN = ("measures", "measure_weights", "choice", "points")
"""Columns that say what is chosen of the policy."""


@needs(Right.SEE_POOL)
@require_http_methods(["GET", "POST"])
def policy(request: PlaceRequest, number: int) -> HttpResponse:
    """Which policy, or none. Its edition is kept with the tender, so that a later one changes nothing."""
    found = enter(request, number, Deed.PREPARE).tender
    editions = [one for each in policies.every(request.place.project.folder) for one in reversed(each.editions)]
    if request.method == "POST":
        chosen = next((one for one in editions if one.id == request.POST.get("edition")), None)
        before, found.policy = found.policy, chosen.id if chosen else ""
        if before != found.policy:
            found.policy_text = social_value.kept(chosen) if chosen else ""
            found.measures, found.measure_weights, found.choice, found.points = [], {}, {}, ""
            found.keep("policy", "policy_text", *CHOSEN)
            if chosen:
                policies.keep(chosen, request.place.project.folder)
            log.write(found, request.user, log.CHOSE_POLICY, before=before, after=found.policy)
        return redirect("tender-measures" if chosen else "tender", request.place.slug, number)
    shown = {"tender": found, "editions": editions, "in_language": in_language, "since": policies.known_since}
    return render(request, "procurements/tenders/policy.html", shown)


@needs(Right.SEE_POOL)
@require_http_methods(["GET", "POST"])
def measures(request: PlaceRequest, number: int) -> HttpResponse:
    """Measures and weights; what a limit of the policy refuses is refused, with the reason."""
    found = enter(request, number, Deed.PREPARE).tender
    one = plan.edition(found)
    if one is None:
        return redirect("tender-policy", request.place.slug, number)
    form = Measures(request.POST or None, translate=request.translate, edition=one, tender=found)
    checks: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        choice = _chosen(request, found, form)
        if choice is not None:
            own = Translator(request.language, policies.PACKAGE)
            checks = [(own.word(each.standing), policies.sentence(each, one.currency, own)) for each in choice.checks]
            if choice.accepted and not _points_missing(request, form, choice):
                _keep(found, form, choice)
                log.write(
                    found,
                    request.user,
                    log.CHOSE_MEASURES,
                    after=", ".join(f"{code} {weight}" for code, weight in found.measure_weights.items())
                    or ", ".join(found.measures),
                )
                messages.success(request, request.translate("The measures are chosen."))
                return redirect("tender", request.place.slug, number)
    shown = {"tender": found, "edition": one, "form": form, "checks": checks, "in_language": in_language}
    return render(request, "procurements/tenders/measures.html", shown, status=422 if request.method == "POST" else 200)


def _chosen(request: PlaceRequest, found: Tender, form: Measures) -> Choice | None:
    said = form.cleaned_data
    try:
        return social_value.choose(
            form.edition,
            plan.value(found),
            said["measures"],
            said["weight"],
            split=said.get("split") or None,
            answers=form.answers(),
            decided=said["decided"],
            currency=found.currency,
        )
    except InputError as error:
        form.add_error(None, request.translate.said(error))
        return None


def refused(found: Tender, _: Translator) -> list[str]:
    """Why the policy no longer takes what was chosen of it: its value or currency may have been changed since."""
    one, kept = plan.edition(found), found.choice
    if one is None or not found.measures or not kept:
        return []
    try:
        choice = social_value.choose(
            one,
            plan.value(found),
            found.measures,
            Decimal(kept["weight"]),
            split={code: Decimal(part) for code, part in kept["split"].items()} or None,
            answers={code: said == "yes" for code, said in kept["answers"].items()},
            decided=kept["decided"],
            currency=found.currency,
        )
    except InputError as error:
        return [_.said(error)]
    own = Translator(_.language, policies.PACKAGE)
    return [policies.sentence(each, one.currency, own) for each in choice.checks if each.standing is Standing.FORBIDDEN]


def _points_missing(request: PlaceRequest, form: Measures, choice: Choice) -> bool:
    if "points" in form.fields and choice.weights and not form.cleaned_data["points"]:
        form.add_error("points", request.translate("Choose it, and publish it with the tender."))
        return True
    return False


def _keep(found: Tender, form: Measures, choice: Choice) -> None:
    said = form.cleaned_data
    found.measures = list(choice.measures)
    found.measure_weights = {code: str(weight) for code, weight in choice.weights.items()}
    found.points = said.get("points", "")
    found.choice = {
        "weight": str(said["weight"]),
        "split": {code: str(part) for code, part in (said.get("split") or {}).items()},
        "answers": {code: "yes" if yes else "no" for code, yes in form.answers().items()},
        "decided": said["decided"],
    }
    found.keep(*CHOSEN)
