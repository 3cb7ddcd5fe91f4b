"""Who gets most, and who could not be found: lists with names, for readers within the institutions."""

from typing import Any

from bygd.reports.grid import Grid, Head, Kind
from bygd.reports.section import Section
from bygd.reports.subject import Subject
from bygd.vocabulary.words import LinkState, OwnershipKind, Ring

TOP = 25
DOUBTS = 50
"""Rows on the page; the spreadsheet holds all of them."""

LARGEST = """
    SELECT party, MIN(name) AS name, MIN({ring}) AS ring, MIN({area}) AS area, MIN(ownership) AS ownership,
           MAX(is_masked) AS is_masked, SUM(amount) AS amount
    FROM spend WHERE is_procurement AND currency = ?
    GROUP BY party ORDER BY amount DESC, name, party LIMIT {limit}
"""

DOUBTFUL = """
    SELECT anchor, name, amount, worth, state, candidate_name, candidate_place, score
    FROM doubts ORDER BY position {limit}
"""


def largest(subject: Subject) -> Section:
    """The suppliers that get most money."""
    _ = subject.translate
    rows = _rows(subject)
    grid = Grid(
        _("The suppliers with most purchases"),
        (
            Head(_("Supplier"), is_row_head=True),
            Head(_("Municipality")),
            Head(_("Ring")),
            Head(_("Kind of ownership")),
            Head(_("Purchases"), Kind.MONEY),
            Head(_("Share of all purchases"), Kind.SHARE),
        ),
        [
            (
                row["name"],
                subject.area(row["area"]) if row["area"] else None,
                subject.ring_name(Ring(row["ring"])),
                _.word(OwnershipKind(row["ownership"])),
                row["amount"],
                float(row["amount"] / subject.purchases) if subject.purchases else None,
            )
            for row in rows
        ],
    )
    notes = (
        [_("Private persons and sole traders stand under a neutral label.")]
        if any(r["is_masked"] for r in rows)
        else []
    )
    return Section("suppliers", _("Who gets most of the money?"), grids=[grid], notes=notes)


def largest_parties(subject: Subject) -> list[str]:
    """Who they are, in the order of their table: organisations where linked, else suppliers."""
    return [str(row["party"]) for row in _rows(subject)]


def _rows(subject: Subject) -> list[dict[str, Any]]:
    by = "branch" if subject.local_by == "branch" else "seat"
    statement = LARGEST.format(ring=f"{subject.local_by}_ring", area=f"{by}_id", limit=TOP)
    return subject.engine.rows(statement, subject.currency)


def doubtful(subject: Subject) -> Section:
    """Suppliers that could not be found or placed, in the order in which a look narrows the range fastest."""
    _ = subject.translate
    found = subject.engine.rows("SELECT COUNT(*) AS number, SUM(amount) AS amount FROM doubts")[0]
    number, intro = found["number"], []
    share = subject.figure("spend.doubtful")
    if not number:
        intro.append(_("Every supplier could be found and placed."))
    elif "spend.doubtful" in subject.withheld:
        intro.append(_("How much that is may not be published."))
    else:
        intro.append(
            _.ngettext(
                "{number} supplier with purchases of {amount} could not be found in the register or not be placed.",
                "{number} suppliers with purchases of {amount} could not be found in the register or not be placed.",
                number,
                amount=subject.money(found["amount"]),
            )
        )
        intro.append(_("Each of them that a person looks up makes the range of the share narrower; begin at the top."))
    grids = []
    if number and not subject.is_public:
        rows = subject.engine.rows(DOUBTFUL.format(limit=f"LIMIT {DOUBTS}"))
        grids.append(
            Grid(
                _("Doubtful suppliers, in the order in which a look narrows the range fastest"),
                (
                    Head(_("Supplier as written"), is_row_head=True),
                    Head(_("Institution")),
                    Head(_("Purchases"), Kind.MONEY),
                    Head(_("Range it may take away"), Kind.MONEY),
                    Head(_("What is known")),
                    Head(_("Best candidate")),
                    Head(_("Its municipality")),
                    Head(_("Probability"), Kind.SHARE),
                ),
                [
                    (
                        row["name"],
                        row["anchor"],
                        row["amount"],
                        row["worth"],
                        _.word(LinkState(row["state"])),
                        row["candidate_name"],
                        subject.area(row["candidate_place"]) if row["candidate_place"] else None,
                        row["score"],
                    )
                    for row in rows
                ],
            )
        )
        if number > DOUBTS:
            intro.append(_("The table shows the first {shown}; the spreadsheet holds more.", shown=_.number(DOUBTS)))
    linked = subject.figure("spend.linked_share")
    return Section(
        "doubts",
        _("What could not be told?"),
        intro,
        grids=grids,
        figures=[figure for figure in (share, linked) if figure is not None],
    )
