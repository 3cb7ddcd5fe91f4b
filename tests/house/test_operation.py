"""What is documented for whoever runs bygd is checked as far as it can be without running it: units and container."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from bygd.cli import main

REPOSITORY = Path(__file__).parents[2]
PAGE = (REPOSITORY / "docs" / "how-to" / "run-for-many.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"(?:^    .*\n|^\n(?=    ))+", re.MULTILINE)
INSTALLED = "/opt/bygd/bin/bygd"
KNOWN = {"FROM", "RUN", "WORKDIR", "COPY", "ENV", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD"}


def units() -> list[str]:
    """The units of systemd that the page shows, without their indentation."""
    blocks = [re.sub(r"(?m)^    ", "", block) for block in BLOCK.findall(PAGE)]
    return [block.lstrip("\n") for block in blocks if "[Service]" in block]


def instructions() -> list[tuple[str, str]]:
    """The Containerfile's instructions: word and what stands behind it, continued lines joined."""
    text = (REPOSITORY / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path, number: int) -> None:
    assert len(units()) == 2
    # What is not installed here is stood in for by a program that is.
    unit = tmp_path / "bygd-checked.service"
    unit.write_text(units()[number].replace(INSTALLED, sys.executable), encoding="utf-8")
    said = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True, timeout=60
    )
    ours = [line for line in said.stderr.splitlines() if "bygd-checked" in line]
    assert ours == [] and said.returncode == 0, said.stderr


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_a_unit_with_a_fault_is_found(tmp_path: Path) -> None:
    unit = tmp_path / "bygd-checked.service"
    unit.write_text(units()[0].replace("ProtectSystem=strict", "ProtectSystem=very"), encoding="utf-8")
    said = subprocess.run(["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True)
    assert "bygd-checked" in said.stderr


def commands() -> list[list[str]]:
    """Every command of bygd that a unit or the container starts."""
    found = [
        line.partition(INSTALLED)[2].replace("'", "").split()
        for unit in units()
        for line in unit.splitlines()
        if INSTALLED in line
    ]
    return [*found, json.loads(dict(instructions())["CMD"])]


def test_what_is_started_are_commands_and_options_that_there_are() -> None:
    assert len(commands()) == 4
    for command, *words in commands():
        told = CliRunner().invoke(main, [command, "--help"])
        assert told.exit_code == 0, command
        for word in words:
            assert not word.startswith("--") or word in told.output, (command, word)


def test_the_container_is_well_formed() -> None:
    listed = instructions()
    assert {word for word, _rest in listed} <= KNOWN
    stages = [rest.partition(" AS ")[2] for word, rest in listed if word == "FROM"]
    assert listed[0][0] == "FROM" and len(stages) == 2
    for word, rest in listed:
        if word in ("CMD", "ENTRYPOINT"):
            assert all(isinstance(one, str) for one in json.loads(rest)), rest
        if word == "HEALTHCHECK":
            assert json.loads(rest.partition("CMD ")[2])[0] == "python"
        if word == "COPY" and (source := re.match(r"--from=(\S+)", rest)):
            assert source[1] in stages
        elif word == "COPY":
            assert all((REPOSITORY / name).exists() for name in rest.split()[:-1]), rest
    last = [word for word, _rest in listed][::-1]
    assert last.index("USER") < last.index("FROM"), "what runs is not root"
    assert (REPOSITORY / "docs").is_dir() and "/health/ready" in dict(listed)["HEALTHCHECK"]
