"""Dated values for people: which hold on a day, and which need checking."""

from collections.abc import Iterator
from datetime import date

from bygd import parameters
from bygd.countries import load
from bygd.countries.pack import FOLDER
from bygd.sources.errors import InputError
from bygd.tools import social_value


def show(country: str, topic: str, day: date) -> Iterator[str]:
    """Lines that say each value of the topic on that day, where it stands and whether it was read there."""
    found = load(country).rule(topic)
    if not found:
        known = sorted({name for pack in load(country).lineage() for name in parameters.topics(pack.folder)})
        raise InputError(
            "No values are known for '{topic}' in {country}. Known topics: {known}.",
            topic=topic,
            country=country,
            known=known,
        )
    for key, parameter in found.items():
        value = parameter.on(day)
        if value is None:
            yield f"{key}: unknown on {day}"
        elif not value.known:
            yield f"{key}: not known since {value.since} — to be read in: {value.source.said('en')}"
        elif value.value is None:
            yield f"{key}: abolished since {value.since} — {value.source.said('en')}"
        else:
            mark = "" if value.verified else "  [not verified]"
            unit = "" if parameter.unit == parameters.STANDING else f" {parameter.unit}"
            yield f"{key}: {value.value}{unit} since {value.since} — {value.source.said('en')}{mark}"


def stale(older_than: int, today: date) -> Iterator[str]:
    """Lines that name the values and policies whose source was not read for that many days."""
    for found in parameters.stale(FOLDER, older_than, today):
        yield str(found)
    for policy in social_value.shipped().values():
        for one in policy.editions:
            days = (today - one.checked).days if one.checked else None
            if days is None or days > older_than:
                read_on = f"read {one.checked}, {days} days ago" if one.checked else "never read"
                yield f"{one.policy}: {one.name} — source {read_on}"
