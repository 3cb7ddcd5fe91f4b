"""The wheel of broad prosperity: here and now by theme, later by capital, elsewhere, and how it is shared."""

from typing import Any

from bygd.reports.grid import Grid, Head, Kind
from bygd.reports.place.doughnut import key, told
from bygd.reports.place.rings import Sector, legend, listed, marks, names, numbers, picture, text
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


def holds(indicator: Any) -> bool:
    """Whether the picture has a part for that indicator."""
    return indicator.aspect is not Aspect.NOW or indicator.theme in THEMES


def wheel(profile: Any, translate: Translator) -> dict[str, Any]:
    """The picture; a sector of which nothing is known is hatched whole."""
    sectors, middle = _sectors(profile, translate), (WIDTH / 2, MIDST)
    inside = (
        marks(sectors, INNER, OUTER, middle)
        + names(sectors, OUTER + 14, middle, size=14)
        + text(profile.area.name, middle[0], middle[1] + 4, size=14, bold=True)
        + legend(key(translate), 4, HEIGHT - 72)
    )
    return _picture(inside, WIDTH, HEIGHT, profile, translate)


def narrow(profile: Any, translate: Translator) -> dict[str, Any]:
    """The same for a telephone: numbers beside the ring, names below."""
    sectors, middle = _sectors(profile, translate), (180.0, 178.0)
    half = (len(sectors) + 1) // 2
    inside = (
        marks(sectors, 50, 156, middle)
        + numbers(sectors, 167, middle)
        + legend(key(translate), 4, 364)
        + listed(sectors[:half], 0, 462)
        + listed(sectors[half:], 176, 462, first=half + 1)
    )
    return _picture(inside, 360, 650, profile, translate)


def _sectors(profile: Any, translate: Translator) -> list[Sector]:
    return [Sector(name, one.better, one.alike, one.worse, one.missing) for name, one in parts(profile, translate)]


def _picture(inside: str, width: float, height: float, profile: Any, translate: Translator) -> dict[str, Any]:
    words = "; ".join(f"{name}: {told(one, translate)}" for name, one in parts(profile, translate))
    return picture(inside, width, height, translate("Broad prosperity in {place}", place=profile.area.name), words)


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
