"""Names: what is folded, what is split off, which names hide in a name."""

import pytest
from tests.lib.linking import link, load

from bygd.countries import pack
from bygd.engine import DuckEngine
from bygd.linkage import names


@pytest.mark.parametrize(
    ("country", "name", "core", "form"),
    [
        ("gb", "St. Mary's Trading Co Ltd", "st marys trading", "limited"),
        ("gb", "The A.B.C. Trust C.I.C.", "a b c trust", "cic"),
        ("gb", "Foo Community Interest Company", "foo", "cic"),
        ("gb", "SMITH & JONES LLP", "smith jones", "llp"),
        ("gb", "Smith and Jones", "smith jones", None),
        ("gb", "Limited Edition Ltd", "limited edition", "limited"),
        ("gb", "Ltd Limited", "", "limited"),
        ("gb", "College of Opticians Limited(The)", "college opticians", "limited"),
        ("gb", "123 456", "", None),
        ("gb", "Café Ørsted", "cafe orsted", None),
        ("se", "AB Volvo (publ)", "volvo", "aktiebolag"),
        ("se", "Aktiebolaget Å-verken och Söner", "a verken soner", "aktiebolag"),
        ("se", "Byns Ekonomisk Förening", "byns", "ekonomisk"),
        ("se", "Brf Eken", "eken", "bostadsratt"),
        ("nl", "Stichting Wonen", "wonen", "stichting"),
        ("nl", "Coöperatie De Eendracht U.A.", "eendracht", "cooperatie"),
        ("nl", "Bakker B.V.", "bakker", "bv"),
    ],
)
def test_name_is_split(engine: DuckEngine, country: str, name: str, core: str, form: str | None) -> None:
    engine.sql("written", "SELECT ? AS name", name)
    row = engine.rows(names.split("written", pack.load(country).conventions()))[0]
    assert (row["core"], row["form"]) == (core, form)


def test_lists_are_folded_as_columns_are(engine: DuckEngine) -> None:
    for text in ("Ekonomisk Förening", "d'Ørs-ted & Co.", "U.A.", "Åre  (publ)", "straße"):
        found = engine.rows(f"SELECT trim({names.cleaned('name')}) AS name FROM (SELECT ? AS name)", text)
        assert found[0]["name"] == names.fold(text)


@pytest.mark.parametrize(
    "written",
    [
        "ACORN JOINERY LTD",
        "Acorn Joinery",
        "A.C.O.R.N. Joinery Limited",
        "Acorn-Joinery Ltd.",
        "J Smith t/a Acorn Joinery",
        "Acorn Joinery T/A Oak Doors",
        "Acorn Joinery Ltd (Leeds branch)",
        "Acorn Joinery Ltd - Leeds",
        "Acorn Joinery Ltd c/o Bank",
        "The Acorn Joinery Company Limited",
        "Acórn Joinery",
    ],
)
def test_spellings_of_one_name_link(engine: DuckEngine, written: str) -> None:
    load(
        engine,
        [{"name": written}],
        [{"org_id": "GB-COH:01234567", "name": "Acorn Joinery Limited"},
         {"org_id": "GB-COH:07654321", "name": "Beech Joinery Limited"}],
    )  # fmt: skip
    assert link(engine)[written]["org_id"] == "GB-COH:01234567"


@pytest.mark.parametrize(
    "written",
    ["", " ", "12345", "x" * 10_000, "Acorn Joinery " * 800, "😀😀", "مورد", "Ltd", "Limited Company Ltd", "&", "-",
     "()", "t/a", " t/a ", "c/o", "%", "'", "\\", "\x00", "REDACTED", "Redacted Personal Information 3"],
)  # fmt: skip
def test_no_name_never_links(engine: DuckEngine, written: str) -> None:
    registered = [
        "Acorn Joinery Limited",
        "Limited",
        "12345",
        "Redacted Limited",
        "😀",
        "Redacted Personal Information",
    ]
    load(
        engine,
        [{"supplier_key": "k", "name": written}],
        [{"org_id": f"GB-COH:0000000{place}", "name": name} for place, name in enumerate(registered)],
    )
    assert link(engine)["k"]["state"] == "unresolved"


NAMESAKES = [
    {"org_id": "GB-COH:00000001", "name": "Acorn Joinery Ltd", "postcode": "PR1 9ZZ"},
    {"org_id": "GB-COH:00000002", "name": "Acorn Joinery Ltd", "postcode": "M1 1AA"},
    {"org_id": "GB-COH:00000003", "name": "Acorn Joinery Ltd"},
]


def test_of_the_same_names_the_place_decides(engine: DuckEngine) -> None:
    load(engine, [{"name": "Acorn Joinery", "postcode": "PR1 2AB"}], NAMESAKES)
    found = link(engine)["Acorn Joinery"]
    assert (found["org_id"], found["stage"]) == ("GB-COH:00000001", "name_place")


def test_of_the_same_names_without_a_place_none_is_taken(engine: DuckEngine) -> None:
    load(engine, [{"name": "Acorn Joinery"}], NAMESAKES)
    found = link(engine)["Acorn Joinery"]
    assert found["state"] == "unresolved" and found["score"] < 0.5


def test_other_names_of_an_organisation_link(engine: DuckEngine) -> None:
    load(
        engine,
        [{"name": "Oak Doors"}],
        [{"org_id": "GB-COH:00000001", "name": "Acorn Joinery Ltd"}],
        [{"org_id": "GB-COH:00000001", "name": "Oak Doors", "kind": "former"}],
    )
    assert link(engine)["Oak Doors"]["org_id"] == "GB-COH:00000001"
