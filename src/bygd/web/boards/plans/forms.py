"""Forms of plans: a new one, its facts, a part of it, a decision, a follow-up, an answer, a version."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from bygd.reports.translate import N_, Translator
from bygd.sources.errors import InputError
from bygd.tools import plans as tool
from bygd.vocabulary.money import rounded
from bygd.vocabulary.planning import CardState, PlanPart
from bygd.web import too_long
from bygd.workbench import asking
from bygd.workbench.plans import Plan
from bygd.workbench.plans.known import Row

LABELS = {
    "title": N_("What"),
    "text": N_("In more words"),
    "heading": N_("Under which heading"),
    "parent_key": N_("Of which goal"),
    "position": N_("Place among its like"),
    "responsible": N_("Who answers for it"),
    "starts_on": N_("First day"),
    "ends_on": N_("Last day"),
    "amount": N_("Amount"),
    "currency": N_("Currency"),
    "funder": N_("Who pays"),
    "is_granted": N_("It is granted, not only applied for"),
    "unit": N_("Unit"),
    "baseline": N_("Value at the start"),
    "baseline_on": N_("Value of which day"),
    "target": N_("Value wanted"),
    "target_on": N_("Reached by"),
    "evidence": N_("Where the values come from"),
}
FIELDS: Mapping[PlanPart, tuple[str, ...]] = {
    PlanPart.SECTION: ("title", "text", "position"),
    PlanPart.GOAL: ("title", "text", "heading", "responsible", "position"),
    PlanPart.ACTIVITY: ("title", "text", "parent_key", "responsible", "starts_on", "ends_on", "position"),
    PlanPart.INDICATOR: (
        "title", "parent_key", "unit", "baseline", "baseline_on", "target", "target_on", "evidence", "position",
    ),
    PlanPart.MONEY: ("title", "parent_key", "funder", "is_granted", "amount", "currency", "position"),
}  # fmt: skip
HINTS = {
    "responsible": N_("A body, or a name somebody chose to give."),
    "evidence": N_("A reference such as snapshot:… or indicator:…, an address, or words."),
    "position": N_("A number; the smallest stands first."),
}
DAYS = ("starts_on", "ends_on", "baseline_on", "target_on", "consulted_until", "decided_on")
NUMBERS = ("amount", "baseline", "target")


class Asking(forms.Form):
    """A form that speaks one language and reads days and numbers as people write them."""

    def __init__(self, *args: Any, translate: Translator, marks: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.translate, self.marks = translate, marks

    def text(
        self, name: str, label: str, *, most: int = 200, rows: int = 0, hint: str = "", needed: bool = False
    ) -> None:
        """Add a field of text."""
        widget: forms.Widget = forms.Textarea({"rows": rows}) if rows else forms.TextInput()
        said = {"required": self.translate("Fill this in.")}
        self.fields[name] = forms.CharField(
            label=label, help_text=hint, max_length=most, widget=widget, required=needed, error_messages=said
        )
        too_long.say(self.fields[name], self.translate)

    def day(self, name: str, label: str, *, needed: bool = False) -> None:
        """Add a field of a day."""
        said = self.translate("Write the day as year, month and day.")
        picked = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        messages = {"invalid": said, "required": said}
        self.fields[name] = forms.DateField(label=label, widget=picked, required=needed, error_messages=messages)

    def number(self, name: str) -> Decimal | None:
        """What was typed as a number; None where nothing was, or where it is none, which is said then."""
        text = str(self.cleaned_data.get(name) or "").strip()
        try:
            return rounded(_signed(text, self.marks)) if text else None
        except InputError as error:
            self.add_error(name, self.translate.said(error))
            return None


class New(Asking):
    """A new plan: its title, its template, its first day, and the cards it begins with."""

    def __init__(self, *args: Any, cards: Sequence[Row], **more: Any) -> None:
        super().__init__(*args, **more)
        _ = self.translate
        self.text("title", _("What is the plan called?"), needed=True)
        listed = [(one.id, one.title[_.language]) for one in tool.templates().values()]
        self.fields["template"] = forms.ChoiceField(
            label=_("After which template?"),
            choices=[*listed, ("", _("No template"))],
            required=False,
            widget=forms.RadioSelect,
        )
        self.day("starts_on", _("First day"), needed=True)
        self.fields["cards"] = forms.MultipleChoiceField(
            label=_("Which cards become goals?"), required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(card["card_key"], card["title"]) for card in cards],
            initial=[card["card_key"] for card in cards if card["in_plan"]],
        )  # fmt: skip


class Facts(Asking):
    """The plan as a whole."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        _ = self.translate
        self.text("title", _("What is the plan called?"), needed=True)
        self.text("about", _("What is it about, for whom, and how did it come about?"), most=8000, rows=6)
        self.day("starts_on", _("First day"), needed=True)
        self.day("ends_on", _("Last day"), needed=True)


