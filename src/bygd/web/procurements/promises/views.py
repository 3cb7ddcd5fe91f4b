"""Views of promises: delivered against promised in the place, the promises of a contract, one promise, what is due."""

import json
from collections.abc import Mapping
from datetime import UTC, timedelta
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from markupsafe import Markup

from bygd.reports import drawing
from bygd.reports.charts import promises as charts
from bygd.reports.charts.theme import NARROW, WIDE
from bygd.reports.translate import N_, Translator
from bygd.sources.errors import InputError
from bygd.tools import promises as tool
from bygd.tools.promises import Account, Effort
from bygd.vocabulary.contract_words import DeliveryState, MilestoneState, PromiseStatus, Remedy
from bygd.vocabulary.ids import make_key
from bygd.web import languages
from bygd.web.decisions import together
from bygd.web.people import written
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.procurements.promises import evidence, links
from bygd.web.procurements.promises.forms import JudgeForm
from bygd.workbench import promises
from bygd.workbench.promises import Book

LATE = (PromiseStatus.MISSED, PromiseStatus.BEHIND, PromiseStatus.DISPUTED)
MOST_DRAWN = 24
WIDTHS = (("wide", WIDE), ("narrow", NARROW))
AHEAD = timedelta(days=365)
SHOWN = (*promises.GROUPS, "year")


def open_book(request: PlaceRequest) -> Book:
    """The promises of the place as of today; files that somebody changed are read."""
    project = request.place.project
    together.bring_together(request.place, project, promises.ENTRIES)
    return promises.book(project)


@needs(Right.SEE_POOL)
@require_safe
def overview(request: PlaceRequest) -> HttpResponse:
    """How promises stand in the place: in a sentence, drawn, and as a table."""
    book, _ = open_book(request), request.translate
    by = request.GET.get("by", "theme")
    by = by if by in SHOWN else "theme"
    grid = promises.year_grid(book, _) if by == "year" else promises.total_grid(book, book.accounts, by, _)
    listed = _contracts(book)
    return render(
        request,
        "procurements/promises/overview.html",
        {
            "book": book,
            "by": by,
            "groups": {**promises.GROUPS, "year": N_("By year")},
            "grid": grid,
            "drawn": drawn(book, by, _) if by != "year" else [],
            "kept": promises.figures_of(book)[0],
            "counts": {status: sum(one.status is status for one in book.accounts) for status in PromiseStatus},
            "late": [one for one in book.accounts if one.status in LATE],
            "waiting": waiting(book),
            "contracts": [pair for pair in listed if pair[1]],
            "others": [pair for pair in listed if not pair[1]],
            **telling(book, _),
        },
    )


@needs(Right.SEE_POOL)
@require_safe
def contract(request: PlaceRequest, key: str) -> HttpResponse:
    """The promises of one contract; to buyers also its links."""
    book = open_book(request)
    found = contract_of(book, key)
    may = request.access.may(Right.PROCURE)
    shown = {
        "book": book,
        "contract": found,
        "accounts": book.of(key),
        "may": may,
        "links": links.live(request.place, key) if may else [],
        "effort": effort_of(book, key),
        "has_social_return": bool(promises.editions(book.project, request.translate))
        or any(one.promise.is_social_return for one in book.of(key)),
        **telling(book, request.translate),
    }
    return render(request, "procurements/promises/contract.html", shown)


@needs(Right.SEE_POOL)
@require_safe
def promise(request: PlaceRequest, key: str) -> HttpResponse:
    """One promise: its milestones and how it stands; to buyers the reports with their evidence, to be judged."""
    book = open_book(request)
    return render(request, "procurements/promises/promise.html", of_promise(request, book, key))


