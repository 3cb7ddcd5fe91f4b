"""Facts: what is known of the place, on one page, for circles and meetings. A part that knows more adds a function."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from bygd.reports import Translator
from bygd.reports.place import told
from bygd.sources.errors import InputError
from bygd.tools.contracts import Standing, ending, year_after
from bygd.web.pages import headline
from bygd.web.pages.place.asked import Asked
from bygd.web.pages.place.looked import answered, title_of
from bygd.web.places import held
from bygd.web.places.models import Place
from bygd.workbench import boards, contracts


@dataclass(frozen=True)
class Group:
    """Facts of one kind: a heading, sentences, and what they rest on."""

    title: str
    sentences: tuple[str, ...]
    source: str = ""


def money(place: Place, _: Translator) -> Iterable[Group]:
    """What the institutions buy together and how much of it stays, as the public report says it."""
    found = headline.of_all(place.project, _.language)
    opened = held.current(place.project)
    if found is None or not found.sentences or opened is None:
        return
    built = date.fromisoformat(opened.snapshot.manifest["built_at"][:10])
    source = _("The institutions' own ledgers, as of {day}; small cells are withheld.", day=_.day(built))
    yield Group(_("Where the money goes"), tuple(found.sentences), source)


def purchases(place: Place, _: Translator) -> Iterable[Group]:
    """How many contracts run, and how many end within a year: what could be bought otherwise."""
    today = date.today()
    found = (ending(row, today) for row in contracts.current(place.project))
    running = [one.ends_on for one in found if one.standing is Standing.RUNNING and one.ends_on]
    if not running:
        return
    soon = sum(ends_on <= year_after(today) for ends_on in running)
    yield Group(
        _("What the institutions will buy"),
        (
            _.ngettext("{number} contract runs.", "{number} contracts run.", len(running)),
            _.ngettext("{number} of them ends within a year.", "{number} of them end within a year.", soon),
        ),
        _("The register of contracts"),
    )


def begun(place: Place, _: Translator) -> Iterable[Group]:
    """What stands on the board already."""
    cards = boards.current(place.project)
    if cards:
        said = _.ngettext("{number} card stands on the board.", "{number} cards stand on the board.", len(cards))
        yield Group(_("What has been begun"), (said,), _("The place's board"))


def statistics(place: Place, _: Translator) -> Iterable[Group]:
    """What official statistics say first of the place."""
    project = place.project
    try:
        found = answered(project, Asked())
    except InputError:
        return
    said = tuple(told.sentences(found, project.country.currency, _))
    if said:
        sources = dict.fromkeys(source for one in found.shown for source in one.figure.sources)
        yield Group(_("What statistics say"), said, "; ".join(_(title_of(source)) for source in sources))


PROVIDERS: list[Callable[[Place, Translator], Iterable[Group]]] = [statistics, money, purchases, begun]
"""What is told, in this order. Each is quick, gives nothing where nothing is known, and never a figure of one firm."""


def of(place: Place, translate: Translator) -> list[Group]:
    """The facts of a place in that language."""
    return [group for provide in PROVIDERS for group in provide(place, translate)]
