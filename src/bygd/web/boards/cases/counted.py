"""Counted: how a day that is due was come by, in sentences."""

from bygd.reports.translate import N_, Translator
from bygd.tools.cases import Deadline

MOVED = N_(
    "It would end on {day}, which is a Saturday, Sunday or public holiday, and is moved to the next working day."
)
STAYS = N_("That is a Saturday, Sunday or public holiday. No rule that moves it was read: be done by the day before.")
PERHAPS = N_(
    "Public holidays lie in between. If they are no working days, the last day is {day}; whether they are was not "
    "read, so keep to the earlier day."
)


def counted(one: Deadline, _: Translator) -> list[str]:
    """Whether the last day was moved, stays or may be later because of weekends and public holidays; and its rule."""
    found, last = [], one.last
    if last and last.moved_from:
        found.append(_(MOVED, day=_.day(last.moved_from)))
    elif last and last.stays and one.what == "last":
        found.append(_(STAYS))
    if last and last.perhaps:
        found.append(_(PERHAPS, day=_.day(last.perhaps)))
    return [*found, *([one.says[_.language]] if one.says else [])]
