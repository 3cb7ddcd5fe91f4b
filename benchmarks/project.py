"""The project around generated files."""

from pathlib import Path


def write_project(folder: Path, ledgers: list[tuple[str, Path]]) -> None:
    pass
