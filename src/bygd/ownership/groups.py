"""Who stands at the top: owners followed upwards, from each owned organisation to its ultimate owner.

Reads parents, organisations. Writes ultimate_owners. Method: docs/method/ownership.md
"""

from datetime import date

from bygd.engine import Engine
from bygd.vocabulary.tables import ultimate_owners

# Owners that last; a day of ending that is still to come has not ended anything.
LASTING = """
    SELECT org_id, parent_id, kind, country, nature, share_low, is_control, source
    FROM parents WHERE until IS NULL OR until > CAST(? AS DATE)
"""

# The organisation that controls most strongly, or how many do alike: the kind of control counts first,
# then the share. Its own shares in itself stand behind everybody else's.
CONTROLLERS = """
    SELECT org_id, COUNT(*) AS controllers, MIN(parent_id) AS parent_id, MIN(kind) AS parent_kind
    FROM (
        SELECT org_id, parent_id, kind,
               RANK() OVER (
                   PARTITION BY org_id
                   ORDER BY CASE WHEN parent_id = org_id THEN 1 ELSE 0 END,
                       CASE nature WHEN 'votes' THEN 1 WHEN 'shares' THEN 2 WHEN 'board' THEN 3 ELSE 4 END,
                       COALESCE(share_low, 0) DESC) AS position
        FROM ownership_lasting WHERE kind <> 'person' AND is_control)
    WHERE position = 1 GROUP BY org_id
"""

# One row per organisation that is owned: the organisation that controls it, or that there are several,
# or that persons own it and no organisation is said to. Where nobody controls and an organisation owns
# a minor part, or persons have influence alone, nobody is known to stand above: registers name directors
# so where the owner abroad need not be.
FIRST = """
    SELECT o.org_id, COALESCE(c.controllers, 0) AS controllers, c.parent_id, c.parent_kind, o.person_country, o.source
    FROM (
        SELECT org_id, MIN(source) AS source,
               COUNT(CASE WHEN kind <> 'person' THEN 1 END) AS organisations,
               COUNT(CASE WHEN {controlling} THEN 1 END) AS controlling,
               COUNT(CASE WHEN {owning} THEN 1 END) AS owning,
               CASE WHEN COUNT(CASE WHEN {controlling} THEN 1 END) > 0
                    THEN {country_of_controlling} ELSE {country_of_owning} END AS person_country
        FROM ownership_lasting GROUP BY org_id
    ) AS o
    LEFT JOIN ({controllers}) AS c ON c.org_id = o.org_id
    WHERE c.controllers > 0 OR o.controlling > 0 OR o.organisations = 0 AND o.owning > 0
"""
CONTROLLING = "kind = 'person' AND is_control"
OWNING = "kind = 'person' AND nature IN ('votes', 'shares')"
ONE_COUNTRY = """
    CASE WHEN COUNT(CASE WHEN {which} THEN 1 END) = COUNT(CASE WHEN {which} THEN country END)
          AND MIN(CASE WHEN {which} THEN country END) = MAX(CASE WHEN {which} THEN country END)
         THEN MIN(CASE WHEN {which} THEN country END) END
"""

# A way up of one step, then of two, four, …; a way that has ended stays where it is.
ONE_STEP = """
    SELECT org_id, parent_id AS top_id, parent_kind AS kind, 1 AS steps FROM ownership_first WHERE controllers = 1
"""
TWICE = """
    SELECT a.org_id, COALESCE(b.top_id, a.top_id) AS top_id, COALESCE(b.kind, a.kind) AS kind,
           a.steps + COALESCE(b.steps, 0) AS steps
    FROM {way} AS a LEFT JOIN {way} AS b ON b.org_id = a.top_id
"""

GOING_ON = "SELECT COUNT(*) AS n FROM {way} AS a JOIN ownership_first AS f ON f.org_id = a.top_id AND f.controllers = 1"

