"""`bygd backup` and `bygd restore`: one file with all that cannot be made again, and back."""

import os
from importlib import import_module
from pathlib import Path
from typing import Any

import click


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--with-keys", is_flag=True, help="With the keys of masking and signing. Then keep the file secret.")
@click.pass_obj
def backup_command(folder: Path, /, file: Path, folders: tuple[Path, ...], with_keys: bool) -> None:
    """Copy everything that cannot be made again into FILE, while the web runs.

    That is: the web's database, and of each place bygd.toml, its files and decisions, the current and the
    published snapshot. FOLDERS as for `bygd web`.
    """
    from bygd.workbench import project

    places = [project.find(one).folder for one in (folders or (folder,))]
    state = Path(os.environ.get("BYGD_STATE") or places[0] / project.STATE / "web")
    _web("bygd.web.start").prepare(places, state)
    made = _web("bygd.web.backup.archive").write(file.resolve(), with_keys)
    click.echo(f"{made.file}: {made.files} files, {made.rows} rows.")
    for warning in made.warnings:
        click.echo(f"Note: {warning}", err=True)


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--into", type=click.Path(path_type=Path, file_okay=False), help="A new folder for the places.")
@click.option("--check-only", is_flag=True, help="Read the whole file and say whether it is as it was written.")
def restore_command(file: Path, into: Path | None, check_only: bool) -> None:
    """Make a new installation of a backup FILE, or check one.

    Every place gets a folder within --into. The database is that of BYGD_DATABASE, which must be empty,
    or a new one beside the first place.
    """
    from bygd.sources.errors import InputError
    from bygd.workbench import project

    if into is None and not check_only:
        raise InputError("Say with --into where the places shall go, or check the file with --check-only.")
    target = (into or Path()).resolve()
    if not check_only and "BYGD_STATE" not in os.environ:
        os.environ["BYGD_STATE"] = str(target / _first(file) / project.STATE / "web")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bygd.web.settings")
    restoring = _set_up()
    if check_only:
        found = restoring.check(file)
        click.echo(
            f"{file} is whole: {', '.join(found.places)}, {found.files} files, {sum(found.rows.values())} rows, "
            f"made {found.made_at}, {'with' if found.has_keys else 'without'} keys."
        )
        return
    made = restoring.restore(file, target)
    click.echo(f"{made.rows} rows and {len(made.folders)} places restored:")
    for place in made.folders:
        click.echo(f"  {place}")


def _first(file: Path) -> str:
    """The name of the first place of a backup; empty where it has none, or is no backup, which is told later."""
    import json
    import zipfile

    try:
        with zipfile.ZipFile(file) as packed:
            slugs = json.loads(packed.read("manifest.json"))["places"]
    except (zipfile.BadZipFile, KeyError, ValueError):
        return ""
    return str(slugs[0]) if slugs and "/" not in slugs[0] and slugs[0] != ".." else ""


def _set_up() -> Any:
    import_module("django").setup()
    return _web("bygd.web.backup.restoring")


def _web(name: str) -> Any:
    """A part of the web, by its name. Raises InputError where what it needs is not installed."""
    from bygd.sources.errors import InputError

    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise InputError(
            "{module} is missing. Install what the web needs: pip install 'bygd[web]'", module=error.name
        ) from None
