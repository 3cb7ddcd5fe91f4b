"""JSON-stat 2 (and its first version) as cells: codes by dimension, value, sign of the source. Gaps stay gaps.

The package pyjstat reads the same format; its last release is of 2023 and it needs pandas, so it is not used.
Format: https://json-stat.org/full/
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from bygd.sources.errors import InputError


@dataclass(frozen=True)
class Cell:
    """One cell: the code of each dimension, the value, and the sign (`..`, `p`, `c`) that stands at it."""

    codes: Mapping[str, str]
    value: float | None
    sign: str = ""


@dataclass(frozen=True)
class Dataset:
    """A data set: its label, codes and labels of each dimension, values and signs."""

    label: str
    codes: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, Mapping[str, str]]
    values: Any
    signs: Any

    def cells(self) -> Iterator[Cell]:
        """Every cell, in the order of the file."""
        names = list(self.codes)
        for place, codes in enumerate(product(*self.codes.values())):
            value = _at(self.values, place)
            yield Cell(
                dict(zip(names, codes, strict=True)),
                float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None,
                str(_at(self.signs, place) or ""),
            )


def read(content: Any, where: str) -> Dataset:
    """The data set of a JSON-stat answer. Raises InputError where it is none, or its size and values disagree."""
    if isinstance(content, dict) and content.get("class") == "dataset":
        body, ids, sizes = content, content.get("id"), content.get("size")
    elif isinstance(content, dict) and isinstance(content.get("dataset"), dict):  # the first version
        body = content["dataset"]
        ids, sizes = body.get("dimension", {}).get("id"), body.get("dimension", {}).get("size")
    else:
        raise InputError("{where} is no data set in JSON-stat.", where=where)
    if not isinstance(ids, list) or not isinstance(sizes, list) or len(ids) != len(sizes):
        raise InputError("{where} is no data set in JSON-stat.", where=where)
    codes, labels = {}, {}
    for name, size in zip(ids, sizes, strict=True):
        category = body["dimension"][name].get("category", {})
        codes[name] = codes_of(category)
        labels[name] = {str(code): str(label) for code, label in (category.get("label") or {}).items()}
        if len(codes[name]) != size:
            raise InputError(
                "{where}: {name} has {found} codes, {size} were announced.",
                where=where,
                name=name,
                found=len(codes[name]),
                size=size,
            )
    values, number = body.get("value", []), 1
    for size in sizes:
        number *= size
    if isinstance(values, list) and values and len(values) != number:
        raise InputError(
            "{where} has {found} values, {size} were announced.", where=where, found=len(values), size=number
        )
    return Dataset(str(body.get("label", "")), codes, labels, values, body.get("status"))


def codes_of(category: Mapping[str, Any]) -> tuple[str, ...]:
    """A dimension's codes in order, whether its index is a list, an object, or left out."""
    index = category.get("index")
    if isinstance(index, list):
        return tuple(map(str, index))
    if isinstance(index, dict):
        return tuple(str(code) for code, _ in sorted(index.items(), key=lambda one: one[1]))
    return tuple(map(str, category.get("label") or ()))


def _at(values: Any, place: int) -> Any:
    """An array, a sparse object by place, or one sign for all."""
    if isinstance(values, list):
        return values[place] if place < len(values) else None
    if isinstance(values, dict):
        return values.get(str(place))
    return values if isinstance(values, str) else None
