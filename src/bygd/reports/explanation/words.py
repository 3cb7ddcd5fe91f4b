"""The words for what speaks for and against a link: every feature and every topic, in plain language, once."""

from math import exp

from bygd.linkage.evidence import NUMBER_FOUND, REST, RIVALS, Evidence, Part
from bygd.reports.translate import DASH, N_, Translator

LONGEST = 300
"""Signs of a name that are shown; what is longer is not looked for, and a page or terminal of it helps nobody."""

SHARES = {
    "cosine": N_("Words in common, rare ones count more"),
    "covered": N_("How much of the ledger's name the register's has"),
    "covers": N_("How much of the register's name the ledger's has"),
    "sorted": N_("Letters in common, whatever the order of words"),
    "letters": N_("Letters in common, without blanks"),
    "subset": N_("Words in common, further ones left out"),
    "winkler": N_("Letters in common, the beginning counts more"),
    "partial": N_("The shorter name stands within the longer"),
}
"""Features between nought and one."""

AMOUNTS = {
    "rarity": N_("How rare the words in common are"),
    "missing": N_("The rarest word of the ledger's name that the register's lacks"),
    "extra": N_("The rarest word of the register's name that the ledger's lacks"),
    "conflict": N_("How rare the words are that stand one for another"),
    "misspelled": N_("Words that agree but for a slip of the pen or a cut"),
    "words": N_("Words of the ledger's name"),
    "words_named": N_("Words of the register's name"),
    "length": N_("Letters of the ledger's name"),
    "place_word": N_("Place names only in the ledger's name"),
    "other_place_word": N_("Place names only in the register's name"),
    "satellite_word": N_("Words for a subsidiary, fund or friends only in the ledger's name"),
    "other_satellite_word": N_("Words for a subsidiary, fund or friends only in the register's name"),
    "public_word": N_("Words for public bodies only in the ledger's name"),
    "other_public_word": N_("Words for public bodies only in the register's name"),
    "holding": N_("How many organisations have all words of the name"),
    "namesakes": N_("How many organisations bear the name"),
}
"""Features that count or measure something."""

SIGNS = {
    "first_word": N_("The first word is the same"),
    "last_word": N_("The last word is the same"),
    "starts": N_("One name begins with the other"),
    "initials": N_("One is the initials of the other"),
    "trading_as": N_("A trading name was compared"),
    "before_trading_as": N_("The name before 'trading as' was compared"),
    "renamed": N_("The other name of its federation or chain was compared"),
    "same_squeezed": N_("The names are the same but for legal form and punctuation"),
    "is_cut": N_("Only a part of the name was compared"),
    "digits_differ": N_("Numbers in the names differ"),
    "same_form": N_("The legal form is the same"),
    "other_form": N_("The legal form is another"),
    "form_left_out": N_("The ledger leaves the legal form out"),
    "form_added": N_("The register leaves the legal form out"),
    "person_name": N_("The ledger's name may be a person's, the register's is a company's"),
    "same_postcode": N_("The postcode is the same"),
    "same_area": N_("The postcode area is the same"),
    "same_town": N_("The town is the same"),
    "other_place": N_("The address is elsewhere"),
    "other_name": N_("It is a former or trading name"),
    "hidden_name": N_("It is only a part of the registered name"),
    "is_ended": N_("The organisation has ended"),
    "not_yet": N_("It was registered after the last payment"),
    "long_ended": N_("It ended long before the first payment"),
    "same_trade": N_("Firms of its industry sell what was bought"),
    "other_trade": N_("Firms of its industry sell other things than what was bought"),
    "other_number": N_("The ledger gives another organisation number"),
}
"""Features that are there or not."""

TOPICS = {
    "words": N_("Words of the name"),
    "spelling": N_("Spelling"),
    "sorts": N_("Sorts of words"),
    "digits": N_("Numbers in the name"),
    "form": N_("Legal form"),
    "place": N_("Address"),
    "other_name": N_("Former or trading name"),
    "standing": N_("Whether it exists"),
    "trade": N_("Industry and purchases"),
    "number": N_("Organisation number"),
    "namesakes": N_("Organisations of like names"),
    REST: N_("Everything else"),
    NUMBER_FOUND: N_("Organisation number"),
    RIVALS: N_("Other candidates"),
}

VARIANTS = {
    "as written": N_("the name as written"),
    "trading as": N_("the trading name"),
    "before trading as": N_("the name before 'trading as'"),
    "before care of": N_("the name before 'care of'"),
    "without brackets": N_("the name without its brackets"),
    "in brackets": N_("the name in brackets"),
    "before dash": N_("the name before the dash"),
    "renamed": N_("the other name of its federation or chain"),
    "without codes": N_("the name without codes"),
}

PLACES = {
    "same postcode": N_("same postcode"),
    "same postcode area": N_("same postcode area"),
    "same town": N_("same town"),
}

NUMBERS = {
    "as written": N_("the organisation number on the ledger leads to it"),
    "leading zeros restored": N_("the organisation number on the ledger leads to it once lost noughts are put back"),
    "former number": N_("the organisation number on the ledger is that of an organisation whose place it took"),
    "former number, leading zeros restored": N_(
        "the organisation number on the ledger, once lost noughts are put back, is that of an organisation whose place "
        "it took"
    ),
    "same pseudonym": N_("ledger and register give the same masked number"),
}


def short(name: str) -> str:
    """A name, cut where it is longer than any name."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def feature(name: str, translate: Translator) -> str:
    """A feature in words; its own name where nobody has found words for it."""
    known = SHARES.get(name) or SIGNS.get(name) or AMOUNTS.get(name)
    return translate(known) if known else name.replace("_", " ")


def value(part: Part, translate: Translator) -> str:
    """What was seen of a feature."""
    if part.value is None:
        return DASH
    if part.feature in SIGNS:
        return translate("yes") if part.value else translate("no")
    if part.feature in SHARES:
        return translate.percent(part.value)
    return translate.number(part.value, 0 if part.value == int(part.value) else 1)


def topic(name: str, translate: Translator) -> str:
    """A topic in words."""
    return translate(TOPICS[name])


def number_found(evidence: Evidence, translate: Translator) -> str:
    """How the organisation number led to the candidate."""
    return translate(NUMBERS.get(str(evidence.number), NUMBERS["as written"]))


def factor(weight: float, translate: Translator) -> str:
    """What a weight does to the odds: × 7.4 speaks for the link, ÷ 7.4 against it."""
    times = exp(min(abs(weight), 13.8))
    shown = translate.number(float(f"{times:.2g}"), 1 if times < 10 else 0)
    return f"{'×' if weight >= 0 else '÷'} {shown}"
