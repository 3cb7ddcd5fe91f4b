"""Forms of self-assessment: a round, a question of one's own, a sheet of answers, and a card that comes of it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from bygd.reports import Translator
from bygd.sources.errors import InputError
from bygd.tools.assessments import LEVELS
from bygd.vocabulary.words import Pillar
from bygd.web.boards import outside
from bygd.workbench.assessments import Part, Question
from bygd.workbench.project import Project

LONGEST_NOTE = 500


class Begin(forms.Form):
    """A round: what it is called, which parts are asked, and in which language the page outside begins."""

    def __init__(
        self, data: Any = None, *, translate: Translator, parts: Sequence[tuple[Part, int]],
        languages: Iterable[tuple[str, str]],
    ) -> None:  # fmt: skip
        _ = translate
        asked = [(part.id, part.title[_.language]) for part, number in parts if number]
        super().__init__(data, initial={"parts": [id for id, _title in asked], "language": _.language})
        self.fields["title"] = forms.CharField(
            label=_("What is this round called?"),
            help_text=_("Such as: The circle in March."),
            max_length=120,
            error_messages={"required": _("Give it a name.")},
        )
        self.fields["parts"] = forms.MultipleChoiceField(
            label=_("What is asked?"),
            choices=asked,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one part."), "invalid_choice": _("Choose from the list.")},
        )
        self.fields["language"] = forms.ChoiceField(label=_("Language of the page to fill in"), choices=list(languages))


class Own(forms.Form):
    """A question the place writes itself."""

    def __init__(self, data: Any = None, *, translate: Translator, project: Project) -> None:
        super().__init__(data)
        _ = translate
        self.translate, self.project = _, project
        self.fields["text"] = forms.CharField(
            label=_("A question of your own"),
            help_text=_("A sentence that one can agree with more or less."),
            max_length=300,
            error_messages={"required": _("Write the question.")},
        )

    def clean_text(self) -> str:
        """The text as it is kept."""
        return _kept(self.cleaned_data["text"], self.project, self.translate, lines=False)


class Sheet(forms.Form):
    """0 to 3 and a note for each question; all may be left open."""

    def __init__(
        self, data: Any = None, *, translate: Translator, project: Project,
        asked: Sequence[tuple[Part, Sequence[Question]]], levels: Sequence[Mapping[str, str]],
        before: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data)
        _ = translate
        self.translate, self.project = _, project
        before = before or {}
        choices = [*((str(level), f"{level} – {levels[level][_.language]}") for level in LEVELS), ("", _("No answer"))]
        for _part, questions in asked:
            for one in questions:
                known = before.get(one.id, {})
                self.fields[f"level-{one.id}"] = forms.ChoiceField(
                    label=one.text[_.language],
                    choices=choices,
                    required=False,
                    initial=str(known.get("level", "")),
                    widget=forms.RadioSelect,
                    error_messages={"invalid_choice": _("Choose one of the answers.")},
                )
                self.fields[f"note-{one.id}"] = forms.CharField(
                    label=_("Note on: {question}", question=one.text[_.language]),
                    required=False,
                    max_length=LONGEST_NOTE,
                    initial=known.get("note", ""),
                    widget=forms.Textarea(attrs={"rows": 1}),
                )
        self.fields["website"] = forms.CharField(label=_("Leave this empty"), required=False, max_length=500)
        self.fields["website"].widget.attrs |= {"tabindex": "-1", "autocomplete": "off"}
        self.fields["token"] = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Notes as they are kept; a sheet says something."""
        said = super().clean() or self.cleaned_data
        for name in [name for name in said if name.startswith("note-")]:
            try:
                said[name] = outside.clean(said[name], self.project)
            except InputError as error:
                self.add_error(name, self.translate.said(error))
        if not self.errors and not any(value for name, value in said.items() if name.startswith("level-")):
            self.add_error(None, self.translate("Answer at least one question."))
        return said


class ToCard(forms.Form):
    """A card that comes of a question."""

    def __init__(self, data: Any = None, *, translate: Translator, question: Question) -> None:
        _ = translate
        super().__init__(data, initial={"title": "", "pillar": question.pillar})
        self.fields["title"] = forms.CharField(
            label=_("What could we do about it?"), max_length=200, error_messages={"required": _("Say what.")}
        )
        wrong = _("Choose one of the list.")
        self.fields["pillar"] = forms.ChoiceField(
            label=_("Pillar"),
            choices=[("", ""), *((pillar.value, _.word(pillar)) for pillar in Pillar)],
            error_messages={"required": wrong, "invalid_choice": wrong},
        )


def _kept(text: str, project: Project, translate: Translator, lines: bool) -> str:
    try:
        return outside.clean(text, project, lines=lines)
    except InputError as error:
        raise forms.ValidationError(translate.said(error)) from None
