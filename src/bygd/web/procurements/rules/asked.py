"""Asked: a form whose answers make a question to the rules, kept whole in the address."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from bygd.countries import Country
from bygd.reports import Translator
from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.tools.procurement import Buyer, Kind, Question
from bygd.tools.procurement.question import VAT
from bygd.workbench import asking, lawful
from bygd.workbench.project import Project

LONGEST = 200
CHOOSE_CODE = N_("These codes may be meant. Choose one, or leave the words out and say the kind of purchase.")
NO_CODE = N_("No CPV code is known here for these words. Try another word, or leave it out and say the kind.")
SAY_WHAT = N_("Say what is bought: a kind of purchase, or a CPV code.")
VAT_SAID = {"": N_("As the limits count"), "without": N_("Without VAT"), "with": N_("With VAT")}
LABELS = {
    "what": N_("What is bought?"),
    "kind": N_("Kind of purchase"),
    "value": N_("Estimated value of the whole contract"),
    "spent": N_("Already bought directly of the same kind this year"),
    "on": N_("Day of the purchase"),
    "buyer": N_("Who buys?"),
    "vat": N_("Are these sums with VAT?"),
    "vat_rate": N_("VAT rate, per cent"),
    "part": N_("Part of the country"),
    "areas": N_("Areas to which the purchase would be kept"),
    "lot": N_("Value of one lot"),
    "small_lots": N_("Value of all lots let by the lighter rules"),
    "urgent": N_("Something nobody could foresee leaves no time"),
    "only_one": N_("Only one supplier can deliver"),
}
AMOUNTS = asking.AMOUNTS
HINTS = {
    "what": N_("In words, such as cleaning or school meals, or a CPV code."),
    "kind": N_("May be left out where the CPV code tells it."),
    "value": N_("In {currency}, options and extensions included."),
    "spent": N_("By the whole authority, not by your department alone. Leave it empty where it is nothing."),
    "vat_rate": N_("Only where your sums are not as the limits count."),
    "lot": N_("To ask whether it may be let by the lighter rules although the whole is above the threshold."),
    "small_lots": N_("This one included. Leave it empty where it is the only one."),
    "areas": N_("One on each line: your own area and those that border on it."),
}


class Ask(forms.Form):
    """What somebody wants to buy. `question` is there once the form is valid; `found` are codes to choose from."""

    what = forms.CharField(max_length=LONGEST, required=False)
    code = forms.ChoiceField(widget=forms.RadioSelect, required=False)
    kind = forms.ChoiceField(required=False)
    value = forms.CharField(max_length=40)
    spent = forms.CharField(max_length=40, required=False)
    buyer = forms.ChoiceField()
    on = forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), required=False)
    part = forms.ChoiceField(required=False)
    areas = forms.CharField(max_length=2000, widget=forms.Textarea({"rows": 3}), required=False)
    vat = forms.ChoiceField(required=False)
    vat_rate = forms.CharField(max_length=10, required=False)
    lot = forms.CharField(max_length=40, required=False)
    small_lots = forms.CharField(max_length=40, required=False)
    urgent = forms.BooleanField(required=False)
    only_one = forms.BooleanField(required=False)

    def __init__(self, data: QueryDict | None, *, project: Project, translate: Translator, today: date) -> None:
        country = project.law
        speak = Translator(translate.language, lawful.PACKAGE)
        # A field that the address leaves out is as it is at first: short addresses ask the same.
        given = {name: str(value) for name, value in data.items()} if data else {}
        initial = {"buyer": Buyer.MUNICIPALITY.value, "on": today}
        if data is not None:
            given = {**{name: str(value) for name, value in initial.items()}, **given}
        super().__init__(given if data is not None else None, initial=initial)
        self.translate, self.project, self.country = translate, project, country
        self.found = asking.codes(given.get("what", ""), country.code) if not _is_code(given.get("what", "")) else []
        self.question: Question | None = None
        self.marks = asking.groups(translate.language, country.code)
        for name, label in LABELS.items():
            self.fields[name].label = translate(label)
            if hint := HINTS.get(name):
                self.fields[name].help_text = translate(hint, currency=country.currency)
        self.fields["code"].label = translate("Which of these?")
        self._choose("code", [(one.code, f"{one.code} {one.name[translate.language]}") for one in self.found])
        self._choose("kind", [("", translate("As the code tells")), *((one.value, speak.word(one)) for one in Kind)])
        self._choose("buyer", [(one.value, speak.word(one)) for one in Buyer])
        self._choose("vat", [(value, translate(VAT_SAID[value])) for value in ("", *VAT)])
        self._trim(country)

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _trim(self, country: Country) -> None:
        """Leave out what the country's rules do not ask."""
        parts = asking.parts(country.code)
        self._choose("part", [("", self.translate("Not said")), *((one, one) for one in parts)])
        for name, is_asked in (
            ("code", bool(self.found)),
            ("part", bool(parts)),
            ("areas", asking.asks_areas(country.code)),
            ("lot", asking.knows_small_lots(country.code)),
            ("small_lots", asking.knows_small_lots(country.code)),
        ):
            if not is_asked:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """The question itself is made and checked."""
        given = super().clean() or {}
        if self.errors:
            return given
        self._check_amounts(given)
        what, code = given.get("what", "").strip(), given.get("code", "")
        if what and not code and not _is_code(what):
            self.add_error("what", self.translate(CHOOSE_CODE if self.found else NO_CODE))
            return given
        given["cpv"] = code or what
        if not given["cpv"] and not given.get("kind"):
            self.add_error("kind", self.translate(SAY_WHAT))
            return given
        if not self.errors:
            self._ask(given)
        return given

    def _check_amounts(self, given: dict[str, Any]) -> None:
        for name in (*AMOUNTS, "vat_rate"):
            try:
                if given.get(name):
                    text = asking.unsigned(given[name], self.country.code) if name in AMOUNTS else given[name]
                    asking.amount(text, self.marks if name in AMOUNTS else "")
            except InputError as error:
                self.add_error(name, self.translate.said(error))

    def _ask(self, given: dict[str, Any]) -> None:
        texts = {name: str(value) for name, value in given.items() if isinstance(value, str | date)}
        flags = {name: "yes" for name in ("urgent", "only_one") if given.get(name)}
        areas = tuple(line.strip() for line in given.get("areas", "").splitlines() if line.strip())
        try:
            question = asking.question(self.country.code, {**texts, **flags}, areas, self.marks)
            lawful.ask(self.country.code, question, self.project.folder)
            self.question = question
        except InputError as error:
            self.add_error(None, self.translate.said(error))

    def address(self) -> str:
        """The question as it stands in an address: what was said, the code in place of the words, and the day."""
        kept = {name: value for name, value in self.cleaned_data.items() if value and name not in ("code", "cpv")}
        kept["what"] = self.cleaned_data["cpv"]
        kept["on"] = self.question.on if self.question else ""
        # As digits alone: who opens the address may read in another language, where a point means something else.
        kept |= {name: f"{found:f}" for name in AMOUNTS if kept.get(name) and (found := getattr(self.question, name))}
        return urlencode({name: "1" if value is True else value for name, value in kept.items() if value})


def _is_code(text: str) -> bool:
    return asking.is_code(text.strip())
