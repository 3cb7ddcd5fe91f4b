"""Forms of the board: a card entered or changed, a card moved, a file brought, a comment."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from bygd.reports.translate import N_, Translator
from bygd.sources.errors import InputError
from bygd.tools import boards as tool
from bygd.tools.boards import Tradition
from bygd.vocabulary.money import rounded
from bygd.vocabulary.planning import CardStanding, CardState
from bygd.vocabulary.words import Pillar, Word
from bygd.web.boards.cards.asked import principles_of
from bygd.workbench import asking
from bygd.workbench.boards.sheet import LABELS

DAYS = ("first_step_on", "target_on")
LONG = ("text", "allies", "evidence", "funding", "why")
CHOICES: Mapping[str, type[Word]] = {"pillar": Pillar, "standing": CardStanding, "state": CardState}
PLAIN = (
    "title", "pillar", "standing", "why", "text", "for_whom", "place_name", "asset_key", "owner", "allies", "evidence",
    "cost", "currency", "funding", "first_step", "first_step_by", "first_step_on", "state", "measure", "baseline",
    "target", "target_on",
)  # fmt: skip
HINTS = {
    "title": N_("In a few words, such as: A shop of our own."),
    "why": N_("Say it where it is dropped, so that nobody has to ask again."),
    "place_name": N_("As people call it."),
    "owner": N_("A group, firm or institution, or a name somebody chose to give."),
    "evidence": N_("A line each: an address, a figure, a contract, or in words."),
    "first_step_by": N_("A name somebody chose to give. No telephone numbers, no e-mail addresses."),
    "cost": N_("In digits, such as 450 000."),
}


class Card(forms.Form):
    """What a card says. `before` is the card that it changes; `marks` part thousands (`asking.groups`)."""

    def __init__(
        self, data: Any = None, *, translate: Translator, currency: str, before: Mapping[str, Any] | None = None,
        first: Mapping[str, str] | None = None, marks: str = "",
    ) -> None:  # fmt: skip
        self.translate = _ = translate
        self.marks = marks
        super().__init__(data, initial={**(first or {}), **_initial(before, currency)})
        for name in PLAIN:
            more: dict[str, Any] = {"label": _(LABELS[name]), "help_text": _(HINTS[name]) if name in HINTS else ""}
            more["required"] = name in ("title", "pillar", "standing", "state")
            if name in CHOICES:
                listed = [(word.value, _.word(word)) for word in CHOICES[name]]
                self.fields[name] = forms.ChoiceField(choices=listed, **more)
            elif name in DAYS:
                picked = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
                wrong = {"invalid": _("Write the day as year, month and day.")}
                self.fields[name] = forms.DateField(widget=picked, error_messages=wrong, **more)
            else:
                widget: forms.Widget = forms.Textarea({"rows": 3}) if name in LONG else forms.TextInput()
                said = {"required": _("Say in a few words what it is about.")}
                most = 4000 if name in LONG else 200
                self.fields[name] = forms.CharField(max_length=most, widget=widget, error_messages=said, **more)
        for one in tool.principles():
            label = one.text[translate.language]
            self.fields[f"serves_{one.id}"] = forms.BooleanField(label=label, required=False)
            note = _("How, in a few words")
            self.fields[f"note_{one.id}"] = forms.CharField(label=note, required=False, max_length=200)

    def principles(self) -> list[tuple[Any, Any]]:
        """The fields of each principle: the check and its note."""
        return [(self[f"serves_{one.id}"], self[f"note_{one.id}"]) for one in tool.principles()]

    def clean_cost(self) -> Decimal | None:
        """The amount, as people write it."""
        text = str(self.cleaned_data["cost"]).strip()
        try:
            return rounded(asking.amount(text, self.marks)) if text else None
        except InputError as error:
            raise forms.ValidationError(self.translate.said(error)) from None

    def clean(self) -> dict[str, Any]:
        """What was dropped says why."""
        said = super().clean() or self.cleaned_data
        if said.get("standing") == CardStanding.DROPPED and not said.get("why"):
            self.add_error("why", self.translate("Say why it is dropped, so that nobody has to ask again."))
        return said

    def card(self) -> dict[str, Any]:
        """The columns of the table that the form is about."""
        said = self.cleaned_data
        lines = [
            f"{one.id}: {' '.join(said[f'note_{one.id}'].split())}".rstrip(": ")
            for one in tool.principles()
            if said[f"serves_{one.id}"]
        ]
        texts = {name: said[name] if said[name] != "" else None for name in PLAIN}
        currency = (texts["currency"] or "").upper() or None
        return {**texts, "currency": currency if texts["cost"] is not None else None, "principles": "\n".join(lines)}


class Move(forms.Form):
    """Where a card should stand."""

    def __init__(self, data: Any = None, *, translate: Translator, tradition: Tradition, **more: Any) -> None:
        self.translate = _ = translate
        super().__init__(data, **more)
        column, reason, hint = LABELS["standing"], LABELS["why"], HINTS["why"]
        columns = [(word.value, _.word(word)) for word in CardStanding]
        headings = [(one.id, one.text[_.language]) for one in tradition.headings]
        self.fields["standing"] = forms.ChoiceField(label=_(column), choices=columns, widget=forms.RadioSelect)
        self.fields["heading"] = forms.ChoiceField(
            label=_("Heading"), choices=[("", _("As before")), *headings], required=False
        )
        self.fields["why"] = forms.CharField(
            label=_(reason), help_text=_(hint), required=False, max_length=1000,
            widget=forms.Textarea({"rows": 3}),
        )  # fmt: skip
        self.fields["before"] = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """What was dropped says why."""
        said = super().clean() or self.cleaned_data
        if said.get("standing") == CardStanding.DROPPED and not said.get("why"):
            self.add_error("why", self.translate("Say why it is dropped, so that nobody has to ask again."))
        return said


class Bring(forms.Form):
    """A board filled in as a spreadsheet."""

    def __init__(self, *args: Any, translate: Translator) -> None:
        super().__init__(*args)
        _ = translate
        self.fields["file"] = forms.FileField(
            label=_("File"),
            help_text=_("A board as it was downloaded here, filled in or changed: XLSX, ODS or CSV."),
            error_messages={"required": _("Choose a file."), "empty": _("The file is empty. Export it again.")},
        )


class Comment(forms.Form):
    """What somebody says about a card."""

    def __init__(self, *args: Any, translate: Translator) -> None:
        super().__init__(*args)
        self.fields["text"] = forms.CharField(
            label=translate("Comment"), max_length=2000, widget=forms.Textarea({"rows": 3}),
            error_messages={"required": translate("Write something first.")},
        )  # fmt: skip


def _initial(before: Mapping[str, Any] | None, currency: str) -> dict[str, Any]:
    if before is None:
        return {"currency": currency}
    shown = {name: before[name] for name in PLAIN if before[name] is not None}
    if before["cost"] is not None:
        shown["cost"] = f"{before['cost']:f}".removesuffix(".00")
    for id, note in principles_of(before):
        shown |= {f"serves_{id}": True, f"note_{id}": note}
    return {"currency": currency, **shown}
