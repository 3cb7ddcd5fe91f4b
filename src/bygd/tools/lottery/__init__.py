"""Who sits on the jury? A stratified lottery from a published seed, which anybody can draw again.

Reads and writes no table. Method: docs/method/lottery.md
"""

from bygd.tools.lottery.draw import Drawn, draw, ticket
from bygd.tools.lottery.feasible import Lack, lacking
from bygd.tools.lottery.pool import Member, Quota, fingerprint

READS = ()
WRITES = ()

__all__ = ["Drawn", "Lack", "Member", "Quota", "draw", "fingerprint", "lacking", "ticket"]
