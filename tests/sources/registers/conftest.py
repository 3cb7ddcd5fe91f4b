"""Fixtures for registers: no network but this machine, and readers by name."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bygd import countries
from bygd.engine import DuckEngine
from bygd.sources.privacy import Pseudonym

KEY = b"a key of the tests" * 2
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Any connection that leaves this machine is an error."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != getattr(socket, "AF_UNIX", None) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    yield


@pytest.fixture
def read(engine: DuckEngine) -> Callable[..., dict[str, Any]]:
    """Read a register or postcode file by source; gives the notes, the tables stand in `engine`."""

    def run(source: str, *paths: Path, country: str = "", columns: dict[str, Any] | None = None) -> dict[str, Any]:
        pack = countries.load(country or source.split("/")[0])
        if countries.source(source).kind == "postcodes":
            return countries.read_postcodes(engine, pack, source, list(paths), columns)
        return countries.read_register(engine, pack, source, list(paths), columns, Pseudonym(KEY))

    return run
