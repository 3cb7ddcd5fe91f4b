"""Seats: every address a ledger or register may give, and the ring it means."""

import pytest
from tests.lib.text_tables import draw

from bygd import geography
from bygd.engine import DuckEngine
from bygd.geography import Place
from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.vocabulary.words import Ring

AREAS = """
    area_id | level        | name      | parent_id
    se:1291 | municipality | Simris    | se:12
    se:1290 | municipality | Kristians | se:12
    se:0180 | municipality | Stockholm | se:01
    se:12   | county       | Skåne     | se
    se:01   | county       | Uppland   | se
    se      | country      | Sverige   | -
    se:n1   | neighbourhood | Gärsnäs  | se:1291
"""
POSTCODES = """
    country | postcode | neighbourhood_id | municipality_id | county_id | deprivation_decile
    se      | 27231    | -                | se:1291         | se:12     | 3
    se      | 27232    | -                | se:1291         | se:12     | 3
    se      | 27260    | se:n1            | se:1291         | se:12     | 1
    se      | 29131    | -                | se:1290         | se:12     | -
    se      | 29140    | -                | -               | se:12     | -
    se      | 27500    | -                | se:1291         | se:12     | -
    se      | 27501    | -                | se:1290         | se:12     | -
    se      | 11120    | -                | se:0180         | se:01     | 7
    se      | 11130    | -                | -               | se:01     | -
"""


def given(
    engine: DuckEngine,
    suppliers: str,
    organisations: str = "",
    links: str = "",
    workplaces: str = "",
    decisions: str = "",
) -> Place:
    engine.register(tables.areas, draw(tables.areas, AREAS))
    engine.register(tables.postcodes, draw(tables.postcodes, POSTCODES))
    for table, text in (
        (tables.suppliers, suppliers),
        (tables.organisations, organisations),
        (tables.links, links),
        (tables.link_candidates, ""),
        (tables.workplaces, workplaces),
        (tables.seat_decisions, decisions),
    ):
        engine.register(table, draw(table, text, country=None if table is tables.suppliers else "se") if text else [])
    return geography.place(engine, "se:1291")


def seats(engine: DuckEngine, place: Place) -> dict[str, dict]:
    geography.run(engine, place)
    return {row["supplier_key"]: row for row in engine.rows("SELECT * FROM seats")}


def test_a_place_climbs_to_the_world(engine: DuckEngine) -> None:
    place = given(engine, "")
    assert place == Place(
        "se:1291",
        "Simris",
        "se",
        (
            (Ring.MUNICIPALITY, "se:1291"),
            (Ring.COUNTY, "se:12"),
            (Ring.COUNTRY, "se"),
            (Ring.WORLD, "world"),
        ),
    )
    assert geography.place(engine, "se:1291", "Österlen").name == "Österlen"
    assert [ring for ring, _ in geography.place(engine, "se").rings] == [Ring.COUNTRY, Ring.WORLD]
    with pytest.raises(InputError, match=r"no area se:1299 .*se:1291 \(Simris\)"):
        geography.place(engine, "se:1299")


def test_areas_that_turn_in_a_circle_are_an_error(engine: DuckEngine) -> None:
    engine.register(
        tables.areas,
        draw(
            tables.areas,
            """
            area_id | level        | name | parent_id
            se:1    | municipality | A    | se:2
            se:2    | municipality | B    | se:1
            """,
        ),
    )
    with pytest.raises(InputError, match="not larger"):
        geography.place(engine, "se:1")


