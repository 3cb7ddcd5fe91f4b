"""A mapping guessed from a sheet's headers and cells, with what is sure and what is a guess."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath

from bygd.sources import amounts, dates
from bygd.sources.conventions import Conventions
from bygd.sources.files import headings
from bygd.sources.files.headings import plain
from bygd.sources.ledgers import headers
from bygd.sources.ledgers.headers import Header
from bygd.sources.ledgers.mapping import SETTINGS, Mapping
from bygd.vocabulary.said import Said

MOST = 0.5
"""Share of filled cells that must be numbers or dates for a column to be amount or date."""
FEW = 20
"""Below so many filled cells it cannot be told whether texts come again, as categories do."""
DIFFERING = 0.9
"""Largest share of filled cells that may differ in a column of categories; beyond it each row tells of itself."""
STRAY = 0.05
"""Largest share of rows that may hold something in a column without a name and still count as shifted rows."""
THOUSANDS = re.compile(r"\b(tkr|mkr|ksek|tsek|msek|keur|meur)\b|[£€$]\s?[km0]|000|thousand|million|tusen|duizend|miljo")
"""Names of columns whose amounts are in thousands or millions; such columns are not guessed to be amounts."""
NAME_PARTS = {
    "amount": ("amount", "belopp", "bedrag"),
    "supplier": ("supplier", "vendor", "leverant", "leverancier", "payee", "beneficiary", "crediteur"),
    "paid_on": ("date", "datum"),
}


NOTHING = Said("")


@dataclass(frozen=True)
class FieldGuess:
    """One field: the column taken for it, whether that is sure, why, and which others would do."""

    field: str
    column: str
    sure: bool
    why: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class SheetGuess:
    """What was seen in one sheet, and the mapping that follows from it.

    `unmatched` are the columns no field was found for; the mapping ignores them by name. `problem` says why
    the sheet cannot be read as it is, and is empty otherwise.
    """

    file: str
    sheet: str
    encoding: str
    delimiter: str
    header_row: int | None
    headers: tuple[str, ...]
    mapping: Mapping
    fields: tuple[FieldGuess, ...]
    unmatched: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    date_order: str
    decimal_mark: str
    currency: str
    vat: str
    problem: Said = NOTHING


def guess(
    header: Header,
    sample: Sequence[Sequence[str]],
    conventions: Conventions,
    file_name: str = "",
    given: Mapping | None = None,
) -> tuple[Mapping, tuple[FieldGuess, ...]]:
    """The likeliest mapping for a header and the rows below it, and the guesses it is made of.

    What is `given` stands; the rest is guessed. A known layout goes first, then known header names by rank,
    then parts of names, then cells. Every column is used or ignored. A field with several candidates is not
    sure, and they are listed.
    """
    names, given = header.names, given or Mapping()
    columns = cells_below(names, sample)
    said = {field: names[place] for field, place in given.places(names).items()}
    closed = {*said.values(), *(name for name in names if plain(name) in set(map(plain, given.ignore)))}
    for layout in conventions.layouts:
        present = {plain(name): name for name in names}
        if all(plain(name) in present for name in layout.required):
            laid = {field: present[plain(name)] for field, name in layout.columns.items() if plain(name) in present}
            found = {
                field: FieldGuess(field, name, True, f"layout {layout.id}")
                for field, name in laid.items()
                if field not in said and name not in closed
            }
            break
    else:
        layout = None
        found = _by_name(names, columns, conventions, closed, set(said))
        _by_cells(names, columns, conventions, found, closed, set(said))
    if "amount" in said or ("amount" in found and not said.keys() & {"debit", "credit"}):
        found.pop("debit", None)
        found.pop("credit", None)
    elif said.keys() & {"debit", "credit"}:
        found.pop("amount", None)
    found = {**{field: FieldGuess(field, name, True, "given") for field, name in said.items()}, **found}
    taken = {field: each.column for field, each in found.items()}
    mapping = _mapping(names, columns, taken, layout.id if layout else "mapping", file_name, conventions)
    settings = {name: value for name in ("sheet", *SETTINGS) if (value := getattr(given, name)) is not None}
    return replace(mapping, **settings), tuple(found.values())


def cells_below(names: Sequence[str], sample: Sequence[Sequence[str]]) -> list[list[str]]:
    """The cells of each column in the rows below the header, as far as they were looked at."""
    return [[row[place].strip() for row in sample if place < len(row)] for place in range(len(names))]


def refused(
    names: Sequence[str], sample: Sequence[Sequence[str]], fields: Sequence[str], conventions: Conventions
) -> list[Said]:
    """Columns whose name is known for a field but whose cells are not what the field holds, each in a sentence."""
    known, said = headers.ranks(conventions), list[Said]()
    for name, cells in zip(names, cells_below(names, sample), strict=True):
        for _, field in known.get(plain(name), ()):
            if field in fields and not _may_be(field, cells, conventions):
                seen = next((cell for cell in cells if cell), "")
                wrong = Said("most of its cells are not, such as '{cell}'", cell=seen[:30])
                empty = Said("it is empty in the first rows")
                said.append(
                    Said(
                        "'{column}' would be {field} by its name, but {why}.",
                        column=name,
                        field=field,
                        why=wrong if seen else empty,
                    )
                )
    return said


def _by_name(
    names: Sequence[str], columns: list[list[str]], conventions: Conventions, closed: set[str], said: set[str]
) -> dict[str, FieldGuess]:
    known = headers.ranks(conventions)
    offers: dict[str, list[tuple[int, int]]] = {}
    for place, name in enumerate(names):
        for rank, field in known.get(plain(name), ()):
            if _may_be(field, columns[place], conventions):
                offers.setdefault(field, []).append((rank, place))
    known_fields = set(offers)
    for field, parts in NAME_PARTS.items():
        for place, name in enumerate(names):
            like = field not in known_fields and any(part in plain(name) for part in parts)
            like = like and not (field == "amount" and THOUSANDS.search(name.casefold()))
            if like and _may_be(field, columns[place], conventions):
                offers.setdefault(field, []).append((1000, place))
    found: dict[str, FieldGuess] = {}
    used = {place for place, name in enumerate(names) if name in closed}
    for field in headers.FIELDS:
        if field in said:
            continue
        free = sorted(offer for offer in offers.get(field, ()) if offer[1] not in used)
        if not free:
            continue
        rank, place = free[0]
        used.add(place)
        others = tuple(names[other] for _, other in free[1:])
        sure = not others and rank < 1000
        why = "known name of this field" if rank < 1000 else "its name says something like it"
        if others:
            why += f"; preferred to {', '.join(others)}"
        found[field] = FieldGuess(field, names[place], sure, why, (names[place], *others) if others else ())
    return found


def _may_be(field: str, cells: list[str], conventions: Conventions) -> bool:
    filled = [cell for cell in cells if cell]
    if not cells:
        return True  # a month without a payment: nothing speaks against the name
    if not filled:
        return field not in ("amount", "paid_on", "supplier")
    if field in ("amount", "debit", "credit"):
        return amounts.share(filled, conventions) >= MOST
    if field == "paid_on":
        return dates.share(filled, conventions) >= MOST
    if field == "supplier":
        return amounts.share(filled, conventions) < MOST
    if field == "category":
        return len(filled) < FEW or len(set(filled)) <= DIFFERING * len(filled)
    return True


def _by_cells(
    names: Sequence[str],
    columns: list[list[str]],
    conventions: Conventions,
    found: dict[str, FieldGuess],
    closed: set[str],
    said: set[str],
) -> None:
    """Amount and date where no name told: the only column whose cells all are such."""
    for field in ("amount", "paid_on"):
        if field in found or field in said or (field == "amount" and "debit" in found.keys() | said):
            continue
        taken = {each.column for each in found.values()} | closed
        likely = []
        for name, cells in zip(names, columns, strict=True):
            filled = [cell for cell in cells if cell]
            if name in taken or not filled:
                continue
            if field == "amount":
                fits = amounts.share(filled, conventions) > 0.95 and any(
                    re.search(r"[.,]\d\d$", each) for each in filled
                )
            else:
                fits = dates.share(filled, conventions) > 0.95 and not all(each.isdigit() for each in filled)
            if fits:
                likely.append(name)
        if likely:
            why = "its cells look like it" + (f"; preferred to {', '.join(likely[1:])}" if likely[1:] else "")
            found[field] = FieldGuess(field, likely[0], False, why, tuple(likely) if likely[1:] else ())


def _mapping(
    names: Sequence[str],
    columns: list[list[str]],
    taken: dict[str, str],
    layout: str,
    file_name: str,
    conventions: Conventions,
) -> Mapping:
    def is_stray(place: int) -> bool:
        filled = sum(map(bool, columns[place]))
        return headings.unnamed(names, place) and filled <= max(1, int(STRAY * len(columns[place])))

    ignore = tuple(name for place, name in enumerate(names) if name not in taken.values() and not is_stray(place))
    period = None if "paid_on" in taken else period_of(file_name, conventions)
    return Mapping(columns=dict(taken), ignore=ignore, layout=layout, period=period)


def vat_of(name: str, conventions: Conventions) -> str:
    """Whether a column of that name holds amounts 'excluding' or 'including' VAT, else 'unknown'."""
    for kind, words in conventions.vat_words.items():
        if plain(name) in {plain(word) for word in words}:
            return kind
    return "unknown"


def period_of(file_name: str, conventions: Conventions) -> str | None:
    """The month a file's name speaks of: `leverantorsfakturor-202001`, `2016-04.csv`, `June-24`; else None."""
    stem = PurePath(file_name).stem.casefold()
    last = date.today().year + 1
    for year, month in re.findall(r"(?<!\d)((?:19|20)\d\d)[-_ .]?(0[1-9]|1[0-2])(?!\d)", stem):
        if dates.FIRST_YEAR <= int(year) <= last:
            return f"{year}-{month}"
    for word, year in re.findall(r"([^\W\d_]{3,})[-_ .]*((?:20)?\d\d)(?!\d)", stem):
        if word in conventions.months:
            full = int(year) + 2000 if len(year) == 2 else int(year)
            if dates.FIRST_YEAR <= full <= last:
                return f"{full}-{conventions.months[word]:02d}"
    return None
