"""The page: one file, no scripts, no other hosts; readable by all, on small screens too."""

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import box

from bygd import reports
from bygd.engine import DuckEngine
from bygd.reports import LANGUAGES
from bygd.reports.sections import rings
from bygd.reports.write import subject_of
from bygd.vocabulary import tables
from bygd.vocabulary.words import LinkState

from .conftest import AREAS, MANIFEST, PLACE
from .test_explanation import candidate, case

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # All of them; what passes is not listed, which halves the time.
}


LOOKED = {"sv": 1000, "en": 320, "nl": 1000}
"""The width at which axe looks in each language: elements are alike in all of them."""


@pytest.fixture
def boundaries(tmp_path: Path) -> Path:
    """Squares beside each other, one for each municipality of the made-up town."""
    features = [
        {
            "type": "Feature",
            "properties": {"county": id[3:5], "code": id[3:], "name": name},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[13 + x, 55], [14 + x, 55], [14 + x, 56], [13 + x, 56], [13 + x, 55]]],
            },
        }
        for x, (id, level, name, _parent) in enumerate(AREAS)
        if level == "municipality"
    ]
    path = tmp_path / "boundaries.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def page(engine: DuckEngine, folder: Path, boundaries: Path | None = None, **options: Any) -> Path:
    return reports.write(
        engine,
        PLACE,
        "Bygdeby & Co",
        folder,
        snapshot="0123456789ab",
        manifest=MANIFEST,
        boundaries=[boundaries] if boundaries else None,
        **options,
    ).page


def test_sentence_first_then_everything_in_order(town: DuckEngine, tmp_path: Path) -> None:
    text = page(town, tmp_path, charts=False).read_text(encoding="utf-8")
    lead = re.search(r'<p class="lead">(.*?)</p>', text)
    assert lead and re.fullmatch(
        r"\d+% of the SEK\u00a0[\d.]+\u00a0million that could be placed stays in Bygdeby\.", lead[1]
    )
    assert re.findall(r'<section id="([\w-]+)"', text) == [
        "headline", "flow", "rings", "places", "trend", "ownership", "leakage", "size", "concentration",
        "suppliers", "excluded", "doubts", "accuracy", "control", "masked", "sources",
    ]  # fmt: skip


def test_small_areas_do_not_lie_over_the_municipality_they_are_in(town: DuckEngine) -> None:
    squares = {id: box(number, 0, number + 1, 1) for number, (id, level, *_) in enumerate(AREAS) if level != "country"}
    inner = {"area_id": "se:1291A", "level": "neighbourhood", "name": "Inre", "parent_id": "se:1291"}
    town.register(tables.areas, [*town.rows("SELECT * FROM areas"), inner | {"deprivation_decile": None}])
    subject = subject_of(town, PLACE, "Bygdeby", "en", "0123456789ab", MANIFEST)
    found = rings.municipalities(subject, squares | {"se:1291A": box(2.1, 0.1, 2.4, 0.4)})
    whole = json.dumps(found.pictures[-1].wide)
    assert whole.count('"Polygon"') == sum(level == "municipality" for _, level, *_ in AREAS)


def test_names_from_ledgers_are_escaped(town: DuckEngine, tmp_path: Path) -> None:
    text = page(town, tmp_path).read_text(encoding="utf-8")
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert not re.search(r"\son\w+=", text), "no event handlers"
    assert 'style="' not in text, "no inline styles"
    assert "Bygdeby &amp; Co" in text


def test_nothing_comes_from_elsewhere(town: DuckEngine, tmp_path: Path) -> None:
    text = page(town, tmp_path).read_text(encoding="utf-8")
    assert not re.search(r'(?:src|href|action)="(?!#)', text)
    assert "@import" not in text and "url(http" not in text


def test_ids_are_unique_and_references_lead_somewhere(town: DuckEngine, tmp_path: Path, boundaries: Path) -> None:
    text = page(town, tmp_path, boundaries).read_text(encoding="utf-8")
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    referred = set(re.findall(r"url\(#([^)]+)\)", text)) | set(re.findall(r'href="#([^"]+)"', text))
    assert referred <= set(ids)


def test_an_empty_snapshot_says_so(engine: DuckEngine, tmp_path: Path) -> None:
    from bygd.vocabulary import tables

    for table in tables.ALL:
        engine.register(table, [])
    text = page(engine, tmp_path).read_text(encoding="utf-8")
    assert "There is nothing to measure: no purchases were found." in text


