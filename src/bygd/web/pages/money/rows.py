"""The rows behind a figure: payments, for members of the anchors that made them."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_safe

from bygd import scope
from bygd.reports import Translator
from bygd.reports.documents import sheet, workbook
from bygd.reports.grid import Grid, Head, Kind
from bygd.tools.spend.selection import main_currency
from bygd.vocabulary import years
from bygd.vocabulary.words import LocalBy, NotProcurement, Ring
from bygd.web.pages import older
from bygd.web.pages.money.asked import Choices, Question, choices
from bygd.web.pages.money.files import TYPES, attachment
from bygd.web.pages.older import Chosen, Unreadable
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.places.held import Held
from bygd.workbench import behind
from bygd.workbench.behind import Behind

SHOWN = 50
MOST_PAGES = 200
"""Pages that can be turned; who wants more takes the file."""

MOST_IN_FILE = {"csv": 2_000_000, "xlsx": 200_000}
AT_ONCE = 20_000
"""Rows of a file that are read at a time."""

HIDDEN = ("party", "area")
"""What links say and nobody chooses: one supplier, one municipality."""

OUT = "out"
EVERYTHING_OUT = "all"


class RowQuestion(Question):
    """The filters of the money pages, and which rows of what they choose."""

    def __init__(
        self, data: MultiValueDict[str, str], *, translate: Translator, choices: Choices, snapshot: str = ""
    ) -> None:
        super().__init__(data, translate=translate, choices=choices, is_own=True, prefix_id="rows", snapshot=snapshot)
        _ = translate
        rings = [(ring, _.word(ring)) for ring in Ring]
        self.fields["ring"] = self._several(_, "ring", rings)
        reasons = [(reason, _.word(reason)) for reason in NotProcurement]
        listed = [(EVERYTHING_OUT, _("All that is left out")), *reasons]
        self.fields[OUT] = self._choice(_, OUT, listed, empty=_("Purchases"))
        for name in HIDDEN:
            self.fields[name] = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
        self.fields["page"] = forms.IntegerField(
            required=False, min_value=1, max_value=MOST_PAGES, widget=forms.HiddenInput, label=_("Page")
        )

    def behind(self, currency: str) -> Behind:
        """The payments asked for, in that currency; of a valid form."""
        asked, given = self.asked(), self.cleaned_data
        out = given.get(OUT) or ""
        return Behind(
            where=replace(asked.where, currency=currency),
            by=asked.by,
            rings=tuple(ring for ring in Ring if ring in given.get("ring", ())),
            area=given.get("area") or "",
            party=given.get("party") or "",
            left_out=bool(out),
            reason="" if out == EVERYTHING_OUT else out,
        )


@needs(Right.SEE_ROWS)
@require_safe
def rows(request: PlaceRequest) -> HttpResponse:
    """One page of the payments behind a figure."""
    try:
        chosen, form = _look(request)
        if chosen is None:
            return render(request, "money/nothing.html")
        context: dict[str, Any] = {"form": form, "asked": None, "extra": {}, "listed": None}
        if form.is_valid():
            with older.readable(chosen):
                context |= _listed(request, chosen.held, form)
    except Unreadable as error:
        return render(request, "money/nothing.html", {"problem": request.translate.said(error)})
    context["old"] = chosen if chosen.is_old else None
    answer = render(request, "money/rows.html", context, status=200 if context["asked"] else 400)
    answer["Cache-Control"] = "no-store"
    return answer


def _listed(request: PlaceRequest, opened: Held, form: RowQuestion) -> dict[str, Any]:
    """What the page shows: the payments of a valid form, how many and how much in all."""
    asked, number = form.asked(), form.cleaned_data.get("page") or 1
    wanted, currency, rules = form.behind(_currency(opened)), _currency(opened), _rules(request)
    count, amount = opened.answer(("money", "total", wanted), lambda engine: behind.total(engine, wanted))
    last = max(1, min(MOST_PAGES, -(-count // SHOWN)))
    number = min(number, last)
    starts = years.begins(opened.manifest)
    listed = opened.answer(
        ("money", "rows", wanted, number),
        lambda engine: behind.payments(engine, wanted, starts, SHOWN, (number - 1) * SHOWN),
    )
    return {
        "asked": asked,
        "extra": _extra(form),
        "listed": listed,
        "count": count,
        "amount": amount,
        "currency": currency,
        "number": number,
        "last": last,
        "most": MOST_PAGES * SHOWN,
        "party": listed[0]["name"] if wanted.party and listed else "",
        "area": _area(opened, wanted.area) if wanted.area else "",
        "supplier_at": lambda key: supplier_at(request.place.slug, key),
        "rule_of": lambda rule: _rule(rule, rules, request.translate),
    }


@needs(Right.SEE_ROWS)
@require_safe
def file(request: PlaceRequest, ending: str) -> HttpResponseBase:
    """All the payments behind a figure, as CSV or XLSX."""
    try:
        chosen, form = _look(request)
    except Unreadable:
        raise Http404 from None
    if chosen is None or not form.is_valid():
        raise Http404
    opened = chosen.held
    wanted, _ = form.behind(_currency(opened)), request.translate
    log.record(request, "downloaded payments", ending)
    heads, unit = _heads(_), _.symbol(_currency(opened))
    listed = _all(opened, wanted, MOST_IN_FILE[ending], _rules(request), _)
    if ending == "csv":
        answer: HttpResponseBase = StreamingHttpResponse(sheet.lines(heads, listed, unit, _), content_type=TYPES["csv"])
    else:
        held_file = io.BytesIO()
        grid = Grid(_("Payments"), heads, list(listed))
        workbook.tables([(grid.caption, grid)], held_file, _, _currency(opened), request.place.name)
        answer = HttpResponse(held_file.getvalue(), content_type=TYPES["xlsx"])
    answer["Content-Disposition"] = attachment(request, f"payments.{ending}")
    answer["Cache-Control"] = "no-store"
    return answer


def supplier_at(slug: str, key: str) -> str:
    """The address of a supplier's page; empty where this web has none."""
    try:
        return reverse("supplier", args=(slug, key))
    except NoReverseMatch:
        return ""


