"""A small made-up register with everything that makes a service stumble: markup, formulas, namesakes, persons."""

import csv
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bygd.workbench.reconciliation import Register, Wanted, open_register
from bygd.workbench.sample import numbers

COMMAND = [sys.executable, "-c", "from bygd.cli import main; main()"]

HEADER = ("number", "name", "former_name", "trading_name", "legal_form", "status", "postcode", "town", "municipality",
          "country", "industry", "employees", "registered_on", "ended_on", "parent_number")  # fmt: skip


def number(serial: int) -> str:
    """The number of the organisation of that serial."""
    return numbers.organisation("5599", serial)


def org_id(serial: int) -> str:
    """Its identifier."""
    return f"SE-ON:{number(serial)}"


PERSON = numbers.person(1982, 7)
PIPES, PIPES_HB, SOLEN, MARKUP, FORMULA, MILL, CHILD, EK_NORTH, EK_SOUTH, ARABIC, COFFEE = range(1, 12)

ROWS: dict[int, dict[str, str]] = {
    PIPES: {"name": "Byggd Rörläggeri AB", "former_name": "Rörmokarna i Byggeby AB", "trading_name": "Byggd VVS",
            "legal_form": "49", "status": "active", "postcode": "123 45", "town": "Byggeby", "municipality": "1291",
            "industry": "43221", "employees": "12", "registered_on": "1999-05-04"},
    PIPES_HB: {"name": "Byggd Rörläggeri Handelsbolag", "legal_form": "31", "postcode": "54321", "town": "Nyby"},
    SOLEN: {"name": "Kooperativet Solen ekonomisk förening", "legal_form": "51", "postcode": "12345",
            "town": "Byggeby"},
    MARKUP: {"name": '<script>alert(1)</script> & "Bror" AB', "legal_form": "49", "town": "<b>Ort</b>"},
    FORMULA: {"name": "=HYPERLINK(1) Kalkyl AB", "legal_form": "49", "town": "Kalkby"},
    MILL: {"name": "Gamla Kvarnen AB", "legal_form": "49", "status": "dissolved", "ended_on": "2020-01-31"},
    CHILD: {"name": "Dotterbolaget Granit AB", "legal_form": "49", "parent_number": number(PIPES)},
    EK_NORTH: {"name": "Ek Konsult AB", "legal_form": "49", "postcode": "90100", "town": "Norrby"},
    EK_SOUTH: {"name": "Ek Konsult AB", "legal_form": "49", "postcode": "20100", "town": "Söderby"},
    ARABIC: {"name": "أحمد للتجارة AB", "legal_form": "49"},
    COFFEE: {"name": "Kaffe ☕ Rosteriet AB", "legal_form": "49", "town": "Åby"},
}  # fmt: skip


def write(path: Path) -> Path:
    """The register as a CSV file; among its rows one sole trader under a personal number."""
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, fieldnames=HEADER)
        writer.writeheader()
        for serial, row in ROWS.items():
            writer.writerow({"number": number(serial), "country": "se", **row})
        writer.writerow({"number": PERSON, "name": "Anna Nilsson Städ", "legal_form": "10", "town": "Byggeby"})
    return path


def wanted(folder: Path) -> Wanted:
    """How that register is asked for, outside any project."""
    columns = {name: name for name in HEADER}
    return Wanted(folder, (write(folder / "register.csv"),), "se", "world/own_register", columns)


@contextmanager
def opened(folder: Path) -> Iterator[Register]:
    """The register, open."""
    with open_register(wanted(folder)) as register:
        yield register


def words(folder: Path) -> list[str]:
    """How the register is named at the prompt."""
    columns = [word for name in HEADER for word in ("--map", f"{name}={name}")]
    register = str(write(folder / "register.csv"))
    return ["--register", register, "--country", "se", "--source", "world/own_register", *columns]


@contextmanager
def serving(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """`bygd reconcile serve` over it: its address, and what it said when it started."""
    passing = folder / "passing"
    passing.mkdir()
    command = [*COMMAND, "-C", str(folder), "reconcile", "serve", "--port", "0", *words(folder)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "TMPDIR": str(passing)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout and process.stderr
        said = [process.stdout.readline() for _ in range(4)]
        found = re.search(r"http://127\.0\.0\.1:\d+", "".join(said))
        try:
            assert found, process.stderr.read()
            yield found[0], said
        finally:
            process.terminate()
            process.wait(20)
            faults = process.stderr.read()
    assert process.returncode == 0 and "Traceback" not in faults, faults
    assert not list(passing.iterdir()), "it leaves nothing behind"
