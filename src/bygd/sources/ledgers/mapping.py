"""Mapping: which column of a ledger is which field, kept in the project, given by a person or guessed."""

import re
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Self

from bygd.sources.errors import InputError
from bygd.sources.files.headings import plain
from bygd.sources.ledgers.headers import FIELDS

ORDERS = ("dmy", "mdy", "ymd")
VAT = ("excluding", "including", "unknown")
SETTINGS = ("encoding", "delimiter", "header_row", "date_order", "decimal_mark", "currency", "vat", "period")
"""What may be said of a file besides its columns and its sheet."""


@dataclass(frozen=True)
class Mapping:
    """Which column is which field.

    `columns` gives per field the header's name as written, or several names of which the first that a sheet
    has is used, so that one mapping can serve files whose headers changed over the years. `ignore` lists the
    columns that are left out on purpose. The rest says what would otherwise be found out from the file;
    `period` is a month (`2020-01`) for files without a date column.
    """

    columns: dict[str, str | list[str]] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    layout: str = "mapping"
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None
    date_order: str | None = None
    decimal_mark: str | None = None
    currency: str | None = None
    vat: str | None = None
    period: str | None = None

    def __post_init__(self) -> None:
        unknown = sorted(set(self.columns) - set(FIELDS))
        if unknown:
            raise InputError(
                "The mapping has unknown fields: {unknown}. Known: {known}.", unknown=unknown, known=FIELDS
            )
        for name, value, allowed in (
            ("date_order", self.date_order, ORDERS),
            ("decimal_mark", self.decimal_mark, (",", ".")),
            ("vat", self.vat, VAT),
        ):
            if value is not None and value not in allowed:
                raise InputError(
                    "The mapping's {name} is '{value}'. Write one of: {known}",
                    name=name,
                    value=value,
                    known=allowed,
                )
        if self.period is not None and not re.fullmatch(r"(19|20)\d\d-(0[1-9]|1[0-2])", self.period):
            raise InputError(
                "The mapping's period is '{period}'. Write year and month, such as 2024-01.", period=self.period
            )

    def names(self, wanted: str) -> tuple[str, ...]:
        """The header names given for a field."""
        given = self.columns.get(wanted, ())
        return (given,) if isinstance(given, str) else tuple(given)

    def places(self, names: Sequence[str]) -> dict[str, int]:
        """Column number per field for a sheet with these header names; case and punctuation do not matter."""
        known = {plain(name): place for place, name in reversed(list(enumerate(names)))}
        found: dict[str, int] = {}
        for wanted in self.columns:
            place = next((known[plain(name)] for name in self.names(wanted) if plain(name) in known), None)
            if place is not None and place not in found.values():
                found[wanted] = place
        return found

    def to_dict(self) -> dict[str, Any]:
        """Plain texts, numbers and lists, without what is not set; for TOML."""
        found: dict[str, Any] = {}
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name == "ignore":
                value = list(value)
            if value not in (None, [], {}) and not (each.name == "layout" and value == "mapping"):
                found[each.name] = value
        return found

    @classmethod
    def from_dict(cls, values: AnyMapping[str, Any]) -> Self:
        """The reverse of `to_dict`. Raises InputError for keys that a mapping does not have."""
        known = {each.name for each in fields(cls)}
        unknown = sorted(set(values) - known)
        if unknown:
            raise InputError(
                "The mapping has unknown keys: {unknown}. Known: {known}.", unknown=unknown, known=sorted(known)
            )
        given = dict(values)
        columns = {
            name: [str(each) for each in value] if isinstance(value, list | tuple) else str(value)
            for name, value in (given.get("columns") or {}).items()
        }
        row = given.get("header_row")
        if row is not None and not str(row).isdigit():
            raise InputError("The mapping's header_row is '{row}'. Write the row's number, such as 4.", row=row)
        given["header_row"] = None if row is None else int(row)
        ignore = given.get("ignore") or ()
        given["ignore"] = (ignore,) if isinstance(ignore, str) else tuple(str(name) for name in ignore)
        return cls(**{**given, "columns": columns})

    def joined(self, other: "Mapping") -> "Mapping":
        """One mapping for the files of both: names that the other has besides are tried after this one's."""
        columns: dict[str, str | list[str]] = {}
        for name in (*self.columns, *(name for name in other.columns if name not in self.columns)):
            names = list(dict.fromkeys((*self.names(name), *other.names(name))))
            columns[name] = names[0] if len(names) == 1 else names
        used = {name for each in columns.values() for name in ([each] if isinstance(each, str) else each)}
        ignore = tuple(name for name in dict.fromkeys((*self.ignore, *other.ignore)) if name not in used)
        layout = self.layout if self.layout == other.layout else "mapping"
        same = {name: getattr(self, name) if getattr(self, name) == getattr(other, name) else None for name in SETTINGS}
        return replace(self, columns=columns, ignore=ignore, layout=layout, **same)


def missing(places: AnyMapping[str, int], period: str | None) -> list[str]:
    """Fields that are needed and have no column."""
    return [
        wanted
        for wanted in ("supplier", "amount", "paid_on")
        if wanted not in places
        and not (wanted == "amount" and places.keys() & {"debit", "credit"})
        and not (wanted == "paid_on" and period)
    ]


def unclaimed(mapping: Mapping, places: AnyMapping[str, int], names: Sequence[str]) -> list[int]:
    """Columns that the mapping neither uses nor ignores by name."""
    ignored = {plain(name) for name in mapping.ignore}
    named = {plain(name) for field in mapping.columns for name in mapping.names(field)}
    return [
        place
        for place, name in enumerate(names)
        if place not in places.values() and plain(name) not in ignored and plain(name) not in named
    ]
