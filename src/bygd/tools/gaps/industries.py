"""Industries: whose firms supply a kind of purchase, by who was paid for it, else by what its words mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bygd.linkage.trades import sold_by
from bygd.sources.conventions import Conventions
from bygd.tools.gaps.bought import Sold
from bygd.vocabulary.words import Word

MOST = 8
"""Industries of a kind at most: those with the most money."""


class Evidence(Word):
    """What says that an industry supplies a kind of purchase."""

    PAID = "paid", "Firms of this industry were paid for it"
    WORDS = "words", "The account's words name what this industry sells"


@dataclass(frozen=True)
class Industry:
    """An industry that supplies a kind of purchase; `code` is a class of NACE, or a division where only words tell.

    `share` is its part of the money of linked suppliers with a known industry; None where only words tell.
    """

    code: str
    evidence: Evidence
    share: float | None = None
    suppliers: int = 0


def able(label: str, paid: Mapping[str, Sold], whole: Decimal, conventions: Conventions) -> tuple[Industry, ...]:
    """The industries that supply what the ledger calls `label`, the most money first; empty where nothing tells.

    `whole` is the money of all that were paid and whose industry is known. Where nobody was `paid`, the divisions that
    sell what the words of the label mean (`linkage.trades`) stand in.
    """
    found = [
        Industry(code, Evidence.PAID, float(one.amount / whole) if whole else None, one.suppliers)
        for code, one in paid.items()
    ]
    if found:
        return tuple(sorted(found, key=lambda one: (-(one.share or 0), one.code))[:MOST])
    return tuple(Industry(code, Evidence.WORDS) for code in sold_by(label, conventions))
