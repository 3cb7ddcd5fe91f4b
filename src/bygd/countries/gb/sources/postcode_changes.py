"""The postcode directory, and people by postcode → what became of LSOA and MSOA, shared by residents or postcodes."""

import re
from collections.abc import Sequence
from pathlib import Path

from bygd.countries.gb.sources import onspd
from bygd.engine import DuckEngine
from bygd.sources.errors import InputError
from bygd.sources.statistics import people
from bygd.sources.statistics.divisions import Correspondence, shared
from bygd.vocabulary.place_words import Level

BOTH = (re.compile(r"lsoa11(cd)?", re.IGNORECASE), re.compile(r"lsoa21(cd)?", re.IGNORECASE))
OLDER, NEWER = "2011", "2021"
RESIDENTS, POSTCODES = "residents by postcode", "postcodes in use"


def recognises(names: list[str]) -> bool:
    """Whether a header is that of a directory with the areas of both censuses."""
    return all(any(form.fullmatch(name) for name in names) for form in BOTH)


def read(engine: DuckEngine, paths: Sequence[Path]) -> list[Correspondence]:
    """From the areas of 2011 to those of 2021, lower and middle layer. The second file, if there is one, is of people.

    A postcode lies in one area of each census, so the shares are as fine as postcodes are. Without people each postcode
    in use counts alike. Raises InputError for a directory without the areas of both.
    """
    onspd.places(engine, [paths[0]], "places")
    basis, weight, join = POSTCODES, "n.weight", ""
    if len(paths) > 1:
        people.gather(engine, paths[1], "people")
        basis, weight = RESIDENTS, "COALESCE(b.weight, 0)"
        join = "LEFT JOIN people AS b ON b.postcode = n.postcode"
    found = []
    for level in (Level.SMALL_AREA, Level.DISTRICT):
        rows = engine.rows(
            f"""SELECT o.code AS old, n.code AS new, CAST(SUM({weight}) AS DOUBLE) AS weight
            FROM places AS o JOIN places AS n ON n.postcode = o.postcode AND n.level = o.level {join}
            WHERE o.level = '{level.value}' AND o.vintage = '{OLDER}' AND n.vintage = '{NEWER}' GROUP BY 1, 2"""
        )
        pairs = shared({(row["old"], row["new"]): float(row["weight"]) for row in rows})
        if pairs:
            source = "Office for National Statistics: Postcode Directory"
            found.append(Correspondence(level, OLDER, NEWER, pairs, False, basis, source))
    if not found:
        raise InputError(
            "{file} does not tell the areas of both censuses. Take an edition with lsoa11 and lsoa21.",
            file=paths[0].name,
        )
    return found
