"""KvK's open data set: recognised, and refused as a register, because it names nobody."""

from pathlib import Path
from typing import Any, NoReturn

from bygd.engine import DuckEngine
from bygd.sources.conventions import Conventions
from bygd.sources.errors import InputError

COLUMNS = ("Datum aanvang", "Actief", "Insolventie", "Rechtsvorm", "Postcode regio", "SBI activiteiten",
           "Hoofdactiviteiten", "Lidstaat")  # fmt: skip


def recognises(names: list[str], conventions: Conventions) -> bool:
    """Whether a header is that of the open data set."""
    return set(COLUMNS) <= set(names)


def read(
    engine: DuckEngine, paths: list[Path], pseudonym: Any, conventions: Conventions, columns: Any = None
) -> NoReturn:
    """Always raises InputError: without numbers, names and addresses no supplier can be found in it."""
    raise InputError(
        "{files} is KvK's open data set, which has no numbers, names or addresses: no supplier can be "
        "found in it. Use a list of your suppliers with KvK numbers and legal forms instead.",
        files=[path.name for path in paths],
    )
