"""CPV codes by words: what people call what they buy, in three languages, to find the code of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bygd.countries import load
from bygd.parameters.sentences import LANGUAGES, Texts
from bygd.parameters.strict import ValueFileError, check_keys, read

FILE = "cpv_names.yaml"
SHORTEST = 3
"""Letters below which a word finds nothing: nearly every name would hold it."""

STEM, ENDING = 5, 3
"""Letters at the beginning that make two words alike, and how many at the end may differ: schoonmaak, schoonmaken."""


@dataclass(frozen=True, slots=True)
class Named:
    """A code of eight digits with a name in each language; `also` are other words for it, of any language."""

    code: str
    name: Texts
    also: tuple[str, ...]


@cache
def names(country: str) -> tuple[Named, ...]:
    """The codes that the packs of a country name, in rising order; the nearest pack's name counts."""
    found: dict[str, Named] = {}
    for pack in load(country).lineage():
        path = pack.folder / FILE
        if path.exists():
            content = read(path)
            check_keys(content, {"source", "verified", "codes"}, {"source", "codes"}, str(path))
            for code, entry in content["codes"].items():
                found.setdefault(str(code), _named(str(code), entry, str(path)))
    return tuple(found[code] for code in sorted(found))


def named(code: str, country: str) -> Named | None:
    """The narrowest name that stands for a code: its own or that of a group it belongs to; None where none does."""
    known = {one.code: one for one in names(country)}
    digits = code[:8]
    return next((known[key] for length in range(8, 1, -1) if (key := digits[:length].ljust(8, "0")) in known), None)


def search(words: str, country: str, most: int = 12) -> list[Named]:
    """The codes whose names hold all the words, in any language, or whose number begins so; best first.

    A word that begins a word of the name goes before one that only stands in it. A long word finds
    the shorter one it ends in ("kontorsstädning" finds "städning"). No word, no code.
    """
    wanted = words.casefold().split()
    if not wanted or all(len(word) < SHORTEST and not word.isdigit() for word in wanted):
        return []
    ranked = [(sum(ranks), one) for one in names(country) if (ranks := list(_ranks(one, wanted))) and all(ranks)]
    return [one for _, one in sorted(ranked, key=lambda pair: (-pair[0], pair[1].code))[:most]]


def meant(text: str, country: str, most: int = 4) -> list[Named]:
    """The codes that somebody may have meant who wrote words, or digits that are no code; likeliest first.

    Of digits: one left out or too many, two that changed places, then one wrong; else the groups that begin so. Only
    codes with a name are found, but that a nought at the front or the end was left out is always thought of.
    """
    digits = text.strip().partition("-")[0].replace(" ", "")
    if not digits.isdecimal() or not digits.isascii():
        return search(text, country, most)
    ranked = sorted((far, one.code) for one in names(country) if (far := _apart(digits, one.code)) is not None)
    codes = [f"{digits}0", f"0{digits}"] if len(digits) == 7 else []
    codes += [code for _, code in ranked if code not in codes]
    found = [Named(code, one.name, one.also) for code in codes if (one := named(code, country))]
    return (found or search(digits[:2], country, most))[:most]


def _apart(digits: str, code: str) -> int | None:
    """How far digits are from a code: 0 the same, 1 one missing or too many, or two swapped, 2 one wrong; else None."""
    if len(digits) == len(code):
        wrong = [place for place in range(len(code)) if digits[place] != code[place]]
        if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
            first, second = wrong
            return 1 if digits[first] == code[second] and digits[second] == code[first] else None
        return {0: 0, 1: 2}.get(len(wrong))
    longer, shorter = (code, digits) if len(code) > len(digits) else (digits, code)
    if len(longer) != len(shorter) + 1:
        return None
    return 1 if any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer))) else None


def _ranks(one: Named, wanted: list[str]) -> Iterator[int]:
    """How well each word fits a code: 0 not at all."""
    held = " ".join([*one.name.values(), *one.also]).casefold().replace(",", " ").split()
    for word in wanted:
        if word.isdigit():
            yield 3 if one.code.startswith(word.rstrip("0") or word) else 0
        else:
            yield max((_rank(word, part) for part in held), default=0)


def _rank(word: str, part: str) -> int:
    if part.startswith(word):
        return 3
    if word in part:
        return 2
    alike = len(word) >= STEM and part.startswith(word[: max(STEM, len(word) - ENDING)])
    return 1 if alike or (len(part) > SHORTEST and word.endswith(part)) else 0


def _named(code: str, entry: object, where: str) -> Named:
    where = f"{where}, {code}"
    if not isinstance(entry, dict) or len(code) != 8 or not code.isdigit():
        raise ValueFileError(f"{where}: write eight digits, and a name in each of {', '.join(LANGUAGES)}.")
    check_keys(entry, {*LANGUAGES, "also"}, set(LANGUAGES), where)
    also = tuple(map(str, entry.get("also", ())))
    return Named(code, {language: str(entry[language]) for language in LANGUAGES}, also)
