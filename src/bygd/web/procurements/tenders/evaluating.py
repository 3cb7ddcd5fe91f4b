"""Forms of what comes after bids are opened: conflicts, scores, moderated scores, the award."""

from collections.abc import Sequence
from typing import Any

from django import forms

from bygd.reports import Translator
from bygd.web.people import written
from bygd.web.people.models import Person
from bygd.web.procurements.tenders.models import Bid, Mark
from bygd.web.procurements.tenders.plan import Scored
from bygd.web.procurements.tenders.words import Duty

LONGEST = 4000


class Upload(forms.Form):
    """A filled template."""

    def __init__(self, *args: Any, translate: Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ = translate
        self.fields["file"] = forms.FileField(
            label=_("Filled template"),
            help_text=_("XLSX or DOCX, 5 MB at most."),
            error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
        )


class GiveBack(forms.Form):
    """The receipt of a bid that its bidder withdraws."""

    def __init__(self, *args: Any, translate: Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ = translate
        self.fields["receipt"] = forms.CharField(
            max_length=200,
            label=_("Receipt of the bid"),
            help_text=_("The 64 letters and digits that you were given when it was taken in."),
            error_messages={"required": _("Write the receipt.")},
            widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        )


class TakeOut(GiveBack):
    """The receipt of a bid that was taken in here and that its bidder withdraws, and how the bidder asked for it."""

    def __init__(self, *args: Any, translate: Translator, **kwargs: Any) -> None:
        super().__init__(*args, translate=translate, **kwargs)
        _ = translate
        self.fields["receipt"].help_text = _(
            "As it was shown when the bid was taken in: 16 letters and digits, or all 64."
        )
        self.fields["why"] = forms.CharField(
            max_length=400,
            label=_("How the bidder asked for it"),
            help_text=_("Such as a letter and its day. The log keeps it; all read it once bids are opened."),
            error_messages={"required": _("Say how the bidder asked for it.")},
        )


class Staff(forms.Form):
    """Somebody of the place and what they do in the tender."""

    def __init__(self, *args: Any, translate: Translator, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ = translate
        self.fields["person"] = forms.ChoiceField(
            choices=[("", _("Choose")), *((str(one.pk), written.name(one, translate)) for one in people)],
            label=_("Who"),
            error_messages={"required": _("Choose somebody.")},
        )
        self.fields["duties"] = forms.MultipleChoiceField(
            choices=[(word.value, _.word(word)) for word in Duty],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=_("Duties"),
            help_text=_("None takes them out of the team."),
        )


class Reason(forms.Form):
    """A reason, which must be given."""

    def __init__(self, *args: Any, translate: Translator, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = forms.CharField(
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 4}),
            label=label,
            error_messages={"required": translate("Write the reason.")},
        )


class Scores(forms.Form):
    """A score and a reason by each criterion of one bid. `given` are the marks there are."""

    def __init__(
        self,
        *args: Any,
        translate: Translator,
        criteria: Sequence[Scored],
        given: dict[str, Mark],
        reason_needed: bool,
        proposed: dict[str, int] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _ = self.translate = translate
        self.criteria = criteria
        for place, one in enumerate(criteria):
            mark = given.get(one.code)
            initial = mark.score if mark else (proposed or {}).get(one.code, "")
            self.fields[f"score_{place}"] = forms.ChoiceField(
                choices=[("", _("not scored")), *((str(level), str(level)) for level in one.levels)],
                required=reason_needed,
                error_messages={"required": _("Choose the score.")},
                label=_("Score from {low} to {high}", low=one.lowest, high=one.highest),
                initial=str(initial),
            )
            self.fields[f"reason_{place}"] = forms.CharField(
                required=reason_needed,
                error_messages={"required": _("Write the reason.")},
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 3}),
                label=_("Reason"),
                initial=mark.reason if mark else "",
            )

    def clean(self) -> dict[str, Any]:
        """A reason has a score. Moderated, all is scored with a reason."""
        said = super().clean() or {}
        for place, _one in enumerate(self.criteria):
            name, reason = f"score_{place}", said.get(f"reason_{place}", "").strip()
            if reason and not said.get(name) and name not in self.errors:
                self.add_error(f"score_{place}", self.translate("Choose the score."))
        return said

    def rows(self) -> list[tuple[Scored, forms.BoundField, forms.BoundField]]:
        """Each criterion with its two fields."""
        return [(one, self[f"score_{n}"], self[f"reason_{n}"]) for n, one in enumerate(self.criteria)]

    def said(self) -> list[tuple[str, int, str]]:
        """Code, score and reason of what was scored."""
        found = self.cleaned_data
        return [
            (one.code, int(found[f"score_{n}"]), found[f"reason_{n}"].strip())
            for n, one in enumerate(self.criteria)
            if found[f"score_{n}"]
        ]


class Award(Reason):
    """Who wins, of those in the first place, and why."""

    def __init__(self, *args: Any, translate: Translator, first: Sequence[Bid], **kwargs: Any) -> None:
        super().__init__(*args, translate=translate, label=translate("Reasons for the award"), **kwargs)
        _ = translate
        self.fields["winner"] = forms.ChoiceField(
            choices=[("", _("Choose")), *((str(one.pk), one.firm) for one in first)],
            label=_("Who wins"),
            initial=str(first[0].pk) if len(first) == 1 else "",
            error_messages={"required": _("Choose who wins.")},
        )
        self.order_fields(["winner", "reason"])
