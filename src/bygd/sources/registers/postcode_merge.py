"""Postcode files merged: what several files say about one postcode, as one row."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bygd.engine import DuckEngine
from bygd.vocabulary.tables import areas, postcodes


def merge(engine: DuckEngine, folders: Sequence[Path], shipped: Sequence[Mapping[str, Any]] = ()) -> None:
    """`postcodes` and `areas` from folders of Parquet files, one a postcode file; the first file given wins a column.

    `shipped` are the country's own areas, as rows of `areas`; their names and parents win.
    """
    _together(engine, postcodes, folders, ("country", "postcode"))
    _together(engine, areas, folders, ("area_id",))
    engine.execute("CREATE OR REPLACE TABLE areas_read AS SELECT * FROM areas")
    engine.register(areas, shipped)
    engine.execute("CREATE OR REPLACE TABLE areas_shipped AS SELECT * FROM areas")
    engine.sql(
        areas,
        """SELECT area_id, COALESCE(s.level, r.level) AS level, COALESCE(s.name, r.name) AS name,
          CASE WHEN s.area_id IS NULL THEN r.parent_id ELSE s.parent_id END AS parent_id,
          COALESCE(s.deprivation_decile, r.deprivation_decile) AS deprivation_decile
        FROM areas_read r FULL JOIN areas_shipped s USING (area_id) ORDER BY area_id""",
    )
    engine.forget("areas_read")
    engine.forget("areas_shipped")


def _together(engine: DuckEngine, table: Any, folders: Sequence[Path], key: tuple[str, ...]) -> None:
    name = table.__name__
    if not folders:
        engine.register(table, [])
        return
    parts = []
    for place, folder in enumerate(folders):
        engine.read(f"part_{place}", folder / f"{name}.parquet")
        parts.append(f"SELECT *, {place} AS place FROM part_{place}")
    others = ", ".join(f"ARG_MIN({column}, place) AS {column}" for column in table.columns() if column not in key)
    keys = ", ".join(key)
    engine.sql(table, f"SELECT {keys}, {others} FROM ({' UNION ALL '.join(parts)}) GROUP BY {keys} ORDER BY {keys}")
    for place in range(len(folders)):
        engine.forget(f"part_{place}")
