"""Version 1 of the API: what it is made of, and how it describes itself."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.openapi.schema import OpenAPISchema

from bygd.sources.errors import InputError
from bygd.vocabulary.said import Said
from bygd.web.api import contracts, decisions, money, owners, places, seats, suppliers, work
from bygd.web.api.callers import Bearer
from bygd.web.api.often import Often
from bygd.web.api.problems import MEDIA, Problem, ProblemDetails, fault, problem
from bygd.web.pages.older import Unreadable
from bygd.workbench.snapshot import Earlier

ABOUT = """
The same answers as in the browser, for programs, by the same rights: an anchor's rows are for its members,
figures of all institutions together are for everybody who works in the place, with small cells withheld. Make a
token on the page of your account and send it as `Authorization: Bearer …`. Errors are told as RFC 9457 has it.
"""
ROOT = "/api/v1/"
PROBLEMS = {
    400: "A body that cannot be read",
    401: "No token, or one that is not good any more",
    403: "Not for this person, or not with this token",
    404: "Nothing there, or not for this person",
    409: "Not possible as things stand",
    410: "A snapshot of an earlier version, which cannot be told any more",
    413: "Too large",
    415: "A body of another kind than described",
    422: "Something sent is not as described; `errors` says what",
    429: "Too many requests",
}


class Api(NinjaAPI):
    """Describes, beside what operations say of themselves, the problems that all of them may answer."""

    def get_root_path(self, path_params: dict[str, Any]) -> str:
        """Where the operations stand."""
        return ROOT

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """OpenAPI 3.1."""
        schema = super().get_openapi_schema(**options)
        schema["components"]["schemas"]["ProblemDetails"] = ProblemDetails.json_schema()
        content = {MEDIA: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}
        for methods in schema["paths"].values():
            for operation in methods.values():
                told = operation["responses"]
                for status, description in PROBLEMS.items():
                    if status not in (401, 403) or operation.get("security"):
                        told.setdefault(status, {"description": description, "content": content})
                for parameter in operation["parameters"]:
                    parameter["schema"] = _without_null(parameter["schema"])
        return schema


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter that may be left out is not null when it is there."""
    kinds = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    if len(kinds) != 1:
        return schema
    return {**{key: value for key, value in schema.items() if key not in ("anyOf", "default")}, **kinds[0]}


often = Often(settings.API_MOST)
api = Api(
    title="bygd",
    version="1",
    description=ABOUT.strip(),
    urls_namespace="api-1",
    docs_url=None,
    openapi_url=None,
    auth=Bearer(),
    throttle=often,
)
for part in (places, money, suppliers, decisions, seats, owners, contracts, work):
    api.add_router("", part.router)
api.add_router("", places.outside, auth=None)


def _problem(_request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status, error.detail)


def _invalid(_request: HttpRequest, error: Any) -> HttpResponse:
    told = [{"where": [str(part) for part in one["loc"]], "what": str(one["msg"])} for one in error.errors]
    return problem(422, Said("Something that was sent is not as the API describes it."), told)


def _http(_request: HttpRequest, error: Any) -> HttpResponse:
    own = {400: Said("The body is no JSON, or no form. Check it.")}
    return problem(error.status_code, own.get(error.status_code, ""))


def _refused(_request: HttpRequest, error: Any) -> HttpResponse:
    return problem(409, error.said)


def _gone(_request: HttpRequest, error: Any) -> HttpResponse:
    return problem(410, error.said)


def _fault(request: HttpRequest, error: Any) -> HttpResponse:
    if settings.DEBUG:
        raise error
    return fault(request, error)


api.add_exception_handler(Problem, _problem)
api.add_exception_handler(ValidationError, _invalid)
api.add_exception_handler(AuthenticationError, _http)
api.add_exception_handler(Throttled, _http)
api.add_exception_handler(HttpError, _http)
api.add_exception_handler(Http404, lambda _request, _error: problem(404))
api.add_exception_handler(InputError, _refused)
api.add_exception_handler(Unreadable, _gone)
api.add_exception_handler(Earlier, _gone)
api.add_exception_handler(Exception, _fault)
