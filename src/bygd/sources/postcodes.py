"""Postcodes: as people write them, where registers keep them without blanks."""

import re
from functools import cache

from bygd.sources.conventions import Conventions


def written(postcode: str | None, conventions: Conventions) -> str | None:
    """A postcode with the blank that its country puts before the tail; any other text as it stands."""
    tail = conventions.postcode_tail
    if not postcode or not tail or not _whole(conventions.postcode_pattern).fullmatch(postcode):
        return postcode
    bare = postcode.replace(" ", "")
    return f"{bare[:-tail]} {bare[-tail:]}"


@cache
def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern or "$^", re.IGNORECASE)
