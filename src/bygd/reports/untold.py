"""Untold: what there is to do where too little money could be placed for a share."""

from collections.abc import Sequence

from bygd.reports.subject import Subject

WORTH_DOING = 0.1
"""With less of the money behind a lack than this, mending it would not bring the share."""


def steps(subject: Subject) -> Sequence[str]:
    """What to do next, what stands in the way of most money first; none where the share is told."""
    _ = subject.translate
    share = subject.figure(f"spend.local_share.{subject.local_by}.{subject.within}")
    linked = subject.figure("spend.linked_share")
    if share is None or share.value is not None or share.coverage is None or linked is None or linked.value is None:
        return []
    unknown, nowhere = 1 - linked.value, linked.value - share.coverage
    lacks = [
        (
            unknown,
            _(
                "{part} of the money went to suppliers that are not known from a register: judge them with bygd "
                "review, or add a fuller register (bygd sources list).",
                part=_.percent(unknown),
            ),
        ),
        (
            nowhere,
            _(
                "{part} of the money went to suppliers that are known, but not where they are: add postcodes of the "
                "whole country, or a register with addresses (bygd sources list).",
                part=_.percent(nowhere),
            ),
        ),
    ]
    return [said for part, said in sorted(lacks, reverse=True) if part >= WORTH_DOING]
