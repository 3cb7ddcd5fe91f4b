"""Counting: how often something was done within a while, counted by all processes together."""

import time

from django.core.cache import cache
from django.utils.crypto import salted_hmac

SALT = "bygd.counting"
A_DAY = 24 * 3600


def counted(what: str, seconds: int) -> int:
    """How often that was done within so many seconds from the first time, this time included; then it begins anew.

    What it was is kept as a fingerprint that nobody can read backwards, which is another every day and gone after those
    seconds. Two at the very same moment may count as one.
    """
    now = time.time()
    said = f"{now // A_DAY:.0f} {what}"
    key = f"often:{salted_hmac(SALT, said, algorithm='sha256').hexdigest()[:32]}"
    number, ends = cache.get(key) or (0, now + seconds)
    # Not `incr`, which would have the cache forget a count after its own five minutes, however many seconds are meant.
    cache.set(key, (number + 1, ends), max(1.0, ends - now))
    return int(number) + 1
