"""How does a study circle go? Ready courses as countries ship them, each to be changed as a circle likes.

Reads and writes no table. Method: docs/method/circles.md
"""

from bygd.tools.circles.course import (
    MOST_MEETINGS,
    Course,
    Material,
    Meeting,
    Part,
    check,
    courses,
    from_plain,
    in_language,
    plain,
)

READS = ()
WRITES = ()

__all__ = [
    "MOST_MEETINGS",
    "Course",
    "Material",
    "Meeting",
    "Part",
    "check",
    "courses",
    "from_plain",
    "in_language",
    "plain",
]
