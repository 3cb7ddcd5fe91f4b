"""The profile of the sample place: figures with their method, villages, peers, and the measure of a card."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
import yaml
from shapely.geometry import box, mapping

from bygd.sources.errors import InputError
from bygd.vocabulary.place_words import Level, ValueStatus
from bygd.workbench import place, project
from bygd.workbench.place import drawn, files, known, villages
from bygd.workbench.project import Project
from bygd.workbench.sample import statistics


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("sample") / "place"
    made = project.create(folder, "se:9901", "Fyrhamn")
    statistics.write(folder)
    return made


def copied(here: Project, tmp_path: Path) -> Project:
    return project.read(Path(shutil.copytree(here.folder, tmp_path / "copy")))


def test_figures_carry_their_method(here: Project) -> None:
    found = place.profile(here)
    poverty = found.one("child_poverty")
    assert poverty is not None and poverty.value is not None
    figure = poverty.figure
    assert figure.low is not None and figure.high is not None and figure.low < poverty.value < figure.high
    assert figure.definition.startswith("Children and youths") and figure.sources == ("world/own_statistics",)
    assert (figure.period, figure.unit, figure.snapshot) == ("2025", "%", found.snapshot)
    assert [beside.area.area_id for beside in poverty.beside] == ["se:99", "se", "peers"]
    assert poverty.fetched_on and poverty.tables == ("pahittade-siffror.csv",)
    assert {one.id for one in found.missing} >= {"nitrogen", "food_insecurity"}


def test_the_job_ratio_is_made_of_jobs_and_residents(here: Project) -> None:
    found = place.profile(here, only=("jobs", "employed_residents", "job_ratio"))
    jobs, employed, ratio = (found.one(id) for id in ("jobs", "employed_residents", "job_ratio"))
    assert jobs and employed and ratio and jobs.value and employed.value
    assert ratio.value == pytest.approx(jobs.value / employed.value)
    small = place.profile(here, "se:9901C0010", only=("job_ratio",)).one("job_ratio")
    assert small and small.value == pytest.approx(0.45, abs=0.01)  # as Bergsjön, where people travel out


def test_a_village_adds_averages_and_refuses(here: Project) -> None:
    found = place.profile(here, "village:bruksbygden")
    assert (found.area.level, found.area.name) == (Level.VILLAGE, "Bruksbygden")
    people, poor, density = (found.one(id) for id in ("population", "child_poverty", "density"))
    assert people and people.value == 1480 + 2310
    parts = [
        place.profile(here, f"se:{code}", only=("child_poverty", "children")) for code in ("9901B0010", "9901C0010")
    ]
    weights = [(one.one("child_poverty").value, one.one("children").value) for one in parts]  # type: ignore[union-attr]
    assert poor and poor.value == pytest.approx(sum(v * w for v, w in weights) / sum(w for _, w in weights))  # type: ignore[operator, misc]
    assert poor.status is ValueStatus.ESTIMATED
    assert density and density.value is None and "neither added nor averaged" in density.warnings[0]


def test_what_is_counted_of_a_whole_village_goes_before_what_its_areas_come_to(here: Project, tmp_path: Path) -> None:
    changed = copied(here, tmp_path)
    path = changed.folder / "place" / "values" / "counted.csv"
    rows = ("population,2026,3800", "shop_open_hours,2026,22", "turnout,2026,71.5", "households,2026,4")
    path.write_text("area,indicator,period,value\n" + "".join(f"village:bruksbygden,{row}\n" for row in rows))
    found = place.profile(changed, "village:bruksbygden")
    people, shop, turnout = (found.one(id) for id in ("population", "shop_open_hours", "turnout"))
    assert people and (people.value, people.figure.period) == (3800, "2026")
    assert {one.period: one.value for one in people.over_time}["2025"] == 1480 + 2310
    assert shop and shop.value == 22 and turnout and turnout.value == 71.5
    homes = found.readings.series("village:bruksbygden", "households")["2026"]
    assert homes.value is None and homes.status is ValueStatus.WITHHELD
    assert [row for row in known.load(changed).areas.to_pylist() if row["area_id"].startswith("village:")] == []
    stood = yaml.safe_load((changed.folder / "place" / "villages.yaml").read_text("utf-8"))["bruksbygden"]
    place.keeping.remove_village(changed, "bruksbygden")
    (aside,) = (changed.folder / "place" / "removed").iterdir()
    assert yaml.safe_load(aside.read_text("utf-8")) == {"bruksbygden": stood}
    assert "village:bruksbygden" not in known.load(changed).values["area_id"].to_pylist()


def test_a_withheld_part_makes_no_nought(here: Project, tmp_path: Path) -> None:
    changed = copied(here, tmp_path)
    villages.add(changed, "kusten", "Kusten", ["9901A0010", "9901C0020"])
    one = place.profile(changed, "village:kusten", only=("child_poverty",)).one("child_poverty")
    assert one is not None and one.figure.coverage is not None and one.figure.coverage < 1
    assert one.figure.low is not None and one.figure.high is not None
    assert one.value is None or one.figure.low <= one.value <= one.figure.high


def test_shares_of_an_area_count_as_people_gave_them(here: Project, tmp_path: Path) -> None:
    changed = copied(here, tmp_path)
    villages.add(changed, "halva", "Halva bruket", ["9901B0010=0,5", "9901C0010"])
    people = place.profile(changed, "village:halva", only=("population",)).one("population")
    assert people and people.value == 740 + 2310
    assert people.status is ValueStatus.ESTIMATED and "share that people gave" in people.warnings[0]


@pytest.mark.parametrize(
    ("parts", "why"),
    [(["9901A0010=2"], "above 0 and at most 1"), (["9901A0010", "9901A0010"], "twice"), (["Q1"], "no level"),
     (["9901A0010=x"], "no number")],
)  # fmt: skip
def test_villages_that_cannot_be_put_together(here: Project, tmp_path: Path, parts: list[str], why: str) -> None:
    with pytest.raises(InputError, match=why):
        villages.add(copied(here, tmp_path), "x", "X", parts)


def test_divisions_are_never_joined(here: Project, tmp_path: Path) -> None:
    changed = copied(here, tmp_path)
    path = changed.folder / "place" / "values" / "older.csv"
    path.write_text(
        "area;indicator;period;value;vintage;level\n9901B0010;population;2019;900;2018;small_area\n"
        "9901A0010;crime;2025;x;2025;small_area\n".replace("9901A0010;crime;2025;x;2025;small_area\n", "")
    )
    one = place.profile(changed, "se:9901B0010", only=("population",)).one("population")
    assert one is not None and "2018" in str(one.warnings) and 900 not in [point.value for point in one.over_time]
    (changed.folder / "place" / "villages.yaml").write_text(
        "mixed: {name: M, parts: [{area: 9901B0010, vintage: '2018'}, {area: 9901C0010}]}\n"
    )
    with pytest.raises(InputError, match="several divisions"):
        villages.every(changed)


def test_peers_are_sought_by_structure_and_can_be_chosen(here: Project, tmp_path: Path) -> None:
    usual = place.profile(here, only=("population",)).peers
    assert usual.peers[0].area_id in {"se:9701", "se:9802"} and "child_poverty" not in usual.structure
    assert [one.distance for one in usual.peers] == sorted(one.distance for one in usual.peers)
    changed = copied(here, tmp_path)
    place.choose(changed, ["9902", "9903"])
    chosen = place.profile(changed, only=("population",)).peers
    assert chosen.is_chosen and [one.area_id for one in chosen.peers] == ["se:9902", "se:9903"]
    place.choose(changed, structure=["population"], number=2)
    assert len(place.profile(changed, only=("population",)).peers.peers) == 2
    place.choose(changed)
    assert place.profile(changed, only=("population",)).peers == usual
    with pytest.raises(InputError, match="no municipality"):
        place.choose(changed, ["99"])


def test_ranks_are_ranges_and_only_where_one_is_better(here: Project) -> None:
    found = place.profile(here)
    ranked = [one for one in found.shown if one.rank]
    assert ranked and all(one.indicator.direction != "neither" for one in ranked)
    assert any(one.rank and one.rank.best < one.rank.worst for one in ranked)
    income = found.one("income_mean")
    assert income and income.rank is None  # nothing is known of its chance


def test_the_measure_of_a_card(here: Project) -> None:
    figure = place.measure(here, "indicator:unemployment")
    assert figure is not None and figure.id == "place.unemployment" and figure.snapshot
    assert place.measure(here, "indicator:shop_open_hours") is not None
    assert place.measure(here, "unemployment", "village:bruksbygden") is None
    assert place.measure(here, "indicator:never_heard_of") is None


def test_own_values_that_cannot_be_used_are_told_with_their_line(here: Project, tmp_path: Path) -> None:
    changed = copied(here, tmp_path)
    path = changed.folder / "place" / "values" / "own.csv"
    for text, why in (
        ("area,indicator,period,value\n9901,population,2030,many\n", "own.csv:2 has the value 'many'"),
        ("area,indicator,period,value\n9901,wellness,2025,4\n", "indicator wellness"),
        ("area,indicator,period\n9901,population,2030\n", "lacks the columns value"),
        ("area,indicator,period,value\n9901,population,2025,5\n", "two values"),
    ):
        path.write_text(text)
        if why == "two values":
            path.write_text(text + "9901,population,2025,6\n")
        with pytest.raises(InputError, match=why):
            place.profile(changed)


def test_threads_that_ask_at_once_find_the_same_own_values(here: Project, tmp_path: Path) -> None:
    changed, together = copied(here, tmp_path), 8
    state = files.of(changed).state
    for _again in range(3):
        for path in state.glob("own-*"):
            path.unlink()
        gate = Barrier(together)

        def ask(gate: Barrier = gate) -> int:
            gate.wait()
            return len(known.load(changed).values)

        with ThreadPoolExecutor(together) as pool:
            found = [one.result() for one in [pool.submit(ask) for _ in range(together)]]
        assert len(set(found)) == 1 and not list(state.glob("*.part"))


def boxes(**at: tuple[float, float]) -> str:
    """GeoJSON with a box from west to east for each code."""
    features = [
        {"type": "Feature", "properties": {"desokod": code}, "geometry": mapping(box(west, 57.0, east, 57.01))}
        for code, (west, east) in at.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def test_a_drawn_village_takes_the_share_of_each_small_area(here: Project, tmp_path: Path) -> None:
    changed = copied(here, tmp_path)
    shapes, polygon, away = (tmp_path / f"{name}.geojson" for name in ("shapes", "polygon", "away"))
    small = {
        "9901B0010": (16.0, 16.01),
        "9901C0010": (16.01, 16.02),
        "9901C0020": (16.02, 16.03),
        "9901A0010": (16.03, 17),
    }
    shapes.write_text(boxes(**small))
    polygon.write_text(boxes(drawn=(16.005, 16.0202)))
    made = drawn.add(changed, "ritad", "Ritad", polygon, [shapes])
    assert dict(made.parts) == {"se:9901B0010": 0.5, "se:9901C0010": 1.0, "se:9901C0020": 0.02}
    away.write_text(boxes(drawn=(10.0, 11.0)))
    with pytest.raises(InputError, match="touches none of the 4 small areas"):
        drawn.add(changed, "borta", "Borta", away, [shapes])
