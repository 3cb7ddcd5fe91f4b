"""Flat: boundaries laid onto a sheet by a scale that can be read back, as maps that are drawn on need it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from math import cos, radians
from typing import Any

FINE = 900
"""Boundaries are drawn no finer than this many steps across the sheet."""


@dataclass(frozen=True)
class Frame:
    """Where places lie on a sheet: x is `across` times what lies east of `left`, y `up` times what lies below `top`."""

    left: float
    top: float
    across: float
    up: float
    width: float
    height: float

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a place lies on the sheet."""
        return (x - self.left) * self.across, (self.top - y) * self.up

    def path(self, shape: Any) -> str:
        """A boundary as the path of an SVG, its holes as holes where it is filled by even and odd."""
        step = 1 / FINE * max(self.width / self.across, self.height / self.up)
        drawn = shape.simplify(step / 2, preserve_topology=True)
        return "".join(f"M{'L'.join(f'{x:.1f} {y:.1f}' for x, y in self._ring(ring))}Z" for ring in _rings(drawn))

    def middle(self, shape: Any) -> tuple[float, float]:
        """A place within a boundary for its name, of its largest part."""
        largest = max(getattr(shape, "geoms", [shape]), key=lambda part: part.area)
        inside = largest.centroid if largest.contains(largest.centroid) else largest.representative_point()
        return self.at(inside.x, inside.y)

    def _ring(self, ring: Any) -> Iterator[tuple[float, float]]:
        return (self.at(x, y) for x, y, *_ in ring.coords[:-1])


def frame(shapes: Collection[Any], width: float, tallest: float, *, margin: float = 4) -> Frame:
    """The frame that holds those shapes within a width and a height, in degrees or in metres."""
    sides = list(zip(*(one.bounds for one in shapes), strict=True))
    left, low, right, high = min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])
    is_flat = any(abs(side) > 360 for side in (left, low, right, high))
    squeeze = 1.0 if is_flat else max(cos(radians((low + high) / 2)), 0.05)
    wide, tall = max((right - left) * squeeze, 1e-9), max(high - low, 1e-9)
    scale = min((width - 2 * margin) / wide, (tallest - 2 * margin) / tall)
    beside = (width / scale - wide) / 2 / squeeze
    return Frame(left - beside, high + margin / scale, scale * squeeze, scale, width, tall * scale + 2 * margin)


def _rings(shape: Any) -> Iterator[Any]:
    for part in getattr(shape, "geoms", [shape]):
        if part.geom_type == "Polygon" and not part.is_empty:
            yield part.exterior
            yield from part.interiors