def _look(request: PlaceRequest) -> tuple[Chosen | None, RowQuestion]:
    project = request.place.project
    chosen = older.chosen(request, request.access.anchors)
    if chosen is None:
        nothing = Choices(LocalBy.SEAT, Ring.MUNICIPALITY, ())
        return None, RowQuestion(MultiValueDict(), translate=request.translate, choices=nothing)
    opened = chosen.held
    with older.readable(chosen):
        offered = opened.answer(
            ("money", "choices"), lambda engine: choices(engine, project, opened.manifest, is_own=True)
        )
    return chosen, RowQuestion(request.GET, translate=request.translate, choices=offered, snapshot=chosen.name)


def _area(opened: Held, area: str) -> str:
    """The name of an area; its code where no file knows it."""
    found = opened.answer(("area", area), lambda engine: engine.rows("SELECT name FROM areas WHERE area_id = ?", area))
    return str(found[0]["name"]) if found else area


def _currency(opened: Held) -> str:
    return opened.answer(("money", "currency"), main_currency)


def _extra(form: RowQuestion) -> dict[str, Any]:
    """What the address says beside the filters, for links to other pages of the same rows."""
    return {name: form.cleaned_data.get(name) or "" for name in ("ring", OUT, *HIDDEN)}


def _all(opened: Held, wanted: Behind, most: int, rules: Mapping[str, str], _: Translator) -> Iterator[Sequence[Any]]:
    """Every payment as cells, read so many at a time."""
    starts = years.begins(opened.manifest)
    for offset in range(0, most, AT_ONCE):
        with opened.engine() as engine:
            found = behind.payments(engine, wanted, starts, min(AT_ONCE, most - offset), offset)
        for row in found:
            yield (
                row["name"],
                row["paid_on"],
                row["anchor"],
                row["category"],
                row["account"],
                row["department"],
                None if row["is_masked"] else row["invoice"],
                row["amount"],
                _rule(row["rule"], rules, _),
            )
        if len(found) < AT_ONCE:
            return


def _heads(_: Translator) -> tuple[Head, ...]:
    return (
        Head(_("Supplier"), is_row_head=True),
        Head(_("Day"), Kind.DAY),
        Head(_("Institution")),
        Head(_("Category")),
        Head(_("Account")),
        Head(_("Department")),
        Head(_("Invoice")),
        Head(_("Sum"), Kind.MONEY),
        Head(_("Counted as")),
    )


def _rules(request: PlaceRequest) -> dict[str, str]:
    """Rules by id, as people call them."""
    country = request.place.project.country
    return {scope.PUBLIC_RULE: request.translate("Public body, by the register")} | {
        rule.id: rule.label_in(request.language) for rule in scope.rules(country)
    }


def _rule(rule: str | None, rules: Mapping[str, str], _: Translator) -> str:
    """What a payment is counted as, in words."""
    if rule is None:
        return _("depends on account or department")
    return _("left out: {rule}", rule=rules.get(rule, rule)) if rule else _("purchase")
