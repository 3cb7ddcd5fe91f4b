"""Checks: what a publisher's whole file must satisfy, so that a half-empty download is found out."""

from bygd.engine import DuckEngine
from bygd.sources.description import Checks, SourceDescription
from bygd.sources.errors import InputError
from bygd.vocabulary.said import Said


def failures(engine: DuckEngine, relation: str, checks: Checks) -> list[Said]:
    """What is wrong with a relation, in words; empty where it satisfies the checks."""
    shares = ", ".join(f'COUNT("{column}") AS "{column}"' for column in checks.filled)
    counts = engine.rows(f'SELECT COUNT(*) AS "rows" {"," + shares if shares else ""} FROM "{relation}"')[0]
    rows = int(counts["rows"])
    wrong: list[Said] = []
    told: dict[str, object] = {"table": relation, "rows": rows}
    if checks.min is not None and rows < checks.min:
        wrong.append(Said("{table} has {rows} rows, at least {least} were expected", **told, least=checks.min))
    if checks.max is not None and rows > checks.max:
        wrong.append(Said("{table} has {rows} rows, at most {most} were expected", **told, most=checks.max))
    for column, share in checks.filled.items():
        found = int(counts[column]) / rows if rows else 0.0
        if rows and found < share:
            wrong.append(
                Said(
                    "{column} is filled in {found} % of the rows, at least {least} % were expected",
                    column=column,
                    found=round(100 * found, 1),
                    least=round(100 * share, 1),
                )
            )
    return wrong


def refusal(described: SourceDescription, wrong: list[Said]) -> InputError:
    """The error for a file that fails the checks of its source."""
    return InputError(
        "{title} ({source}) is not whole: {faults}. Fetch it again; if the publisher "
        "changed the file for good, change the checks in {file}.",
        title=described.title,
        source=described.id,
        faults=wrong,
        file=described.path.name,
    )
