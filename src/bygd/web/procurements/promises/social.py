"""Social return of a contract: what is owed, by which blocks it is filled, what is verified, reported and left."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bygd.parameters.sentences import in_language
from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.web.decisions import together
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.procurements.promises.forms import SocialReturnForm
from bygd.web.procurements.promises.views import contract_of, open_book, telling
from bygd.workbench import asking, policies, promises
from bygd.workbench.promises import Given

CODE = "SR"
"""The code of a contract's social return among its promises."""


@needs(Right.SEE_POOL)
@require_safe
def social_return(request: PlaceRequest, key: str) -> HttpResponse:
    """What is owed on a contract and how far it is filled; where nothing is agreed yet, what that means."""
    book = open_book(request)
    contract = contract_of(book, key)
    account = next((one for one in book.of(key) if one.promise.is_social_return), None)
    filled, problem = None, ""
    if account is not None:
        try:
            filled = promises.filled(book, account.promise)
        except InputError as error:
            problem = request.translate.said(error)
    shown = {
        "contract": contract,
        "account": account,
        "filled": filled,
        "in_language": in_language,
        "problem": problem,
        "may": request.access.may(Right.PROCURE),
        "reports": [row for row in book.reports_on(account.promise.key) if row["block"]] if account else [],
        **telling(book, request.translate),
    }
    return render(request, "procurements/promises/social_return.html", shown)


@needs(Right.SEE_POOL, Right.PROCURE)
@never_cache
@require_http_methods(["GET", "POST"])
def agree(request: PlaceRequest, key: str) -> HttpResponse:
    """Note a contract's social return as a promise: what is owed is computed, and the policy's edition is kept."""
    book, _ = open_book(request), request.translate
    contract = contract_of(book, key)
    choices = promises.editions(book.project, _)
    form = SocialReturnForm(
        request.POST or None,
        translate=_,
        marks=asking.groups(_.language, book.project.country.code),
        editions=choices,
        initial={"due_on": contract["ends_on"]},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            one = policies.edition(said["policy"], book.project.folder)
            owed = promises.owed(one, contract, said["share"], said["full_time"])
            given = Given(
                code=CODE, title=f"{in_language(one.title, _.language)}", unit=one.currency, target=owed,
                due_on=said["due_on"], theme="Social return", policy=one.id, share=said["share"],
                full_time=said["full_time"], starts_on=contract["starts_on"],
            )  # fmt: skip
            row = promises.promise(book, key, given, request.user.label)
            policies.keep(one, book.project.folder)
            together.add(request.place, tables.promise_entries, [row], book.project)
        except InputError as error:
            form.failed(error)
        else:
            log.record(request, "agreed social return", key)
            messages.success(request, _("The social return is noted."))
            return redirect("social-return", request.place.slug, key)
    shown = {"form": form, "contract": contract, "choices": choices}
    return render(request, "procurements/promises/agree.html", shown, status=422 if form.errors else 200)
