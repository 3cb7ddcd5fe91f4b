"""YAML read without surprises: no key twice, numbers exact, nothing executed."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml


class ValueFileError(ValueError):
    """A value file does not follow its format; the message names file and key and says what to do."""


class _Strict(yaml.SafeLoader):
    """Safe YAML in which a key may stand once and 0.75 is a decimal, not a binary fraction."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise ValueFileError(f"line {node.start_mark.line + 1}: '{key}' stands there twice")
        return super().construct_mapping(node, deep)


_Strict.add_constructor("tag:yaml.org,2002:float", lambda loader, node: Decimal(str(node.value).replace("_", "")))


def read(path: Path) -> Any:
    """The content of a YAML file. Raises ValueFileError naming the file."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), _Strict)  # noqa: S506 - a subclass of the safe loader
    except (yaml.YAMLError, ValueFileError, ArithmeticError, UnicodeDecodeError) as error:
        raise ValueFileError(f"{path}: {error}") from error
