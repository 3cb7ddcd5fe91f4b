"""Was every row read, and what was masked? Control sums of the files, masked payments, sources, warnings."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from bygd.reports.grid import Grid, Head, Kind
from bygd.reports.provenance import NAMED
from bygd.reports.section import Section
from bygd.reports.subject import Subject
from bygd.reports.translate import N_, Translator
from bygd.vocabulary.words import SetAside

FILES = """
    SELECT path, sheet, anchor, currency, rows_file, rows_read, rows_set_aside, rows_masked,
           amount_file, amount_read, amount_set_aside, rounding, first_paid_on, last_paid_on
    FROM ledger_files ORDER BY anchor, path, sheet
"""

ASIDE = """
    SELECT a.reason, f.currency, COUNT(*) AS number, SUM(a.amount) AS amount
    FROM set_aside AS a JOIN ledger_files AS f ON f.file_key = a.file_key
    GROUP BY a.reason, f.currency ORDER BY number DESC, a.reason, f.currency
"""

CURRENCIES = "SELECT DISTINCT currency FROM ledger_files ORDER BY currency"

MASKED = """
    SELECT anchor, COUNT(DISTINCT party) AS suppliers, SUM(payments) AS payments, SUM(amount) AS amount
    FROM spend WHERE is_masked AND currency = ? GROUP BY anchor ORDER BY anchor