def of_promise(request: PlaceRequest, book: Book, key: str, failed: Any = None) -> dict[str, Any]:
    """What the page of a promise shows; `failed` is the key of a report and its form where a judgement was refused."""
    account = account_of(book, key)
    may = request.access.may(Right.PROCURE)
    reports = []
    files_of = evidence.of(request.place, account.promise.contract_key)
    for row in book.reports_on(key) if may else ():
        form = JudgeForm(translate=request.translate, prefix=row["delivery_key"], initial={"answer": row["answer"]})
        if failed is not None and failed[0] == row["delivery_key"]:
            form = failed[1]
        reports.append((row, DeliveryState(row["state"]), form, files_of(row)))
    return {
        "book": book,
        "account": account,
        "promise": account.promise,
        "contract": book.contracts[account.promise.contract_key],
        "due": tool.due([account]),
        "reports": reports,
        "remedies": book.remedies_of(key) if may else [],
        "may": may,
        **telling(book, request.translate),
    }


@needs(Right.SEE_POOL)
@require_safe
def due(request: PlaceRequest) -> HttpResponse:
    """Milestones that are overdue or come within a year."""
    book = open_book(request)
    wanted = [
        one for one in tool.due(book.accounts) if one.state is not MilestoneState.REACHED and one.days <= AHEAD.days
    ]
    shown = {"book": book, "due": wanted, "MilestoneState": MilestoneState, **telling(book, request.translate)}
    return render(request, "procurements/promises/due.html", shown)


def seen(row: Mapping[str, Any]) -> str:
    """What tells a report as somebody saw it from the same report corrected since."""
    return make_key(*(str(row[name]) for name in ("amount", "period_from", "note", "evidence", "state", "entered_at")))


def telling(book: Book, translate: Translator) -> dict[str, Any]:
    """What templates need to say amounts, contracts and words."""
    return {
        "amount": lambda value, unit: promises.amount(value, unit, translate),
        "name_of": lambda key: promises.contract_name(book, key),
        "say": translate.said,
        "remedy_word": lambda value: translate.word(Remedy(value)),
        "when": lambda moment: written.moment(moment.replace(tzinfo=UTC), translate),
        "seen": seen,
        "State": DeliveryState,
        "Status": PromiseStatus,
    }


def drawn(book: Book, by: str, translate: Translator) -> list[Any]:
    """Delivered against promised as pictures for two widths; nothing where nothing was promised that adds up."""
    rows = promises.chart_rows(book, by, translate)[:MOST_DRAWN]
    if not rows:
        return []
    told = json.dumps(rows)
    return [(name, _drawing(told, translate.language, name, width)) for name, width in WIDTHS]


@lru_cache(maxsize=64)
def _drawing(rows: str, language: str, name: str, width: int) -> Markup:
    """The same rows are drawn once: it takes longer than all the rest of the page."""
    translate = Translator(language, languages.PACKAGE)
    return drawing.draw(charts.delivered(json.loads(rows), translate, width=width), f"delivered-{name}", translate)


def waiting(book: Book) -> list[tuple[Account, int]]:
    """Promises with reports that wait for the buyer, and how many."""
    found = []
    for one in book.accounts:
        number = sum(row["state"] == DeliveryState.REPORTED for row in book.reports_on(one.promise.key))
        if number:
            found.append((one, number))
    return found


def account_of(book: Book, key: str) -> Account:
    """The account of a promise; 404 where there is none."""
    found = next((one for one in book.accounts if one.promise.key == key), None)
    if found is None:
        raise Http404
    return found


def contract_of(book: Book, key: str) -> dict[str, Any]:
    """A contract of the register; 404 where there is none."""
    if key not in book.contracts:
        raise Http404
    return book.contracts[key]


def effort_of(book: Book, key: str) -> Effort | None:
    """How the contract should be followed up; None where no rules are known."""
    try:
        return promises.effort_of(book).get(key)
    except InputError:
        return None


def _contracts(book: Book) -> list[tuple[dict[str, Any], int]]:
    """Contracts of the register with the number of their promises, those with most first."""
    numbers: dict[str, int] = {}
    for one in book.promises.values():
        numbers[one.contract_key] = numbers.get(one.contract_key, 0) + 1
    listed = [(row, numbers.get(key, 0)) for key, row in book.contracts.items() if row["stage"] == "signed"]
    return sorted(listed, key=lambda pair: (-pair[1], pair[0]["anchor"], pair[0]["title"]))
