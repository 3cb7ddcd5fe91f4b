"""The gate: every view says who may ask for it, and one that does not say is shut."""

import math
import time
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from bygd.reports import Translator
from bygd.sources.errors import InputError
from bygd.web.pages import errors, kept
from bygd.web.people.models import Person
from bygd.web.people.rights import NOBODY, Access
from bygd.web.people.words import Right
from bygd.web.places.models import Place
from bygd.workbench.snapshot import Earlier

View = Callable[..., HttpResponseBase]


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in, as views behind `signed_in` find it."""

    user: Person
    language: str
    translate: Translator


class PlaceRequest(PersonRequest):
    """A request about a place, as views behind `needs` find it."""

    place: Place
    access: Access


BEGAN = "began"
"""Where a session says when somebody signed in, in seconds."""

OTHERS = ("allauth.", "ninja.", "django.")
"""Views of libraries; they keep their own gates (the API its own, see `bygd.web.api`)."""


class Gate:
    """Refuses views of this package that do not say who may ask for them, and sign-ins that are too old.

    A session that is written to would live on and on, so when it began stands in it.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; of whoever signed in too long ago, as nobody's."""
        if time.time() - request.session.get(BEGAN, math.inf) > settings.SESSION_COOKIE_AGE:
            logout(request)
        answer = self.answer(request)
        if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.method == "GET" and not answer.content:
            return errors.only_forms(request)
        return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page that says what to do where figures are of an earlier version or a file is spoilt; else nothing."""
        if isinstance(error, Earlier):
            return errors.earlier(request)
        return errors.refused(request, error) if isinstance(error, InputError) else None

    def process_view(self, _request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> None:
        """Raise where the view says nothing; this is a fault of the program, not of the person."""
        if not hasattr(view, "needs") and not view.__module__.startswith(OTHERS):
            raise PermissionDenied(f"{view.__module__}.{view.__qualname__} does not say who may ask for it")


def open_to_all(view: View) -> View:
    """A view that anybody may ask for."""
    view.needs = None  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """A view for whoever is signed in, about no place."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return ask_who(request)
        return view(request, *args, **kwargs)

    guarded.needs = "signed in"  # type: ignore[attr-defined]
    return guarded


def needs(right: Right, *more: Right) -> Callable[[View], View]:
    """A view of a place (its address begins with the place's slug) for those who have all those rights there.

    The view gets a `PlaceRequest`. Who is not signed in is asked to; to who is
    nothing in the place it does not exist; who lacks a right is told so. A right of an anchor is asked
    here for any anchor: the view asks again for the one it shows.
    """

    def declared(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, place: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not isinstance(request.user, Person):
                return ask_who(request)
            enter(request, place)
            if not all(request.access.may(one) for one in (right, *more)):  # type: ignore[attr-defined]
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.needs = (right, *more)  # type: ignore[attr-defined]
        return guarded

    return declared


def ask_who(request: HttpRequest) -> HttpResponse:
    """To where one signs in; the page that keeps what was written, where a form was sent.

    A part of a page is asked for by the page: it is the whole page that goes to where one signs in, not the part.
    """
    if fields := kept.written(request):
        return kept.again(request, fields)
    answer = redirect_to_login(_seen(request))
    return HttpResponseClientRedirect(answer.url) if "HX-Request" in request.headers else answer


def _seen(request: HttpRequest) -> str:
    """The page somebody had before them: parts of a page and what a form is sent to are no pages to come back to."""
    if "HX-Request" in request.headers:
        seen = request.headers.get("HX-Current-URL", "")
    elif request.method in ("GET", "HEAD"):
        return request.get_full_path()
    else:
        seen = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(seen, {request.get_host()}):
        return reverse("home")
    parts = urlsplit(seen)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def enter(request: HttpRequest, slug: str) -> None:
    """Put the place and what the person may do there on the request; 404 where they are nothing there."""
    found = Place.objects.filter(slug=slug).first()
    access = request.user.access(found) if found and isinstance(request.user, Person) else NOBODY
    if found is None or not access.roles:
        raise Http404
    request.place = found  # type: ignore[attr-defined]
    request.access = access  # type: ignore[attr-defined]
