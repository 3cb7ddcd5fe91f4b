"""Limits: how much one request may ask for."""

BATCH = 100
"""Queries in one batch; announced in the manifest, refused above."""

BODY = 2 << 20
"""Bytes of one request."""

NAME = 1_000
"""Signs of a name or value; longer ones are no names, and their query gets no candidates."""

CONDITIONS = 30
"""Properties of one query that are looked at."""

READINGS = 8
"""Combinations of several names, numbers and places in one query that are tried, the first ones."""

CANDIDATES = 5
"""Candidates where a query names no limit."""

MOST_CANDIDATES = 50

SUGGESTIONS = 10
"""Suggestions where none is asked for."""

MOST_SUGGESTIONS = 100

MOST_SKIPPED = 10_000
"""Suggestions that may be skipped: nobody pages further, and every page looks through what it skips."""

IDS = 1_000
"""Organisations in one request for their data."""
