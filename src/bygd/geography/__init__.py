"""Where suppliers are: seats, branches, and the rings of the place that hold them."""

from bygd.geography.places import RINGS, Place, place
from bygd.geography.seats import run

__all__ = ["RINGS", "Place", "place", "run"]
