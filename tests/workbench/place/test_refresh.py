"""A pass over the services: what it makes, what it tells, and that it goes on where it was stopped."""

import itertools
import json
import re
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from tests.lib.statistical_services import KeyFigures, PxWeb

from bygd.sources.errors import InputError
from bygd.sources.statistics.caller import Caller
from bygd.workbench import place, project
from bygd.workbench.place import fetched, files, villages
from bygd.workbench.place.changes import ChangeKind
from bygd.workbench.place.refresh import RESUMED_WITHIN
from bygd.workbench.project import Project

TITLES = {
    "N01951": "Invånare totalt, antal",
    "N03937": "Öppet arbetslösa 18-65 år, andel (%) av bef.",
    "N02904": "Invånare 0-19 år i ekonomiskt utsatta hushåll, andel (%)",
}
SMALL = ["1291A0010_DeSO2025", "1291B0010_DeSO2025"]


class Services:
    """Kolada and Statistics Sweden on this machine, and how to refresh a project from them."""

    def __init__(self, server: HTTPServer) -> None:
        self.figures = KeyFigures(server, dict(TITLES), page=500)
        self.figures.values = {
            (id, area, year): value + year % 10
            for id, value in (("N01951", 19_000.0), ("N03937", 5.0), ("N02904", 9.0))
            for area in ("1291", "0012", "0000")
            for year in (2023, 2024)
        }
        codes = {
            "Region": ["1291", *SMALL], "Alder": ["totalt", "65-69", "70-74", "75-79", "80-"], "Kon": ["1+2"],
            "ContentsCode": ["000007Y7"], "Tid": ["2023", "2024"],
        }  # fmt: skip
        self.tables = PxWeb(server, codes, lambda one: 0.0 if one["Tid"] == "2023" else 700.0, most=150_000)
        self.tables.label = "Folkmängden per DeSO"
        for what in ("metadata", "data"):
            handler = getattr(self.tables, f"_{what}")
            server.expect_request(f"/v2/tables/TAB6574/{what}").respond_with_handler(handler)
        listed = {"values": [{"code": code} for code in SMALL]}
        server.expect_request("/v2/codelists/vs_DeSO2025").respond_with_json(listed)
        ages = [*map(str, range(65, 100)), "100+"]
        people = {"Region": ["1291"], "Alder": ages, "ContentsCode": ["BE0101N1"], "Tid": ["2023", "2024"]}
        PxWeb(server, people, lambda _: 150.0, most=150_000, path="BE/BE0101/BE0101A/BefolkningNy")
        bands = ["65-69", "70-74", "75-79", "80-84", "85-89", "90-94", "95-99", "100+1"]
        protected = {
            "Region": ["1291"], "Civilstand": ["SC"], "Alder": ["TotSA", *bands], "Kon": ["TotSa", "1", "2"],
            "ContentsCode": ["000007ME"], "Tid": ["2025"],
        }  # fmt: skip
        self.protected = PxWeb(server, protected, lambda _: 700.0, most=150_000, path="BE/BE0101/BE0101A/BefolkningCKM")
        self.addresses = {
            "se/kolada": [server.url_for("/v3")],
            "se/scb_statistics_v1": [server.url_for("/v1")],
            "se/scb_statistics": [server.url_for("/v2"), server.url_for("/v2")],
        }

    def refresh(self, here: Project, *only: str, offline: bool = False) -> place.Refreshed:
        caller = partial(Caller, wait=0.0, clock=itertools.count(step=100).__next__)
        return place.refresh(here, only=only, peers=False, offline=offline, addresses=self.addresses, caller=caller)


@pytest.fixture
def here(tmp_path: Path) -> Project:
    made = project.create(tmp_path / "place", "se:1291", "Simrishamn")
    villages.add(made, "brantevik", "Brantevik", [code.partition("_")[0] for code in SMALL])
    return made


@pytest.fixture
def services(httpserver: HTTPServer) -> Services:
    return Services(httpserver)


