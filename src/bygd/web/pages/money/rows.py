"""The rows behind a figure: payments, for members of the anchors that made them."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from bygd import scope
from bygd.reports import Translator
from bygd.reports.documents import sheet, workbook
from bygd.reports.grid import Grid, Head, Kind
from bygd.tools.spend.selection import main_currency
from bygd.vocabulary.words import LocalBy, NotProcurement, Ring
from bygd.web.pages.money.asked import Choices, Question, choices
from bygd.web.pages.money.files import TYPES, attachment
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.places import held
from bygd.web.places.held import Held
from bygd.workbench import behind
from bygd.workbench.behind import Behind

SHOWN = 50
MOST_PAGES = 200
"""Pages that can be turned; who wants more takes the file."""

MOST_IN_FILE = {"csv": 2_000_000, "xlsx": 200_000}
AT_ONCE = 20_000
"""Rows of a file that are read at a time."""

OUT = "out"
EVERYTHING_OUT = "all"


class RowQuestion(Question):
    """The filters of the money pages, and which rows of what they choose."""

    def __init__(self, data: Mapping[str, Any], *, translate: Translator, choices: Choices) -> None:
        super().__init__(data, translate=translate, choices=choices, is_own=True, prefix_id="rows")
        _ = translate
        rings = [(ring, _.word(ring)) for ring in Ring]
        self.fields["ring"] = self._choice(_, "ring", rings, empty=_("Everywhere"))
        reasons = [(reason, _.word(reason)) for reason in NotProcurement]
        listed = [(EVERYTHING_OUT, _("All that is left out")), *reasons]
        self.fields[OUT] = self._choice(_, OUT, listed, empty=_("Purchases"))
        self.fields["party"] = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
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
            ring=Ring(given["ring"]) if given.get("ring") else None,
            party=given.get("party") or "",
            left_out=bool(out),
            reason="" if out == EVERYTHING_OUT else out,
        )


@needs(Right.SEE_ROWS)
@require_safe
def rows(request: PlaceRequest) -> HttpResponse:
    """One page of the payments behind a figure."""
    opened, form = _look(request)
    if opened is None:
        return render(request, "money/nothing.html")
    rules = _rules(request)
    context: dict[str, Any] = {"form": form, "asked": None, "extra": {}, "listed": None}
    if form.is_valid():
        asked, number = form.asked(), form.cleaned_data.get("page") or 1
        wanted = form.behind(_currency(opened))
        count, amount = opened.answer(("money", "total", wanted), lambda engine: behind.total(engine, wanted))
        last = max(1, min(MOST_PAGES, -(-count // SHOWN)))
        number = min(number, last)
        starts = _year_starts(opened)
        listed = opened.answer(
            ("money", "rows", wanted, number),
            lambda engine: behind.payments(engine, wanted, starts, SHOWN, (number - 1) * SHOWN),
        )
        context |= {
            "asked": asked,
            "extra": _extra(form),
            "listed": listed,
            "count": count,
            "amount": amount,
            "currency": _currency(opened),
            "number": number,
            "last": last,
            "most": MOST_PAGES * SHOWN,
            "party": listed[0]["name"] if wanted.party and listed else "",
            "supplier_at": lambda key: supplier_at(request.place.slug, key),
            "rule_of": lambda rule: _rule(rule, rules, request.translate),
        }
    answer = render(request, "money/rows.html", context, status=200 if context["asked"] else 400)
    answer["Cache-Control"] = "no-store"
    return answer


@needs(Right.SEE_ROWS)
@require_safe
def file(request: PlaceRequest, ending: str) -> HttpResponseBase:
    """All the payments behind a figure, as CSV or XLSX."""
    opened, form = _look(request)
    if opened is None or not form.is_valid():
        raise Http404
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


def _look(request: PlaceRequest) -> tuple[Held | None, RowQuestion]:
    project = request.place.project
    opened = held.current(project, request.access.anchors)
    if opened is None:
        return None, RowQuestion({}, translate=request.translate, choices=Choices(LocalBy.SEAT, Ring.MUNICIPALITY, ()))
    offered = opened.answer(("money", "choices"), lambda engine: choices(engine, project, opened.manifest, is_own=True))
    return opened, RowQuestion(request.GET.dict(), translate=request.translate, choices=offered)


def _currency(opened: Held) -> str:
    return opened.answer(("money", "currency"), main_currency)


def _year_starts(opened: Held) -> int:
    return int((opened.manifest.get("settings") or {}).get("year_starts") or 1)


def _extra(form: RowQuestion) -> dict[str, Any]:
    """What the address says beside the filters, for links to other pages of the same rows."""
    return {name: form.cleaned_data.get(name) or "" for name in ("ring", OUT, "party")}


def _all(opened: Held, wanted: Behind, most: int, rules: Mapping[str, str], _: Translator) -> Iterator[Sequence[Any]]:
    """Every payment as cells, read so many at a time."""
    starts = _year_starts(opened)
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
