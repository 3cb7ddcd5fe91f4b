"""Names that hide in a registered one: in brackets, and before a bracket, a comma or a dash."""

from bygd.linkage import names
from bygd.sources.conventions import Conventions

REGISTERED, OTHER, HIDDEN = 0, 1, 2
"""What a name of the register is to its organisation (`is_other`)."""

SHORTEST = 4
"""Fewer letters are no name."""

CUTS = (
    ("(", "regexp_extract(name, '\\(([^)]+)\\)', 1)", "regexp_replace(name, '\\([^)]*\\)', ' ')"),
    ("(", "regexp_extract(name, '^(.+?) *\\(', 1)", "regexp_extract(name, '(\\(.*)$', 1)"),
    (",", "regexp_extract(name, '^(.+?) *,', 1)", "regexp_extract(name, '(,.*)$', 1)"),
    (" - ", "regexp_extract(name, '^(.+?) +- ', 1)", "regexp_extract(name, '( - .*)$', 1)"),
    (" – ", "regexp_extract(name, '^(.+?) +– ', 1)", "regexp_extract(name, '( – .*)$', 1)"),
    (" / ", "regexp_extract(name, '^(.+?) +/ ', 1)", "regexp_extract(name, '( / .*)$', 1)"),
)
"""What a name has to contain, what hides in it, and what is left beside that."""


def cut(relation: str, conventions: Conventions) -> str:
    """SQL: (of, org_id, name, is_ended), what hides in the registered names of a relation; `of` is their name_id.

    Nothing hides where what is left has a word of subsidiaries, funds and branches: those are other organisations.
    """
    satellites = sorted(names.fold(word) for word in conventions.satellite_words)
    told = f"regexp_matches({names.cleaned('rest')} || ' ', ' (?:{'|'.join(satellites)}) ')" if satellites else "false"
    parts = " UNION ALL ".join(
        f"SELECT name_id, org_id, is_ended, {hidden} AS hidden, {rest} AS rest FROM {relation} "
        f"WHERE is_other = {REGISTERED} AND contains(name, '{mark}')"
        for mark, hidden, rest in CUTS
    )
    return f"""
        SELECT DISTINCT name_id AS of, org_id, trim(hidden) AS name, is_ended FROM ({parts})
        WHERE length(trim(hidden)) >= {SHORTEST} AND NOT {told}
    """


def unlike(relation: str, wholes: str, conventions: Conventions) -> str:
    """SQL: of what `cut` gave, the names that are more than the registered one without its legal form."""
    return f"""
        SELECT h.org_id, h.name, h.is_ended
        FROM ({names.split(relation, conventions)}) h JOIN ({names.split(wholes, conventions)}) w ON w.name_id = h.of
        WHERE length(h.squeezed) >= {SHORTEST} AND h.squeezed <> w.squeezed
    """
