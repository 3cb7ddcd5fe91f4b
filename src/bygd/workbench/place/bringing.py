"""Bringing: a statistical file that a person got becomes own values of the project."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from bygd import countries
from bygd.sources.description import Kind
from bygd.sources.errors import InputError
from bygd.sources.statistics import own
from bygd.vocabulary.place_words import ValueStatus
from bygd.workbench.place import files
from bygd.workbench.place.own_values import OWN, check_credit, published
from bygd.workbench.project import Project

PERIOD = re.compile(r"^\d{4}(-\d\d|Q\d)?$")
HEADER = ("area", "indicator", "period", "value", "vintage", "source", "status")


def bring(project: Project, path: Path, source: str = OWN, period: str = "") -> tuple[Path, int]:
    """Read a file and keep its values in `place/values`; gives the file made and the number of values.

    With `world/own_statistics` it is a table with one value a row, and kept as it is. Other sources read their own
    layout and need the period it is of, where the file does not say. Raises InputError where it is of another layout.
    """
    described = countries.source(source)
    if described.kind is not Kind.STATISTICS or described.addresses:
        raise InputError("{name} is no source of statistics that come as a file.", name=source)
    target = files.of(project).own / "values" / f"{path.stem}{f'-{period}' if period else ''}.csv"
    if target.exists():
        raise InputError("{file} is there already. Take it away first, or rename the new one.", file=target.name)
    if source == OWN:
        rows = _own(project, path)
        lines: Iterator[tuple[object, ...]] | None = None
    else:
        if not PERIOD.match(period) and (period or not getattr(described.module, "HAS_PERIODS", False)):
            raise InputError("Say which year the file is of, such as 2019, not '{text}'.", text=period)
        found = list(described.read(path, period))
        rows = len(found)
        lines = (
            (
                one.code,
                one.indicator,
                one.period,
                _cell(one.value, one.status),
                vintage,
                described.attribution,
                _said(one.value, one.status),
            )
            for vintage, one in found
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_suffix(".part")
    if lines is None:
        beside.write_bytes(path.read_bytes())
    else:
        with beside.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.writer(opened)
            writer.writerow(HEADER)
            writer.writerows(lines)
    beside.replace(target)
    return target, rows


def _own(project: Project, path: Path) -> int:
    """How many values a table of one's own has."""
    credited, rows = published(project), list(own.read(path))
    for one in rows:
        check_credit(credited, one.source)
    return len(rows)


def _said(value: float | None, status: ValueStatus) -> str:
    return status.value if value is not None and status is not ValueStatus.OBSERVED else ""


def _cell(value: float | None, status: ValueStatus) -> str:
    if value is None:
        return ".." if status is ValueStatus.SUPPRESSED else ""
    return repr(value)
