"""Explanation: why a supplier is linked or not, as sentences, tables and a picture."""

from dataclasses import dataclass

from bygd.linkage import Thresholds
from bygd.linkage.cases import Case
from bygd.linkage.thresholds import DEFAULT
from bygd.reports.charts.theme import NARROW, WIDE
from bygd.reports.charts.waterfall import waterfall
from bygd.reports.explanation import tables
from bygd.reports.explanation.sentences import sentences
from bygd.reports.explanation.words import topic
from bygd.reports.grid import Grid
from bygd.reports.section import Picture
from bygd.reports.translate import Translator

__all__ = ["Explained", "explain"]


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
    steps = [
        {"name": topic(step.topic, translate), "start": step.start, "end": step.end} for step in shown.evidence.steps()
    ]
    pictures = [
        waterfall(steps, translate, name=shown.name, probability=shown.score, width=width)
        for width in (WIDE, NARROW)
        if steps
    ]
    return Explained(
        said,
        tables.candidates(case, translate, most),
        tables.features(shown.evidence, translate),
        Picture(f"why-{case.supplier_key}", *pictures) if pictures else None,
    )
