"""Forms of contracts: one contract entered or changed, and a file of them brought."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from bygd.reports.translate import Translator
from bygd.sources.contracts.cells import NotRead, cpv
from bygd.sources.errors import InputError
from bygd.sources.privacy import MARK
from bygd.vocabulary.contract_words import ContractProcedure, ContractStage, Reservation
from bygd.vocabulary.money import rounded
from bygd.vocabulary.words import Word
from bygd.web.procurements import institutions
from bygd.web.procurements.contracts.labels import HINTS, LABELS
from bygd.workbench import asking
from bygd.workbench.contracts import problems
from bygd.workbench.contracts.bring import KEPT, TEXTS
from bygd.workbench.contracts.known import Row
from bygd.workbench.contracts.who import Suppliers
from bygd.workbench.project import Project

DAYS = ("signed_on", "starts_on", "ends_on", "longest_until")
MOST_BROUGHT = 50 << 20
LENGTHS = {"title": 500, "options": 1000, "note": 2000}


class Contract(forms.Form):
    """What the register holds of a contract. `before` is the entry that it changes."""

    def __init__(
        self, data: Any = None, *, translate: Translator, project: Project, anchors: Sequence[str],
        before: Row | None = None,
    ) -> None:  # fmt: skip
        self.translate, self.project, self.before = translate, project, before
        _ = translate
        super().__init__(data, initial=_initial(before, project))
        wrong_day, choose = _("Write the day as year, month and day."), _("Choose one of the list.")
        lists: dict[str, list[tuple[str, str]]] = {
            "procedure": _choices(ContractProcedure, _, _("Not known")),
            "reserved": _choices(Reservation, _, _("Not known")),
            "stage": [(word.value, _.word(word)) for word in ContractStage],
        }
        for name in (
            "anchor", "stage", "title", "number", "supplier_name", "supplier_number", "cpv", "value", "currency",
            *DAYS, "options", "procedure", "reserved", "is_framework", "procedure_key", "lot", "note",
        ):  # fmt: skip
            more: dict[str, Any] = {"label": _(LABELS[name]), "help_text": _(HINTS[name]) if name in HINTS else ""}
            more["required"] = name in ("anchor", "title", "stage")
            if name == "anchor":
                messages = {"required": choose, "invalid_choice": choose}
                self.fields[name] = institutions.field(project, anchors, _, error_messages=messages, **more)
            elif name in lists:
                messages = {"required": choose, "invalid_choice": choose}
                self.fields[name] = forms.ChoiceField(choices=lists[name], error_messages=messages, **more)
            elif name in DAYS:
                picked = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
                self.fields[name] = forms.DateField(widget=picked, error_messages={"invalid": wrong_day}, **more)
            elif name == "is_framework":
                self.fields[name] = forms.BooleanField(**more)
            else:
                is_long = name in ("options", "note")
                widget: forms.Widget = forms.Textarea(attrs={"rows": 3}) if is_long else forms.TextInput()
                said = {"required": _("Say what is bought.")}
                self.fields[name] = forms.CharField(
                    max_length=LENGTHS.get(name, 200), widget=widget, error_messages=said, **more
                )

    def clean_value(self) -> Decimal | None:
        """The amount, written with a comma or a point."""
        text = self.cleaned_data["value"].strip()
        if not text:
            return None
        country = self.project.country.code
        currency = self.data.get("currency", "").strip().upper()
        try:
            return rounded(asking.money(text, country, currency, asking.groups(self.translate.language, country)))
        except InputError as error:
            raise forms.ValidationError(self.translate.said(error)) from None

    def clean_cpv(self) -> str | None:
        """The eight digits."""
        try:
            return cpv(self.cleaned_data["cpv"])
        except NotRead as error:
            raise forms.ValidationError(self.translate.said(error.said)) from None

    def clean(self) -> dict[str, Any]:
        """What is wrong with the contract as a whole stands at the field that is to be mended."""
        said = super().clean() or self.cleaned_data
        if not self.errors:
            for name, problem in problems(self.row(), self.project.country.code):
                self.add_error(name, self.translate.said(problem))
        return said

    def row(self) -> Row:
        """The columns of the table, without who entered them and when."""
        said, suppliers = self.cleaned_data, Suppliers(self.project)
        texts = {name: suppliers.text(said[name].strip() or None) for name in TEXTS}
        who = suppliers(said["supplier_name"].strip() or None, said["supplier_number"])
        number, before = who.id, self.before
        if before and not said["supplier_number"] and who.name == before["supplier_name"] and _is_person(before):
            number = before["supplier_id"]  # nobody sees a person's pseudonym, so nobody could have left it in
        return {
            **{name: said.get(name) or None for name in KEPT if name not in ("contract_key", "supplier_id")},
            **texts,
            "value": said["value"],
            "currency": (said["currency"].strip().upper() or self.project.country.currency)
            if said["value"] is not None
            else None,
            "supplier_name": who.name,
            "supplier_id": number,
            "is_framework": bool(said["is_framework"]),
        }


class Bring(forms.Form):
    """A file of contracts, and whose they are where it does not say."""

    def __init__(self, *args: Any, translate: Translator, project: Project, anchors: Sequence[str]) -> None:
        super().__init__(*args)
        _ = translate
        self.fields["file"] = forms.FileField(
            label=_("File"),
            help_text=_(
                "A table of your own (CSV, XLSX, XLS or ODS), releases of OCDS 1.1 (JSON), or notices of TED (XML, or "
                "a ZIP of them)."
            ),
            error_messages={"required": _("Choose a file."), "empty": _("The file is empty. Export it again.")},
        )
        whose, says = _("Whose contracts, where the file does not say"), _("The file says it")
        self.fields["anchor"] = institutions.field(project, anchors, _, empty=says, label=whose, required=False)


def _initial(before: Row | None, project: Project) -> dict[str, Any]:
    if before is None:
        return {"stage": ContractStage.SIGNED.value, "currency": project.country.currency}
    shown = {name: value for name, value in before.items() if value is not None}
    number = before["supplier_id"] or ""
    shown["supplier_number"] = "" if _is_person(before) else number
    if before["value"] is not None:
        shown["value"] = f"{before['value']:f}".removesuffix(
            ".00"
        )  # without signs that another country reads otherwise
    return shown


def _is_person(row: Row) -> bool:
    return bool((row["supplier_id"] or "").startswith(MARK))


def _choices(kind: type[Word], _: Translator, empty: str) -> list[tuple[str, str]]:
    return [("", empty), *((word.value, _.word(word)) for word in kind)]
