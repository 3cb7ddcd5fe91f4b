"""Likeness: misspellings, joined words, initials, cuts and abbreviations find their organisation."""

import json

import pytest
from tests.lib.linking import link, load

from bygd.engine import DuckEngine

REGISTER = [
    {"org_id": "GB-COH:00000001", "name": "Applegarth Precision Engineering Limited"},
    {"org_id": "GB-COH:00000002", "name": "Homestart Wyre Valley"},
    {"org_id": "GB-COH:00000003", "name": "South Yorkshire Eating Disorders Association"},
    {"org_id": "GB-COH:00000004", "name": "Wildwood Housing Management Limited"},
    {"org_id": "GB-COH:00000005", "name": "Black Health Initiative (BHI)"},
    {"org_id": "GB-COH:00000006", "name": "St. Ann's Hospice"},
    {"org_id": "GB-COH:00000007", "name": "The Royal College of Obstetricians and Gynaecologists"},
    {"org_id": "GB-COH:00000008", "name": "Compass Disability Services"},
    {"org_id": "GB-COH:00000010", "name": "Tarnbrook Forum for Independent Living"},
    {"org_id": "GB-COH:00000009", "name": "Thornton Trading Limited", "town": "Thornton"},
    *({"org_id": f"GB-COH:000001{n:02}", "name": f"Ordinary {word} Services Limited"}
      for n, word in enumerate(["Garden", "Kitchen", "Office", "Window", "Carpet", "Taxi"])),
]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "org_id"),
    [
        ("APPLEGARHT PRECISION ENGINEERING LTD", "00000001"),  # turned round
        ("Aplegarth Precision Enginering", "00000001"),  # left out, twice
        ("Applegarth Precision Eng Ltd", "00000001"),  # abbreviated, in the pack
        ("Home-Start Wyre Valley", "00000002"),  # split
        ("SYEDA", "00000003"),  # initials
        ("TFFIL", "00000010"),  # initials
        ("TFIL", "00000010"),  # initials without the small word
        ("Wildw. Housing Management Ltd", "00000004"),  # cut
        ("WildwoodHousing Management", "00000004"),  # joined
        ("BLACK HEALTH INITIATIVE", "00000005"),  # initials behind the name
        ("ST ANN,S HOSPICE", "00000006"),  # a comma for an apostrophe
        ("ROYAL COLLEGE OF OBSTETRICIANS AND", "00000007"),  # cut at the end
        ("COMPASS DISABILITY SERVICES BC183508 15E", "00000008"),  # codes
    ],
)
def test_the_right_one_is_first(engine: DuckEngine, written: str, org_id: str) -> None:
    load(engine, [{"name": written}], REGISTER)
    link(engine)
    found = engine.rows("SELECT * FROM link_candidates ORDER BY position LIMIT 1")
    assert found and found[0]["org_id"] == f"GB-COH:{org_id}", found


def features(engine: DuckEngine, written: str, registered: str) -> dict[str, float]:
    load(engine, [{"name": written}], [{"org_id": "GB-COH:00000001", "name": registered, "town": "Thornton"}])
    link(engine)
    found = engine.rows("SELECT evidence FROM link_candidates")
    seen: dict[str, float] = json.loads(found[0]["evidence"])["features"]
    return seen


def test_a_subsidiary_is_told_from_its_parent(engine: DuckEngine) -> None:
    assert features(engine, "Beacon Hospice", "Beacon Hospice Trading Limited")["other_satellite_word"] == 1
    assert "other_satellite_word" not in features(engine, "Beacon Hospice Trading", "Beacon Hospice Trading Limited")


def test_a_place_on_one_side_only_counts(engine: DuckEngine) -> None:
    assert features(engine, "Beacon Hospice Thornton", "Beacon Hospice")["place_word"] == 1


ODD = ["", "   ", "12345", "!!!", "Ltd", "Limited Company PLC", "🙂🙂", "x" * 10_000, "a " * 5_000, "مؤسسة"]
HOSTILE = ["\u202eAcorn", "'; DROP TABLE suppliers; --", "%_%", "\\", "A" * 299, "-", "t/a", "(", ")", "NULL"]


@pytest.mark.parametrize("name", [*ODD, *HOSTILE])
def test_odd_names_neither_fail_nor_link(engine: DuckEngine, name: str) -> None:
    load(engine, [{"supplier_key": "k", "name": name}], REGISTER)
    assert link(engine)["k"]["state"] == "unresolved"


def test_odd_names_in_the_register_do_no_harm(engine: DuckEngine) -> None:
    odd = ["", "Ltd", "🙂", "x" * 10_000, "مؤسسة الخير", "'", "1234", "a b c d e f g h i j k l m n o p"]
    register = [*REGISTER, *({"org_id": f"GB-COH:9{n:07}", "name": name} for n, name in enumerate(odd))]
    load(engine, [{"name": "Homestart Wyre Valley"}], register)
    assert link(engine)["Homestart Wyre Valley"]["org_id"] == "GB-COH:00000002"
