"""Cases: kinds with stages, checklists, papers and deadlines of law, and how one case stands on a day.

Method: docs/method/cases.md
"""

from bygd.tools.cases.days import Counting, Holidays, Last, last_day, months_between, moved
from bygd.tools.cases.kinds import Kind, Question, Start, Step, kinds
from bygd.tools.cases.standing import Case, Deadline, DeadlineState, Stuck, stands

__all__ = [
    "Case",
    "Counting",
    "Deadline",
    "DeadlineState",
    "Holidays",
    "Kind",
    "Last",
    "Question",
    "Start",
    "Step",
    "Stuck",
    "kinds",
    "last_day",
    "months_between",
    "moved",
    "stands",
]
