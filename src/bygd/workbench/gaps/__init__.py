"""Market gaps: where money could come home, who could supply, what the rules say, and what splitting would change."""

from bygd.workbench.gaps import finding, pool, routes
from bygd.workbench.gaps.finding import Asked, able, able_firms, around, found, of_project, one, place_of, rows, usual
from bygd.workbench.gaps.routes import Buying, Route, kind_of, of_lots, route, typed

__all__ = [
    "Asked", "Buying", "Route", "able", "able_firms", "around", "finding", "found", "kind_of", "of_lots", "of_project",
    "one", "place_of", "pool", "route", "routes", "rows", "typed", "usual",
]  # fmt: skip
