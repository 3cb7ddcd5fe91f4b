"""Place: an area and the nested rings around it."""

from dataclasses import dataclass

from bygd.engine import Engine
from bygd.engine.dialect import literal
from bygd.sources.errors import InputError
from bygd.vocabulary.words import Ring

RINGS = tuple(ring for ring in Ring if ring is not Ring.UNKNOWN)
"""The rings, smallest first."""

WORLD = "world"


@dataclass(frozen=True)
class Place:
    """The area a project is about.

    `rings` pairs each ring with the area it is: from the area itself out to the world. A place
    that is a county has no ring 'municipality'; only one that is a neighbourhood has the ring of
    that name.
    """

    area_id: str
    name: str
    country: str
    rings: tuple[tuple[Ring, str], ...]

    def within(self, ring: Ring) -> tuple[Ring, ...]:
        """The rings that lie inside that ring, itself included."""
        return RINGS[: RINGS.index(ring) + 1]


def place(engine: Engine, area_id: str, name: str | None = None) -> Place:
    """The place with that area as its innermost ring, by climbing `areas` to the country.

    Raises InputError where no file of areas or postcodes that was read knows the area.
    """
    country = area_id.partition(":")[0]
    rings: list[tuple[Ring, str]] = []
    found_name = ""
    step: str | None = area_id
    while step:
        area = _area(engine, step)
        if area is None:
            break
        ring = Ring(area["level"])
        if rings and RINGS.index(ring) <= RINGS.index(rings[-1][0]):
            raise InputError(
                "Area {area} lies in {step} ({ring}), which is not larger. Mend the areas.",
                area=rings[-1][1],
                step=step,
                ring=ring,
            )
        found_name = found_name or area["name"]
        rings.append((ring, step))
        step = area["parent_id"]
    if not rings and area_id != country:
        raise _not_found(engine, area_id)
    known = {ring for ring, _ in rings}
    if Ring.COUNTRY not in known:
        rings.append((Ring.COUNTRY, country))
    if Ring.WORLD not in known:
        rings.append((Ring.WORLD, WORLD))
    return Place(area_id, name or found_name or area_id, country, tuple(rings))


def _area(engine: Engine, area_id: str) -> dict[str, str] | None:
    found = engine.rows(f"SELECT level, name, parent_id FROM areas WHERE area_id = {literal(area_id)}")
    return found[0] if found else None


def _not_found(engine: Engine, area_id: str) -> InputError:
    near = engine.rows(
        """SELECT area_id, name FROM areas WHERE level = 'municipality'
           ORDER BY LEVENSHTEIN(area_id, ?), area_id LIMIT 3""",
        area_id,
    )
    if not near:
        return InputError(
            "There is no area {area}: no file with areas was read. "
            "Add a postcode file, for example with `bygd add postcodes FILE`.",
            area=area_id,
        )
    return InputError(
        "There is no area {area} in the postcode files that were read. Codes most like it: {near}.",
        area=area_id,
        near=[f"{one['area_id']} ({one['name']})" for one in near],
    )
