"""Pool: the gaps of all institutions together, from what may be published and from the registers alone."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from bygd.engine import DuckEngine
from bygd.reports.sections import kinds
from bygd.reports.subject import Subject
from bygd.tools.gaps import Count, Gap, Which, bought, endings, firms, industries, influence, ranked, ranking
from bygd.vocabulary import tables
from bygd.vocabulary.words import LocalBy
from bygd.workbench import contracts, decisions
from bygd.workbench.gaps import finding
from bygd.workbench.project import Project

# How many suppliers of each industry were paid for a kind, and how many institutions buy it. No money, no names.
SELLERS = """
    SELECT name AS kind, class, COUNT(DISTINCT party) AS parties FROM lines JOIN named ON named.number = lines.kind
    WHERE class IS NOT NULL AND amount > 0 GROUP BY name, class HAVING COUNT(DISTINCT party) >= {fewest}
"""
BUYERS = """
    SELECT name AS kind, COUNT(*) AS buyers
    FROM (SELECT kind, anchor FROM lines GROUP BY kind, anchor HAVING SUM(amount) > 0) AS bought
    JOIN named ON named.number = bought.kind GROUP BY name
"""


def found(
    engine: DuckEngine, project: Project, subject: Subject, today: date | None = None, around: list[Count] | None = None
) -> list[Gap]:
    """What all institutions together buy outside, as the public report says it, with who around could supply it.

    `subject` is that of a public report (`disclosure.publishable`) over all ledgers. Kinds whose money is withheld are
    left out. An industry counts where so many suppliers of it were paid as a published cell must hold; shares are not
    told. Firms are all of those industries, whether they were paid or not, and contracts are found by their CPV code.
    """
    day = today or date.today()
    place = finding.place_of(engine, project)
    asked = finding.Asked(subject.local_by, subject.within)
    which = finding.chosen(engine, place, asked)
    conventions = project.country.conventions()
    able = finding.able(project, subject.currency, day)
    period = max(1, len(bought.years(engine, which)))
    near = firms.index(firms.counted(engine, place, LocalBy(which.by), conventions) if around is None else around)
    sellers = _sellers(engine, which, project, subject.limits.fewest)
    buyers = {row["kind"]: int(row["buyers"]) for row in _rows(engine, BUYERS, which, project)}
    money = _published(subject)
    ending = endings.by_kind(
        contracts.current(project), {kind: label for kind, (label, _) in money.items()}, conventions, day
    )
    said = influence.standing(row for row in decisions.read(project, tables.influence_decisions) if not row["anchor"])
    rules = influence.rules(project.country)
    return ranked(
        ranking.gap(
            label,
            kind,
            ((amount / period).quantize(Decimal("0.01")),) * 3,
            buyers.get(kind, 0),
            _industries(sellers.get(kind, ()), label, project) if kind else (),
            near,
            which.here,
            able,
            ending.get(kind, ()),
            influence.found(label, said.get(kind, ()), rules),
        )
        for kind, (label, amount) in money.items()
    )


def _published(subject: Subject) -> dict[str, tuple[str, Decimal]]:
    """Label and money by kind; a kind of which one spelling is withheld is withheld."""
    found: dict[str, tuple[str, Decimal]] = {}
    closed = set()
    for part in kinds.outside(subject, "category"):
        label = str(part.key[0] or "").strip()
        kind = label.lower()
        if part.amount is None:
            closed.add(kind)
        else:
            first, so_far = found.get(kind, (label, Decimal(0)))
            found[kind] = (first, so_far + part.amount)
    return {kind: one for kind, one in found.items() if kind not in closed}


def _sellers(engine: DuckEngine, which: Which, project: Project, fewest: int) -> dict[str, list[tuple[str, int]]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for row in _rows(engine, SELLERS.format(fewest=fewest), which, project):
        found.setdefault(row["kind"], []).append((row["class"], int(row["parties"])))
    return found


def _industries(sold: Sequence[tuple[str, int]], label: str, project: Project) -> tuple[industries.Industry, ...]:
    if not sold:
        return industries.able(label, {}, Decimal(0), project.country.conventions())
    most = sorted(sold, key=lambda pair: (-pair[1], pair[0]))[: industries.MOST]
    return tuple(industries.Industry(code, industries.Evidence.PAID) for code, _ in most)


def _rows(engine: DuckEngine, statement: str, which: Which, project: Project) -> Iterable[dict[str, Any]]:
    text, values = bought.lines(which, project.country.conventions())
    return engine.rows(text + statement, *values)