@pytest.mark.parametrize(
    ("postcode", "country", "ring", "area"),
    [
        ("272 31", "-", "municipality", "se:1291"),
        ("SE-272 31", "-", "municipality", "se:1291"),
        ("27231", "Sverige", "municipality", "se:1291"),
        ("27231", "SWE", "municipality", "se:1291"),
        ("272", "-", "municipality", "se:1291"),  # the area of a masked sole trader
        ("27239", "-", "municipality", "se:1291"),  # not listed, its neighbours all are
        ("291", "-", "unknown", None),  # one of two has no municipality, in the home county
        ("275", "-", "unknown", None),  # mixed
        ("27599", "-", "unknown", None),
        ("29140", "-", "unknown", None),
        ("11130", "-", "country", None),  # another county: certainly not here
        ("111", "-", "country", None),  # mixed, yet all in the same ring
        ("11120", "-", "country", "se:0180"),
        ("29131", "-", "county", "se:1290"),
        ("99999", "-", "unknown", None),
        ("272310000", "-", "unknown", None),  # longer than any postcode
        ("27231", "Tyskland", "world", None),
        ("-", "GB", "world", None),
        ("27231", "Atlantis", "unknown", None),
        ("-", "-", "unknown", None),
    ],
)
def test_ledger_addresses(engine: DuckEngine, postcode: str, country: str, ring: str, area: str | None) -> None:
    place = given(engine, f"supplier_key | postcode | country\n k | {postcode} | {country}")
    seat = seats(engine, place)["k"]
    assert (seat["branch_ring"], seat["branch_id"]) == (ring, area)
    assert seat["seat_ring"] == ("world" if ring == "world" else "unknown")
    assert seat["either_ring"] == ring


def test_seat_and_branch_are_kept_apart(engine: DuckEngine) -> None:
    place = given(
        engine,
        """
        supplier_key | postcode
        local        | 27231
        chain        | 27231
        by_work      | -
        coded        | 11120
        bad_code     | -
        foreign      | -
        alone        | 29131
        """,
        """
        org_id | postcode | municipality | country
        A      | 27232    | -            | se
        B      | 11120    | -            | se
        C      | 11120    | 0180         | se
        D      | 11120    | 1291         | se
        E      | 29131    | 0000         | se
        F      | 75001    | -            | fr
        """,
        """
        supplier_key | org_id | state
        local        | A      | linked
        chain        | B      | linked
        by_work      | C      | linked
        coded        | D      | linked
        bad_code     | E      | linked
        foreign      | F      | linked
        alone        | -      | unresolved
        """,
        """
        workplace_key | org_id | postcode | municipality
        1             | C      | 29131    | -
        2             | C      | -        | 1291
        3             | C      | 11120    | -
        4             | E      | -        | -
        """,
    )
    found = {
        key: (row["seat_ring"], row["seat_id"], row["branch_ring"], row["branch_id"], row["either_ring"])
        for key, row in seats(engine, place).items()
    }
    assert found == {
        "local": ("municipality", "se:1291", "municipality", "se:1291", "municipality"),
        "chain": ("country", "se:0180", "municipality", "se:1291", "municipality"),
        "by_work": ("country", "se:0180", "municipality", "se:1291", "municipality"),
        "coded": ("municipality", "se:1291", "country", "se:0180", "municipality"),
        "bad_code": ("county", "se:1290", "unknown", None, "county"),
        "foreign": ("world", None, "unknown", None, "world"),
        "alone": ("unknown", None, "county", "se:1290", "county"),
    }
    how = seats(engine, place)
    assert how["by_work"]["how"] == "seat: register, municipality code; branch: workplace, municipality code"
    assert how["local"]["deprivation_decile"] == 3
    assert how["chain"]["deprivation_decile"] == 3


def test_a_neighbourhood_is_the_smallest_ring(engine: DuckEngine) -> None:
    given(
        engine,
        """
        supplier_key | postcode
        inside       | 27260
        beside       | 27231
        far          | 11120
        coded        | -
        """,
        """
        org_id | municipality | postcode
        A      | 1291         | 27260
        B      | 1290         | -
        C      | 1291         | -
        """,
        """
        supplier_key | org_id
        inside       | A
        beside       | B
        coded        | C
        """,
    )
    place = geography.place(engine, "se:n1")
    assert place.rings[0] == (Ring.NEIGHBOURHOOD, "se:n1")
    found = {key: (row["seat_ring"], row["branch_ring"]) for key, row in seats(engine, place).items()}
    assert found == {
        "inside": ("neighbourhood", "neighbourhood"),
        "beside": ("county", "unknown"),
        "far": ("unknown", "country"),
        "coded": ("unknown", "unknown"),
    }


