"""`bygd tender`: bids compared by a model of price, what that hangs on, and templates for answers."""

import json
from pathlib import Path

import click

from bygd.cli.policies import EDITION, LANG, ON
from bygd.tools.tenders.models import PriceModel

MODEL = click.Choice([word.value for word in PriceModel])


@click.group("tender")
def tender_command() -> None:
    """Tenders: compare bids, see what the order hangs on, make templates for answers."""


@tender_command.command("models")
@LANG
def models_command(lang: str) -> None:
    """List the models of price and quality: formula, traps, sources."""
    from bygd.reports.tenders import told
    from bygd.reports.translate import Translator

    for line in told.models(Translator(lang)):
        click.echo(line)


@tender_command.command("price")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--model", required=True, type=MODEL, help="How price and quality are weighed: see bygd tender models.")
@click.option("--price-weight", help="Weight of price, such as 0.4, where the file does not say it.")
@click.option("--full-at", help="linear_fixed: the price that gives all points. Default: 0.")
@click.option("--none-at", help="linear_fixed: the price that gives none.")
@click.option("--quality-value", help="added_value: what the best quality is worth in money.")
@click.option("--fixed-price", help="fixed_price: what everybody is paid.")
@click.option("--currency", default="", help="Currency of the prices, three letters.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with exact fractions.")
@LANG
def price_command(
    file: Path, model: str, price_weight: str | None, full_at: str | None, none_at: str | None,
    quality_value: str | None, fixed_price: str | None, currency: str, as_json: bool, lang: str,
) -> None:  # fmt: skip
    """Compare the bids in FILE (CSV, XLSX, XLS, ODS): ranking, warnings, how far weights may go.

    One bid a row: its name, a column "price", a column for each criterion. A row "weight" holds weights that add
    up to 1, rows "highest" and "lowest" the scales (0 to 100 where nothing is said).
    """
    from bygd.reports.translate import Translator
    from bygd.workbench import lawful, tenders

    given = {
        "price_weight": price_weight,
        "full_at": full_at,
        "none_at": none_at,
        "quality_value": quality_value,
        "fixed_price": fixed_price,
    }
    terms = {name: lawful.amount(text, name.replace("_", " ")) for name, text in given.items() if text is not None}
    found = tenders.bids_of(file)
    scheme = tenders.compare(found, PriceModel(model), **terms)
    translate = Translator(lang)
    if as_json:
        click.echo(json.dumps(tenders.row(scheme, found.bids, currency, translate), ensure_ascii=False, indent=1))
    else:
        for line in tenders.lines(scheme, found.bids, currency, translate):
            click.echo(line)


@tender_command.command("template")
@click.argument("policy")
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--measure", "measures", multiple=True, required=True, help="Code of a measure. Repeat for more.")
@click.option("--item", "items", multiple=True, help="A line of prices: 'CODE=what;quantity;unit'. Repeat for more.")
@click.option("--title", required=True, help="Title of the tender.")
@click.option("--number", default="", help="Number of the tender. Default: its title.")
@click.option("--currency", default="", help="Currency of the prices. Default: the policy's.")
@ON
@EDITION
@LANG
@click.pass_obj
def template_command(
    folder: Path, policy: str, target: Path, measures: tuple[str, ...], items: tuple[str, ...], title: str,
    number: str, currency: str, on: str, edition: str, lang: str,
) -> None:  # fmt: skip
    """Write a template for answers to TARGET (.xlsx or .docx), to be filled in offline.

    POLICY is the id of a social value policy, or id@version.
    """
    from bygd.reports.translate import Translator
    from bygd.tools.tenders import Form
    from bygd.workbench import policies, tenders

    one = policies.edition(policy, folder, on=on, edition=edition)
    form = Form(
        number or title,
        {lang: title},
        tuple(tenders.questions(one, measures)),
        tuple(tenders.item(text) for text in items),
        (currency or one.currency).upper(),
    )
    tenders.write_template(form, target, Translator(lang))
    click.echo(f"{target}: {one.id}, {form.fingerprint}")
