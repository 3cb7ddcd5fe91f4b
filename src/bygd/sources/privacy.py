"""Persons masked when files are read: personal identity numbers found, keyed pseudonyms put in their place."""

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from bygd.sources.conventions import Conventions, PersonalNumber

PSEUDONYM_LENGTH = 20
MARK = "p:"
"""How a pseudonym starts, so that it is never taken for a number."""
SHOWN = 4
"""Last digits of the pseudonym that stand in a label."""
BLANKS = re.compile(r"[\s\u00a0\u2007\u202f.]")
DASHES = re.compile("[–−]")
VAT_FORM = re.compile(r"[A-Z]{2}-?(\d{6}-?\d{4})-?(?:01)?")
PREFIXED = re.compile(r"(?:00)?16(\d{6}[-+]?\d{4})")
LIKELY = re.compile(r"\d{6}|\$").search
BLACKED = re.compile(r"[^\W_]-?[*•●■█]{2}").search
"""A name or number of which the end is blacked out: `Ann* And****`, `850709-****`."""
NAMELESS = "***"
"""What a cell must hold before it is looked at closely."""


@dataclass(frozen=True)
class Pseudonym:
    """Pseudonyms of persons under a project's secret key; without the key they cannot be made or undone."""

    key: bytes = field(repr=False)

    def number(self, text: str) -> str:
        """`p:` and 20 hexadecimal digits (HMAC-SHA-256) of a personal number in its ten-digit form.

        Century, hyphens, blanks, the prefix 16 and the VAT form do not matter, so that a person has one
        pseudonym in ledgers and registers.
        """
        return self._of(ten_digits(text))

    def name(self, text: str) -> str:
        """The same for a person of whom only the name is known; case and blanks do not matter."""
        return self._of("name:" + " ".join(text.casefold().split()))

    def label(self, pseudonym: str, person_label: str) -> str:
        """What stands in place of the name: `Sole trader 3fa2`."""
        return f"{person_label} {pseudonym[-SHOWN:]}"

    def _of(self, text: str) -> str:
        digest = hmac.new(self.key, text.encode(), hashlib.sha256).hexdigest()
        return MARK + digest[:PSEUDONYM_LENGTH]


def ten_digits(text: str) -> str:
    """The digits of a personal number without century, prefix, hyphen and VAT form; short ones whole."""
    digits = re.sub(r"\D", "", text.split("$", 1)[0])
    vat = re.match(r"\s*[A-Z]{2}", text, re.IGNORECASE) is not None
    if vat and len(digits) in (12, 14) and digits.endswith("01"):
        digits = digits[:-2]
    return digits[-10:] if len(digits) in (12, 14) else digits


class Finder:
    """Finds personal identity numbers of a country in cells and texts."""

    def __init__(self, conventions: Conventions) -> None:
        self.numbers = conventions.personal_numbers
        self.forms = {form.casefold() for form in conventions.personal_forms}
        self._whole = [(number, re.compile(number.pattern)) for number in self.numbers]
        self._inside = [(number, re.compile(loose(number.pattern))) for number in self.numbers if number.anywhere]

    @property
    def possible(self) -> str:
        """One regular expression that each cell with a personal number matches, blanks taken out; for a first look."""
        return "|".join([r"\$", *(loose(number.pattern, bounded=False) for number in self.numbers)])

    @property
    def search(self) -> str:
        """One regular expression that every text with a personal number matches, for a first look; may be empty."""
        return "|".join(loose(number.pattern, bounded=False) for number in self.numbers if number.anywhere)

    def is_number(self, cell: str) -> bool:
        """Whether a cell of a column of organisation numbers is a personal number.

        No check digit is asked where the form alone tells it from an organisation number: a mistyped personal
        number is one all the same.
        """
        form = cell.split("$", 1)[1] if "$" in cell else ""
        if form and (form.casefold() in self.forms or form.upper().startswith("PERSON")):
            return True
        digits = core(cell)
        return any(
            whole.fullmatch(digits) and (number.check != "bsn" or checked(number, digits))
            for number, whole in self._whole
        )

    def is_form(self, cell: str) -> bool:
        """Whether a legal form or kind of creditor is that of a person or sole trader."""
        return cell.strip().casefold() in self.forms

    def is_checked_number(self, cell: str) -> bool:
        """Whether a whole cell is a personal number with the right check digit, in a column of other numbers."""
        digits = core(cell)
        return any(whole.fullmatch(digits) and checked(number, digits) for number, whole in self._whole)

    def inside(self, text: str) -> list[str]:
        """The personal numbers within a text, with the right check digit."""
        return [
            core(match[0])
            for number, pattern in self._inside
            for match in pattern.finditer(text)
            if checked(number, match[0])
        ]

    def replaced(self, text: str, pseudonym: Pseudonym) -> str:
        """The text with each personal number replaced by its pseudonym."""
        for number, pattern in self._inside:
            text = pattern.sub(
                lambda match, number=number: (  # type: ignore[misc]
                    pseudonym.number(core(match[0])) if checked(number, match[0]) else match[0]
                ),
                text,
            )
        return text


def core(cell: str) -> str:
    """A number without blanks, register suffix, VAT form and the prefix 16 that organisations' numbers have."""
    text = DASHES.sub("-", BLANKS.sub("", cell.split("$", 1)[0])).upper()
    for form in (VAT_FORM, PREFIXED):
        if match := form.fullmatch(text):
            text = match[1]
    return text


