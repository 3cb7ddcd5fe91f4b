"""Options: how wide the search for candidates is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """How many names are looked at before and after the cheap ranking, and how many organisations are kept.

    Of a name that the register nearly has, `beside` are compared: the room is for those that are written otherwise.
    `exact` bounds the organisations of the very same name that are compared, so that a name borne
    by thousands costs no more than one borne by a few: such a name is never decided by itself.
    """

    found: int = 30
    compared: int = 16
    beside: int = 8
    exact: int = 20
    kept: int = 5


DEFAULT = Options()
