"""What did the room choose? Dots and ranked choice, counted so that everybody can follow.

Reads and writes no table. Method: docs/method/meetings.md
"""

from bygd.tools.votes.dots import Dotted, count_dots
from bygd.tools.votes.ranked import Outcome, Round, TieBreak, count_ranked

READS = ()
WRITES = ()

__all__ = ["Dotted", "Outcome", "Round", "TieBreak", "count_dots", "count_ranked"]
