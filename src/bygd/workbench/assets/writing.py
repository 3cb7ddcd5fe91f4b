"""Writing: the map for other programs: GeoJSON (RFC 7946), uMap, and CSV, each of which can be read again."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bygd.reports.translate import Translator
from bygd.vocabulary.mapping import AssetLayer
from bygd.workbench.assets.known import ASSET, KEPT
from bygd.workbench.contracts.told import as_csv, plain

COLOURS = {
    AssetLayer.ORGANISATION: "#0b3c6f",
    AssetLayer.PREMISES: "#b5541c",
    AssetLayer.LAND: "#5b7f2b",
    AssetLayer.SKILL: "#7a4b9c",
    AssetLayer.SERVICE: "#1f7a8c",
    AssetLayer.THING: "#7a4b00",
    AssetLayer.EXTRACTION: "#a4201c",
}
POINT = ("longitude", "latitude")
COLUMNS = (ASSET, *KEPT)


def geojson(rows: Iterable[Mapping[str, Any]]) -> str:
    """A FeatureCollection; items whose place nobody knows have no geometry."""
    return _dumped({"type": "FeatureCollection", "features": [_feature(row) for row in rows]})


def umap(rows: Sequence[Mapping[str, Any]], name: str, translate: Translator) -> str:
    """A uMap file, one layer for each layer that has items with a place; those without are left out."""
    placed = [row for row in rows if row["latitude"] is not None]
    middle = [round(sum(row[name] for row in placed) / max(len(placed), 1), 6) for name in POINT]
    layers = [
        {
            "type": "FeatureCollection",
            "features": [_feature(row, description="note") for row in placed if row["layer"] == layer],
            "_umap_options": {
                "name": translate.word(layer), "displayOnLoad": True, "browsable": True, "color": COLOURS[layer],
            },
        }
        for layer in AssetLayer
        if any(row["layer"] == layer for row in placed)
    ]  # fmt: skip
    about = {"name": name, "zoom": 13, "easing": False, "displayPopupFooter": False}
    content = {"type": "umap", "properties": about, "geometry": {"type": "Point", "coordinates": middle}}
    return _dumped({**content, "layers": layers})


def table(rows: Iterable[Mapping[str, Any]]) -> str:
    """CSV with our own names of columns, commas and decimal points; no cell is a formula."""
    return as_csv(rows, COLUMNS)


def _feature(row: Mapping[str, Any], **renamed: str) -> dict[str, Any]:
    values = {name: value for name, value in plain({name: row[name] for name in COLUMNS}).items() if value is not None}
    for name in POINT:
        values.pop(name, None)
    for new, old in renamed.items():
        if old in values:
            values[new] = values.pop(old)
    placed = row["latitude"] is not None
    geometry = {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]} if placed else None
    return {"type": "Feature", "properties": values, "geometry": geometry}


def _dumped(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1)
