"""Forms of the guided import: which file, and which column is what."""

import json
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from bygd.countries import Country
from bygd.reports import Translator
from bygd.reports.translate import N_
from bygd.web.people.rights import Access
from bygd.web.work import areal
from bygd.web.work.fields import BY_LAYOUT, LABELS, NEEDED, RARE, SOURCE_LABELS, USEFUL, WHY
from bygd.web.work.files import may_name
from bygd.web.work.models import Import
from bygd.web.work.words import ImportKind

NEW = "+"
WHOSE = N_("Say whose ledger it is.")
CHOOSE = N_("Choose a column")
NONE = N_("Not in this file")
TWICE = N_("The column {column} is chosen twice, also for {field}. Choose another for one of them.")
NO_MONEY = N_("Choose the column with the amount, or those of debit and credit.")
NO_DAY = N_("Choose the column with the date, or say of which month the file is.")
BOTH = N_("Choose a column for the amount or columns for debit and credit, not both.")
SETTINGS = ("date_order", "decimal_mark", "vat", "period")


class Several(forms.FileField):
    """One file or several."""

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """Each of them, as a list."""
        several = data if isinstance(data, list | tuple) and data else [data or None]
        return [super(Several, self).clean(one, initial) for one in several]


class Chooser(forms.ClearableFileInput):
    """A field for one file or several."""

    allow_multiple_selected = True


