"""Which worker runs which tests: those of a file, or of a group of files, go to one, and what takes long goes first.

What a module sets up for its tests (a web, a browser, a register) is then made once, not by each worker; and no worker
ends minutes after the other because a long test came last.
"""

from collections import Counter
from typing import Any

import pytest
from xdist.scheduler import LoadGroupScheduling

SECONDS = {"spark": 20.0, "slow": 10.0}
"""About how long a test with a mark takes that does not say it (`slow(seconds=100)`); only the order is found by it."""
SHORT = 0.1


class ByFile(LoadGroupScheduling):
    """As `--dist loadgroup`, but tests of no group stay together with those of their file."""

    def _split_scope(self, nodeid: str) -> str:
        group = super()._split_scope(nodeid)
        return nodeid.split("::", 1)[0] if group == nodeid else group


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile | None:
    """Files stay together under `--dist loadgroup`, in the order in which the workers put them."""
    if config.getvalue("dist") != "loadgroup":
        return None
    config.option.loadscopereorder = False
    return ByFile(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In a worker, files and groups in the order of how long they take, each with its tests in their own order."""
    if not hasattr(config, "workerinput"):
        return
    lasts = Counter[str]()
    for item in items:
        lasts[_together(item)] += lasting(item)
    items.sort(key=lambda item: (-lasts[_together(item)], _together(item)))


def lasting(item: pytest.Item) -> float:
    """About how many seconds a test takes: what its nearest mark says, else the longest that its marks stand for."""
    for mark in item.iter_markers("slow"):
        if "seconds" in mark.kwargs:
            return float(mark.kwargs["seconds"])
    return max((SECONDS.get(mark.name, SHORT) for mark in item.iter_markers()), default=SHORT)


def _together(item: pytest.Item) -> str:
    group = item.get_closest_marker("xdist_group")
    return str(group.args[0]) if group else item.nodeid.split("::", 1)[0]
