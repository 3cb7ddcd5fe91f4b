"""SourceDescription: what a source's .yml says, read strictly, and the functions of the .py beside it."""

import importlib.util
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from bygd.parameters.strict import Safe
from bygd.sources.errors import InputError

KEYS = {
    "title", "summary", "publisher", "kind", "writes", "frequency", "page", "addresses", "licence", "attribution",
    "scope", "checks", "verified", "preference", "columns", "called",
}  # fmt: skip
REQUIRED = {"title", "summary", "publisher", "kind", "writes", "frequency", "licence", "attribution", "scope"}
CHECK_KEYS = {"min", "max", "filled"}
LICENCE_KEYS = {"name", "href", "verified"}


class Kind(StrEnum):
    """What a source holds."""

    REGISTER = "register"
    OWNERS = "owners"
    SUCCESSIONS = "successions"
    POSTCODES = "postcodes"
    AREAS = "areas"
    DIVISIONS = "divisions"
    STATISTICS = "statistics"
    LEDGER = "ledger"
    CONTRACTS = "contracts"


@dataclass(frozen=True)
class Licence:
    """Under which terms the data may be used, and whether somebody read them at the publisher."""

    name: str
    href: str = ""
    verified: bool = False


@dataclass(frozen=True)
class Checks:
    """What a whole file must satisfy: rows between `min` and `max`, and the share of rows where a column is filled."""

    min: int | None = None
    max: int | None = None
    filled: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class SourceDescription:
    """One source as its .yml describes it. `id` is pack and file name, such as `xx/register`.

    `addresses` is empty where the file cannot be fetched without a person (a log-in, a form, a
    name that changes); `page` then says where to get it. `writes` is empty for a source that is
    described only to say why it cannot be used; `scope` says why. `preference` orders registers of one
    country when they are merged: the lowest number wins a column. `columns` names the fields a
    mapping may give, for readers that need one. `called` is what the publisher calls the file, in its language.
    """

    id: str
    path: Path
    title: str
    summary: str
    publisher: str
    kind: Kind
    writes: tuple[str, ...]
    frequency: str
    licence: Licence
    attribution: str
    scope: str
    page: str = ""
    addresses: tuple[str, ...] = ()
    checks: Checks = Checks()
    verified: date | None = None
    preference: int = 100
    columns: Mapping[str, str] = field(default_factory=dict)
    called: str = ""

    @property
    def module(self) -> ModuleType:
        """The Python file beside the description, loaded once."""
        return _load(self.path.with_suffix(".py"), self.id)

    def read(self, *arguments: Any, **settings: Any) -> Any:
        """Call the source's `read(engine, paths, pseudonym, conventions, columns=None)`; see its docstring."""
        return self.module.read(*arguments, **settings)

    def fetch(self, fetcher: Any, country: str = "") -> list[Path]:
        """Download the source's files, or take them from the store; see `fetcher.Fetcher`.

        `{country}` in an address is the country's code. A source whose address changes in other ways
        has a function `fetch(fetcher, country)` of its own. Raises InputError where the file has to
        be fetched by a person, saying where.
        """
        if hasattr(self.module, "fetch"):
            return list(self.module.fetch(fetcher, country))
        if not self.addresses:
            raise InputError(
                "{name} cannot be fetched by itself. Get the file at {page} and name it instead.",
                name=self.id,
                page=self.page,
            )
        return [fetcher.get(address.replace("{country}", country.upper())) for address in self.addresses]


