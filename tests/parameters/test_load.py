"""Value files: the value of a day, the pack that gave it, and every way to write one wrongly."""

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bygd import countries, parameters
from bygd.parameters.named import Named
from bygd.tools import social_value

SOURCE = Path(parameters.__file__).parent
SCHEMA = json.loads((SOURCE / "schema.json").read_text(encoding="utf-8"))
PACKS = sorted(path.parent for path in countries.pack.FOLDER.glob("*/country.yaml"))
ENGLISH_ALONE = {"gb", "gb_sct", "gb_wls", "_template"}
"""Packs whose values are read in English; nobody has told their sources in other languages."""

# A threshold of a made-up country, as law is really written.
CEILING = """
direct_award_ceiling:
  label: {en: Ceiling for direct award, sv: Direktupphandlingsgräns}
  about: Value below which a contract may be awarded without a call.
  unit: SEK
  checked: 2026-09-01
  values:
    2022-01-01: {value: 700000, source: {title: Act ch. 19 § 7, href: "https://law.example/19"}}
    2024-01-01: {value: 710000.50, source: {title: Act ch. 19 § 7}, note: Raised with the index.}
    2030-01-01: {value: null, source: {title: Act of 2029}}
"""


def pack(folder: Path, text: str, topic: str = "procurement") -> Path:
    (folder / "rules").mkdir(parents=True, exist_ok=True)
    (folder / "rules" / f"{topic}.yaml").write_text(text, encoding="utf-8")
    return folder


def ceiling(folder: Path) -> parameters.Parameter:
    return parameters.load(pack(folder, CEILING), "procurement")["direct_award_ceiling"]


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2022, 1, 1), 700000),
        (date(2023, 12, 31), 700000),
        (date(2024, 1, 1), Decimal("710000.50")),
        (date(2029, 12, 31), Decimal("710000.50")),
        (date(2030, 1, 1), None),
    ],
)
def test_the_value_of_a_day(tmp_path: Path, day: date, value: Any) -> None:
    found = ceiling(tmp_path).on(day)
    assert found and found.value == value


def test_before_the_first_day_nothing_is_known(tmp_path: Path) -> None:
    assert ceiling(tmp_path).on(date(2021, 12, 31)) is None


def test_a_value_comes_with_day_source_unit_and_pack(tmp_path: Path) -> None:
    found = ceiling(tmp_path / "xx").on(date(2024, 5, 1))
    assert found == parameters.Value(
        value=Decimal("710000.50"),
        since=date(2024, 1, 1),
        source=Named({"en": "Act ch. 19 § 7"}),
        verified=True,
        unit="SEK",
        from_pack="xx",
        note={"en": "Raised with the index."},
    )
    assert ceiling(tmp_path).label_in("sv") == "Direktupphandlingsgräns"
    assert ceiling(tmp_path).label_in("nl") == "Ceiling for direct award"


def test_a_key_falls_through_to_the_parent_and_says_so(tmp_path: Path) -> None:
    parent = pack(tmp_path / "xx", CEILING + CEILING.replace("direct_award_ceiling", "other"))
    child = pack(tmp_path / "xx_north", CEILING.replace("700000", "1"))
    found = parameters.load([child, parent], "procurement")
    assert {key: one.from_pack for key, one in found.items()} == {"direct_award_ceiling": "xx_north", "other": "xx"}
    value = found["other"].on(date(2022, 1, 1))
    assert value and (value.value, value.from_pack) == (700000, "xx")


def test_no_file_is_no_rule_known(tmp_path: Path) -> None:
    assert parameters.load([tmp_path], "procurement") == {}


def test_country_rule_looks_through_the_lineage() -> None:
    found = countries.load("se").rule("concentration")["hhi_highly_concentrated"]
    assert found.from_pack == "world"
    assert countries.load("se").rule("no such topic") == {}


def changed(**changes: Any) -> str:
    """The made-up file with one thing changed; None takes a key away."""
    content = yaml.safe_load(CEILING)
    parameter = content["direct_award_ceiling"]
    for key, value in changes.items():
        parameter.pop(key) if value is None else parameter.update({key: value})
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False)


