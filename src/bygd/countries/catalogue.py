"""Catalogue: every source a country's packs have, found by walking folders, and how registers are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bygd.countries.pack import FOLDER, Country
from bygd.engine import DuckEngine
from bygd.sources import checks
from bygd.sources import description as descriptions
from bygd.sources.description import Kind, SourceDescription
from bygd.sources.errors import InputError
from bygd.sources.files import peek
from bygd.sources.privacy import Pseudonym
from bygd.sources.registers import postcode_merge, register_merge
from bygd.sources.registers.own_table import find_columns
from bygd.sources.registers.result import ReadResult
from bygd.vocabulary.said import Said
from bygd.vocabulary.tables import ALL
from bygd.vocabulary.words import Ring

REGISTERS = (Kind.REGISTER, Kind.OWNERS, Kind.SUCCESSIONS)
"""What is read as a register: who there is, who owns whom, and who took whose place."""
SHOWN = 1000
"""Most rows set aside that are listed one by one; the rest is counted."""


def sources(country: Country | None = None) -> list[SourceDescription]:
    """Sources of a country and the packs behind it, nearest pack first; of every pack where none is given.

    Raises InputError where a description is not whole or a pair is not complete.
    """
    codes = [pack.code for pack in country.lineage()] if country else sorted(_packs())
    return [source for code in codes for source in descriptions.describe_folder(FOLDER / code / "sources", code)]


def source(name: str) -> SourceDescription:
    """The source of that name, such as `xx/register`. Raises InputError, listing those there are."""
    found = {source.id: source for source in sources()}
    if name not in found:
        raise InputError("There is no source '{name}'. Known: {known}.", name=name, known=found)
    return found[name]


def register_source(path: Path, country: Country) -> str:
    """The reader of registers or owners that knows a file, the country's own first. InputError where none does."""
    return _recognised(path, country, REGISTERS, "--map number=… --map name=…")


def postcode_source(path: Path, country: Country) -> str:
    """The postcode reader whose header a file has, the country's own ones first. Raises InputError where none fits."""
    return _recognised(path, country, (Kind.POSTCODES,), "--map postcode=… --map municipality=…")


OWN = {"register": "world/own_register", "postcodes": "world/own_postcodes"}
"""Section of the project file → the reader of any table, by a mapping of its columns."""


@dataclass(frozen=True)
class OwnTable:
    """A table that no reader knows: who reads it by a mapping, of which fields, and what its columns may be.

    `headers` are the names in the row that most likely is the header, `found` the columns known by name.
    """

    source: str
    fields: tuple[str, ...]
    needed: tuple[str, ...]
    headers: tuple[str, ...]
    found: dict[str, str]


def own_table(section: str, path: Path) -> OwnTable:
    """What somebody must be asked to have that file read as a register or postcodes of their own. Raises InputError."""
    described = source(OWN[section])
    known: dict[str, tuple[str, ...]] = described.module.HEADERS
    rows = peek.headers(path)
    if not rows:
        raise InputError(
            "{file} has no row with names of columns. Export it as CSV or XLSX with such a row.", file=path.name
        )
    likely = max(rows, key=lambda names: len(find_columns(names, known)))
    found = {field: likely[place] for field, place in find_columns(likely, known).items()}
    needed = ("number", "name") if section == "register" else ("postcode", "municipality")
    return OwnTable(described.id, tuple(known), needed, tuple(name for name in likely if name), found)


def read_register(
    engine: DuckEngine,
    country: Country,
    name: str,
    paths: Sequence[Path],
    settings: Mapping[str, Any] | None,
    pseudonym: Pseudonym,
    *,
    whole: bool = False,
) -> dict[str, Any]:
    """Read a register, owners or successions: the tables of `register_merge.TABLES` stand in the engine.

    Gives notes as plain values: counts, reasons, rows set aside, warnings. A fetched file, or any
    with `whole`, is the publisher's own, and one that fails the description's checks raises
    InputError; else those are warnings, for a user's file may be an extract.
    """
    described = _of_kind(name, *REGISTERS)
    result = described.read(engine, list(paths), pseudonym, country.conventions(), dict(settings or {}) or None)
    for table in register_merge.TABLES:
        if table.__name__ not in described.writes:
            engine.register(table, [])
    return _notes(engine, described, result, described.writes[0], whole or _fetched(paths))


def read_postcodes(
    engine: DuckEngine,
    country: Country,
    name: str,
    paths: Sequence[Path],
    settings: Mapping[str, Any] | None = None,
    *,
    whole: bool = False,
) -> dict[str, Any]:
    """Read a postcode file: `postcodes` and `areas` stand in the engine. Notes as for `read_register`."""
    described = _of_kind(name, Kind.POSTCODES)
    result = described.read(engine, list(paths), None, country.conventions(), dict(settings or {}) or None)
    return _notes(engine, described, result, "postcodes", whole or _fetched(paths))


