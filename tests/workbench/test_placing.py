"""Where people say something is: understood, stored, taken back, counted by the next build, carried by spreadsheets."""

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bygd.engine import DuckEngine
from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.vocabulary.words import Site
from bygd.workbench import build, decisions, findings, placing, project, snapshot
from bygd.workbench.whereabouts import Places, Where, places

OPEN = "SELECT supplier_key, name FROM suppliers WHERE NOT is_masked ORDER BY 1"


@pytest.fixture
def own(built_sample: Path, tmp_path: Path) -> project.Project:
    shutil.copytree(built_sample, tmp_path / "own", symlinks=True)
    return project.find(tmp_path / "own")


@pytest.fixture
def engine(built_sample: Path) -> Iterator[DuckEngine]:
    with snapshot.current(project.find(built_sample)).engine() as opened:
        yield opened


@pytest.fixture
def known(engine: DuckEngine, built_sample: Path) -> Places:
    return places(engine, project.find(built_sample).country)


def ask(own: project.Project, statement: str, *values: Any) -> list[dict[str, Any]]:
    with snapshot.current(own).engine() as engine:
        return engine.rows(statement, *values)


def test_codes_names_postcodes_and_countries_are_understood(engine: DuckEngine, known: Places) -> None:
    area = engine.rows("SELECT area_id, name FROM areas WHERE level = 'municipality' ORDER BY name")[0]
    for text in (area["area_id"], area["name"], area["name"].upper(), f" {area['name']} "):
        assert known.understood(engine, text) == Where(area["area_id"], None, area["name"])
    code = engine.rows("SELECT postcode FROM postcodes WHERE country = 'se' ORDER BY 1")[0]["postcode"]
    for text in (code, f"{code[:3]} {code[3:]}", f"SE-{code}"):
        assert known.understood(engine, text) == Where(None, code, code)
    for text in ("Danmark", "DK", "Tyskland"):
        found = known.understood(engine, text)
        assert found.area_id in ("dk", "de") and found.postcode is None
    for text in ("", "  ", "Atlantis", "99999", "Sverige", "'; DROP TABLE areas; --", "x" * 500):
        with pytest.raises(InputError):
            known.understood(engine, text)
    with pytest.raises(InputError, match=f"Did you mean .*{area['name']}"):
        known.understood(engine, area["name"][:-1] + "q")


def test_areas_that_share_a_name_are_told_apart(engine: DuckEngine, known: Places) -> None:
    with DuckEngine() as other:
        listed = [
            ("se:1", "municipality", "Berg", "se:a"),
            ("se:2", "municipality", "Berg", "se:b"),
            ("se:3", "municipality", "Dal", "se:b"),
            ("se:a", "county", "Dal", "se"),
            ("se:b", "county", "Ås", "se"),
        ]
        rows = [dict(zip(("area_id", "level", "name", "parent_id"), one, strict=True)) for one in listed]
        other.register(tables.areas, [{**row, "deprivation_decile": None} for row in rows])
        other.register(tables.postcodes, [])
        found = places(other, known.country)
        assert found.municipalities == ("Berg, Dal", "Berg, Ås", "Dal")
        assert found.understood(other, "berg, as").area_id == "se:2"
        assert found.understood(other, "Dal").area_id == "se:3", "a municipality rather than the county of that name"
        with pytest.raises(InputError, match=r"Several .*Berg, Dal \(se:1\), Berg, Ås \(se:2\)"):
            found.understood(other, "Berg")


@pytest.mark.slow
def test_what_is_said_counts_from_the_next_build_on_until_it_is_taken_back(own: project.Project) -> None:
    before = {row["supplier_key"]: row for row in ask(own, "SELECT * FROM seats")}
    home = own.place_id
    linked = ask(own, """SELECT l.supplier_key, l.org_id FROM links AS l JOIN seats AS s USING (supplier_key)
                         WHERE l.state = 'linked' AND s.seat_ring = 'country' AND s.branch_ring <> 'municipality'
                         ORDER BY 1""")[0]  # fmt: skip
    said = placing.say(own, linked["org_id"], Site.SEAT, home, "https://example.org", "Åsa", back=False)
    assert "registered office" in said
    first = snapshot.current(own)
    build.build(own)
    built = snapshot.current(own)
    steps = [{name.rpartition("-")[0]: name for name in one.manifest["steps"]} for one in (first, built)]
    again = {name for name in steps[1] if steps[0].get(name) != steps[1][name]}
    assert again == {"seat_decisions", "seats", "spend"}, "nothing before the seats is made anew"
    seats = {row["supplier_key"]: row for row in ask(own, "SELECT * FROM seats")}
    changed = {key for key, row in seats.items() if row != before[key]}
    same = {
        row["supplier_key"] for row in ask(own, "SELECT supplier_key FROM links WHERE org_id = ?", linked["org_id"])
    }
    assert linked["supplier_key"] in changed and changed <= same
    seat = seats[linked["supplier_key"]]
    assert (seat["seat_id"], seat["seat_ring"]) == (home, "municipality") and "seat: decided, area" in seat["how"]
    assert built.manifest["decisions"]["seat_decisions"] == 1
    placing.say(own, linked["org_id"], Site.SEAT, "", "", "Åsa", back=True)
    build.build(own)
    assert {row["supplier_key"]: row for row in ask(own, "SELECT * FROM seats")} == before
    with pytest.raises(InputError, match="Nothing was said"):
        placing.say(own, linked["org_id"], Site.SEAT, "", "", "Åsa", back=True)


