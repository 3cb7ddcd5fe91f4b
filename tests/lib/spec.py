"""Specifications: Markdown with drawn tables and a statement or step, run on every engine.

A case is a `##` heading. In it: `Given `name`:` and a table, as often as needed; then a block
```sql (a statement) or ```step (a line such as `geography se:1291`); then `Gives:` or
`Gives `table`:` and a table, or `Fails: text`. Columns of tables that are not declared carry a
type, as in `amount decimal`. Order of rows does not count.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.lib.text_tables import cells, fill

from bygd import geography, linkage, scope
from bygd.countries import load
from bygd.engine import Engine, dialect
from bygd.tools import spend
from bygd.vocabulary import tables
from bygd.vocabulary.columns import Table
from bygd.vocabulary.words import LocalBy

FOLDER = Path(__file__).parents[1] / "spec"
DECLARED: dict[str, type[Table]] = {table.__name__: table for table in tables.ALL}
SQL_TYPES = {
    "text": "VARCHAR",
    "int": "BIGINT",
    "float": "DOUBLE",
    "decimal": "DECIMAL(18, 2)",
    "date": "DATE",
    "bool": "BOOLEAN",
}


@dataclass
class Case:
    """One heading of one file."""

    chapter: str
    section: str
    title: str
    given: list[tuple[str, str]] = field(default_factory=list)
    language: str = "sql"
    statement: str = ""
    gives: tuple[str, str] | None = None
    fails: str | None = None

    @property
    def id(self) -> str:
        return f"{self.chapter}/{self.section}: {self.title}"


def cases() -> Iterator[Case]:
    """Every case of every chapter."""
    for path in sorted(FOLDER.glob("*/*.md")):
        common: list[tuple[str, str]] = []
        for part in re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.M):
            title, _, body = part.partition("\n")
            case = Case(path.parent.name, path.stem, title.strip())
            case.given = [*common, *re.findall(r"Given `(\w+)`:\n+((?:\|.*\n?)+)", body)]
            block = re.search(r"```(sql|step)\n(.*?)```", body, re.S)
            if block is None:
                common = case.given
                continue
            case.language, case.statement = block[1], block[2].strip()
            if found := re.search(r"Gives(?: `(\w+)`)?:\n+((?:\|.*\n?)+)", body):
                case.gives = (found[1] or "", found[2])
            if found := re.search(r"Fails: (.*)", body):
                case.fails = found[1].strip()
            assert case.gives or case.fails, f"{case.id} expects nothing"
            yield case


def run(case: Case, engine: Engine) -> None:
    """Set the case's tables, run it, and compare."""
    for table in tables.ALL:
        engine.read(table, [])
    for name, text in case.given:
        give(engine, name, text)
    if case.language == "step":
        step(engine, case.statement)
        assert case.gives, f"{case.id} must say which table it gives"
        compare(engine.rows(f"SELECT * FROM {case.gives[0]}"), case.gives[1])
    elif case.gives and case.gives[0]:
        engine.sql(DECLARED.get(case.gives[0], case.gives[0]), expand(case.statement))
        compare(engine.rows(f"SELECT * FROM {case.gives[0]}"), case.gives[1])
    else:
        assert case.gives
        compare(engine.rows(expand(case.statement)), case.gives[1])


def give(engine: Engine, name: str, text: str) -> None:
    """A drawn table becomes a relation."""
    if name in DECLARED:
        rows = [fill(DECLARED[name], row, number) for number, row in enumerate(cells(text), 1)]
        engine.register(DECLARED[name], rows)
        return
    listed = cells(text)
    columns = [header.rsplit(" ", 1) for header in listed[0]]
    lines = [
        "SELECT "
        + ", ".join(
            f"CAST({literal(row[' '.join(column)])} AS {SQL_TYPES[column[1]]}) AS {column[0]}" for column in columns
        )
        for row in listed
    ]
    engine.sql(name, " UNION ALL ".join(lines))


def literal(text: str) -> str:
    """A drawn cell as an SQL text literal; `<nbsp>` and the like stand for signs one cannot see."""
    if text in ("-", ""):
        return "NULL"
    shown = {"''": "", "<nbsp>": "\u00a0", "<tab>": "\t", "<space>": " "}
    for name, sign in shown.items():
        text = text.replace(name, sign)
    return "'" + text.replace("'", "''") + "'"


def expand(statement: str) -> str:
    """`{trim(x)}` and the like are the expressions of `engine.dialect`."""

    def call(found: re.Match[str]) -> str:
        function, arguments = found[1], [argument.strip() for argument in found[2].split(",")]
        return str(getattr(dialect, function)(*arguments))

    return re.sub(r"\{(\w+)\((.*?)\)\}", call, statement)


def step(engine: Engine, line: str) -> None:
    """Run a step: `geography AREA`, `scope COUNTRY [MONTH]`, `spend AREA [LOCAL_BY]`, `ownership` or `link COUNTRY`."""
    name, argument, *more = line.split()
    if name == "geography":
        geography.run(engine, geography.place(engine, argument))
    elif name == "scope":
        scope.run(engine, scope.rules(load(argument)), *map(int, more))
    elif name == "spend":
        spend.run(engine, geography.place(engine, argument), local_by=LocalBy(*more) if more else LocalBy.SEAT)
    elif name == "ownership":
        from bygd import ownership

        engine.register(tables.legal_forms, ownership.legal_forms(load(argument)))
        ownership.ultimate(engine)
        ownership.run(engine, load(argument))
    elif name == "link":
        linkage.propose(engine, load(argument).conventions())
        linkage.resolve(engine)
    else:
        raise ValueError(f"there is no step {name}")


def compare(found: list[dict[str, Any]], text: str) -> None:
    """The rows found are those drawn, in any order; only drawn columns count."""
    expected = cells(text)
    if not expected:
        assert found == [], f"expected no rows, found {found}"
        return
    columns = list(expected[0])
    assert sorted([said(row[column]) for column in columns] for row in found) == sorted(
        [row[column] for column in columns] for row in expected
    )


def said(value: Any) -> str:
    """A value as it is drawn."""
    if value is None:
        return "-"
    if value == "":
        return "''"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, Decimal | date | datetime):
        return str(value)
    return str(value)
