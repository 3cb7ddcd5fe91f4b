"""Correcting: whose an organisation or a supplier is, said with evidence; and who may correct what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from bygd.reports.translate import Translator
from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.vocabulary.words import OwnershipKind
from bygd.web.decisions import together
from bygd.web.pages.review.deciding import by
from bygd.web.pages.suppliers.listing import known
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.places import held
from bygd.web.places.held import Held
from bygd.workbench import organisations, owning

TABLE = tables.class_decisions


class Correction(forms.Form):
    """Whose an organisation or supplier is, and where that is said."""

    def __init__(self, *args: Any, translate: Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ = translate
        kinds = [(kind.value, _.word(kind)) for kind in OwnershipKind if kind is not OwnershipKind.UNKNOWN]
        wrong = _("Choose what kind it is.")
        self.fields["kind"] = forms.ChoiceField(
            label=_("Whose is it?"),
            choices=[("", ""), *kinds],
            error_messages={"required": wrong, "invalid_choice": wrong},
        )
        self.fields["evidence"] = forms.CharField(
            label=_("Where is that said?"),
            help_text=_("The address of a page, a document, an entry in a register: so that others can look."),
            max_length=500,
            error_messages={"required": _("Say where it is said; without evidence nobody can check it.")},
        )


@needs(Right.CORRECT)
@require_http_methods(["GET", "POST"])
def correct(request: PlaceRequest, subject_id: str) -> HttpResponse:
    """Say whose an organisation is, or a supplier of one's own institutions that is in no register."""
    _, opened = request.translate, held.current(request.place.project, request.access.anchors)
    if opened is None:
        raise Http404
    name, back = subject(request, opened, subject_id)
    form = Correction(request.POST if request.method == "POST" else None, translate=_)
    if request.method == "POST" and form.is_valid():
        kind = OwnershipKind(form.cleaned_data["kind"])
        try:
            _add(request, subject_id, kind, form.cleaned_data["evidence"])
        except InputError as error:
            form.add_error(None, _.said(error))
        else:
            log.record(request, "corrected whose it is", f"{subject_id} {kind.value}")
            messages.success(request, _("Saved. The next build takes it into all figures."))
            return HttpResponseRedirect(back)
    status = 400 if form.errors else 200
    return render(request, "suppliers/correct.html", {"form": form, "name": name, "back": back}, status=status)


@needs(Right.CORRECT)
@require_POST
def take_back(request: PlaceRequest, subject_id: str) -> HttpResponse:
    """Take back what was last said of whose it is: owners and legal forms count again."""
    _, opened = request.translate, held.current(request.place.project, request.access.anchors)
    if opened is None:
        raise Http404
    _name, back = subject(request, opened, subject_id)
    last = owning.decided(together.read(request.place, TABLE, subject_id=subject_id), subject_id)
    if last is None:
        raise Http404
    if last["kind"]:
        _add(request, subject_id, None, "")
        log.record(request, "took back whose it is", subject_id)
    messages.success(request, _("Taken back. From the next build on owners and legal forms count again."))
    return HttpResponseRedirect(back)


@dataclass(frozen=True)
class Finding:
    """What somebody said of whose a subject is, as pages tell it."""

    row: Mapping[str, Any]
    kind: OwnershipKind | None
    """None where what was said is taken back."""
    counts: bool
    """Whether it is the last word on that subject, and says a kind."""
    is_later: bool
    """Whether it was said after the snapshot was built."""


def findings(opened: Held, rows: Sequence[Mapping[str, Any]]) -> list[Finding]:
    """Those rows of `class_decisions` as pages tell them, in the order they were said."""
    built = datetime.fromisoformat(opened.manifest["built_at"]).astimezone(UTC).replace(tzinfo=None)
    return [
        Finding(
            row=row,
            kind=OwnershipKind(row["kind"]) if row["kind"] else None,
            counts=bool(row["kind"]) and owning.decided(rows, row["subject_id"]) is row,
            is_later=row["decided_at"] > built,
        )
        for row in sorted(rows, key=lambda row: row["decided_at"])
    ]


def _add(request: PlaceRequest, subject_id: str, kind: OwnershipKind | None, evidence: str) -> None:
    before = owning.decided(together.read(request.place, TABLE, subject_id=subject_id), subject_id)
    together.add(request.place, TABLE, [owning.made(subject_id, kind, evidence, by(request), before)])


def find(request: PlaceRequest, org_id: str) -> tuple[Held, organisations.Organisation]:
    """The snapshot and the organisation of that org_id. Raises Http404 where there is none."""
    opened = held.current(request.place.project, request.access.anchors)
    if opened is None or "\x00" in org_id:
        raise Http404
    found = opened.answer(("about", org_id), lambda engine: organisations.about(engine, [org_id]).get(org_id))
    if found is None:
        raise Http404
    return opened, found


def subject(request: PlaceRequest, opened: Held, subject_id: str) -> tuple[str, str]:
    """The name of what is corrected, and the address of its page. Raises Http404 where it is not the person's."""
    one = known(opened, request, [subject_id]).get(subject_id)
    if one is not None:
        if one.is_masked:
            raise Http404
        return one.name, reverse("supplier", args=(request.place.slug, subject_id))
    _held, about = find(request, subject_id)
    return about.name, reverse("organisation", args=(request.place.slug, subject_id))
