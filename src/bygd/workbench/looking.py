"""Looking: what can be told of a file from its first rows, to be shown to whoever brings it; persons masked."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bygd.countries import own_table, postcode_source, reader_for, register_source, settings_for
from bygd.reports import boundaries
from bygd.sources.errors import InputError
from bygd.sources.files.headings import plain
from bygd.sources.ledgers import ledger
from bygd.sources.ledgers.guess import SheetGuess
from bygd.sources.ledgers.mapping import Mapping as Columns
from bygd.sources.privacy import WITHHELD, Masker, Pseudonym, Who
from bygd.workbench import store
from bygd.workbench.project import Project

KEPT = ("amount", "debit", "credit", "paid_on", "currency", "account", "category", "department")
"""Fields whose cells may be shown where the row is that of a person."""
HIDDEN = "···"


def at_ledger(project: Project, path: Path, given: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What a ledger's first rows tell, as plain values: `format`, `settings`, `sheets`, `layout`.

    `settings` is the mapping that follows, written as in the project file; a sheet that cannot be read as it is
    has a `problem` and counts for nothing there. `layout` is the same for files with the same headers; columns
    without a name in which next to nothing stands are none. What is `given` stands and the rest is guessed.
    Raises InputError where the file is no ledger or lacks a column given.
    """
    special = reader_for(path, project.country)
    if special is not None:
        name = special.__name__.rpartition(".")[2]
        return {"format": name, "settings": settings_for(special, given or {}, path.name), "sheets": [], "layout": name}
    found = ledger.inspect(path, project.country.conventions(), Columns.from_dict(given or {}))
    usable = [sheet for sheet in found if not sheet.problem]
    mapping = Columns()
    for number, sheet in enumerate(usable):
        mapping = mapping.joined(sheet.mapping) if number else sheet.mapping
    masker = Masker(project.country.conventions(), Pseudonym(project.key()))
    return {
        "format": mapping.layout,
        "settings": mapping.to_dict(),
        "sheets": [_sheet(sheet, masker) for sheet in found],
        "layout": store.fingerprint([plain(name) for sheet in (usable or found)[:1] for name in _of_layout(sheet)]),
    }


def _of_layout(sheet: SheetGuess) -> list[str]:
    """The headers but for stray columns, which spreadsheets leave behind: neither used nor ignored by name."""
    if sheet.problem:
        return list(sheet.headers)
    said = {*sheet.mapping.places(sheet.headers).values()}
    return [name for place, name in enumerate(sheet.headers) if place in said or name in sheet.mapping.ignore]


def at_source(project: Project, section: str, path: Path) -> dict[str, Any]:
    """Which reader a register or postcodes want, told by the content, as `source`; empty for boundaries.

    Where none knows the file, `source` reads any table, and `fields`, `needed`, `headers` and `found` (field →
    column) tell what somebody must say for that. Raises InputError where the file is no table.
    """
    if section == "boundaries":
        boundaries.read([path], project.country.code, ())
        return {"source": ""}
    recognised = {"register": register_source, "postcodes": postcode_source}[section]
    try:
        return {"source": recognised(path, project.country)}
    except InputError:
        own = own_table(section, path)
    if len(own.headers) < len(own.needed):
        raise InputError(
            "{file} holds no table with the columns {needed}. Is it the right file?",
            file=path.name,
            needed=own.needed,
        )
    return {**asdict(own), "headers": list(dict.fromkeys(own.headers))}


def _sheet(sheet: SheetGuess, masker: Masker) -> dict[str, Any]:
    names = ("sheet", "encoding", "delimiter", "header_row", "date_order", "decimal_mark", "currency", "vat", "problem")
    return {
        **{name: getattr(sheet, name) for name in names},
        "headers": list(sheet.headers),
        "ignored": list(sheet.unmatched),
        "period": sheet.mapping.period or "",
        "fields": [
            {
                "field": one.field,
                "columns": list(sheet.mapping.names(one.field)) or [one.column],
                "sure": one.sure,
                "why": one.why,
                "candidates": list(one.candidates),
            }
            for one in sheet.fields
        ],
        "rows": [_shown(row, sheet, masker) for row in sheet.sample],
    }


def _shown(row: tuple[str, ...], sheet: SheetGuess, masker: Masker) -> list[str]:
    """A row's cells as they may be shown: of a person what was paid and when, and nothing else."""
    cells = [cell.strip() for cell in row]
    places = sheet.mapping.places(sheet.headers)
    of = {field: cells[place] for field, place in places.items() if place < len(cells) and cells[place]}
    who = Who(
        name=of.get("supplier", ""),
        org_number=of.get("org_number"),
        supplier_number=of.get("supplier_number"),
        postcode=of.get("postcode"),
        kind=of.get("kind"),
    )
    is_person = masker.person(who) is not None or masker.row_text(cells, who.kind) == WITHHELD
    if not is_person:
        return cells
    kept = {places[field] for field in KEPT if field in places}
    shown = [(masker.text(cell) or "") if place in kept else HIDDEN for place, cell in enumerate(cells)]
    if places.get("supplier", len(shown)) < len(shown):
        shown[places["supplier"]] = masker.conventions.person_label
    return shown
