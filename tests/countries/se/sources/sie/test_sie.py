"""SIE files: strict reading of made-up files, and every real test file read whole."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bygd.countries import load, reader_for
from bygd.countries.se.sources import _sie_file, sie
from bygd.countries.se.sources._sie_purchases import rules, seller
from bygd.engine import DuckEngine
from bygd.sources.errors import InputError
from bygd.sources.privacy import Pseudonym

KEY = Pseudonym(b"k" * 32)
HEAD = '#FLAGGA 0\n#PROGRAM "Bok" 1.0\n#FORMAT PC8\n#GEN 20250101\n#SIETYP 4\n#FNAMN "Övningsbolaget AB"\n'
ACCOUNTS = (
    '#KONTO 2440 Leverantörsskulder\n#KONTO 2641 "Ingående moms"\n'
    '#KONTO 4010 "Inköp av \\"varor\\""\n#KONTO 7210 Löner\n'
)
BOUGHT = """#VER A 1 20250203 "Lev.fakt. 17, Bageriet i hamnen AB" 20250204
{
    #TRANS 2440 {} -1250.00
    #TRANS 2641 {} 250.00
    #TRANS 4010 {"1" "Skola"} 1000.00 "" "" 3
}
"""


def read(engine: DuckEngine, folder: Path, text: str, encoding: str = "cp437", **settings: Any) -> dict[str, Any]:
    path = folder / "file.se"
    path.write_bytes(text.encode(encoding))
    return sie.read(engine, path, "Kommunen", load("se").conventions(), KEY, **settings)


def test_a_purchase_has_supplier_account_and_department(engine: DuckEngine, tmp_path: Path) -> None:
    notes = read(engine, tmp_path, HEAD + ACCOUNTS + BOUGHT)
    row = engine.rows("SELECT * FROM payments JOIN suppliers USING (supplier_key)")[0]
    assert (row["name"], row["amount"], str(row["paid_on"])) == (
        "Bageriet i hamnen AB",
        Decimal("1000.00"),
        "2025-02-03",
    )
    assert (row["account"], row["category"], row["department"], row["invoice"]) == (
        "4010",
        'Inköp av "varor"',
        "Skola",
        "A1",
    )
    assert notes["vouchers"] == 1 and notes["warnings"] == []


def test_the_file_sums_to_nought_and_every_entry_is_read_or_set_aside(engine: DuckEngine, tmp_path: Path) -> None:
    read(engine, tmp_path, HEAD + ACCOUNTS + BOUGHT)
    file = engine.rows("SELECT * FROM ledger_files")[0]
    assert (file["rows_file"], file["rows_read"], file["rows_set_aside"]) == (3, 1, 2)
    assert (file["amount_file"], file["amount_read"], file["amount_set_aside"]) == (0, 1000, -1000)
    assert file["vat"] == "excluding"


@pytest.mark.parametrize("encoding", ["cp437", "cp1252", "utf-8", "utf-8-sig"])
def test_the_encoding_is_told_by_the_letters_whatever_format_says(
    engine: DuckEngine, tmp_path: Path, encoding: str
) -> None:
    read(engine, tmp_path, HEAD + ACCOUNTS + BOUGHT.replace("Bageriet", "Åbromejeriet"), encoding)
    assert engine.rows("SELECT name FROM suppliers")[0]["name"] == "Åbromejeriet i hamnen AB"


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ('#VER A 1 20250101 "En \\"fin\\" text"', ["#VER", "A", "1", "20250101", 'En "fin" text']),
        ('#TRANS\t4010 {1 "10"  6 P1} -5.5', ["#TRANS", "4010", ["1", "10", "6", "P1"], "-5.5"]),
        ('#TRANS 4010 {"1" "a}b"} 5', ["#TRANS", "4010", ["1", "a}b"], "5"]),
        ('#FNR "C:\\bok\\x"', ["#FNR", "C:\\bok\\x"]),
        ('#FNAMN ""', ["#FNAMN", ""]),
        ("#TRANS 7285 {} 3252 30250*0,043*25", ["#TRANS", "7285", [], "3252", "30250*0,043*25"]),
    ],
)
def test_fields(line: str, fields: list[Any]) -> None:
    assert list(_sie_file.split(line)) == fields


@pytest.mark.parametrize("line", ['#VER A "open', "#TRANS 4010 {1 2 5", "#TRANS 4010 } 5", "#X " + "a" * 30_000])
def test_open_quotes_and_braces_and_endless_lines_are_faults(line: str) -> None:
    with pytest.raises(ValueError, match=r"not closed|characters"):
        list(_sie_file.split(line))


def test_quotes_that_never_close_take_no_time() -> None:
    with pytest.raises(ValueError):
        list(_sie_file.split('#VER "' + '\\"' * 9_000))


def test_broken_lines_are_set_aside_with_reason_and_amount(engine: DuckEngine, tmp_path: Path) -> None:
    broken = BOUGHT.replace('1000.00 "" ""', '1000.00 20250203 "open') + "stray\n#TRANS 1930 {} 7.00\n}\n"
    notes = read(engine, tmp_path, HEAD + ACCOUNTS + broken)
    rows = engine.rows("SELECT detail, amount FROM set_aside WHERE reason = 'unreadable' ORDER BY row_number")
    assert [row["amount"] for row in rows] == [1000, None, None, None]
    assert "not closed" in rows[0]["detail"] and "no label" in rows[1]["detail"] and "outside" in rows[2]["detail"]
    assert any("voucher A1 does not sum to nought but to -1,000.00" in warning for warning in notes["warnings"])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (('"Lev.fakt. 17, Bageriet i hamnen AB"', '"Leverantörsfakturajournal nr 3"'), "supplier"),
        (("20250203", "02250203"), "date"),
        (("20250203", "20250231"), "date"),
        (("1000.00", "1000,00"), "unreadable"),
        (("4010 {", "4990 {"), "other_entry"),
        (("4010 {", "7210 {"), "other_entry"),
        (("4010 {", "FEL {"), "other_entry"),
    ],
)
def test_what_is_no_purchase_is_set_aside(
    engine: DuckEngine, tmp_path: Path, change: tuple[str, str], reason: str
) -> None:
    read(engine, tmp_path, HEAD + ACCOUNTS + BOUGHT.replace(*change))
    assert engine.rows("SELECT reason FROM set_aside ORDER BY row_number DESC")[0]["reason"] == reason
    assert engine.rows("SELECT COUNT(*) AS n FROM payments")[0]["n"] == 0


def test_a_voucher_without_debt_or_payment_is_no_purchase(engine: DuckEngine, tmp_path: Path) -> None:
    text = '#VER A 2 20250131 "Bageriet AB"\n{\n#TRANS 1710 {} -10\n#TRANS 4010 {} 10\n}\n'
    read(engine, tmp_path, HEAD + text)
    assert engine.rows("SELECT COUNT(*) AS n FROM payments")[0]["n"] == 0


def test_another_chart_of_accounts_may_be_given(engine: DuckEngine, tmp_path: Path) -> None:
    text = BOUGHT.replace("4010", "74100").replace("2440", "25110")
    read(engine, tmp_path, HEAD + text, purchase_accounts=["74"], against_accounts=["251"])
    assert engine.rows("SELECT amount FROM payments")[0]["amount"] == 1000


def test_struck_and_added_entries_are_not_counted_twice(engine: DuckEngine, tmp_path: Path) -> None:
    more = BOUGHT.replace("}\n", "    #BTRANS 4010 {} 900.00\n    #RTRANS 4010 {} 1000.00\n}\n")
    notes = read(engine, tmp_path, HEAD + more)
    assert engine.rows("SELECT SUM(amount) AS a FROM payments")[0]["a"] == 1000
    assert notes["struck_entries"] == 2


def test_unknown_labels_are_counted_and_named(engine: DuckEngine, tmp_path: Path) -> None:
    notes = read(engine, tmp_path, HEAD + "#EGEN 1\n#EGEN 2\n" + BOUGHT)
    assert notes["unknown_labels"] == {"EGEN": 2}
    assert "#EGEN (2)" in notes["warnings"][0]


def test_personal_numbers_in_texts_are_masked(engine: DuckEngine, tmp_path: Path) -> None:
    read(engine, tmp_path, HEAD + BOUGHT.replace("Bageriet i hamnen AB", "Ada Påhittad 640823-3234"))
    supplier = engine.rows("SELECT * FROM suppliers")[0]
    assert supplier["is_masked"] and supplier["name"].startswith("Enskild näringsidkare")
    everything = str([engine.rows(f"SELECT * FROM {table}") for table in ("payments", "suppliers", "set_aside")])
    assert "3234" not in everything and "Påhittad" not in everything


@pytest.mark.parametrize("kind", ["1", "2", "3"])
def test_balances_without_vouchers_are_refused_with_advice(engine: DuckEngine, tmp_path: Path, kind: str) -> None:
    text = HEAD.replace("#SIETYP 4", f"#SIETYP {kind}") + "#UB 0 1930 5.00\n"
    with pytest.raises(InputError, match=f"type {kind}: it holds 1 balances and no vouchers.*Export type 4"):
        read(engine, tmp_path, text)


@pytest.mark.parametrize("text", ["", "<html>404</html>", "datum;belopp\n2025-01-01;5\n"])
def test_what_is_no_sie_file_is_refused(engine: DuckEngine, tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="is no SIE file"):
        read(engine, tmp_path, text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[876] FIRMA JON KIMBER", "FIRMA JON KIMBER"),
        ("Lev.fakt. 1187, Telia", "Telia"),
        ("137 Hebe Frukt och Grönt", "Hebe Frukt och Grönt"),
        ("Faktnr: 891, Namn: Karlssons El", "Karlssons El"),
        ("FA30042/BP Bunkeflo", "BP Bunkeflo"),
        ("Faktura IWU Trading", "IWU Trading"),
        ("Bachbinder GmbH, 34", "Bachbinder GmbH"),
        ("Momsredovisning", None),
        ("Kassajournal nr 6", None),
        ("Lev fakt", None),
        ("  ", None),
    ],
)
def test_names_in_texts(text: str, name: str | None) -> None:
    assert seller([text], rules()) == name


def test_the_dispatcher_knows_sie_files_by_content(tmp_path: Path) -> None:
    path = tmp_path / "odd-name.csv"
    path.write_bytes(HEAD.encode("cp437"))
    assert reader_for(path, load("se")) is not None
    path.write_text("datum;belopp\n")
    assert reader_for(path, load("se")) is None


BALANCED_BUT = {"Sie4.se": 1, "XE_SIE_4_20151125095119.SE": 1, "testWrite1.se": 1}


def test_every_real_file_is_read_whole(engine: DuckEngine, shared_data: Path) -> None:
    """49 files: 6 are no SIE files, 23 hold balances only, 20 hold vouchers, each in balance but for three."""
    outcome: dict[str, int] = {"read": 0, "balances": 0, "no sie": 0}
    conventions = load("se").conventions()
    for path in sorted((shared_data / "se" / "sie").iterdir()):
        try:
            notes = sie.read(engine, path, "Övningsbolaget", conventions, KEY)
        except InputError as error:
            outcome["no sie" if "no SIE file" in str(error) else "balances"] += 1
            continue
        outcome["read"] += 1
        file = engine.rows("SELECT * FROM ledger_files")[0]
        assert file["rows_file"] == file["rows_read"] + file["rows_set_aside"], path.name
        assert file["amount_file"] == file["amount_read"] + file["amount_set_aside"], path.name
        assert file["rounding"] == 0, path.name
        assert len(notes["unbalanced"]) == BALANCED_BUT.get(path.name, 0), path.name
        if path.name != "SIE4_Exempelfil_med_underdim.SE":  # its letters were destroyed before we got it
            assert file["encoding"] == "cp437", path.name
    assert sum(outcome.values()) == 49
    assert outcome == {"read": 20, "balances": 23, "no sie": 6}
