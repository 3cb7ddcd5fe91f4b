"""Signs: what stands where a value is missing or uncertain, in each service's own marks."""

from bygd.vocabulary.place_words import ValueStatus

CANNOT_OCCUR = "."
NO_VALUE = {
    "..": ValueStatus.SUPPRESSED,  # PxWeb: not available or too uncertain to be shown
    "...": ValueStatus.MISSING,
    CANNOT_OCCUR: ValueStatus.NOT_APPLICABLE,
    "x": ValueStatus.SUPPRESSED,
    "c": ValueStatus.SUPPRESSED,  # Eurostat: confidential
    ":": ValueStatus.MISSING,
    ":c": ValueStatus.SUPPRESSED,
    ":z": ValueStatus.NOT_APPLICABLE,
    "z": ValueStatus.NOT_APPLICABLE,
    "m": ValueStatus.MISSING,
}
WITH_VALUE = {
    "e": ValueStatus.ESTIMATED,
    "i": ValueStatus.ESTIMATED,
    "p": ValueStatus.PROVISIONAL,
    "b": ValueStatus.BREAK,
    "r": ValueStatus.REVISED,
}
"""Flags of a value, what weakens it most first: one status is kept."""
FLAGS = 3
"""Signs of so many letters at most are flags, one a letter: Eurostat's `bp` is a break, and provisional."""
WORDS = {
    "suppress": ValueStatus.SUPPRESSED,
    "confidential": ValueStatus.SUPPRESSED,
    "disclos": ValueStatus.SUPPRESSED,
    "priva": ValueStatus.SUPPRESSED,  # Private, and Privacy
    "secret": ValueStatus.SUPPRESSED,
    "geheim": ValueStatus.SUPPRESSED,
    "unreliable": ValueStatus.SUPPRESSED,
    "impossible": ValueStatus.NOT_APPLICABLE,
    "not applicable": ValueStatus.NOT_APPLICABLE,
}


def status(value: float | None, sign: str, null_means: ValueStatus = ValueStatus.MISSING) -> ValueStatus:
    """What a cell's value and sign mean together; `null_means` where there is neither value nor a known sign."""
    sign = sign.strip().lower()
    if value is not None:
        letters = sign if len(sign) <= FLAGS else ""
        return next((found for letter, found in WITH_VALUE.items() if letter in letters), ValueStatus.OBSERVED)
    if sign in NO_VALUE:
        return NO_VALUE[sign]
    return next((found for word, found in WORDS.items() if word in sign), null_means)
