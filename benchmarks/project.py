"""The project around generated files, made through the command line as a user would."""

import subprocess
import sys
from pathlib import Path

BYGD = [str(Path(sys.executable).parent / "bygd")]
REGISTER = {
    "number": "number", "name": "name", "legal_form": "form", "status": "status", "postcode": "postcode",
    "town": "town", "municipality": "municipality", "industry": "industry", "employees": "employees",
}  # fmt: skip
POSTCODES = {
    "postcode": "postcode", "municipality": "municipality", "municipality_name": "town", "county": "county",
    "county_name": "county_name",
}  # fmt: skip


def write_project(folder: Path, ledgers: list[tuple[str, Path]], place: str = "se:1001") -> None:
    """A project in that folder with the ledgers, `register.csv` and `postcodes.csv` in it."""
    run(folder, "init", ".", "--place", place)
    for anchor, path in ledgers:
        run(folder, "add", "ledger", path.name, "--anchor", anchor, "--yes")
    for kind, columns in (("register", REGISTER), ("postcodes", POSTCODES)):
        maps = [word for field, column in columns.items() for word in ("--map", f"{field}={column}")]
        run(folder, "add", kind, f"{kind}.csv", "--source", f"world/own_{kind}", *maps)


def run(folder: Path, *words: str) -> str:
    """What the command prints. Raises CalledProcessError, with its message, where it fails."""
    done = subprocess.run([*BYGD, *words], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"bygd {' '.join(words)}: {done.stderr.strip()}")
    return done.stdout
