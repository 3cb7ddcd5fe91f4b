"""From a Vega-Lite dict to an SVG that can stand in a page: named, hatched where in doubt, no script."""

import json
import re
from functools import lru_cache
from typing import Any

import vl_convert
from markupsafe import Markup, escape

from bygd.reports.charts.theme import DOTTED, HATCHED
from bygd.reports.translate import Translator

VEGA_LITE = "6.4"
_OPENING = re.compile(r"<svg\b[^>]*?>")
_SIZE = re.compile(r'\b(width|height)="([\d.]+)"')
_BOX = re.compile(r'viewBox="([^"]+)"')

HATCH = (
    '<pattern id="{name}-doubt" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#f4f4f4"/><rect width="2" height="6" fill="#707070"/></pattern>'
)
DOTS = (
    '<pattern id="{name}-withheld" width="8" height="8" patternUnits="userSpaceOnUse">'
    '<rect width="8" height="8" fill="#ffffff"/><circle cx="2" cy="2" r="1.4" fill="#404040"/>'
    '<circle cx="6" cy="6" r="1.4" fill="#404040"/></pattern>'
)


def draw(spec: dict[str, Any], name: str, translate: Translator) -> Markup:
    """The chart as inline SVG. `name` must be unique in the page; title and description are spoken."""
    svg = _rendered(json.dumps(spec), json.dumps(_told(translate)))
    found = _OPENING.search(svg)
    if found is None:
        raise ValueError(f"the chart {name} was not drawn")
    box = _BOX.search(found[0])
    size = dict(_SIZE.findall(found[0]))
    view = box[1] if box else f"0 0 {size['width']} {size['height']}"
    inside = re.sub(r' (?:aria-[a-z]+|role)="[^"]*"', "", svg[found.end() :])
    for id in set(re.findall(r'\bid="([^"]+)"', inside)):
        inside = inside.replace(f'id="{id}"', f'id="{name}-{id}"').replace(f"url(#{id})", f"url(#{name}-{id})")
    return framed(inside.removesuffix("</svg>"), name, view, " ".join(spec["title"]["text"]), spec["description"])


@lru_cache(64)
def _rendered(spec: str, told: str) -> str:
    """The chart as the renderer writes it; remembered, for pages that are asked for again draw the same once more."""
    return str(vl_convert.vegalite_to_svg(spec, **json.loads(told)))


def image(spec: dict[str, Any], scale: float, translate: Translator) -> bytes:
    """The chart as PNG, for documents that hold no SVG; `scale` is pixels a point."""
    return bytes(vl_convert.vegalite_to_png(json.dumps(spec), scale=scale, **_told(translate)))


def _told(translate: Translator) -> dict[str, Any]:
    """How the renderer writes numbers and days; it asks nobody for anything."""
    return {
        "vl_version": VEGA_LITE,
        "format_locale": translate.number_locale(),
        "time_format_locale": translate.time_locale(),
        "allowed_base_urls": [],
    }


def framed(inside: str, name: str, view: str, title: str, description: str) -> Markup:
    """Drawn marks as an SVG picture with a name and a description."""
    width = view.split()[2]
    inside = inside.replace(f'fill="{HATCHED}"', f'fill="url(#{name}-doubt)"')
    dots = DOTS.format(name=name) if DOTTED in inside else ""
    inside = inside.replace(f'fill="{DOTTED}"', f'fill="url(#{name}-withheld)"')
    return Markup(  # noqa: S704 — marks come from the renderer, texts are escaped
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" width="{width}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc" class="chart">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(description)}</desc>'
        f"<defs>{HATCH.format(name=name)}{dots}</defs>{inside}</svg>"
    )