@pytest.mark.slow
def test_a_decision_on_an_area_that_nobody_knows_is_a_warning_of_the_build(own: project.Project) -> None:
    key = ask(own, OPEN)[0]["supplier_key"]
    row = placing.made(key, Site.SEAT, Where("se:9999", None, ""), "e", "Åsa", None)
    decisions.add(own, tables.seat_decisions, [row])
    warnings = build.build(own).manifest["warnings"]
    assert any("se:9999" in str(text) and key in str(text) for text in warnings)


def test_nothing_is_said_of_persons_of_nobody_and_without_evidence(own: project.Project) -> None:
    masked = ask(own, "SELECT supplier_key FROM suppliers WHERE is_masked ORDER BY 1")[0]["supplier_key"]
    key = ask(own, OPEN)[0]["supplier_key"]
    for subject, evidence, message in (
        (masked, "e", "private person"),
        ("nobody", "e", "No supplier"),
        (key, " ", "evid"),
    ):
        with pytest.raises(InputError, match=message):
            placing.say(own, subject, Site.BRANCH, own.place_id, evidence, back=False)
    assert decisions.read(own, tables.seat_decisions) == []


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_findings_go_out_to_a_sheet_and_come_back(own: project.Project, tmp_path: Path, ending: str) -> None:
    first, second = (row["supplier_key"] for row in ask(own, OPEN)[:2])
    placing.say(own, first, Site.SEAT, "Danmark", "=https://example.org", "Åsa", back=False)
    file = tmp_path / f"found.{ending}"
    assert findings.export(own, file, tables.seat_decisions) == 1
    assert findings.table_of(file) is tables.seat_decisions
    assert [change.kind.value for change in findings.preview(own, file, tables.seat_decisions)] == ["known"]
    new = tmp_path / "new.csv"
    with new.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, delimiter=";")
        writer.writerow(["name", "subject_id", "site", "area_id", "postcode", "evidence", "decided_by", "decided_at"])
        writer.writerow(["", first, "seat", own.place_id, "", "e", "", ""])
        writer.writerow(["", second, "branch", own.place_id, "", "e", "", ""])
        writer.writerow(["", "nobody", "seat", own.place_id, "", "e", "", ""])
        writer.writerow([""] * 8)
    changes = findings.preview(own, new, tables.seat_decisions, "Bo")
    assert [change.kind.value for change in changes] == ["changed", "new", "nobody"]
    assert changes[0].before == "seat dk"
    assert findings.apply(own, tables.seat_decisions, changes) == 3
    assert decisions.read(own, tables.seat_decisions)[1]["decided_by"] == "Bo"


def test_a_wrong_line_of_a_sheet_is_told(own: project.Project, tmp_path: Path) -> None:
    file = tmp_path / "new.csv"
    for line, message in (
        ("k,roof,se:1,,e,", "says 'roof'"),
        ("k,seat,se:1,1,e,", "says both the area"),
        ("k,seat,se:1,,,", "has nothing under 'evidence'"),
    ):
        file.write_text(f"subject_id,site,area_id,postcode,evidence,decided_by\nk,seat,se:1,,e,\n{line}\n")
        with pytest.raises(InputError, match=f"Line 3 of new.csv {message}"):
            findings.preview(own, file, tables.seat_decisions)
    file.write_text("subject_id,site,colour\n")
    with pytest.raises(InputError, match="colour"):
        findings.preview(own, file, tables.seat_decisions)
    file.write_text("a,b\n1,2\n")
    assert findings.table_of(file) is None
