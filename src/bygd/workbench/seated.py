"""Seated: what a decision on a seat, a branch or an owner must say, beyond what its single cells tell."""

import re
from collections.abc import Mapping
from typing import Any

from bygd.sources.errors import InputError
from bygd.vocabulary.said import N_

AREA = re.compile(r"[a-z]{2}(:\S+)?")


NO_EVIDENCE = N_("has nothing under 'evidence'. Say where it is said, so that others can look.")


def check_kind(row: Mapping[str, Any]) -> None:
    """Raise InputError where a row of `class_decisions` says a kind and no source. As `check`."""
    if row["kind"] and not row["evidence"]:
        raise InputError(NO_EVIDENCE)


def check(row: Mapping[str, Any]) -> None:
    """Raise InputError where a row of `seat_decisions` says both an area and a postcode, no area at all, or no source.

    The message begins with a verb: who calls says which line it is about.
    """
    area, postcode = row["area_id"], row["postcode"]
    if area and postcode:
        raise InputError(
            "says both the area '{area}' and the postcode '{postcode}'. Leave one of the two empty.",
            area=area,
            postcode=postcode,
        )
    if area and not AREA.fullmatch(area):
        raise InputError(
            "has '{area}' under 'area_id', which is no area. Write the country in two small letters, a colon and the "
            "official code, or the two letters alone.",
            area=area,
        )
    if postcode and not any(sign.isdigit() for sign in postcode):
        raise InputError("has '{postcode}' under 'postcode', which is none.", postcode=postcode)
    if (area or postcode) and not row["evidence"]:
        raise InputError(NO_EVIDENCE)
