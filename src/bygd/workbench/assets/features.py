"""Features: GeoJSON and uMap files as rows of texts, each with its number; and what is no such file."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shapely.errors import ShapelyError
from shapely.geometry import shape

from bygd.sources.errors import InputError

DEGREES = ("urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326")


@dataclass(frozen=True)
class Feature:
    """One feature: its number in the file, the layer it stands in, its properties and a point."""

    number: int
    layer: str
    properties: dict[str, Any]
    longitude: float | None
    latitude: float | None
    wrong: str = ""


def features(path: Path) -> list[Feature]:
    """The features of a GeoJSON or uMap file, counted from one. Raises InputError for what is neither."""
    try:
        content = json.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InputError("{file} is not written in UTF-8, which JSON must be. Get it again.", file=path.name) from None
    except RecursionError:
        raise InputError("{file} is nested too deep to be a map.", file=path.name) from None
    except ValueError as error:
        raise InputError(
            "{file} is damaged or cut short: {error}. Get it again.", file=path.name, error=error
        ) from None
    if not isinstance(content, dict):
        raise InputError("{file} is no GeoJSON and no uMap file.", file=path.name)
    if content.get("type") == "umap":
        layers = content.get("layers")
    elif content.get("type") == "FeatureCollection":
        layers = [content]
    else:
        raise InputError("{file} is no GeoJSON and no uMap file.", file=path.name)
    crs = content.get("crs")
    named = crs.get("properties", {}).get("name") if isinstance(crs, dict) else None
    if named is not None and named not in DEGREES:
        raise InputError(
            "{file} is in {crs}, not in degrees. Export it in WGS 84.", file=path.name, crs=str(named)[:80]
        )
    if not isinstance(layers, list):
        raise InputError("{file} is no GeoJSON and no uMap file.", file=path.name)
    return [Feature(number, *one) for number, one in enumerate(_each(layers, path.name), start=1)]


def _each(layers: list[Any], name: str) -> Iterator[tuple[str, dict[str, Any], float | None, float | None, str]]:
    for layer in layers:
        listed = layer.get("features") if isinstance(layer, dict) else None
        if not isinstance(listed, list):
            raise InputError("{file} is no GeoJSON and no uMap file.", file=name)
        options = layer.get("_umap_options") or layer.get("_storage") or {}
        title = options.get("name") if isinstance(options, dict) else ""
        for one in listed:
            properties = one.get("properties") if isinstance(one, dict) else None
            point, wrong = _point(one.get("geometry") if isinstance(one, dict) else None)
            yield str(title or ""), properties if isinstance(properties, dict) else {}, *point, wrong


def _point(geometry: Any) -> tuple[tuple[float | None, float | None], str]:
    """Longitude and latitude of a geometry: of a point itself, of a line or area a point within it."""
    if geometry is None:
        return (None, None), ""
    try:
        found = shape(geometry)
        point = found if found.geom_type == "Point" else found.representative_point()
        if point.is_empty:
            return (None, None), ""
        return (float(point.x), float(point.y)), ""
    except (ShapelyError, ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
        return (None, None), "geometry"
