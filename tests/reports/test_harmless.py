"""Texts that a spreadsheet would take for a formula stay texts, and are read back as they were."""

import pytest

from bygd.reports.documents.harmless import as_meant, harmless


@pytest.mark.parametrize("text", ["=1+1", " =1", "@x", "-10 % less", "+ five", "|x", "%y", "\u00a0=1"])
def test_a_formula_stands_behind_an_apostrophe_and_comes_back(text: str) -> None:
    assert harmless(text) == f"'{text}" and as_meant(f"'{text}") == text


@pytest.mark.parametrize("text", ["", "-5.00", "+46 70 1", "Firm AB", "'t Huis", "''", "a=b"])
def test_other_texts_are_their_own(text: str) -> None:
    assert harmless(text) == text and as_meant(text) == text


def test_what_is_no_text_stays_as_it_is() -> None:
    assert harmless(None) is None and harmless(-1) == -1
