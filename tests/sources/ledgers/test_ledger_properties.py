"""Properties: money adds up for any ledger in any format; encodings, delimiters and number formats round-trip."""

import csv
import io
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bygd.countries import load
from bygd.engine import DuckEngine
from bygd.sources.files.tabular import _arrow, _columns, _rows
from bygd.sources.ledgers import ledger
from bygd.sources.ledgers.cells import trimmed
from bygd.sources.ledgers.mapping import Mapping
from bygd.sources.privacy import Pseudonym

SETTINGS = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

NAMES = st.text(st.sampled_from("abcåäöÅÄÖé &-.,;\"'\n"), min_size=1, max_size=12).map(lambda text: f"x{text}x")
AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False)
DAYS = st.dates(date(2001, 1, 1), date(2025, 12, 31))
ROWS = st.lists(st.tuples(NAMES, DAYS, AMOUNTS), max_size=30)
HEADER = ["Leverantör", "Datum", "Belopp"]


def grouped(amount: Decimal, mark: str, thousands: str) -> str:
    return f"{amount:,.2f}".replace(",", "\0").replace(".", mark).replace("\0", thousands)


def swedish(amount: Decimal) -> str:
    return grouped(amount, ",", "\u00a0")


WRITTEN = {
    "point": lambda amount: f"{amount:.2f}",
    "comma": lambda amount: f"{amount:.2f}".replace(".", ","),
    "spaces": swedish,
    "dots": lambda amount: grouped(amount, ",", "."),
    "british": lambda amount: grouped(amount, ".", ","),
    "brackets": lambda amount: f"({swedish(-amount)})" if amount < 0 else swedish(amount),
    "minus-after": lambda amount: f"{swedish(-amount)}-" if amount < 0 else swedish(amount),
    "minus-sign": lambda amount: swedish(amount).replace("-", "−"),
    "currency": lambda amount: f"{swedish(amount)} kr",
}
DATED = {"iso": "%Y-%m-%d", "compact": "%Y%m%d", "day-first": "%d/%m/%Y", "time": "%Y-%m-%d 00:00:00"}


def read(content: bytes, name: str = "l.csv", **given):
    mapping = Mapping(columns={"supplier": HEADER[0], "paid_on": HEADER[1], "amount": HEADER[2]}, **given)
    with tempfile.TemporaryDirectory() as folder, DuckEngine(threads=1) as engine:
        path = Path(folder) / name
        path.write_bytes(content)
        ledger.read(engine, path, "A", mapping, load("se").conventions(), Pseudonym(b"k"))
        tables = ("payments", "suppliers", "set_aside", "ledger_files")
        return [engine.rows(f"SELECT * FROM {table} ORDER BY ALL") for table in tables]


def as_csv(rows, delimiter=";", end="\r\n"):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue()


def adds_up(file) -> None:
    assert file["amount_file"] == file["amount_read"] + file["amount_set_aside"] + file["rounding"]
    assert file["rows_file"] == file["rows_read"] + file["rows_set_aside"]


@SETTINGS
@given(
    rows=ROWS,
    written=st.sampled_from(sorted(WRITTEN)),
    dated=st.sampled_from(sorted(DATED)),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-le"]),
    delimiter=st.sampled_from([";", "\t", "|", ","]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_a_ledger_is_the_same_however_it_is_written(rows, written, dated, encoding, delimiter, end):
    lines = [[name.strip(), day.strftime(DATED[dated]), WRITTEN[written](amount)] for name, day, amount in rows]
    if written == "minus-sign" and encoding == "cp1252":
        encoding = "utf-8"
    mark = "." if written in ("point", "british") else ","
    content = as_csv([HEADER, *lines], delimiter, end).encode(encoding)
    payments, suppliers, aside, (file,) = read(
        content, encoding=encoding, delimiter=delimiter, decimal_mark=mark, date_order="dmy"
    )
    adds_up(file)
    assert aside == []
    assert [row["amount"] for row in sorted(payments, key=lambda row: row["row_number"])] == [row[2] for row in rows]
    assert [row["paid_on"] for row in sorted(payments, key=lambda row: row["row_number"])] == [row[1] for row in rows]
    assert file["amount_read"] == sum((row[2] for row in rows), Decimal(0))
    wanted = {" ".join(name.replace("\r", "\n").split("\n")) for name, _, _ in rows}
    assert {" ".join(row["name"].split("\n")) for row in suppliers} == wanted


CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "",
            " ",
            "Summa",
            "Leverantör",
            "2024-01-01",
            "31/02/2020",
            "1,50",
            "-2 000,10",
            "€5",
            "abc",
            "(3,00)",
            "0,12345",
        ]
    ),
    st.text(max_size=8),
)


@SETTINGS
@given(rows=st.lists(st.lists(CELLS, max_size=5), max_size=25), delimiter=st.sampled_from([";", ","]))
def test_money_and_rows_add_up_for_anything(rows, delimiter):
    text = as_csv([HEADER, *[[cell or "" for cell in row] for row in rows]], delimiter)
    ignore = ("column 4", "column 5")
    payments, _, aside, (file,) = read(
        text.encode("utf-8", "replace"), encoding="utf-8", delimiter=delimiter, header_row=1, ignore=ignore
    )
    adds_up(file)
    numbers = sorted(row["row_number"] for row in [*payments, *aside])
    assert numbers == list(range(2, 2 + file["rows_file"]))
    assert file["rows_file"] == len(list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))) - 1
    assert file["amount_read"] == sum((row["amount"] for row in payments), Decimal(0))
    assert file["amount_set_aside"] == sum((row["amount"] or Decimal(0) for row in aside), Decimal(0))


@settings(SETTINGS, max_examples=15)
@given(rows=ROWS)
def test_a_workbook_gives_the_same_money(rows):
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    for name, day, amount in rows:
        book.active.append([name.strip(), day, float(amount)])
    packed = io.BytesIO()
    book.save(packed)
    payments, _, aside, (file,) = read(packed.getvalue(), "l.xlsx")
    adds_up(file)
    assert aside == [] and file["amount_read"] == sum((row[2] for row in rows), Decimal(0))
    assert sorted(row["paid_on"] for row in payments) == sorted(row[1] for row in rows)


@SETTINGS
@given(rows=st.lists(st.lists(st.text(st.characters(codec="utf-8"), max_size=6), min_size=3, max_size=3), max_size=20))
def test_the_fast_and_the_slow_reader_see_the_same(rows):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "l.csv"
        path.write_text(as_csv([HEADER, *rows]), encoding="utf-8", newline="")
        fast = _arrow(path, ";", 1, "l.csv")
        slow = _columns(_skip(_rows(path, ";", "l.csv")), 1)
        if fast is not None and slow.num_rows:
            assert trimmed(fast).to_pylist() == trimmed(slow).to_pylist()


def _skip(rows):
    next(rows)
    return rows
