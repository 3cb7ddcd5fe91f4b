"""Industries have names in three languages, by the digits that countries share."""

import pytest

from bygd.countries import industries
from bygd.countries.industries import FILE
from bygd.countries.pack import load, read_yaml
from bygd.parameters.named import named
from bygd.reports import Translator
from bygd.reports.industries import industry

GAPS = {4, 34, 40, 44, 48, 54, 57, 67, 76, 83, 89}
"""Numbers that no division of NACE Rev. 2 has."""


def test_each_section_and_division_of_nace_has_a_name_of_its_own_in_each_language() -> None:
    content = read_yaml(FILE)
    assert list(content["divisions"]) == [f"{number:02}" for number in range(1, 100) if number not in GAPS]
    assert list(content["sections"]) == [chr(letter) for letter in range(ord("A"), ord("U") + 1)]
    for language in ("en", "sv", "nl"):
        names = [one[language] for one in content["divisions"].values()]
        assert len(set(names)) == len(names) == 88
        assert all(one == one.strip() and len(one) <= 70 for one in names)
    assert named(content["source"], "here").said("sv").startswith("Förordning") and content["verified"] is False


@pytest.mark.parametrize(
    ("code", "language", "said"),
    [
        ("41", "en", "41 Construction of buildings"),
        ("41200", "sv", "41200 Byggande av hus"),
        ("41.20", "nl", "41.20 Burgerlijke en utiliteitsbouw; projectontwikkeling"),
        ("0111", "en", "0111 Crop and animal production, hunting"),
        ("F", "sv", "F Byggverksamhet"),
        ("00", "en", "00"),
        ("4", "en", "4"),
        ("40", "en", "40"),
        ("Z", "en", "Z"),
        ("41 bis", "en", "41 bis"),
        ("bygg", "sv", "bygg"),
        ("", "en", ""),
    ],
)
def test_a_code_is_shown_with_its_name_and_what_is_no_code_as_it_is(code: str, language: str, said: str) -> None:
    assert industry(code, Translator(language)) == said


def test_every_industry_that_sells_something_has_a_name() -> None:
    conventions = load("se").conventions()
    divisions = {one for listed in conventions.trades.values() for one in listed}
    assert divisions and [one for one in divisions if not industries.name(one)] == []