def describe(path: Path, pack: str) -> SourceDescription:
    """The description in that .yml. Raises InputError for anything missing, unknown or of the wrong kind."""
    content = yaml.load(path.read_bytes(), Safe)  # noqa: S506 - a safe loader
    where = f"{pack}/{path.name}"
    if not isinstance(content, dict):
        raise InputError("{where} is not a list of keys and values.", where=where)
    _known(where, content, KEYS)
    missing = sorted(REQUIRED - {key for key, value in content.items() if value or value == []})
    if missing:
        raise InputError("{where} lacks {missing}.", where=where, missing=missing)
    checks, licence = content.get("checks") or {}, content["licence"]
    _known(f"{where} checks", checks, CHECK_KEYS)
    _known(f"{where} licence", licence, LICENCE_KEYS)
    addresses = tuple(content.get("addresses") or ())
    if any(not address.startswith("https://") for address in addresses):
        raise InputError("{where} has an address that does not begin with https://.", where=where)
    if not addresses and not content.get("page"):
        raise InputError("{where} needs addresses, or a page where a person finds the file.", where=where)
    try:
        kind = Kind(content["kind"])
    except ValueError:
        raise InputError(
            "{where} has the kind '{kind}'. Known: {known}.", where=where, kind=content["kind"], known=Kind
        ) from None
    if not path.with_suffix(".py").exists():
        raise InputError("{where} has no {stem}.py beside it.", where=where, stem=path.stem)
    return SourceDescription(
        id=f"{pack}/{path.stem}",
        path=path,
        title=content["title"],
        summary=content["summary"].strip(),
        publisher=content["publisher"],
        kind=kind,
        writes=tuple(content["writes"]),
        frequency=content["frequency"],
        licence=Licence(**licence),
        attribution=content["attribution"],
        scope=content["scope"].strip(),
        page=content.get("page", ""),
        addresses=addresses,
        checks=Checks(**checks),
        verified=content.get("verified"),
        preference=int(content.get("preference", 100)),
        columns=content.get("columns") or {},
        called=content.get("called", ""),
    )


def describe_folder(folder: Path, pack: str) -> list[SourceDescription]:
    """Every source of one folder, by name. Raises InputError where a .py has no .yml beside it."""
    described = {path.stem: describe(path, pack) for path in sorted(folder.glob("*.yml"))}
    for module in sorted(folder.glob("[!_]*.py")):
        if module.stem not in described:
            raise InputError(
                "{pack}/{name} has no {stem}.yml beside it.", pack=pack, name=module.name, stem=module.stem
            )
    return list(described.values())


def render_reference(descriptions: Iterable[SourceDescription]) -> str:
    """The reference page of all sources, in Markdown; `docs/reference/sources.md` is written from it."""
    lines = [
        "# Sources",
        "",
        "Written by `bygd sources check` from the descriptions in `countries/*/sources`; do not edit.",
        "",
    ]
    for source in sorted(descriptions, key=lambda source: source.id):
        terms = f"[{source.licence.name}]({source.licence.href})" if source.licence.href else source.licence.name
        rows = " to ".join(f"{limit:,}" for limit in (source.checks.min, source.checks.max) if limit is not None)
        facts = {
            "Publisher": source.publisher,
            "Kind": f"{source.kind}, updated {source.frequency}",
            "Writes": ", ".join(f"`{table}`" for table in source.writes) or "nothing",
            "Fetched from": ", ".join(f"<{address}>" for address in source.addresses) or f"by hand, at <{source.page}>",
            "Page": f"<{source.page}>" if source.page and source.addresses else "",
            "Terms": f"{terms} ({'read at the publisher' if source.licence.verified else 'not verified'})",
            "Credit": source.attribution,
            "Left out": source.scope,
            "Rows expected": rows,
            "Layout last verified": str(source.verified) if source.verified else "not against a whole published file",
        }
        lines += [f"## {source.id}: {source.title}", "", source.summary, ""]
        lines += [f"- {name}: {' '.join(fact.split())}" for name, fact in facts.items() if fact]
        if source.columns:
            lines += ["", "| field | what it holds |", "| --- | --- |"]
            lines += [f"| `{name}` | {about} |" for name, about in source.columns.items()]
        lines.append("")
    return "\n".join(lines)


def _known(where: str, content: Mapping[str, Any], keys: set[str]) -> None:
    unknown = sorted(set(content) - keys)
    if unknown:
        raise InputError(
            "{where} has unknown keys: {unknown}. Known: {keys}.", where=where, unknown=unknown, keys=sorted(keys)
        )


@cache
def _load(path: Path, name: str) -> ModuleType:
    """Load a file by its path: nothing outside `countries` then has to name a country."""
    spec = importlib.util.spec_from_file_location(f"bygd.countries.{name.replace('/', '.sources.')}", path)
    if spec is None or spec.loader is None:
        raise InputError("{path} is no Python file.", path=path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
