"""Forms of the map: an asset, a tie between two organisations, and a file of assets."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from bygd.reports import Translator
from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.sources.privacy import Masker, Pseudonym
from bygd.vocabulary.mapping import AssetLayer, OrganisationSort, RelationKind
from bygd.vocabulary.money import rounded
from bygd.vocabulary.words import Word
from bygd.web.boards.assets.labels import HINTS, LABELS
from bygd.workbench import asking
from bygd.workbench.assets import problems
from bygd.workbench.assets.reading import TEXTS
from bygd.workbench.entered import Row
from bygd.workbench.project import Project

LONG = ("note", "used_by")
DEGREES = ("latitude", "longitude")
WRONG_DAY = N_("Write the day as year, month and day.")
CHOOSE = N_("Choose one of the list.")


class Asset(forms.Form):
    """What is entered of an asset; `before` is the entry that it changes."""

    def __init__(self, data: Any = None, *, translate: Translator, project: Project, before: Row | None = None) -> None:
        self.translate, self.project = translate, project
        _ = translate
        today = date.today()
        initial = {"last_seen": today, "layer": "", **{k: v for k, v in (before or {}).items() if v is not None}}
        super().__init__(data, initial=initial)
        choose = {"required": _(CHOOSE), "invalid_choice": _(CHOOSE)}
        listed = {
            "layer": [("", ""), *((word.value, _.word(word)) for word in AssetLayer)],
            "sort": [("", _("Not said")), *((word.value, _.word(word)) for word in OrganisationSort)],
        }
        for name, label in LABELS.items():
            more: dict[str, Any] = {"label": _(label), "help_text": _(HINTS[name]) if name in HINTS else ""}
            more["required"] = name in ("layer", "name")
            if name in listed:
                self.fields[name] = forms.ChoiceField(choices=listed[name], error_messages=choose, **more)
            elif name == "last_seen":
                picked = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
                self.fields[name] = forms.DateField(widget=picked, error_messages={"invalid": _(WRONG_DAY)}, **more)
            else:
                widget: forms.Widget = forms.Textarea(attrs={"rows": 3}) if name in LONG else forms.TextInput()
                if name in (*DEGREES, "hours_unused"):
                    widget.attrs["inputmode"] = "decimal"
                said = {"required": _("Say what it is called.")}
                self.fields[name] = forms.CharField(max_length=2000, widget=widget, error_messages=said, **more)

    def clean_latitude(self) -> float | None:
        """Degrees, with a comma or a point."""
        return self._degrees("latitude")

    def clean_longitude(self) -> float | None:
        """Degrees, with a comma or a point."""
        return self._degrees("longitude")

    def clean_hours_unused(self) -> Decimal | None:
        """Hours, with a comma or a point."""
        text = self.cleaned_data["hours_unused"].strip()
        try:
            return rounded(asking.amount(text)) if text else None
        except InputError as error:
            raise forms.ValidationError(self.translate.said(error)) from None

    def clean(self) -> dict[str, Any]:
        """What is wrong with the asset as a whole stands at the field that is to be mended."""
        said = super().clean() or self.cleaned_data
        if not self.errors:
            for name, problem in problems(self.row(), date.today()):
                self.add_error(name, self.translate.said(problem))
        return said

    def row(self) -> Row:
        """The columns of the table, without key, who entered it and when."""
        clean = Masker(self.project.country.conventions(), Pseudonym(self.project.key())).text
        said = self.cleaned_data
        row = {name: said.get(name) if said.get(name) != "" else None for name in LABELS}
        row |= {name: clean((row[name] or "").strip() or None) for name in TEXTS}
        row["source"] = row["source"] or self.translate("entered by hand")
        if row["layer"] != AssetLayer.ORGANISATION:
            row["sort"] = None
        return row

    def _degrees(self, name: str) -> float | None:
        text = self.cleaned_data[name].strip().replace(",", ".").replace("\u2212", "-")
        try:
            return round(float(text), 6) if text else None
        except ValueError:
            raise forms.ValidationError(self.translate("Write a number of degrees, such as 57.62.")) from None


class Tie(forms.Form):
    """How two organisations on the map are tied."""

    def __init__(self, data: Any = None, *, translate: Translator, organisations: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(data, initial={"last_seen": date.today()}, auto_id="tie-%s")
        _ = translate
        self.translate = _
        named = [("", ""), *((row["asset_key"], row["name"]) for row in organisations)]
        self._choose("from_key", _("Who"), named)
        self._choose("kind", _("How"), _words(RelationKind, _))
        self._choose("to_key", _("With whom"), named)
        picked = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        self.fields["last_seen"] = forms.DateField(
            label=_("Known on"), widget=picked, required=False, error_messages={"invalid": _(WRONG_DAY)}
        )

    def _choose(self, name: str, label: str, listed: Sequence[tuple[str, str]]) -> None:
        wrong = self.translate(CHOOSE)
        said = {"required": wrong, "invalid_choice": wrong}
        self.fields[name] = forms.ChoiceField(label=label, choices=listed, error_messages=said)

    def clean(self) -> dict[str, Any]:
        """Nobody is tied to themselves."""
        said = super().clean() or self.cleaned_data
        if said.get("from_key") and said.get("from_key") == said.get("to_key"):
            self.add_error("to_key", self.translate("Choose another organisation than the first."))
        return said


class Bring(forms.Form):
    """A file of assets, and the layer of those that do not say theirs."""

    def __init__(self, *args: Any, translate: Translator) -> None:
        super().__init__(*args)
        _ = translate
        self.fields["file"] = forms.FileField(
            label=_("File"),
            help_text=_("GeoJSON, a file of uMap, or a table (CSV, XLSX, ODS) with headings such as name and layer."),
            error_messages={"required": _("Choose a file."), "empty": _("The file is empty. Export it again.")},
        )
        self.fields["layer"] = forms.ChoiceField(
            label=_("What they are, where the file does not say"),
            choices=[("", _("The file says it")), *_words(AssetLayer, _)],
            required=False,
        )


def _words(kind: type[Word], _: Translator) -> list[tuple[str, str]]:
    return [(word.value, _.word(word)) for word in kind]
