"""Names of countries as registers write them → two letters."""

from functools import cache

from babel import Locale

from bygd.engine import DuckEngine
from bygd.sources.conventions import Conventions
from bygd.sources.registers.register import lookup

RELATION = "register_countries"
LANGUAGES = ("en", "sv", "nl", "de", "fr")


def country_codes(engine: DuckEngine, relation: str, column: str) -> str:
    """A passing relation (text, code) for the distinct countries written in a column; gives its name.

    Codes and names in English, Swedish, Dutch, German and French are known, from Unicode CLDR; a
    text that is not known gets no code.
    """
    written = engine.arrow(f'SELECT DISTINCT "{column}" FROM "{relation}" WHERE "{column}" IS NOT NULL')
    known = _known()
    lookup(
        engine, RELATION, {text: known.get(text.casefold()) for text in written.column(0).to_pylist()}, ("text", "code")
    )
    return RELATION


def country(code: str, text: str, postcode: str, conventions: Conventions) -> str:
    """The country of an address in SQL: the code found; else home where nothing is written or the postcode fits.

    What is left names a country that is not known: `zz`, the code for that in Unicode CLDR.
    """
    home = f"'{conventions.country}'"
    fits = (
        f"REGEXP_FULL_MATCH({postcode}, '{conventions.postcode_pattern}')" if conventions.postcode_pattern else "TRUE"
    )
    is_home = f"{text} IS NULL OR COALESCE({fits}, FALSE)"
    return f"CASE WHEN {code} IS NOT NULL THEN {code} WHEN {is_home} THEN {home} ELSE 'zz' END"


@cache
def _known() -> dict[str, str]:
    known: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha() and code != "ZZ":
                known[code.casefold()] = known[name.casefold()] = code.casefold()
    return known
