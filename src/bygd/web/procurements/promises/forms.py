"""Forms of promises: one promise, a report on it, a link for a supplier, a judgement, a remedy."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from bygd.reports import Translator
from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.tools.promises import Promise
from bygd.tools.promises.units import Unit
from bygd.tools.social_value import Edition
from bygd.vocabulary.contract_words import Adding, DeliveryState, Remedy
from bygd.web.languages import spoken
from bygd.web.procurements.promises.evidence import MOST_BYTES, MOST_FILES
from bygd.web.procurements.promises.sniffing import endings
from bygd.web.work.forms import Chooser, Several
from bygd.workbench import promises
from bygd.workbench.promises import Given

LABELS = {
    "code": (N_("Number or code"), N_("What the contract calls it, such as 3 or 4.1.")),
    "title": (N_("What was promised"), N_("In one sentence, as the supplier wrote it.")),
    "theme": (N_("Theme"), N_("A heading for several promises, such as Work or Climate.")),
    "unit": (N_("Counted in"), N_("Persons, hours, a currency such as SEK or EUR, or another unit.")),
    "target": (N_("How much"), ""),
    "adding": (N_("How reports come together"), ""),
    "counts_people": (N_("It is about people: they are counted and never named"), ""),
    "starts_on": (N_("First day"), ""),
    "due_on": (N_("Last day"), N_("By then all of it is due.")),
    "milestones": (
        N_("Milestones"),
        N_("Day and how much is reached by then, one on each line, such as 2027-03-31 2."),
    ),
    "evidence": (N_("Evidence needed"), N_("Such as a list of hours without names, signed by the site manager.")),
    "amount": (N_("How much was done"), ""),
    "period_from": (N_("From"), ""),
    "period_to": (N_("Until"), ""),
    "persons": (N_("How many people"), N_("Only the number. No names, no personal identity numbers.")),
    "note": (N_("What was done"), N_("No names and no personal identity numbers.")),
    "proof": (
        N_("Evidence"),
        N_(
            "PDF, picture, document or spreadsheet, at most {number} files of {size} MB. Without names of people: "
            "personal identity numbers are searched for in texts, not in pictures and scanned pages."
        ),
    ),
    "looked": (N_("I looked through the files: nobody is named in them, not in pictures either"), ""),
    "block": (N_("Block"), ""),
    "hours": (N_("Hours a week of each"), ""),
    "months": (N_("For how many months"), ""),
    "units": (N_("Hours, days or other units spent"), N_("Only for blocks that are counted so.")),
    "paid": (N_("What was paid, without VAT"), N_("Only for blocks that are counted so.")),
    "bonuses": (N_("What comes on top"), ""),
    "email": (N_("Where reminders are sent"), N_("An address of the firm's. Without one, no reminders are sent.")),
    "language": (N_("Language of the page and the mails"), ""),
    "until": (N_("The link holds until"), ""),
    "state": (N_("What do you say of it?"), ""),
    "answer": (N_("Your words to the supplier"), N_("Needed where you ask back or dispute it.")),
    "remedy": (N_("What was agreed"), ""),
    "agreed_on": (N_("When"), ""),
    "new_due_on": (N_("The new last day"), N_("Only with more time.")),
    "money": (N_("Money"), N_("What was held back or paid, where any was.")),
    "policy": (N_("Policy"), ""),
    "share": (N_("Share of the contract sum, per cent"), N_("Only where the policy does not say it.")),
    "full_time": (N_("Hours of a full-time week"), N_("Only where the policy does not say it.")),
    "reference": ("", ""),
    "file": (N_("File"), N_("XLSX or CSV, as it was given.")),
}
"""Label and hint of each field."""

DAY = {"type": "date"}
JUDGED = (DeliveryState.VERIFIED, DeliveryState.ASKED, DeliveryState.DISPUTED)


class House(forms.Form):
    """Labels and hints in the language of the request; `marks` part thousands, see `asking.groups`."""

    def __init__(self, *args: Any, translate: Translator, marks: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ = translate
        for name, field in self.fields.items():
            if isinstance(field, Number):
                field.marks = marks
            label, hint = LABELS[name]
            field.label = translate(label) if label else ""
            field.help_text = translate(hint) if hint else ""

    def failed(self, error: InputError, field: str | None = None) -> None:
        """Show what the library says on the form."""
        self.add_error(field, self._.said(error))

    def full_clean(self) -> None:
        """Ours for what the library refuses, as an error of the whole form."""
        try:
            super().full_clean()
        except InputError as error:
            self.failed(error)


class Number(forms.CharField):
    """A number as people write it, point or comma before decimals."""

    widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "class": "number"})
    marks = ""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=30, **kwargs)

    def clean(self, value: Any) -> Any:
        """The number; None where it is empty."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return promises.number(str(text), str(self.label), self.marks)
        except InputError as error:
            raise ValidationError(spoken().said(error)) from None


