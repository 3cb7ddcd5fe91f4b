"""Words of open meetings: of what kind, how far, where an idea came from, how is voted."""

from bygd.reports.translate import N_
from bygd.vocabulary.words import Word


class MeetingKind(Word):
    """What a meeting is called where it is held; the work is the same."""

    OPEN = "open", N_("Open meeting")
    NEIGHBOURHOOD = "neighbourhood", N_("Neighbourhood meeting")
    JURY = "jury", N_("People's jury or panel")


class Phase(Word):
    """How far a meeting is."""

    PLANNED = "planned", N_("Planned")
    IDEAS = "ideas", N_("Collecting ideas")
    VOTING = "voting", N_("Voting")
    RESULT = "result", N_("Result")
    CLOSED = "closed", N_("Closed")


class Source(Word):
    """How an idea came in."""

    PHONE = "phone", N_("By phone")
    PAPER = "paper", N_("On paper")
    MICROPHONE = "microphone", N_("By microphone")


class IdeaState(Word):
    """Whether an idea is seen on the wall and by others."""

    WAITING = "waiting", N_("Not yet read")
    SHOWN = "shown", N_("Shown")
    HIDDEN = "hidden", N_("Not shown")


class VoteKind(Word):
    """How the room chooses."""

    NONE = "none", N_("No vote")
    DOTS = "dots", N_("Dots: everybody has so many and puts them where they like")
    RANKED = "ranked", N_("Ranked choice: everybody puts the groups in order")
