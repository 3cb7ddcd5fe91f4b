"""Institutions: whose a contract or tender is, chosen from those known, or written where no ledger has named any."""

from collections.abc import Sequence
from typing import Any

from django import forms

from bygd.reports.translate import N_, Translator
from bygd.workbench.project import Project

NONE_YET = N_("No ledger names institutions here yet. Write the name, and give its ledger the same name later.")


def field(
    project: Project, known: Sequence[str], translate: Translator, *, empty: str = "", **more: Any
) -> forms.ChoiceField | forms.CharField:
    """A list of those known, with `empty` for none of them; a line to write on as long as the place has no ledgers.

    On the line stands the only one that is known already. `more` goes to the field.
    """
    if project.ledgers:
        return forms.ChoiceField(choices=[("", empty), *((name, name) for name in known)], **more)
    messages = {name: text for name, text in more.pop("error_messages", {}).items() if name == "required"}
    first = known[0] if len(known) == 1 else ""
    more |= {"help_text": translate(NONE_YET), "error_messages": messages}
    return forms.CharField(max_length=200, initial=first, **more)