def day(required: bool = True) -> forms.DateField:
    """A field for a day."""
    return forms.DateField(widget=forms.DateInput(DAY, format="%Y-%m-%d"), required=required)


def words(kind: Any, translate: Translator) -> list[tuple[str, str]]:
    """Choices of a word."""
    return [(one.value, translate.word(one)) for one in kind]


class PromiseForm(House):
    """One promise of a contract."""

    code = forms.CharField(max_length=40)
    title = forms.CharField(max_length=300, widget=forms.Textarea({"rows": 2}))
    theme = forms.CharField(max_length=100, required=False)
    target = Number()
    unit = forms.CharField(max_length=40, widget=forms.TextInput({"list": "units"}))
    counts_people = forms.BooleanField(required=False)
    starts_on = day(required=False)
    due_on = day()
    milestones = forms.CharField(max_length=2000, widget=forms.Textarea({"rows": 3}), required=False)
    evidence = forms.CharField(max_length=500, widget=forms.Textarea({"rows": 2}), required=False)
    adding = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args: Any, translate: Translator, **kwargs: Any) -> None:
        super().__init__(*args, translate=translate, **kwargs)
        self.fields["adding"].choices = words(Adding, translate)  # type: ignore[attr-defined]
        self.units = {translate.word(one): one.value for one in Unit}

    def given(self) -> Given:
        """The promise as it was typed; lines of milestones become the text of the table."""
        said = self.cleaned_data
        unit = self.units.get(said["unit"].strip(), said["unit"].strip())
        lines = "; ".join(line.strip(" ;") for line in said["milestones"].splitlines() if line.strip(" ;"))
        return Given(
            **{
                **{name: said[name] for name in self.fields if name in Given.__dataclass_fields__},
                "unit": unit.upper() if len(unit) == 3 and unit.isalpha() else unit,
                "milestones": lines,
                "adding": Adding(said["adding"]),
            }
        )


