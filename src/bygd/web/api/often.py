"""Often: how many requests a minute a caller may make, counted by all processes together."""

import random
import threading
import time
from collections import Counter

from django.core.cache import cache
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from bygd.web.network import address_of

SLOTS = 64
"""Each process tells its counts in a slot of its own. Two that draw the same one do not see each other's."""

SHARED = 20
"""A process tells what it counted so many times before the limit is reached, rather than at every request."""

MINUTE = 60


class Often(BaseThrottle):
    """So many requests a minute for each person; without a token for each address.

    Processes tell each other through the cache that they share, so the limit may be passed by a twentieth of it for
    each further process.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.slot = random.SystemRandom().randrange(SLOTS)
        self._minute = 0
        self._asked: Counter[str] = Counter()
        self._elsewhere: dict[str, int] = {}
        self._guard = threading.Lock()

    def allow_request(self, request: HttpRequest) -> bool:
        """Whether whoever asks may ask once more within this minute."""
        caller = getattr(request, "auth", None)
        return self.allows(str(caller.person.pk) if caller else f"at {address_of(request)}")

    def allows(self, who: str) -> bool:
        """Whether that caller may ask once more. Counts the request."""
        minute = int(time.time() // MINUTE)
        with self._guard:
            if minute != self._minute:
                self._minute, self._asked, self._elsewhere = minute, Counter(), {}
            self._asked[who] += 1
            own = self._asked[who]
        if own <= self.most and own % max(1, self.most // SHARED) == 0:
            elsewhere = self._share(who, minute, own)
            with self._guard:
                self._elsewhere[who] = elsewhere
        return own + self._elsewhere.get(who, 0) <= self.most

    def wait(self) -> float:
        """Seconds until the next minute."""
        return MINUTE - time.time() % MINUTE

    def _share(self, who: str, minute: int, own: int) -> int:
        """Tell the others what was counted here; gives what they counted."""
        keys = {slot: f"api:{minute}:{slot}:{who}".replace(" ", "-") for slot in range(SLOTS)}
        cache.set(keys.pop(self.slot), own, 2 * MINUTE)
        return sum(cache.get_many(keys.values()).values())
