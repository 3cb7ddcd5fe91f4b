"""Addresses: a page's whole address, as people and programs outside reach it."""

from django.conf import settings
from django.http import HttpRequest


def whole(request: HttpRequest, path: str) -> str:
    """The configured address before a path; where none is set, what the browser asked for."""
    return f"{settings.ADDRESS}{path}" if settings.ADDRESS else request.build_absolute_uri(path)