class Bring(forms.Form):
    """Whose it is, and the file."""

    def __init__(
        self, *args: Any, translate: Translator, kind: ImportKind, access: Access, country: Country, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _, needed = translate, {"required": translate(WHOSE)}
        self.anchors = sorted(access.anchors)
        if kind is ImportKind.LEDGER:
            if self.anchors:
                listed = [(name, name) for name in self.anchors]
                self.fields["anchor"] = forms.ChoiceField(
                    choices=[*listed, (NEW, _("Another, which is new here"))] if may_name(access) else listed,
                    label=_("Whose ledger is it?"),
                )
            if may_name(access):
                self.fields["new_anchor"] = forms.CharField(
                    max_length=100,
                    required=not self.anchors,
                    label=_("Name of the new institution") if self.anchors else _("Whose ledger is it?"),
                    help_text=_("Only where it is not in the list: its name as reports shall write it.")
                    if self.anchors
                    else _("Its name as reports shall write it, such as that of the municipality."),
                    error_messages=needed,
                )
        self.fields["files"] = Several(
            widget=Chooser(attrs={"class": "drop"}),
            label=_("File"),
            help_text=_("Drop it here or choose it. Several at once are fine."),
            error_messages={**needed, "required": _("Choose a file."), "empty": _("The file is empty.")},
        )

        self.said_of_areas = areal.fields(kind, country, _)
        self.fields.update(self.said_of_areas)

    def given(self) -> dict[str, Any]:
        """What somebody says about how to read a file of areas; nothing of other files."""
        return {name: self.cleaned_data[name] for name in self.said_of_areas if self.cleaned_data[name]}

    def whose(self) -> str:
        """The anchor chosen or named; nothing for what is no ledger."""
        said = self.cleaned_data
        chosen = said.get("anchor", NEW)
        return str(" ".join(said.get("new_anchor", "").split()) if chosen == NEW else chosen)


class Columns(forms.Form):
    """Which column is which field, the guess filled in. Where two fit, none is: somebody must choose."""

    def __init__(self, *args: Any, translate: Translator, about: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about, self._ = about, translate
        self.sheets = [sheet for sheet in about.seen["sheets"] if not sheet["problem"]] or about.seen["sheets"]
        self.guesses = {guess["field"]: guess for sheet in reversed(self.sheets) for guess in sheet["fields"]}
        self.headers = list(dict.fromkeys(name for sheet in self.sheets for name in sheet["headers"]))
        chosen = about.mapping.get("columns", {})
        for field in (*NEEDED, *USEFUL, *RARE):
            self.fields[field] = self._column(field, chosen.get(field))
        self._settings()

    def _column(self, field: str, chosen: str | list[str] | None) -> forms.ChoiceField:
        _, guess = self._, self.guesses.get(field)
        names = [chosen] if isinstance(chosen, str) else list(chosen or ())
        is_open = bool(guess and not guess["sure"] and guess["candidates"] and not self.about.given)
        choices = [("", _(CHOOSE) if is_open or field in ("supplier",) else _(NONE))]
        if len(names) > 1:
            choices.append((_value(names), " / ".join(names)))
        choices += [(_value([name]), name) for name in self.headers]
        return forms.ChoiceField(
            choices=choices,
            initial="" if is_open or not names else _value(names),
            required=field == "supplier" or is_open,
            label=_(LABELS[field]),
            help_text=self._why(guess, is_open) if guess and not self.about.given else "",
            error_messages={"required": _("Choose a column.")},
        )

    def _why(self, guess: dict[str, Any], is_open: bool) -> str:
        _ = self._
        if is_open:
            return _("Several columns fit: {columns}. Choose one.", columns=", ".join(guess["candidates"]))
        why, _none, _others = guess["why"].partition("; ")
        known = why.startswith("layout ")
        text = _(BY_LAYOUT, layout=why.removeprefix("layout ")) if known else _(WHY.get(why, why))
        return _("Sure: {why}.", why=text) if guess["sure"] else _("A guess: {why}.", why=text)

    def _settings(self) -> None:
        _, sheet, said = self._, (self.sheets or [{}])[0], self.about.mapping
        orders = {"ymd": _("year, month, day"), "dmy": _("day, month, year"), "mdy": _("month, day, year")}
        found = orders.get(sheet.get("date_order", ""))
        as_found = _("As found: {found}", found=found) if found else _("As the whole file tells")
        marks = {",": _("comma"), ".": _("point")}
        vat = {"excluding": _("without VAT"), "including": _("with VAT"), "unknown": _("not known")}
        mark = _("As found: {found}", found=marks.get(sheet.get("decimal_mark", ""), _("comma")))
        taxed = _("As found: {found}", found=vat.get(sheet.get("vat", ""), _("not known")))
        for name, label, choices in (
            ("date_order", _("Order of the date"), [("", as_found), *orders.items()]),
            ("decimal_mark", _("Decimal mark"), [("", mark), *marks.items()]),
            ("vat", _("Are the amounts with VAT?"), [("", taxed), *vat.items()]),
        ):
            self.fields[name] = forms.ChoiceField(
                choices=choices, label=label, required=False, initial=said.get(name, "")
            )
        self.fields["period"] = forms.RegexField(
            r"^(19|20)\d\d-(0[1-9]|1[0-2])$",
            required=False,
            label=_("Month, where no column has a date"),
            help_text=_("Year and month, such as 2024-01."),
            initial=said.get("period") or sheet.get("period", ""),
            error_messages={"invalid": _("Write year and month, such as 2024-01.")},
        )

    @property
    def left(self) -> list[str]:
        """Columns that the guess leaves out."""
        return list(dict.fromkeys(name for sheet in self.sheets for name in sheet["ignored"]))

    def rows(self, names: tuple[str, ...]) -> list[forms.BoundField]:
        """The fields of those names, for a part of the page."""
        return [self[name] for name in names]

    def clean(self) -> dict[str, Any]:
        """Each column once; money and a day are needed."""
        said, used = super().clean() or {}, dict[str, str]()
        _ = self._
        for field in (*NEEDED, *USEFUL, *RARE):
            for name in json.loads(said.get(field) or "[]"):
                if name in used:
                    self.add_error(field, _(TWICE, column=name, field=_(LABELS[used[name]])))
                used.setdefault(name, field)
        divided = bool(said.get("debit") or said.get("credit"))
        if not said.get("amount") and not divided and "amount" not in self.errors:
            self.add_error("amount", _(NO_MONEY))
        if said.get("amount") and divided:
            self.add_error("amount", _(BOTH))
        if not said.get("paid_on") and not said.get("period") and not self.errors.keys() & {"paid_on", "period"}:
            self.add_error("paid_on", _(NO_DAY))
        return said

    def mapping(self) -> dict[str, Any]:
        """The mapping as the project file writes it. What stands in no field is ignored by name."""
        said, before = self.cleaned_data, self.about.mapping
        columns = {field: json.loads(said[field]) for field in LABELS if said.get(field)}
        used = {name for names in columns.values() for name in names}
        offered = [name for sheet in self.sheets for name in sheet["ignored"]]
        offered += [name for guess in self.guesses.values() for name in guess["columns"]]
        ignore = [name for name in dict.fromkeys(offered) if name not in used]
        guessed = {sheet["period"] for sheet in self.sheets}
        settings = {name: said[name] for name in SETTINGS if said.get(name)}
        if columns.get("paid_on") or settings.get("period") in guessed:
            settings.pop("period", None)  # the file's name says it, and that of the next says the next
        plain = {field: names[0] if len(names) == 1 else names for field, names in columns.items()}
        same = plain == before.get("columns")
        kept = {name: before[name] for name in ("sheet", "encoding", "delimiter", "header_row") if name in before}
        layout = {"layout": before["layout"]} if same and "layout" in before else {}
        return {"columns": plain, **({"ignore": ignore} if ignore else {}), **kept, **layout, **settings}


def _value(names: list[str]) -> str:
    return json.dumps(names, ensure_ascii=False)


class OwnColumns(forms.Form):
    """Which column is which field of a register or a list of postcodes that no reader knows."""

    def __init__(self, *args: Any, translate: Translator, about: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _, seen = translate, about.seen
        chosen = about.mapping or seen["found"]
        for field in seen["fields"]:
            is_needed = field in seen["needed"]
            self.fields[field] = forms.ChoiceField(
                choices=[("", _(CHOOSE if is_needed else NONE)), *((name, name) for name in seen["headers"])],
                initial=chosen.get(field, ""),
                required=is_needed,
                label=_(SOURCE_LABELS.get(field, field)),
                error_messages={"required": _("Choose a column.")},
            )

    def mapping(self) -> dict[str, Any]:
        """Field and column, for those that were chosen."""
        return {field: column for field, column in self.cleaned_data.items() if column}


class Reading(forms.Form):
    """How the file is to be opened, where it was seen wrongly."""

    def __init__(self, *args: Any, translate: Callable[..., str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ = translate
        as_found = [("", _("As found"))]
        encodings = ("utf-8", "cp1252", "iso-8859-15", "utf-16", "cp850", "mac_roman")
        delimiters = ((";", _("semicolon")), (",", _("comma")), ("\t", _("tab")), ("|", _("vertical bar")))
        self.fields["header_row"] = forms.IntegerField(
            min_value=1, max_value=1000, required=False, label=_("Row with the names of the columns")
        )
        self.fields["sheet"] = forms.CharField(max_length=100, required=False, label=_("Only this sheet"))
        self.fields["encoding"] = forms.ChoiceField(
            choices=[*as_found, *((name, name) for name in encodings)], required=False, label=_("Encoding of text")
        )
        self.fields["delimiter"] = forms.ChoiceField(
            choices=[*as_found, *delimiters], required=False, label=_("Sign between columns")
        )

    def given(self) -> dict[str, Any]:
        """What was said, as a mapping writes it."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
