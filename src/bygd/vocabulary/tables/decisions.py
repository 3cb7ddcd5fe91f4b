"""What people decide: added, never edited; the latest row of a case counts."""

from datetime import datetime

from bygd.vocabulary.columns import Column, Table
from bygd.vocabulary.words import AuditDraw, AuditJudgement, Judgement, OwnershipKind, Site


class link_decisions(Table):
    """A person's judgement that a ledger supplier is, or is not, a registered organisation."""

    supplier_key = Column(str, "Which supplier was judged.")
    org_id = Column(
        str,
        "Which organisation it was compared with; empty with 'absent'.",
        optional=True,
    )
    judgement = Column(str, "What the person said.", one_of=Judgement)
    decided_by = Column(str, "Who decided.")
    decided_at = Column(datetime, "When, with time of day, UTC.")
    proposed_id = Column(str, "What the machine proposed then.", optional=True)
    proposed_score = Column(float, "Its score.", optional=True)
    note = Column(str, "Why.", optional=True)


class class_decisions(Table):
    """A person's finding of whose an organisation or supplier is, with evidence.

    A row without a kind takes back what was said before. Method: docs/method/ownership.md
    """

    subject_id = Column(str, "An org_id or a supplier_key.")
    kind = Column(
        str, "Kind of ownership; empty where what was said is taken back.", one_of=OwnershipKind, optional=True
    )
    evidence = Column(
        str,
        "Where it is said: address of a page, document, register entry; may be empty where it is taken back.",
        optional=True,
    )
    decided_by = Column(str, "Who decided.")
    decided_at = Column(datetime, "When, with time of day, UTC.")


class seat_decisions(Table):
    """A person's finding of where the registered office or a branch is, with evidence.

    It says an area or a postcode; a row with neither takes back what was said of that site before.
    Method: docs/method/geography.md
    """

    subject_id = Column(str, "An org_id or a supplier_key.")
    site = Column(str, "Which of its places is meant.", one_of=Site)
    area_id = Column(
        str, "The area it lies in: country and official code, or of one abroad its two letters.", optional=True
    )
    postcode = Column(str, "Its postcode, in the country of the project's place.", optional=True)
    evidence = Column(
        str,
        "Where it is said: address of a page, document, register entry; may be empty where it is taken back.",
        optional=True,
    )
    decided_by = Column(str, "Who decided.")
    decided_at = Column(datetime, "When, with time of day, UTC.")


class audit_judgements(Table):
    """A person's judgement of one link of a random sample, made to tell how many links are right.

    Method: docs/method/review.md
    """

    sample = Column(str, "The sample: the snapshot it was drawn from, its size and its seed.")
    drawn_by = Column(str, "How the link was drawn.", one_of=AuditDraw)
    draws = Column(int, "How often it was drawn so.")
    supplier_key = Column(str, "Which supplier.")
    org_id = Column(str, "Which organisation it was linked to.")
    judgement = Column(str, "What the person said.", one_of=AuditJudgement)
    decided_by = Column(str, "Who.")
    decided_at = Column(datetime, "When, with time of day, UTC.")
    note = Column(str, "Why.", optional=True)
