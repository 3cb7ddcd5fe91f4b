"""Where the money goes: who may see it, filters in the address, and nothing more of the pool than the public report."""

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bygd.workbench import reporting, snapshot

pytestmark = [pytest.mark.django_db, pytest.mark.asks_who]
SignedIn = Callable[..., Client]

POOL = ("overview", "flow", "places", "owners", "leaves", "left-out")
ONE, OTHER = "Region Skärland", "Fyrhamns kommun"


@pytest.fixture
def reader(place: Any, signed_in: SignedIn) -> Client:
    return signed_in(place, "reader")


@pytest.fixture
def member(place: Any, signed_in: SignedIn) -> Client:
    return signed_in(place, "analyst", anchors=[ONE])


def at(place: Any, path: str = "") -> str:
    return f"/p/{place.slug}/money/{path}"


def main(answer: Any) -> str:
    """What stands in the page."""
    return unescape(answer.content.decode().partition("<main")[2].partition("</main>")[0])


@pytest.mark.parametrize("tab", POOL)
def test_everybody_in_the_place_sees_all_anchors_together(
    place: Any, reader: Client, tab: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(6):
        answer = reader.get(at(place, tab))
    assert answer.status_code == 200
    assert "<h2" in main(answer) and "<table" in main(answer)
    assert len(answer.content) < 300_000
    assert "My institutions" not in main(answer)


@pytest.mark.parametrize("path", ["", "rows", "rows.csv", "report.html", "picture/flow/flow.svg", "table/rings/0.csv"])
def test_strangers_are_told_nothing(place: Any, signed_in: SignedIn, path: str) -> None:
    assert Client(SERVER_NAME="localhost").get(at(place, path)).status_code == 302
    assert signed_in().get(at(place, path)).status_code == 404


@pytest.mark.parametrize("role", ["reader", "buyer", "facilitator", "administrator", "analyst"])
@pytest.mark.parametrize(
    "path",
    [
        "?scope=own", "overview?scope=own", "rows", "rows.csv", "rows.xlsx", "report.html?scope=own",
        "picture/headline/definitions.svg?scope=own", "table/suppliers/0.csv?scope=own",
    ],
)  # fmt: skip
def test_own_figures_are_for_members(place: Any, signed_in: SignedIn, role: str, path: str) -> None:
    assert signed_in(place, role).get(at(place, path)).status_code == 403


@pytest.mark.parametrize("tab", [*POOL, "suppliers"])
def test_a_member_sees_own_figures_with_filters(place: Any, member: Client, tab: str) -> None:
    for query in ("scope=own", "scope=own&year=2024&size=medium", "scope=own&category=Livsmedel"):
        answer = member.get(at(place, f"{tab}?{query}"))
        assert answer.status_code == 200, query
        assert OTHER not in main(answer)
    assert len(answer.content) < 300_000


def test_what_filters_changed_is_said_and_focus_stays(place: Any, member: Client) -> None:
    whole = member.get(at(place, "overview?scope=own")).content.decode()
    part = member.get(at(place, "overview?scope=own"), headers={"HX-Request": "true"}).content.decode()
    assert 'role="status" id="told"></p>' in whole and "hx-swap-oob" not in whole
    said = re.search(r'<p id="told" hx-swap-oob="innerHTML">([^<]+)</p>', part)
    assert said and f'<p class="lead">{said[1]}</p>' in part
    assert '<button class="main" id="show">' in part, "a button without an id loses the focus when it is swapped"
    titles = {
        re.findall("<title>([^<]+)", member.get(at(place, f"{tab}?scope=own")).content.decode())[0]
        for tab in ("overview", "flow", "leaves")
    }
    assert len(titles) == 3, "each part of the page has a name of its own"


def test_filters_stand_in_the_form_and_in_every_link(place: Any, member: Client) -> None:
    query = {"scope": "own", "by": "branch", "within": "county", "year": ["2023", "2024"], "size": "small"}
    for headers in ({}, {"HX-Request": "true"}):
        answer = member.get(at(place, "flow"), query, headers=headers)
        text = main(answer) if not headers else unescape(answer.content.decode())
        assert ("<html" in answer.content.decode()) is not bool(headers)
        for name in ("by", "within"):
            pattern = rf'<select name="{name}".*?<option value="{query[name]}" selected'
            assert re.search(pattern, text, re.DOTALL), name
        ticked = re.findall(r'<input type="checkbox" name="(\w+)" value="([^"]*)" checked>', text)
        assert ticked == [("year", "2023"), ("year", "2024"), ("size", "small")]
        assert "Only this is counted here: Year: 2023, 2024; Size of supplier: 10 to 49 employees." in text
        tabs = re.findall(r'href="([^"]*/money/\w[^"]*)"', text)
        kept = [link for link in tabs if "/money/leaves?" in link or "/money/rows?" in link or "/picture/" in link]
        assert len(kept) > 3
        for link in kept:
            said = set(re.split("[?&]", link))
            assert {"within=county", "size=small", "scope=own", "year=2023", "year=2024"} <= said, link
            assert "by=branch" in said or "ring=" in link, "but where the cell itself is by another definition"


def test_several_values_count_what_each_of_them_counts(place: Any, member: Client) -> None:
    """As a set: whatever their order and however often they stand in the address."""

    def total(query: str) -> tuple[int, str]:
        found = PAID.search(main(member.get(at(place, f"rows?{query}"))))
        assert found, query
        said = re.search(r"of SEK\s[\d.]+\s\w+", main(member.get(at(place, f"overview?scope=own&{query}"))))
        assert said, query
        return int(found[2].replace(",", "")), said[0]

    both = total("year=2023&year=2024")
    assert abs(both[0] - total("year=2023")[0] - total("year=2024")[0]) <= 1
    assert both == total("year=2024&year=2023&year=2024&size=")
    assert both[1] != total("year=2024")[1]
    assert member.get(at(place, "overview?scope=own&year=2024&year=1999")).status_code == 400


PAID = re.compile(r"payments?, (−?)SEK\s([0-9,]+) in all")
LINK = re.compile(r'<a class="behind" href="([^"]+)">([^<]+)</a>')


@pytest.mark.parametrize("tab", ["overview", "flow", "places", "owners", "leaves"])
def test_a_cell_leads_to_the_payments_it_is_made_of(place: Any, signed_in: SignedIn, tab: str) -> None:
    """Whatever is narrowed and however local is meant: the payments add up to the cell."""
    member = signed_in(place, anchors=[ONE, OTHER])
    for query in ("scope=own", "scope=own&by=either&within=county&year=2023&year=2025&ownership=private"):
        links = LINK.findall(unescape(member.get(at(place, f"{tab}?{query}")).content.decode()))
        assert len(links) >= 3, (tab, query)
        for address, cell in links[:: max(1, len(links) // 6)]:
            page = member.get(address)
            assert page.status_code == 200, address
            if "%" in cell:
                continue  # a share of what is listed; sums are checked
            found = PAID.search(main(page))
            assert found, address
            told = int(found[2].replace(",", "")) * (-1 if found[1] else 1)
            assert told == int(cell.replace(",", "").replace("−", "-")), (address, cell)


def test_cells_of_all_institutions_together_lead_nowhere(place: Any, member: Client) -> None:
    for tab in POOL:
        page = member.get(at(place, tab)).content.decode()
        assert not LINK.search(page) and at(place, "rows") not in page


def test_a_page_from_the_browsers_history_is_whole(place: Any, reader: Client) -> None:
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in reader.get(at(place), headers=headers).content.decode()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["by", "within", "anchor", "year", "ownership", "size", "industry", "category"]),
    # The mark keeps out words that do exist: examples are also taken from the words of the code.
    value=st.text(max_size=20).map(lambda text: "?" + text.replace("\x00", "").rstrip()),
)
def test_a_value_that_does_not_exist_is_told_and_breaks_nothing(
    place: Any, member: Client, name: str, value: str
) -> None:
    for path in ("overview", "rows"):
        answer = member.get(at(place, path), {"scope": "own", name: value})
        assert answer.status_code == 400
        assert "There is a problem" in main(answer)


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=99999", "out=x", "ring=x", "party=" + "x" * 200])
def test_nonsense_beside_the_filters_is_told_too(place: Any, member: Client, query: str) -> None:
    assert member.get(at(place, f"rows?{query}")).status_code == 400
    assert member.get(at(place, f"rows.csv?{query}")).status_code == 404
    assert member.get(at(place, "picture/flow/none.svg")).status_code == 404
    assert member.get(at(place, "table/rings/9.csv")).status_code == 404
    assert member.get(at(place, "no-such-page")).status_code == 404


def test_another_anchors_name_is_not_a_choice(place: Any, member: Client) -> None:
    answer = member.get(at(place, "overview"), {"scope": "own", "anchor": OTHER})
    assert answer.status_code == 400
    assert f'<option value="{OTHER}"' not in main(answer)


def test_the_pool_shows_no_number_that_the_public_report_does_not(place: Any, reader: Client, tmp_path: Path) -> None:
    """Whatever filters are put in its address."""
    reporting.write(place.project, tmp_path, "en", public=True)
    report = (tmp_path / "report.html").read_text(encoding="utf-8")
    told = numbers(report) | numbers(
        " ".join(
            f"{row[name]:.1%} {row[name]:.0%} {row[name]:,.0f}"
            for row in json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))["figures"]
            for name in ("value", "low", "high", "coverage")
            if row[name] is not None
        )
    )
    seen = 0
    for tab in POOL:
        for query in (
            "",
            "by=branch",
            "by=either&within=county",
            "within=country",
            f"anchor={OTHER}&year=2024&size=small",
        ):
            found = numbers(main(reader.get(at(place, f"{tab}?{query}"))).partition('id="results"')[2])
            seen += len(found)
            assert found <= told, (tab, query, found - told)
    assert seen > 200


