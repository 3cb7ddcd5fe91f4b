"""The small register, opened once for all tests of the protocol."""

from collections.abc import Iterator

import pytest
from tests.lib import small_register

from bygd.workbench.reconciliation import Register


@pytest.fixture(scope="session")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    with small_register.opened(tmp_path_factory.mktemp("register")) as opened:
        yield opened
