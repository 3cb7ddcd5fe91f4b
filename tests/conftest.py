"""Fixtures every test may use: an engine, the sample place, and the folder of real files where there is one."""

import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import pytest
from hypothesis import HealthCheck, settings
from tests.lib import copies, distribution, postgresql

from bygd.engine import DuckEngine
from bygd.workbench import build, sample

REPOSITORY = Path(__file__).parents[1]

# Django reads its settings once in a process, before any test; what the web keeps for itself then passes.
os.environ["DJANGO_SETTINGS_MODULE"] = "bygd.web.settings"
os.environ["BYGD_STATE"] = tempfile.mkdtemp(prefix="bygd-web-")
if os.environ.get("BYGD_TEST_DATABASE") == "postgresql" and "BYGD_DATABASE" not in os.environ:
    os.environ["BYGD_DATABASE"] = postgresql.started()
django.setup()

# How long an example takes says more about what else the machine does than about the code. A run tries what the run
# before tried; other examples are looked for with --hypothesis-profile=default.
settings.register_profile(
    "steady",
    settings.get_profile(settings.get_current_profile_name()),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")


def shared_data_folder() -> Path | None:
    """The folder of real files: BYGD_DATA, or `shared/data` beside the repository."""
    folder = Path(os.environ.get("BYGD_DATA", REPOSITORY.parent / "shared" / "data"))
    return folder if folder.is_dir() else None


def pytest_configure(config: pytest.Config) -> None:
    """Where several workers run them, tests are shared out by file, the long ones first.

    Files named in any order are collected folder by folder: pytest (9.1) loses what a folder's conftest.py sets up when
    it comes to the folder a second time.
    """
    config.args.sort(key=lambda name: name.split("::", 1)[0])
    if config.pluginmanager.hasplugin("xdist"):
        config.pluginmanager.register(distribution, "distribution")


LONGEST = 60


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are named by their argument: a file packed for a test holds the time, and workers must agree on names.

    Long texts are named by how they begin: whole, a name fills the screen, and no shell takes it.
    """
    if isinstance(val, bytes):
        return argname
    if isinstance(val, str) and len(val) > LONGEST:
        return f"{val[:LONGEST].encode('unicode_escape').decode()}...{len(val)}"
    return None


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files; the test skips where it is missing."""
    folder = shared_data_folder()
    if folder is None:
        pytest.skip("the folder of real files is missing (set BYGD_DATA)")
    return folder


@pytest.fixture
def engine() -> Iterator[DuckEngine]:
    """A fresh in-memory engine with two threads."""
    with DuckEngine(threads=2) as duck:
        yield duck


@pytest.fixture(scope="session")
def built_sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The sample place with its snapshot, made once; a test that changes anything copies the folder."""
    folder = tmp_path_factory.mktemp("sample") / "place"
    build.build(sample.write(folder))
    before = copies.stamps(folder)
    yield folder
    assert copies.written_into(before, copies.stamps(folder)) == [], "copies share these"


LOOPBACK = ("127.", "::1", "localhost")


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """No test may reach another machine; servers of tests stand on loopback."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if self.family in (socket.AF_INET, socket.AF_INET6) and not str(host).startswith(LOOPBACK):
            raise AssertionError(f"a test tried to reach {host}")
        connect(self, address)  # type: ignore[arg-type]

    socket.socket.connect = guarded  # type: ignore[method-assign,assignment]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Debian's Chromium; the test skips where it is missing."""
    from tests.lib import web

    if not Path(web.CHROMIUM).exists():
        pytest.skip("Chromium is not installed")
    with web.browser() as opened:
        yield opened
