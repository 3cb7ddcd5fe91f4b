"""`bygd publish`: what everybody may see, as a site of plain files."""

from pathlib import Path

import click


@click.command("publish")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder. Default: public in the project.")
@click.option("--lang", default="", help="Languages, with commas between, such as sv,en. Default: all.")
@click.pass_obj
def publish_command(folder: Path, out: Path | None, lang: str) -> None:
    """Write the current snapshot as a site for everybody: pages, tables and open data, small cells withheld.

    The site needs no server and no scripts. Put the folder on any web server, or open index.html.
    Beside the report stand the guide for small firms, finished issue forums and decided action plans, where
    everybody may read them.
    """
    from bygd.workbench import project, publication

    found = project.find(folder)
    target = out or found.folder / "public"
    languages = [code.strip() for code in lang.split(",") if code.strip()]
    written = publication.write(found, target, languages, whole=True)
    click.echo(f"{len(written)} files in {target}. Begin with {target / 'index.html'}")
