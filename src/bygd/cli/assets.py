"""`bygd assets`: what residents mapped, brought in and out, and who works with whom."""

import json
from datetime import date
from pathlib import Path

import click

from bygd.vocabulary.mapping import AssetLayer

MOST_SHOWN = 15
MARKS = {"new": "+", "changed": "~", "same": "="}


@click.group("assets")
def assets_command() -> None:
    """The map of a place: organisations, premises, land, skills, services, and who works with whom."""


@assets_command.command("add")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--layer", type=click.Choice([word.value for word in AssetLayer]), help="Of items that do not say theirs."
)
@click.option("--by", default="", help="Who enters them. Default: bygd assets add.")
@click.option("--dry-run", is_flag=True, help="Show what would change and change nothing.")
@click.pass_obj
def add_command(folder: Path, file: Path, layer: str | None, by: str, dry_run: bool) -> None:
    """Put the items of FILE on the map: GeoJSON, a file of uMap, or a table (CSV, XLSX, ODS)."""
    from bygd.workbench import assets, project

    place = project.find(folder)
    looked = assets.look(place, file, layer=AssetLayer(layer) if layer else None)
    added = 0 if dry_run else assets.take(place, looked, by or "bygd assets add")
    shown = [change for change in looked.changes if change.kind != "same"]
    for change in shown[:MOST_SHOWN]:
        differs = f" ({', '.join(change.differs)})" if change.differs else ""
        click.echo(f"  {MARKS[change.kind]} {change.row['name']} · {change.row['layer']}{differs}")
    if len(shown) > MOST_SHOWN:
        click.echo(f"  and {len(shown) - MOST_SHOWN} more")
    for one in looked.set_aside[:MOST_SHOWN]:
        click.echo(f"  ! {one.file}, row {one.row}: {one.reason}", err=True)
    if looked.unused:
        click.echo(f"  ! not read: {', '.join(looked.unused)}", err=True)
    counts = ", ".join(f"{looked.counts[kind]} {kind}" for kind in MARKS if looked.counts[kind]) or "nothing"
    click.echo(f"{looked.rows} items: {counts}; {len(looked.set_aside)} set aside")
    click.echo("Nothing was changed." if dry_run else f"{added} entries added.")


@assets_command.command("list")
@click.option("--to-see", is_flag=True, help="Only those that nobody has seen lately.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def list_command(folder: Path, to_see: bool, as_json: bool) -> None:
    """List what is on the map, with when it was last seen."""
    from bygd.tools.assets import Freshness, freshness
    from bygd.workbench import assets, project
    from bygd.workbench.contracts import told

    place, today = project.find(folder), date.today()
    limits = assets.limits(place.country, today)
    rows = [
        {**row, "freshness": freshness(row["last_seen"], today, limits)}
        for row in assets.assets(place)
        if not to_see or freshness(row["last_seen"], today, limits) is not Freshness.FRESH
    ]
    if as_json:
        click.echo(json.dumps([told.plain(row) for row in rows], ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo(f"{row['last_seen'] or 'never':<11} {row['layer']:<13} {row['name']} · {row['freshness'].label}")
    click.echo(f"{len(rows)} items")


@assets_command.command("network")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def network_command(folder: Path, as_json: bool) -> None:
    """Tell who works with whom: who bridges, who stands alone, and which sorts are missing."""
    from bygd.workbench import assets, project

    found = assets.of_project(project.find(folder))
    if as_json:
        rows = [
            {name: getattr(one, name) for name in ("name", "sort", "ties", "betweenness", "is_bridge")}
            for one in found.members
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for one in found.members:
        bridge = "  a bridge" if one.is_bridge else ""
        click.echo(f"{one.betweenness:>6.0%} {one.ties:>3} ties  {one.name}{bridge}")
    for sort in found.missing:
        click.echo(f"missing: {sort.label}")
    for first, second in found.apart:
        click.echo(f"no tie between: {first.label} – {second.label}")


@assets_command.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--lang", default="en", help="Language of the layers' names in uMap: en, sv or nl.")
@click.pass_obj
def export_command(folder: Path, file: Path, lang: str) -> None:
    """Write the map to FILE: GeoJSON (.geojson), uMap (.umap) or a table (.csv)."""
    from bygd.reports.translate import Translator
    from bygd.sources.errors import InputError
    from bygd.workbench import assets, project
    from bygd.workbench.assets import writing

    place = project.find(folder)
    rows = assets.assets(place)
    ending = file.suffix.lower()
    if ending == ".csv":
        file.write_text(writing.table(rows), encoding="utf-8-sig")
    elif ending == ".umap":
        file.write_text(writing.umap(rows, place.place_name, Translator(lang)), encoding="utf-8")
    elif ending in (".geojson", ".json"):
        file.write_text(writing.geojson(rows), encoding="utf-8")
    else:
        raise InputError("{file} must end in .geojson, .umap or .csv.", file=file.name)
    click.echo(f"{file}: {len(rows)} items")
