"""Tenders for people: bids from a spreadsheet compared, a form made of a policy's measures, models described."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from bygd.reports.tenders import told, write_document, write_workbook
from bygd.reports.tenders.reading import number
from bygd.reports.translate import Translator
from bygd.sources.errors import InputError
from bygd.sources.files import opening, tabular
from bygd.tools import tenders
from bygd.tools.social_value import Edition
from bygd.tools.social_value import Kind as Measured
from bygd.tools.tenders import Asked, Bid, Criterion, Form, Item, PriceModel, Question, Scheme
from bygd.workbench import asking

PRICE = frozenset({"price", "pris", "prijs"})
WEIGHT = frozenset({"weight", "vikt", "gewicht"})
HIGHEST = frozenset({"highest", "högst", "hoogste"})
LOWEST = frozenset({"lowest", "lägst", "laagste"})
"""How a column or a row of a spreadsheet of bids is called."""
SOUGHT = 30

ASKED = {Measured.LEVEL: Asked.TEXT, Measured.QUANTITY: Asked.NUMBER, Measured.YES_NO: Asked.YES_NO}


@dataclass(frozen=True, slots=True)
class Compared:
    """Bids of a spreadsheet, and the weights and scales that stand in it."""

    bids: tuple[Bid, ...]
    criteria: tuple[Criterion, ...]
    price_weight: Decimal | None


def bids_of(path: Path) -> Compared:
    """Bids of a table: one a row, its name first, then columns of `price` and of each criterion.

    Rows called `weight`, `highest` and `lowest` hold weights and scales of the columns; scores go from 0 to
    100 where nothing is said. Reads CSV, XLSX, XLS and ODS; words in three languages. Raises InputError.
    """
    with opening.opened(path) as parts:
        for part in parts:
            for sheet in tabular.sheets(part, path.name):
                for at, names in enumerate(sheet.head[:SOUGHT], 1):
                    heads = [" ".join((name or "").split()) for name in names]
                    if any(head.casefold() in PRICE for head in heads[1:]):
                        rows = sheet.cells(at).to_pylist()
                        cells = [[(row.get(f"c{n}") or "").strip() for n in range(len(heads))] for row in rows]
                        return _compared(path.name, heads, [row for row in cells if any(row)])
    raise InputError("{file} has no row that names its columns, one of them 'price'.", file=path.name)


def compare(found: Compared, model: PriceModel, **terms: Any) -> Scheme:
    """The scheme by which bids of a spreadsheet are compared; `terms` as of `Scheme`. Raises InputError."""
    weight = terms.pop("price_weight", None)
    if weight is None:
        weight = found.price_weight if found.price_weight is not None else Decimal(0)
    return Scheme(model, found.criteria, weight, **terms)


def lines(scheme: Scheme, bids: Sequence[Bid], currency: str, translate: Translator) -> Iterator[str]:
    """A ranking to be read at the terminal: the table, who is first, what it hangs on, how far weights may go."""
    ranking = tenders.rank(scheme, bids)
    grid = told.table(ranking, currency, translate)
    cells = [[head.label for head in grid.heads], *([str(cell) for cell in row] for row in grid.rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(grid.heads))]
    for row in cells:
        yield "  ".join(
            text.ljust(width) if column == 1 else text.rjust(width)
            for column, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
    yield ""
    yield from told.outcome(ranking, translate)
    yield from told.dependence(scheme, bids, currency, translate)
    yield from told.sensitivity(scheme, bids, currency, translate)


def row(scheme: Scheme, bids: Sequence[Bid], currency: str, translate: Translator) -> dict[str, Any]:
    """The same as plain values; results as fractions and as decimals, so that nothing is lost."""
    ranking = tenders.rank(scheme, bids)
    price = tenders.price_range(scheme, bids)
    ranges = [*([price] if price else []), *tenders.criterion_ranges(scheme, bids)]
    return {
        "model": scheme.model.value,
        "winners": list(ranking.winners),
        "ties": [list(names) for names in ranking.ties],
        "bids": [
            {
                "place": one.place,
                "bid": one.bid.name,
                "price": None if one.bid.price is None else str(one.bid.price),
                "quality": _plain(one.quality),
                "price_share": _plain(one.price_share),
                "result": _plain(one.result),
            }
            for one in ranking.rows
        ],
        "warnings": told.warnings(scheme, bids, currency, translate),
        "ranges": [
            {
                "what": one.what,
                "now": _plain(one.now),
                "stretches": [
                    {"from": _plain(part.low), "to": _plain(part.high), "winners": list(part.winners)}
                    for part in one.stretches
                ],
            }
            for one in ranges
        ],
    }


def questions(edition: Edition, measures: Sequence[str]) -> list[Question]:
    """The measures of an edition as questions, in the order of the policy. Raises InputError for unknown codes."""
    chosen = [edition.measure(code).code for code in measures]
    themes = {theme.code: theme.text for theme in edition.themes}
    return [
        Question(code, measure.text, ASKED[measure.kind], themes.get(measure.theme, {}), measure.unit)
        for code, measure in edition.measures.items()
        if code in chosen
    ]


def item(text: str, groups: str = "") -> Item:
    """A line of a price sheet as somebody typed it: `P1 = Meals; 12000; pcs`. Raises InputError.

    `groups` part thousands, see `asking.groups`.
    """
    code, equals, rest = text.partition("=")
    parts = [part.strip() for part in rest.split(";")]
    if not equals or not code.strip() or len(parts) not in (2, 3):
        raise InputError("'{text}' is no line of prices. Write CODE=what;quantity;unit.", text=text)
    return Item(code.strip(), {"en": parts[0]}, asking.amount(parts[1], groups), parts[2] if len(parts) == 3 else "")


def write_template(form: Form, path: Path, translate: Translator) -> None:
    """Write the template of a form, a workbook or a document by the ending of its name. Raises InputError."""
    writers = {".xlsx": write_workbook, ".docx": write_document}
    if path.suffix.lower() not in writers:
        raise InputError("{file} must end in .xlsx or .docx.", file=path.name)
    try:
        with path.open("wb") as target:
            writers[path.suffix.lower()](form, translate, target)
    except OSError as error:
        raise InputError("{file} cannot be written: {why}.", file=str(path), why=error.strerror or "") from error


def _compared(shown: str, heads: list[str], rows: list[list[str]]) -> Compared:
    price_at = next(n for n, head in enumerate(heads) if n and head.casefold() in PRICE)
    columns = {head: n for n, head in enumerate(heads) if n not in (0, price_at) and head}
    about: dict[str, list[str]] = {}
    bids: list[Bid] = []
    for row in rows:
        name = " ".join(row[0].split())
        known = next((one for one in ("weight", "highest", "lowest") if name.casefold() in _WORDS[one]), "")
        if known:
            about[known] = row
        elif name:
            scores = {code: _number(shown, name, code, row[n]) for code, n in columns.items() if row[n]}
            price = _number(shown, name, heads[price_at], row[price_at]) if row[price_at] else None
            bids.append(Bid(name, price, scores))

    def said(kind: str, code: str, at: int, otherwise: Decimal) -> Decimal:
        text = about.get(kind, [""] * len(heads))[at]
        return _number(shown, kind, code, text) if text else otherwise

    criteria = tuple(
        Criterion(
            code,
            said("weight", code, n, Decimal(0)),
            said("highest", code, n, Decimal(100)),
            said("lowest", code, n, Decimal(0)),
        )
        for code, n in columns.items()
    )
    weighed = about["weight"][price_at] if "weight" in about else ""
    return Compared(tuple(bids), criteria, _number(shown, "weight", "price", weighed) if weighed else None)


_WORDS: Mapping[str, frozenset[str]] = {"weight": WEIGHT, "highest": HIGHEST, "lowest": LOWEST}


def _number(shown: str, row: str, column: str, text: str) -> Decimal:
    percent = text.endswith("%")
    found = number(text.removesuffix("%").strip())
    if found is None and text.replace(".", "", 1).isdigit() and text.isascii():
        found = Decimal(text)  # 0.125 of a weight is no thousands
    if found is None:
        raise InputError(
            "{file}: '{text}' in the row '{row}' and column '{column}' is no number, or could be two. Write digits "
            "without signs between thousands.",
            file=shown,
            text=text,
            row=row,
            column=column,
        )
    return found / 100 if percent else found


def _plain(value: Fraction | None) -> dict[str, str] | None:
    if value is None:
        return None
    return {"exact": str(value), "decimal": f"{float(value):.6g}"}
