"""Finished issue forums as a page for everybody: what was proposed of coming purchases, and what the buyer answered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from bygd.reports.documents.guide import style
from bygd.reports.documents.open import NAMES
from bygd.reports.documents.templates import environment
from bygd.reports.translate import N_, Translator
from bygd.vocabulary.forum_words import Concern, Outcome, Sender

PROPOSED = N_("Issue forums: what was proposed, and what the buyers answered")
"""What leads to it from other pages."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody asked of a purchase, in their own words; `sender` is what they chose to be called."""

    text: str
    concern: Concern
    sender_kind: Sender
    sender: str
    sent_on: date


@dataclass(frozen=True, slots=True)
class Reply:
    """What the buyer said of a matter, and where in the tender documents it stands."""

    outcome: Outcome
    why: str
    where: str
    on: date


@dataclass(frozen=True, slots=True)
class Matter:
    """What several proposals ask alike; the first reply counts, the others came before it."""

    title: str
    proposals: tuple[Proposal, ...]
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Forum:
    """A finished forum."""

    key: str
    title: str
    about: str
    buyer: str
    closed_on: date
    answered_on: date
    matters: tuple[Matter, ...]


def page(
    place: str,
    forums: Sequence[Forum],
    translate: Translator,
    *,
    languages: Sequence[str] = (),
    address: Callable[[str], str] = "forums-{}.html".format,
) -> str:
    """The page of a place's finished forums, which stands alone; the latest first."""
    others = [(code, NAMES[code], address(code)) for code in languages if code != translate.language]
    listed = sorted(forums, key=lambda one: (one.answered_on, one.key), reverse=True)
    template = environment().get_template("forums.html.j2")
    return template.render(_=translate, place=place, forums=listed, others=others, style=Markup(style()))  # noqa: S704