def test_british_areas_are_not_the_beginnings_of_others(engine: DuckEngine) -> None:
    """M1 is a beginning of M16, yet as the area of a masked postcode it is M1 alone."""
    engine.register(
        tables.areas,
        draw(
            tables.areas,
            """
            area_id | level        | name | parent_id
            gb:man  | municipality | Man  | gb:gm
            gb:tra  | municipality | Tra  | gb:gm
            gb:gm   | county       | GM   | gb
            """,
        ),
    )
    engine.register(
        tables.postcodes,
        draw(
            tables.postcodes,
            """
            country | postcode | municipality_id
            gb      | M11AA    | gb:man
            gb      | M12BB    | gb:man
            gb      | M161AA   | gb:tra
            """,
        ),
    )
    engine.register(
        tables.suppliers,
        draw(
            tables.suppliers,
            """
            supplier_key | postcode | country
            area         | M1       | England
            other        | m16      | UK
            whole        | M1 1AA   | United Kingdom
            near         | M1 1ZZ   | -
            broad        | M        | -
            """,
            country=None,
        ),
    )
    for table in (tables.links, tables.link_candidates, tables.organisations, tables.workplaces, tables.seat_decisions):
        engine.register(table, [])
    place = geography.place(engine, "gb:man")
    assert {key: row["branch_ring"] for key, row in seats(engine, place).items()} == {
        "area": "municipality",
        "other": "county",
        "whole": "municipality",
        "near": "municipality",
        "broad": "unknown",
    }


@pytest.mark.parametrize(
    ("rows", "rings"),
    [
        # The file covers the place, its county and more: London, not listed, is elsewhere in the country.
        ("gb|PR11AA|gb:pre\ngb|BB11AA|gb:bur\ngb|M11AA|gb:man", ("country", "country", "unknown", "unknown")),
        # A list of the municipality alone says nothing about what it leaves out.
        ("gb|PR11AA|gb:pre", ("unknown", "unknown", "unknown", "unknown")),
    ],
)
def test_regions_that_a_partial_file_leaves_out(engine: DuckEngine, rows: str, rings: tuple[str, ...]) -> None:
    engine.register(
        tables.areas,
        draw(
            tables.areas,
            """
            area_id | level        | name | parent_id
            gb:pre  | municipality | Pre  | gb:lan
            gb:bur  | municipality | Bur  | gb:lan
            gb:man  | municipality | Man  | gb
            gb:lan  | county       | Lan  | gb
            """,
        ),
    )
    engine.register(tables.postcodes, draw(tables.postcodes, "country|postcode|municipality_id\n" + rows))
    suppliers = """
        supplier_key | postcode
        london       | EC1A 1BB
        masked       | B33
        pseudo       | ZZ99 3VZ
        number       | 00000
        """
    engine.register(tables.suppliers, draw(tables.suppliers, suppliers, country=None))
    for table in (tables.links, tables.link_candidates, tables.organisations, tables.workplaces, tables.seat_decisions):
        engine.register(table, [])
    found = seats(engine, geography.place(engine, "gb:pre"))
    assert tuple(found[key]["branch_ring"] for key in ("london", "masked", "pseudo", "number")) == rings


DECISIONS = """
    subject_id | site   | area_id | postcode | evidence | decided_at
    placed     | seat   | se:1290 | -        | e        | 2026-01-01T00:00:00
    nowhere    | seat   | se:9999 | -        | e        | 2026-01-01T00:00:00
    vague      | branch | se:12   | -        | e        | 2026-01-01T00:00:00
    no_post    | branch | -       | 99999    | e        | 2026-01-01T00:00:00
"""


