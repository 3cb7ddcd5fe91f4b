"""Weights: what a file of them may say, what training learns, and what it must not."""

import random
import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from tests.lib.linking import load as load_tables

from bygd import linkage
from bygd.countries import pack
from bygd.engine import DuckEngine
from bygd.linkage.score import FEATURES, Weights, load, log_odds, shipped, with_parts
from bygd.linkage.train import LEARNED, Lesson, train, written
from bygd.sources.errors import InputError

HEADS = ["Alder", "Birch", "Cedar", "Damson", "Elder", "Fir", "Gorse", "Hazel", "Ivy", "Juniper", "Larch", "Maple"]
TRADES = ["Joinery", "Plumbing", "Catering", "Roofing", "Printing", "Haulage", "Glazing", "Cleaning", "Brewing"]
TOWNS = ["Ashton", "Burnley", "Colne", "Darwen", "Earby", "Fleetwood", "Garstang", "Heysham"]
NEUTRAL = "made_from: a test\nbase: -5\ncurves:\n"


def test_shipped_weights_are_of_known_features_and_read_as_they_are_written(tmp_path: Path) -> None:
    file = tmp_path / "weights.yaml"
    file.write_text(written(shipped(), "A note."), "utf-8")
    assert load(file) == shipped() and load(file).version == shipped().version
    assert set(shipped().curves) <= set(FEATURES) and set(LEARNED) <= set(FEATURES)