def merge_registers(engine: DuckEngine, folders: Sequence[Path], country: Country) -> None:
    """Several registers' tables, one folder of Parquet files each, become one; see `sources.register_merge`."""
    register_merge.merge(engine, folders, _preferred(country))


def merge_postcodes(engine: DuckEngine, folders: Sequence[Path], country: Country) -> None:
    """Several postcode files' tables become one; see `sources.postcode_merge`. The country's list of areas is added."""
    postcode_merge.merge(engine, folders, shipped_areas(country))


def shipped_areas(country: Country) -> list[dict[str, Any]]:
    """The country's own list of areas as rows of `areas`, the country itself among them."""
    code = country.code
    listed = country.conventions().areas
    rows = [
        {
            "area_id": f"{code}:{area.code}",
            "level": area.level,
            "name": area.name,
            "parent_id": f"{code}:{area.parent}" if area.parent else code,
            "deprivation_decile": None,
        }
        for area in listed
    ]
    home = {"area_id": code, "level": Ring.COUNTRY.value, "name": country.name, "parent_id": None}
    return [*rows, {**home, "deprivation_decile": None}]


def render_reference() -> str:
    """The reference page of all sources, in Markdown."""
    return descriptions.render_reference(sources())


def check() -> list[SourceDescription]:
    """Every source, after its pair was found complete and its module loaded with the functions it needs."""
    found = sources()
    for described in found:
        if not hasattr(described.module, "read"):
            raise InputError("{source} has no function read(...) in its .py file.", source=described.id)
        unknown = sorted(set(described.writes) - {table.__name__ for table in ALL})
        if unknown:
            raise InputError(
                "{source} writes tables that are not declared: {unknown}.", source=described.id, unknown=unknown
            )
    return found


def _packs() -> list[str]:
    return [path.parent.name for path in FOLDER.glob("*/country.yaml") if not path.parent.name.startswith("_")]


def _preferred(country: Country) -> list[str]:
    registers = [described for described in sources(country) if described.kind in REGISTERS]
    return [described.id for described in sorted(registers, key=lambda described: described.preference)]


def _of_kind(name: str, *kinds: Kind) -> SourceDescription:
    described = source(name)
    if described.kind not in kinds:
        raise InputError(
            "{name} is no source of {kind}, it holds {other}.", name=name, kind=kinds[0], other=described.kind
        )
    return described


def _fetched(paths: Sequence[Path]) -> bool:
    """Whether the fetcher brought these files: it leaves what is known of each beside it."""
    return all(path.with_name(f"{path.name}.json").exists() for path in paths)


def _recognised(path: Path, country: Country, kinds: Sequence[Kind], advice: str) -> str:
    headers, conventions = peek.headers(path), country.conventions()
    for described in sources(country):
        recognises = getattr(described.module, "recognises", None)
        if described.kind in kinds and recognises and any(recognises(names, conventions) for names in headers):
            if not described.writes:
                raise InputError(
                    "{file} is the {title}. {scope}",
                    file=path.name,
                    title=described.title,
                    scope=" ".join(described.scope.split()),
                )
            return described.id
    raise InputError(
        "{file} has the header of no known source of {kind}. Name the reader with --source, or its "
        "columns with {advice}. Its first line: {line}",
        file=path.name,
        kind=kinds[0],
        advice=advice,
        line=", ".join(headers[0])[:120] if headers else Said("nothing"),
    )


def _notes(
    engine: DuckEngine,
    described: SourceDescription,
    result: ReadResult,
    table: str,
    whole: bool,
) -> dict[str, Any]:
    failures = checks.failures(engine, table, described.checks)
    if whole and failures:
        raise checks.refusal(described, failures)
    warnings = [Said("{source}: {why}", source=described.title, why=failure) for failure in failures]
    if result.set_aside:
        warnings.append(
            Said(
                "{source}: {number} of {rows} rows were set aside: {reasons}.",
                source=described.title,
                number=len(result.set_aside),
                rows=result.rows,
                reasons=result.told,
            )
        )
    return {
        "source": described.id,
        "rows": result.rows,
        "kept": result.kept,
        "merged": result.merged,
        "masked": result.masked,
        "set_aside": len(result.set_aside),
        "reasons": result.reasons,
        "rows_set_aside": [[row.file, row.row, row.reason] for row in result.set_aside[:SHOWN]],
        "counts": dict(result.notes),
        "publisher": "" if described.columns else described.publisher,
        "attribution": described.attribution,
        "warnings": warnings,
    }