def loose(pattern: str, bounded: bool = True) -> str:
    """A pattern for whole cells turned into one that finds the number within a text, blanks around its hyphen.

    Bounded: no further digit before or after, but for the VAT form and the prefix 16. Unbounded: for a first
    look in SQL, whose expressions know no look-around.
    """
    within = pattern.replace("[-+]?", "[ \u00a0]?[-+–−]?[ \u00a0]?")
    if not bounded:
        return within
    vat = rf"(?<![A-Za-z\d])[A-Za-z]{{2}}[- ]?(?:{within})[- ]?01(?!\d)"
    return rf"{vat}|(?<!\d)(?:16)?(?:{within})(?!\d)"


def checked(number: PersonalNumber, text: str) -> bool:
    """Whether a number's check digit is right.

    Its pattern has asked for a month and a day of at most 31, in whichever month: a 30 February is a
    slip of the pen in somebody's number, and leaving it to stand would spare next to no invoice number.
    """
    digits = re.sub(r"\D", "", core(text))
    if number.check == "bsn":
        weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
        if len(digits) != 9 or int(digits) == 0:
            return False
        return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11 == 0
    if number.check == "luhn":
        return len(digits) in (10, 12) and luhn(digits[-10:])
    return True


def luhn(digits: str) -> bool:
    """The check digit of Swedish and many other numbers (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


@dataclass(frozen=True)
class Who:
    """One supplier as written in a ledger or register; cells that it does not have are None."""

    name: str
    org_number: str | None = None
    supplier_number: str | None = None
    postcode: str | None = None
    kind: str | None = None


class Masker:
    """Decides who is a person, and what may be kept of them."""

    def __init__(self, conventions: Conventions, pseudonym: Pseudonym) -> None:
        self.conventions = conventions
        self.pseudonym = pseudonym
        self.finder = Finder(conventions)
        self._redacted = {word.casefold() for word in conventions.redacted_names}
        self._area = re.compile(conventions.postcode_area) if conventions.postcode_area else None

    def person(self, who: Who) -> str | None:
        """The pseudonym of a person or sole trader; None for others and for names that are redacted already."""
        number = who.supplier_number
        likely = [cell for cell in (who.org_number, who.name) if cell and LIKELY(cell)]
        for cell in likely:
            if self.finder.is_number(cell):
                return self.pseudonym.number(core(cell))
        if number and LIKELY(number) and self.finder.is_checked_number(number):
            return self.pseudonym.number(core(number))
        for text in (*likely, number, who.kind):
            for found in self.finder.inside(text) if text and LIKELY(text) else ():
                return self.pseudonym.number(found)
        if who.kind and self.finder.is_form(who.kind) and who.name.strip().casefold() not in self._redacted:
            return self.pseudonym.name(who.name)
        return None

    def cleared(self, who: Who) -> Who:
        """The same without what was left of a name or number when the rest was blacked out: that names a person too."""
        if _blacked(who.name):
            return Who(NAMELESS, None, _whole(who.supplier_number), self.area(who.postcode), who.kind)
        if _blacked(who.org_number) or _blacked(who.supplier_number):
            return replace(who, org_number=_whole(who.org_number), supplier_number=_whole(who.supplier_number))
        return who

    def masked(self, who: Who, pseudonym: str) -> Who:
        """What is kept of a person: a label, the pseudonym, the postcode's area, the kind."""
        number = who.supplier_number
        if number and (self.finder.is_number(number) or self.finder.inside(number)):
            number = None
        return Who(
            name=self.pseudonym.label(pseudonym, self.conventions.person_label),
            org_number=pseudonym,
            supplier_number=number,
            postcode=self.area(who.postcode),
            kind=self.text(who.kind),
        )

    def text(self, text: str | None) -> str | None:
        """A text that is kept, with each personal number in it replaced by its pseudonym."""
        return self.finder.replaced(text, self.pseudonym) if text and LIKELY(text) else text

    def area(self, postcode: str | None) -> str | None:
        """The postcode's area, such as its first three digits; None where the country has no such thing."""
        match = self._area.search(re.sub(r"\s", "", postcode or "").upper()) if self._area else None
        return match[0] if match else None

    def replacements(self, texts: Iterable[str]) -> Mapping[str, str]:
        """Texts that hold a personal number, with it replaced; the others are left out."""
        found = {}
        for text in texts:
            new = self.finder.replaced(text, self.pseudonym)
            if new != text:
                found[text] = new
        return found

    def row_text(self, cells: Iterable[str | None], kind: str | None = None) -> str:
        """A row as one text for the list of rows set aside; withheld where a cell tells of a person."""
        listed = [cell or "" for cell in cells]
        if (kind and self.finder.is_form(kind)) or any(
            cell and (MARK in cell or self.finder.is_number(cell) or bool(self.finder.inside(cell))) for cell in listed
        ):
            return WITHHELD
        return " | ".join(listed)


def _blacked(cell: str | None) -> bool:
    return bool(cell and BLACKED(cell))


def _whole(cell: str | None) -> str | None:
    return None if _blacked(cell) else cell


WITHHELD = "(withheld: the row names a person)"
