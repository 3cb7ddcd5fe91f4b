"""The page outside: fill in without an account, by the address of the round; no cookies, no names."""

import secrets
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods

from bygd.reports import Translator
from bygd.web import guard, languages
from bygd.web.boards.assessments import told
from bygd.web.boards.assessments.forms import Sheet
from bygd.web.boards.assessments.models import Round
from bygd.web.boards.outside import OF_ALL, OF_ONE, SAID, STATUS, by_secret, grouped
from bygd.web.guard import Turned
from bygd.workbench import assessments

MOST_SHEETS = 1_000
"""So many sheets are taken in one round; more would be a flood."""


@by_secret(Round)
@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: HttpRequest, found: Round) -> HttpResponse:
    """The questions; what is sent cannot be changed afterwards, since nobody is told from anybody else."""
    asked_for = request.GET.get("lang", "")
    speak = Translator(asked_for if asked_for in languages.SPOKEN else found.language, languages.PACKAGE)
    request.language, request.translate = speak.language, speak  # type: ignore[attr-defined]
    project = found.place.project
    asked = assessments.asked(found.parts, project.country)
    about = f"assessment-{found.pk}"
    data = request.POST if request.method == "POST" else None
    form = Sheet(data, translate=speak, project=project, asked=asked, levels=assessments.levels(project.country))
    here = f"{reverse('assess-outside', args=[grouped(found.secret)])}?lang={speak.language}"
    is_open, status = told.is_open(found, date.today()), 200
    if data is not None and is_open:
        turned = guard.turned(request, about, str(data.get("token", "")), of_one=OF_ONE, of_all=OF_ALL)
        if turned is Turned.AGAIN:
            return redirect(f"{here}&sent=1")
        if turned is not None:
            form.add_error(None, speak(SAID[turned]))
        elif found.sheet_set.count() >= MOST_SHEETS:
            form.add_error(None, speak("So much has been written down that nobody could read more."))
        if form.is_valid():
            is_trapped = bool(form.cleaned_data["website"])
            if is_trapped or told.keep(found, secrets.token_hex(32), told.cleaned(form.cleaned_data)):
                return redirect(f"{here}&sent=1")
            return redirect(here)
        if turned is None:
            guard.release(str(request.POST["token"]))
        status = STATUS.get(turned, 422) if turned else 422
        form.data = {**dict(form.data.items()), "token": guard.token(about)}
    else:
        form.initial["token"] = guard.token(about)
    shown = {
        "form": form,
        "found": found,
        "where": found.place,
        "asked": asked,
        "is_open": is_open,
        "is_sent": request.GET.get("sent") == "1",
    }
    with translation.override(speak.language):
        answer = render(request, "boards/assessments/outside.html", shown, status=status)
    answer["Content-Language"] = speak.language
    return answer