def test_a_decision_that_names_no_place_does_not_count_and_is_told(engine: DuckEngine) -> None:
    suppliers = "supplier_key | postcode\n placed | 27231\n nowhere | 27231\n vague | 27231\n no_post | 27231"
    place = given(engine, suppliers, decisions=DECISIONS)
    warnings = geography.run(engine, place)
    found = {row["supplier_key"]: (row["seat_ring"], row["branch_ring"]) for row in engine.rows("SELECT * FROM seats")}
    assert found == {
        "placed": ("county", "municipality"),
        "nowhere": ("unknown", "municipality"),
        "vague": ("unknown", "municipality"),
        "no_post": ("unknown", "municipality"),
    }
    assert len(warnings) == 3
    for text, part in zip(
        warnings, ("99999, which no postcode", "se:9999, which stands in no", "not settle"), strict=True
    ):
        assert part in text
    assert "branch of vague is in se:12" in warnings[2] and place.name in warnings[2]


def test_of_many_wrong_decisions_the_first_are_told(engine: DuckEngine) -> None:
    lines = "\n".join(f"k{number} | seat | se:9999 | e | 2026-01-01T00:00:00" for number in range(30))
    place = given(engine, "", decisions=f"subject_id | site | area_id | evidence | decided_at\n{lines}")
    warnings = geography.run(engine, place)
    assert len(warnings) == 21 and warnings[-1].startswith("10 more")


def test_a_decision_stands_whoever_is_linked_to_whom(engine: DuckEngine) -> None:
    """Of one about the supplier and one about its organisation the later counts; in the same second the supplier's."""
    organisations = "org_id | municipality\n A | 0180"
    links = "supplier_key | org_id\n early | A\n late | A\n same | A"
    decisions = """
        subject_id | site | area_id | evidence | decided_at
        A          | seat | se:1290 | e        | 2026-01-02T00:00:00
        early      | seat | se:1291 | e        | 2026-01-01T00:00:00
        late       | seat | se:1291 | e        | 2026-01-03T00:00:00
        same       | seat | se:1291 | e        | 2026-01-02T00:00:00
    """
    place = given(engine, "supplier_key\n early\n late\n same", organisations, links, decisions=decisions)
    found = {key: row["seat_id"] for key, row in seats(engine, place).items()}
    assert found == {"early": "se:1290", "late": "se:1291", "same": "se:1291"}


def test_files_that_list_areas_place_whole_postcodes_where_the_country_says_so(engine: DuckEngine) -> None:
    areas = """
        area_id   | level        | name       | parent_id
        nl:GM0307 | municipality | Amersfoort | nl:PV26
        nl:GM0344 | municipality | Utrecht    | nl:PV26
        nl:PV26   | county       | Utrecht    | nl
    """
    listed = """
        country | postcode | municipality_id
        nl      | 3811     | nl:GM0307
        nl      | 3511     | nl:GM0344
        nl      | 3520     | -
    """
    suppliers = """
        supplier_key | postcode
        home         | 3811 AA
        near         | 3511 XK
        torn         | 3520 AB
        masked       | 3811
        number       | 381100
    """
    engine.register(tables.areas, draw(tables.areas, areas))
    engine.register(tables.postcodes, draw(tables.postcodes, listed))
    engine.register(tables.suppliers, draw(tables.suppliers, suppliers, country=None))
    for table in (tables.links, tables.link_candidates, tables.organisations, tables.workplaces, tables.seat_decisions):
        engine.register(table, [])
    found = seats(engine, geography.place(engine, "nl:GM0307"))
    rings = {name: row["branch_ring"] for name, row in found.items()}
    assert rings == {
        "home": "municipality", "masked": "municipality", "near": "county", "torn": "unknown", "number": "unknown"
    }  # fmt: skip
