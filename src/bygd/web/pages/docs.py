"""Docs: the documentation as pages of the web: found in one's language where it is there, rendered, searched."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.urls import reverse
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

import bygd
from bygd.reports import LANGUAGES, Translator
from bygd.vocabulary.said import N_
from bygd.web.languages import PACKAGE

IN_PACKAGE = Path(bygd.__file__).parent / "docs"
IN_CHECKOUT = Path(bygd.__file__).parents[2] / "docs"
IMAGES = {".png": "image/png", ".svg": "image/svg+xml"}
CONTENTS = "README"
WRITTEN = "en"
"""The language that every page is there in. Translations stand in a folder named after their language."""
TABLE = N_("Table {number}")
ABOUT = {
    "money": "method/spend",
    "import": "how-to/import-in-the-browser",
    "input": "how-to/import-in-the-browser",
    "build": "how-to/import-in-the-browser",
    "snapshot": "explanation/from-file-to-figure",
    "review": "how-to/review-doubts",
    "case": "how-to/review-doubts",
    "why": "method/linkage",
    "supplier": "method/linkage",
    "organisation": "method/ownership",
    "place": "how-to/see-your-place",
    "rules": "how-to/ask-the-rules",
    "gap": "how-to/find-market-gaps",
    "lots": "how-to/find-market-gaps",
    "forum": "how-to/hold-an-issue-forum",
    "asset": "how-to/map-what-you-have",
    "plan-case": "how-to/map-what-you-have",
    "assessment": "how-to/map-what-you-have",
    "circle": "how-to/lead-a-study-circle",
    "meeting": "how-to/hold-an-open-meeting",
    "board": "how-to/make-an-action-plan",
    "card": "how-to/make-an-action-plan",
    "action-plan": "how-to/make-an-action-plan",
    "plans": "how-to/make-an-action-plan",
    "guide": "how-to/guide-for-small-firms",
    "policy": "how-to/ask-for-social-value",
    "policies": "how-to/ask-for-social-value",
    "tender": "how-to/run-a-tender",
    "contract": "how-to/keep-contracts",
    "promise": "how-to/follow-promises",
    "social-return": "how-to/follow-promises",
    "report": "how-to/report-on-promises",
}
"""How names of addresses begin → the page that helps there."""

EMPTY_HEAD = re.compile(r"<thead>\s*<tr>(?:\s*<th[^>]*></th>)*\s*</tr>\s*</thead>")
AROUND = 90
"""Letters on each side of what a search found."""


@dataclass(frozen=True)
class Doc:
    """One page: its name in addresses, its title, and its text as written."""

    name: str
    title: str
    text: str
    language: str = WRITTEN

    @property
    def group(self) -> str:
        """The folder it stands in: tutorial, how-to, method, explanation, reference; else empty."""
        return self.name.partition("/")[0] if "/" in self.name else ""


@dataclass(frozen=True)
class Rendered:
    """A page as HTML, and its headings of the second level with their anchors."""

    html: Markup
    headings: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Hit:
    """A page that a search found, with the words around the first place."""

    doc: Doc
    before: str
    found: str
    after: str


def folder() -> Path:
    """Where the documentation stands: in the installed package, in a checkout beside it."""
    return IN_PACKAGE if IN_PACKAGE.is_dir() else IN_CHECKOUT


@cache
def docs(language: str = WRITTEN) -> dict[str, Doc]:
    """Every page by its name, in that language where it was translated, else as it was written."""
    found: dict[str, dict[str, Doc]] = {one: {} for one in LANGUAGES}
    for path in sorted(folder().rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        its, name = _parted(path.relative_to(folder()).with_suffix("").as_posix())
        first = next((line for line in text.splitlines() if line.startswith("# ")), f"# {name}")
        found[its][name] = Doc(name, first.removeprefix("# ").replace("`", ""), text, its)
    return {name: found[language].get(name, doc) for name, doc in found[WRITTEN].items()}


def _parted(path: str) -> tuple[str, str]:
    """The language of a page at that path, and its name, which is the same in all languages."""
    first, _slash, rest = path.partition("/")
    return (first, rest) if first in LANGUAGES and rest else (WRITTEN, path)


def about(name: str | None) -> str:
    """The page that helps at the address of that name; empty where none does."""
    found = next((doc for start, doc in ABOUT.items() if name and name.startswith(start)), "")
    return found if found in docs() else ""


@cache
def rendered(name: str, language: str = WRITTEN) -> Rendered:
    """The page of that name. Links to other pages lead to them, those to what is not shown here stay text."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    doc = docs(language)[name]
    at = name if doc.language == WRITTEN else f"{doc.language}/{name}"
    tokens = parser.parse(doc.text)
    headings: list[tuple[str, str]] = []
    taken: set[str] = set()
    for token, inline in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "heading_open" and inline is not None:
            text = "".join(child.content for child in inline.children or ())
            anchor = _free(slugify(text, allow_unicode=True) or "part", taken)
            token.attrSet("id", anchor)
            if token.tag == "h2":
                headings.append((anchor, text))
        if token.type == "inline" and token.children:
            token.children = list(_led(token.children, at))
    html = parser.renderer.render(tokens, parser.options, {})
    return Rendered(Markup(_tables(html, doc.language)), headings)  # noqa: S704 — our own text, in which HTML is not allowed


