"""Agreement: whether an organisation has the value that a query wants of a property."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from bygd.linkage.numbers import read_number
from bygd.reports.translate import LANGUAGES
from bygd.workbench.reconciliation.queries import ALL_OF, NONE_OF, Condition
from bygd.workbench.reconciliation.register import Register
from bygd.workbench.reconciliation.texts import ownership, text


def agrees(register: Register, organisation: Mapping[str, Any], condition: Condition) -> bool:
    """Whether the organisation meets the condition: any, all or none of its values."""
    found = [_agrees(register, organisation, condition.pid, value) for value in condition.values]
    if condition.quantifier == NONE_OF:
        return not any(found)
    return all(found) if condition.quantifier == ALL_OF else any(found) or not found


def folded(value: str) -> str:
    """A text without case, accents and punctuation."""
    letters = unicodedata.normalize("NFD", value.casefold())
    return " ".join(re.sub(r"[\W_]+", " ", "".join(c for c in letters if not unicodedata.combining(c))).split())


def bare(number: str) -> str:
    """A number without the scheme of an identifier in front of it."""
    scheme, colon, rest = number.partition(":")
    return rest if colon and re.fullmatch(r"[A-Z]{2,3}-[A-Z0-9]+", scheme) else number


def code(value: str) -> str:
    """Plain letters and digits in capitals, as postcodes and numbers are compared."""
    return re.sub(r"[^0-9A-Z]", "", value.upper())


def _agrees(register: Register, organisation: Mapping[str, Any], pid: str, value: str) -> bool:
    if pid == "org_number":
        # As ledgers' numbers are read: the VAT form and lost noughts do not matter.
        read = {found.org_id for found in read_number(bare(value), register.conventions.schemes)}
        return organisation["org_id"] in {value, *read} or code(value) == code(organisation["org_id"].partition(":")[2])
    if pid == "place":
        return any(_agrees(register, organisation, part, value) for part in ("postcode", "town", "municipality"))
    if pid == "postcode":
        return bool(code(value)) and code(organisation["postcode"] or "").startswith(code(value))
    if pid == "industry":
        return bool(code(value)) and code(organisation["industry"] or "").startswith(code(value))
    if folded(value) in {folded(known) for known in _known(register, organisation, pid)}:
        return True
    return pid == "legal_form" and _is_written(register, organisation, value)


def form_words(register: Register, value: str) -> frozenset[str]:
    """How names may write the legal form that a word such as Ltd stands for; empty where it is no such word."""
    return frozenset().union(*(spellings for spellings in _spellings(register) if folded(value) in spellings))


def _spellings(register: Register) -> list[set[str]]:
    return [{folded(word) for word in words} for words in register.conventions.legal_form_words.values()]


def _is_written(register: Register, organisation: Mapping[str, Any], value: str) -> bool:
    """Whether the organisation's name writes the form that is meant; its label where the name writes none."""
    form = register.forms.get(organisation["legal_form"] or "")
    texts = [f" {folded(text)} " for text in (organisation["name"], form.label if form else "")]
    every = {word for words in _spellings(register) for word in words}
    telling = next((text for text in texts if any(f" {word} " in text for word in every)), "")
    return any(f" {word} " in telling for word in form_words(register, value))


def _known(register: Register, organisation: Mapping[str, Any], pid: str) -> set[str]:
    """How the organisation's value may be written: codes, and names in every language."""
    if pid == "municipality":
        area = organisation["municipality"] or ""
        return {area, area.partition(":")[2], register.areas.get(area, "")} - {""}
    form = register.forms.get(organisation["legal_form"] or "")
    if pid == "legal_form":
        return {form.code, form.label} if form else set()
    if pid == "ownership":
        kind = form.kind if form else "unknown"
        return {kind, *(ownership(kind, language) for language in LANGUAGES)}
    if pid == "status":
        return {organisation["status"], *(text(organisation["status"], language) for language in LANGUAGES)}
    return {organisation[pid] or ""} - {""}
