"""Organisations: searched in the registers, and one page each; whose an organisation is can be corrected there."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from bygd.engine import DuckEngine
from bygd.reports.translate import Translator
from bygd.sources.errors import InputError
from bygd.tools import spend
from bygd.tools.spend.suppliers import years
from bygd.vocabulary import tables
from bygd.vocabulary.words import OwnershipKind
from bygd.web.decisions import together
from bygd.web.pages.review.deciding import by, moment
from bygd.web.pages.review.signed import signers
from bygd.web.pages.suppliers.listing import by_key
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.places import held
from bygd.web.places.held import Held
from bygd.workbench import organisations
from bygd.workbench.review import lookup

MOST_FOUND = 50
SUPPLIERS = "SELECT supplier_key FROM payees WHERE org_id = ? AND NOT is_masked ORDER BY supplier_key"


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


@needs(Right.SEE_POOL)
@require_GET
def search(request: PlaceRequest) -> HttpResponse:
    """Organisations of the registers by name or number. Persons and sole traders are never found."""
    opened, text = held.current(request.place.project, request.access.anchors), request.GET.get("text", "")
    text, found = text.replace("\x00", "").strip()[:200], {}
    if opened and text:
        with opened.engine() as engine:
            ids = [one.org_id for one in lookup.search(engine, text, MOST_FOUND)]
            known = organisations.about(engine, ids)
        found = {org_id: known[org_id] for org_id in ids if org_id in known}
    context = {"found": list(found.values()), "text": text, "most": MOST_FOUND, "is_built": opened is not None}
    return render(request, "suppliers/organisations.html", context)


@needs(Right.SEE_POOL)
@require_GET
def organisation(request: PlaceRequest, org_id: str) -> HttpResponse:
    """What the registers say of it, and what the institutions whose member one is paid it.

    What others paid is not shown: the sum of a single supplier is a cell that small-cell rules always withhold.
    """
    opened, about = _find(request, org_id)
    facts = opened.answer(("organisation", org_id), lambda engine: _facts(engine, org_id))
    known = by_key(opened, request)
    classes = together.read(request.place, tables.class_decisions, subject_id=org_id)
    context = {
        "about": about,
        **facts,
        "suppliers": [known[key] for key in facts["keys"] if key in known],
        "currency": opened.answer("currency", spend.main_currency),
        "classes": classes,
        "called": signers((row["decided_by"] for row in classes), request.translate),
        "kinds": {kind.value: kind for kind in OwnershipKind},
        "can_correct": request.access.may(Right.CORRECT),
    }
    return render(request, "suppliers/organisation.html", context)


@needs(Right.CORRECT)
@require_http_methods(["GET", "POST"])
def correct(request: PlaceRequest, subject_id: str) -> HttpResponse:
    """Say whose an organisation is, or a supplier of one's own institutions that is in no register."""
    _, opened = request.translate, held.current(request.place.project, request.access.anchors)
    if opened is None:
        raise Http404
    name, back = _subject(request, opened, subject_id)
    form = Correction(request.POST if request.method == "POST" else None, translate=_)
    if request.method == "POST" and form.is_valid():
        said = together.read(request.place, tables.class_decisions, subject_id=subject_id)
        row = {
            **form.cleaned_data,
            "subject_id": subject_id,
            "decided_by": by(request),
            "decided_at": moment(said),
        }
        try:
            together.add(request.place, tables.class_decisions, [row])
        except InputError as error:
            form.add_error(None, str(error))
        else:
            log.record(request, "corrected whose it is", f"{subject_id} {row['kind']}")
            messages.success(request, _("Saved. The next build takes it into all figures."))
            return HttpResponseRedirect(back)
    status = 400 if form.errors else 200
    return render(request, "suppliers/correct.html", {"form": form, "name": name, "back": back}, status=status)


def _find(request: PlaceRequest, org_id: str) -> tuple[Held, organisations.Organisation]:
    opened = held.current(request.place.project, request.access.anchors)
    if opened is None or "\x00" in org_id:
        raise Http404
    found = opened.answer(("about", org_id), lambda engine: organisations.about(engine, [org_id]).get(org_id))
    if found is None:
        raise Http404
    return opened, found


def _subject(request: PlaceRequest, opened: Held, subject_id: str) -> tuple[str, str]:
    """The name of what is corrected, and the address of its page. Raises Http404 where it is not the person's."""
    one = by_key(opened, request).get(subject_id)
    if one is not None:
        if one.is_masked:
            raise Http404
        return one.name, reverse("supplier", args=(request.place.slug, subject_id))
    _held, about = _find(request, subject_id)
    return about.name, reverse("organisation", args=(request.place.slug, subject_id))


def _facts(engine: DuckEngine, org_id: str) -> dict[str, Any]:
    keys = [row["supplier_key"] for row in engine.rows(SUPPLIERS, org_id)]
    return {
        "keys": keys,
        "years": years(engine, keys, spend.main_currency(engine)),
        "names": organisations.names(engine, org_id),
        "workplaces": organisations.workplaces(engine, org_id),
    }
