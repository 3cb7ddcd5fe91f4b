"""Job ratio: jobs in the area divided by residents who are employed, and whether it can be believed."""

from bygd.vocabulary.said import Said

LOW, HIGH = 0.1, 5.0
"""Beyond these a place of homes or of work alone, or areas that do not match."""


def job_ratio(jobs: float | None, employed: float | None) -> float | None:
    """Jobs by employed residents; None where either is not known or nobody is employed.

    Known: Bergsjön in Gothenburg 0.2–0.3, where people travel out; Gamlestaden beside it 2.8.
    """
    return jobs / employed if jobs is not None and employed else None


def doubt(ratio: float | None) -> Said | None:
    """Why a ratio should be looked at again, or None."""
    if ratio is None or LOW <= ratio <= HIGH:
        return None
    return Said("A job ratio of {ratio} is unusual. See whether jobs and residents are of the same area and year.",
                ratio=round(ratio, 2))  # fmt: skip
