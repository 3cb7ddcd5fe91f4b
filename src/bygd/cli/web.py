"""`bygd web`: the workbench in the browser."""

import os
import signal
import sys
import webbrowser
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path
from typing import Any

import click

THREADS = 8
MOST = 620 << 20
"""Bytes of a request that are read at all; the web itself refuses less, and says so."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command("web")
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--host", default="127.0.0.1", help="Address to listen on. Default: 127.0.0.1, this machine only.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="Port; 0 takes a free one. Default: 8000.")
@click.option(
    "--address",
    default="",
    metavar="URL",
    envvar="BYGD_ADDRESS",
    help="Serve to others: the address they reach this web by.",
)
@click.option("--browser/--no-browser", default=True, help="Open the browser. Default: yes, on this machine only.")
@click.option(
    "--worker",
    type=click.Choice(("beside", "none", "only")),
    default="beside",
    help="Builds and checks of files: done beside the web (default), by another process, or nothing but that.",
)
@click.option(
    "--invite",
    default="",
    metavar="EMAIL",
    help="Print a link for somebody and end: a new administrator, or one of the people who cannot sign in any more.",
)
@click.option("--check", is_flag=True, help="Start nothing; say how the installation stands. Exit code 2 where wrong.")
@click.option(
    "--member-of", multiple=True, metavar="NAME", help="With --invite: make them a member of that institution."
)
@click.pass_obj
def web_command(
    folder: Path,
    /,
    folders: tuple[Path, ...],
    host: str,
    port: int,
    address: str,
    browser: bool,
    worker: str,
    invite: str,
    member_of: tuple[str, ...],
    check: bool,
) -> None:
    """Open the workbench in the browser, for this project or for the project FOLDERS.

    On this machine it opens with a link that lets you in. Served to others (--address), people sign in
    with accounts that you invite them to. Stop it with Ctrl-C.
    """
    from bygd.sources.errors import InputError
    from bygd.workbench import project

    if host not in LOOPBACK and not address:
        raise InputError(
            "--host {host} serves to others. Say with --address by which URL they reach this web.", host=host
        )
    if address and not address.startswith(("http://", "https://")):
        raise InputError(
            "--address {address} is no URL. Write it whole, such as https://bygd.example.org", address=address
        )
    places = [project.find(one).folder for one in (folders or (folder,))]
    state = Path(os.environ.get("BYGD_STATE") or places[0] / project.STATE / "web")
    try:
        start = import_module("bygd.web.start")
        if check:
            _tell(start.check(places, state, address))
            return
        start.prepare(places, state, address)
    except ModuleNotFoundError as error:
        raise InputError(
            "{module} is missing. Install what the web needs: pip install 'bygd[web]'", module=error.name
        ) from None
    if invite:
        click.echo(f"A link for {invite}, good once and for 7 days: {start.invite(places, invite, member_of)}")
        return
    if worker == "only":
        start.work()
        return
    try:
        server = start.server(host, port, THREADS, MOST)
    except OSError as error:
        raise InputError(
            "Port {port} of {host} cannot be used ({why}). Choose another --port.",
            port=str(port),
            host=host,
            why=error.strerror,
        ) from None
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    here = f"http://{'[::1]' if host == '::1' else host}:{server.effective_port}"
    if address:
        click.echo(f"The workbench is at {address}. Stop it with Ctrl-C.")
    else:
        link = here + start.way_in(places)
        click.echo(f"The workbench is at {here}. Stop it with Ctrl-C.")
        click.echo(f"Your way in, good once and for 15 minutes: {link}")
        if browser:
            webbrowser.open(link)
    try:
        with start.worker() if worker == "beside" else nullcontext():
            start.warm()
            server.run()
    finally:
        server.close()


def _tell(found: list[Any]) -> None:
    """Print how an installation stands; ends with exit code 2 where something is wrong."""
    signs = {"good": "ok", "note": "note", "wrong": "WRONG"}
    for one in found:
        click.echo(f"{signs[one.state.value]:5}  {one.about}: {one.says}")
    if any(one.state.value == "wrong" for one in found):
        sys.exit(2)
