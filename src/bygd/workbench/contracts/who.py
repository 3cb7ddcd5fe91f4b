"""Who: the supplier that a file or a person names, as an organisation's number or a person's pseudonym."""

import re
from dataclasses import dataclass

from babel.core import get_global

from bygd.linkage.numbers import read_number
from bygd.sources.privacy import MARK, Masker, Pseudonym, Who
from bygd.workbench.project import Project

SCHEMED = re.compile(r"([A-Z]{2,3}-[A-Z0-9]{2,12}):(\S.*)")


@dataclass(frozen=True)
class Named:
    """A supplier's name and id as they are kept; persons have a label and a pseudonym."""

    name: str | None
    id: str | None


class Suppliers:
    """Tells who the suppliers of one project's contracts are."""

    def __init__(self, project: Project) -> None:
        self.conventions = project.country.conventions()
        self.pseudonym = Pseudonym(project.key())
        self.masker = Masker(self.conventions, self.pseudonym)

    def __call__(
        self,
        name: str | None,
        number: str | None,
        scheme: str | None = None,
        country: str | None = None,
        sole_trader: bool = False,
    ) -> Named:
        """The supplier of that name and number. A number of no known scheme is not kept."""
        number = (number or "").strip() or None
        if number and (match := SCHEMED.fullmatch(number)):
            scheme, number = match[1], match[2]
        if number and number.startswith(MARK):
            return Named(name, number)
        who = Who(name or "", number)
        person = self.masker.person(who) or (self.pseudonym.name(name) if sole_trader and name else None)
        if person:
            return Named(self.masker.masked(who, person).name, person)
        name = self.masker.cleared(who).name or None
        if number is None:
            return Named(name, None)
        known = {one.id for one in self.conventions.schemes}
        if scheme and scheme not in known:
            return Named(name, f"{scheme}:{re.sub(r'[.]0+$', '', number)}")
        if _two_letters(country) not in (None, self.conventions.country.upper()):
            return Named(name, None)
        found = read_number(number, self.conventions.schemes)
        return Named(name, found[0].org_id if found else None)

    def text(self, text: str | None) -> str | None:
        """A text without personal identity numbers."""
        return self.masker.text(text)


def _two_letters(country: str | None) -> str | None:
    """A country's code in two letters; notices write three."""
    if not country:
        return None
    found = get_global("territory_aliases").get(country.upper(), [country.upper()])
    return str(found[0])
