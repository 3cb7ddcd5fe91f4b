"""People by postcode: a census's table of residents or households, one row a postcode or several that are added."""

import re
from pathlib import Path

from bygd.engine import DuckEngine
from bygd.sources.errors import InputError
from bygd.sources.files.bulk import Layout, clean, first_line, scan, split
from bygd.sources.registers.register import postcode

POSTCODE = re.compile(r"post ?code|pcds?|postnummer|PC6", re.IGNORECASE)
NUMBER = re.compile(r"count|persons|people|residents|population|households|number|antal|aantal", re.IGNORECASE)
DELIMITERS = (",", ";", "\t")


def gather(engine: DuckEngine, path: Path, into: str) -> None:
    """The relation `into`: postcode, weight. Raises InputError for a file without columns for both.

    The census of England and Wales 2021 has such files (pcd_p001.csv: Postcode, Sex, Count).
    """
    with clean([path], None) as texts:
        for text in texts:
            for delimiter in DELIMITERS:
                names = split(first_line(text) or delimiter, delimiter)
                code = next((name for name in names if POSTCODE.fullmatch(name)), None)
                number = next((name for name in names if NUMBER.fullmatch(name)), None)
                if code and number:
                    used = (code, number)
                    layout = Layout("people by postcode", used, is_ignored=lambda _: True, delimiter=delimiter)
                    plain = postcode(f'"{code}"')
                    select = (
                        f'SELECT file, {plain} AS postcode, SUM(TRY_CAST("{number}" AS DOUBLE)) AS weight '
                        "FROM bulk_raw GROUP BY ALL"
                    )
                    scan(engine, into, [text], layout, select)
                    return
    raise InputError(
        "{file} has no columns for postcode and number of people. Call them Postcode and Count.", file=path.name
    )
