"""Every error and warning is a constant message with values, and is said in every language."""

import re

import pytest
from tests.lib import errors

from bygd.reports import LANGUAGES, Translator
from bygd.reports.translate import catalogue
from bygd.sources.errors import InputError

TRANSLATED = [language for language in LANGUAGES if language != "en"]


def test_errors_are_constant_messages() -> None:
    assert len(errors.calls()) > 300
    assert [call.where for call in errors.calls() if not call.is_sound()] == []


def test_placeholders_have_their_values() -> None:
    """A message whose value is missing would fail just when somebody needs it."""
    wrong = {
        call.where: message
        for call in errors.calls()
        if (message := call.message()) is not None
        and call.values
        and None not in call.values
        and not set(re.findall(r"(?<!{){(\w+)}", message)) <= call.values
    }
    assert wrong == {}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_error_is_said_in_every_language(language: str) -> None:
    found = {message.id for message in catalogue(language) or () if message.id}
    assert {message: where for message, where in errors.messages().items() if message not in found} == {}


def test_an_error_on_a_page_is_in_its_language() -> None:
    error = InputError(
        "{file} has {number} members, more than {most}. Unpack it and add fewer.",
        file="a.zip",
        number=2001,
        most=2000,
    )
    assert Translator("sv").said(error).startswith("a.zip innehåller 2\u00a0001 filer, fler än 2\u00a0000.")
    assert Translator("nl").said(error).startswith("a.zip bevat 2.001 bestanden")