def _tables(html: str, language: str) -> str:
    """The page with tables that can be scrolled, each with a name, and without headings that say nothing."""
    html = EMPTY_HEAD.sub("", html)
    html = re.sub(r"<th([^>]*)></th>", r"<td\1></td>", html)
    first, *rest = html.split("<table>")
    translate = Translator(language, PACKAGE)
    named = (translate(TABLE, number=number) for number in range(1, 1000))
    opened = (f'<div class="scroll" role="region" tabindex="0" aria-label="{name}"><table>' for name in named)
    return first + "".join(
        begin + part.replace("</table>", "</table></div>") for begin, part in zip(opened, rest, strict=False)
    )


def _free(anchor: str, taken: set[str]) -> str:
    number, found = 1, anchor
    while found in taken:
        number += 1
        found = f"{anchor}-{number}"
    taken.add(found)
    return found


def _led(children: Sequence[Token], at: str) -> Iterator[Token]:
    """The parts of a paragraph, their links and pictures leading where they stand in the web."""
    is_open = True
    for token in children:
        if token.type == "link_open":
            href = _address(str(token.attrGet("href") or ""), at)
            is_open = href is not None
            if href is None:
                continue
            token.attrSet("href", href)
            if "://" in href:
                token.attrSet("rel", "noreferrer")
        elif token.type == "link_close":
            if not is_open:
                is_open = True
                continue
        elif token.type == "image":
            path = posixpath.normpath(posixpath.join(posixpath.dirname(at), str(token.attrGet("src") or "")))
            token.attrSet("src", reverse("help-image", args=(path,)))
        yield token


def _address(href: str, at: str) -> str | None:
    """Where a link leads in the web; None where the web has no such page."""
    if href.startswith(("http://", "https://", "mailto:", "#")):
        return href
    path, mark, anchor = href.partition("#")
    _language, target = _parted(posixpath.normpath(posixpath.join(posixpath.dirname(at), path)).removesuffix(".md"))
    if target not in docs():
        return None
    address = reverse("help") if target == CONTENTS else reverse("help-page", args=(target,))
    return address + mark + anchor


def image(path: str) -> tuple[Path, str] | None:
    """The picture of that path among the documentation, and its type; None where there is none."""
    home = folder().resolve()
    found = (home / path).resolve()
    if found.suffix not in IMAGES or not found.is_relative_to(home) or not found.is_file():
        return None
    return found, IMAGES[found.suffix]


def search(wished: str, language: str = WRITTEN) -> list[Hit]:
    """Pages that hold every word, those with them in the title first."""
    words = [word for word in re.findall(r"\w+", wished.casefold()) if len(word) > 1]
    if not words:
        return []
    found: list[tuple[tuple[int, int, str], Hit]] = []
    for doc in docs(language).values():
        text = plain(doc.name, language)
        folded, title = text.casefold(), doc.title.casefold()
        if not all(word in folded or word in title for word in words):
            continue
        place = max(folded.find(words[0]), 0)
        end = place + len(words[0])
        hit = Hit(doc, text[max(place - AROUND, 0) : place], text[place:end], text[end : end + AROUND])
        order = (-sum(word in title for word in words), -sum(folded.count(word) for word in words), doc.name)
        found.append((order, hit))
    return [hit for _order, hit in sorted(found, key=lambda pair: pair[0])]


@cache
def plain(name: str, language: str = WRITTEN) -> str:
    """A page's text without its marks."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parts = []
    for token in parser.parse(docs(language)[name].text):
        if token.type == "inline":
            parts.append("".join(child.content or " " for child in token.children or ()))
        elif token.type == "fence":
            parts.append(token.content)
    return re.sub(r"\s+", " ", " ".join(parts))