def numbers(text: str) -> set[str]:
    """Amounts and shares in the text; not those of addresses and ids."""
    plain = re.sub(r"<[^>]*>", " ", unescape(text))
    return set(re.findall(r"\d[\d,]*\.\d%|\d{1,3}(?:,\d{3})+|\d+%", plain))


def test_a_cell_of_one_supplier_is_withheld_from_the_pool(own_place: Any, signed_in: SignedIn) -> None:
    planted = plant(own_place)
    pool = main(signed_in(own_place, "reader").get(at(own_place, "owners")))
    row = re.search(r"<tr><th scope=\"row\">Employee-owned</th>(.*?)</tr>", pool)
    assert row and "withheld" in row[1]
    assert planted not in pool
    own = main(signed_in(own_place, "analyst", anchors=[OTHER]).get(at(own_place, "owners?scope=own")))
    assert planted in own


def plant(place: Any) -> str:
    """Make one large supplier of one anchor the only one of its kind; gives its money as pages write it."""
    path = snapshot.current(place.project).folder / "spend.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE spend AS SELECT * FROM '{path}'")
        connection.execute("UPDATE spend SET ownership = 'private' WHERE ownership = 'employee_owned'")
        party = connection.execute(
            """SELECT party FROM spend WHERE is_procurement GROUP BY party
               HAVING COUNT(DISTINCT anchor) = 1 AND MIN(anchor) = ? ORDER BY SUM(amount) DESC LIMIT 1""",
            [OTHER],
        ).fetchone()
        assert party
        connection.execute("UPDATE spend SET ownership = 'employee_owned' WHERE party = ?", party)
        amount = connection.execute("SELECT SUM(amount) FROM spend WHERE party = ?", party).fetchone()
        path.unlink()
        connection.execute(f"COPY spend TO '{path}' (FORMAT parquet)")
    assert amount
    return f"{round(amount[0]):,}"


