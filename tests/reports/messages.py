"""Every message that a report may say, gathered from code, templates and words, and every error of any part."""

from pathlib import Path

from babel.messages.extract import extract_from_file
from tests.lib import errors

import bygd.reports
from bygd.vocabulary import words
from bygd.vocabulary.words import Word

FOLDER = Path(bygd.reports.__file__).parent

KEYWORDS = {"_": None, "N_": None, "translate": None, "ngettext": (1, 2)}

SHOWN = (
    words.LocalBy,
    words.Ring,
    words.OwnershipKind,
    words.SizeBand,
    words.LinkState,
    words.NotProcurement,
    words.SetAside,
    words.Succession,
    words.Reopened,
    words.Influence,
)
"""Words whose labels are shown in reports."""


def messages() -> set[str | tuple[str, str]]:
    """Messages of the report; pairs where there is one for one and one for many."""
    found: set[str | tuple[str, str]] = set()
    for path in sorted(FOLDER.rglob("*")):
        method = {".py": "python", ".j2": "jinja2.ext:babel_extract"}.get(path.suffix)
        if method:
            for _line, message, _comments, _context in extract_from_file(
                "jinja2" if path.suffix == ".j2" else method, path, keywords=KEYWORDS
            ):
                found.add(tuple(part for part in message if part) if isinstance(message, tuple) else message)
    listed: tuple[type[Word], ...] = SHOWN
    return found | errors.messages().keys() | {word.label for kind in listed for word in kind}
