"""The first administrator of a server, let in from its command line; and a log that its real database keeps."""

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bygd.workbench import project

COMMAND = [sys.executable, "-c", "from bygd.cli import main; main()"]
ADDRESS = "https://bygd.example.org"


def invite(folder: Path, email: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("BYGD_STATE", "BYGD_DATABASE")}
    command = [*COMMAND, "-C", str(folder), "web", "--invite", email, "--address", ADDRESS]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, env=kept)


@pytest.mark.slow
def test_a_link_is_printed_and_nothing_is_served(tmp_path: Path) -> None:
    project.create(tmp_path / "place", "se:1291", "Somewhere")
    wrong = invite(tmp_path / "place", "no address")
    assert wrong.returncode == 2 and "'no address' is no e-mail address" in wrong.stderr
    for _ in range(2):
        made = invite(tmp_path / "place", "Anna@Example.org")
        assert made.returncode == 0, made.stderr
        assert re.search(rf"{ADDRESS}/account/enter/[\w-]{{43}}\s", made.stdout)
    with sqlite3.connect(tmp_path / "place" / ".bygd" / "web" / "web.sqlite3") as database:
        held = "SELECT p.email, m.role FROM people_membership m JOIN people_person p ON p.id = m.person_id"
        assert database.execute(held).fetchall() == [("anna@example.org", "administrator")]
        assert database.execute("SELECT COUNT(*) FROM people_event").fetchone() == (3,)
        for statement in ("UPDATE people_event SET did = 'x'", "DELETE FROM people_event"):
            with pytest.raises(sqlite3.DatabaseError, match="never changed"):
                database.execute(statement)
    database.close()


def test_who_is_nothing_yet_becomes_administrator_and_who_is_something_stays_that(
    place: Any, somebody: Callable[..., Any], settings: Any
) -> None:
    from bygd.web import start
    from bygd.web.people.models import Link, Person

    settings.ADDRESS = ADDRESS
    anna = somebody(place, "reader", email="anna@example.org")
    folder = Path(place.folder)
    start.invite([folder], "anna@example.org")
    assert {role.value for role in anna.access(place).roles} == {"reader"}
    start.invite([folder], "bo@example.org")
    assert {role.value for role in Person.objects.get(email="bo@example.org").access(place).roles} == {"administrator"}
    assert not Link.objects.filter(starts_anew=True).exists(), "neither came before"


def test_whoever_runs_the_server_lets_in_to_an_institution_that_nobody_is_left_in(
    place: Any, somebody: Callable[..., Any], settings: Any
) -> None:
    from bygd.sources.errors import InputError
    from bygd.web import start
    from bygd.web.people import membership

    settings.ADDRESS = ADDRESS
    anchor = membership.anchors(place)[0]
    anna = somebody(email="anna@example.org")
    start.invite([Path(place.folder)], anna.email, [anchor])
    assert anna.access(place).anchors == {anchor} and {role.value for role in anna.access(place).roles} == {
        "anchor_member"
    }
    with pytest.raises(InputError, match=f"'Nobody' here. There are: .*{anchor}"):
        start.invite([Path(place.folder)], anna.email, ["Nobody"])
