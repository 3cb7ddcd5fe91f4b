"""Held: the register that this process serves, shared by all who ask."""

from bygd.workbench.bench import Progress, quiet
from bygd.workbench.reconciliation.matching import match
from bygd.workbench.reconciliation.queries import Query
from bygd.workbench.reconciliation.register import Register

_held: list[Register] = []


def hold(register: Register, progress: Progress = quiet) -> None:
    """From here on this register is served. Whoever opened it closes it.

    One query is answered before: so the index is made, and whoever asks first need not wait for it.
    """
    progress("Making the index", 0, 1)
    match(register, [Query(names=("bygd",))])
    progress("Making the index", 1, 1)
    _held[:] = [register]


def held() -> Register:
    """The register that is served."""
    if not _held:
        raise RuntimeError("no register is held: call hold() before serving")
    return _held[0]
