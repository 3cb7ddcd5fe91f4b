"""The guide for small firms and associations: what it holds, and its page, which prints on two sides of A4."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from markupsafe import Markup

from bygd.reports.documents.open import NAMES
from bygd.reports.documents.templates import environment
from bygd.reports.translate import N_, Translator

HOW_TO_SELL = N_("How to sell to the institutions: a guide on two pages")
"""What leads to it from other pages."""
DENSE_BUYERS, DENSE_COMING = 3, 5
"""With more than so many on the first side it is printed in smaller letters, so that it stays two sides."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum that divides, as text. `outdated`: today's is not known, this is the latest that is. `vat` as limits."""

    text: str
    verified: bool
    outdated: bool
    vat: str


@dataclass(frozen=True, slots=True)
class Line:
    """For a kind of purchase: up to which sum a direct award is open, from which the full rules hold."""

    kind: str
    direct: Amount | None
    full: Amount | None


@dataclass(frozen=True, slots=True)
class Source:
    """What a sum rests on; `read` is None where nobody compared it with its source."""

    title: str
    href: str
    read: date | None


@dataclass(frozen=True, slots=True)
class Buyer:
    """An institution: kinds it buys from several suppliers, and where to ask."""

    name: str
    kinds: tuple[str, ...] = ()
    office: str = ""
    email: str = ""
    phone: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Coming:
    """A coming purchase: planned or out to tender (`stage`), or what follows a contract that ends."""

    title: str
    anchor: str
    ends_on: date | None
    stage: str
    kind: str
    may_be_prolonged: bool = False


@dataclass(frozen=True, slots=True)
class Forum:
    """A coming purchase of which everybody may say what it should ask for."""

    title: str
    until: date
    address: str


@dataclass(frozen=True)
class Guide:
    """All that the guide of a place says. `kinds` are names and round sums; `refused` says why there are none."""

    place: str
    day: date
    checked: date | None
    says: str
    kinds: tuple[tuple[str, str], ...]
    refused: str
    buyers: tuple[Buyer, ...]
    coming: tuple[Coming, ...]
    forums: tuple[Forum, ...]
    lines: tuple[Line, ...]
    reserved: tuple[str, ...]
    sources: tuple[Source, ...]
    currency: str


def page(
    guide: Guide,
    translate: Translator,
    *,
    languages: Sequence[str] = (),
    address: Callable[[str], str] = "guide-{}.html".format,
    style_at: str = "",
) -> str:
    """The page. It stands alone, unless `style_at` says where its style sheet is."""
    template = environment().get_template("guide.html.j2")
    others = [(code, NAMES[code], address(code)) for code in languages if code != translate.language]
    dense = len(guide.buyers) > DENSE_BUYERS or len(guide.coming) + len(guide.forums) > DENSE_COMING
    return template.render(
        _=translate,
        guide=guide,
        others=others,
        dense=dense,
        style_at=style_at,
        style=Markup(style()),  # noqa: S704
    )


def style() -> str:
    """The style sheet of the page."""
    return (files("bygd.reports.documents") / "templates" / "guide.css").read_text(encoding="utf-8")
