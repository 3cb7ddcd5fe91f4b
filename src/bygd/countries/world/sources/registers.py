"""What the project's own registers count, made by each build: there is no file of it; see `tools.registered`."""

from pathlib import Path
from typing import Any

from bygd.sources.errors import InputError


def read(path: Path, *_: Any, **__: Any) -> list[Any]:
    """Nothing: raises InputError, since registers are counted when the project is built."""
    raise InputError(
        "{file} cannot be read as values: registers are counted when the project is built. Add it with: "
        "bygd add register",
        file=path.name,
    )
