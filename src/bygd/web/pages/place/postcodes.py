"""Postcodes: a list of a village's postcodes becomes areas with shares, to be looked at before the village is kept."""

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from bygd.reports import Translator
from bygd.sources.errors import InputError
from bygd.vocabulary.place_words import Level
from bygd.web.pages.place import covering
from bygd.web.pages.place.asked import Asked
from bygd.web.pages.place.covering import Line
from bygd.web.pages.place.forms import DrawnForm, VillageForm, initial_of
from bygd.web.pages.place.villages import areas_of
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.workbench.place import by_postcode
from bygd.workbench.place.by_postcode import LookedUp
from bygd.workbench.place.drawn import LEAST, WHOLE

MOST_LISTED, MOST_PEOPLE = 500_000, 100 << 20
"""Bytes of a list of postcodes, and of a table of people by postcode."""
SHOWN = 20


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
    """Which areas the postcodes of a village lie in; the form of the village then has their shares."""
    _, project = request.translate, request.place.project
    directories = by_postcode.directories(project)
    posted = request.method == "POST" and bool(directories)
    form = PostcodesForm(*((request.POST, request.FILES) if posted else ()), translate=_, directories=directories)
    if posted and form.is_valid():
        try:
            return _village(request, _looked_up(request, form, directories), Level(form.cleaned_data["level"]))
        except InputError as error:
            form.add_error("listed", _.said(error))
    context = {
        "form": form, "tab": "villages", "asked": Asked(), "directories": directories,
        "may_bring": request.access.may(Right.ADD_REGISTER),
    }  # fmt: skip
    return render(request, "place/postcodes.html", context, status=422 if form.errors else 200)


def _looked_up(request: PlaceRequest, form: PostcodesForm, directories: dict[str, list[Path]]) -> LookedUp:
    given = form.cleaned_data
    with tempfile.TemporaryDirectory(prefix="bygd-") as name:
        listed, people = Path(name) / "postcodes.txt", None
        text = given["listed"] if given["file"] is None else given["file"].read().decode("utf-8-sig", "replace")
        listed.write_text(text, encoding="utf-8")
        if given["people"] is not None:
            people = _written(given["people"], Path(name) / "people")
        return by_postcode.look_up(request.place.project, listed, directories[given["directory"]], people)


def _village(request: PlaceRequest, found: LookedUp, level: Level) -> HttpResponse:
    """The form of a new village, its shares filled in. Raises InputError where no area of that level has any."""
    _, project = request.translate, request.place.project
    laid = found.of(level)
    code = project.country.code
    weights = {
        f"{code}:{one.code}": 1.0 if one.share >= WHOLE else round(one.share, 3) for one in laid if one.share >= LEAST
    }
    if not weights:
        raise InputError("The postcodes lie in no area of the level {level}.", level=level)
    areas = areas_of(request)
    initial = initial_of(areas, weights) | {"basis": found.basis, "vintage": laid[0].vintage}
    form = VillageForm(translate=_, areas=areas, initial=initial)
    context = {
        "form": form, "before": None, "tab": "villages", "asked": Asked(), "outline": DrawnForm(translate=_),
        "line": Line(), "map": covering.drawn_map(project, form, Line(), _), "laid": weights, "found": found,
        "unknown": found.unknown[:SHOWN],
    }  # fmt: skip
    return render(request, "place/village.html", context)


def _written(upload: "UploadedFile[Any]", path: Path) -> Path:
    with path.open("wb") as opened:
        for part in upload.chunks():
            opened.write(part)
    return path
