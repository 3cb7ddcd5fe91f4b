"""Slips: how a name is written in a ledger, by kind."""

import random
import unicodedata
from collections.abc import Callable

FORMS = {
    "limited": ["Limited", "Ltd", "Ltd.", "LTD"],
    "ltd": ["Limited", "Ltd.", "LIMITED", "Ltd"],
    "plc": ["Public Limited Company", "P.L.C.", "Plc"],
    "llp": ["Limited Liability Partnership", "L.L.P.", "LLP."],
    "cic": ["Community Interest Company", "C.I.C."],
}
SHORT = {
    "services": "Svcs", "management": "Mgmt", "international": "Intl", "association": "Assoc", "engineering": "Eng",
    "company": "Co", "brothers": "Bros", "centre": "Ctr", "college": "Coll", "university": "Univ", "hospital": "Hosp",
    "development": "Dev", "developments": "Devs", "technology": "Tech", "technologies": "Tech", "property": "Prop",
    "properties": "Props", "construction": "Constr", "manufacturing": "Mfg", "solutions": "Solns", "group": "Grp",
    "national": "Natl", "holdings": "Hldgs", "enterprises": "Ent", "consultants": "Cons", "education": "Educ",
    "community": "Comm", "surgery": "Surg", "medical": "Med", "transport": "Trans", "systems": "Sys", "and": "&",
    "building": "Bldg", "academy": "Acad", "foundation": "Fdn", "school": "Sch", "house": "Hse", "road": "Rd",
    "street": "St", "investments": "Inv", "contractors": "Contr", "electrical": "Elec", "equipment": "Equip",
}  # fmt: skip


def plain(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


def write_as(draw: random.Random, name: str, other: str, town: str) -> tuple[str, str]:
    """(kind of noise, name so written). A kind that says nothing of a name is drawn again."""
    while True:
        kind = draw.choices(list(KINDS), [weight for weight, _ in KINDS.values()])[0]
        text = KINDS[kind][1](draw, name, other, town)
        if text and (text != name or kind == "as written"):
            break
    if kind not in ("as written", "capitals", "form in other words", "form missing") and draw.random() < 0.25:
        text = _without_form(draw, text, other, town) or text
    if draw.random() < 0.3:
        text = text.title() if text.isupper() else text.upper()
    return kind, " ".join(text.split())


def _capitals(draw: random.Random, name: str, other: str, town: str) -> str:
    return name.title() if name.isupper() else draw.choice([name.upper(), name.lower()])


def _other_form(draw: random.Random, name: str, other: str, town: str) -> str:
    head, _, form = name.rpartition(" ")
    spellings = FORMS.get(form.lower().replace(".", ""))
    return f"{head} {draw.choice(spellings)}" if head and spellings else ""


def _without_form(draw: random.Random, name: str, other: str, town: str) -> str:
    head, _, form = name.rpartition(" ")
    return head if form.lower().replace(".", "") in FORMS and len(head) > 2 else ""


def _core(name: str) -> tuple[list[str], list[str]]:
    """The words before the legal form, and the form."""
    words = name.split()
    return (words[:-1], words[-1:]) if words[-1].lower().replace(".", "") in FORMS else (words, [])


def _typo(draw: random.Random, name: str, other: str, town: str) -> str:
    core, form = _core(name)
    text = " ".join(core)
    places = [place for place, letter in enumerate(text) if letter.isalpha()]
    if len(places) < 4:
        return ""
    place, letter = draw.choice(places), draw.choice("abcdefghijklmnopqrstuvwxyz")
    letter = letter.upper() if text.isupper() else letter
    slip = draw.randrange(4)
    if slip == 0:
        text = text[:place] + text[place + 1 :]
    elif slip == 1:
        text = text[:place] + letter + text[place:]
    elif slip == 2:
        text = text[:place] + letter + text[place + 1 :]
    else:
        text = text[:place] + text[place + 1 : place + 2] + text[place] + text[place + 2 :]
    return " ".join([text, *form])


def _two_typos(draw: random.Random, name: str, other: str, town: str) -> str:
    return _typo(draw, _typo(draw, name, other, town) or name, other, town)


def _cut(draw: random.Random, name: str, other: str, town: str) -> str:
    return name[:30].rstrip() if len(name) > 30 else ""


def _abbreviated(draw: random.Random, name: str, other: str, town: str) -> str:
    core, form = _core(name)
    short = [SHORT.get(word.lower(), word) for word in core]
    if short == core:
        long = [place for place, word in enumerate(core) if len(word) > 7 and word.isalpha()]
        if len(core) < 2 or not long:
            return ""
        place = draw.choice(long)
        short[place] = core[place][: draw.choice([3, 4, 5])] + draw.choice(["", "."])
    return " ".join([*short, *form])


def _turned(draw: random.Random, name: str, other: str, town: str) -> str:
    core, form = _core(name)
    if not 2 <= len(core) <= 5:
        return ""
    turned = [*core[1:], core[0]] if draw.random() < 0.7 else [core[-1], *core[:-1]]
    return " ".join([*turned, *form])


def _trading(draw: random.Random, name: str, other: str, town: str) -> str:
    trading = " ".join(_core(other)[0][:3]).title()
    between = draw.choice([" T/A ", " t/a ", " trading as ", " TA "])
    return draw.choice([f"{trading}{between}{name}", f"{name}{between}{trading}"])


def _branch(draw: random.Random, name: str, other: str, town: str) -> str:
    return draw.choice([f"{name} - {town}", f"{name} ({town})", f"{name} {town}", f"{name} {town} Branch"])


def _joined(draw: random.Random, name: str, other: str, town: str) -> str:
    core, form = _core(name)
    if len(core) < 2:
        return ""
    place = draw.randrange(len(core) - 1)
    return " ".join([*core[:place], core[place] + core[place + 1], *core[place + 2 :], *form])


def _split(draw: random.Random, name: str, other: str, town: str) -> str:
    core, form = _core(name)
    long = [place for place, word in enumerate(core) if len(word) > 6 and word.isalpha()]
    if not long:
        return ""
    place = draw.choice(long)
    at = draw.randrange(3, len(core[place]) - 2)
    return " ".join([*core[:place], core[place][:at], core[place][at:], *core[place + 1 :], *form])


def _acronym(draw: random.Random, name: str, other: str, town: str) -> str:
    core, form = _core(name)
    said = [word for word in core if word.isalpha() and word.lower() not in ("and", "of", "the", "for")]
    if len(said) < 3:
        return ""
    if len(said) > 4 or draw.random() < 0.5:
        return " ".join(["".join(word[0] for word in said[:3]), *said[3:], *form])
    return " ".join(["".join(word[0] for word in said), *form])


def _no_accents(draw: random.Random, name: str, other: str, town: str) -> str:
    return plain(name)


KINDS: dict[str, tuple[float, Callable[[random.Random, str, str, str], str]]] = {
    "as written": (16, lambda draw, name, other, town: name),
    "capitals": (8, _capitals),
    "form in other words": (12, _other_form),
    "form missing": (12, _without_form),
    "one letter": (11, _typo),
    "two letters": (5, _two_typos),
    "cut at 30": (30, _cut),
    "abbreviated": (8, _abbreviated),
    "words turned": (5, _turned),
    "trading as": (5, _trading),
    "branch": (5, _branch),
    "joined": (2, _joined),
    "split": (2, _split),
    "acronym": (3, _acronym),
    "accents lost": (5, _no_accents),
}
"""Kinds of noise, with how often each is drawn; where a name is too short for one, or has no accents, another is."""
