"""Where: a registered office or a branch that registers or ledgers have wrong is corrected, with evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from bygd.engine import DuckEngine
from bygd.reports.translate import Translator
from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.vocabulary.words import Site
from bygd.web.decisions import together
from bygd.web.pages.review.deciding import by
from bygd.web.pages.suppliers.correcting import subject
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.places import held
from bygd.web.places.held import Held
from bygd.workbench import placing
from bygd.workbench.whereabouts import Places, Where, places

TABLE = tables.seat_decisions


@dataclass(frozen=True)
class Finding:
    """What somebody said of a site, as pages tell it."""

    row: Mapping[str, Any]
    site: Site
    where: str
    is_back: bool
    """Whether it takes back what was said before."""
    counts: bool
    """Whether it is the last word on that site of that subject, and says a place."""
    is_later: bool
    """Whether it was said after the snapshot was built."""


class Placing(forms.Form):
    """Which of its places is meant, where that is, and where that is said."""

    def __init__(self, *args: Any, translate: Translator, known: Places, engine: DuckEngine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._translate, self._known, self._engine = translate, known, engine
        self.place: Where | None = None
        _ = translate
        wrong = _("Choose which one you mean.")
        self.fields["site"] = forms.ChoiceField(
            label=_("What is it that you correct?"),
            choices=[(site.value, _.word(site)) for site in Site],
            widget=forms.RadioSelect,
            error_messages={"required": wrong, "invalid_choice": wrong},
        )
        self.fields["where"] = forms.CharField(
            label=_("Where is it?"),
            help_text=_("A postcode, a municipality or another country."),
            max_length=100,
            widget=forms.TextInput(attrs={"list": "places", "autocomplete": "off"}),
            error_messages={"required": _("Say where it is.")},
        )
        self.fields["evidence"] = forms.CharField(
            label=_("Where is that said?"),
            help_text=_("The address of a page, a document, an entry in a register: so that others can look."),
            max_length=500,
            error_messages={"required": _("Say where it is said; without evidence nobody can check it.")},
        )

    def clean_where(self) -> str:
        """What was typed, understood as a place of the snapshot."""
        text: str = self.cleaned_data["where"]
        try:
            self.place = self._known.understood(self._engine, text)
        except InputError as error:
            raise forms.ValidationError(self._translate.said(error)) from None
        return text


@needs(Right.CORRECT)
@require_http_methods(["GET", "POST"])
def place(request: PlaceRequest, subject_id: str) -> HttpResponse:
    """Say where the registered office or a branch is, of an organisation or of a supplier of one's own institutions."""
    _, opened = request.translate, held.current(request.place.project, request.access.anchors)
    if opened is None:
        raise Http404
    name, back = subject(request, opened, subject_id)
    known = _places(request, opened)
    with opened.engine() as engine:
        form = Placing(
            request.POST if request.method == "POST" else None,
            initial={"site": request.GET.get("site", "")},
            translate=_,
            known=known,
            engine=engine,
        )
        is_valid = request.method == "POST" and form.is_valid()
    if is_valid:
        site = Site(form.cleaned_data["site"])
        try:
            _add(request, subject_id, site, form.place, form.cleaned_data["evidence"])
        except InputError as error:
            form.add_error(None, _.said(error))
        else:
            log.record(request, "corrected where it is", f"{subject_id} {site.value}")
            messages.success(request, _("Saved. The next build takes it into all figures."))
            return HttpResponseRedirect(back)
    shown = {"form": form, "name": name, "back": back, "municipalities": known.municipalities}
    return render(request, "suppliers/where.html", shown, status=400 if form.errors else 200)


@needs(Right.CORRECT)
@require_POST
def take_back(request: PlaceRequest, subject_id: str) -> HttpResponse:
    """Take back what was last said of a site: registers and ledgers count again."""
    _, opened = request.translate, held.current(request.place.project, request.access.anchors)
    if opened is None:
        raise Http404
    _name, back = subject(request, opened, subject_id)
    site = next((site for site in Site if site.value == request.POST.get("site")), None)
    last = placing.decided(together.read(request.place, TABLE, subject_id=subject_id), subject_id, site or Site.SEAT)
    if site is None or last is None:
        raise Http404
    if placing.stands(last):
        _add(request, subject_id, site, None, "")
        log.record(request, "took back where it is", f"{subject_id} {site.value}")
    messages.success(request, _("Taken back. From the next build on registers and ledgers count again."))
    return HttpResponseRedirect(back)


def findings(request: PlaceRequest, opened: Held, rows: Sequence[Mapping[str, Any]]) -> list[Finding]:
    """Those rows of `seat_decisions` as pages tell them, in the order they were said."""
    if not rows:
        return []
    known, built = _places(request, opened), datetime.fromisoformat(opened.manifest["built_at"])
    built = built.astimezone(UTC).replace(tzinfo=None)
    return [
        Finding(
            row=row,
            site=Site(row["site"]),
            where=request.translate.territory(row["area_id"] or "") or known.called(row["area_id"], row["postcode"]),
            is_back=not placing.stands(row),
            counts=placing.stands(row) and placing.decided(rows, row["subject_id"], Site(row["site"])) is row,
            is_later=row["decided_at"] > built,
        )
        for row in sorted(rows, key=lambda row: row["decided_at"])
    ]


def _places(request: PlaceRequest, opened: Held) -> Places:
    country = request.place.project.country
    return opened.answer("places", lambda engine: places(engine, country))


def _add(request: PlaceRequest, subject_id: str, site: Site, where: Where | None, evidence: str) -> None:
    before = placing.decided(together.read(request.place, TABLE, subject_id=subject_id), subject_id, site)
    together.add(request.place, TABLE, [placing.made(subject_id, site, where, evidence, by(request), before)])
