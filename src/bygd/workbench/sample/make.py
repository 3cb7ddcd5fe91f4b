"""The sample place's files and project, made anew each time, always the same."""

import csv
import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bygd.vocabulary import tables
from bygd.vocabulary.ids import make_key, org_id
from bygd.vocabulary.words import Judgement, OwnershipKind
from bygd.workbench import changing, decisions, plans, project
from bygd.workbench.sample import (
    assessment,
    board,
    boundaries,
    circle,
    contracts,
    ledgers,
    mapping,
    meeting,
    numbers,
    payments,
    plan,
    promises,
    statistics,
    suppliers,
)
from bygd.workbench.sample.payments import Payment, anchor_number
from bygd.workbench.sample.suppliers import ABROAD, Supplier

REGISTER = "world/own_register"
POSTCODES = "world/own_postcodes"
REGISTER_FIELDS = {
    "number": "organisationsnummer",
    "name": "namn",
    "legal_form": "juridisk form",
    "status": "status",
    "postcode": "postnummer",
    "town": "postort",
    "municipality": "kommun",
    "industry": "SNI",
    "employees": "anställda",
}
POSTCODE_FIELDS = {
    "postcode": "postnummer",
    "neighbourhood": "område",
    "municipality": "kommunkod",
    "municipality_name": "kommun",
    "county": "länskod",
    "county_name": "län",
    "latitude": "latitud",
    "longitude": "longitud",
    "deprivation_decile": "tiondel",
}
MISSING = 29
"""One supplier in so many is missing from the register, as in real ones."""
REVIEWER = "Provgranskare"
REVIEWED_AT = datetime(2026, 1, 20, 9, 30)


@cache
def story() -> Mapping[str, Any]:
    """What `story.yaml` says about the place."""
    found: Mapping[str, Any] = yaml.safe_load((Path(__file__).parent / "story.yaml").read_text(encoding="utf-8"))
    return found


def write(folder: Path) -> project.Project:
    """Make a project of the sample place in that folder: ledgers, register, postcodes, decisions.

    Some 6,000 payments of three anchors in three years, 250 suppliers. The same bytes every time,
    but for the project's key. Raises InputError where the folder holds a project already.
    """
    told = story()
    made = project.create(folder, told["place"]["id"], told["place"]["name"])
    chance = random.Random(told["seed"])  # noqa: S311 - made-up data, not a secret
    sellers = suppliers.make(told, chance)
    rows = payments.make(told, sellers, chance)
    files = folder / "files"
    files.mkdir(exist_ok=True)
    for key, anchor in told["anchors"].items():
        made = _ledger(made, files, key, anchor, [row for row in rows if row.anchor == key])
    _register(files / "foretagsregister.csv", told, sellers)
    made = changing.add(made, "register", _entry(made, REGISTER, files / "foretagsregister.csv", REGISTER_FIELDS))
    _postcodes(files / "postnummer.csv", told)
    made = changing.add(made, "postcodes", _entry(made, POSTCODES, files / "postnummer.csv", POSTCODE_FIELDS))
    boundaries.write(files / "granser.geojson", told["areas"])
    small = files / "smaomraden.geojson"
    boundaries.write_within(small, files / "granser.geojson", told["areas"][0]["code"], statistics.SHAPED)
    made = changing.add(made, "boundaries", {"files": ["files/granser.geojson", "files/smaomraden.geojson"]})
    _decisions(made, told, sellers, rows)
    entries = list(contracts.make(told, sellers))
    decisions.add(made, tables.contract_entries, entries)
    decisions.add(made, tables.card_entries, board.make())
    plans.enter(made, plan.make(made))
    circle.write(made)
    meeting.write(made)
    for table, promised in promises.make(entries).items():
        decisions.add(made, table, promised)
    for table, mapped in mapping.make().items():
        decisions.add(made, table, mapped)
    assessment.write(made)
    statistics.write(folder)
    return made


def _ledger(
    made: project.Project, files: Path, key: str, anchor: Mapping[str, Any], rows: Sequence[Payment]
) -> project.Project:
    mapping: dict[str, Any] = {}
    if key == "municipality":
        written = ledgers.specification(files, anchor, story()["areas"][0]["code"], rows)
    elif key == "hospital":
        written = ledgers.workbook(files, anchor, rows)
        mapping = {"columns": ledgers.WORKBOOK_FIELDS, "vat": "excluding"}
    else:
        written = ledgers.monthly(files, rows)
        mapping = {"columns": ledgers.MONTHLY_FIELDS}
    entry = {"anchor": anchor["name"], "files": [project.relative(made, path) for path in written], "mapping": mapping}
    return changing.add(made, "ledger", entry)


