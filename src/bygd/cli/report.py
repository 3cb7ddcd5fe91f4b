"""`bygd report`: one HTML page, one workbook, one JSON file of figures."""

from pathlib import Path

import click


@click.command("report")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder. Default: report in the project.")
@click.option("--lang", default="", help="Language: en, sv or nl. Default: the country's.")
@click.option("--public", is_flag=True, help="Fit to publish: no names of suppliers, small cells withheld.")
@click.pass_obj
def report_command(folder: Path, out: Path | None, lang: str, public: bool) -> None:
    """Write the report of the current snapshot: HTML, XLSX, figures.json and control.json."""
    from bygd.workbench import project, reporting

    for path in reporting.write(project.find(folder), out, lang, public=public):
        click.echo(path)
