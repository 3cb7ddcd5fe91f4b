"""CPV codes: what kind of purchase a code stands for, as far as its source was read."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from bygd.countries import Country, load
from bygd.parameters.named import named
from bygd.parameters.strict import ValueFileError, check_keys, read
from bygd.sources.errors import InputError
from bygd.tools.procurement.answer import Basis
from bygd.tools.procurement.question import Kind

FILE = "cpv.yaml"
CODE = re.compile(r"(\d{8})(?:-\d)?")


@dataclass(frozen=True, slots=True)
class Listed:
    """Codes from `first` to `last`, written with eight digits, and what they stand for."""

    first: int
    last: int
    kind: Kind
    basis: Basis


@cache
def listed(country: str) -> tuple[Listed, ...]:
    """What the packs of a country say of CPV codes: nearest pack first, ranges in the order of the files."""
    return tuple(one for pack in load(country).lineage() for one in _read(pack))


def code(given: str, country: str) -> int:
    """A CPV code as a number. Raises InputError where it is no code, or of a division that the CPV does not have."""
    found = CODE.fullmatch(given.strip())
    if not found:
        raise InputError("'{given}' is no CPV code. Write eight digits, such as 85312000 or 85312000-9.", given=given)
    number = int(found.group(1))
    ranges = listed(country)
    if ranges and not any(one.first // 10**6 <= number // 10**6 <= one.last // 10**6 for one in ranges):
        raise InputError(
            "There is no CPV division {division} ('{given}'). Check the code.",
            division=f"{number // 10**6:02}",
            given=given,
        )
    return number


def kind(number: int, country: str) -> Listed | None:
    """The narrowest entry that holds a code, or None where nothing is known of it."""
    holding = [one for one in listed(country) if one.first <= number <= one.last]
    return min(holding, key=lambda one: one.last - one.first, default=None)


def span(text: str) -> tuple[int, int]:
    """First and last code of '85000000-85323000', of '79622000' or of a division, '45'."""
    first, _, last = text.partition("-")
    return int(first.ljust(8, "0")), int((last or first).ljust(8, "0" if last or len(first) == 8 else "9"))


def _read(pack: Country) -> tuple[Listed, ...]:
    path = pack.folder / FILE
    if not path.exists():
        return ()
    found = []
    for entry in read(path) or []:
        check_keys(entry, {"kind", "codes", "source", "checked", "verified"}, {"kind", "codes", "source"}, str(path))
        if entry["kind"] not in list(Kind):
            raise ValueFileError(f"{path}: there is no kind '{entry['kind']}'. Choose from: {', '.join(Kind)}.")
        found += [_listed(entry, str(codes), pack.code) for codes in entry["codes"]]
    return tuple(found)


def _listed(entry: Any, codes: str, pack: str) -> Listed:
    source = named(entry["source"], f"{FILE} of {pack}, source")
    basis = Basis(source, None, entry.get("checked"), entry.get("verified", True), pack)
    return Listed(*span(codes), Kind(entry["kind"]), basis)
