"""Register: the organisations that are served, opened once and asked many times, from several threads."""

import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from bygd import ownership
from bygd.countries import Country, shipped_areas, source
from bygd.engine import DuckEngine, TableError
from bygd.linkage.score import Weights, shipped
from bygd.sources.conventions import Conventions
from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.vocabulary.columns import Table
from bygd.vocabulary.ids import area_id

READS: tuple[type[Table], ...] = (
    tables.organisations,
    tables.organisation_names,
    tables.parents,
    tables.postcodes,
    tables.areas,
)

# Persons and sole traders stand in the register under pseudonyms; what is served is made without them.
SERVED = "SELECT * FROM organisations WHERE NOT is_masked"

BY_ID = "SELECT * FROM organisations WHERE org_id IN ({})"
"""A list of parameters and nothing else: only so the engine uses the table's index."""

MUNICIPALITIES = """
    SELECT country, postcode, municipality_id FROM postcodes
    WHERE municipality_id IS NOT NULL AND postcode IN (SELECT unnest(?))
"""

FOLDED = "trim(regexp_replace(strip_accents(lower({})), '[^\\p{{L}}\\p{{N}}]+', ' ', 'g'))"
"""SQL: a text without case, accents and punctuation, for looking names up by how they begin."""

NAMES = f"""
    SELECT {FOLDED.format("name")} AS folded, org_id, name, kind FROM (
        SELECT org_id, name, 'registered' AS kind FROM served
        UNION ALL SELECT n.org_id, n.name, n.kind FROM organisation_names n SEMI JOIN served USING (org_id)
    ) ORDER BY folded, org_id
"""


@dataclass(frozen=True)
class Form:
    """A legal form: its code, its name in the country's language, and the kind of ownership it stands for."""

    code: str
    label: str
    kind: str


@dataclass(frozen=True)
class Register:
    """What is served: an engine with the register's tables, the country's conventions, and where the index is kept.

    `served` has the organisations that may be shown, `served_names` their names. The engine is one
    connection: whoever asks it holds `lock` meanwhile. `held` is what is kept open between questions; `weights` are
    those of the project, so that what is sure here is what its build would link.
    """

    engine: DuckEngine
    country: Country
    index: Path
    name: str
    version: str
    weights: Weights = field(default_factory=shipped)
    lock: threading.RLock = field(default_factory=threading.RLock)
    held: dict[str, Any] = field(default_factory=dict)

    @property
    def conventions(self) -> Conventions:
        """What the country's pack says of names, numbers and addresses."""
        return self.country.conventions()

    @cached_property
    def count(self) -> int:
        """How many organisations are served."""
        return int(self.rows("SELECT COUNT(*) AS n FROM served")[0]["n"])

    @cached_property
    def masked(self) -> int:
        """How many persons and sole traders the register has, which are not served."""
        return int(self.rows("SELECT COUNT(*) AS n FROM organisations WHERE is_masked")[0]["n"])

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        """The legal forms that occur, most common first."""
        said = {row["legal_form"].lower(): row for row in ownership.legal_forms(self.country)}
        found = self.rows(
            "SELECT legal_form AS code, COUNT(*) AS n FROM served WHERE legal_form IS NOT NULL "
            "GROUP BY 1 ORDER BY n DESC, 1"
        )
        forms = {}
        for row in found:
            known = said.get(row["code"].lower())
            label, kind = (known["label"], str(known["kind"])) if known else (row["code"], "unknown")
            forms[row["code"]] = Form(row["code"], label, kind)
        return forms

    @cached_property
    def areas(self) -> Mapping[str, str]:
        """Names of areas by identifier."""
        listed = {row["area_id"]: row["name"] for row in self.rows("SELECT area_id, name FROM areas")}
        return {**listed, **{row["area_id"]: row["name"] for row in shipped_areas(self.country)}}

    @cached_property
    def sources(self) -> Mapping[str, str]:
        """What each source is called, by its identifier; registers of one's own by their files."""
        return {id: _source_name(id) or self.name for id in self._source_ids()}

    def rows(self, statement: str, *parameters: Any) -> list[dict[str, Any]]:
        """What a statement gives, asked while nobody else asks."""
        with self.lock:
            return self.engine.rows(statement, *parameters)

    def organisations(self, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Served organisations by identifier; those that are not served are missing.

        `municipality` is an area's identifier, from the postcode where the register does not give it.
        """
        wanted = list(dict.fromkeys(ids))
        rows = self.rows(BY_ID.format(", ".join("?" * len(wanted))), *wanted) if wanted else []
        found = {row["org_id"]: row for row in rows if not row["is_masked"]}
        codes = {id: _code(row["postcode"]) for id, row in found.items() if not row["municipality"] and row["postcode"]}
        rows = self.rows(MUNICIPALITIES, sorted(set(codes.values()))) if codes else []
        areas = {(row["country"], row["postcode"]): row["municipality_id"] for row in rows}
        for id, row in found.items():
            said = row["municipality"]
            row["municipality"] = area_id(row["country"], said) if said else areas.get((row["country"], codes.get(id)))
        return found

    @cached_property
    def schemes(self) -> tuple[str, ...]:
        """The schemes of the numbers in the register."""
        found = self.rows("SELECT DISTINCT split_part(org_id, ':', 1) AS scheme FROM served ORDER BY scheme")
        return tuple(row["scheme"] for row in found)

    def close(self) -> None:
        """Let go of the memory."""
        with self.lock:
            self.engine.close()

    def _source_ids(self) -> list[str]:
        return [row["source"] for row in self.rows("SELECT DISTINCT source FROM served ORDER BY source")]


def opened(
    country: Country,
    files: Mapping[str, Path],
    index: Path,
    name: str,
    version: str,
    weights: Weights | None = None,
    *,
    threads: int | None = None,
) -> Register:
    """A register from Parquet files by table name; tables that have no file are empty. Close it.

    `index` is a folder for the search index, made where it is not there. The engine is shut off from
    all other files and the network.
    """
    engine = DuckEngine(threads=threads)
    try:
        for table in tables.ALL:
            # The others stay empty: what people decided here is not for everybody who may ask.
            if table in READS and table.__name__ in files:
                # A table, not a view: a build may take the file away meanwhile.
                engine.read("register_read", files[table.__name__])
                engine.sql(table, "FROM register_read")
                engine.forget("register_read")
            else:
                engine.register(table, [])
        engine.execute("CREATE UNIQUE INDEX organisations_by_id ON organisations (org_id)")
        engine.execute(f"CREATE VIEW served AS {SERVED}")
        engine.sql("served_names", NAMES)
        index.mkdir(parents=True, exist_ok=True)
        engine.lock(index)
        register = Register(engine, country, index, name, version, weights or shipped())
        if not register.count:
            raise InputError("The register has no organisation that may be shown. Is it the right file?")
    except TableError:
        engine.close()
        raise InputError("What was built is of another version of bygd. Build it again with: bygd build") from None
    except BaseException:
        engine.close()
        raise
    return register


def _code(postcode: str) -> str:
    """A postcode as lists of postcodes write it."""
    return re.sub(r"[^0-9A-Z]", "", postcode.upper())


def _source_name(id: str) -> str:
    try:
        found = source(id)
    except InputError:
        return id
    return "" if found.columns else found.title
