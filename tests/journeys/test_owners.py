"""From lists of owners to whose suppliers are, by the commands a person types; nobody is named on the way."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bygd.cli import main
from bygd.workbench import project, snapshot

PSC = Path(__file__).parents[1] / "countries/gb/sources/psc/raw.txt"
FORM = "Private Limited Company"
COMPANIES = {
    "01234567": "Mill Road Holdings Limited",
    "02345678": "Mill Road Bakery Limited",
    "SC345678": "Highland Beispiel Limited",
    "03456789": "Quiet Influence Limited",
    "07777777": "Unknown Owner Limited",
    "08888888": "Town Leisure Limited",
}


def run(*words: str | Path) -> str:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("owners")
    register = "".join(f"{number},{name},{FORM},PR1 2AB\n" for number, name in COMPANIES.items())
    (home / "register.csv").write_text(f"number,name,legal_form,postcode\n{register}", encoding="utf-8")
    (home / "postcodes.csv").write_text("postcode,municipality\nPR1 2AB,E07000123\n", encoding="utf-8")
    rows = "".join(f"{name},2025-01-02,100.00\n" for name in COMPANIES.values())
    (home / "ledger.csv").write_text(f"Supplier Name,Payment Date,Amount\n{rows}", encoding="utf-8")
    (home / "own.csv").write_text(
        "number,owner number,owner name,owner kind,share\n8888888,,Preston City Council,council,100%\n",
        encoding="utf-8",
    )
    place = home / "place"
    run("init", place, "--place", "gb:E07000123", "--name", "Preston")
    run("-C", place, "add", "ledger", home / "ledger.csv", "--anchor", "Council", "--yes")
    assert "gb/psc" in run("-C", place, "add", "register", PSC)
    assert "world/own_parents" in run("-C", place, "add", "register", home / "own.csv")
    run("-C", place, "add", "postcodes", home / "postcodes.csv")
    return place


def test_a_list_of_owners_alone_is_no_register_and_then_says_whose_suppliers_are(place: Path) -> None:
    assert "No register was given" in run("-C", place, "build")
    run("-C", place, "add", "register", place.parent / "register.csv")
    run("-C", place, "build")
    with snapshot.current(project.read(place)).engine() as engine:
        found = {
            row["name"].removesuffix(" Limited"): (row["ownership"], row["ultimate_owner_id"], row["ultimate_country"])
            for row in engine.rows("SELECT * FROM suppliers JOIN ownerships USING (supplier_key)")
        }
    assert found == {
        "Mill Road Holdings": ("private_independent", "GB-COH:01234567/persons", "gb"),
        "Mill Road Bakery": ("private_group", "GB-COH:01234567/persons", "gb"),
        "Highland Beispiel": ("foreign", "DE-OTHER:HRB12345", "de"),
        "Quiet Influence": ("private", None, None),
        "Unknown Owner": ("private", None, None),
        "Town Leisure": ("public", "GB-COH:08888888/public_body:1", "gb"),
    }
    run("-C", place, "report")
    written = "".join(path.read_bytes().decode("utf-8", "replace") for path in place.rglob("*") if path.is_file())
    for person in ("Lovelace", "Former Made-Up", "Influence Made-Up"):
        assert person not in written


def test_the_manifest_says_where_owners_come_from(place: Path) -> None:
    files = {
        file["source"]: file for file in snapshot.current(project.read(place)).manifest["files"] if "source" in file
    }
    assert files["gb/psc"]["kept"] == 9 and files["gb/psc"]["masked"] == 5
    assert json.dumps(files["gb/psc"]).count("Made-Up") == 0