class ReportForm(House):
    """What a supplier says of one promise; by a block where it is social return."""

    amount = Number()
    period_from = day(required=False)
    period_to = day()
    persons = forms.IntegerField(min_value=0, max_value=100_000, required=False)
    block = forms.ChoiceField()
    hours = Number(required=False)
    months = Number(required=False)
    units = Number(required=False)
    paid = Number(required=False)
    bonuses = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    note = forms.CharField(max_length=2000, widget=forms.Textarea({"rows": 4}), required=False)
    proof = Several(widget=Chooser({"accept": ",".join(endings())}), required=False)
    looked = forms.BooleanField(required=False)
    reference = forms.RegexField(r"[0-9a-f]{16}", widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, translate: Translator, promise: Promise, edition: Edition | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, translate=translate, **kwargs)
        self.promise = promise
        shown = self.fields["proof"]
        _label, hint = LABELS["proof"]
        shown.help_text = translate(hint, number=MOST_FILES, size=MOST_BYTES >> 20)
        today = date.today().isoformat()
        self.fields["period_to"].widget.attrs["max"] = today
        if edition is None:
            for name in ("block", "hours", "months", "units", "paid", "bonuses"):
                del self.fields[name]
            unit = promises.unit(promise.unit, translate)
            self.fields["amount"].help_text = (
                translate("In this time alone, in {unit}.", unit=unit)
                if (promise.adding is Adding.SUM)
                else translate("As it stands on the last day, in {unit}.", unit=unit)
            )
            if not promise.counts_people or promise.unit == Unit.PERSONS:
                del self.fields["persons"]
        else:
            del self.fields["amount"]
            blocks, bonuses = promises.blocks(edition)
            self.fields["block"].choices = [(one.code, one.text_in(translate.language)) for one in blocks]  # type: ignore[attr-defined]
            self.fields["bonuses"].choices = [(one.code, one.text_in(translate.language)) for one in bonuses]  # type: ignore[attr-defined]
            if not bonuses:
                del self.fields["bonuses"]

    def clean(self) -> dict[str, Any]:
        """Files only with a word that somebody looked through them."""
        said = super().clean() or self.cleaned_data
        if any(said.get("proof") or []) and not said.get("looked"):
            self.add_error(
                "looked",
                self._("Look through your files, choose them once more, and confirm that nobody is named in them."),
            )
        return said

    def given(self) -> dict[str, Any]:
        """Columns of the report as they were typed."""
        said = dict(self.cleaned_data)
        return {
            **{name: said.get(name) for name in ("amount", "period_from", "period_to", "persons", "block", "hours")},
            **{name: said.get(name) for name in ("months", "units", "paid", "note", "reference")},
            "bonuses": " ".join(said.get("bonuses") or []) or None,
        }


class LinkForm(House):
    """A link for a supplier."""

    language = forms.ChoiceField()
    email = forms.EmailField(required=False)
    until = day()

    def __init__(self, *args: Any, translate: Translator, languages: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, translate=translate, **kwargs)
        self.fields["language"].choices = languages  # type: ignore[attr-defined]

    def clean_until(self) -> date:
        """A day to come."""
        until: date = self.cleaned_data["until"]
        if until <= date.today():
            raise ValidationError(self._("Give a day that is yet to come."))
        return until


class JudgeForm(House):
    """What the buyer says of a report."""

    state = forms.ChoiceField(widget=forms.RadioSelect)
    answer = forms.CharField(max_length=2000, widget=forms.Textarea({"rows": 2}), required=False)

    def __init__(self, *args: Any, translate: Translator, **kwargs: Any) -> None:
        super().__init__(*args, translate=translate, **kwargs)
        self.fields["state"].choices = words(JUDGED, translate)  # type: ignore[attr-defined]


class RemedyForm(House):
    """What was agreed where a promise was not kept."""

    remedy = forms.ChoiceField()
    agreed_on = day()
    new_due_on = day(required=False)
    money = Number(required=False)
    note = forms.CharField(max_length=2000, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, translate: Translator, **kwargs: Any) -> None:
        super().__init__(*args, translate=translate, **kwargs)
        self.fields["remedy"].choices = words(Remedy, translate)  # type: ignore[attr-defined]
        self.fields["note"].help_text = translate("In a sentence, without names of people.")
        self.fields["note"].label = translate("In what words")


class SocialReturnForm(House):
    """The social return of a contract: by which policy, and what the policy leaves open."""

    policy = forms.ChoiceField()
    share = Number(required=False)
    full_time = Number(required=False)
    due_on = day()

    def __init__(self, *args: Any, translate: Translator, editions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, translate=translate, **kwargs)
        self.fields["policy"].choices = editions  # type: ignore[attr-defined]


class SheetForm(House):
    """A spreadsheet filled in."""

    file = forms.FileField(widget=forms.ClearableFileInput({"accept": ".xlsx,.csv"}))
