"""The wheel of broad prosperity: here and now by theme, later by capital, elsewhere, and how it is shared."""

from typing import Any

from bygd.reports.grid import Grid, Head, Kind
from bygd.reports.place.doughnut import key, told
from bygd.reports.place.rings import Sector, legend, marks, names, picture, text
from bygd.reports.place.scoring import Standing, by_aspect
from bygd.reports.translate import Translator
from bygd.vocabulary.place_words import Aspect, Theme

INNER, OUTER = 70, 200
WIDTH, HEIGHT, MIDST = 720, 516, 240
THEMES = tuple(theme for theme in Theme if theme not in (Theme.POPULATION, Theme.ENTERPRISE))
"""The eight themes of here and now."""


def parts(profile: Any, translate: Translator) -> list[tuple[str, Standing]]:
    """The sectors with how they stand: eight themes of here and now, four capitals, elsewhere, distribution."""
    found = by_aspect(profile)
    now = [(translate.word(theme), found.get((Aspect.NOW, theme), Standing())) for theme in THEMES]
    rest = [
        (translate.word(aspect), found.get((aspect, None), Standing())) for aspect in Aspect if aspect != Aspect.NOW
    ]
    return [*now, *rest]


def wheel(profile: Any, translate: Translator) -> dict[str, Any]:
    """The picture; a sector of which nothing is known is hatched whole."""
    listed = parts(profile, translate)
    sectors = [Sector(name, one.better, one.alike, one.worse, one.missing) for name, one in listed]
    middle = (WIDTH / 2, MIDST)
    inside = (
        marks(sectors, INNER, OUTER, middle)
        + names(sectors, OUTER + 14, middle, size=14)
        + text(profile.area.name, middle[0], middle[1] + 4, size=14, bold=True)
        + legend(key(translate), 4, HEIGHT - 72)
    )
    title = translate("Broad prosperity in {place}", place=profile.area.name)
    words = "; ".join(f"{name}: {told(one, translate)}" for name, one in listed)
    return picture(inside, WIDTH, HEIGHT, title, words)


def table(profile: Any, translate: Translator) -> Grid:
    """The picture as a table."""
    heads = (
        Head(translate("Part of broad prosperity"), is_row_head=True),
        Head(translate("Better"), Kind.NUMBER),
        Head(translate("Alike"), Kind.NUMBER),
        Head(translate("Worse"), Kind.NUMBER),
        Head(translate("Not known"), Kind.NUMBER),
    )
    rows = [(name, one.better, one.alike, one.worse, one.missing) for name, one in parts(profile, translate)]
    return Grid(translate("Broad prosperity in {place}", place=profile.area.name), heads, rows)