class Part(Asking):
    """One part of a plan."""

    def __init__(self, *args: Any, kind: PlanPart, plan: Plan, currency: str, **more: Any) -> None:
        super().__init__(*args, **more)
        _, self.kind = self.translate, kind
        headings = [(one.id, one.text[_.language]) for one in plan.tradition.headings]
        goals = [(row["part_key"], row["title"]) for row in plan.of(PlanPart.GOAL)]
        for name in FIELDS[kind]:
            label, hint = _(LABELS[name]), _(HINTS[name]) if name in HINTS else ""
            if name in ("heading", "parent_key"):
                none = _("No heading") if name == "heading" else _("No goal")
                listed = [("", none), *(headings if name == "heading" else goals)]
                self.fields[name] = forms.ChoiceField(label=label, choices=listed, required=False)
            elif name in DAYS:
                self.day(name, label)
            elif name == "is_granted":
                self.fields[name] = forms.BooleanField(label=label, required=False)
            elif name == "position":
                self.fields[name] = forms.IntegerField(label=label, help_text=hint, required=False)
            else:
                is_long = name == "text"
                most, rows = (12_000, 8) if is_long else (400, 0)
                self.text(name, label, most=most, rows=rows, hint=hint, needed=name == "title")
        if "currency" in self.fields:
            self.fields["currency"].initial = currency

    def clean(self) -> dict[str, Any]:
        """Numbers are read."""
        said = super().clean() or self.cleaned_data
        return {**said, **{name: self.number(name) for name in NUMBERS if name in self.fields}}


class Decide(Asking):
    """Where the plan stands: out for consultation until a day, or decided by whom and when."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        _ = self.translate
        self.fields["state"] = forms.ChoiceField(
            label=_("How far has it come?"), choices=more.get("initial", {}).pop("states"), widget=forms.RadioSelect
        )
        self.day("consulted_until", _("Consultation: last day for answers"))
        self.day("decided_on", _("Decision: which day?"))
        self.text(
            "decided_by",
            _("Decision: by whom?"),
            hint=_("Such as: the municipal council, the board of the association."),
        )
        self.text("decision", _("Decision: number or paragraph"))
        self.fields["is_public"] = forms.BooleanField(label=_("Everybody may read it"), required=False)

    def clean(self) -> dict[str, Any]:
        """A decision says who made it and when, a consultation until when it lasts."""
        said = super().clean() or self.cleaned_data
        _ = self.translate
        if said.get("state") == "decided":
            for name in ("decided_on", "decided_by"):
                if not said.get(name):
                    self.add_error(name, _("Say who decided, and when."))
        if said.get("state") == "consultation" and not said.get("consulted_until"):
            self.add_error("consulted_until", _("Say until when answers are welcome."))
        return said


class FollowUp(Asking):
    """One follow-up: a word on the whole, and of each activity and indicator how it goes."""

    def __init__(self, *args: Any, plan: Plan, on: date, **more: Any) -> None:
        super().__init__(*args, **more)
        _ = self.translate
        self.day("followed_on", _("Day of the follow-up"), needed=True)
        self.fields["followed_on"].initial = on
        self.text("said", _("How does it go as a whole?"), most=4000, rows=4)
        states = [("", _("As before")), *((word.value, _.word(word)) for word in CardState)]
        self.rows: list[tuple[Row, str]] = []
        for row in plan.parts:
            if row["kind"] not in (PlanPart.ACTIVITY, PlanPart.INDICATOR):
                continue
            key = row["part_key"]
            self.rows.append((row, key))
            if row["kind"] == PlanPart.ACTIVITY:
                self.fields[f"state_{key}"] = forms.ChoiceField(
                    label=_("How far it has come"), choices=states, required=False
                )
            else:
                self.text(f"value_{key}", _("Value now"), most=40)
            self.text(f"said_{key}", _("In a sentence"), most=1000)

    def clean(self) -> dict[str, Any]:
        """Values are numbers."""
        said = super().clean() or self.cleaned_data
        return {**said, **{name: self.number(name) for name in self.fields if name.startswith("value_")}}

    def told(self) -> list[tuple[str, dict[str, Any]]]:
        """Of each part that something was said of: its key, and what."""
        said = self.cleaned_data
        found = []
        for _row, key in self.rows:
            word = {
                "state": said.get(f"state_{key}") or None,
                "value": said.get(f"value_{key}"),
                "said": said.get(f"said_{key}") or None,
            }
            if any(value is not None for value in word.values()):
                found.append((key, word))
        return found


def _signed(text: str, marks: str) -> Decimal:
    """A number as people write it, less than nought too."""
    text = text.replace("\u2212", "-").strip()
    return -asking.amount(text[1:], marks) if text.startswith("-") else asking.amount(text, marks)


class Version(Asking):
    """A version of the plan as it stands now."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        _ = self.translate
        self.text("name", _("What is the version called?"), needed=True)
        self.text("note", _("What changed, and why?"), most=2000, rows=3)


class Reply(Asking):
    """An answer to a consultation. `website` is a trap: people do not see it, and programs fill it in."""

    def __init__(self, *args: Any, parts: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        _ = self.translate
        self.fields["part"] = forms.ChoiceField(
            label=_("What is it about?"), choices=[("", _("The plan as a whole")), *parts], required=False
        )
        self.text("text", _("What do you say?"), most=3000, rows=7, needed=True,
                  hint=_("In your own words. Name no persons and tell nothing private."))  # fmt: skip
        shown = _("Of you or your association or firm, if you wish it to stand beside your answer.")
        self.text("sender", _("Name to be shown"), hint=shown)
        self.fields["website"] = forms.CharField(
            label=_("Leave this empty"), required=False, max_length=500,
            widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}),
        )  # fmt: skip
        self.fields["token"] = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)
