"""Which country a ledger means: codes and names as people write them."""

from collections.abc import Iterable
from functools import cache

from babel import Locale
from babel.core import get_global

from bygd.countries import available, load


def country_codes(written: Iterable[str]) -> dict[str, str]:
    """Two-letter codes, in lower case, of the texts that name a country; others are left out.

    Known are ISO 3166 codes of two and three letters and the names in every language of the
    country packs (Unicode CLDR), and what packs list under `also_named`.
    """
    names = _names()
    codes = {text: names.get(text.strip().strip(".").casefold()) for text in written}
    return {text: code for text, code in codes.items() if code}


@cache
def _names() -> dict[str, str]:
    packs = [load(code) for code in available()]
    names: dict[str, str] = {}
    for language in sorted({"en"}.union(*(pack.languages for pack in packs))):
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha():
                names.setdefault(name.casefold(), code.lower())
                names[code.casefold()] = code.lower()
    for alias, codes in get_global("territory_aliases").items():
        if alias.isalpha() and len(codes) == 1:
            names[alias.casefold()] = codes[0].lower()
    for pack in packs:
        for name in (pack.name, *pack.settings.get("also_named", [])):
            names[name.casefold()] = pack.code
    return names
