"""Real names with hand-checked organisation numbers, as files that every method reads."""

import csv
import gzip
import hashlib
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from noise import DATA


def write(folder: Path, data: Path = DATA) -> None:
    """suppliers, organisations (a row per name: an organisation may have several), truth and labels, as of `noise`.

    Names of the register without numbers are left out where they are a numbered name letter by letter: they are most
    likely the same organisation. A supplier whose organisation has several numbers has a row of truth for each. `noise`
    says whether the supplier is written as one of the organisation's names.
    """
    numbered = [(f"GB-COH:{row['organisation_number']}", row["name"]) for row in _rows(data, "organisations")]
    known = {_bare(name) for _, name in numbered if name}
    others = [(f"HAYSTACK:{row['row']}", row["name"]) for row in _rows(data, "haystack_names")]
    register = sorted({pair for pair in numbered if pair[1]} | {pair for pair in others if _bare(pair[1]) not in known})
    names: dict[str, set[str]] = {}
    for org_id, name in register:
        names.setdefault(org_id, set()).add(_bare(name))
    suppliers, truth = [], []
    for labelled in ("nhs", "calderdale"):
        with (data / "gb" / "labelled" / f"{labelled}.csv").open(encoding="utf-8") as opened:
            for row in csv.DictReader(opened):
                key, name = f"{labelled} {len(suppliers)}", row["supplier"]
                numbers = row["in_register"].split("|") if row["in_register"] else []
                right = [f"GB-COH:{number}" for number in numbers] or [None]
                is_same = any(_bare(name) in names.get(org_id or "", ()) for org_id in right)
                kind = "same name" if is_same else "other name"
                digest = hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()
                half = ("train", "score")[int(digest, 16) % 2]
                suppliers.append({"supplier_key": key, "name": name, "postcode": None})
                truth += [{"supplier_key": key, "org_id": org_id, "noise": kind, "half": half} for org_id in right]
    folder.mkdir(parents=True, exist_ok=True)
    texts = {name: pa.string() for name in ("supplier_key", "org_id", "name", "postcode", "noise", "half")}
    listed = [{"org_id": org_id, "name": name, "postcode": None} for org_id, name in register]
    labels = [row for row in truth if row["half"] == "train"]
    for file, rows in (("suppliers", suppliers), ("organisations", listed), ("truth", truth), ("labels", labels)):
        schema = pa.schema([(name, texts[name]) for name in rows[0]])
        pq.write_table(pa.Table.from_pylist(rows, schema), folder / f"{file}.parquet")


def _rows(data: Path, file: str) -> list[dict[str, str]]:
    with gzip.open(data / "gb" / "register" / f"{file}.csv.gz", "rt", encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def _bare(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name.lower())
