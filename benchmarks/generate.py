"""Made-up ledgers, register, postcodes and project of any size; the same arguments give the same files.

    python benchmarks/generate.py OUT --payments 1000000 --organisations 1000000 --suppliers 20000

Written by DuckDB row by row from hashes of row numbers, so that ten million payments need no memory. Names are put
together from syllables, trades and towns; suppliers write them with the noise that ledgers have. Numbers pass the
check digit and are nobody's by intent only: use these files for measuring, never for anything else.
"""

import argparse
import time
from pathlib import Path

import duckdb

ANCHORS = ("Byggds kommun", "Region Byggd", "Byggdbostäder AB")


def words(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


HEADS = words(
    "Norr Söder Öst Väst Berg Dal Ek Gran Häger Isling Järn Kvist Lind Mal Näs Orr Palm Ros Sten Tall Udd Ving Ålder "
    "Älv Önne"
)
TAILS = words("hammar kvist lund mark sjö strand torp vall vik ås bäck fors gård hed holm hult kulla mo näs rud")
TRADES = words(
    "Bygg El Rör Måleri Städ Data Konsult Åkeri Livs Taxi Omsorg Vård Tryck Juridik Revision Bil Plåt Glas Trädgård "
    "Skog Larm Bevakning Utbildning Bemanning Energi Medicinteknik Möbler Kontor Reklam Fastighet Mark Betong Textil "
    "Transport Maskin Verkstad Fisk Bageri Mejeri Grönt Tvätt Återvinning Telekom Arkitekter Analys System Ventilation"
)
TOWNS = [head + tail for tail in words("köping stad borg sala tuna by hamn rike") for head in HEADS]
MUNICIPALITIES = len(TOWNS)
POSTCODES = 10_000


def chance(row: str, salt: int) -> str:
    """A number from 0 up to 1 that depends on the row and the salt alone; SQL."""
    return f"(hash({row} * 64 + {salt}) / 18446744073709551616.0)"


def pick(words: list[str], row: str, salt: int) -> str:
    """One of the words, by the row and the salt; SQL."""
    listed = ", ".join(f"'{word}'" for word in words)
    return f"[{listed}][1 + CAST(floor({chance(row, salt)} * {len(words)}) AS INTEGER)]"


LUHN = """
CREATE MACRO checked(nine) AS nine || CAST((10 - (
    list_sum([CASE WHEN d > 9 THEN d - 9 ELSE d END FOR d IN
              [CAST(nine[i] AS INTEGER) * (1 + i % 2) FOR i IN range(1, 10)]]) % 10)) % 10 AS VARCHAR)
"""


def organisations(connection: duckdb.DuckDBPyConnection, count: int) -> None:
    """The register as a relation: number, name, form, postcode, town, municipality, industry, employees."""
    connection.execute(
        f"""
        CREATE TABLE organisations AS
        WITH rows AS (
            SELECT i, {pick(HEADS, "i", 1)} || {pick(TAILS, "i", 2)} AS stem, {pick(TRADES, "i", 3)} AS trade,
                   {pick(TRADES, "i", 4)} AS other, {chance("i", 5)} AS kind,
                   CAST(floor({chance("i", 6)} * {POSTCODES}) AS INTEGER) AS post
            FROM range({count}) AS r(i)
        )
        SELECT i,
               checked(CASE WHEN kind < 0.05 THEN '7696' WHEN kind < 0.10 THEN '9696' ELSE '5560' END[1:2]
                       || lpad(CAST(2000000 + i * 7 % 8000000 AS VARCHAR), 7, '0')) AS number,
               stem || ' ' || trade || CASE WHEN other = trade THEN '' WHEN kind > 0.5 THEN ' & ' || other ELSE '' END
               || CASE WHEN kind > 0.3 THEN ' i ' || {pick(TOWNS, "i", 7)} ELSE '' END
               || CASE WHEN kind < 0.05 THEN ' ekonomisk förening' WHEN kind < 0.10 THEN ' HB' ELSE ' AB' END AS name,
               CASE WHEN kind < 0.05 THEN '51' WHEN kind < 0.10 THEN '31' ELSE '49' END AS form,
               lpad(CAST(10000 + post * 8 AS VARCHAR), 5, '0') AS postcode, post % {MUNICIPALITIES} AS municipality,
               CAST(10000 + floor({chance("i", 8)} * 80000) AS INTEGER) AS industry,
               CAST(floor(exp({chance("i", 9)} * 7)) - 1 AS INTEGER) AS employees
        FROM rows
        """
    )


def suppliers(connection: duckdb.DuckDBPyConnection, count: int, register: int, numbered: float) -> None:
    """Suppliers as ledgers write them: a name with noise, a number on some, three in a hundred in no register."""
    connection.execute(
        f"""
        CREATE TABLE suppliers AS
        WITH chosen AS (
            SELECT s, CAST(floor((s + {chance("s", 11)}) * {register} / {count}) AS BIGINT) AS i,
                   {chance("s", 12)} AS noise, {chance("s", 13)} AS known, {chance("s", 14)} AS listed
            FROM range({count}) AS r(s)
        )
        SELECT s,
               CASE WHEN listed < 0.03 THEN {pick(HEADS, "s", 15)} || {pick(TAILS, "s", 16)} || ' Okänd ' || s || ' AB'
                    WHEN noise < 0.15 THEN upper(name)
                    WHEN noise < 0.25 THEN regexp_replace(name, ' AB$', ' Aktiebolag')
                    WHEN noise < 0.32 THEN regexp_replace(name, ' (AB|HB|ekonomisk förening)$', '')
                    WHEN noise < 0.38 THEN name[1:4] || name[6] || name[5] || name[7:]
                    WHEN noise < 0.42 THEN replace(name, ' & ', ' och ')
                    ELSE name END AS name,
               CASE WHEN listed < 0.03 OR known > {numbered} THEN '' ELSE number END AS number
        FROM chosen JOIN organisations USING (i)
        """
    )


def ledgers(connection: duckdb.DuckDBPyConnection, folder: Path, payments: int, count: int) -> list[Path]:
    """One CSV file per anchor in the columns of the Swedish specification 1.1."""
    written = []
    for place, anchor in enumerate(ANCHORS):
        path = folder / f"ledger-{place + 1}.csv"
        connection.execute(
            f"""
            COPY (
                SELECT '21200000{place}0' AS kopare_id, '{anchor}' AS kopare, 'V' || p AS verifikationsnummer,
                       name AS leverantor, number AS leverantor_id,
                       CAST(60000 + CAST(floor({chance("p", 21)} * 40) AS INTEGER) * 100 AS VARCHAR) AS konto_nr,
                       {pick(TRADES, "p", 21)} AS konto_text,
                       printf('%.2f', CASE WHEN {chance("p", 22)} < 0.02 THEN -1 ELSE 1 END
                           * exp(6 + 5 * {chance("p", 23)} * {chance("p", 24)} + 2 * {chance("p", 25)})) AS belopp,
                       DATE '2023-01-01' + CAST(floor({chance("p", 26)} * 1095) AS INTEGER) AS datum,
                       'Förvaltning ' || (p % 12) AS forvaltning, p AS fakturanummer, '' AS grund, '' AS avtal,
                       '' AS kommun_id, '' AS s_kod_nr
                FROM (SELECT p, CAST(floor({count} * pow({chance("p", 27)}, 2.5)) AS BIGINT) AS s
                      FROM range({place}, {payments}, {len(ANCHORS)}) AS r(p)) JOIN suppliers USING (s)
            ) TO '{path}' (HEADER)
            """
        )
        written.append(path)
    return written


def register(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """The register as CSV."""
    connection.execute(
        f"""
        COPY (SELECT number, name, form, 'active' AS status, postcode,
                     {_town("municipality")} AS town, {_code("municipality")} AS municipality, industry, employees
              FROM organisations) TO '{path}' (HEADER)
        """
    )


def postcodes(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Postcodes with municipality and county as CSV."""
    connection.execute(
        f"""
        COPY (SELECT lpad(CAST(10000 + post * 8 AS VARCHAR), 5, '0') AS postcode,
                     {_code(f"post % {MUNICIPALITIES}")} AS municipality, {_town(f"post % {MUNICIPALITIES}")} AS town,
                     {_code(f"post % {MUNICIPALITIES}")}[1:2] AS county, 'Län ' || county AS county_name
              FROM range({POSTCODES}) AS r(post)) TO '{path}' (HEADER)
        """
    )


def _town(number: str) -> str:
    return f"[{', '.join(repr(town) for town in TOWNS)}][1 + CAST({number} AS INTEGER)]"


def _code(number: str) -> str:
    return (
        f"(lpad(CAST(10 + ({number}) // 10 AS VARCHAR), 2, '0') || lpad(CAST(({number}) % 10 + 1 AS VARCHAR), 2, '0'))"
    )


def generate(folder: Path, n_payments: int, n_organisations: int, n_suppliers: int, numbered: float = 0.7) -> Path:
    """Write all files and the project into the folder; gives the folder."""
    from project import write_project  # beside this file

    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute("SET threads = 2; SET preserve_insertion_order = false")
        connection.execute(LUHN)
        organisations(connection, n_organisations)
        suppliers(connection, n_suppliers, n_organisations, numbered)
        files = ledgers(connection, folder, n_payments, n_suppliers)
        register(connection, folder / "register.csv")
        postcodes(connection, folder / "postcodes.csv")
    write_project(folder, list(zip(ANCHORS, files, strict=True)))
    return folder


def arguments(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """The sizes every benchmark takes."""
    parser.add_argument("--payments", type=int, default=1_000_000)
    parser.add_argument("--organisations", type=int, default=1_000_000)
    parser.add_argument("--suppliers", type=int, default=20_000)
    parser.add_argument("--numbered", type=float, default=0.7, help="share of suppliers with an organisation number")
    return parser


if __name__ == "__main__":
    parser = arguments(
        argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    )
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    began = time.perf_counter()
    generate(given.folder, given.payments, given.organisations, given.suppliers, given.numbered)
    size = sum(path.stat().st_size for path in given.folder.glob("*.csv")) / 1e6
    print(f"{given.folder}: {size:.0f} MB in {time.perf_counter() - began:.1f} s")
