"""Checks: what a publisher's whole file must satisfy, so that a half-empty download is found out."""

from bygd.engine import DuckEngine
from bygd.sources.description import Checks, SourceDescription


def failures(engine: DuckEngine, relation: str, checks: Checks) -> list[str]:
    """What is wrong with a relation, in words; empty where it satisfies the checks."""
    shares = ", ".join(f'COUNT("{column}") AS "{column}"' for column in checks.filled)
    counts = engine.rows(f'SELECT COUNT(*) AS "rows" {"," + shares if shares else ""} FROM "{relation}"')[0]
    rows = int(counts["rows"])
    wrong = []
    if checks.min is not None and rows < checks.min:
        wrong.append(f"{relation} has {rows:,} rows, at least {checks.min:,} were expected")
    if checks.max is not None and rows > checks.max:
        wrong.append(f"{relation} has {rows:,} rows, at most {checks.max:,} were expected")
    for column, share in checks.filled.items():
        found = int(counts[column]) / rows if rows else 0.0
        if rows and found < share:
            wrong.append(f"{column} is filled in {found:.1%} of the rows, at least {share:.1%} were expected")
    return wrong


def refusal(described: SourceDescription, wrong: list[str]) -> str:
    """The message for a file that fails the checks of its source."""
    return (
        f"{described.title} ({described.id}) is not whole: {'; '.join(wrong)}. Fetch it again; if the publisher "
        f"changed the file for good, change the checks in {described.path.name}."
    )
