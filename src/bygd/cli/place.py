"""`bygd place`: official statistics of the place, from the village up: fetch, show, compare, put a village together."""

import json
from pathlib import Path
from typing import Any

import click

from bygd.cli.areas import areas_group, divisions_group
from bygd.cli.progress import shown

LANG = click.option("--lang", default="en", help="Language of the texts: en, sv or nl.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
MOST = 20
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group("place")
def place_command() -> None:
    """What kind of place is this? Official statistics and own counts. Method: docs/method/place.md"""


@place_command.command("list")
@click.option("--unknown", is_flag=True, help="Only those that no source is known of.")
@LANG
@JSON
@click.pass_obj
def list_command(folder: Path, unknown: bool, lang: str, as_json: bool) -> None:
    """List the catalogue of indicators: name, source, smallest area, whether anybody verified the source."""
    from bygd.reports.translate import Translator
    from bygd.workbench import place, project

    translate = Translator(lang)
    rows = place.catalogue_rows(project.find(folder), translate)
    rows = [row for row in rows if not unknown or not row["sources"]]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo(f"{row['id']:<26} {row['label']:<48.48} {row['smallest']:<22} {row['how']}")


@place_command.command("refresh")
@click.option("--no-peers", is_flag=True, help="Leave out the country's other municipalities.")
@click.option("--offline", is_flag=True, help="Read again what was fetched; ask nobody.")
@click.option("--most", default=MOST, show_default=True, help="How many changes to print.")
@LANG
@click.pass_obj
def refresh_command(folder: Path, no_peers: bool, offline: bool, most: int, lang: str) -> None:
    """Fetch all indicators anew and tell what changed. Stopped, it goes on where it stood when started again."""
    _fetch(folder, (), peers=not no_peers, offline=offline, most=most, lang=lang)


@place_command.command("fetch")
@click.argument("indicators", nargs=-1, required=True)
@click.option("--no-peers", is_flag=True, help="Leave out the country's other municipalities.")
@LANG
@click.pass_obj
def fetch_command(folder: Path, indicators: tuple[str, ...], no_peers: bool, lang: str) -> None:
    """Fetch only these INDICATORS, by their ids."""
    _fetch(folder, indicators, peers=not no_peers, offline=False, most=MOST, lang=lang)


@place_command.command("read")
@click.argument("file", type=FILE)
@click.option(
    "--source", default="world/own_statistics", show_default=True, help="Who reads it; see bygd sources list."
)
@click.option("--period", default="", help="Year the file is of, where it does not say.")
@click.pass_obj
def read_command(folder: Path, file: Path, source: str, period: str) -> None:
    """Read a FILE of statistics that you got, and keep its values in the project's folder place/values."""
    from bygd.workbench import place, project

    made, number = place.bring(project.find(folder), file, source, period)
    click.echo(f"{made}: {number} values")


@place_command.command("show")
@click.argument("area", default="")
@click.option("--indicator", "only", multiple=True, help="Only this indicator; repeat for more.")
@LANG
@JSON
@click.pass_obj
def show_command(folder: Path, area: str, only: tuple[str, ...], lang: str, as_json: bool) -> None:
    """Show what is known of the place, or of another AREA: a code, or village:name."""
    from bygd.reports.place import told
    from bygd.reports.translate import Translator
    from bygd.workbench import place, project

    here = project.find(folder)
    found = place.profile(here, _area_id(here, area), only=only)
    if as_json:
        click.echo(json.dumps(place.rows(found), ensure_ascii=False, indent=1, default=str))
        return
    translate = Translator(lang)
    for line in told.lines(found, here.country.currency, translate):
        click.echo(line)


@place_command.command("compare")
@click.argument("area", default="")
@click.option("--with", "areas", multiple=True, help="Compare with this municipality from now on; repeat for more.")
@click.option("--by", "structure", multiple=True, help="Seek places like ours by this indicator; repeat for more.")
@click.option("--number", type=int, help="How many places like ours to compare with.")
@click.option("--usual", is_flag=True, help="Go back to the usual choice of places.")
@LANG
@click.pass_obj
def compare_command(
    folder: Path, area: str, areas: tuple[str, ...], structure: tuple[str, ...], number: int | None, usual: bool,
    lang: str,
) -> None:  # fmt: skip
    """Compare the place, or another AREA, with what it lies in and with places like it; says how those are chosen."""
    from bygd.reports.place import told
    from bygd.reports.translate import Translator
    from bygd.workbench import place, project

    here = project.find(folder)
    if areas or structure or number or usual:
        place.choose(here, areas, structure, number)
    found = place.profile(here, _area_id(here, area))
    translate = Translator(lang)
    for line in told.comparison(found, place.names_of(here, found), here.country.currency, translate):
        click.echo(line)


@place_command.command("sheet")
@click.argument("area", default="")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("place.html"),
    show_default=True,
    help="File to write.",
)
@click.option("--lang", default="", help="Language: en, sv or nl. Default: the country's first.")
@click.pass_obj
def sheet_command(folder: Path, area: str, out: Path, lang: str) -> None:
    """Write the fact sheet for a study circle, two sides of A4: the place, or another AREA."""
    from bygd.workbench import place, project

    here = project.find(folder)
    out.write_text(place.sheet(here, _area_id(here, area), lang), encoding="utf-8")
    click.echo(out)