"""


def section(subject: Subject) -> Section:
    """Rows and money of every file: in the file, read, set aside, and the difference."""
    _ = subject.translate
    files = subject.engine.rows(FILES)
    aside = subject.engine.rows(ASIDE)
    money = Money(subject)
    left: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in files:
        left[row["currency"]] += row["amount_file"] - row["amount_read"] - row["amount_set_aside"] - row["rounding"]
    intro = [
        _.ngettext(
            "{number} row was read, {aside} were set aside.",
            "{number} rows were read, {aside} were set aside.",
            sum(row["rows_read"] for row in files),
            aside=_.number(sum(row["rows_set_aside"] for row in files)),
        ),
        _("What was read and what was set aside add up to the files' own sums, to the last decimal.")
        if not any(left.values())
        else _(
            "The files' own sums differ by {difference} from what was read and set aside.",
            difference=", ".join(
                f"{_.number(amount, 2)} {currency}" if money.are_several else _.number(amount, 2)
                for currency, amount in left.items()
                if amount
            ),
        ),
    ]
    of_all = [sum(row[name] for row in files) for name in (*_COUNTS, *_SUMS)]
    grids = [
        Grid(
            _("Control sums by file"),
            (
                Head(_("File"), is_row_head=True),
                Head(_("Institution")),
                *money.named,
                Head(_("Rows"), Kind.NUMBER),
                Head(_("Read"), Kind.NUMBER),
                Head(_("Set aside"), Kind.NUMBER),
                Head(_("Masked"), Kind.NUMBER),
                money.head(_("Sum in the file")),
                money.head(_("Sum read")),
                money.head(_("Sum set aside")),
                money.head(_("Rounding")),
            ),
            [
                (
                    " · ".join(part for part in (row["path"], row["sheet"]) if part),
                    row["anchor"],
                    *money.of(row["currency"]),
                    *(row[name] for name in ("rows_file", "rows_read", "rows_set_aside", "rows_masked", *_SUMS)),
                )
                for row in files
            ],
            total=None if money.are_several else (_("All files"), "", *of_all),
        )
    ]
    if aside:
        grids.append(
            Grid(
                _("Rows set aside, by reason"),
                (Head(_("Reason"), is_row_head=True), *money.named, Head(_("Rows"), Kind.NUMBER), money.head(_("Sum"))),
                [
                    (_.word(SetAside(row["reason"])), *money.of(row["currency"]), row["number"], row["amount"])
                    for row in aside
                ],
            )
        )
    return Section("control", _("Was everything read?"), intro, grids=grids)


_COUNTS = ("rows_file", "rows_read", "rows_set_aside", "rows_masked")
_SUMS = ("amount_file", "amount_read", "amount_set_aside", "rounding")


class Money:
    """How sums of the files are headed: in their currency, and by row where they are in several, never added up."""

    def __init__(self, subject: Subject) -> None:
        self.currencies = [str(row["currency"]) for row in subject.engine.rows(CURRENCIES)]
        self.are_several = len(self.currencies) > 1
        self.named = (Head(subject.translate("Currency")),) if self.are_several else ()
        self.unit = "" if self.are_several or not self.currencies else subject.translate.symbol(self.currencies[0])

    def head(self, label: str) -> Head:
        """The heading of a column with such sums."""
        return Head(label, Kind.MONEY, unit=self.unit)

    def of(self, currency: str) -> tuple[str, ...]:
        """The cells of a row below `named`."""
        return (currency,) if self.are_several else ()


def masked(subject: Subject) -> Section:
    """How many persons and sole traders were masked, and how much money they got."""
    _ = subject.translate
    rows = subject.engine.rows(MASKED, subject.currency)
    number = sum(row["suppliers"] for row in rows)
    intro = [
        _.ngettext(
            "{number} private person or sole trader was masked when the files were read; the name is stored nowhere.",
            "{number} private persons and sole traders were masked when the files were read; "
            "their names are stored nowhere.",
            number,
        )
        if number
        else _("No private persons or sole traders were recognised in the ledgers.")
    ]
    grid = Grid(
        _("Masked recipients by institution"),
        (
            Head(_("Institution"), is_row_head=True),
            Head(_("Recipients"), Kind.NUMBER),
            Head(_("Payments"), Kind.NUMBER),
            Head(_("Sum"), Kind.MONEY),
        ),
        [(row["anchor"], row["suppliers"], row["payments"], row["amount"]) for row in rows],
    )
    return Section("masked", _("What was masked?"), intro, grids=[grid] if rows and not subject.is_public else [])


def sources(subject: Subject) -> Section:
    """Files and registers the report rests on, and what the build warned about."""
    _ = subject.translate
    files = [file for file in subject.manifest.get("files", ()) if isinstance(file, dict)]
    cited = _cited(dict.fromkeys(source for figure in subject.figures for source in figure.sources), files, _)
    warnings = [_.said(warning) for warning in subject.manifest.get("warnings", ())]
    heads = (Head(_("File"), is_row_head=True), Head(_("Read as")), Head(_("Fingerprint (SHA-256)")))
    words = {kind: _(label) for kind, label in KINDS.items()}
    rows = [
        (file.get("path"), words.get(str(file.get("kind")), ""), str(file.get("sha256", ""))[:16]) for file in files
    ]
    intro = [
        *(_("Source: {source}", source=source) for source in cited),
        _.ngettext("There was {number} warning.", "There were {number} warnings.", len(warnings))
        if warnings
        else _("There were no warnings."),
    ]
    grids = [Grid(_("Files the figures rest on"), heads, rows)] if rows else []
    return Section("sources", _("What does this rest on?"), intro, grids=grids, notes=warnings)


def _cited(sources: Iterable[str], files: Sequence[Mapping[str, Any]], _: Translator) -> list[str]:
    """The sources by name; of a publisher's many files, which stand in the table, only how many they are."""
    publishers = {
        f"{file['publisher']} ({PurePath(str(file['path'])).name})": str(file["publisher"])
        for file in files
        if file.get("publisher") and file.get("path")
    }
    groups: dict[str, list[str]] = {}
    for source in sources:
        groups.setdefault(publishers.get(source, source), []).append(source)
    found: list[str] = []
    for publisher, listed in groups.items():
        if len(listed) > NAMED:
            found.append(_("{publisher} ({number} files)", publisher=_(publisher), number=_.number(len(listed))))
        else:
            found += [source.replace(publisher, _(publisher), 1) for source in listed]
    return found


KINDS = {
    "ledger": N_("Ledger"),
    "register": N_("Register"),
    "postcodes": N_("Postcodes"),
    "areas": N_("Areas"),
    "boundaries": N_("Boundaries"),
}
"""What the build calls its files → what people call them."""
