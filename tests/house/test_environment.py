"""What an installation may set stands in the page for whoever runs one, and nothing else does."""

import re
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
OWN = {"BYGD_WORKER_OF"}
"""Said by one process of ours to another."""


def test_every_variable_is_described_and_none_that_is_gone() -> None:
    read = {
        name
        for path in (REPOSITORY / "src" / "bygd").rglob("*.py")
        for name in re.findall(r'"(BYGD_[A-Z_]+)"', path.read_text(encoding="utf-8"))
    }
    page = (REPOSITORY / "docs" / "how-to" / "run-for-many.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^\| `(BYGD_[A-Z_]+)` \|", page, re.MULTILINE))
    assert described == read - OWN


def test_the_container_is_made_of_what_there_is() -> None:
    text = (REPOSITORY / "Containerfile").read_text(encoding="utf-8")
    for name in next(line for line in text.splitlines() if line.startswith("COPY pyproject")).split()[1:-1]:
        assert (REPOSITORY / name).exists(), name
    assert "USER bygd" in text and "HEALTHCHECK" in text
