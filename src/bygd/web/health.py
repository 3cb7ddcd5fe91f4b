"""Health: whether this process lives, and whether it can do its work; says nothing of anybody's data."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from bygd.web.people.gate import open_to_all


@open_to_all
@require_safe
def live(_request: HttpRequest) -> JsonResponse:
    """That it answers."""
    return _told({"live": True})


@open_to_all
@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """That it can be sent requests: the database answers, and the folder of its own can be written to. Else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        has_database = True
    except DatabaseError:
        has_database = False
    found = {"database": has_database, "state": _is_writable()}
    return _told(found | {"ready": all(found.values())}, 200 if all(found.values()) else 503)


def _is_writable() -> bool:
    probe = settings.STATE / ".health"
    try:
        probe.touch()
        probe.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _told(content: dict[str, bool], status: int = 200) -> JsonResponse:
    answer = JsonResponse(content, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
