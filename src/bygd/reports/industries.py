"""Industries in words: the code, which sorts and is asked for, and what it is called."""

from bygd.countries import industries
from bygd.reports.translate import Translator


def industry(code: str, translate: Translator) -> str:
    """Such as "41200 Construction of buildings"; the code alone where nobody knows what it is called.

    A longer code than that of a division is called as its division is.
    """
    name = industries.name(code).get(translate.language)
    return f"{code} {name}" if name else code
