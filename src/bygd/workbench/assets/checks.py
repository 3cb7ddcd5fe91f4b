"""Checks: what is wrong with an asset, whoever enters it and however."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bygd.vocabulary.mapping import AssetLayer
from bygd.vocabulary.said import N_, Said

A_WEEK = Decimal(168)
LENGTHS = {"name": 200, "place_name": 200, "owner": 200, "used_by": 500, "note": 2000, "source": 300}

NO_NAME = N_("It has no name. Say what it is called.")
TOO_LONG = N_("The text has more than {most} signs. Shorten it.")
HALF_A_PLACE = N_("Only one of longitude and latitude is there. Give both, or neither.")
NO_PLACE = N_(
    "Longitude {longitude} and latitude {latitude} are no place on earth. Are they in degrees, east and north?"
)
NO_HOURS = N_("{hours} hours are not within a week. Write 0 to 168.")
FUTURE = N_("{day} is yet to come. Write the day on which somebody last saw it.")
SORT_OF_NONE = N_("Only organisations are of a sort. Leave it empty here.")


def problems(row: Mapping[str, Any], today: date) -> Iterator[tuple[str, Said]]:
    """What is wrong with the values of an asset: the column, and what to do about it."""
    if not row.get("name"):
        yield "name", Said(NO_NAME)
    for name, most in LENGTHS.items():
        if len(row.get(name) or "") > most:
            yield name, Said(TOO_LONG, most=most)
    longitude, latitude = row.get("longitude"), row.get("latitude")
    if (longitude is None) != (latitude is None):
        yield "latitude" if latitude is None else "longitude", Said(HALF_A_PLACE)
    elif longitude is not None and latitude is not None and not (abs(longitude) <= 180 and abs(latitude) <= 90):
        yield "latitude", Said(NO_PLACE, longitude=str(longitude), latitude=str(latitude))
    hours = row.get("hours_unused")
    if hours is not None and not 0 <= hours <= A_WEEK:
        yield "hours_unused", Said(NO_HOURS, hours=hours)
    if row.get("last_seen") and row["last_seen"] > today + timedelta(days=1):
        yield "last_seen", Said(FUTURE, day=str(row["last_seen"]))
    if row.get("sort") and row.get("layer") != AssetLayer.ORGANISATION:
        yield "sort", Said(SORT_OF_NONE)
