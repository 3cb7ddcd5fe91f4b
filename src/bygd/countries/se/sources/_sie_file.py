"""SIE files of types 1 to 4: their lines as accounts, vouchers and entries, strictly read.

Source: SIE-gruppen, "SIE filformat", edition 4B (2008-09-30), https://sie.se/format/
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bygd.sources.errors import InputError

LABELS = frozenset(
    [
        "FLAGGA",
        "PROGRAM",
        "FORMAT",
        "GEN",
        "SIETYP",
        "PROSA",
        "FTYP",
        "FNR",
        "ORGNR",
        "BKOD",
        "ADRESS",
        "FNAMN",
        "RAR",
        "TAXAR",
        "OMFATTN",
        "KPTYP",
        "VALUTA",
        "KONTO",
        "KTYP",
        "ENHET",
        "SRU",
        "DIM",
        "UNDERDIM",
        "OBJEKT",
        "IB",
        "UB",
        "OIB",
        "OUB",
        "RES",
        "PSALDO",
        "PBUDGET",
        "VER",
        "TRANS",
        "RTRANS",
        "BTRANS",
        "KSUMMA",
    ]
)
BALANCES = ("IB", "UB", "OIB", "OUB", "RES", "PSALDO", "PBUDGET")
ENTRIES = ("TRANS", "RTRANS", "BTRANS")
LONGEST_LINE = 20_000
SWEDISH = "åäöÅÄÖé"

# A field is a quoted text, a list in braces, or a run without blanks. No branch can match a text in two ways.
FIELD = re.compile(
    r'"(?P<quoted>(?:[^"\\]|\\"|\\(?!"))*)"|\{(?P<braces>(?:[^{}"]|"(?:[^"\\]|\\"|\\(?!"))*")*)\}|(?P<bare>[^\s"{}][^\s{}]*)'
)
BROKEN = re.compile(r"#TRANS\s+\S+\s+\{[^{}]*\}\s+([+-]?\d{1,15}(?:\.\d+)?)(?=\s)", re.IGNORECASE)
AMOUNT = re.compile(r"[+-]?\d{1,15}(\.\d+)?")


@dataclass(frozen=True)
class Entry:
    """One `#TRANS` line: what was booked on an account."""

    row: int
    account: str
    amount: Decimal
    booked_on: date | None
    text: str
    objects: tuple[tuple[str, str], ...]


@dataclass
class Voucher:
    """One `#VER` with its entries; their sum must be nought."""

    row: int
    series: str
    number: str
    booked_on: date | None
    text: str
    entries: list[Entry] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        """Sum of the entries; nought where the voucher is in balance."""
        return sum((entry.amount for entry in self.entries), Decimal(0))


@dataclass(frozen=True)
class Fault:
    """One line that breaks the format, and how."""

    row: int
    detail: str
    text: str
    amount: Decimal | None = None


@dataclass
class SieFile:
    """What a SIE file says. `labels` counts lines by label, unknown labels included."""

    encoding: str = ""
    rows: int = 0
    header: dict[str, list[str]] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    vouchers: list[Voucher] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    labels: Counter[str] = field(default_factory=Counter)
    is_damaged: bool = False

    @property
    def type(self) -> str:
        """'1' to '4'; the format says that a file without `#SIETYP` is of type 1."""
        return (self.header.get("SIETYP") or ["1"])[0]

    @property
    def unknown(self) -> dict[str, int]:
        """Labels the format does not know, with how often they stand in the file."""
        return {label: count for label, count in sorted(self.labels.items()) if label not in LABELS}

    @property
    def balances(self) -> int:
        """Lines that hold balances and budgets."""
        return sum(self.labels[label] for label in BALANCES)

    @property
    def unbalanced(self) -> list[Voucher]:
        """Vouchers whose entries do not sum to nought."""
        return [voucher for voucher in self.vouchers if voucher.total]


def is_sie(beginning: bytes) -> bool:
    """True where a file that begins so is a SIE file: its first line that is not blank is `#FLAGGA`."""
    return beginning.lstrip(b"\xef\xbb\xbf \t\r\n").upper().startswith(b"#FLAGGA")


def parse(data: bytes, name: str) -> SieFile:
    """The file's content. Broken lines stand in `faults`; nothing is guessed.

    Amounts keep the decimals they have. `#RTRANS` and `#BTRANS` (added and struck entries) are
    counted and left out, since a `#TRANS` repeats what holds. Check sums (`#KSUMMA`) are not
    verified. Raises InputError where the file is no SIE file.
    """
    if not is_sie(data[:1000]):
        raise InputError(
            "{file} is no SIE file: it does not begin with #FLAGGA. Export it again, as SIE type 4, from "
            "the accounting system.",
            file=name,
        )
    text, encoding = decode(data)
    file, voucher, is_open = SieFile(encoding=encoding, is_damaged="\ufffd" in text), None, False
    for row, line in enumerate(re.split(r"\r\n|\r|\n", text.rstrip("\r\n\x1a")), start=1):
        file.rows = row
        line = line.strip("\x00\x1a \t\ufeff")
        if not line:
            continue
        if line in "{}":
            if voucher is None or (line == "{") == is_open:
                file.faults.append(Fault(row, f"'{line}' where no voucher begins or ends", line))
            is_open = line == "{"
            voucher = voucher if is_open else None
            continue
        try:
            fields = list(split(line))
        except ValueError as error:
            amount = BROKEN.match(line)
            file.faults.append(Fault(row, str(error), line[:LONGEST_LINE], Decimal(amount[1]) if amount else None))
            file.labels["TRANS"] += line.upper().startswith("#TRANS")
            continue
        label = str(fields[0]).upper().removeprefix("#")
        if not str(fields[0]).startswith("#"):
            file.faults.append(Fault(row, "the line begins with no label", line))
            continue
        file.labels[label] += 1
        if label in ENTRIES:
            if voucher is None or not is_open:
                file.faults.append(Fault(row, f"#{label} outside a voucher", line))
            elif label == "TRANS":
                _entry(file, voucher, row, line, fields)
            continue
        if is_open:
            file.faults.append(Fault(row, f"#{label} inside a voucher that was not closed", line))
        voucher, is_open = None, False
        if label == "VER":
            voucher = _voucher(row, fields)
            file.vouchers.append(voucher)
        elif label == "KONTO" and len(fields) > 2:
            file.accounts[str(fields[1])] = str(fields[2])
        elif label in LABELS and label not in BALANCES:
            file.header.setdefault(label, [str(part) for part in fields[1:]])
    if is_open and voucher is not None:
        file.faults.append(Fault(file.rows, f"the voucher of line {voucher.row} is not closed", ""))
    return file


def decode(data: bytes) -> tuple[str, str]:
    """The text and its encoding: what the bytes show, whatever `#FORMAT` claims.

    UTF-8 where the bytes are valid UTF-8, else the one of cp437 (PC8) and cp1252 in which more
    Swedish letters appear; cp437, which the format prescribes, where they tie.
    """
    if data.isascii():
        return data.decode("ascii"), "ascii"
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        texts = {encoding: data.decode(encoding, "replace") for encoding in ("cp437", "cp1252")}
    best = max(texts, key=lambda encoding: sum(texts[encoding].count(letter) for letter in SWEDISH))
    return texts[best], best


def split(line: str) -> Iterator[str | list[str]]:
    """The fields of a line; a list in braces is a list. Raises ValueError where a quote or brace is not closed."""
    if len(line) > LONGEST_LINE:
        raise ValueError(f"the line has {len(line)} characters")
    position = 0
    while position < len(line):
        if line[position].isspace():
            position += 1
            continue
        found = FIELD.match(line, position)
        if found is None:
            raise ValueError(f"quote or brace not closed from character {position + 1}")
        position = found.end()
        if found["quoted"] is not None:
            yield found["quoted"].replace('\\"', '"')
        elif found["braces"] is not None:
            yield [str(part) for part in split(found["braces"])]
        else:
            yield found["bare"]


def read_date(text: str) -> date | None:
    """A date written yyyymmdd, of a year from 1900 to 2100; None for anything else."""
    try:
        found = date(int(text[:4]), int(text[4:6]), int(text[6:])) if len(text) == 8 else None
    except ValueError:
        return None
    return found if found and 1900 <= found.year <= 2100 else None


def _voucher(row: int, fields: list[str | list[str]]) -> Voucher:
    series, number, booked_on, text = ([str(part) for part in fields[1:5]] + [""] * 4)[:4]
    return Voucher(row, series, number, read_date(booked_on), text)


def _entry(file: SieFile, voucher: Voucher, row: int, line: str, fields: list[str | list[str]]) -> None:
    """#TRANS account {objects} amount [date] [text] [quantity] [sign]."""
    if len(fields) < 4 or not isinstance(fields[2], list):
        file.faults.append(Fault(row, "#TRANS needs account, {objects} and amount", line))
        return
    account, objects, amount = str(fields[1]), fields[2], str(fields[3])
    if not AMOUNT.fullmatch(amount):
        file.faults.append(Fault(row, f"'{amount}' is no amount", line))
        return
    booked_on, text = ([str(part) for part in fields[4:6]] + ["", ""])[:2]
    if booked_on and not booked_on.isdigit():  # some programs leave the date out and go on with the text
        booked_on, text = "", booked_on
    pairs = tuple(zip(objects[::2], objects[1::2], strict=False))
    voucher.entries.append(Entry(row, account, Decimal(amount), read_date(booked_on), text.strip(), pairs))
