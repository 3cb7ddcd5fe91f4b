"""Panel: the pool of a lottery read from a table of codes, and what is wanted of it as people write it."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from bygd.countries import Country
from bygd.sources.errors import InputError
from bygd.sources.privacy import Finder
from bygd.tools.lottery import Member, Quota
from bygd.workbench import filled

CODE = ("code", "kod", "nummer", "number", "id")
PRIVATE = re.compile(
    r"name|namn|naam|mail|post|phone|telefon|telefoon|mobil|addr|adre|person|bsn|born|född|geboren",
    re.IGNORECASE,
)
"""Headings under which no lottery needs anything; the list with names stays with whoever invites."""
QUOTA = re.compile(r"(?P<feature>[^=]+)=(?P<value>.+?)\s+(?P<least>\d+)(?:\s*[-–]\s*(?P<most>\d+))?")
MOST_PEOPLE, MOST_FEATURES, MOST_LETTERS = 5_000, 6, 60
MOST_ROWS = 50_000
"""With those that are blank."""


def pool(path: Path, country: Country) -> list[Member]:
    """The pool of a file: a column of codes, and a column for each thing that counts.

    Raises InputError where it says more of people than a lottery needs, a code is missing or stands twice.
    """
    first, heads, rows = filled.table(path, MOST_ROWS)
    names = [head.strip() for head in heads]
    code = next((at for at, name in enumerate(names) if name.casefold() in CODE), None)
    if code is None:
        raise InputError("{file} has no column 'code'. Give each person a code instead of a name.", file=path.name)
    if private := [name for name in names if PRIVATE.search(name)]:
        raise InputError(
            "Take the column '{name}' out: a lottery needs codes only, and keeps no names.", name=private[0]
        )
    if len([name for name in names if name]) - 1 > MOST_FEATURES:
        raise InputError(
            "Keep {most} columns at most beside the code: what is more tells people apart.", most=MOST_FEATURES
        )
    finder = Finder(country.conventions())
    found: dict[str, Member] = {}
    for number, row in enumerate(rows, first):
        cells = [cell.strip() for cell in row] + [""] * (len(names) - len(row))
        if not any(cells):
            continue
        if any(finder.inside(cell) or finder.is_number(cell) for cell in cells if cell):
            raise InputError("Row {number} holds a personal identity number. Use codes instead.", number=number)
        if any(len(cell) > MOST_LETTERS for cell in cells):
            raise InputError(
                "Row {number} holds a long text. Only kinds are counted, such as age 30–44.", number=number
            )
        if not cells[code] or cells[code] in found:
            raise InputError("Row {number} has no code, or one that stands above already.", number=number)
        features = {name: cells[at] for at, name in enumerate(names) if name and at != code}
        found[cells[code]] = Member(cells[code], features)
        if len(found) > MOST_PEOPLE:
            raise InputError("The pool has more than {most} people. Draw a smaller pool first.", most=MOST_PEOPLE)
    return list(found.values())


def quotas(text: str, people: Sequence[Member]) -> list[Quota]:
    """Quotas as people write them, one on each line: `sex=woman 9-11` or `age=18-29 4`.

    Raises InputError naming the line that is not so written, or names what nobody in the pool is.
    """
    known: Mapping[str, set[str]] = {
        feature: {one.features.get(feature, "") for one in people} for one in people[:1] for feature in one.features
    }
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        match = QUOTA.fullmatch(line)
        if match is None:
            raise InputError("'{line}' is no quota. Write it like: sex=woman 9-11", line=line)
        feature, value = match["feature"].strip(), match["value"].strip()
        if feature not in known:
            raise InputError(
                "The pool has no column '{feature}'. It has: {known}.", feature=feature, known=sorted(known)
            )
        if value not in known[feature]:
            raise InputError(
                "Nobody in the pool has {feature} '{value}'. There are: {known}.",
                feature=feature, value=value, known=sorted(known[feature]),
            )  # fmt: skip
        least = int(match["least"])
        found.append(Quota(feature, value, least, int(match["most"] or least)))
    return found
