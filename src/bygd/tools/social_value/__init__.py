"""What may a tender ask for beyond price, and what does it weigh? Social value policies as data.

Reads the policy files of the country packs and of a project; no table. Method: docs/method/social-value.md
"""

from bygd.tools.social_value.catalogue import check, edition, find, keep, kept, own, read_kept, shipped
from bygd.tools.social_value.choosing import Check, Choice, choose
from bygd.tools.social_value.obligation import Effort, Obligation, obligation
from bygd.tools.social_value.own_list import Listed, read_list
from bygd.tools.social_value.policy import Edition, Kind, Measure, Per, Points, Policy, Spread, Theme, Worth
from bygd.tools.social_value.scoring import Score, score
from bygd.vocabulary.words import Pillar

PILLAR = Pillar.PROCUREMENT
READS = ()
WRITES = ()

__all__ = [
    "PILLAR",
    "Check",
    "Choice",
    "Edition",
    "Effort",
    "Kind",
    "Listed",
    "Measure",
    "Obligation",
    "Per",
    "Points",
    "Policy",
    "Score",
    "Spread",
    "Theme",
    "Worth",
    "check",
    "choose",
    "edition",
    "find",
    "keep",
    "kept",
    "obligation",
    "own",
    "read_kept",
    "read_list",
    "score",
    "shipped",
]
