"""`bygd reconcile`: a register asked which organisations names mean, for a spreadsheet or over HTTP."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bygd.cli.progress import shown

if TYPE_CHECKING:
    from bygd.workbench.reconciliation import Register, Wanted

LOOPBACK = ("127.0.0.1", "localhost", "::1")
THREADS = 4
MOST = 8 << 20
"""Bytes of a request that are read at all; the web itself refuses less, and says so."""
FILE = "file"

FIELDS = {
    "supplier": "Names",
    "org_number": "Numbers",
    "postcode": "Postcodes",
    "town": "Towns",
    "kind": "Kind of recipient",
}
STATES = {"linked": "sure", "unresolved": "to check", "none": "not found", "masked": "persons, not looked up"}
"""What may come of a row → how the summary says it."""


class FileOrCommand(click.Group):
    """Takes the name of a file where a command is expected, so that `bygd reconcile FILE` is enough."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        """The words behind the command; what is no command belongs to `file`."""
        if args and args[0] not in (*self.commands, "-h", "--help"):
            args = [FILE, *args]
        return super().parse_args(context, args)


@click.group("reconcile", cls=FileOrCommand, subcommand_metavar="FILE|serve [OPTIONS]")
def reconcile_command() -> None:
    """Look names up in the register: `bygd reconcile FILE`, or `bygd reconcile serve` for OpenRefine.

    The register is the project's, or the one named with --register.
    """


def register_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say which register is asked."""
    options = (
        click.option(
            "--register",
            "registers",
            multiple=True,
            type=click.Path(path_type=Path, exists=True, dir_okay=False),
            help="A register file instead of the project's; repeat for its parts.",
        ),
        click.option("--country", default="", help="Country pack of --register, outside a project."),
        click.option("--source", default="", help="Reader of --register, of bygd sources list. Default: by content."),
        click.option("--map", "pairs", multiple=True, metavar="FIELD=COLUMN", help="Columns of --register; repeat."),
        click.option("--scheme", default="", help="Scheme of the numbers of --register (org-id.guide)."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@reconcile_command.command(FILE)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Where to write: .csv or .xlsx.")
@click.option("--overwrite", is_flag=True, help="Write over the file that is there already.")
@click.option("--name", "names", multiple=True, metavar="COLUMN", help="The column with the names.")
@click.option("--number", "numbers", multiple=True, metavar="COLUMN", help="The column with organisation numbers.")
@click.option("--place", "places", multiple=True, metavar="COLUMN", help="A column with postcodes or towns; repeat.")
@click.option("--sheet", default="", help="The sheet of a workbook. Default: the first.")
@click.option("--best", type=click.IntRange(1, 10), default=1, help="Candidates to write for each row. Default: 1.")
@click.option("--lang", default="en", help="Language of the new columns: en, sv or nl.")
@register_options
@click.pass_obj
def file_command(
    folder: Path,
    /,
    file: Path,
    out: Path | None,
    overwrite: bool,
    names: tuple[str, ...],
    numbers: tuple[str, ...],
    places: tuple[str, ...],
    sheet: str,
    best: int,
    lang: str,
    **register: Any,
) -> None:
    """Put the organisations behind the rows of a spreadsheet (CSV, XLSX, XLS, ODS).

    Columns with name, number and place are guessed from the header unless they are given, and shown.
    Written are the columns of FILE and, behind them, the best match, how sure it is, and why. Rows that
    name a person by number or kind are masked and not looked up. The new file stands when it is whole:
    a run that is stopped leaves none, and begins anew.
    """
    from bygd.workbench.reconciliation import files, open_register

    given = {"supplier": names, "org_number": numbers, "place": places}
    columns = {field: listed for field, listed in given.items() if listed}
    task = files.Task(file, out, columns, sheet, best, lang, folder, overwrite)
    files.check(task)
    with stoppable(), shown() as progress, open_register(wanted(folder, **register), progress) as opened:
        table = files.opened(task, opened)
        for one in table.chosen:
            guess = " (a guess)" if one.is_guess else ""
            click.echo(f"{FIELDS[one.field]} from '{one.column}'{guess}", err=True)
        counts = files.reconcile(task, table, opened, progress)
    told = ", ".join(f"{counts[state]:,} {words}" for state, words in STATES.items() if counts.get(state))
    count = sum(counts.values())
    click.echo(f"{count:,} row{'' if count == 1 else 's'}: {told or 'nothing'}.")
    click.echo(task.target)


@contextmanager
def stoppable() -> Iterator[None]:
    """Whoever is told to end takes passing files along, as with Ctrl-C, and says nothing."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        yield
    except RuntimeError as error:
        # An engine that is asked meanwhile makes a fault of its own of it: a query was interrupted.
        if isinstance(error.__cause__, SystemExit | KeyboardInterrupt):
            raise error.__cause__ from None
        raise
    finally:
        signal.signal(signal.SIGTERM, before)


@reconcile_command.command("serve")
@click.option("--host", default="127.0.0.1", help="Address to listen on. Default: 127.0.0.1, this machine only.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="Port; 0 takes a free one. Default: 8000.")
@click.option("--address", default="", metavar="URL", help="Serve to others: the address they reach this service by.")
@register_options
@click.pass_obj
def serve_command(folder: Path, /, host: str, port: int, address: str, **register: Any) -> None:
    """Serve the register over the Reconciliation API, 0.2 and 1.0-draft, for OpenRefine and other clients.

    Only this machine can reach it unless --address is given. Nothing of ledgers, payments and decisions is
    served, and no person or sole trader. Stop it with Ctrl-C.
    """
    from bygd.sources.errors import InputError
    from bygd.workbench.reconciliation import open_register
    from bygd.workbench.reconciliation.held import hold

    if host not in LOOPBACK and not address:
        raise InputError(
            "--host {host} serves to others. Say with --address by which URL they reach this service.", host=host
        )
    if address and not address.startswith(("http://", "https://")):
        raise InputError(
            "--address {address} is no URL. Write it whole, such as https://register.example.org", address=address
        )
    server = _server(host, port, address)
    # A stopped service takes its passing files with it, however it is stopped.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with ExitStack() as stack:
        with shown() as progress:
            opened = stack.enter_context(open_register(wanted(folder, **register), progress))
            hold(opened, progress)
        for line in _said(opened, address or f"http://{_shown_host(host)}:{server.effective_port}", bool(address)):
            click.echo(line)
        try:
            server.run()
        finally:
            server.close()


def _server(host: str, port: int, address: str) -> Any:
    """The web in a server of its own, bound but not yet answering."""
    from bygd.sources.errors import InputError

    os.environ["DJANGO_SETTINGS_MODULE"] = "bygd.web.reconciliation.settings"
    if address:
        os.environ["BYGD_ADDRESS"] = address
    try:
        create_server = import_module("waitress").create_server
        application = import_module("bygd.web.wsgi").application
    except ModuleNotFoundError as error:
        raise InputError(
            "{module} is missing. Install what the web needs: pip install 'bygd[web]'", module=error.name
        ) from None
    try:
        return create_server(application, host=host, port=port, threads=THREADS, max_request_body_size=MOST, ident=None)
    except OSError as error:
        raise InputError(
            "Port {port} of {host} cannot be used ({why}). Choose another --port.",
            port=str(port),
            host=host,
            why=error.strerror,
        ) from None


def _shown_host(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _said(register: "Register", address: str, is_open: bool) -> list[str]:
    """What is served, to whom, and how to reach it."""
    masked = f" Persons and sole traders ({register.masked:,}) are left out." if register.masked else ""
    who = f"Everybody who reaches {address}" if is_open else "Everybody and every web page on this machine"
    return [
        f"{register.count:,} organisations of {register.name}.{masked}",
        f"{who} can look them up. Nothing of ledgers, payments and decisions is served.",
        f"OpenRefine (Reconciliation API 0.2): {address}/reconcile",
        f"Clients of 1.0-draft:                {address}/reconcile/1.0-draft",
    ]


def wanted(
    folder: Path, registers: tuple[Path, ...], country: str, source: str, pairs: tuple[str, ...], scheme: str
) -> "Wanted":
    """Which register the options of `register_options` name."""
    from bygd.cli.project import named
    from bygd.workbench.reconciliation import Wanted

    columns = named(pairs)
    if scheme:
        columns["scheme"] = scheme
    return Wanted(folder, registers, country, source, columns)