def test_learned_curves_go_the_way_they_may() -> None:
    for feature, way in LEARNED.items():
        odds = [odds for _, odds in shipped().curves.get(feature, ())]
        if way:
            assert all((after - before) * way >= 0 for before, after in pairwise(odds)), feature


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("made_from: x\nbase: 1\ncurves: [\n", "weights.yaml, line 4: this cannot be read as YAML"),
        ("made_from: x\nbase: -5\n\tcurves:\n", "weights.yaml, line 3: this cannot be read as YAML"),
        ("a: \u0001", "weights.yaml, line 1: this cannot be read as YAML"),
        ("", "no file of weights: 'made_from' is missing"),
        ("just words", "no file of weights: 'made_from' is missing"),
        ("made_from: x\ncurves: {}\n", "no file of weights: 'base' is missing"),
        ("made_from: x\nbase: -5\ncurves: []\n", "no file of weights: 'curves' is missing or not as it should be"),
        ("made_from: x\nbase: -5\ncurves: {}\n", "weights.yaml: no feature has a curve"),
        ("made_from: x\nbase: .nan\ncurves: {}\n", "weights.yaml: the base is no number"),
        ("made_from: x\nbase: -.inf\ncurves: {}\n", "weights.yaml: the base is no number"),
        ("made_from: x\nbase: low\ncurves: {}\n", "weights.yaml: the base is no number"),
        ("made_from: x\nbase:\ncurves: {}\n", "weights.yaml: the base is no number"),
        (NEUTRAL + "  colour: [[0, 0], [1, 1]]", "has the feature 'colour'"),
        (NEUTRAL + "  cosine: [[0, 0]]", "two or more in rising order"),
        (NEUTRAL + "  cosine: [[1, 0], [0, 1]]", "two or more in rising order"),
        (NEUTRAL + "  cosine: [[0, 0], [1, .nan]]", "is no number"),
        (NEUTRAL + "  cosine: [[0, 0], [1, much]]", "a point of 'cosine' is no number"),
        (NEUTRAL + "  cosine: [[0, 0], [1]]", "'cosine' is no list of points, such as"),
        (NEUTRAL + "  cosine: 3", "'cosine' is no list of points, such as"),
    ],
)
def test_a_file_that_is_wrong_says_so(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "weights.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(InputError, match=re.escape(told)) as error:
        load(file)
    assert "weights.yaml" in str(error.value)


def test_a_file_in_another_encoding_says_so(tmp_path: Path) -> None:
    file = tmp_path / "weights.yaml"
    file.write_bytes("made_from: år".encode("latin-1"))
    with pytest.raises(InputError, match=r"weights\.yaml is no text in UTF-8"):
        load(file)


def test_parts_add_up_to_the_log_odds() -> None:
    weights = Weights(-2.0, {"cosine": ((0.0, 0.0), (0.5, 1.0), (1.0, 3.0)), "is_ended": ((0.0, 0.0), (1.0, -1.0))})
    compared = pa.table({"cosine": [0.0, 0.25, 0.75, 2.0], "is_ended": [0, 1, 0, 1]})
    assert log_odds(compared, weights).tolist() == [-2.0, -2.5, 0.0, 0.0]
    assert with_parts(compared, weights)["w_cosine"].to_pylist() == [0.0, 0.5, 2.0, 3.0]


def lesson(rows: int, seed: int) -> Lesson:
    """Suppliers with two candidates each, of which the likelier by cosine is right nine times in ten."""
    chance = np.random.default_rng(seed)
    values, right, suppliers = [], [], []
    for supplier in range(rows):
        better = chance.random() < 0.9
        for place in (0, 1):
            values.append(0.9 + 0.05 * chance.random() if place == 0 else 0.3 + 0.1 * chance.random())
            right.append((place == 0) == better)
            suppliers.append(f"{supplier:05}")
    table = pa.table({name: values if name == "cosine" else [0.0] * len(values) for name in FEATURES})
    return Lesson(table, np.array(suppliers, dtype=object), np.array(right))


def test_what_is_learned_is_calibrated() -> None:
    flat = Weights(-1.0, {})
    learned = train(lesson(2000, 1), flat, "a test", {"cosine": 1})
    fresh = lesson(2000, 2)
    odds = log_odds(fresh.table, learned)
    likely = np.exp(odds).reshape(-1, 2)
    said = (likely[:, 0] / (1 + likely.sum(axis=1))).mean()
    assert said == pytest.approx(fresh.is_right.reshape(-1, 2)[:, 0].mean(), abs=0.02)


def test_what_the_labelled_names_do_not_tell_stays_as_it_was() -> None:
    prior = Weights(-1.0, {"hidden_name": ((0.0, 0.0), (1.0, -1.5))})
    learned = train(lesson(50, 1), prior, "a test")
    assert learned.curves["hidden_name"] == prior.curves["hidden_name"] and "cosine" in learned.curves


def test_a_feature_may_not_speak_the_wrong_way() -> None:
    taught = lesson(500, 3)
    turned = Lesson(taught.table, taught.suppliers, ~taught.is_right)
    learned = train(turned, Weights(-1.0, {}), "a test", {"cosine": 1})
    assert all(odds == 0 for _, odds in learned.curves.get("cosine", ()))


def test_without_right_and_wrong_nothing_is_learned() -> None:
    taught = lesson(10, 4)
    for right in (np.ones(20, dtype=bool), np.zeros(20, dtype=bool)):
        with pytest.raises(ValueError, match="right and wrong"):
            train(Lesson(taught.table, taught.suppliers, right), shipped(), "a test")


def test_weights_are_learned_from_suppliers_and_used(engine: DuckEngine) -> None:
    draw = random.Random(5)
    names = sorted({f"{draw.choice(HEADS)} {draw.choice(TRADES)} {draw.choice(TOWNS)}" for _ in range(400)})
    organisations = [{"org_id": f"GB-COH:{place:08}", "name": f"{name} Ltd"} for place, name in enumerate(names)]
    # Every third supplier leaves the town out: only people know that it is meant none the less.
    asked = [name if place % 3 else name.rsplit(" ", 1)[0] for place, name in enumerate(names)]
    suppliers = [{"supplier_key": f"{place:05}", "name": name} for place, name in enumerate(asked)]
    truth = {f"{place:05}": {organisations[place]["org_id"]} for place in range(0, len(names), 2)}
    load_tables(engine, suppliers, organisations)
    conventions = pack.load("gb").conventions()
    learned = linkage.learn(engine, conventions, truth, "a test")
    assert learned.version != shipped().version and learned.made_from == "a test"
    scores = []
    for weights in (None, learned):
        linkage.propose(engine, conventions, weights=weights)
        found = engine.rows("SELECT supplier_key, org_id, score FROM link_candidates")
        scores.append({(row["supplier_key"], row["org_id"]): row["score"] for row in found})
    assert scores[0] != scores[1]
    rules = engine.rows("SELECT DISTINCT evidence->>'rules' AS rules FROM link_candidates")
    assert [row["rules"] for row in rules] == [learned.version]


def test_probabilities_of_one_supplier_never_add_up_to_more_than_one(engine: DuckEngine) -> None:
    organisations = [{"org_id": f"GB-COH:{place:08}", "name": "Alder Joinery Ltd"} for place in range(7)]
    load_tables(engine, [{"name": "Alder Joinery Ltd"}, {"name": "Alder Joynery"}], organisations)
    linkage.propose(engine, pack.load("gb").conventions())
    sums = engine.rows("SELECT sum(score) AS s, max(score) AS m FROM link_candidates GROUP BY supplier_key")
    assert len(sums) == 2
    assert all(row["s"] <= 1 + 1e-6 and row["m"] <= 1 / 7 + 1e-6 for row in sums)
