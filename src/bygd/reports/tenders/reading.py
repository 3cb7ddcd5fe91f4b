"""Reading: a filled template, strictly. What is missing, changed or beside the form is named cell by cell."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from bygd.reports.tenders.layout import FIRM, FIRM_NUMBER, KINDS, Blank, Kind, asked_label, mark, marked, sheets
from bygd.reports.tenders.word import quantity
from bygd.reports.translate import LANGUAGES, Translator
from bygd.sources.errors import MORE, InputError
from bygd.sources.files import office
from bygd.tools.tenders import Answers, Form, Given
from bygd.tools.tenders.bids import LARGEST
from bygd.tools.tenders.form import LONGEST
from bygd.vocabulary.said import N_, Said

MOST_TOLD = 12
DIGITS = 4
"""Most decimals of a price or a number."""

UNUSABLE = N_("{file} cannot be taken as it is. {faults}")
OTHER = N_("{file} is the template of another tender, or of an earlier version of this one. Fetch the template anew.")
NO_TEMPLATE = N_("{file} is not our template. Fetch it, write your answers into it and send that.")
CHANGED = N_("{place}: it should say '{expected}' but says '{found}'. Only white cells may be changed.")
EMPTIED = N_("{place}: '{expected}' is gone. Only white cells may be changed.")
MISSING = N_("{place}: the answer to {code} is missing.")
NO_FIRM = N_("{place}: the name of the firm is missing.")
NO_PRICE = N_("{place}: the price of {code} is missing.")
NUMBER = N_("{place}: '{found}' is no number of nought or more with four decimals at most.")
TWO_WAYS = N_("{place}: '{found}' may be read in two ways. Leave the sign between thousands out.")
YES_NO = N_("{place}: '{found}' is neither '{yes}' nor '{no}'.")
FORMULA = N_("{place}: there is a formula. Write its result as a number.")
LONG = N_("{place}: the answer has more than {most} signs.")
BESIDE = N_("{place}: there is something where nothing belongs: '{found}'. Reservations have no place here; empty it.")
FREE = N_("All prices together are nought. Give prices.")

PLAIN = re.compile(r"\d{1,13}(?:[.,]\d+)?")
GROUPED = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?"
)
AMBIGUOUS = re.compile(r"(?!0[.,])\d{1,3}[.,]\d{3}")


class Unusable(InputError):
    """A filled template with faults: each is a Said that names its place; all of it was read before one is told."""

    def __init__(self, file: str, faults: list[Said]) -> None:
        told = faults[:MOST_TOLD] + ([Said(MORE, number=len(faults) - MOST_TOLD)] if len(faults) > MOST_TOLD else [])
        super().__init__(UNUSABLE, file=file, faults=Said("{all}", all=" ".join(told)))
        self.faults = tuple(faults)


@dataclass(slots=True)
class _Heap:
    """What was found so far, and what was wrong with it."""

    translate: Translator
    texts: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, Decimal] = field(default_factory=dict)
    yes: dict[str, bool] = field(default_factory=dict)
    faults: list[Said] = field(default_factory=list)

    def fault(self, message: str, place: str, **values: object) -> None:
        """Something is wrong there."""
        self.faults.append(Said(message, place=place, **values))

    def take(self, place: str, blank: Blank, value: str | float | bool | None) -> None:
        """Read one white cell."""
        text = str(value).strip() if value is not None else ""
        if not text:
            if blank.needed:
                missing = NO_FIRM if blank.code == FIRM else NO_PRICE if blank.kind is Kind.PRICE else MISSING
                self.fault(missing, place, **({} if missing is NO_FIRM else {"code": blank.code}))
        elif len(text) > LONGEST:
            self.fault(LONG, place, most=LONGEST)
        elif blank.kind is Kind.TEXT:
            is_whole = isinstance(value, float) and value.is_integer()
            self.texts[blank.code] = str(int(value)) if is_whole and isinstance(value, float) else text
        elif blank.kind is Kind.YES_NO:
            yes, no = self.translate("yes"), self.translate("no")
            said = text.casefold()
            if said in (yes.casefold(), no.casefold()):
                self.yes[blank.code] = said == yes.casefold()
            else:
                self.fault(YES_NO, place, found=text[:60], yes=yes, no=no)
        else:
            self._number(place, blank.code, value if isinstance(value, float) else text)

    def _number(self, place: str, code: str, value: float | str) -> None:
        found = Decimal(repr(value)) if isinstance(value, float) else number(value)
        shown = str(value).removesuffix(".0")[:60]
        if found is None:
            self.fault(TWO_WAYS if AMBIGUOUS.fullmatch(str(value)) else NUMBER, place, found=shown)
        elif not found.is_finite() or not 0 <= found < LARGEST or found != round(found, DIGITS):
            self.fault(NUMBER, place, found=shown)
        else:
            self.numbers[code] = found


def number(text: str) -> Decimal | None:
    """A number as people write it, `1 250,50`, `1.250,50` or `1,250.50`; None for what is none, or could be two."""
    if AMBIGUOUS.fullmatch(text) or not (PLAIN.fullmatch(text) or GROUPED.fullmatch(text)):
        return None
    bare = re.sub(r"[ \u00a0\u202f]", "", text)
    if PLAIN.fullmatch(bare):
        return Decimal(bare.replace(",", "."))
    last = max(bare.rfind("."), bare.rfind(","))
    if bare.count(bare[last]) > 1:  # it parts thousands each time
        return Decimal(re.sub("[.,]", "", bare))
    return Decimal(f"{re.sub('[.,]', '', bare[:last])}.{bare[last + 1 :]}")


def read(path: Path, form: Form, shown: str = "") -> Answers:
    """The answers in a filled template of that form, XLSX or DOCX; `shown` is the file's name to people.

    Raises InputError for a file that is no such template or could do harm (see `office.kind`), and
    Unusable, with every fault and its place, where cells are missing, changed or cannot be read.
    """
    shown = shown or path.name
    is_workbook = office.kind(path, shown) == office.XLSX
    heap = _workbook(path, form, shown) if is_workbook else _document(path, form, shown)
    answers = {
        one.code: Given(heap.texts.get(one.code, ""), heap.numbers.get(one.code), heap.yes.get(one.code))
        for one in form.questions
    }
    prices = {item.code: heap.numbers[item.code] for item in form.items if item.code in heap.numbers}
    found = Answers(heap.texts.get(FIRM, ""), heap.texts.get(FIRM_NUMBER, ""), answers, prices)
    if not heap.faults and form.items and not found.total(form):
        heap.faults.append(Said(FREE))
    if heap.faults:
        raise Unusable(shown, heap.faults)
    return found


def _language(text: str, form: Form, shown: str) -> Translator:
    """The language of a template by its mark. Raises InputError where it is of another form, or none."""
    found = marked(text)
    if found is None or found[1] not in LANGUAGES:
        raise InputError(NO_TEMPLATE, file=shown)
    if found[0] != form.fingerprint:
        raise InputError(OTHER, file=shown)
    return Translator(found[1])


def _workbook(path: Path, form: Form, shown: str) -> _Heap:
    given = office.sheets(path, shown)
    if not given:
        raise InputError(NO_TEMPLATE, file=shown)
    heap = _Heap(_language(str(given[0].cells.get("B3", "")), form, shown))
    expected = sheets(form, heap.translate)
    if [one.name for one in given] != [one.name for one in expected]:
        raise InputError(NO_TEMPLATE, file=shown)
    for own, sheet in zip(expected, given, strict=True):
        for cell, text in own.locked.items():
            _compare(heap, f"{own.name}, {cell}", text, sheet.cells.get(cell))
        for cell, formula in sheet.formulas.items():
            # A formula that is shared with the cell above is written as an empty one.
            plain = formula.replace("$", "").lstrip("=")
            if cell not in own.sums or plain not in ("", own.sums[cell]):
                heap.fault(FORMULA, f"{own.name}, {cell}")
        for cell, blank in own.blanks.items():
            if cell not in sheet.formulas:
                heap.take(f"{own.name}, {cell}", blank, sheet.cells.get(cell))
        for cell, value in sheet.cells.items():
            if cell not in own.locked and cell not in own.blanks and cell not in own.sums and str(value).strip():
                heap.fault(BESIDE, f"{own.name}, {cell}", found=str(value)[:60])
    return heap


def _document(path: Path, form: Form, shown: str) -> _Heap:
    tables = office.document(path, shown)
    if not tables or not tables[0] or len(tables[0][0]) != 2:
        raise InputError(NO_TEMPLATE, file=shown)
    heap = _Heap(_language(tables[0][0][1], form, shown))
    expected = list(_expected(form, heap.translate))
    if len(tables) != len(expected):
        raise InputError(NO_TEMPLATE, file=shown)
    for rows, own in zip(tables, expected, strict=True):
        if [len(row) for row in rows] != [len(row) for row in own]:
            raise InputError(NO_TEMPLATE, file=shown)
        for cells, wanted in zip(rows, own, strict=True):
            before = ""
            for cell, want in zip(cells, wanted, strict=True):
                if isinstance(want, Blank):
                    heap.take(want.code if want.kind is Kind.PRICE else f"{own[0][0]}, {before}", want, cell)
                else:
                    _compare(heap, own[0][0] if isinstance(own[0][0], str) else "", want, cell)
                    before = want
    return heap


def _expected(form: Form, _: Translator) -> Iterator[list[list[str | Blank]]]:
    """The tables of the document, cell by cell, as `word` writes them."""
    yield [[_("Form"), mark(form, _.language)]]
    yield [
        [_("Name of the firm"), Blank(FIRM, Kind.TEXT, True)],
        [_("Organisation number"), Blank(FIRM_NUMBER, Kind.TEXT, False)],
    ]
    for one in form.questions:
        kind = KINDS[one.asked]
        rows: list[list[str | Blank]] = [[one.code, one.text_in(_.language)]]
        if kind:
            rows.append([asked_label(kind, one.unit, _), Blank(one.code, kind, one.needed)])
        yield [*rows, [_("Your answer"), Blank(one.code, Kind.TEXT, one.needed and kind is None)]]
    if form.items:
        heads: list[str | Blank] = [_("Code"), _("What is bought"), _("Quantity"), _("Unit"), _("Price of one")]
        lines: list[list[str | Blank]] = [
            [
                item.code,
                item.text_in(_.language),
                quantity(item.quantity),
                item.unit,
                Blank(item.code, Kind.PRICE, True),
            ]
            for item in form.items
        ]
        yield [heads, *lines]


def _compare(heap: _Heap, place: str, expected: str | Decimal, found: str | float | bool | None) -> None:
    if isinstance(expected, Decimal):
        same = isinstance(found, float) and Decimal(repr(found)) == expected
    else:
        same = " ".join(str(found if found is not None else "").split()) == " ".join(expected.split())
        if not same and isinstance(found, float):  # a code that looks like a number may come back as one
            same = _as_number(expected) == found
    if same:
        return
    if found in (None, ""):
        heap.fault(EMPTIED, place, expected=str(expected)[:60])
    else:
        heap.fault(CHANGED, place, expected=str(expected)[:60], found=str(found)[:60])


def _as_number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def told(error: InputError, translate: Translator) -> list[str]:
    """What an error says, fault by fault where there are several, in the translator's language."""
    faults: Mapping[str, object] | tuple[Said, ...] = getattr(error, "faults", ())
    return [translate.said(one) for one in faults if isinstance(one, Said)] or [translate.said(error)]
