"""National grids → latitude and longitude, for whole relations at once."""

import numpy as np
import pyarrow as pa
from pyproj import Transformer

from bygd.engine import DuckEngine

DECIMALS = 6
"""A tenth of a metre; grids without their correction files are good to a few metres."""


def to_degrees(engine: DuckEngine, relation: str, epsg: int, into: str) -> None:
    """Copy a relation into another with `x` and `y` of that grid (EPSG code) as `latitude` and `longitude` (WGS 84).

    Good to about five metres: the grid's correction file is not used, since nothing is fetched.
    """
    cells = engine.arrow(f'SELECT * FROM "{relation}"')
    x, y = (cells.column(name).to_numpy(zero_copy_only=False).astype(float) for name in ("x", "y"))
    longitude, latitude = Transformer.from_crs(epsg, 4326, always_xy=True).transform(x, y)
    for name, degrees in (("latitude", latitude), ("longitude", longitude)):
        found = np.where(np.isfinite(degrees), np.round(degrees, DECIMALS), np.nan)
        cells = cells.append_column(name, pa.array(found, from_pandas=True))
    engine.forget(relation)
    engine.put("grid_degrees", cells)
    engine.execute(f'CREATE OR REPLACE TABLE "{into}" AS SELECT * EXCLUDE (x, y) FROM grid_degrees')
    engine.forget("grid_degrees")