ONLY = ("population", "unemployment", "child_poverty", "older")


def test_a_pass_holds_values_with_source_title_and_day(here: Project, services: Services) -> None:
    done = services.refresh(here, *ONLY)
    assert (done.failures, done.resumed) == ([], False)
    rows = {(row["area_id"], row["indicator"], row["period"]): row for row in place.load(here).of_areas(["se:1291"])}
    row = rows["se:1291", "child_poverty", "2024"]
    assert (row["value"], row["source"], row["source_table"]) == (13.0, "se/kolada", "N02904")
    assert row["source_title"] == TITLES["N02904"] and row["unit"] == "%"
    small = place.load(here).of_areas(["se:1291A0010"])
    assert {(row["indicator"], row["period"], row["vintage"], row["value"], row["status"]) for row in small} == {
        ("population", "2023", "2025", None, "missing"),
        ("population", "2024", "2025", 700.0, "observed"),
        ("older", "2023", "2025", None, "missing"),
        ("older", "2024", "2025", 2800.0, "observed"),
    }
    found = place.profile(here, "village:brantevik")
    older = found.one("older")
    assert older and older.value == 5600.0 and older.figure.sources == ("se/scb_statistics",)
    assert (here.folder / "sources" / "statistics").exists()


def test_what_a_source_revised_or_took_back_is_told(here: Project, services: Services) -> None:
    first = services.refresh(here, *ONLY)
    assert {change.kind for change in first.changes} == {ChangeKind.NEW}
    services.figures.values["N03937", "1291", 2023] = 8.5
    services.figures.values["N02904", "1291", 2024] = None
    del services.figures.values["N01951", "0012", 2024]
    services.figures.values["N03937", "1291", 2025] = 6.0
    second = services.refresh(here, *ONLY)
    told = {(change.kind.value, change.area_id, change.indicator, change.period, change.old, change.new)
            for change in second.changes}  # fmt: skip
    assert told == {
        ("revised", "se:1291", "unemployment", "2023", 8.0, 8.5),
        ("withdrawn", "se:1291", "child_poverty", "2024", 13.0, None),
        ("withdrawn", "se:12", "population", "2024", 19_004.0, None),
        ("new", "se:1291", "unemployment", "2025", None, 6.0),
    }
    assert second.snapshot != first.snapshot
    lines = files.of(here).changes.read_text(encoding="utf-8").splitlines()
    assert [len(json.loads(line)["changes"]) for line in lines] == [len(first.changes), 4]


def test_nothing_changed_makes_the_same_snapshot(here: Project, services: Services) -> None:
    first, second = services.refresh(here, *ONLY), services.refresh(here, *ONLY)
    assert (second.snapshot, second.changes) == (first.snapshot, [])


