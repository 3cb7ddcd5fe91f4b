"""Told: a forum as it is shown to everybody: matters with the proposals in them and the answer that counts."""

from dataclasses import dataclass

from django.db.models import Prefetch

from bygd.reports.grid import Cell, Grid, Head, Kind
from bygd.reports.translate import N_, Translator
from bygd.web.procurements.forums.models import Answer, Forum, Matter, Proposal
from bygd.web.procurements.forums.words import Concern, Outcome, ProposalState, Reason, Sender

HEADS = (
    (N_("Matter"), Kind.TEXT),
    (N_("Proposal"), Kind.TEXT),
    (N_("About"), Kind.TEXT),
    (N_("Sender"), Kind.TEXT),
    (N_("Name"), Kind.TEXT),
    (N_("Sent"), Kind.DAY),
    (N_("Answer"), Kind.TEXT),
    (N_("Why"), Kind.TEXT),
    (N_("Where it stands in the tender documents"), Kind.TEXT),
)
INNER = ((N_("State"), Kind.TEXT), (N_("Why it is not shown"), Kind.TEXT))


@dataclass(frozen=True)
class Gathered:
    """A matter, what was proposed in it, and its answers, the one that counts first."""

    matter: Matter
    proposals: list[Proposal]
    answers: list[Answer]

    @property
    def answer(self) -> Answer | None:
        """The answer that counts; None while there is none."""
        return self.answers[0] if self.answers else None


def gathered(forum: Forum) -> list[Gathered]:
    """The matters that have something to show."""
    shown = Proposal.objects.filter(state=ProposalState.SHOWN.value)
    matters = forum.matters.prefetch_related(Prefetch("proposals", shown, "shown"), "answers")
    return [Gathered(one, list(one.shown), list(one.answers.all())) for one in matters if one.shown]  # type: ignore[attr-defined]


def grid(forum: Forum, translate: Translator, *, inner: bool = False) -> Grid:
    """The proposals with their answers, one row each: those shown, or with `inner` all of them."""
    rows: list[list[Cell]] = []
    proposals = forum.proposals.select_related("matter").prefetch_related("matter__answers")
    for one in proposals if inner else proposals.filter(state=ProposalState.SHOWN.value):
        answer = next(iter(one.matter.answers.all()), None) if one.matter else None
        row: list[Cell] = [
            one.matter.title if one.matter else "",
            one.text,
            translate.word(Concern(one.concern)),
            translate.word(Sender(one.sender_kind)),
            one.sender,
            one.sent_on,
            translate.word(Outcome(answer.outcome)) if answer else "",
            answer.why if answer else "",
            answer.where if answer else "",
        ]
        if inner:
            row.append(translate.word(ProposalState(one.state)))
            row.append(translate.word(Reason(one.reason)) if one.reason else "")
        rows.append(row)
    heads = (*HEADS, *(INNER if inner else ()))
    return Grid(forum.title, tuple(Head(translate(label), kind) for label, kind in heads), rows)
