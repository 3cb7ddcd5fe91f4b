"""The payments behind a figure: of one's own anchors alone, adding up to it, as pages and as files."""

import csv
import io
import re
from collections.abc import Callable
from decimal import Decimal
from html import unescape
from typing import Any

import openpyxl
import pytest
from django.test import Client

from bygd.web.people.models import Event
from bygd.workbench import snapshot

pytestmark = pytest.mark.django_db
ONE = "Region Skärland"
PAYMENT = """SELECT SUM(amount) AS amount, SUM(payments) AS payments FROM spend
             WHERE is_procurement AND anchor = ? AND year = 2024"""


@pytest.fixture
def member(place: Any, signed_in: Callable[..., Client]) -> Client:
    return signed_in(place, "analyst", anchors=[ONE])


def rows_of(answer: Any) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_file_adds_up_to_the_figure_and_holds_nobody_elses_rows(place: Any, member: Client) -> None:
    with snapshot.current(place.project).engine() as engine:
        wanted = engine.rows(PAYMENT, ONE)[0]
        names = engine.rows("SELECT name FROM spend GROUP BY name HAVING NOT BOOL_OR(anchor = ?)", ONE)
    strangers = {row["name"] for row in names}
    head, *rows = rows_of(member.get(f"/p/{place.slug}/money/rows.csv?year=2024&lang=sv"))
    assert len(head) == 9 and len(rows) == wanted["payments"]
    assert sum(Decimal(row[7].replace(",", ".")) for row in rows) == wanted["amount"]
    assert {row[2] for row in rows} == {ONE}
    assert len(strangers) > 20 and not strangers & {row[0] for row in rows}
    page = unescape(member.get(f"/p/{place.slug}/money/rows?year=2024").content.decode())
    assert f"{wanted['payments']:,} payments" in page and f"{round(wanted['amount']):,}" in page
    assert Event.objects.filter(did="downloaded payments").count() == 1


def test_a_spreadsheet_holds_days_and_numbers(place: Any, member: Client) -> None:
    answer = member.get(f"/p/{place.slug}/money/rows.xlsx?category=Livsmedel")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    rows = list(sheet.iter_rows(min_row=2))
    assert len(rows) > 5
    assert all(row[1].is_date and row[7].data_type == "n" for row in rows)


def test_pages_turn_and_keep_the_filters(place: Any, member: Client, django_assert_max_num_queries: Any) -> None:
    address = f"/p/{place.slug}/money/rows?year=2024&out=&ring=country"
    with django_assert_max_num_queries(6):
        first = unescape(member.get(address).content.decode())
    following = re.search(r'<a rel="next" href="(\?[^"]+)"', first)
    assert following and "year=2024" in following[1] and "ring=country" in following[1]
    second = unescape(member.get(f"/p/{place.slug}/money/rows{following[1]}").content.decode())
    assert 'rel="prev"' in second
    body = [text.partition("<tbody>")[2].partition("</tbody>")[0] for text in (first, second)]
    assert body[0].count("<tr>") == 50 and body[0] != body[1]


def test_masked_persons_are_shown_as_labels_and_lead_nowhere(place: Any, signed_in: Callable[..., Client]) -> None:
    with snapshot.current(place.project).engine() as engine:
        anchor, party, name = engine.rows(
            "SELECT anchor, party, name FROM spend WHERE is_masked AND is_procurement LIMIT 1"
        )[0].values()
    browser = signed_in(place, "analyst", anchors=[anchor])
    text = unescape(browser.get(f"/p/{place.slug}/money/rows", {"party": party}).content.decode())
    body = text.partition("<tbody>")[2].partition("</tbody>")[0]
    assert f'<th scope="row">{name}</th>' in body and "<a " not in body


def test_the_largest_suppliers_lead_to_their_payments(place: Any, member: Client) -> None:
    text = unescape(member.get(f"/p/{place.slug}/money/suppliers?scope=own&year=2024").content.decode())
    links = re.findall(r'<th scope="row"><a href="([^"]+)">([^<]+)</a>', text)
    assert len(links) == 25
    address, name = links[0]
    found = unescape(member.get(address).content.decode())
    assert f"Payments to {name}" in found and "year=2024" in address
