"""`bygd place areas` and `bygd place divisions`: the smaller areas of the place, and what became of them."""

from pathlib import Path

import click

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group("areas")
def areas_group() -> None:
    """Choose the districts, small areas and localities that statistics are fetched for."""


@areas_group.command("add")
@click.argument("file", type=FILE)
@click.option("--division", default="", help="Year of the division, where the file does not say.")
@click.option("--level", "levels", multiple=True, help="Only district, small_area or locality; repeat for more.")
@click.option("--within", default="", help="Code of another municipality than the place's.")
@click.pass_obj
def areas_add_command(folder: Path, file: Path, division: str, levels: tuple[str, ...], within: str) -> None:
    """Take the areas in the place out of a FILE of the publisher: CSV, XLSX or GeoJSON with their codes."""
    from bygd.sources.errors import InputError
    from bygd.vocabulary.place_words import Level
    from bygd.workbench import project
    from bygd.workbench.place import choosing

    unknown = [text for text in levels if text not in list(Level)]
    if unknown:
        raise InputError("There is no level '{text}'. Known: {known}.", text=unknown[0], known=list(Level))
    found = choosing.choose_areas(
        project.find(folder), file, vintage=division, levels=[Level(text) for text in levels], within=within
    )
    for level in dict.fromkeys(one.level for one in found):
        here = [one for one in found if one.level is level]
        years = ", ".join(sorted({one.vintage for one in here if one.vintage})) or "–"
        click.echo(f"{len(here)} {level.label.lower()}, division of {years}")


@areas_group.command("list")
@click.pass_obj
def areas_list_command(folder: Path) -> None:
    """List the areas that were chosen: code, division, name, and what each lies in; and boundaries passed over."""
    from bygd.workbench import project
    from bygd.workbench.place import choosing, shapes

    here = project.find(folder)
    for row in choosing.chosen_areas(here):
        click.echo(f"{row['code']:<12} {row['vintage'] or '–':<6} {row['name']:<40.40} {row['parent']}")
    for name, size in shapes.passed_over(here):
        megabytes, most = size // 1_000_000, shapes.MOST_BYTES // 1_000_000
        click.echo(f"{name} has {megabytes} MB and is passed over: maps take at most {most} MB.", err=True)


@click.group("divisions")
def divisions_group() -> None:
    """Say what became of areas between two divisions, so that values go over where that is sure."""


@divisions_group.command("add")
@click.argument("files", type=FILE, nargs=-1, required=True)
@click.option("--source", default="", help="Who reads it, where its columns do not tell; see bygd sources list.")
@click.pass_obj
def divisions_add_command(folder: Path, files: tuple[Path, ...], source: str) -> None:
    """Read FILES of a publisher, or one's own list, and keep what they say in place/divisions."""
    from bygd.workbench import project
    from bygd.workbench.place import divisions

    for path, one in divisions.bring(project.find(folder), files, source):
        shares = one.basis or "no shares"
        click.echo(f"{path}: {one.old_vintage} to {one.new_vintage}, {len(one.pairs)} pairs, {shares}")


@divisions_group.command("list")
@click.argument("area", default="")
@click.pass_obj
def divisions_list_command(folder: Path, area: str) -> None:
    """List what is known; of an AREA, which older areas it is made of."""
    from bygd.workbench import project
    from bygd.workbench.place import divisions

    here = project.find(folder)
    for walk in divisions.every(here):
        one = walk.division
        if not area:
            click.echo(
                f"{one.level.label}: {one.old_vintage} to {one.new_vintage}, {len(one.pairs)} pairs. {one.source}"
            )
            continue
        for pair in one.origins(area.rpartition(":")[2]):
            share = "share not known" if pair.share is None else f"{pair.share:.1%} of it"
            click.echo(f"{one.old_vintage} {pair.old or 'ground of unknown origin'}: {share} {pair.change}".rstrip())
