"""The order in which doubts are worth a person's time: range taken away by the minute.

Method, with the reasons for the constants: docs/method/review.md
"""

from bygd.vocabulary.words import LocalBy

BY_HAND = 0.2
"""Probability that a person finds a supplier's organisation in the register where it is no candidate.

By judgement: of the labelled names whose true organisation is no candidate about half are in the
register at all (docs/method/linkage.md), and a search by hand finds some of those.
"""

AGAIN = 0.25
"""How much less often a second person finds what a first one, who was not sure, did not."""

LOOK, MORE, SEARCH = 0.5, 0.1, 3.0
"""Minutes, by judgement, to look at the best candidate, at each further one, and to search where none fits."""

KNOWN = {
    LocalBy.SEAT: "o.seat_ring <> 'unknown'",
    LocalBy.BRANCH: "o.branch_ring <> 'unknown'",
    LocalBy.EITHER: "(o.seat_ring <> 'unknown' OR o.branch_ring <> 'unknown')",
}
"""When linking an organisation places the supplier, by definition of local."""

# `likely` is how probable it is that the supplier is any of its candidates, `reached` that it is one which
# can be placed. Calibrated probabilities of alternatives may add up to more than one; then they are shares.
DOUBTS = """
    WITH main AS (
        SELECT currency FROM spend GROUP BY currency ORDER BY SUM(payments) DESC, currency LIMIT 1
    ), total AS (
        SELECT CAST(SUM(s.amount) AS DOUBLE) AS amount
        FROM spend AS s JOIN main AS m ON m.currency = s.currency WHERE s.is_procurement
    ), money AS (
        SELECT s.supplier_key, MIN(s.anchor) AS anchor, MIN(s.name) AS name, MIN(s.state) AS state,
               MIN(s.{by}_ring) AS ring, SUM(CASE WHEN m.currency IS NULL THEN 0 ELSE s.amount END) AS amount
        FROM spend AS s LEFT JOIN main AS m ON m.currency = s.currency
        WHERE s.is_procurement AND (s.state = 'unresolved' OR s.either_ring = 'unknown')
        GROUP BY s.supplier_key
    ), likely AS (
        SELECT c.supplier_key, COUNT(*) AS candidates,
               LEAST(1, SUM(c.score)) AS likely,
               SUM(CASE WHEN {known} THEN c.score ELSE 0 END) / NULLIF(SUM(c.score), 0) AS placed
        FROM money AS d
        JOIN links AS l ON l.supplier_key = d.supplier_key AND l.candidate_id IS NOT NULL
        JOIN link_candidates AS c ON c.supplier_key = l.supplier_key
        LEFT JOIN link_candidates AS b ON b.supplier_key = l.supplier_key AND b.org_id = l.candidate_id
        LEFT JOIN offices AS o ON o.org_id = c.org_id
        WHERE c.position >= COALESCE(b.position, 0)
        GROUP BY c.supplier_key
    ), judged AS (
        SELECT d.*, l.candidate_id, l.score, l.margin, COALESCE(l.group_key, d.supplier_key) AS case_key,
               CASE WHEN d.ring = 'unknown' THEN ABS(d.amount) ELSE 0 END AS width,
               d.state = 'unresolved' AS is_open,
               CASE WHEN l.stage = 'decision' AND l.reopened IS NULL THEN {again} ELSE 1 END AS freshness,
               COALESCE(p.likely, 0) AS likely, COALESCE(p.likely * p.placed, 0) AS reached,
               COALESCE(p.candidates, 0) AS candidates
        FROM money AS d
        LEFT JOIN links AS l ON l.supplier_key = d.supplier_key
        LEFT JOIN likely AS p ON p.supplier_key = d.supplier_key
    ), expected AS (
        SELECT *, CASE WHEN is_open THEN ROUND((reached + (1 - likely) * {by_hand}) * freshness, 6) ELSE 0 END AS found,
               CASE WHEN candidates = 0 THEN {search}
                    ELSE {look} + {more} * (candidates - 1) + {search} * (1 - likely) END AS minutes
        FROM judged
    ), cases AS (
        SELECT case_key, MIN(minutes) AS effort,
               CAST(SUM(CASE WHEN is_open THEN width ELSE 0 END) AS DOUBLE) * MAX(found) AS worth
        FROM expected GROUP BY case_key
    )
    SELECT d.supplier_key, d.case_key, d.anchor, d.name, d.amount, d.state, d.candidate_id,
           o.name AS candidate_name,
           CASE WHEN o.municipality IS NOT NULL THEN o.country || ':' || o.municipality END AS candidate_place,
           d.score, d.margin, d.width, d.found, ROUND(c.worth, 2) AS worth,
           CASE WHEN t.amount > 0 THEN ROUND(c.worth / t.amount, 9) END AS shrink, ROUND(c.effort, 4) AS effort,
           ROW_NUMBER() OVER (
               ORDER BY ROUND(c.worth / c.effort, 4) DESC, is_open DESC, d.case_key, ABS(d.amount) DESC, d.supplier_key
           ) AS position
    FROM expected AS d
    JOIN cases AS c ON c.case_key = d.case_key
    CROSS JOIN total AS t
    LEFT JOIN spend_named AS o ON o.org_id = d.candidate_id
    ORDER BY position
"""


def queue(local_by: LocalBy) -> str:
    """The statement that gives `doubts` from spend, links, link_candidates, offices and `facts.NAMED`."""
    return DOUBTS.format(
        by=local_by.value, known=KNOWN[local_by], by_hand=BY_HAND, again=AGAIN, look=LOOK, more=MORE, search=SEARCH
    )
