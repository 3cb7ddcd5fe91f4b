"""A copy of the sample place to decide in, and what it holds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from bygd.vocabulary import tables
from bygd.workbench import decisions, snapshot


@dataclass
class Desk:
    """The place, its institutions, and its cases in the order of review."""

    place: Any
    anchors: list[str]

    def rows(self, statement: str, *parameters: Any) -> list[dict[str, Any]]:
        """What the snapshot says."""
        with snapshot.current(self.place.project).engine() as engine:
            return engine.rows(statement, *parameters)

    def cases(self, anchor: str = "") -> list[dict[str, Any]]:
        """The clearest supplier of each case with a candidate, most range a minute first."""
        return self.rows(
            """SELECT case_key, supplier_key, anchor, name, candidate_id, score FROM doubts
               WHERE state = 'unresolved' AND candidate_id IS NOT NULL AND (? = '' OR anchor = ?) ORDER BY position""",
            anchor,
            anchor,
        )

    def written(self) -> list[tuple[Any, ...]]:
        """What stands in the project's file, but for the sample's own decisions."""
        rows = decisions.read(self.place.project, tables.link_decisions)
        return [
            (row["supplier_key"], row["org_id"], row["judgement"], row["decided_by"])
            for row in rows
            if row["decided_by"] != "Provgranskare"
        ]

    def address(self, path: str = "") -> str:
        """An address of review."""
        return f"/p/{self.place.slug}/review/{path}"


@pytest.fixture
def desk(own_place: Any) -> Desk:
    return Desk(own_place, list(dict.fromkeys(entry.source for entry in own_place.project.ledgers)))


@pytest.fixture
def analyst(desk: Desk, signed_in: Callable[..., Client]) -> Client:
    """An analyst who is a member of every institution."""
    return signed_in(desk.place, "analyst", anchors=desk.anchors)
