"""Team: who may do what in a tender, and when. One table; every page of a tender asks it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from django.core.exceptions import PermissionDenied
from django.http import Http404

from bygd.vocabulary.said import N_, Said
from bygd.web.people.gate import PlaceRequest
from bygd.web.people.rights import Access
from bygd.web.people.words import Right
from bygd.web.procurements.tenders.models import Member, Tender
from bygd.web.procurements.tenders.words import Duty, State

NOT_NOW = N_(
    "The tender is at this stage: {state}. Either this cannot be done at that stage, or it is not among your duties in "
    "the tender."
)


class Deed(Enum):
    """What somebody may want to do with a tender."""

    SEE = auto()
    PREPARE = auto()
    STAFF = auto()
    TAKE_OVER = auto()
    TAKE_IN = auto()
    WITHDRAW = auto()
    ANSWER = auto()
    OPEN = auto()
    DECLARE = auto()
    CLEAR = auto()
    READ = auto()
    SCORE = auto()
    BEGIN = auto()
    EXCLUDE = auto()
    NEGOTIATE = auto()
    FILES = auto()
    MODERATE = auto()
    RESULT = auto()
    AWARD = auto()
    CONCLUDE = auto()
    CANCEL = auto()
    LOG = auto()


@dataclass(frozen=True)
class Standing:
    """How somebody stands to a tender: what they are in the place and in its team."""

    tender: Tender
    access: Access
    member: Member | None

    def may(self, deed: Deed) -> bool:
        """Whether they may do that now."""
        return ALLOWED[deed](self)

    @property
    def state(self) -> State:
        """How far the tender has come."""
        return State(self.tender.state)

    @property
    def is_buyer(self) -> bool:
        """Whether they buy in the place and declared no conflict here."""
        return self.access.may(Right.PROCURE) and not self.is_shut_out

    @property
    def is_shut_out(self) -> bool:
        """Whether they declared a conflict."""
        return self.member is not None and self.member.conflicted_at is not None

    @property
    def leads(self) -> bool:
        """Whether they lead it, which only a buyer can."""
        return self.is_buyer and self.member is not None and self.member.has(Duty.LEAD)

    @property
    def judges(self) -> bool:
        """Whether they may see bids: of the team, without a conflict, and having said so."""
        return (
            self.member is not None
            and self.member.has(Duty.LEAD, Duty.EVALUATOR)
            and self.member.cleared_at is not None
        )

    def is_of(self, *duties: Duty) -> bool:
        """Whether they have one of those duties and no conflict."""
        return self.member is not None and self.member.has(*duties)

    def is_in(self, *states: State) -> bool:
        """Whether the tender is in one of those states."""
        return self.state in states


class NotNow(PermissionDenied):
    """What somebody may not do with a tender; who works on it is told how far it has come, for that may be why."""

    def __init__(self, here: Standing) -> None:
        super().__init__()
        if here.is_buyer or here.member is not None:
            self.said = Said(NOT_NOW, state=Said(here.state.label))


SCORED = (State.OPENED, State.MODERATED)
OPEN = (State.PUBLISHED, State.NEGOTIATING)
BEFORE = (State.DRAFT, *OPEN, *SCORED)
SHOWN = (State.OPENED, State.NEGOTIATING, State.MODERATED, State.AWARDED)

ALLOWED: dict[Deed, Callable[[Standing], bool]] = {
    Deed.SEE: lambda one: not one.is_in(State.DRAFT) or one.is_buyer or one.member is not None,
    Deed.PREPARE: lambda one: one.is_in(State.DRAFT) and one.leads,
    Deed.STAFF: lambda one: one.is_in(State.DRAFT, State.PUBLISHED, State.OPENED) and one.leads,
    Deed.TAKE_OVER: lambda one: one.is_in(*BEFORE) and one.is_buyer and _has_no_lead(one.tender),
    Deed.TAKE_IN: lambda one: (
        one.is_in(State.PUBLISHED) and not one.tender.is_closed() and (one.leads or one.is_of(Duty.REGISTRAR))
    ),
    Deed.WITHDRAW: lambda one: one.is_in(*OPEN) and not one.tender.is_closed() and one.leads,
    Deed.ANSWER: lambda one: one.is_in(State.PUBLISHED) and not one.tender.is_closed() and one.leads,
    Deed.OPEN: lambda one: (
        one.is_in(*OPEN) and one.tender.is_closed() and one.is_of(Duty.LEAD, Duty.EVALUATOR, Duty.REGISTRAR)
    ),
    Deed.DECLARE: lambda one: one.is_in(*BEFORE) and one.member is not None and not one.is_shut_out,
    Deed.CLEAR: lambda one: one.is_in(*SCORED) and one.is_of(Duty.LEAD, Duty.EVALUATOR),
    Deed.READ: lambda one: one.is_in(*SHOWN) and one.judges,
    Deed.SCORE: lambda one: (
        one.is_in(State.OPENED)
        and one.judges
        and one.is_of(Duty.EVALUATOR)
        and one.member is not None
        and one.member.locked_at is None
    ),
    Deed.BEGIN: lambda one: one.is_in(State.OPENED) and one.judges and one.leads,
    Deed.EXCLUDE: lambda one: one.is_in(*SCORED) and one.judges and one.leads,
    Deed.NEGOTIATE: lambda one: one.is_in(*SCORED) and one.judges and one.leads and one.tender.negotiates,
    Deed.FILES: lambda one: one.is_in(State.MODERATED, State.AWARDED) and one.judges,
    Deed.MODERATE: lambda one: one.is_in(State.MODERATED) and one.judges and one.leads,
    Deed.RESULT: lambda one: (
        (one.is_in(State.MODERATED, State.AWARDED) and one.judges) or (one.is_in(State.AWARDED) and one.is_buyer)
    ),
    Deed.AWARD: lambda one: one.is_in(State.MODERATED) and one.judges and one.leads,
    Deed.CONCLUDE: lambda one: one.is_in(State.AWARDED) and one.is_buyer,
    Deed.CANCEL: lambda one: one.is_in(*BEFORE) and one.leads,
    Deed.LOG: lambda one: not one.is_shut_out and (one.is_buyer or one.member is not None),
}
"""Prices and files are shown from moderation on, so that no price colours a score."""


def _has_no_lead(tender: Tender) -> bool:
    leads = [one for one in tender.members.select_related("person") if one.has(Duty.LEAD)]
    return not any(one.person.is_active and one.person.access(tender.place).may(Right.PROCURE) for one in leads)


def standing(request: PlaceRequest, tender: Tender) -> Standing:
    """How the person of the request stands to the tender."""
    return Standing(tender, request.access, tender.members.filter(person=request.user).first())


def enter(request: PlaceRequest, number: int, deed: Deed) -> Standing:
    """The tender of that key with how the person stands to it; 404 where there is none, 403 where they may not."""
    found = Tender.objects.filter(place=request.place, pk=number).select_related("place", "winner", "first").first()
    if found is None:
        raise Http404
    here = standing(request, found)
    if not here.may(deed):
        raise NotNow(here)
    return here
