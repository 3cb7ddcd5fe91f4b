"""What did the room choose? Dots and ranked choice, counted so that everybody can follow.

Reads and writes no table. Method: docs/method/meetings.md
"""

from bygd.tools.votes.dots import Dotted, check_dots, count_dots
from bygd.tools.votes.ranked import Outcome, Round, TieBreak, check_ranked, count_ranked

READS = ()
WRITES = ()

__all__ = ["Dotted", "Outcome", "Round", "TieBreak", "check_dots", "check_ranked", "count_dots", "count_ranked"]
