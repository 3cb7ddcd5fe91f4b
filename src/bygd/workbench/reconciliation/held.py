"""Held: the register that this process serves, shared by all who ask."""

from bygd.workbench.reconciliation.register import Register

_held: list[Register] = []


def hold(register: Register) -> None:
    """From here on this register is served. Whoever opened it closes it."""
    _held[:] = [register]


def held() -> Register:
    """The register that is served."""
    if not _held:
        raise RuntimeError("no register is held: call hold() before serving")
    return _held[0]
