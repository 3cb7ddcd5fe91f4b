"""Industries: what their codes are called, by division or section of NACE; the digits after that are the country's."""

import re
from collections.abc import Mapping
from functools import cache

from bygd.countries.pack import FOLDER, read_yaml
from bygd.parameters.named import named
from bygd.parameters.sentences import LANGUAGES, Texts
from bygd.parameters.strict import ValueFileError, check_keys

FILE = FOLDER / "world" / "industries.yaml"
CODE = re.compile(r"[A-U]|[0-9][0-9. ]*")
KEYS = {"source", "verified", "sections", "divisions"}


def name(code: str) -> Texts:
    """What an industry is called in each language: its division (two digits), or its section (a letter).

    Empty for what is no code of NACE Rev. 2, of SNI 2007, SBI 2008 or UK SIC 2007, which have its divisions.
    """
    digits = re.sub("[^0-9A-Z]", "", code) if CODE.fullmatch(code) else ""
    return _names().get(digits if digits.isalpha() else digits[:2], {})


@cache
def _names() -> Mapping[str, Texts]:
    """Sections and divisions by code. Raises ValueFileError."""
    content = read_yaml(FILE)
    check_keys(content, KEYS, KEYS, str(FILE))
    named(content["source"], f"{FILE}, source")
    found = {**content["sections"], **content["divisions"]}
    for code, texts in found.items():
        if not isinstance(texts, dict) or set(texts) != set(LANGUAGES):
            raise ValueFileError(f"{FILE}, {code}: write a name in each of {', '.join(LANGUAGES)}.")
    return found
