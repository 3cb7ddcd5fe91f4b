"""Templating: what every template may use."""

from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from jinja2 import Environment, StrictUndefined

import bygd
from bygd.reports.industries import industry
from bygd.reports.translate import N_
from bygd.web import gathered
from bygd.web.people.rights import Access
from bygd.web.people.words import Right


def environment(**options: Any) -> Environment:
    """The environment of the web's templates: strict about names, escaping everything."""
    options |= {"undefined": StrictUndefined, "autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**options)  # noqa: S701 — autoescape is set above
    from bygd.web.people import written  # models, which are there only when all apps are

    made.globals |= {
        "moment": written.moment,
        "role": written.role,
        "person_name": written.name,
        "mail_of": written.mail_of,
        "granted": written.granted,
        "own_login": written.own_login,
    }
    made.globals |= {"url": url, "static": static, "languages": settings.LANGUAGES, "version": bygd.__version__}
    made.globals |= {"local_time": timezone.localtime, "industry": industry, "is_alone": is_alone}
    return made


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named page."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def is_alone() -> bool:
    """Whether nobody but this machine reaches the web, so that addresses given to others would lead them nowhere."""
    return not settings.ADDRESS


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """What stands in every page: the language, whose page it is, what the person may do, messages to show once."""
    return {
        "_": request.translate,  # type: ignore[attr-defined]
        "language": request.language,  # type: ignore[attr-defined]
        "person": request.user if request.user.is_authenticated else None,
        "place": getattr(request, "place", None),
        "access": getattr(request, "access", None),
        "said": get_messages(request),
        "path": request.path,
        "menu": menu,
        "help_here": help_here(request),
    }


def help_here(request: HttpRequest) -> str:
    """The name of the page of help about this one; empty where there is none."""
    from bygd.web.pages import docs  # the pages of help are read when the first of them is asked for

    match = request.resolver_match
    return docs.about(match.url_name if match else None)


MENU = (
    ("start", N_("Start"), Right.SEE_POOL),
    ("place", N_("The place"), Right.SEE_POOL),
    ("money", N_("Money"), Right.SEE_POOL),
    ("procurement", N_("Procurement"), Right.SEE_POOL),
    ("plan", N_("Plan"), Right.SEE_POOL),
    ("inputs", N_("Files"), Right.SEE_POOL),
    ("builds", N_("Builds"), Right.SEE_POOL),
    ("snapshots", N_("Snapshots"), Right.SEE_POOL),
    ("review", N_("Review"), Right.REVIEW),
    ("suppliers", N_("Suppliers"), Right.SEE_ROWS),
    ("organisations", N_("Organisations"), Right.SEE_POOL),
    ("people", N_("People"), Right.SEE_PEOPLE),
    ("log", N_("Log"), Right.MANAGE_PEOPLE),
)
"""Name of the page, label, and the right it asks for."""


def menu(access: Access) -> list[tuple[str, str]]:
    """The pages this person may open, with their labels."""
    return [(name, label) for name, label, right in MENU if access.may(right)]


@cache
def static(path: str) -> str:
    """The address of a file that comes with the web; it changes when the file does."""
    return gathered.address(path)
