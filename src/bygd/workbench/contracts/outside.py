"""Outside: purchases of a snapshot held against the register of contracts, with the figures that follow."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from bygd.engine import DuckEngine
from bygd.linkage.names import form_words
from bygd.tools import contracts as tool
from bygd.tools.contracts import Money
from bygd.tools.contracts.used import Year, used
from bygd.tools.spend import main_currency
from bygd.vocabulary.figures import Figure
from bygd.workbench import snapshot
from bygd.workbench.contracts.known import Row, current, laid
from bygd.workbench.project import Project


@dataclass(frozen=True)
class Found:
    """Purchases told apart, the contracts they were held against, and the figures; sums are in one currency."""

    money: list[Money]
    contracts: list[Row]
    figures: list[Figure]
    currency: str


def outside(
    project: Project, on: date, anchors: Collection[str] | None = None, opened: snapshot.Snapshot | None = None
) -> Found:
    """What was bought inside and outside contracts, by all anchors or some. Raises InputError without a build."""
    opened = opened or snapshot.current(project)
    with opened.engine(anchors=anchors) as engine:
        return held_against(engine, project, on, current(project, anchors), opened.id, opened.manifest_for(anchors))


def held_against(
    engine: DuckEngine, project: Project, on: date, rows: list[Row], name: str, manifest: dict[str, object]
) -> Found:
    """The same from an engine that is open already and holds what may be seen."""
    currency = main_currency(engine)
    with laid(engine, rows):
        money = tool.spending(engine, currency, project.year_starts, _forms(project)) if currency else []
    listed = manifest.get("sources")
    sources = tuple(str(one) for one in listed) if isinstance(listed, list) else ()
    return Found(money, rows, tool.figures(money, rows, on, currency, name, sources), currency)


def used_of(engine: DuckEngine, project: Project, rows: list[Row], contract_key: str) -> list[Year]:
    """What the supplier of one contract was paid while it ran, by year, as far as the engine holds payments."""
    currency = main_currency(engine)
    with laid(engine, rows):
        return used(engine, contract_key, currency, project.year_starts, _forms(project)) if currency else []


def _forms(project: Project) -> dict[str, str]:
    """Spellings of legal forms, without accents, and which of them are one."""
    return {spelling: form for spelling, form in form_words(project.country.conventions()).items() if form}
