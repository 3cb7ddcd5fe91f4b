"""Forms of cases: a case, and each sort of thing that can happen to it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from bygd.reports import Translator
from bygd.reports.translate import N_
from bygd.sources.privacy import Masker, Pseudonym
from bygd.tools.cases import Kind
from bygd.vocabulary.mapping import Answer, CaseResult
from bygd.workbench.entered import Row
from bygd.workbench.project import Project

LABELS = {
    "kind": N_("What kind of case?"),
    "title": N_("What is it about?"),
    "about": N_("What is wanted, and why?"),
    "who": N_("Who wants it?"),
    "helper": N_("Who helps?"),
    "place_name": N_("Where"),
    "asset_key": N_("What on the map is it about?"),
    "gaps": N_("What could it sell to the institutions?"),
    "started_on": N_("When did it begin?"),
}
HINTS = {
    "title": N_("In a few words."),
    "who": N_("A group, an association, a firm. Never private persons."),
    "helper": N_("Organisations or advisers, one a line."),
    "gaps": N_("Kinds of purchase as the market gaps call them, one a line."),
}
LONG = ("about", "helper", "gaps")
DAY = N_("Which day?")
WRONG_DAY = N_("Write the day as year, month and day.")
CHOOSE = N_("Choose one of the list.")


class Case(forms.Form):
    """What is entered of a case; `before` is the entry that it changes, whose kind stays."""

    def __init__(
        self, data: Any = None, *, translate: Translator, project: Project, kinds: Mapping[str, Kind],
        assets: Iterable[Mapping[str, Any]], gaps: Iterable[str] = (), before: Row | None = None,
    ) -> None:  # fmt: skip
        self.translate, self.project, self.before = translate, project, before
        _ = translate
        super().__init__(data, initial={"started_on": date.today(), **(before or {})})
        listed = {
            "kind": [("", ""), *((one.id, one.title[_.language]) for one in kinds.values())],
            "asset_key": [("", _("Nothing")), *((row["asset_key"], row["name"]) for row in assets)],
        }
        for name, label in LABELS.items():
            if name == "kind" and before:
                continue
            more: dict[str, Any] = {"label": _(label), "help_text": _(HINTS[name]) if name in HINTS else ""}
            more["required"] = name in ("kind", "title", "started_on")
            if name in listed:
                said = {"required": _(CHOOSE), "invalid_choice": _(CHOOSE)}
                self.fields[name] = forms.ChoiceField(choices=listed[name], error_messages=said, **more)
            elif name == "started_on":
                self.fields[name] = _day(_, more["label"])
            else:
                widget: forms.Widget = forms.Textarea(attrs={"rows": 3}) if name in LONG else forms.TextInput()
                said = {"required": _("Say what it is about.")}
                most = 2000 if name in LONG else 200
                self.fields[name] = forms.CharField(max_length=most, widget=widget, error_messages=said, **more)
        known = list(gaps)[:12]
        if known:
            self.fields["gaps"].help_text = _(
                "Kinds of purchase as the market gaps call them, one a line, such as: {names}.", names=", ".join(known)
            )

    def row(self) -> Row:
        """The columns of the table, without key, who entered it and when; personal numbers taken out."""
        clean = Masker(self.project.country.conventions(), Pseudonym(self.project.key())).text
        said = {name: self.cleaned_data.get(name) or None for name in LABELS}
        if self.before:
            said["kind"] = self.before["kind"]
        for name in ("title", "about", "who", "helper", "place_name", "gaps"):
            said[name] = clean((said[name] or "").strip() or None)
        return said


class Happening(forms.Form):
    """Something that happened: the day, and what the sort of event asks for."""

    def __init__(
        self, data: Any = None, *, translate: Translator, name: str, choices: Iterable[tuple[str, str]] = (),
        label: str = "", note: str = "", needs_note: bool = False, has_link: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(data, initial={"on": date.today()}, auto_id=f"{name}-%s")
        _ = translate
        listed = list(choices)
        if listed:
            said = {"required": _(CHOOSE), "invalid_choice": _(CHOOSE)}
            self.fields["about"] = forms.ChoiceField(label=label, choices=listed, error_messages=said)
        self.fields["on"] = _day(_, _(DAY))
        if note:
            self.fields["note"] = forms.CharField(
                label=note,
                max_length=2000,
                required=needs_note,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"required": _("Write something.")},
            )
        if has_link:
            self.fields["link"] = forms.URLField(
                label=_("Address of a paper"),
                max_length=500,
                required=False,
                assume_scheme="https",
                error_messages={"invalid": _("Write the address as https://…")},
            )


class Questions(forms.Form):
    """Answers to the questions of a kind: yes, no or not sure where it asks for that, and a text."""

    def __init__(
        self, data: Any = None, *, translate: Translator, kind: Kind, answers: Mapping[str, Mapping[str, Any]]
    ) -> None:
        super().__init__(data)
        _ = translate
        self.kind = kind
        for one in kind.questions:
            before = answers.get(one.id, {})
            if one.wants:
                self.fields[f"answer-{one.id}"] = forms.ChoiceField(
                    label=one.text[_.language],
                    choices=[("", _("Not answered")), *((word.value, _.word(word)) for word in Answer)],
                    required=False,
                    initial=before.get("answer") or "",
                    error_messages={"invalid_choice": _(CHOOSE)},
                )
            self.fields[f"note-{one.id}"] = forms.CharField(
                label=_("Why?") if one.wants else one.text[_.language],
                max_length=2000,
                required=False,
                initial=before.get("note") or "",
                widget=forms.Textarea(attrs={"rows": 1 if one.wants else 3}),
            )

    def changed(self, answers: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Question, answer and note of each that says something else than before."""
        found = []
        for one in self.kind.questions:
            before = answers.get(one.id, {})
            answer = self.cleaned_data.get(f"answer-{one.id}") or None
            note = self.cleaned_data[f"note-{one.id}"].strip() or None
            if (answer, note) != (before.get("answer"), before.get("note")):
                found.append({"about": one.id, "answer": answer, "note": note})
        return found


def results(_: Translator) -> list[tuple[str, str]]:
    """How a case may end."""
    return [(word.value, _.word(word)) for word in CaseResult]


def _day(_: Translator, label: str) -> forms.DateField:
    picked = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    said = {"invalid": _(WRONG_DAY), "required": _(WRONG_DAY)}
    return forms.DateField(label=label, widget=picked, error_messages=said)
