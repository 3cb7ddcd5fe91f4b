"""Asked: measures and weights, and efforts of social return, as forms whose answers stand in the address."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from bygd.reports import Translator
from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.tools.social_value import Choice, Edition, Effort, Obligation, Per, Spread, obligation
from bygd.workbench import asking, policies

MOST_EFFORTS = 20
SPARE = 2
"""Empty rows below those that are filled in."""
YES_NO = (("", N_("Not answered")), ("yes", N_("Yes")), ("no", N_("No")))
MOST_BYTES = 5 << 20
COLUMNS = {
    "code": N_("Column with the code"),
    "text": N_("Column with the text"),
    "theme": N_("Column with the theme"),
    "unit": N_("Column with the unit"),
    "value": N_("Column with the value"),
}


MONEY = ("value", "contract", "amount_paid")


class Figures(forms.Form):
    """A form of amounts that people write their own way."""

    marks = ""
    """The mark between thousands, see `asking.groups`."""
    currency = ""
    """What the sums of `MONEY` are in, whose sign may stand beside them."""

    def __init__(self, *args: Any, translate: Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.translate = translate

    def amount(self, name: str, *, percent: bool = False) -> Decimal | None:
        """What stands in a field; None where nothing does. Says on the field what is wrong with it."""
        text = str(self.cleaned_data.get(name) or "").strip().removesuffix("%")
        if self.currency and name in MONEY:
            text = asking.unsigned(text, asking.WORLD, self.currency)
        try:
            found = asking.amount(text, "" if percent else self.marks) if text else None
        except InputError as error:
            self.add_error(name, self.translate.said(error))
            return None
        return found / 100 if found is not None and percent else found


class Choosing(Figures):
    """Measures of an edition, the weight of social value, answers to first questions; `choice` once it is valid."""

    value = forms.CharField(max_length=40)
    measures = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    weight = forms.CharField(max_length=10)
    decided = forms.CharField(max_length=300, required=False)

    def __init__(self, data: QueryDict | None, *, edition: Edition, translate: Translator) -> None:
        super().__init__(data or None, translate=translate)
        self.edition, self.currency = edition, edition.currency
        self.choice: Choice | None = None
        _, language = translate, translate.language
        self.fields["value"].label = _("Value of the contract, in {currency}", currency=edition.currency)
        self.fields["measures"].label = _("Measures")
        listed = [
            (code, f"{policies.number_of(code)} {one.text_in(language)}".strip())
            for code, one in edition.measures.items()
        ]
        self.fields["measures"].choices = listed  # type: ignore[attr-defined]
        self.fields["weight"].label = _("Weight of social value in the whole score, per cent")
        if edition.limits.most == 0:
            self.fields["weight"].initial = "0"
            self.fields["weight"].help_text = _("This policy is a condition, not weighed: 0.")
        self.fields["decided"].label = _("Who decided otherwise, when and why")
        self.fields["decided"].help_text = _("Only where the policy lets somebody go beyond a limit, and they did.")
        if not (edition.limits.value_unless or edition.limits.weight_unless):
            del self.fields["decided"]
        for question in edition.ask_first:
            self.fields[f"answer-{question.code}"] = forms.ChoiceField(
                label=question.text.get(language) or question.text["en"],
                choices=[(value, _(label)) for value, label in YES_NO],
                required=False,
            )
        self.is_split = edition.limits.spread is not Spread.EVEN and edition.limits.most != 0
        for code, called in listed if self.is_split else ():
            label = _("Weight of {code}, per cent", code=policies.number_of(code) or called)
            self.fields[f"split-{code}"] = forms.CharField(label=label, max_length=10, required=False)

    def clean(self) -> dict[str, Any]:
        """The choice itself is made."""
        given = super().clean() or {}
        value, weight = self.amount("value"), self.amount("weight", percent=True)
        split = {
            code: part
            for code in given.get("measures", ())
            if self.is_split and (part := self.amount(f"split-{code}", percent=True)) is not None
        }
        if self.errors or value is None or weight is None:
            return given
        answers = {one.code: given.get(f"answer-{one.code}", "") for one in self.edition.ask_first}
        try:
            self.choice = policies.choose(
                self.edition,
                str(value),
                given["measures"],
                str(weight),
                split=[f"{code}={part}" for code, part in split.items()],
                yes=[code for code, said in answers.items() if said == "yes"],
                no=[code for code, said in answers.items() if said == "no"],
                decided=given.get("decided", ""),
            )
        except InputError as error:
            self.add_error(None, self.translate.said(error))
        return given


class Owed(Figures):
    """The contract sum, and what the policy left unread."""

    contract = forms.CharField(max_length=40)
    share = forms.CharField(max_length=10)
    full_time = forms.CharField(max_length=10, required=False)
    bonus = forms.ChoiceField(required=False)

    def __init__(self, data: QueryDict | None, *, edition: Edition, translate: Translator) -> None:
        super().__init__(data or None, translate=translate)
        terms, self.currency = edition.social_return, edition.currency
        assert terms is not None
        self.fields["contract"].label = translate("Contract sum, in {currency}", currency=edition.currency)
        self.fields["share"].label = translate("Share of the contract sum, per cent")
        self.fields["full_time"].label = translate("Hours of a full-time week")
        self.fields["bonus"].label = translate("How bonuses count where that was not read")
        self.fields["bonus"].choices = [  # type: ignore[attr-defined]
            ("", translate("Pro rata, the lower way")),
            ("pro-rata", translate("By hours and months")),
            ("whole", translate("Whole")),
        ]
        if terms.share is not None:
            del self.fields["share"]
        if terms.full_time is not None:
            del self.fields["full_time"]


class Done(Figures):
    """One effort."""

    code = forms.ChoiceField(required=False)
    persons = forms.IntegerField(min_value=1, max_value=100_000, required=False)
    hours = forms.CharField(max_length=10, required=False)
    months = forms.CharField(max_length=10, required=False)
    units = forms.CharField(max_length=20, required=False)
    amount_paid = forms.CharField(max_length=40, required=False)
    bonuses = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, edition: Edition, translate: Translator, **kwargs: Any) -> None:
        super().__init__(*args, translate=translate, **kwargs)
        _, language, self.currency = translate, translate.language, edition.currency
        labels = {
            "code": _("What was done"),
            "persons": _("Persons"),
            "hours": _("Hours a week, each"),
            "months": _("Months, each"),
            "units": _("Hours, days or units"),
            "amount_paid": _("Paid or agreed, without VAT"),
            "bonuses": _("Bonuses"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
        worth = {code: one for code, one in edition.measures.items() if one.worth}
        blocks = [(code, one.text_in(language)) for code, one in worth.items() if not one.worth.bonus]  # type: ignore[union-attr]
        extras = [(code, one.text_in(language)) for code, one in worth.items() if one.worth.bonus]  # type: ignore[union-attr]
        self.fields["code"].choices = [("", _("Choose a block")), *blocks]  # type: ignore[attr-defined]
        self.fields["bonuses"].choices = extras  # type: ignore[attr-defined]
        if not extras:
            del self.fields["bonuses"]
        kinds = {one.worth.per for one in worth.values() if one.worth}
        if not kinds & {Per.HOUR, Per.DAY, Per.UNIT}:
            del self.fields["units"]
        if not kinds & {Per.PAID, Per.AGREED}:
            del self.fields["amount_paid"]

    def effort(self) -> Effort | None:
        """The effort; None where the row is empty or wrong."""
        if not self.is_valid() or not self.cleaned_data["code"]:
            return None
        found = Effort(
            self.cleaned_data["code"],
            persons=self.cleaned_data["persons"] or 1,
            hours=self.amount("hours"),
            months=self.amount("months"),
            units=self.amount("units"),
            amount=self.amount("amount_paid"),
            bonuses=tuple(self.cleaned_data.get("bonuses", ())),
        )
        return None if self.errors else found


class Return:
    """What is owed on a contract and what efforts fill of it: the forms, and `found` where all of them are right."""

    def __init__(self, data: QueryDict, *, edition: Edition, translate: Translator, marks: str = "") -> None:
        self.owed = Owed(data if "contract" in data else None, edition=edition, translate=translate)
        filled = [number for number in range(MOST_EFFORTS) if data.get(f"e{number}-code")]
        numbers = range(min(MOST_EFFORTS, (max(filled) + 1 if filled else 0) + SPARE))
        self.rows = [
            Done(data if number in filled else None, prefix=f"e{number}", edition=edition, translate=translate)
            for number in numbers
        ]
        for form in (self.owed, *self.rows):
            form.marks = marks
        self.found: Obligation | None = None
        if self.owed.is_bound:
            self._count(edition, translate)

    def _count(self, edition: Edition, translate: Translator) -> None:
        if not self.owed.is_valid():
            return
        contract, share = self.owed.amount("contract"), self.owed.amount("share", percent=True)
        week, how = self.owed.amount("full_time"), self.owed.cleaned_data.get("bonus")
        efforts = [row.effort() for row in self.rows if row.is_bound]
        if self.owed.errors or contract is None or any(row.errors for row in self.rows):
            return
        try:
            self.found = obligation(
                edition,
                contract,
                [one for one in efforts if one],
                share=share,
                full_time=week,
                pro_rata=None if not how else how == "pro-rata",
            )
        except InputError as error:
            self.owed.add_error(None, translate.said(error))


class Bring(forms.Form):
    """A list of one's own, and which column of it is what."""

    file = forms.FileField()
    name = forms.RegexField(r"^[a-z0-9_]{1,60}$", max_length=60)
    title = forms.CharField(max_length=200)
    licence = forms.CharField(max_length=200)
    language = forms.ChoiceField()
    currency = forms.CharField(max_length=3, required=False)
    decimal = forms.ChoiceField(required=False)
    since = forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, translate: Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ = self.translate = translate
        labels = {
            "file": (_("File"), _("CSV, XLSX, XLS or ODS, with a header. At most 5 MB.")),
            "name": (_("Short name"), _("Small letters, digits and _.")),
            "title": (_("Title"), ""),
            "licence": (
                _("Licence of the list"),
                _("Write none where it is your own work. Under a licence its texts and values are never published."),
            ),
            "language": (_("Language of the list"), ""),
            "currency": (_("Currency of the values"), _("Three letters. Only where the list has values.")),
            "decimal": (_("Mark before decimals"), ""),
            "since": (_("Holds from"), ""),
        }
        for name, (label, hint) in labels.items():
            self.fields[name].label, self.fields[name].help_text = label, hint
        self.fields["language"].choices = [("sv", "Svenska"), ("nl", "Nederlands"), ("en", "English")]  # type: ignore[attr-defined]
        self.fields["decimal"].choices = [("", _("As the values tell")), (",", ","), (".", ".")]  # type: ignore[attr-defined]
        for name, label in COLUMNS.items():
            self.fields[f"column-{name}"] = forms.CharField(
                label=_(label), max_length=100, required=name in ("code", "text"), initial=name
            )
            if name not in ("code", "text"):
                self.fields[f"column-{name}"].initial = ""

    def clean_file(self) -> "UploadedFile[Any]":
        """A file that is not too large."""
        sent: UploadedFile[Any] = self.cleaned_data["file"]
        if (sent.size or 0) > MOST_BYTES:
            raise forms.ValidationError(self.translate("The file is larger than 5 MB, which no list of measures is."))
        return sent

    def mapping(self) -> dict[str, str]:
        """Which column is which."""
        return {name: column for name in COLUMNS if (column := self.cleaned_data[f"column-{name}"].strip())}
