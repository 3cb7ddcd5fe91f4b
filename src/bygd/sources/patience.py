"""How any server is met: who we say we are, which addresses are spoken to, and how long is waited for a busy one."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx2 as httpx

import bygd
from bygd.sources.errors import InputError

AGENT = f"bygd/{bygd.__version__} (community wealth building; downloads open registers)"
MAX_WAIT = 300.0
"""Longest wait a server may ask for, in seconds; beyond it the person is told to come back."""
ATTEMPTS = 6
TIMEOUT = httpx.Timeout(30.0, read=120.0)
TOO_MANY = 429
BUSY = {TOO_MANY, 503}
PASSING = {500, 502, 504}
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class Again(Exception):
    """The attempt failed in a way that may pass; `wait` is what the server asked for."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


class Asked(Again):
    """The server answers and asks to wait: no failure, however often it does."""


class Away(InputError):
    """The server asks to come back later than we wait for."""


def backoff(error: Exception) -> bool | float:
    """Whether to try again, for stamina: so many seconds later where the server said, else as ever."""
    if not isinstance(error, Again):
        return False
    return error.wait if error.wait is not None else True


def check_address(address: str) -> None:
    """Raise InputError for anything but https, or plain http to this machine."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise InputError("{address} is not fetched: only addresses that begin with https:// are.", address=address)


def check_busy(address: str, response: httpx.Response) -> None:
    """Raise Asked where the server asks to wait, Again where it failed; Away where it asks for more than we have."""
    status = response.status_code
    if status in BUSY:
        wait = retry_after(response)
        if wait is not None and wait > MAX_WAIT:
            raise Away(
                "{address} is busy and asks to come back in {minutes} minutes. Do so.",
                address=address,
                minutes=round(wait / 60),
            )
        is_asked = status == TOO_MANY or wait is not None
        raise (Asked if is_asked else Again)(f"the server is busy ({status})", wait)
    if status in PASSING:
        raise Again(f"the server failed ({status})")


def retry_after(response: httpx.Response) -> float | None:
    """Seconds the server asks to wait, given as seconds or as a date; None where it does not say."""
    value = response.headers.get("retry-after", "").strip()
    if value.isdigit():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None
