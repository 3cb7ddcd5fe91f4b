"""Made noise on real names: suppliers as ledgers write them, the register they come from, and the truth.

    python benchmarks/noise.py OUT --organisations 200000 --suppliers 20000 --seed 1

Real names are the two registers in the folder of real files (BYGD_DATA, or `shared/data` beside the repository),
some 230,000 once those that company law takes for the same are one. Suppliers are drawn from them; one in ten is held
out of the register. The same seed gives the same suppliers, written the same way, whatever the size of the register:
a larger register holds the smaller one. Beyond the real names it is filled with made-up ones, put together from two
real names of as many words: the first words of one, the last words of the other, so that words and most pairs of
neighbours are as frequent as they are in life; of names of one word and a legal form the word itself is put together
from two, so that new rare words appear as they do in life. Identifiers say nothing, and rows stand in their order.
"""

import argparse
import csv
import gzip
import hashlib
import os
import random
import re
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from slips import plain, write_as

DATA = Path(os.environ.get("BYGD_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
REAL = 200_000
"""Real names in every register, or fewer where the register is smaller."""

UNIT = "ABDEFGHJLNPQRSTUWXYZ"
"""Letters that postcodes end in."""

SAME_PLACE, SAME_TOWN = 0.8, 0.1
"""Of suppliers with a postcode: the registered one, another one of the same district; the rest are elsewhere."""


@dataclass(frozen=True)
class Made:
    """Three Arrow tables.

    suppliers: supplier_key, name, postcode (half of them). organisations: org_id, name, postcode.
    truth: supplier_key, org_id (null where it is in no register), noise, half ('train' or 'score').
    """

    suppliers: pa.Table
    organisations: pa.Table
    truth: pa.Table

    def right(self, half: str | None = None) -> dict[str, set[str]]:
        """The truth as `linkage.evaluate` takes it, of one half or of all."""
        rows = self.truth.to_pylist()
        return {row["supplier_key"]: {row["org_id"]} - {None} for row in rows if half in (None, row["half"])}

    def kinds(self) -> dict[str, str]:
        """The kind of noise by supplier_key."""
        return {row["supplier_key"]: row["noise"] for row in self.truth.to_pylist()}

    def write(self, folder: Path) -> None:
        """Parquet and, for reading by eye, CSV of suppliers and truth."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("suppliers", "organisations", "truth"):
            pa.parquet.write_table(getattr(self, name), folder / f"{name}.parquet")
        for name in ("suppliers", "truth"):
            pa.csv.write_csv(getattr(self, name), folder / f"{name}.csv")

    def load(self, engine: object, postcodes: bool = True) -> None:
        """Register the tables that linkage reads."""
        from bygd.vocabulary import tables

        nothing = {"legal_form", "registered_on", "ended_on", "town", "municipality", "industry"}
        fixed = {"status": "active", "country": "gb", "size_band": "unknown", "is_masked": False, "source": "made"}
        engine.register(tables.organisations, _full(self.organisations, tables.organisations, nothing, fixed))
        suppliers = self.suppliers
        if not postcodes:
            place = suppliers.column_names.index("postcode")
            suppliers = suppliers.set_column(place, "postcode", pa.nulls(len(suppliers), pa.string()))
        nothing = {"supplier_number", "org_number", "town", "country", "kind"}
        fixed = {"anchor": "a", "is_masked": False}
        engine.register(tables.suppliers, _full(suppliers, tables.suppliers, nothing, fixed))
        engine.register(tables.organisation_names, [])
        engine.register(tables.link_decisions, [])


def read(folder: Path) -> Made:
    """What `Made.write` wrote."""
    return Made(
        *(pa.parquet.read_table(folder / f"{name}.parquet") for name in ("suppliers", "organisations", "truth"))
    )


def make(organisations: int = 200_000, suppliers: int = 20_000, seed: int = 1, data: Path = DATA) -> Made:
    """Suppliers, register and truth of these sizes; a second or so, and a dozen for five million."""
    names = _real_names(data)
    order = np.random.default_rng(seed).permutation(len(names))
    absent, present = suppliers // 10, suppliers - suppliers // 10
    out, real = order[:absent], order[absent : absent + min(REAL, organisations)]
    if len(real) < present:
        raise SystemExit(f"{organisations:,} organisations are too few for {suppliers:,} suppliers.")
    postcodes = _postcodes(names, seed)
    register = pa.table({"name": [names[row][0] for row in real], "postcode": [postcodes[row] for row in real]})
    if organisations > len(real):
        register = pa.concat_tables([register, _made_up(names, organisations - len(real), postcodes, seed)])
    register = register.add_column(0, "org_id", _ids(register["name"], seed)).sort_by("org_id")
    rows = _written(names, [*real[:present], *out], {*out}, postcodes, seed, data)
    truth = pa.Table.from_pylist(rows, pa.schema([(key, pa.string()) for key in rows[0]]))
    return Made(
        truth.select(["supplier_key", "name", "postcode"]),
        register,
        truth.select(["supplier_key", "org_id", "noise", "half"]),
    )


def _real_names(data: Path) -> list[tuple[str, str]]:
    """(name, postcode or '') of every real organisation, those with the same name in law once."""
    found: dict[str, tuple[str, str]] = {}
    for file in ("organisations", "haystack_names"):
        with gzip.open(data / "gb" / "register" / f"{file}.csv.gz", "rt", encoding="utf-8") as opened:
            for row in csv.DictReader(opened):
                name = " ".join((row["name"] or "").split())
                if len(name) > 3 and len(same := _same(name)) > 2:
                    found.setdefault(same, (name, row.get("postcode") or ""))
    return list(found.values())


def _same(name: str) -> str:
    """Names with the same key are the same name to a registrar."""
    words = re.sub(r"[\W_]+", " ", plain(name).replace("&", " and ").replace("'", "").lower()).split()
    short = {"limited": "ltd", "the": "", "company": "co", "cyfyngedig": "ltd"}
    return "".join(short.get(word, word) for word in words if word != "and")


def _postcodes(names: list[tuple[str, str]], seed: int) -> list[str]:
    """The known postcode, or one of a district and sector that real organisations are in."""
    known = sorted(postcode for _, postcode in names if re.fullmatch(r"[A-Z]+[0-9][0-9A-Z]? [0-9][A-Z]{2}", postcode))
    draw = random.Random(seed + 1)
    return [postcode or _nearby(draw, draw.choice(known)) for _, postcode in names]


def _nearby(draw: random.Random, postcode: str) -> str:
    return postcode[:-2] + "".join(draw.choices(UNIT, k=2))


def _made_up(names: list[tuple[str, str]], wanted: int, postcodes: list[str], seed: int) -> pa.Table:
    """So many made-up names, none of them a real one, with postcodes as they are spread in life."""
    draw = np.random.default_rng(seed + 2)
    real = pa.table({"row": range(len(names)), "name": [name for name, _ in names]})  # noqa: F841 (read by DuckDB)
    with duckdb.connect() as engine:
        engine.execute("SET threads = 2")
        engine.execute(
            """
            CREATE TABLE worded AS SELECT row, words, length, row_number() OVER (PARTITION BY length ORDER BY row) - 1
                AS place, count(*) OVER (PARTITION BY length) AS peers
            FROM (SELECT row, string_split(name, ' ') AS words, least(len(words), 12) AS length FROM real)
            WHERE length > 1
            """
        )
        first = np.array(engine.execute("SELECT row FROM worded ORDER BY row").fetchnumpy()["row"])
        tries = wanted * 3 // 2 + 1000
        drawn = pa.table(  # noqa: F841
            {
                "made": np.arange(tries),
                "row": first[draw.integers(0, len(first), tries)],
                "other": draw.random(tries),
                "cut": draw.random(tries),
                "place": draw.integers(0, len(names), tries),
                "unit": draw.integers(0, len(UNIT) ** 2, tries),
            }
        )
        districts = pa.table({"place": range(len(postcodes)), "postcode": postcodes})  # noqa: F841
        made = engine.execute(
            f"""
            WITH paired AS (
                SELECT made, cut, d.place AS district, unit, a.length, a.words AS a, b.words AS b
                FROM drawn d JOIN worded a USING (row)
                JOIN worded b ON b.length = a.length AND b.place = CAST(floor(other * a.peers) AS BIGINT)
            ), put AS (
                SELECT made, district, unit, CASE
                    WHEN length = 2 THEN left(a[1], CAST(1 + floor(cut * (strlen(a[1]) - 1)) AS INTEGER)) || lower(
                        right(b[1], CAST(2 + floor(cut * (strlen(b[1]) - 1)) AS INTEGER))) || ' ' || b[2]
                    ELSE array_to_string(a[: CAST(1 + floor(cut * (length - 2)) AS INTEGER)]
                        || b[CAST(2 + floor(cut * (length - 2)) AS INTEGER) :], ' ') END AS name,
                    a[1] = upper(a[1]) OR b[-1] = upper(b[-1]) AS mixed
                FROM paired
            ), spelled AS (
                SELECT made, district, unit, CASE WHEN mixed THEN upper(name) ELSE name END AS name,
                    regexp_replace(replace(lower(name), 'limited', 'ltd'), '[^a-z0-9]+', '', 'g') AS same FROM put
            )
            SELECT name, left(postcode, length(postcode) - 2)
                || '{UNIT}'[CAST(unit // {len(UNIT)} + 1 AS INTEGER)]
                || '{UNIT}'[CAST(unit % {len(UNIT)} + 1 AS INTEGER)] AS postcode
            FROM (FROM spelled QUALIFY row_number() OVER (PARTITION BY same ORDER BY made) = 1)
            JOIN districts ON place = district
            WHERE same NOT IN (
                SELECT regexp_replace(replace(lower(name), 'limited', 'ltd'), '[^a-z0-9]+', '', 'g') FROM real)
            ORDER BY made LIMIT {wanted}
            """
        ).arrow()
        made = made if hasattr(made, "to_pylist") else made.read_all()
    if len(made) < wanted:
        raise SystemExit(f"Only {len(made):,} of {wanted:,} names could be made up.")
    return made


def _ids(names: pa.ChunkedArray, seed: int) -> pa.Array:
    return pa.array([_id(name, seed) for name in names.to_pylist()])


def _id(name: str, seed: int) -> str:
    return "XX:" + hashlib.blake2b(f"{seed} {name}".encode(), digest_size=7).hexdigest()


def _written(
    names: list[tuple[str, str]], rows: list[int], absent: set[int], postcodes: list[str], seed: int, data: Path
) -> list[dict[str, str | None]]:
    """Suppliers in an order that says nothing, with how each is written."""
    draw = random.Random(seed + 3)
    with gzip.open(data / "gb" / "geonames_postal.csv.gz", "rt", encoding="utf-8") as opened:
        towns = sorted({row["place"] for row in csv.DictReader(opened) if len(row["place"].split()) == 1})
    draw.shuffle(rows)
    written: list[dict[str, str | None]] = []
    for number, row in enumerate(rows):
        name, postcode = names[row][0], postcodes[row]
        other = names[draw.randrange(len(names))][0]
        noise, text = write_as(draw, name, other, draw.choice(towns))
        has, place = draw.random() < 0.5, draw.random()
        if place > SAME_PLACE + SAME_TOWN:
            postcode = postcodes[draw.randrange(len(postcodes))]
        elif place > SAME_PLACE:
            postcode = _nearby(draw, postcode)
        written.append(
            {
                "supplier_key": f"s{number:06}",
                "name": text,
                "postcode": postcode if has else None,
                "org_id": None if row in absent else _id(name, seed),
                "noise": noise,
                "half": ("train", "score")[draw.random() < 0.5],
            }
        )
    return written


def _full(rows: pa.Table, table: object, nothing: set[str], fixed: dict[str, object]) -> pa.Table:
    for name in sorted(nothing):
        rows = rows.append_column(name, pa.nulls(len(rows), pa.string()))
    for name, value in fixed.items():
        rows = rows.append_column(name, pa.array(np.full(len(rows), value)))
    return rows.select(list(table.columns()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--organisations", type=int, default=200_000)
    parser.add_argument("--suppliers", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    make(given.organisations, given.suppliers, given.seed).write(given.out)


if __name__ == "__main__":
    main()