def test_too_few_suppliers_are_said_to_be_so(own_place: Any, signed_in: SignedIn) -> None:
    path = snapshot.current(own_place.project).folder / "spend.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE spend AS SELECT * FROM '{path}' WHERE is_procurement LIMIT 2")
        path.unlink()
        connection.execute(f"COPY spend TO '{path}' (FORMAT parquet)")
    browser = signed_in(own_place, "reader")
    answer = browser.get(at(own_place))
    assert answer.status_code == 200 and "Too few suppliers" in main(answer)
    assert "%" not in main(answer).partition('id="results"')[2]
    for path_ in ("report.html", "picture/headline/definitions.svg", "table/rings/0.csv"):
        assert browser.get(at(own_place, path_)).status_code == 404


def test_nothing_built_yet_is_said(own_place: Any, signed_in: SignedIn) -> None:
    (own_place.project.state / snapshot.POINTER).unlink()
    browser = signed_in(own_place, "analyst", anchors=[ONE])
    for path in ("", "?scope=own", "rows"):
        assert "Nothing has been built yet" in main(browser.get(at(own_place, path)))
    assert browser.get(at(own_place, "report.xlsx")).status_code == 404


@pytest.mark.parametrize("language", ["sv", "nl", "en"])
def test_pictures_are_drawn_in_both_widths_and_said_in_words(place: Any, reader: Client, language: str) -> None:
    text = reader.get(at(place, f"flow?lang={language}")).content.decode()
    pictures = re.findall(r'<img class="chart" src="([^"]+)" alt="([^"]+)"', text)
    assert len(pictures) == 2
    files = re.findall(r"<a [^>]*>(?:SVG|PNG)<span[^>]*>([^<]+)", text)
    assert len(files) == 4 and len(set(files)) == 2, "a list of links tells of which picture each is"
    for address, said in pictures:
        assert len(said) > 40
        drawn = {}
        for width in ("", "&width=narrow"):
            answer = reader.get(unescape(address) + width)
            drawn[width] = answer.content.decode()
            assert answer["Content-Type"] == "image/svg+xml" and "private" in answer["Cache-Control"]
            assert "style=" not in drawn[width] and "<script" not in drawn[width]
        assert drawn[""] != drawn["&width=narrow"]
    png = reader.get(at(place, "picture/flow/flow.png?save=1"))
    assert png.content[:4] == b"\x89PNG" and "attachment" in png["Content-Disposition"]


@pytest.mark.asks_who(more="the log")
def test_reports_can_be_had_whole(place: Any, reader: Client, member: Client) -> None:
    public = reader.get(at(place, "report.html?by=branch&within=county"))
    assert b"This report is for everybody" in public.content
    own = member.get(at(place, "report.html?scope=own"))
    assert b"names suppliers" in own.content and OTHER not in own.content.decode()
    assert member.get(at(place, "report.xlsx?scope=own")).content[:2] == b"PK"
