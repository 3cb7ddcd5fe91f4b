"""Boundaries from GeoJSON files, by area id."""

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from shapely.errors import ShapelyError
from shapely.geometry import shape

from bygd.sources.errors import InputError

BROKEN = (ValueError, KeyError, TypeError, AttributeError, IndexError, ShapelyError, RecursionError)
"""What JSON and shapes raise that are none."""
MOST_UNPACKED = 400 << 20
"""Bytes of a packed file once unpacked; far above any country's boundaries."""
LONGEST_CODE = 20
MOST_SAID = 120


def read(paths: Sequence[Path], country: str, known: Iterable[str]) -> dict[str, Any]:
    """Geometries by area id.

    A feature belongs to the area whose official code is the value of one of its properties, or the
    feature's id; that property is used which tells most areas apart. Features of no known area are
    left out. Files may be gzipped. Raises InputError for what is not GeoJSON, or grows too large when unpacked.
    """
    codes = {area.partition(":")[2]: area for area in known if area.startswith(f"{country}:")}
    found: dict[str, Any] = {}
    for path in paths:
        features = [feature for feature in _features(path) if feature.get("geometry")]
        for area, geometry in _named(features, codes):
            try:
                part = shape(geometry)
                found[area] = found[area].union(part) if area in found else part
            except BROKEN as error:
                code = area.partition(":")[2]
                raise InputError(
                    "{file} has a shape of {code} that cannot be read: {why}",
                    file=path.name, code=code, why=str(error)[:MOST_SAID],
                ) from error  # fmt: skip
    return found


def shapes(paths: Sequence[Path]) -> list[Any]:
    """Every geometry of those files, whatever it is of. Raises InputError for what is not GeoJSON."""
    return [shape(feature["geometry"]) for path in paths for feature in _features(path) if feature.get("geometry")]


def polygons(text: str) -> list[Any]:
    """The polygons in a text of GeoJSON, whether features, one feature or bare geometries.

    Raises InputError for what is not GeoJSON, and where there is no polygon in it.
    """
    try:
        found = [shape(one) for one in _geometries(json.loads(text)) if one and "Polygon" in one.get("type", "")]
    except BROKEN as error:
        raise InputError("That cannot be read as GeoJSON: {why}", why=str(error)[:MOST_SAID]) from error
    found = [one for one in found if not one.is_empty and one.area > 0]
    if not found:
        raise InputError("There is no polygon in it. Draw a line around the village that ends where it began.")
    return found


def _geometries(content: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if content["type"] == "FeatureCollection":
        yield from (one for feature in content["features"] for one in _geometries(feature))
    elif content["type"] == "Feature":
        yield content["geometry"]
    elif content["type"] == "GeometryCollection":
        yield from content["geometries"]
    else:
        yield content


def texts(paths: Sequence[Path]) -> set[str]:
    """Every property that could be a code, as text."""
    found = {
        str(value).strip()
        for path in paths
        for feature in _features(path)
        for value in [feature.get("id"), *(feature.get("properties") or {}).values()]
    }
    return {text for text in found if 0 < len(text) <= LONGEST_CODE}


def _named(features: Sequence[dict[str, Any]], codes: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    """Areas and geometries, by the property that tells most areas apart; others may hold codes of larger areas."""
    properties = [{"": feature.get("id"), **(feature.get("properties") or {})} for feature in features]
    areas: dict[str, set[str]] = {}
    for row in properties:
        for name, value in row.items():
            areas.setdefault(name, set()).update(codes[text] for text in _spellings(value) if text in codes)
    best = max(areas, key=lambda name: len(areas[name]), default=None)
    for row, feature in zip(properties, features, strict=True):
        area = next((codes[text] for text in _spellings(row.get(best)) if text in codes), None)
        if area is not None:
            yield area, feature["geometry"]


def _spellings(value: Any) -> tuple[str, ...]:
    """A property as it may be a code: as written, and without letters before the digits (GM0267)."""
    text = str(value).strip()
    return (text, text.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) if len(text) <= LONGEST_CODE else ()


def number(path: Path) -> int:
    """How many features a file has. Raises InputError for what is not GeoJSON."""
    return len(_features(path))


def _features(path: Path) -> list[dict[str, Any]]:
    try:
        features = json.loads(_content(path))["features"]
        return [feature for feature in features if isinstance(feature, dict)]
    except InputError:
        raise
    except (OSError, ValueError, KeyError, TypeError, EOFError, RecursionError, zlib.error) as error:
        raise InputError("{path} cannot be read as GeoJSON with features: {why}", path=path.name, why=error) from error


def _content(path: Path) -> bytes:
    with path.open("rb") as opened:
        if opened.read(2) != b"\x1f\x8b":
            return path.read_bytes()
    with gzip.open(path) as packed:
        found = packed.read(MOST_UNPACKED + 1)
    if len(found) > MOST_UNPACKED:
        raise InputError(
            "{file} holds more than {most} MB once unpacked, which looks like a decompression bomb. If it is sound, "
            "keep the areas of the place alone.",
            file=path.name, most=MOST_UNPACKED >> 20,
        )  # fmt: skip
    return found