def _entry(made: project.Project, source: str, path: Path, columns: Mapping[str, str]) -> dict[str, Any]:
    return {"source": source, "files": [project.relative(made, path)], "columns": dict(columns)}


def _register(path: Path, told: Mapping[str, Any], sellers: Iterable[Supplier]) -> None:
    """Suppliers of this country, the public bodies, and the anchors; a few are missing, as in every register."""
    known = {entry["name"] for entry in told["named"]}
    rows = [
        (one.number, one.name, one.form, "aktiv", one.postcode, one.town, one.home, one.industry, one.employees)
        for place, one in enumerate(sellers)
        if len(one.home) != ABROAD and (place % MISSING or one.is_person or one.name in known)
    ]
    seats = {area["code"]: next(iter(area["towns"].items())) for area in told["areas"]}
    for serial, entry in enumerate(told["others"], start=900):
        if entry["number"]:
            town, codes = seats[entry["home"]]
            number = numbers.organisation(entry["number"], serial)
            rows.append((number, entry["name"], entry["form"], "aktiv", codes[0], town, entry["home"], "84111", 120))
    here = told["areas"][0]["code"]
    for anchor in told["anchors"].values():
        town, codes = seats[here]
        rows.append(
            (anchor_number(anchor), anchor["name"], anchor["form"], "aktiv", codes[0], town, here, "84111", 900)
        )
    _csv(path, list(REGISTER_FIELDS.values()), rows)


def _postcodes(path: Path, told: Mapping[str, Any]) -> None:
    rows = []
    for area in told["areas"]:
        codes = [code for codes in area["towns"].values() for code in codes]
        for place, code in enumerate(codes):
            rows.append(
                (
                    code, told["neighbourhoods"].get(code, ""), area["code"], area["name"], area["county"],
                    told["counties"][area["county"]], round(area["at"][0] + 0.01 * place, 4),
                    round(area["at"][1] - 0.01 * place, 4), told["deprivation"].get(code, ""),
                )
            )  # fmt: skip
    _csv(path, list(POSTCODE_FIELDS.values()), rows)


def _decisions(
    made: project.Project, told: Mapping[str, Any], sellers: Sequence[Supplier], rows: Sequence[Payment]
) -> None:
    """A few judgements, as if people had gone through the doubtful list."""
    hospital = told["anchors"]["hospital"]["name"]
    written = {row.name: row for row in rows if row.anchor == "hospital" and not row.number}
    judged: list[dict[str, Any]] = []
    for one in sellers:
        row = next((row for name, row in written.items() if _same(name, one.name)), None)
        if row is None or one.is_person or len(judged) == 4:
            continue
        judged.append(
            {
                "supplier_key": make_key(hospital, row.supplier_number, row.name),
                "org_id": org_id(told["scheme"], one.number) if one.number else None,
                "judgement": Judgement.SAME if one.number else Judgement.ABSENT,
                "decided_by": REVIEWER,
                "decided_at": REVIEWED_AT,
                "note": "Samma adress på fakturan" if one.number else "Utländskt företag",
            }
        )
    decisions.add(made, tables.link_decisions, judged)
    owners = {"employees": OwnershipKind.EMPLOYEE_OWNED, "group": OwnershipKind.PRIVATE_GROUP}
    decisions.add(
        made,
        tables.class_decisions,
        [
            {
                "subject_id": org_id(told["scheme"], one.number),
                "kind": owners[one.owned_by],
                "evidence": "Årsredovisning 2024 (påhittad)",
                "decided_by": REVIEWER,
                "decided_at": REVIEWED_AT,
            }
            for one in sellers
            if one.owned_by
        ]
        + [
            {
                "subject_id": org_id(told["scheme"], anchor_number(told["anchors"]["housing"])),
                "kind": OwnershipKind.PUBLIC,
                "evidence": "Kommunens ägardirektiv (påhittat)",
                "decided_by": REVIEWER,
                "decided_at": REVIEWED_AT,
            }
        ],
    )


def _same(written: str, name: str) -> bool:
    return name.casefold().startswith(written.casefold().removesuffix(" ab"))


def _csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(header)
        writer.writerows(rows)
