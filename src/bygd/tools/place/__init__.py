"""What kind of place is this? Values of a place compared, put together and told with their doubt.

Works on values, not on tables: `workbench.place` reads `statistics` and calls these. Method: docs/method/place.md
"""

from bygd.tools.place.carrying import WEAKEST, Carried, Older, carried, together
from bygd.tools.place.chance import interval, is_disclosing, is_few
from bygd.tools.place.combining import Combined, Piece, combined
from bygd.tools.place.inequality import Inequality, inequality
from bygd.tools.place.job_ratio import doubt, job_ratio
from bygd.tools.place.peers import NUMBER, STRUCTURE, Peer, nearest
from bygd.tools.place.ranking import Rank, rank
from bygd.tools.place.years import Point, average, change

__all__ = [
    "NUMBER",
    "STRUCTURE",
    "WEAKEST",
    "Carried",
    "Combined",
    "Inequality",
    "Older",
    "Peer",
    "Piece",
    "Point",
    "Rank",
    "average",
    "carried",
    "change",
    "combined",
    "doubt",
    "inequality",
    "interval",
    "is_disclosing",
    "is_few",
    "job_ratio",
    "nearest",
    "rank",
    "together",
]
