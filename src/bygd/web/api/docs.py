"""The page that describes the API: plain, of the same OpenAPI that programs read, with nothing from elsewhere."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bygd.web.api.v1 import api
from bygd.web.people.gate import open_to_all


@open_to_all
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Every operation with its parameters, its body and its answers."""
    return render(request, "api.html", {"groups": groups(), "about": api.description})


@cache
def groups() -> dict[str, list[dict[str, Any]]]:
    """Operations by what they are about, in the order of their declaration."""
    schema = api.get_openapi_schema()
    shapes = schema["components"]["schemas"]
    found: dict[str, list[dict[str, Any]]] = {}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            told = operation["responses"]
            found.setdefault(operation["tags"][0], []).append(
                {
                    "id": operation["operationId"],
                    "method": method.upper(),
                    "path": path,
                    "about": operation.get("description", ""),
                    "parameters": [
                        {
                            "name": one["name"],
                            "type": kind(one["schema"], shapes),
                            "about": one["schema"].get("description", ""),
                        }
                        for one in operation["parameters"]
                        if one["in"] == "query"
                    ],
                    "body": _fields(_of(operation.get("requestBody", {})), shapes),
                    "answer": _fields(_of(next(iter(told.values()))), shapes),
                    "media": list(next(iter(told.values())).get("content", {})),
                    "needs_token": bool(operation.get("security")),
                }
            )
    return found


def _of(described: dict[str, Any]) -> dict[str, Any]:
    """The schema of a body or an answer; that of JSON where there are several."""
    content = described.get("content", {})
    for one in content.values():
        schema: dict[str, Any] = one["schema"]
        return schema
    return {}


def _fields(schema: dict[str, Any], shapes: dict[str, Any]) -> list[dict[str, str]]:
    """The fields of a schema, those of listed rows among them."""
    schema = _resolved(schema, shapes)
    if schema.get("type") == "array":
        return _fields(schema["items"], shapes)
    found = []
    for name, field in schema.get("properties", {}).items():
        inner = _resolved(field, shapes)
        found.append({"name": name, "type": kind(field, shapes), "about": field.get("description", "")})
        if inner.get("type") == "array":
            items = _resolved(inner["items"], shapes)
            found += [{**one, "name": f"{name}[].{one['name']}"} for one in _fields(items, shapes)]
    return found


def kind(schema: dict[str, Any], shapes: dict[str, Any]) -> str:
    """What a value is, in a few words."""
    if "anyOf" in schema:
        return " or ".join(kind(one, shapes) for one in schema["anyOf"])
    schema = _resolved(schema, shapes)
    if "enum" in schema:
        return ", ".join(map(str, schema["enum"]))
    if schema.get("type") == "array":
        return f"list of {kind(schema['items'], shapes)}"
    return str(schema.get("format") or schema.get("type") or "any")


def _resolved(schema: dict[str, Any], shapes: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = shapes[schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema
    return found
