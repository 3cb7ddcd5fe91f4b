"""Languages: which of the three a request is answered in."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from bygd.reports import Translator

COOKIE = "language"
SPOKEN = tuple(code for code, _name in settings.LANGUAGES)
PACKAGE = "bygd.web"


class Languages:
    """Puts `request.language` and `request.translate` on every request.

    The address decides (`?lang=sv`), then what the person chose, then the cookie, then the browser.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language of the request."""
        language = of(request)
        request.language = language  # type: ignore[attr-defined]
        request.translate = Translator(language, PACKAGE)  # type: ignore[attr-defined]
        with translation.override(language):  # Django's own messages
            response = self.answer(request)
        response.headers.setdefault("Content-Language", language)
        return response


def spoken() -> Translator:
    """The translator of the request that is being answered, for what is not given the request; English outside one."""
    language = translation.get_language() or ""
    return Translator(language if language in SPOKEN else "en", PACKAGE)


def of(request: HttpRequest) -> str:
    """The language of a request: sv, nl or en."""
    wished = (
        request.GET.get("lang", ""),
        getattr(request.user, "language", ""),
        request.COOKIES.get(COOKIE, ""),
        translation.get_language_from_request(request),
    )
    return next((code for code in wished if code in SPOKEN), settings.LANGUAGE_CODE)
