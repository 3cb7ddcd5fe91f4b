"""The place: what official statistics and own counts say of it, fetched, compared and told."""

from bygd.workbench.place.bringing import bring
from bygd.workbench.place.factsheet import sheet
from bygd.workbench.place.known import load
from bygd.workbench.place.listing import catalogue_rows, names_of, rows
from bygd.workbench.place.peers import choose
from bygd.workbench.place.profile import Beside, Named, Profile, Shown, measure, profile
from bygd.workbench.place.refresh import Refreshed, refresh
from bygd.workbench.place.villages import Village

__all__ = [
    "Beside",
    "Named",
    "Profile",
    "Refreshed",
    "Shown",
    "Village",
    "bring",
    "catalogue_rows",
    "choose",
    "load",
    "measure",
    "names_of",
    "profile",
    "refresh",
    "rows",
    "sheet",
]