# The last one is the top unless the way goes on (a cycle), divides, or ends at persons.
ENDED = """
    SELECT f.org_id, f.source, CASE WHEN f.controllers = 1 THEN f.parent_id END AS parent_id,
           COALESCE(w.top_id, f.org_id) AS top_id, w.kind AS top_kind, COALESCE(w.steps, 0) AS steps,
           t.person_country,
           CASE WHEN t.org_id IS NULL THEN 'top' WHEN t.controllers = 1 THEN 'cycle'
                WHEN t.controllers > 1 THEN 'several' ELSE 'persons' END AS ended
    FROM ownership_first AS f
    LEFT JOIN {way} AS w ON w.org_id = f.org_id
    LEFT JOIN ownership_first AS t ON t.org_id = COALESCE(w.top_id, f.org_id)
"""

OWNERS = """
    SELECT e.org_id, e.parent_id, e.ended, e.source,
           CASE e.ended WHEN 'top' THEN e.top_id WHEN 'persons' THEN e.top_id || '/persons' END AS owner_id,
           CASE e.ended WHEN 'top' THEN e.top_kind WHEN 'persons' THEN 'person' END AS kind,
           CASE e.ended WHEN 'top' THEN COALESCE(o.country, p.country)
                        WHEN 'persons' THEN e.person_country END AS country,
           CASE e.ended WHEN 'top' THEN e.steps WHEN 'persons' THEN e.steps + 1 ELSE 0 END AS steps
    FROM ownership_ended AS e
    LEFT JOIN organisations AS o ON o.org_id = e.top_id
    LEFT JOIN (
        SELECT parent_id, CASE WHEN MIN(country) = MAX(country) THEN MIN(country) END AS country
        FROM ownership_lasting WHERE kind <> 'person' GROUP BY parent_id
    ) AS p ON p.parent_id = e.top_id
    ORDER BY e.org_id
"""


def ultimate(engine: Engine, day: date | None = None) -> None:
    """One row per organisation with an owner: the last one above it, or why there is none to name.

    Only owners that last on the day (today where none is given) and control are followed: a majority of votes, else
    of shares, else the right to appoint the board, else 'owner' without more. Several organisations that hold alike
    end the way, and so does a cycle. Where persons own and no organisation controls, the top is those persons,
    `<organisation>/persons`, with a country where all live in one. An organisation counts as the top
    where no source says who controls it, so the last one is the last *known*. Its country is not known
    where sources differ.
    """
    engine.sql("ownership_lasting", LASTING, day or date.today())
    engine.sql(
        "ownership_first",
        FIRST.format(
            controllers=CONTROLLERS,
            controlling=CONTROLLING,
            owning=OWNING,
            country_of_controlling=ONE_COUNTRY.format(which=CONTROLLING),
            country_of_owning=ONE_COUNTRY.format(which=OWNING),
        ),
    )
    engine.sql("ownership_ended", ENDED.format(way=_whole_way(engine)))
    engine.sql(ultimate_owners, OWNERS)


def last_end(engine: Engine, day: date | None = None) -> date | None:
    """The last day until then on which an owner ceased to be one: while it is the same, so are the ultimate owners."""
    found = engine.rows("SELECT MAX(until) AS ended FROM parents WHERE until <= CAST(? AS DATE)", day or date.today())
    ended: date | None = found[0]["ended"]
    return ended


def _whole_way(engine: Engine) -> str:
    """The relation of ways up as far as they go; its name.

    A chain longer than the steps looked at has members at every distance below its length, so that the next round ends
    some of them. Once a round ends no more, those that still go on go round.
    """
    engine.sql("ownership_way_0", ONE_STEP)
    rounds, going, before = 0, _going(engine, 0), -1
    while going not in (0, before):
        engine.sql(f"ownership_way_{rounds + 1}", TWICE.format(way=f"ownership_way_{rounds}"))
        rounds, before, going = rounds + 1, going, _going(engine, rounds + 1)
    return f"ownership_way_{rounds}"


def _going(engine: Engine, rounds: int) -> int:
    return int(engine.rows(GOING_ON.format(way=f"ownership_way_{rounds}"))[0]["n"])
