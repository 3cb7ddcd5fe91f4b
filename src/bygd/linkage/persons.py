"""Persons: which names may be a person's, by the country's given names and titles."""

from collections.abc import Iterable

from bygd.linkage.names import fold
from bygd.sources.conventions import Conventions

FURTHER = 2
"""So many further given names or initials may stand between the first and the surname."""


def like_a_person(core: str, conventions: Conventions) -> str:
    """SQL: whether a name without legal form and stop words is shaped like a person's.

    A title and up to three words; or a given name, further ones or initials, particles and one more word, also the
    other way round. With a word of organisations (those that the pack abbreviates, or knows as words of public bodies
    or subsidiaries) it is none.
    """
    given, titles = _any(conventions.given_names), _any(conventions.person_titles)
    particles = _any(conventions.name_particles)
    shapes = [rf"({titles})( \p{{L}}+){{1,3}}"] if titles else []
    if given:
        between = rf"( (({given})|\p{{L}})){{0,{FURTHER}}}" + (rf"( ({particles})){{0,3}}" if particles else "")
        shapes += [rf"({given}){between} \p{{L}}{{2,}}", rf"\p{{L}}{{2,}} ({given})( \p{{L}})?"]
    if not shapes:
        return "false"
    whole = f"regexp_matches({core}, '^({'|'.join(shapes)})$')"
    written_out = (word for full in conventions.abbreviations.values() for word in full.split())
    others = _any((*conventions.abbreviations, *written_out, *conventions.satellite_words, *conventions.public_words))
    return f"({whole} AND NOT regexp_matches(' ' || {core} || ' ', ' ({others}) '))" if others else whole


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted({fold(word) for word in words} - {""}, key=lambda word: (-len(word), word)))
