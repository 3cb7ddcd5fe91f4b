"""`bygd lottery`: a panel drawn by lot from a table of codes, or a draw made again to check it."""

from pathlib import Path

import click


@click.command("lottery")
@click.argument("pool", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--size", type=click.IntRange(min=1), required=True, help="Seats on the panel.")
@click.option("--quota", "quotas", multiple=True, help="Such as 'sex=woman 9-11'; repeat for more.")
@click.option("--seed", help="The seed of the draw. Without it only the fingerprint of the pool is told.")
@click.option("--country", default="", help="Whose personal identity numbers are refused. Default: the project's.")
@click.pass_obj
def lottery_command(
    folder: Path, pool: Path, size: int, quotas: tuple[str, ...], seed: str | None, country: str
) -> None:
    """Draw a panel by stratified lottery from POOL, a CSV or XLSX of codes and what counts of each.

    The same pool, quotas and seed give the same panel on every machine, so that anybody can check a
    draw. Names have no place in the file. Method: docs/method/lottery.md
    """
    from bygd.countries import load
    from bygd.tools import lottery
    from bygd.workbench import panel, project

    people = panel.pool(pool, load(country) if country else project.find(folder).country)
    wanted = panel.quotas("\n".join(quotas), people)
    click.echo(f"Fingerprint of the pool: {lottery.fingerprint(people)}")
    if seed is None:
        lottery.draw(people, size, wanted, "trial")
        click.echo(f"{len(people)} people; a panel of {size} can be drawn. Publish the fingerprint, then get the seed.")
        return
    for code in lottery.draw(people, size, wanted, seed).panel:
        click.echo(code)
