"""Which bid is best, and what does that hang on? Forms, price models, rankings, irrelevant bids, sensitivity.

Reads and writes no table. Method: docs/method/tenders.md
"""

from bygd.tools.tenders.bids import Bid, Criterion, Scheme, check
from bygd.tools.tenders.form import Answers, Asked, Form, Given, Item, Question
from bygd.tools.tenders.irrelevant import Added, Removed, added, removed
from bygd.tools.tenders.models import AMOUNTS, MODELS, Model, PriceModel
from bygd.tools.tenders.ranking import Ranking, Row, rank
from bygd.tools.tenders.sensitivity import (
    PRICE,
    VALUE,
    Range,
    Stretch,
    Swing,
    criterion_ranges,
    price_range,
    tornado,
)
from bygd.vocabulary.words import Pillar

PILLAR = Pillar.PROCUREMENT
READS = ()
WRITES = ()

__all__ = [
    "AMOUNTS",
    "MODELS",
    "PILLAR",
    "PRICE",
    "VALUE",
    "Added",
    "Answers",
    "Asked",
    "Bid",
    "Criterion",
    "Form",
    "Given",
    "Item",
    "Model",
    "PriceModel",
    "Question",
    "Range",
    "Ranking",
    "Removed",
    "Row",
    "Scheme",
    "Stretch",
    "Swing",
    "added",
    "check",
    "criterion_ranges",
    "price_range",
    "rank",
    "removed",
    "tornado",
]
