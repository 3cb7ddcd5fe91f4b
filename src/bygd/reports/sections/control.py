"""Was every row read, and what was masked? Control sums of the files, masked payments, sources, warnings."""

from decimal import Decimal

from bygd.reports.grid import Grid, Head, Kind
from bygd.reports.section import Section
from bygd.reports.subject import Subject
from bygd.reports.translate import N_
from bygd.vocabulary.words import SetAside

FILES = """
    SELECT path, sheet, anchor, currency, rows_file, rows_read, rows_set_aside, rows_masked,
           amount_file, amount_read, amount_set_aside, rounding, first_paid_on, last_paid_on
    FROM ledger_files ORDER BY anchor, path, sheet
"""

ASIDE = """
    SELECT reason, COUNT(*) AS number, SUM(amount) AS amount FROM set_aside GROUP BY reason ORDER BY number DESC, reason
"""

MASKED = """
    SELECT anchor, COUNT(DISTINCT party) AS suppliers, SUM(payments) AS payments, SUM(amount) AS amount
    FROM spend WHERE is_masked AND currency = ? GROUP BY anchor ORDER BY anchor
"""


def section(subject: Subject) -> Section:
    """Rows and money of every file: in the file, read, set aside, and the difference."""
    _ = subject.translate
    files = subject.engine.rows(FILES)
    aside = subject.engine.rows(ASIDE)
    sums = {name: sum((row[name] for row in files), Decimal(0)) for name in _SUMS}
    left = sums["amount_file"] - sums["amount_read"] - sums["amount_set_aside"] - sums["rounding"]
    intro = [
        _.ngettext(
            "{number} row was read, {aside} were set aside.",
            "{number} rows were read, {aside} were set aside.",
            sum(row["rows_read"] for row in files),
            aside=_.number(sum(row["rows_set_aside"] for row in files)),
        ),
        _("What was read and what was set aside add up to the files' own sums, to the last decimal.")
        if left == 0
        else _(
            "The files' own sums differ by {difference} from what was read and set aside.", difference=_.number(left, 2)
        ),
    ]
    grids = [
        Grid(
            _("Control sums by file"),
            (
                Head(_("File"), is_row_head=True),
                Head(_("Institution")),
                Head(_("Rows"), Kind.NUMBER),
                Head(_("Read"), Kind.NUMBER),
                Head(_("Set aside"), Kind.NUMBER),
                Head(_("Masked"), Kind.NUMBER),
                Head(_("Sum in the file"), Kind.MONEY),
                Head(_("Sum read"), Kind.MONEY),
                Head(_("Sum set aside"), Kind.MONEY),
                Head(_("Rounding"), Kind.MONEY),
            ),
            [
                (
                    " · ".join(part for part in (row["path"], row["sheet"]) if part),
                    row["anchor"],
                    *(row[name] for name in ("rows_file", "rows_read", "rows_set_aside", "rows_masked", *_SUMS)),
                )
                for row in files
            ],
            total=(_("All files"), "", *(sum(row[n] for row in files) for n in _COUNTS), *(sums[n] for n in _SUMS)),
        )
    ]
    if aside:
        grids.append(
            Grid(
                _("Rows set aside, by reason"),
                (Head(_("Reason"), is_row_head=True), Head(_("Rows"), Kind.NUMBER), Head(_("Sum"), Kind.MONEY)),
                [(_.word(SetAside(row["reason"])), row["number"], row["amount"]) for row in aside],
            )
        )
    return Section("control", _("Was everything read?"), intro, grids=grids)


_COUNTS = ("rows_file", "rows_read", "rows_set_aside", "rows_masked")
_SUMS = ("amount_file", "amount_read", "amount_set_aside", "rounding")


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
    cited = list(dict.fromkeys(source for figure in subject.figures for source in figure.sources))
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


KINDS = {
    "ledger": N_("Ledger"),
    "register": N_("Register"),
    "postcodes": N_("Postcodes"),
    "areas": N_("Areas"),
    "boundaries": N_("Boundaries"),
}
"""What the build calls its files → what people call them."""
