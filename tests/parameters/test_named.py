"""A source bears its own name in its own language, or is told in the reader's."""

import pytest

from bygd.parameters.named import named
from bygd.parameters.strict import ValueFileError


def test_a_name_is_marked_for_readers_of_other_languages() -> None:
    act = named({"title": "Kommunallagen", "language": "sv", "href": "https://example.org"}, "here")
    assert [(act.said(reader), act.foreign(reader)) for reader in ("sv", "nl")] == [
        ("Kommunallagen", ""),
        ("Kommunallagen", "sv"),
    ]
    told = named({"title": {"en": "Ours", "sv": "Vårt", "nl": "Het onze"}}, "here")
    assert [(told.said(reader), told.foreign(reader)) for reader in ("en", "nl")] == [("Ours", ""), ("Het onze", "")]


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ({"title": "An act"}, "in which language"),
        ({"title": "An act", "language": "de"}, "in which language"),
        ({"title": {"en": "Ours", "sv": "Vårt"}}, "nl"),
        ({"name": "An act"}, "title"),
    ],
)
def test_a_source_of_which_nobody_says_the_language_is_refused(entry: dict[str, object], says: str) -> None:
    with pytest.raises(ValueFileError, match=says):
        named(entry, "here")
