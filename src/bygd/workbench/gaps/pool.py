"""Pool: the gaps of all institutions together, from what may be published and from the registers alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bygd.engine import DuckEngine
from bygd.reports.sections import kinds
from bygd.reports.subject import Subject
from bygd.scope import Lengths, a_year, lengths
from bygd.tools.gaps import Gap, Index, Which, Yearly, bought, endings, firms, industries, influence, ranked, ranking
from bygd.vocabulary import tables
from bygd.vocabulary.money import rounded
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


@dataclass(frozen=True)
class Pooled:
    """What may be told of all institutions together: money by kind as published, who sells and how many buy."""

    which: Which
    lengths: Lengths
    money: Mapping[str, tuple[str, Decimal]]
    sellers: Mapping[str, Sequence[str]]
    buyers: Mapping[str, int]


def found(engine: DuckEngine, project: Project, subject: Subject, today: date | None = None) -> list[Gap]:
    """What all institutions together buy outside, as the public report says it, with who around could supply it.

    `subject` is that of a public report (`disclosure.publishable`) over all ledgers. Kinds whose money is withheld are
    left out. An industry counts where so many suppliers of it were paid as a published cell must hold; shares are not
    told. Firms are all of those industries, whether they were paid or not, and contracts are found by their CPV code.
    """
    pooled = published(engine, project, subject)
    return joined(project, pooled, firms.index(finding.around(engine, project, pooled.which.by)), today=today)


def published(engine: DuckEngine, project: Project, subject: Subject) -> Pooled:
    """The part of it that only a new build changes."""
    asked = finding.Asked(subject.local_by, subject.within)
    which = finding.chosen(engine, project, asked)
    ledgers = bought.ledgers(engine, which)
    return Pooled(
        which=which,
        lengths=lengths(ledgers.get(anchor) for anchor in bought.buyers(engine, which)),
        money=_published(subject),
        sellers=_sellers(engine, which, project, subject.limits.fewest),
        buyers={row["kind"]: int(row["buyers"]) for row in _rows(engine, BUYERS, which, project)},
    )


def joined(
    project: Project,
    pooled: Pooled,
    around: Index,
    today: date | None = None,
    decided: Iterable[Mapping[str, Any]] | None = None,
) -> list[Gap]:
    """The gaps of the pool with today's contracts, findings about all institutions, and values."""
    day = today or date.today()
    conventions = project.country.conventions()
    able = finding.able(project, pooled.which.currency, day)
    labels = {kind: label for kind, (label, _) in pooled.money.items()}
    ending = endings.by_kind(contracts.current(project), labels, conventions, day)
    rows = decisions.read(project, tables.influence_decisions) if decided is None else decided
    said = influence.standing(row for row in rows if not row["anchor"])
    rules = influence.rules(project.country)
    return ranked(
        ranking.gap(
            label,
            kind,
            _yearly(amount, pooled.lengths),
            pooled.buyers.get(kind, 0),
            _industries(pooled.sellers.get(kind, ()), label, project) if kind else (),
            around,
            pooled.which.here,
            able,
            ending.get(kind, ()),
            influence.found(label, said.get(kind, ()), rules),
            lengths=pooled.lengths,
        )
        for kind, (label, amount) in pooled.money.items()
    )


def _yearly(amount: Decimal, lengths: Lengths) -> Yearly:
    """What leaves in a year, as if all came from the longest ledger, or at most from the shortest.

    What each institution paid would tell it, but two sums of the same payments, each weighed otherwise, give the parts
    of two institutions away. How long ledgers are tells nothing of what was paid.
    """
    least, most = (rounded(a_year({months: amount})) for months in (lengths.most, lengths.fewest))
    return Yearly(elsewhere=least, low=least, high=most, total=most)


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


def _sellers(engine: DuckEngine, which: Which, project: Project, fewest: int) -> dict[str, Sequence[str]]:
    found: dict[str, list[tuple[int, str]]] = {}
    for row in _rows(engine, SELLERS.format(fewest=int(fewest)), which, project):
        found.setdefault(row["kind"], []).append((-int(row["parties"]), row["class"]))
    return {kind: [code for _, code in sorted(listed)[: industries.MOST]] for kind, listed in found.items()}


def _industries(sellers: Sequence[str], label: str, project: Project) -> tuple[industries.Industry, ...]:
    if not sellers:
        return industries.able(label, {}, Decimal(0), project.country.conventions())
    return tuple(industries.Industry(code, industries.Evidence.PAID) for code in sellers)


def _rows(engine: DuckEngine, statement: str, which: Which, project: Project) -> Iterable[dict[str, Any]]:
    text, values = bought.lines(which, project.country.conventions())
    return engine.rows(text + statement, *values)
