"""Bounds: the range that chance leaves each of the places a profile speaks of, in one indicator."""

from bygd.tools import place as tool
from bygd.workbench.place.profile import Profile
from bygd.workbench.place.reading import base_of


def bounds(profile: Profile, indicator: str) -> dict[str, tuple[float, float]]:
    """The interval of what it lies in and of its peers, by area; none where it is not known what a value rests on."""
    one = profile.readings.catalogue[indicator]
    found = {}
    for id in (*(area.area_id for area in profile.around), *(peer.area_id for peer in profile.peers.peers)):
        read = profile.readings.latest(id, indicator)
        if read is None or read.value is None:
            continue
        ends = tool.interval(read.value, one.unit, base_of(profile.readings, id, one, read.period))
        if ends is not None:
            found[id] = ends
    return found