def test_sentences_can_be_had_alone(town: DuckEngine) -> None:
    said = reports.sentences(town, PLACE, language="sv")
    assert said[0].endswith("stannar i Bygdeby.")


@pytest.mark.slow
@pytest.mark.parametrize("audience", ["internal", "public"])
def test_a_report_is_written_in_a_few_seconds(
    town: DuckEngine, tmp_path: Path, boundaries: Path, audience: str
) -> None:
    start = time.process_time()
    page(town, tmp_path, boundaries, audience=audience)
    assert time.process_time() - start < 30


def looked_at(path: Path, chromium: Any, language: str) -> None:
    """The page asks for nothing, breaks none of the rules of accessibility, and fits a small screen."""
    from axe_playwright_python.sync_playwright import Axe

    asked: list[str] = []
    complaints: list[str] = []
    opened = chromium.new_page(viewport={"width": 1000, "height": 900}, bypass_csp=False)
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: complaints.append(message.text))
    opened.goto(path.as_uri())
    assert opened.get_attribute("html", "lang") == language
    opened.set_viewport_size({"width": 320, "height": 700})
    assert opened.evaluate("document.documentElement.scrollWidth") <= 320
    assert asked == [path.as_uri()]
    assert complaints == [], "nothing is blocked by the page's own security policy"
    checking = chromium.new_page(viewport={"width": 1000, "height": 900}, bypass_csp=True)
    checking.goto(path.as_uri())
    checking.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    checking.set_viewport_size({"width": LOOKED[language], "height": 900})
    result = Axe().run(checking, options=RULES)
    assert result.violations_count == 0, result.generate_report()


@pytest.mark.slow
@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("audience", ["internal", "public"])
def test_accessible_on_every_screen_and_silent(
    town: DuckEngine, tmp_path: Path, boundaries: Path, chromium: Any, language: str, audience: str
) -> None:
    looked_at(page(town, tmp_path, boundaries, language=language, audience=audience), chromium, language)


@pytest.mark.slow
@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_an_explanation_is_accessible_on_every_screen_and_silent(tmp_path: Path, chromium: Any, language: str) -> None:
    translate, path = reports.Translator(language), tmp_path / "why.html"
    found = case(LinkState.UNRESOLVED, candidate(1, 0.6), candidate(2, 0.2), candidate(3, 0.1))
    path.write_text(reports.explanation_page(found, reports.explain(found, translate), translate), encoding="utf-8")
    looked_at(path, chromium, language)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_where_the_share_cannot_be_told_it_is_said_what_to_do(town: DuckEngine, language: str) -> None:
    town.sql(tables.spend, "SELECT * REPLACE ('unknown' AS seat_ring, 'linked' AS state) FROM spend")
    said = reports.sentences(town, PLACE, language=language)
    assert len(said) == 3 and said[2].startswith("100") and "bygd sources list" in said[2], said
    town.sql(tables.spend, "SELECT * REPLACE ('unresolved' AS state) FROM spend")
    said = reports.sentences(town, PLACE, language=language)
    assert len(said) == 3 and said[2].startswith("100") and "bygd review" in said[2], said


def test_a_share_of_what_could_be_placed_is_not_said_of_all_money(town: DuckEngine) -> None:
    """Much is in doubt: the first sentence names the money the share is of, the second the whole."""
    first, second, _ = reports.sentences(town, PLACE, language="en")
    placed = float(re.search(r"([\d.]+)\smillion that could be placed", first)[1])  # type: ignore[index]
    whole = float(re.match(r"Of all SEK\s([\d.]+)\smillion it is between \d+% and \d+%", second)[1])  # type: ignore[index]
    all_of_it, found = town.rows(
        "SELECT SUM(amount) AS money FROM spend WHERE is_procurement UNION ALL "
        "SELECT SUM(amount) FROM spend WHERE is_procurement AND seat_ring <> 'unknown'"
    )
    assert whole == pytest.approx(float(all_of_it["money"]) / 1e6, rel=0.01)
    assert placed == pytest.approx(float(found["money"]) / 1e6, rel=0.01)
    known = [row | {"seat_ring": "municipality", "seat_id": "se:1291"} for row in town.rows("SELECT * FROM spend")]
    town.register(tables.spend, known)
    assert reports.sentences(town, PLACE, language="en")[0].startswith("100% of SEK"), "nothing in doubt: said plainly"
