"""bygd explain: one supplier is explained, several that fit are listed with numbers."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bygd.cli import main
from bygd.workbench import project, snapshot


@pytest.fixture(scope="module")
def place(built_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(built_sample, tmp_path_factory.mktemp("explain") / "place"))


def explain(place: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(place), "explain", *words])


def test_several_that_fit_are_numbered_with_one_line_what_to_type(place: Path) -> None:
    result = explain(place, "Fyrhamns Bygg")
    assert result.exit_code == 2
    assert result.stderr.startswith("bygd: ") and result.stderr.count("\n") == 1
    assert "bygd explain 'Fyrhamns Bygg' --pick 1" in result.stderr
    assert "Sum" in result.stdout.splitlines()[1].split(), "money is no number of payments"
    numbers = [line.split()[0] for line in result.stdout.splitlines()[2:] if line.split()[0].isdigit()]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert len(numbers) > 1


def test_the_picked_one_is_explained(place: Path) -> None:
    first, second = (explain(place, "Fyrhamns Bygg", "--pick", str(number)) for number in (1, 2))
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.stdout.splitlines()[0] != second.stdout.splitlines()[0]
    key = second.stdout.splitlines()[0].rsplit(" · ", 1)[1]
    assert explain(place, key).stdout == second.stdout


def test_who_is_not_there_cannot_be_picked(place: Path) -> None:
    result = explain(place, "Fyrhamns Bygg", "--pick", "999")
    assert result.exit_code == 2 and "pick one of them, 1 to" in result.stderr


def test_scripts_get_no_table(place: Path) -> None:
    several = explain(place, "Fyrhamns Bygg", "--json")
    assert (several.exit_code, several.stdout) == (2, "")
    assert json.loads(explain(place, "Fyrhamns Bygg", "--json", "--pick", "1").stdout)["supplier_key"]


@pytest.mark.parametrize(("language", "said"), [("en", "are written like it"), ("sv", "Liknande"), ("nl", "lijken")])
def test_a_name_that_is_written_otherwise_is_answered_with_those_like_it(place: Path, language: str, said: str) -> None:
    first = explain(place, "Fyrhamns Bygg", "--pick", "1").stdout.splitlines()[0].split(" · ")[0]
    result = explain(place, f"{first} Limited", "--lang", language)
    assert result.exit_code == 2 and said in result.stderr and first in result.stderr
    nobody = explain(place, "qqqq xxxx", "--lang", language)
    assert nobody.exit_code == 2 and said not in nobody.stderr


def test_an_organisation_is_asked_for_by_its_number_however_the_ledger_writes_it(place: Path) -> None:
    with snapshot.current(project.find(place)).engine() as engine:
        linked = engine.rows(
            """SELECT supplier_key, org_id FROM links JOIN suppliers USING (supplier_key)
               WHERE state = 'linked' AND NOT is_masked AND org_number IS NULL
                 AND org_id IN (SELECT org_id FROM links WHERE state = 'linked' GROUP BY org_id HAVING COUNT(*) = 1)
               ORDER BY supplier_key LIMIT 1"""
        )[0]
    scheme, number = linked["org_id"].split(":")
    for text in (linked["org_id"], linked["org_id"].lower(), number, f"{number[:6]}-{number[6:]}"):
        assert explain(place, text).stdout.splitlines()[0].endswith(linked["supplier_key"]), text
    assert explain(place, f"{scheme}:").exit_code == 2


def test_a_page_for_a_folder_that_is_not_there_is_refused_in_words(place: Path, tmp_path: Path) -> None:
    result = explain(place, "Fyrhamns Bygg", "--pick", "1", "--html", str(tmp_path / "nowhere" / "why.html"))
    assert result.exit_code == 2 and "There is no folder" in result.stderr


def test_nothing_is_written_like_nothing(place: Path) -> None:
    for text in ("", "  ", "%", "\U0001f389"):
        result = explain(place, text)
        assert result.exit_code == 2 and "written like it" not in result.stderr, text