def one(**changes: Any) -> dict[Any, Any]:
    value = {"value": 1, "source": {"title": "Act"}} | changes
    return {date(2020, 1, 1): {key: given for key, given in value.items() if given != "taken away"}}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (changed(colour="red"), "direct_award_ceiling: unknown key colour"),
        (changed(about=None), "direct_award_ceiling: about is missing"),
        (changed(unit="groats"), "the unit 'groats' is not one of"),
        (changed(label="Ceiling"), "'label' must map languages"),
        (changed(label={"sv": "Gräns"}), "'label' must map languages"),
        (changed(checked="yesterday"), "checked: 'yesterday' must be a day"),
        (changed(checked=None), "say under 'checked' on which day"),
        (changed(values={}), "'values' must map at least one day"),
        (changed(values=one(source="taken away")), "2020-01-01: source is missing"),
        (changed(values=one(value="taken away")), "2020-01-01: value is missing"),
        (changed(values=one(source="Act")), "source must map title"),
        (changed(values=one(source={"href": "https://x"})), "source: title is missing"),
        (changed(values=one(source={"title": "Act", "href": "ftp://x"})), "'href' must be a web address"),
        (changed(values=one(source={"title": "Act", "language": "de"})), "in which language the title is"),
        (changed(values=one(value="much")), "'value' must be a number"),
        (changed(values=one(value=True)), "'value' must be a number"),
        (changed(values=one(verified="yes")), "'verified' must be true or false"),
        (changed(values=one(until=date(2021, 1, 1))), "2020-01-01: unknown key until"),
        (changed(values={"soon": {"value": 1, "source": {"title": "Act"}}}), "'soon' must be a day"),
        (changed(values={date(2021, 1, 1): one()[date(2020, 1, 1)]} | one()), "must stand in rising order"),
        (CEILING + CEILING, "'direct_award_ceiling' stands there twice"),
        (CEILING.replace("2024-01-01", "2022-01-01"), "'2022-01-01' stands there twice"),
        ("- a list", "must map names of values"),
        ("a: [", "procurement.yaml"),
        ("a: !!python/object/apply:os.getcwd []", "procurement.yaml"),
        ("a: .inf", "procurement.yaml"),
    ],
)
def test_a_faulty_file_is_refused_with_file_and_key(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(parameters.ValueFileError, match="procurement") as refusal:
        parameters.load(pack(tmp_path, text), "procurement")
    assert said in str(refusal.value)


def test_unverified_values_need_no_day_of_checking(tmp_path: Path) -> None:
    found = parameters.load(pack(tmp_path, changed(checked=None, values=one(verified=False))), "procurement")
    value = found["direct_award_ceiling"].on(date(2020, 1, 1))
    assert value and not value.verified


def test_stale_lists_the_oldest_first_and_the_never_read_before_all(tmp_path: Path) -> None:
    never = changed(checked=None, values=one(verified=False)).replace("direct_award_ceiling", "never")
    old = changed(checked=date(2025, 1, 1)).replace("direct_award_ceiling", "old")
    older = changed(checked=date(2024, 1, 1)).replace("direct_award_ceiling", "older")
    folder = pack(tmp_path, CEILING + old + older + never)
    pack(tmp_path, "rules: [{id: a}]", "not_procurement")
    found = parameters.stale([folder], 400, date(2026, 11, 1))
    assert [(one.parameter.key, one.days) for one in found] == [("never", None), ("older", 1035), ("old", 669)]
    assert {one.topic for one in found} == {"procurement"}
    assert str(found[1]).endswith("/procurement: older — source read 2024-01-01, 1035 days ago")
    assert str(found[0]).endswith("never — source never read")


def test_stale_walks_a_folder_of_packs() -> None:
    found = parameters.stale(countries.pack.FOLDER, -1, date.today())
    assert {"concentration", "privacy", "procurement", "reservations"} <= {one.topic for one in found}
    # What nobody read is always listed: some of it can only be marked as not verified.
    assert all(one.days is None for one in parameters.stale(countries.pack.FOLDER, 10**6, date.today()))


@given(day=st.dates(date(2015, 1, 1), date(2035, 1, 1)))
def test_a_value_holds_until_the_next_one(day: date) -> None:
    for parameter in countries.load("se").rule("concentration").values():
        value = parameter.on(day)
        since = [one.since for one in parameter.values if one.since <= day]
        assert (value.since if value else None) == (max(since) if since else None)


@pytest.mark.parametrize("folder", PACKS, ids=lambda path: path.name)
def test_every_value_file_of_every_pack_loads_and_fits_the_schema(folder: Path) -> None:
    for topic in parameters.topics(folder):
        for parameter in parameters.load(folder, topic).values():
            assert parameter.values and all(value.source.told for value in parameter.values)
            assert parameter.checked is None or parameter.checked <= date.today() + timedelta(days=1)
        jsonschema.validate(as_json(folder / "rules" / f"{topic}.yaml"), SCHEMA)


@pytest.mark.parametrize("pack", sorted({path.name for path in PACKS} - ENGLISH_ALONE))
def test_what_we_say_of_a_value_stands_in_every_language(pack: str) -> None:
    """Names of statutes and pages are marked with their language; the rest, and all remarks, are in the reader's."""
    folder, lacking = countries.pack.FOLDER / pack, []
    for topic in parameters.topics(folder):
        for parameter in parameters.load(folder, topic).values():
            for value in parameter.values:
                if not value.source.language and set(value.source.told) != {"en", "sv", "nl"}:
                    lacking.append(f"{topic}: {value.source.said('en')}")
                if value.note and set(value.note) != {"en", "sv", "nl"}:
                    lacking.append(f"{topic}: {value.note['en']}")
    for policy in social_value.shipped().values():
        for edition in policy.editions if policy.id.startswith(f"{pack}/") else ():
            if not edition.source.language and len(edition.source.told) < 3:
                lacking.append(f"{edition.id}: {edition.source.said('en')}")
            notes = [edition.note, *(one.note for one in (*edition.themes, *edition.measures.values()))]
            lacking += [f"{edition.id}: {note['en']}" for note in notes if note and len(note) < 3]
    assert lacking == []


def test_the_schema_knows_the_units_and_refuses_what_is_half_said() -> None:
    assert set(SCHEMA["$defs"]["parameter"]["properties"]["unit"]["enum"]) == set(parameters.UNITS)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"a": {"label": {"en": "A"}}}, SCHEMA)


def as_json(path: Path) -> Any:
    """A value file as an editor's schema check sees it: days as text."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    return json.loads(json.dumps({key: texts(value) for key, value in content.items()}, default=str))


def texts(value: Any) -> Any:
    return {str(key): texts(one) for key, one in value.items()} if isinstance(value, dict) else value
