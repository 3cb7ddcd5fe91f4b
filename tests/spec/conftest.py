"""One Spark session for all that compares engines; it takes seconds to start."""

import shutil
import warnings
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from bygd.engine.spark import SparkEngine

SMALL = {
    # Tables of ten rows: what makes large ones fast makes these slow.
    "spark.sql.shuffle.partitions": "1",
    "spark.default.parallelism": "1",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
}


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkEngine]:
    """A Spark engine on this machine; the test skips where pyspark or Java is missing."""
    if find_spec("pyspark") is None or shutil.which("java") is None:
        pytest.skip("Spark needs pyspark and Java")
    with warnings.catch_warnings():
        # pyspark's own start-up closes its pipes late; nothing of ours runs in here.
        warnings.simplefilter("ignore", ResourceWarning)
        engine = SparkEngine(settings=SMALL)
    yield engine
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        engine.close()
