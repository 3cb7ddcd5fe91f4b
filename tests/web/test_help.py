"""Help: every page of the documentation is there, its links lead somewhere, and what is searched is found."""

import re
from html import unescape
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client

from bygd.web.pages import docs, glossary

pytestmark = pytest.mark.django_db
LANGUAGES = ("sv", "nl", "en")
FOR_PROGRAMMERS = {
    *("how-to/add-a-country", "how-to/add-a-source", "how-to/add-a-value", "how-to/run-for-many", "how-to/use-the-api"),
    *("method/linkage-benchmarks", "method/place-evidence"),
}
"""Pages of the help, beside the reference, that are in English alone."""


@pytest.fixture
def browser() -> Client:
    return Client(SERVER_NAME="localhost", HTTP_ACCEPT_LANGUAGE="en")


def test_every_page_is_shown_and_its_links_lead_somewhere(browser: Client) -> None:
    answers: dict[str, str] = {}
    for name in docs.docs():
        text = browser.get(f"/help/{name}").content.decode()
        assert "<h1" in text, name
        answers[f"/help/{name}"] = text
    assert len(answers) > 20
    for at, text in answers.items():
        body = text.partition('<article class="doc"')[2].partition("</article>")[0]
        for link in re.findall(r'(?:href|src)="([^"]+)"', body):
            path, _mark, anchor = unescape(link).partition("#")
            if "://" in path or path.startswith("mailto:"):
                continue
            target = path or at
            if target not in answers:
                assert browser.get(target).status_code == 200, (at, link)
            elif anchor:
                assert f'id="{unquote(anchor)}"' in answers[target], (at, link)


@pytest.mark.parametrize("language", ["sv", "nl"])
def test_translated_pages_are_shown_and_marked_and_their_links_lead_somewhere(browser: Client, language: str) -> None:
    translated = {name: doc for name, doc in docs.docs(language).items() if doc.language == language}
    assert len(translated) > 5 and translated.keys() <= docs.docs().keys()
    for name in translated:
        text = browser.get(f"/help/{name}?lang={language}").content.decode()
        _before, mark, rest = text.partition(f'<article class="doc" lang="{language}">')
        assert mark, name
        for link in re.findall(r'(?:href|src)="([^"]+)"', rest.partition("</article>")[0]):
            path, _mark, anchor = unescape(link).partition("#")
            if "://" in path or path.startswith("mailto:"):
                continue
            led = browser.get(f"{path or f'/help/{name}'}?lang={language}")
            assert led.status_code == 200, (name, link)
            assert not anchor or f'id="{unquote(anchor)}"' in led.content.decode(), (name, link)
    written = browser.get(f"/help/method/linkage-benchmarks?lang={language}").content.decode()
    assert '<article class="doc" lang="en">' in written


@pytest.mark.parametrize("language", ["sv", "nl"])
def test_translations_keep_the_parts_of_their_page(language: str) -> None:
    """A chapter or table that is added in English and not translated would otherwise go unseen."""
    for name, doc in docs.docs(language).items():
        if doc.language == language:
            written = docs.docs()[name].text
            for part in (r"^#+ ", r"^\|[-:| ]+\|$"):
                assert len(re.findall(part, doc.text, re.M)) == len(re.findall(part, written, re.M)), (name, part)


@pytest.mark.parametrize("language", ["sv", "nl"])
def test_every_page_for_people_is_translated(language: str) -> None:
    listed = {name: doc for name, doc in docs.docs(language).items() if doc.group and doc.group != "reference"}
    assert {name for name, doc in listed.items() if doc.language != language} == FOR_PROGRAMMERS


@pytest.mark.parametrize("language", ["sv", "nl"])
def test_words_are_found_in_translated_pages(language: str) -> None:
    word = {"sv": "kortkommandon", "nl": "sneltoetsen"}[language]
    assert docs.search(word, language)[0].doc.name == "how-to/keys" and not docs.search(word)


def test_headings_have_anchors_and_a_table_of_contents(browser: Client) -> None:
    text = browser.get("/help/method/spend").content.decode()
    for anchor, _title in docs.rendered("method/spend").headings:
        assert f'<a href="#{anchor}">' in text and f'id="{anchor}"' in text


def test_html_in_the_documentation_stays_text(monkeypatch: pytest.MonkeyPatch) -> None:
    found = docs.Doc(
        "x", "x", "# A\n\n<script>alert(1)</script> [a](javascript:alert(1)) ![b](../../../etc/passwd.png)\n"
    )
    monkeypatch.setattr(docs, "docs", lambda _language="en": {"x": found})
    docs.rendered.cache_clear()
    html = str(docs.rendered("x").html)
    docs.rendered.cache_clear()
    assert "<script" not in html and 'href="javascript' not in html


@pytest.mark.parametrize("path", ["../../../../etc/passwd", "..%2f..%2fpyproject.toml", "method/spend.md", "none.png"])
def test_only_pictures_of_the_documentation_are_given(browser: Client, path: str) -> None:
    assert browser.get(f"/help/image/{path}").status_code == 404


def test_pages_are_found_by_all_their_words(browser: Client) -> None:
    titles = [hit.doc.name for hit in docs.search("gini coefficient")]
    assert "method/spend" in titles
    assert next(hit.doc.name for hit in docs.search("review doubtful")) == "how-to/review-doubts"
    assert docs.search("xyzzy") == [] and docs.search("  ") == []
    assert "0 pages found" in browser.get("/help/?q=<xyzzy>").content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_glossary_and_statement_are_in_every_language(browser: Client, language: str, settings: Any) -> None:
    text = browser.get(f"/help/words?lang={language}").content.decode()
    assert f'<html lang="{language}"' in text
    assert text.count("<dt>") == len(glossary.TERMS) and text.count("<table>") == len(glossary.LISTS)
    settings.CONTACT, settings.SUPERVISOR = "tillganglighet@example.org", "The Authority"
    statement = browser.get(f"/help/accessibility?lang={language}").content.decode()
    assert "tillganglighet@example.org" in statement and "The Authority" in statement


def test_pages_lead_to_the_help_about_them() -> None:
    for doc in docs.ABOUT.values():
        assert doc in docs.docs()
    assert docs.about("money-tab") == "method/spend"
    assert docs.about("home") == "" and docs.about(None) == ""
