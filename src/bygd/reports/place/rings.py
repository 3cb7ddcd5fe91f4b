"""Rings: sectors around a middle, as the doughnut and the wheel of broad prosperity are drawn, readable in grey."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any

from markupsafe import escape

from bygd.reports.charts.theme import FONT, HATCHED, INK

GOOD, MIDDLE, BAD = "#0b3c6f", "#dce9f3", "#d9822b"
"""Dark, light and between: told apart in grey, and by people who do not see red and green apart."""


@dataclass(frozen=True)
class Sector:
    """One part of a ring: its name, how many are better, alike and worse, and how many are missing."""

    name: str
    better: int
    alike: int
    worse: int
    missing: int

    @property
    def all(self) -> int:
        """How many there are, the missing among them."""
        return self.better + self.alike + self.worse + self.missing


def marks(
    sectors: Sequence[Sector], inner: float, outer: float, middle: tuple[float, float], *, start: float = -pi / 2
) -> str:
    """A ring of equal sectors, each filled from inside to outside: worse, alike, better, missing as hatching.

    A sector without any indicator is hatched whole: what is missing must not look good.
    """
    drawn, step = [], 2 * pi / max(1, len(sectors))
    for place, sector in enumerate(sectors):
        begin = start + place * step
        parts = [(BAD, sector.worse), (MIDDLE, sector.alike), (GOOD, sector.better), (HATCHED, sector.missing)]
        whole = sector.all or 1
        if not sector.all:
            parts = [(HATCHED, 1)]
        at = inner
        for colour, number in parts:
            if number:
                upto = at + (outer - inner) * number / whole
                shape = _arc(at, upto, begin, begin + step, middle)
                drawn.append(f'<path d="{shape}" fill="{colour}" stroke="#ffffff" stroke-width="1.5"/>')
                at = upto
        frame = _arc(inner, outer, begin, begin + step, middle)
        drawn.append(f'<path d="{frame}" fill="none" stroke="{INK}" stroke-width="0.8"/>')
    return "".join(drawn)


def names(
    sectors: Sequence[Sector], radius: float, middle: tuple[float, float], *, size: float = 11, start: float = -pi / 2
) -> str:
    """The sectors' names around the ring, each beside its own."""
    drawn, step = [], 2 * pi / max(1, len(sectors))
    for place, sector in enumerate(sectors):
        angle = start + (place + 0.5) * step
        x, y = middle[0] + radius * cos(angle), middle[1] + radius * sin(angle)
        anchor = "middle" if abs(cos(angle)) < 0.25 else "start" if cos(angle) > 0 else "end"
        lines = _broken(sector.name, 14)
        beyond = sin(angle) * (len(lines) - 1) * size * 0.55
        top = y - (len(lines) - 1) * size * 0.55 + size * 0.35 + beyond
        for number, line in enumerate(lines):
            drawn.append(_line(line, x, top + number * size * 1.15, size, anchor))
    return "".join(drawn)


def numbers(
    sectors: Sequence[Sector], radius: float, middle: tuple[float, float], *, first: int = 1, start: float = -pi / 2
) -> str:
    """A number beside each sector, for a list of names below: where names around the ring find no room."""
    drawn, step, size = [], 2 * pi / max(1, len(sectors)), 12.0
    for place in range(len(sectors)):
        angle = start + (place + 0.5) * step
        x, y = middle[0] + radius * cos(angle), middle[1] + radius * sin(angle) + size * 0.35
        drawn.append(_line(str(first + place), x, y, size, "middle"))
    return "".join(drawn)


def listed(sectors: Sequence[Sector], left: float, top: float, *, first: int = 1) -> str:
    """The names that belong to the numbers, one below the other."""
    drawn, size, y = [], 12.0, top
    for number, sector in enumerate(sectors, first):
        drawn.append(_line(str(number), left + 16, y, size, "end"))
        for line in _broken(sector.name, 21):
            drawn.append(_line(line, left + 22, y, size, "start"))
            y += size * 1.3
        y += size * 0.25
    return "".join(drawn)


def legend(entries: Sequence[tuple[str, str]], left: float, top: float, *, size: float = 12) -> str:
    """Boxes of colours with what they mean, one below the other."""
    drawn = []
    for place, (colour, text) in enumerate(entries):
        y = top + place * size * 1.6
        drawn.append(
            f'<rect x="{left}" y="{y}" width="{size * 1.4:.1f}" height="{size}" fill="{colour}" stroke="{INK}" '
            f'stroke-width="0.5"/><text x="{left + size * 2:.1f}" y="{y + size * 0.85:.1f}" font-size="{size}" '
            f'font-family="{escape(FONT)}" fill="{INK}">{escape(text)}</text>'
        )
    return "".join(drawn)


def text(words: str, x: float, y: float, *, size: float = 12, bold: bool = False) -> str:
    """Words in the middle of a place."""
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" font-size="{size}" font-family="{escape(FONT)}"{weight} '
        f'fill="{INK}">{escape(words)}</text>'
    )


def _line(words: str, x: float, y: float, size: float, anchor: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size:g}" '
        f'font-family="{escape(FONT)}" fill="{INK}">{escape(words)}</text>'
    )


def _broken(name: str, most: int) -> list[str]:
    """A name of more letters than that on two lines, where it has two words."""
    words = name.split(" ")
    half = (len(words) + 1) // 2
    lines = [" ".join(words[:half]), " ".join(words[half:])]
    return lines if len(name) > most and lines[1] else [name]


def picture(inside: str, width: float, height: float, title: str, description: str) -> dict[str, Any]:
    """Marks as `reports.drawing.framed` and `section.Picture` take them."""
    return {"marks": inside, "view": f"0 0 {width:g} {height:g}", "title": title, "description": description}


def _arc(inner: float, outer: float, begin: float, end: float, middle: tuple[float, float]) -> str:
    x, y = middle
    far = 1 if end - begin > pi else 0

    def at(radius: float, angle: float) -> str:
        return f"{x + radius * cos(angle):.2f} {y + radius * sin(angle):.2f}"

    return (
        f"M{at(inner, begin)}L{at(outer, begin)}A{outer:.2f} {outer:.2f} 0 {far} 1 {at(outer, end)}"
        f"L{at(inner, end)}A{inner:.2f} {inner:.2f} 0 {far} 0 {at(inner, begin)}Z"
    )
