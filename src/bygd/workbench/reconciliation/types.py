"""Types: organisations of every kind, by kind of ownership, and by legal form."""

from collections.abc import Mapping
from typing import Any

from bygd.workbench.reconciliation.register import Register
from bygd.workbench.reconciliation.texts import ownership, text

ORGANISATION = "organisation"
KIND, FORM = "ownership:", "form:"

Type = dict[str, Any]


def everything(register: Register, language: str) -> list[Type]:
    """Every type, the widest first: organisation, kinds of ownership, legal forms, most common first."""
    kinds = dict.fromkeys(form.kind for form in register.forms.values())
    forms = [of_form(register, form) for form in register.forms]
    return [whole(language), *(of_kind(kind, language) for kind in kinds), *forms]


def whole(language: str) -> Type:
    """The type that every organisation has."""
    return {"id": ORGANISATION, "name": text("organisation", language)}


def of_kind(kind: str, language: str) -> Type:
    """The type of a kind of ownership."""
    return {"id": f"{KIND}{kind}", "name": ownership(kind, language), "broader": [whole(language)]}


def of_form(register: Register, code: str) -> Type:
    """The type of a legal form; its name is the country's own."""
    return {"id": f"{FORM}{code}", "name": register.forms[code].label}


def of_organisation(register: Register, organisation: Mapping[str, Any], language: str) -> list[Type]:
    """The types of one organisation, the widest first: clients guess a column's type by the first."""
    form = organisation["legal_form"]
    return [whole(language), *([of_form(register, form)] if form in register.forms else [])]


def is_known(register: Register, type: str) -> bool:
    """Whether there is such a type."""
    kinds = {form.kind for form in register.forms.values()}
    return type == ORGANISATION or type.removeprefix(FORM) in register.forms or type.removeprefix(KIND) in kinds


def has(register: Register, organisation: Mapping[str, Any], type: str) -> bool:
    """Whether an organisation is of that type."""
    form = register.forms.get(organisation["legal_form"] or "")
    kind = form.kind if form else "unknown"
    return type in (ORGANISATION, f"{FORM}{organisation['legal_form']}", f"{KIND}{kind}")
