"""What work there is in the background, how far it is, and how far a file has come that somebody brings."""

from bygd.vocabulary.words import Word


class JobKind(Word):
    """What is done in the background."""

    LOOK = "look", "Look at a file"
    CHECK = "check", "Check a file"
    BUILD = "build", "Build a snapshot"
    PUBLISH = "publish", "Publish a snapshot"
    STATISTICS = "statistics", "Fetch statistics of the place"
    VILLAGE = "village", "Look up where postcodes lie"


class JobState(Word):
    """How far it is."""

    QUEUED = "queued", "Waits for its turn"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Stopped"


OPEN = (JobState.QUEUED.value, JobState.RUNNING.value)
"""States of work that is not at its end."""


class ImportKind(Word):
    """What a file is to the project: a section of `bygd.toml`, or something that its pages of the place keep."""

    LEDGER = "ledger", "Ledger"
    REGISTER = "register", "Register of organisations"
    POSTCODES = "postcodes", "Postcodes"
    BOUNDARIES = "boundaries", "Boundaries for the map"
    AREAS = "areas", "List of smaller areas"
    DIVISIONS = "divisions", "What became of areas"


OF_PLACE = (ImportKind.AREAS, ImportKind.DIVISIONS)
"""Kinds of which what they say is kept, not the file; they are brought and taken out on the pages of the place."""


class ImportState(Word):
    """How far a file has come: each step is one page, and may be gone back from."""

    ARRIVED = "arrived", "Being looked at"
    LOOKED = "looked", "Waits for its columns"
    MAPPED = "mapped", "Being checked"
    CHECKED = "checked", "Waits to be taken in"
    COMMITTED = "committed", "Taken in"
    LEFT = "left", "Left"
    OUT = "out", "Taken out"


UNFINISHED = tuple(
    state.value for state in (ImportState.ARRIVED, ImportState.LOOKED, ImportState.MAPPED, ImportState.CHECKED)
)
"""States of files that wait for somebody."""
