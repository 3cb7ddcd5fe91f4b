"""Every case of the specification, on DuckDB and on Spark."""

import re
from collections.abc import Iterator

import pytest
from tests.lib.spec import Case, cases, run

from bygd.engine import DuckEngine
from bygd.engine.spark import SparkEngine

CASES = list(cases())


def meets(case: Case, engine: DuckEngine | SparkEngine) -> None:
    if case.fails is None:
        run(case, engine)
        return
    case.gives = case.gives or ("links", "")
    with pytest.raises(ValueError, match=re.escape(case.fails)):
        run(case, engine)


@pytest.fixture
def duck() -> Iterator[DuckEngine]:
    with DuckEngine(threads=1) as engine:
        yield engine


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_duck(case: Case, duck: DuckEngine) -> None:
    meets(case, duck)


@pytest.mark.spark
@pytest.mark.xdist_group("spark")
@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_spark(case: Case, spark: SparkEngine) -> None:
    meets(case, spark)
