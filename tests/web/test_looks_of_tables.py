"""Tables that people carry with them: on a phone no name is cut within a word, on paper no heading stands alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.lib import web as running

import bygd.web

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path(running.CHROMIUM).exists(), reason="Chromium is not installed"),
]
STATIC = Path(bygd.web.__file__).parent / "static"
LONG = ("Arbetsgivaravgifter", "Fyrhamnsbostäder AB", "Nordlicht Medizintechnik GmbH")
CELLS = '<td class="number">183,974,590</td><td class="number">79</td><td>Private, part of a group</td>'
ROWS = "".join(f'<tr><th scope="row"><b>{name}</b></th>{CELLS}</tr>' for name in LONG)
PAGE = f"""<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><body><main>
<h2>What it was paid</h2><p><a class="button" href="#">Correct whose it is</a></p>
<form class="filters"><details class="more" open><summary>More filters</summary>Year</details>
<button>Show</button></form>
<div class="scroll"><table><caption>By supplier</caption>
<thead><tr><th>Supplier</th><th class="number">Purchases (SEK)</th><th class="number">Payments</th>
<th>Ownership</th></tr>
</thead><tbody>{ROWS}</tbody></table></div>
</main></body></html>"""
LINES = """th => { const range = document.createRange(); const text = th.firstChild.firstChild; const found = [];
  for (const word of text.data.matchAll(/\\S+/g)) {
    range.setStart(text, word.index); range.setEnd(text, word.index + word[0].length);
    if (range.getClientRects().length > 1) found.push(word[0]); }
  return found; }"""


@pytest.fixture(params=[("bygd.css",), ("bygd.css", "money.css")], ids=" ".join)
def page(request: pytest.FixtureRequest, chromium: Any) -> Iterator[Any]:
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    opened = context.new_page()
    opened.set_content(PAGE)
    for name in request.param:
        opened.add_style_tag(content=(STATIC / name).read_text(encoding="utf-8"))
    yield opened
    context.close()


def test_no_word_of_a_name_is_broken_on_a_phone_and_sums_beside_it_are_whole(page: Any) -> None:
    assert [word for row in page.locator("tbody th").all() for word in row.evaluate(LINES)] == []
    sums = page.locator("tbody th + td").evaluate_all("all => all.map(one => one.getBoundingClientRect().right)")
    assert max(sums) <= page.locator(".scroll").evaluate("one => one.getBoundingClientRect().right")


def test_on_paper_headings_stay_with_what_follows_and_nothing_is_there_to_press(page: Any) -> None:
    page.emulate_media(media="print")
    for part in ("h2", "caption", "thead"):
        assert page.locator(part).evaluate("one => getComputedStyle(one).breakAfter") == "avoid", part
    for part, rule in {"table": "auto", "tbody tr >> nth=0": "avoid"}.items():
        assert page.locator(part).evaluate("one => getComputedStyle(one).breakInside") == rule, part
    assert page.locator(".scroll").evaluate("one => getComputedStyle(one).overflowX") == "visible"
    assert not any(page.locator(part).is_visible() for part in ("a.button", "button", ".more"))
