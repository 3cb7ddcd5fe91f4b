"""Names of countries, as registers and ledgers write them → two letters."""

from collections.abc import Iterable
from functools import cache

from babel import Locale
from babel.core import get_global

from bygd.engine import DuckEngine
from bygd.sources.conventions import Conventions
from bygd.sources.registers.register import lookup

RELATION = "register_countries"
LANGUAGES = ("en", "sv", "nl", "de", "fr")
"""Languages whose names are known everywhere; the country's own are added."""
NOWHERE = "zz"
"""A country that is not known: the code for that in Unicode CLDR."""


def codes(written: Iterable[str | None], conventions: Conventions) -> dict[str, str]:
    """Two-letter codes, in lower case, of the texts that name a country; others are left out.

    Known are ISO 3166 codes of two and three letters, names in Unicode CLDR, and those that
    `conventions.also_named` adds.
    """
    texts = [text for text in written if text]
    if not texts:
        return {}
    names = _names((*LANGUAGES, *conventions.languages), tuple(conventions.also_named.items()))
    found = {text: names.get(text.strip().strip(".").casefold()) for text in texts}
    return {text: code for text, code in found.items() if code}


def country_codes(engine: DuckEngine, relation: str, column: str, conventions: Conventions) -> str:
    """A passing relation (text, code) for the distinct countries written in a column, as `codes`; gives its name."""
    written = engine.arrow(f'SELECT DISTINCT "{column}" FROM "{relation}" WHERE "{column}" IS NOT NULL')
    lookup(engine, RELATION, codes(written.column(0).to_pylist(), conventions), ("text", "code"))
    return RELATION


def country(code: str, text: str, postcode: str, conventions: Conventions) -> str:
    """The country of an address in SQL: the code found; else home where nothing is written or the postcode fits.

    What is left names a country that is not known: `zz`.
    """
    home = f"'{conventions.country}'"
    fits = (
        f"REGEXP_FULL_MATCH({postcode}, '{conventions.postcode_pattern}')" if conventions.postcode_pattern else "TRUE"
    )
    is_home = f"{text} IS NULL OR COALESCE({fits}, FALSE)"
    return f"CASE WHEN {code} IS NOT NULL THEN {code} WHEN {is_home} THEN {home} ELSE '{NOWHERE}' END"


@cache
def _names(languages: tuple[str, ...], also: tuple[tuple[str, str], ...]) -> dict[str, str]:
    names: dict[str, str] = {}
    for language in dict.fromkeys(languages):
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha() and code.lower() != NOWHERE:
                names.setdefault(name.casefold(), code.lower())
                names[code.casefold()] = code.lower()
    for alias, current in get_global("territory_aliases").items():
        if alias.isalpha() and len(current) == 1:
            names[alias.casefold()] = current[0].lower()
    return {**names, **{name.casefold(): code for name, code in also}}
