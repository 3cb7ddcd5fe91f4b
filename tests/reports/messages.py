"""Every message that a report may say, gathered from code, templates and words, and every error of any part."""

from pathlib import Path

from babel.messages.extract import extract_from_file
from tests.lib import errors

import bygd.reports
from bygd import countries
from bygd.sources.description import Kind
from bygd.tools import tenders
from bygd.tools.assets import Freshness
from bygd.tools.cases import DeadlineState, Stuck
from bygd.tools.promises.units import Unit
from bygd.vocabulary import contract_words, forum_words, mapping, place_words, planning, words
from bygd.vocabulary.words import Word
from bygd.workbench.place.changes import ChangeKind

FOLDER = Path(bygd.reports.__file__).parent
LENT = (
    "tools/tenders",
    "tools/promises",
    "workbench/promises",
    "workbench/boards",
    "workbench/plans",
    "tools/place",
    "workbench/place",
)
"""Folders elsewhere whose messages stand in the catalogue of the reports."""

KEYWORDS = {"_": None, "N_": None, "translate": None, "ngettext": (1, 2)}

SHOWN = (
    words.LocalBy,
    words.Ring,
    words.OwnershipKind,
    words.SizeBand,
    words.LinkState,
    words.NotProcurement,
    words.SetAside,
    words.Succession,
    words.Reopened,
    words.Influence,
    contract_words.ContractStage,
    *(words.Pillar, planning.CardStanding, planning.CardState, planning.PlanState, planning.ActivityStanding),
    tenders.Asked,
    tenders.PriceModel,
    *(mapping.AssetLayer, mapping.OrganisationSort, mapping.RelationKind, mapping.CaseEvent, mapping.CaseResult),
    *(mapping.Answer, DeadlineState, Stuck),
    Freshness,
    *(forum_words.Concern, forum_words.Sender, forum_words.Outcome),
    *(place_words.Level, place_words.ValueStatus, place_words.Direction, place_words.Theme, place_words.Aspect),
    *(
        place_words.Dimension,
        place_words.Lens,
        place_words.Unit,
        place_words.Combining,
        place_words.Classing,
        place_words.FormGroup,
        ChangeKind,
    ),
    *(contract_words.Adding, contract_words.DeliveryState, contract_words.PromiseStatus),
    *(contract_words.MilestoneState, contract_words.Remedy, Unit),
)
"""Words whose labels are shown in reports."""


def messages() -> set[str | tuple[str, str]]:
    """Messages of the report; pairs where there is one for one and one for many."""
    found: set[str | tuple[str, str]] = set()
    folders = [FOLDER, *(FOLDER.parent / name for name in LENT)]
    for path in sorted(path for folder in folders for path in folder.rglob("*")):
        method = {".py": "python", ".j2": "jinja2.ext:babel_extract"}.get(path.suffix)
        if method:
            for _line, message, _comments, _context in extract_from_file(
                "jinja2" if path.suffix == ".j2" else method, path, keywords=KEYWORDS
            ):
                found.add(tuple(part for part in message if part) if isinstance(message, tuple) else message)
    listed: tuple[type[Word], ...] = SHOWN
    return found | errors.messages().keys() | {word.label for kind in listed for word in kind} | _publishers()


def _publishers() -> set[str]:
    """Who publishes statistics that are fetched, as the page says from whom; their names are data."""
    every = (source for code in countries.available() for source in countries.sources(countries.load(code)))
    return {source.publisher for source in every if source.kind is Kind.STATISTICS and source.addresses}
