"""YAML read without surprises: no key twice, numbers exact, nothing executed."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as Safe
except ImportError:  # PyYAML without its library in C, which reads some ten times as fast
    from yaml import SafeLoader as Safe  # type: ignore[assignment]

__all__ = ["Entries", "Safe", "ValueFileError", "check_day", "check_keys", "parse", "read"]


class Entries(dict[Any, Any]):
    """A mapping of a file that knows the `line` it begins on and the `lines` its keys stand on, counted from one."""

    line: int = 0
    lines: dict[Any, int]


class ValueFileError(ValueError):
    """A value file does not follow its format; the message names file and key and says what to do."""


class _Strict(Safe):
    """Safe YAML in which a key may stand once and 0.75 is a decimal, not a binary fraction."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise ValueFileError(f"line {node.start_mark.line + 1}: '{key}' stands there twice")
        return super().construct_mapping(node, deep)


def _entries(loader: _Strict, node: yaml.MappingNode) -> Iterator[Entries]:
    found = Entries()
    yield found
    found.line = node.start_mark.line + 1
    found.lines = {loader.construct_object(key, deep=True): key.start_mark.line + 1 for key, _ in node.value}
    found.update(loader.construct_mapping(node))


_Strict.add_constructor("tag:yaml.org,2002:map", _entries)
_Strict.add_constructor("tag:yaml.org,2002:float", lambda loader, node: Decimal(str(node.value).replace("_", "")))


def read(path: Path) -> Any:
    """The content of a YAML file. Raises ValueFileError naming the file."""
    try:
        return parse(path.read_text(encoding="utf-8"), str(path))
    except UnicodeDecodeError as error:
        raise ValueFileError(f"{path}: {error}") from error


def parse(text: str, where: str) -> Any:
    """The content of a YAML text. Raises ValueFileError that begins with `where`."""
    try:
        return yaml.load(text, _Strict)  # noqa: S506 - a subclass of the safe loader
    except (yaml.YAMLError, ValueFileError, ArithmeticError) as error:
        raise ValueFileError(f"{where}: {error}") from error


def check_keys(entry: Any, known: set[str], needed: set[str], where: str) -> None:
    """Raises ValueFileError where a mapping has a key that is not known, or lacks one that is needed."""
    if not isinstance(entry, dict):
        raise ValueFileError(f"{where} must map {', '.join(sorted(needed))} to values, not be {entry!r}.")
    if unknown := {str(key) for key in entry} - known:
        lines = getattr(entry, "lines", {})
        named = sorted(f"{key} (line {lines[key]})" if key in lines else key for key in unknown)
        raise ValueFileError(f"{where}: unknown key {', '.join(named)}. Known: {', '.join(sorted(known))}.")
    if missing := {key for key in needed if key not in entry or (entry[key] is None and key != "value")}:
        raise ValueFileError(f"{where}: {', '.join(sorted(missing))} is missing.")


def check_day(day: Any, where: str) -> None:
    """Raises ValueFileError where something is no day; a moment is no day from which a law holds."""
    if type(day) is not date:
        raise ValueFileError(f"{where}: '{day}' must be a day written 2024-01-31, without quotes.")