def test_a_killed_pass_goes_on_without_asking_again(
    here: Project, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(fetched, "save", killed)
        with pytest.raises(KeyboardInterrupt):
            services.refresh(here, *ONLY)
    assert place.load(here).values.num_rows == 0
    done = services.refresh(here, *ONLY)
    assert (done.resumed, done.calls) == (True, 0)
    assert done.values > 0 and not files.of(here).unfinished.exists()


def test_a_pass_that_is_asked_to_come_back_goes_on_when_started_again(
    here: Project, services: Services, httpserver: HTTPServer
) -> None:
    """What other services said, and this one before, is not asked for again; too old a pass begins anew."""
    asked = services.addresses["se/kolada"]
    httpserver.expect_request(re.compile("/busy/.*")).respond_with_data("busy", 429, {"Retry-After": "3600"})
    services.addresses["se/kolada"] = [httpserver.url_for("/busy").replace("localhost", "127.0.0.1")]  # another host
    done = services.refresh(here, *ONLY)
    assert len(done.put_off) == 1 and "come back in 60 minutes" in str(done.failures[0][1])
    assert files.of(here).unfinished.exists()
    services.addresses["se/kolada"] = asked
    calls = len(services.tables.asked)
    again = services.refresh(here, *ONLY)
    assert (again.resumed, again.put_off, again.failures) == (True, [], []) and again.values > done.values
    assert len(services.tables.asked) == calls and not files.of(here).unfinished.exists()
    told = {"what": "", "at": (datetime.now(UTC) - 2 * RESUMED_WITHIN).isoformat()}
    services.addresses["se/kolada"] = [httpserver.url_for("/busy").replace("localhost", "127.0.0.1")]  # another host
    services.refresh(here, *ONLY)
    told["what"] = json.loads(files.of(here).unfinished.read_text())["what"]
    files.of(here).unfinished.write_text(json.dumps(told))
    assert not services.refresh(here, *ONLY).resumed


def test_a_source_that_fails_leaves_its_old_values(here: Project, services: Services) -> None:
    services.refresh(here, *ONLY)
    services.tables.label = "Medelålder"
    done = services.refresh(here, *ONLY)
    assert sorted(names for names, _ in done.failures) == ["older", "population"]
    assert "'Folkmängd' was expected" in str(done.failures[0][1])
    assert done.changes == []
    assert place.load(here).of_areas(["se:1291B0010"])


def test_of_two_tables_of_a_figure_one_may_fail_without_loss(here: Project, services: Services) -> None:
    """Statistics Sweden tells the ages of municipalities until 2024 in one table and from 2025 in another."""
    services.refresh(here, "older")
    services.protected.codes["Alder"] = ["TotSA"]
    done = services.refresh(here, "older")
    assert [names for names, _ in done.failures] == ["older"] and done.changes == []
    rows = [row for row in place.load(here).of_areas(["se:1291"]) if row["indicator"] == "older"]
    assert {row["period"]: row["value"] for row in rows} == {"2023": 5400.0, "2024": 5400.0, "2025": 5600.0}


def test_offline_the_kept_answers_are_read(here: Project, services: Services) -> None:
    first = services.refresh(here, *ONLY)
    calls = services.figures.calls
    again = services.refresh(here, *ONLY, offline=True)
    assert (again.snapshot, again.calls, services.figures.calls) == (first.snapshot, 0, calls)


def test_a_figure_found_by_title_must_be_the_only_one(here: Project, services: Services) -> None:
    services.figures.titles |= {
        "N1": "Gymnasieelever med examen inom 4 år, hemkommun, andel (%)",
        "N2": "Gymnasieelever med examen inom 4 år, hemkommun, antal",
        "N3": "Kvinnor i kommunfullmäktige, andel (%)",
    }
    services.figures.values["N3", "1291", 2024] = 47.0
    done = services.refresh(here, "council_women_share", "upper_secondary_done")
    assert place.measure(here, "indicator:council_women_share") is not None
    assert place.measure(here, "upper_secondary_done") is None
    assert any("2 figures are called 'Gymnasieelever med examen inom 4 år, hemkommun'" in note for note in done.notes)


def test_small_areas_may_be_listed_with_names_and_earlier_areas_stay(here: Project, services: Services) -> None:
    services.refresh(here, *ONLY)
    path = files.of(here).areas
    path.write_text("code,name,parent\n1291A0010,Kivik,1291\n", encoding="utf-8")
    (here.folder / "place" / "villages.yaml").unlink()
    services.refresh(here, "population")
    names = {row["area_id"]: row["name"] for row in place.load(here).areas.to_pylist()}
    assert names["se:1291A0010"] == "Kivik" and names["se:1291B0010"] == "1291B0010"
    assert place.profile(here, "se:1291A0010", only=("population",)).area.name == "Kivik"
    path.write_text("name\nKivik\n", encoding="utf-8")
    with pytest.raises(InputError, match="has no code"):
        services.refresh(here, "population")


def test_an_unknown_indicator_is_told(here: Project, services: Services) -> None:
    with pytest.raises(InputError, match="no indicator happiness"):
        services.refresh(here, "happiness")