place_command.add_command(areas_group)
place_command.add_command(divisions_group)


@place_command.group("village")
def village_group() -> None:
    """Put our village together from small areas, and list the villages there are."""


@village_group.command("add")
@click.argument("name")
@click.argument("areas", nargs=-1)
@click.option("--called", default="", help="What people call it. Default: NAME.")
@click.option("--polygon", type=FILE, help="GeoJSON file with the village as somebody drew it, in place of AREAS.")
@click.option("--boundaries", type=FILE, multiple=True, help="GeoJSON file with small areas and their codes; repeat.")
@click.pass_obj
def village_add_command(
    folder: Path, name: str, areas: tuple[str, ...], called: str, polygon: Path | None, boundaries: tuple[Path, ...]
) -> None:
    """Put a village together: NAME in small letters, then codes of AREAS, `9901A0010` or `9901A0010=0.6` for a part.

    Or draw it: --polygon with --boundaries takes the share of each small area's land that lies within.
    """
    from bygd.workbench import project
    from bygd.workbench.place import drawn, villages

    here = project.find(folder)
    if polygon is not None:
        made = drawn.add(here, name, called or name, polygon, boundaries)
    else:
        made = villages.add(here, name, called or name, areas)
    click.echo(f"{made.area_id}: {made.name}, {len(made.parts)} areas of the division {made.vintage or '–'}")


@village_group.command("postcodes")
@click.argument("name")
@click.argument("listed", type=FILE)
@click.option("--directory", type=FILE, multiple=True, required=True, help="File that tells the areas of postcodes.")
@click.option("--people", type=FILE, help="File with the number of people by postcode; else postcodes are counted.")
@click.option("--called", default="", help="What people call it. Default: NAME.")
@click.option(
    "--level",
    type=click.Choice(["small_area", "district"]),
    default="small_area",
    show_default=True,
    help="Which areas to put it together of.",
)
@click.option("--division", default="", help="Year of the division. Default: the newest in the directory.")
@click.pass_obj
def village_postcodes_command(
    folder: Path, name: str, listed: Path, directory: tuple[Path, ...], people: Path | None, called: str, level: str,
    division: str,
) -> None:  # fmt: skip
    """Put a village together from a LISTED file of postcodes: each area with the share of its people who belong."""
    from bygd.vocabulary.place_words import Level
    from bygd.workbench import project
    from bygd.workbench.place import by_postcode

    here = project.find(folder)
    found = by_postcode.look_up(here, listed, directory, people)
    made = by_postcode.put_together(here, name, called or name, found, Level(level), division)
    click.echo(f"{made.area_id}: {made.name}, {len(made.parts)} areas of the division {made.vintage or '–'}")
    for one in found.areas:
        shares = f"{one.share:>6.1%} of it, {one.part:.1%} of ours"
        click.echo(f"{one.level.value:<14} {one.vintage:<6} {one.code:<12} {shares}")
    click.echo(f"Shares of {found.basis}. Not known: {', '.join(found.unknown) or '–'}")


@village_group.command("list")
@click.pass_obj
def village_list_command(folder: Path) -> None:
    """List the villages of the project, with the areas and weights they are put together of."""
    from bygd.workbench import project
    from bygd.workbench.place import villages

    for one in villages.every(project.find(folder)).values():
        parts = ", ".join(id if weight == 1 else f"{id} × {weight:g}" for id, weight in one.parts)
        click.echo(f"{one.area_id:<24} {one.name:<24} {one.vintage:<6} {parts}")


def _area_id(here: Any, text: str) -> str:
    code = here.country.code
    return text if not text or ":" in text or text == code else f"{code}:{text}"


def _fetch(folder: Path, only: tuple[str, ...], *, peers: bool, offline: bool, most: int, lang: str) -> None:
    from bygd.reports.place import refreshed
    from bygd.reports.translate import Translator
    from bygd.workbench import place, project

    with shown() as progress:
        done = place.refresh(project.find(folder), only=only, peers=peers, offline=offline, progress=progress)
    for line in refreshed.lines(done, most, Translator(lang)):
        click.echo(line)
