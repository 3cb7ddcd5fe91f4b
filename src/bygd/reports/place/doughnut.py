"""The doughnut of a place: social foundation inside, ecological ceiling outside; missing is shown as missing.

The dimensions are those of Kate Raworth's doughnut, twelve and nine. Four lenses tell which is of here and which of the
world: indicators of what happens elsewhere belong to the global ones.
"""

from collections.abc import Mapping
from typing import Any

from bygd.reports.charts.theme import HATCHED
from bygd.reports.grid import Grid, Head, Kind
from bygd.reports.place.rings import BAD, GOOD, MIDDLE, Sector, legend, listed, marks, names, numbers, picture, text
from bygd.reports.place.scoring import Standing, by_dimension
from bygd.reports.translate import Translator
from bygd.vocabulary.place_words import ECOLOGICAL, SOCIAL, Aspect, Dimension, Lens

WIDTH, HEIGHT, MIDST = 760, 576, 270
SOCIAL_INNER, SOCIAL_OUTER, CEILING_INNER, CEILING_OUTER = 60, 140, 160, 225


def doughnut(profile: Any, translate: Translator) -> dict[str, Any]:
    """The picture: each dimension filled by how many of its indicators are better, alike, worse or missing."""
    found = by_dimension(profile)
    middle = (WIDTH / 2, MIDST)
    inner = [_sector(dimension, found[dimension], translate) for dimension in SOCIAL]
    outer = [_sector(dimension, found[dimension], translate) for dimension in ECOLOGICAL]
    inside = (
        marks(outer, CEILING_INNER, CEILING_OUTER, middle)
        + marks(inner, SOCIAL_INNER, SOCIAL_OUTER, middle)
        + names(outer, CEILING_OUTER + 14, middle, size=14)
        + names(inner, (SOCIAL_INNER + SOCIAL_OUTER) / 2 + 2, middle, size=10)
        .replace('text-anchor="start"', 'text-anchor="middle"')
        .replace('text-anchor="end"', 'text-anchor="middle"')
        .replace("<text ", '<text paint-order="stroke" stroke="#ffffff" stroke-width="2.5" ')
        + text(profile.area.name, middle[0], middle[1] + 4, size=13, bold=True)
        + legend(key(translate), 4, HEIGHT - 76)
    )
    title = translate("The doughnut of {place}", place=profile.area.name)
    return picture(inside, WIDTH, HEIGHT, title, description(found, translate))


def narrow(profile: Any, translate: Translator) -> dict[str, Any]:
    """The same for a telephone: numbers beside the rings, names below."""
    found, middle = by_dimension(profile), (180.0, 178.0)
    inner = [_sector(dimension, found[dimension], translate) for dimension in SOCIAL]
    outer = [_sector(dimension, found[dimension], translate) for dimension in ECOLOGICAL]
    inside = (
        marks(outer, 118, 158, middle)
        + marks(inner, 40, 96, middle)
        + numbers(inner, 107, middle)
        + numbers(outer, 168, middle, first=len(inner) + 1)
        + legend(key(translate), 4, 364)
        + listed(inner, 0, 462)
        + listed(outer, 176, 462, first=len(inner) + 1)
    )
    title = translate("The doughnut of {place}", place=profile.area.name)
    return picture(inside, 360, 745, title, description(found, translate))


def holds(indicator: Any) -> bool:
    """Whether the picture has a dimension for that indicator."""
    return indicator.dimension is not None


def key(translate: Translator) -> list[tuple[str, str]]:
    """What the colours mean."""
    return [
        (GOOD, translate("better than the country")),
        (MIDDLE, translate("as the country, within chance")),
        (BAD, translate("worse than the country")),
        (HATCHED, translate("not known")),
    ]


def description(found: Mapping[Dimension, Standing], translate: Translator) -> str:
    """The picture in words."""
    return "; ".join(f"{translate.word(dimension)}: {told(one, translate)}" for dimension, one in found.items())


def told(one: Standing, translate: Translator) -> str:
    """How one dimension or theme stands, in words; what is missing is said first where nothing is told."""
    if not one.told:
        return translate("not known")
    text = translate(
        "{better} better, {alike} alike, {worse} worse", better=one.better, alike=one.alike, worse=one.worse
    )
    return f"{text}, {translate('{number} not known', number=one.missing)}" if one.missing else text


def table(profile: Any, translate: Translator) -> Grid:
    """The picture as a table: each dimension with its indicators by lens."""
    found = by_dimension(profile)
    lenses = _lenses(profile)
    rows = [
        (
            translate.word(dimension),
            found[dimension].better,
            found[dimension].alike,
            found[dimension].worse,
            found[dimension].missing,
            ", ".join(translate.word(lens) for lens in Lens if dimension in lenses[lens]),
        )
        for dimension in Dimension
    ]
    heads = (
        Head(translate("Dimension"), is_row_head=True),
        Head(translate("Better"), Kind.NUMBER),
        Head(translate("Alike"), Kind.NUMBER),
        Head(translate("Worse"), Kind.NUMBER),
        Head(translate("Not known"), Kind.NUMBER),
        Head(translate("Lenses with a value")),
    )
    return Grid(translate("The doughnut of {place}", place=profile.area.name), heads, rows)


def _lenses(profile: Any) -> dict[Lens, set[Dimension]]:
    """Which dimensions have a value, by lens of the city portrait: what happens elsewhere is global."""
    found: dict[Lens, set[Dimension]] = {lens: set() for lens in Lens}
    for one in profile.shown:
        dimension = one.indicator.dimension
        if one.value is None or dimension is None:
            continue
        is_global = one.indicator.aspect is Aspect.ELSEWHERE
        if dimension in SOCIAL:
            found[Lens.GLOBAL_SOCIAL if is_global else Lens.LOCAL_SOCIAL].add(dimension)
        else:
            found[Lens.GLOBAL_ECOLOGICAL if is_global else Lens.LOCAL_ECOLOGICAL].add(dimension)
    return found


def _sector(dimension: Dimension, one: Standing, translate: Translator) -> Sector:
    return Sector(translate.word(dimension), one.better, one.alike, one.worse, one.missing)
