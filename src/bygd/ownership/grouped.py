"""Grouped: legal forms put together for counting, with co-operatives apart from mutuals and housing."""

from bygd.countries import Country
from bygd.ownership.forms import legal_forms
from bygd.sources.errors import InputError
from bygd.vocabulary.words import OwnershipKind

GROUPS = "register_groups.yaml"
PRIVATE = (OwnershipKind.PRIVATE, OwnershipKind.PRIVATE_GROUP, OwnershipKind.PRIVATE_INDEPENDENT)


def form_groups(country: Country) -> dict[str, str]:
    """The group of each legal form, in lower case: `cooperative`, `housing_cooperative` and `mutual` as the pack tells
    democratic forms apart, `company` where it is private, else its kind of ownership.

    Raises InputError where the pack groups a form that it does not know.
    """
    kinds = {str(row["legal_form"]).lower(): OwnershipKind(row["kind"]) for row in legal_forms(country)}
    found = {form: "company" if kind in PRIVATE else kind.value for form, kind in kinds.items()}
    for _pack, content in reversed(country.yaml(GROUPS)):
        for group, forms in content["groups"].items():
            for form in forms:
                if form.lower() not in found:
                    raise InputError("{where} lists {name}, which is not defined.", where=GROUPS, name=form)
                found[form.lower()] = group
    return found
