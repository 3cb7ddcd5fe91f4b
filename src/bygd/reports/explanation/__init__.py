"""Explanation: why a supplier is linked or not, as sentences, tables and a picture."""

from dataclasses import dataclass

from bygd.linkage import Thresholds
from bygd.linkage.cases import Candidate, Case
from bygd.linkage.thresholds import DEFAULT
from bygd.reports.charts.theme import NARROW, WIDE
from bygd.reports.charts.waterfall import waterfall
from bygd.reports.explanation import tables
from bygd.reports.explanation.sentences import sentences
from bygd.reports.explanation.words import topic
from bygd.reports.grid import Grid
from bygd.reports.section import Picture
from bygd.reports.translate import Translator

__all__ = ["Explained", "explain", "way"]


@dataclass(frozen=True)
class Explained:
    """One case in words: sentences, candidates side by side, features, and the way to the probability.

    The picture is about the candidate shown: the one linked, else the best. Tables and picture are
    None where there is nothing to show; a masked supplier has sentences only.
    """

    sentences: tuple[str, ...]
    candidates: Grid | None = None
    features: Grid | None = None
    picture: Picture | None = None

    @property
    def sentence(self) -> str:
        """All sentences, one after the other."""
        return " ".join(self.sentences)


def explain(
    case: Case, translate: Translator, thresholds: Thresholds = DEFAULT, *, most: int = tables.MOST
) -> Explained:
    """The case in the translator's language; `most` is how many candidates stand beside each other."""
    said = tuple(sentences(case, thresholds, translate))
    shown = case.shown
    if case.is_masked or shown is None:
        return Explained(said)
    return Explained(
        said,
        tables.candidates(case, translate, most),
        tables.features(shown.evidence, translate),
        way(case, shown, translate),
    )


def way(case: Case, candidate: Candidate, translate: Translator) -> Picture | None:
    """The way to the probability of one candidate, step by step; None where no weights were kept."""
    steps = [
        {"name": topic(step.topic, translate), "start": step.start, "end": step.end}
        for step in candidate.evidence.steps()
    ]
    if not steps:
        return None
    wide, narrow = (
        waterfall(steps, translate, name=candidate.name, probability=candidate.score, width=width)
        for width in (WIDE, NARROW)
    )
    return Picture(f"why-{case.supplier_key}", wide, narrow)
