"""Postcodes: a list of a village's postcodes becomes areas with shares, to be looked at before the village is kept."""

from pathlib import Path
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from bygd.reports import Translator
from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.vocabulary.place_words import Level
from bygd.web.pages.place import covering
from bygd.web.pages.place.asked import Asked
from bygd.web.pages.place.covering import Line
from bygd.web.pages.place.forms import DrawnForm, VillageForm, initial_of
from bygd.web.pages.place.villages import areas_of
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.work import by_postcode as looking
from bygd.web.work.models import Job
from bygd.web.work.words import JobKind
from bygd.workbench.place import by_postcode

MOST_LISTED, MOST_PEOPLE = 500_000, 100 << 20
"""Bytes of a list of postcodes, and of a table of people by postcode."""
MOST = 5
"""Earlier lists that are shown."""
ASKED = N_("had postcodes looked up")


class PostcodesForm(forms.Form):
    """The postcodes of the village, which file tells where they lie, and where there is one the people of each."""

    def __init__(self, *args: Any, translate: Translator, directories: dict[str, list[Path]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ = self._translate = translate
        self.fields["directory"] = forms.ChoiceField(
            choices=[(name, name) for name in directories], label=_("File that tells where postcodes lie")
        )
        self.fields["listed"] = forms.CharField(
            required=False, max_length=MOST_LISTED, label=_("The postcodes of the village"),
            widget=forms.Textarea(attrs={"rows": 8}), help_text=_("One a line."),
        )  # fmt: skip
        self.fields["file"] = forms.FileField(
            required=False, label=_("Or a file with them"), help_text=_("The first column of a CSV or text file.")
        )
        self.fields["people"] = forms.FileField(
            required=False, label=_("A file with the number of people by postcode"),
            help_text=_("Such as a census publishes. Without it postcodes are counted, or addresses where the file "
                        "has them."),
        )  # fmt: skip
        self.fields["level"] = forms.ChoiceField(
            choices=[(one.value, _.word(one)) for one in (Level.SMALL_AREA, Level.DISTRICT)],
            label=_("Which areas to put it together of"),
        )

    def clean(self) -> dict[str, Any]:
        """One list, and no file too large."""
        cleaned, _ = super().clean() or {}, self._translate
        for name, most in (("file", MOST_LISTED), ("people", MOST_PEOPLE)):
            if cleaned.get(name) is not None and (cleaned[name].size or 0) > most:
                self.add_error(name, _("The file is too large."))
        if not self.errors and not cleaned.get("listed") and cleaned.get("file") is None:
            self.add_error("listed", _("Write the postcodes, or choose a file with them."))
        return cleaned


@needs(Right.FACILITATE)
@require_http_methods(["GET", "HEAD", "POST"])
def by_postcodes(request: PlaceRequest) -> HttpResponse:
    """Have the postcodes of a village looked up: in the background, for a country's directory takes a minute."""
    _, place = request.translate, request.place
    directories = by_postcode.directories(place.project)
    posted = request.method == "POST" and bool(directories)
    form = PostcodesForm(*((request.POST, request.FILES) if posted else ()), translate=_, directories=directories)
    if posted and form.is_valid():
        given = form.cleaned_data
        text = given["listed"] if given["file"] is None else given["file"].read().decode("utf-8-sig", "replace")
        try:
            job = looking.ask(place, request.user, text, given["people"], given["directory"], Level(given["level"]))
        except InputError as error:
            form.add_error("listed", _.said(error))
        else:
            log.record(request, ASKED)
            return redirect("place-village-looked-up", place.slug, job.pk)
    context = {
        "form": form, "tab": "villages", "asked": Asked(), "directories": directories,
        "may_bring": request.access.may(Right.ADD_REGISTER),
        "earlier": [job for job in _jobs(request)[:MOST] if job.is_open or job.result.get("shares")],
    }  # fmt: skip
    return render(request, "place/postcodes.html", context, status=422 if form.errors else 200)


@needs(Right.FACILITATE)
@require_safe
def looked_up(request: PlaceRequest, number: int) -> HttpResponse:
    """How far it is; then the form of a new village, its shares filled in."""
    _, project = request.translate, request.place.project
    job = _jobs(request).filter(pk=number).first()
    if job is None:
        raise Http404
    context: dict[str, Any] = {"job": job, "tab": "villages", "asked": Asked()}
    if not job.result.get("shares"):
        return render(request, "place/looking_up.html", context)
    found, areas = job.result, areas_of(request)
    initial = initial_of(areas, found["shares"]) | {"basis": found["basis"], "vintage": found["vintage"]}
    form = VillageForm(translate=_, areas=areas, initial=initial)
    context |= {
        "form": form, "before": None, "outline": DrawnForm(translate=_), "line": Line(),
        "map": covering.drawn_map(project, form, Line(), _), "found": found,
    }  # fmt: skip
    return render(request, "place/village.html", context)


def _jobs(request: PlaceRequest) -> QuerySet[Job]:
    return Job.objects.filter(place=request.place, kind=JobKind.VILLAGE.value).select_related("asked_by", "place")
