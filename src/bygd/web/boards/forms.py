"""Forms that circles and meetings share: days, texts as they are kept, and what is sent from outside."""

from typing import Any

from django import forms

from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.web.boards import outside
from bygd.web.procurements.forums.forms import Translated
from bygd.workbench.project import Project

NAME = 80
"""Letters of a name that somebody chooses to give."""


def day(label: str, **more: Any) -> forms.DateField:
    """A field for a day."""
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **more
    )


def area(rows: int = 4) -> forms.Textarea:
    """A field of several lines."""
    return forms.Textarea({"rows": rows})


class Spoken(Translated):
    """A form whose texts are kept without unseen signs and personal identity numbers."""

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.project = project

    def clean(self) -> dict[str, Any]:
        """Texts as they are kept."""
        given = super().clean() or {}
        for name, field in self.fields.items():
            if isinstance(given.get(name), str) and type(field) is forms.CharField:
                try:
                    given[name] = outside.clean(
                        given[name], self.project, lines=isinstance(field.widget, forms.Textarea)
                    )
                except InputError as error:
                    self.add_error(name, self.translate.said(error))
        return given


class Public(Spoken):
    """What somebody sends by the address of a circle or meeting. `website` is a trap for programs."""

    given_by = forms.CharField(
        label=N_("Name to be shown"),
        help_text=N_("Only if you wish. A first name is enough."),
        max_length=NAME,
        required=False,
    )
    website = forms.CharField(label=N_("Leave this empty"), required=False, max_length=500)
    token = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["website"].widget.attrs |= {"tabindex": "-1", "autocomplete": "off"}
        self.fields["given_by"].widget.attrs |= {"autocomplete": "off"}
