"""The guide for small firms prints on two sides of A4, in every language, empty and full."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bygd.cli import main
from bygd.reports.documents import guide as document
from bygd.reports.documents.guide import Amount, Buyer, Coming, Forum, Guide, Line, Source
from bygd.reports.translate import LANGUAGES, Translator
from bygd.sources.errors import InputError
from bygd.workbench import guide as library

PAGES = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture
def printer(chromium: Any) -> Callable[[str], int]:
    """How many pages a page prints on."""

    def printed(html: str) -> int:
        page = chromium.new_page()
        page.set_content(html)
        number = len(PAGES.findall(page.pdf(prefer_css_page_size=True)))
        page.close()
        return number

    return printed


def fullest() -> Guide:
    """A guide with as much of everything as there may be."""
    long = "Reparation och underhåll av byggnadsinstallationer i äldre fastigheter"
    says = "Vi vill gärna höra av er, och hjälper till med frågor. " * 8
    buyer = Buyer(
        "Fyrhamns kommunala bostadsaktiebolag", (long[:40],) * 6, "Inköps- och upphandlingsenheten",
        "upphandlingsenheten@fyrhamnsbostader.example", "+46 111 22 33 44", "https://fyrhamnsbostader.example/upphandling",
    )  # fmt: skip
    coming = Coming(long, "Fyrhamns kommunala bostadsaktiebolag", date(2027, 12, 31), "", long, True)
    amount = Amount("59 880 179 kr", verified=False, outdated=True, vat="without")
    text = (
        "Services listed in the section may be reserved to organisations whose purpose is linked to the service, that "
        "reinvest their profit and are run with staff or users taking part. Name the CPV code to see whether it is "
        "listed; the list kept here may lack codes. For three years at most, and not twice running."
    )
    source = Source(
        "Upphandlingsmyndigheten, Tröskelvärden och direktupphandlingsgränser, 2026–2027", "https://x.example", None
    )
    return Guide(
        "Fyrhamn", date(2026, 11, 22), date(2026, 11, 1), says[:300], ((long[:60], "630 miljoner kr"),) * 10, "",
        (buyer,) * 8, (coming,) * 8, (Forum(long, date(2027, 1, 31), "/open/x/forums/y/"),) * 3,
        (Line("Social and other special services", amount, amount),) * 4, (text,) * 4, (source,) * 4, "SEK",
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_prints_on_two_pages(
    built_sample: Path, printer: Callable[[str], int], language: str, tmp_path: Path
) -> None:
    told = CliRunner().invoke(main, ["-C", str(built_sample), "guide", "--out", str(tmp_path), "--lang", language])
    assert told.exit_code == 0, told.output
    text = (tmp_path / f"guide-{language}.html").read_text()
    assert "Byggentreprenader" in text and "700" in text
    assert printer(text) == 2
    assert printer(document.page(fullest(), Translator(language))) == 2


def test_an_empty_guide_prints_on_two_pages_and_says_what_is_not_known(
    tmp_path: Path, printer: Callable[[str], int]
) -> None:
    from bygd.workbench import project

    found = project.create(tmp_path / "place", "se:9901", "Fyrhamn")
    for path in library.write(found, tmp_path, ["en"]):
        text = path.read_text()
    for said in ("Nothing is known here yet of what is bought", "No institution is known", "nothing is planned in it"):
        assert said in text
    assert printer(text) == 2
    with pytest.raises(InputError, match="writes no guide in 'fi'"):
        library.write(found, tmp_path, ["fi"])


def test_it_stands_in_the_published_site_where_the_place_says_so(built_sample: Path, tmp_path: Path) -> None:
    import shutil

    from bygd.workbench import project, publication

    shutil.copytree(built_sample, tmp_path / "own", symlinks=True)
    found, target = project.read(tmp_path / "own"), tmp_path / "site"
    publication.write(found, target, ["sv", "en"], whole=True)
    assert not (target / "sv" / "guide.html").exists()
    library.save(found.folder, library.Settings(public=True))
    publication.write(found, target, ["sv", "en"], whole=True)
    assert "../en/guide.html" in (target / "sv" / "guide.html").read_text()
    assert 'href="guide.html"' in (target / "sv" / "index.html").read_text()
    publication.write(found, target, ["sv", "en"])
    assert (
        not (target / "sv" / "guide.html").exists() and "guide.html" not in (target / "sv" / "index.html").read_text()
    )
