"""Titles: what registers and lists are called where people see them."""

from bygd.countries import source
from bygd.reports import Translator
from bygd.sources.errors import InputError
from bygd.vocabulary.said import N_

OWN = (
    N_("A register of your own"),
    N_("Postcodes of your own"),
    N_("Owners of your own"),
    N_("Successions of your own"),
    N_("A list of contracts of your own"),
    N_("Statistics of your own"),
)
"""Titles that are no proper names, as their descriptions have them; the others stay as their publishers say."""


def title(name: str, translate: Translator) -> str:
    """What the source of that name is called; the name itself where this version knows no such source."""
    try:
        return translate(source(name).title)
    except InputError:
        return name
