"""What a public report withholds cannot be worked out from what it shows."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from bygd import reports
from bygd.engine import DuckEngine
from bygd.reports import disclosure
from bygd.reports.privacy import Audience, Cell, Limits, is_safe, open_ends, withheld
from bygd.reports.subject import RINGS, Subject
from bygd.reports.write import subject_of
from bygd.sources.errors import InputError
from bygd.vocabulary.words import LocalBy, Ring

from .conftest import MANIFEST, PLACE, fill, spend_rows

LIMITS = Limits(3, 0.75)


def cell(name: str, *amounts: int) -> Cell:
    return Cell((name,), {f"{name}{number}": Decimal(amount) for number, amount in enumerate(amounts)})


def test_few_suppliers_or_a_dominant_one_are_unsafe() -> None:
    assert is_safe([cell("a", 10, 10, 10)], LIMITS)
    assert not is_safe([cell("a", 10, 10)], LIMITS)
    assert not is_safe([cell("a", 80, 10, 10)], LIMITS)
    assert is_safe([cell("a", 75, 15, 10)], LIMITS)
    assert not is_safe([cell("a", -80, 10, 10)], LIMITS), "a credit can dominate too"
    assert is_safe([], LIMITS)


def test_one_unsafe_cell_takes_the_smallest_other_with_it() -> None:
    table = [cell("a", 5, 5), cell("b", 100, 100, 100), cell("c", 20, 20, 20)]
    assert withheld(table, LIMITS) == {("a",), ("c",)}


def test_no_unsafe_cell_hides_nothing() -> None:
    assert withheld([cell("a", 5, 5, 5), cell("b", 9, 9, 9)], LIMITS) == set()


def test_hiding_goes_on_until_what_is_hidden_is_safe_itself() -> None:
    table = [cell("a", 1000), cell("b", 10, 10, 10), cell("c", 400, 400, 400), cell("d", 900, 900, 900)]
    assert withheld(table, LIMITS) == {("a",), ("b",), ("c",)}


def test_rows_and_columns_both_hide() -> None:
    table = [
        Cell((row, column), {f"{row}{column}{number}": Decimal(amount) for number in range(count)})
        for row, column, count, amount in (
            (1, "x", 1, 10), (1, "y", 5, 20), (1, "z", 5, 30), (2, "x", 5, 40), (2, "y", 5, 50), (2, "z", 5, 60),
        )
    ]  # fmt: skip
    hidden = withheld(table, LIMITS, lambda c: None, lambda c: c.key[0], lambda c: c.key[1])
    for number in (0, 1):
        for line in {c.key[number] for c in table}:
            assert len([key for key in hidden if key[number] == line]) != 1


def test_running_totals_stop_where_the_step_is_unsafe() -> None:
    ordered = [cell("a", 5, 5, 5), cell("b", 5), cell("c", 7, 7, 7), cell("d", 1, 1, 1)]
    assert open_ends(ordered, LIMITS) == {0, 2, 3}


def public_subject(engine: DuckEngine) -> Subject:
    subject = subject_of(engine, PLACE, "Bygdeby", "en", "s", MANIFEST, audience=Audience.PUBLIC)
    return disclosure.publishable(subject)


def determined(known: Sequence[np.ndarray], wanted: np.ndarray) -> bool:
    """True where the known sums give the wanted one away."""
    if not known:
        return False
    matrix = np.array(known)
    return np.linalg.matrix_rank(np.vstack([matrix, wanted])) == np.linalg.matrix_rank(matrix)


@pytest.mark.parametrize("seed", range(1, 13))
def test_a_reader_who_adds_and_subtracts_learns_no_unsafe_cell(seed: int) -> None:
    with DuckEngine(threads=2) as engine:
        fill(engine, spend_rows(seed))
        subject = public_subject(engine)
        rows = [row for row in engine.rows("SELECT * FROM spend") if row["is_procurement"]]
        columns = ("anchor", "year", "seat_ring", "seat_id")
        atoms = sorted({tuple(str(row[column]) for column in columns) for row in rows})
        place = {atom: number for number, atom in enumerate(atoms)}
        money: dict[tuple[str, ...], dict[str, Decimal]] = {}
        for row in rows:
            key = tuple(str(row[column]) for column in columns)
            parties = money.setdefault(key, {})
            parties[row["party"]] = parties.get(row["party"], Decimal(0)) + row["amount"]

        def vector(**wanted: object) -> np.ndarray:
            found = np.zeros(len(atoms))
            for atom, number in place.items():
                if all(atom[columns.index(column)] in value for column, value in wanted.items()):
                    found[number] = 1
            return found

        known = [vector()]
        for part in subject.parts("seat_ring"):
            if not part.is_withheld:
                known.append(vector(seat_ring=(part.key[0],)))
        for part in subject.parts("anchor", "seat_ring"):
            if not part.is_withheld:
                known.append(vector(anchor=(part.key[0],), seat_ring=(part.key[1],)))
        for part in subject.parts("seat_ring", "seat_id", margins=[0]):
            if not part.is_withheld:
                known.append(vector(seat_ring=(part.key[0],), seat_id=(str(part.key[1]),)))
        inside = RINGS[: RINGS.index(Ring.MUNICIPALITY) + 1]
        sides = {"local": inside, "unknown": ("unknown",), "out": tuple(set(RINGS) - set(inside) - {Ring.UNKNOWN})}
        for part in disclosure.by_year(subject, LocalBy.SEAT, Ring.MUNICIPALITY):
            if not part.is_withheld:
                known.append(vector(year=(str(part.key[0]),), seat_ring=sides[part.key[1]]))
        for figure in subject.figures:
            if figure.id.startswith("spend.local_share.seat.") and figure.value is not None:
                ring = Ring(figure.id.rpartition(".")[2])
                known.append(vector(seat_ring=RINGS[: RINGS.index(ring) + 1]))
                known.append(vector(seat_ring=("unknown",)))
            if figure.id == "spend.doubtful" and figure.value is not None:
                known.append(vector(seat_ring=("unknown",)))

        def check(**wanted: object) -> None:
            target = vector(**wanted)
            cells = [Cell(atom, money[atom]) for atom, number in place.items() if target[number]]
            if cells and not is_safe(cells, LIMITS):
                assert not determined(known, target), f"given away: {wanted}"

        for ring in RINGS:
            check(seat_ring=(ring,))
            for anchor in {atom[0] for atom in atoms}:
                check(anchor=(anchor,), seat_ring=(ring,))
            for year in {atom[1] for atom in atoms}:
                check(year=(year,), seat_ring=(ring,))
        for area in {atom[3] for atom in atoms}:
            check(seat_id=(area,))


def test_the_public_report_names_no_supplier(town: DuckEngine, tmp_path: Path) -> None:
    written = reports.write(town, PLACE, "Bygdeby", tmp_path, snapshot="s", manifest=MANIFEST, audience="public")
    names = {row["name"] for row in town.rows("SELECT DISTINCT name FROM spend")}
    keys = {row["supplier_key"] for row in town.rows("SELECT DISTINCT supplier_key FROM spend")}
    cells = {
        str(value)
        for sheet in openpyxl.load_workbook(written.workbook).worksheets
        for row in sheet.iter_rows(values_only=True)
        for value in row
        if value is not None
    }
    texts = [path.read_text(encoding="utf-8") for path in (written.page, written.figures, written.control)]
    for text in [*texts, "\n".join(cells)]:
        assert not [name for name in names if name in text]
        assert not [key for key in keys if f">{key}<" in text or f'"{key}"' in text]


def test_withheld_is_written_as_such_and_never_as_nought(town: DuckEngine, tmp_path: Path) -> None:
    written = reports.write(
        town, PLACE, "Bygdeby", tmp_path, snapshot="s", manifest=MANIFEST, audience="public", charts=False
    )
    assert '<td class="number withheld">withheld</td>' in written.page.read_text(encoding="utf-8")
    internal = reports.write(
        town, PLACE, "Bygdeby", tmp_path / "internal", snapshot="s", manifest=MANIFEST, charts=False
    )
    assert ">withheld<" not in internal.page.read_text(encoding="utf-8")


def test_too_few_suppliers_for_a_public_report(engine: DuckEngine, tmp_path: Path) -> None:
    two = sorted({row["party"] for row in spend_rows() if row["is_procurement"]})[:2]
    fill(engine, [row for row in spend_rows() if row["party"] in two])
    with pytest.raises(InputError, match="at least 3 suppliers"):
        reports.write(engine, PLACE, "Bygdeby", tmp_path, snapshot="s", manifest=MANIFEST, audience="public")
    assert list(tmp_path.iterdir()) == []


def test_masked_recipients_stand_under_their_neutral_label(town: DuckEngine, tmp_path: Path) -> None:
    written = reports.write(town, PLACE, "Bygdeby", tmp_path, snapshot="s", manifest=MANIFEST, charts=False)
    assert "private persons and sole traders were masked" in written.page.read_text(encoding="utf-8")
