"""A PostgreSQL of the tests' own: Debian's programs, a passing folder, loopback only."""

import atexit
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from functools import cache
from pathlib import Path

USER = "postgres"


def programs() -> Path | None:
    """The folder of the newest PostgreSQL on this machine; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


@cache
def started() -> str:
    """The address of a running server, as BYGD_DATABASE takes it; it stops with this process.

    Raises LookupError where PostgreSQL is not installed.
    """
    folder = programs()
    if folder is None:
        raise LookupError("PostgreSQL is not installed")
    home = Path(tempfile.mkdtemp(prefix="bygd-postgresql-"))
    # PostgreSQL does not run as root; the package made a user for it.
    is_root = os.geteuid() == 0
    as_user = ["runuser", "-u", USER, "--"] if is_root else []
    if is_root:
        shutil.chown(home, USER)
    data = home / "data"

    def run(program: str, *words: str) -> None:
        subprocess.run(
            [*as_user, str(folder / program), *words], check=True, capture_output=True, timeout=300, cwd=home
        )

    run("initdb", "-D", str(data), "-U", USER, "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    quick = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    for tries_left in (2, 1, 0):  # another program may take the port before it does
        port = _free_port()
        settings = f"-p {port} -h 127.0.0.1 -k {home} {quick}"
        try:
            run("pg_ctl", "-D", str(data), "-w", "-t", "120", "-l", str(home / "log"), "-o", settings, "start")
            break
        except subprocess.CalledProcessError:
            if not tries_left:
                raise

    def stop() -> None:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)

    atexit.register(stop)
    return f"postgresql://{USER}@127.0.0.1:{port}/postgres"


def fresh() -> str:
    """The address of a new, empty database of that server. Raises LookupError where PostgreSQL is not installed."""
    import psycopg

    address, name = started(), f"fresh_{secrets.token_hex(6)}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return address.removesuffix("postgres") + name


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
