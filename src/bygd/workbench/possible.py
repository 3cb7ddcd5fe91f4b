"""Possible: of the registers' millions those organisations that a supplier may turn out to be, kept by themselves.

Each step after the candidates looks organisations up. From the whole register each look takes longer than all else
the step does, and after a decision they are hardly ever others than before.
"""

from bygd.vocabulary import tables
from bygd.workbench.bench import Bench

NAMED = """
    SELECT org_id FROM link_decisions WHERE org_id IS NOT NULL
    EXCEPT SELECT org_id FROM link_candidates
    ORDER BY org_id
"""

# A supplier is one of its candidates, what people say it is, or what took such a one's place; and whoever owns them.
POSSIBLE = """
    WITH RECURSIVE met AS (
        SELECT org_id FROM link_candidates
        UNION SELECT UNNEST(?::VARCHAR[])
        UNION SELECT s.successor_id FROM successions AS s JOIN met ON s.org_id = met.org_id
    )
    SELECT * FROM organisations WHERE org_id IN (
        SELECT org_id FROM met UNION SELECT u.owner_id FROM ultimate_owners AS u JOIN met ON met.org_id = u.org_id
    )
    ORDER BY org_id
"""


def keep(bench: Bench, registers: str, proposed: str, owners: str) -> None:
    """Leave `possible_organisations`, which from here on are the `organisations` of the bench's engine.

    Those of the snapshot stay the registers'. Reads organisations, link_candidates, link_decisions, successions and
    ultimate_owners, known by the fingerprints of the steps that made them.
    """
    named = [row["org_id"] for row in bench.engine.rows(NAMED)]
    bench.step(
        "possible",
        [registers, proposed, owners, named],
        [tables.possible_organisations],
        lambda: bench.engine.sql(tables.possible_organisations, POSSIBLE, named),
    )
    bench.engine.read(tables.organisations, bench.files[tables.possible_organisations])
