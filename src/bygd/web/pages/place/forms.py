"""Forms of the place: a village put together, values of one's own, an indicator of one's own."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from bygd.countries.indicators import NEVER_ADDED
from bygd.reports import Translator
from bygd.sources.statistics.own import OwnValue, as_value
from bygd.vocabulary.place_words import Aspect, Combining, Dimension, Direction, Level, Theme, Unit
from bygd.workbench.place.by_postcode import PEOPLE, POSTCODES
from bygd.workbench.place.profile import Named

MOST_AREAS = 400
MOST_LAID = 100_000
NEAR = 0.0051
"""How far a share may be from what was worked out and still rest on it: the form shows whole per cents."""
MOST_DRAWN = 500_000
"""Bytes of a line around a village."""


class VillageForm(forms.Form):
    """Its name, and of each small area whether all of it belongs, or how much; or a line that people drew around it."""

    def __init__(self, *args: Any, translate: Translator, areas: list[Named], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ = self._translate = translate
        self.areas = areas[:MOST_AREAS]
        self.fields["id"] = forms.RegexField(
            r"^[a-z0-9][a-z0-9-]{0,39}$", max_length=40, label=_("Short name"),
            help_text=_("Small letters without accents, digits and hyphens. It stands in addresses."),
            error_messages={"invalid": _("Use small letters without accents, digits and hyphens."),
                            "required": _("Give it a short name.")},
        )  # fmt: skip
        self.fields["name"] = forms.CharField(
            max_length=80, label=_("What people call it"), error_messages={"required": _("Say what people call it.")}
        )
        for number, one in enumerate(self.areas):
            code = one.area_id.partition(":")[2]
            name = one.name if one.name == code else f"{one.name} ({code})"
            self.fields[f"all{number}"] = forms.BooleanField(required=False, label=name)
            told = {"aria-label": _("Per cent of {area}", area=name)}
            self.fields[f"part{number}"] = forms.IntegerField(
                min_value=0, max_value=100, required=False, label=name, widget=forms.NumberInput(attrs=told)
            )
        self.fields["basis"] = forms.ChoiceField(
            choices=[("", ""), *((one, one) for one in (PEOPLE, POSTCODES))], required=False, widget=forms.HiddenInput
        )
        self.fields["laid"] = forms.CharField(required=False, max_length=MOST_LAID, widget=forms.HiddenInput)
        self.fields["vintage"] = forms.RegexField(r"^\d{4}$", required=False, widget=forms.HiddenInput)
        self.fields["more"] = forms.CharField(
            required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}),
            label=_("Other areas, by their codes"),
            help_text=_(
                "One a line. After a code, = and the share that belongs, such as 0.6. They are fetched next time."
            ),
        )  # fmt: skip

    @property
    def parts(self) -> list[tuple[Named, Any, Any]]:
        """Each small area with its two fields: all of it, or a part in per cent."""
        return [(one, self[f"all{number}"], self[f"part{number}"]) for number, one in enumerate(self.areas)]

    def shares(self) -> list[float]:
        """The share of each area as far as it can be read, of a form right or wrong."""
        return [1.0 if whole.value() else _share(part.value()) for _, whole, part in self.parts]

    def chosen(self) -> list[str]:
        """The areas as the library takes them, `code=share`; of a valid form."""
        given = self.cleaned_data
        found = []
        for number, one in enumerate(self.areas):
            share = 1.0 if given.get(f"all{number}") else (given.get(f"part{number}") or 0) / 100
            if share:
                found.append(f"{one.area_id}={share:g}")
        return found + [line.strip().replace(" ", "") for line in given["more"].splitlines() if line.strip()]

    def rests_on(self) -> str:
        """What the shares rest on: what they were worked out from, or nothing where somebody changed one by hand."""
        given = self.cleaned_data
        laid, chosen = (_by_code(parts) for parts in (given["laid"].split(), self.chosen()))
        same = laid.keys() == chosen.keys() and all(abs(laid[code] - chosen[code]) <= NEAR for code in laid)
        return str(given["basis"]) if same else ""

    def clean(self) -> dict[str, Any]:
        """At least one area, none of which both wholly and in part."""
        cleaned, _ = super().clean() or {}, self._translate
        for number, _one in enumerate(self.areas):
            if cleaned.get(f"all{number}") and cleaned.get(f"part{number}") not in (None, 100):
                self.add_error(f"part{number}", _("Either all of it or a part: take one away."))
        if not self.errors and not self.chosen():
            self.add_error(None, _("Choose at least one area."))
        return cleaned


def initial_of(areas: list[Named], weights: Mapping[str, float]) -> dict[str, Any]:
    """What the form of a village begins with, for those shares by area; areas that are not listed stand below it."""
    found: dict[str, Any] = {}
    left = dict(weights)
    for number, one in enumerate(areas[:MOST_AREAS]):
        share = left.pop(one.area_id, 0.0)
        if share == 1:
            found[f"all{number}"] = True
        elif share:
            found[f"part{number}"] = max(1, round(share * 100))
    found["laid"] = " ".join(f"{area}={share:g}" for area, share in weights.items())
    found["more"] = "\n".join(f"{area}={share:g}" for area, share in left.items())
    return found


def _by_code(parts: Iterable[str]) -> dict[str, float]:
    """Shares by code, without the country, of parts as the library takes them; one that is no number is none."""
    found = {}
    for part in parts:
        area, _, share = part.partition("=")
        try:
            found[area.rpartition(":")[2]] = float(share.replace(",", ".") or 1)
        except ValueError:
            found[area.rpartition(":")[2]] = 0.0
    return found


def _share(text: Any) -> float:
    return min(float(text), 100.0) / 100 if str(text or "").isdecimal() else 0.0


class DrawnForm(forms.Form):
    """A line around the village: drawn on the map, or brought as GeoJSON."""

    def __init__(self, *args: Any, translate: Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ = self._translate = translate
        self.fields["outline"] = forms.FileField(
            required=False, label=_("A file with the line (GeoJSON)"),
            help_text=_("As map programmes save it, in the same coordinates as the boundaries."),
        )  # fmt: skip
        self.fields["drawn"] = forms.CharField(
            required=False, max_length=MOST_DRAWN, label=_("The line as GeoJSON"),
            widget=forms.Textarea(attrs={"rows": 3, "class": "code"}),
            help_text=_("What is drawn on the map is written here; it can be pasted or written by hand as well."),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """One of the two, and not too large."""
        cleaned, _ = super().clean() or {}, self._translate
        file = cleaned.get("outline")
        if file is not None and file.size > MOST_DRAWN:
            self.add_error("outline", _("The file is too large. Keep the line of the village alone."))
        elif not self.errors and file is None and not cleaned.get("drawn"):
            self.add_error("outline", _("Choose a file, or draw the line on the map."))
        return cleaned

    def text(self) -> str:
        """The GeoJSON of a valid form; the file before what is written."""
        file = self.cleaned_data.get("outline")
        if file is None:
            return str(self.cleaned_data["drawn"])
        return bytes(file.read()).decode("utf-8-sig", errors="replace")


class ValuesForm(forms.Form):
    """A file of values, and what it is called here."""

    def __init__(self, *args: Any, translate: Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ = translate
        self.fields["name"] = forms.RegexField(
            r"^[a-z0-9][a-z0-9-]{0,39}$", max_length=40, label=_("Short name"),
            help_text=_("Such as survey-2026. A file of the same name is replaced."),
            error_messages={"invalid": _("Use small letters without accents, digits and hyphens."),
                            "required": _("Give it a short name.")},
        )  # fmt: skip
        self.fields["file"] = forms.FileField(
            label=_("File"), help_text=_("CSV or XLSX with the columns area, indicator, period and value."),
            error_messages={"required": _("Choose a file.")},
        )  # fmt: skip


class ValueForm(forms.Form):
    """One value written by hand: of what, of where, of when."""

    def __init__(
        self, *args: Any, translate: Translator, listed: Iterable[tuple[str, str]], areas: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        _ = translate
        required = {"required": _("Fill this in.")}
        for name, label, choices in (("indicator", _("Indicator"), listed), ("area", _("Area"), areas)):
            self.fields[name] = forms.ChoiceField(
                choices=[("", _("Choose")), *choices], label=label, error_messages=required
            )
        self.fields["period"] = forms.RegexField(
            r"^\d{4}(Q[1-4]|-(0[1-9]|1[0-2]))?$", max_length=7, label=_("Period"),
            help_text=_("A year, a quarter such as 2026Q1 or a month such as 2026-05."),
            error_messages={
                **required, "invalid": _("Write a year, a quarter such as 2026Q1 or a month such as 2026-05."),
            },
        )  # fmt: skip
        self.fields["value"] = forms.CharField(
            max_length=20, label=_("Value"), error_messages=required,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        )  # fmt: skip
        self.fields["source"] = forms.CharField(
            max_length=120, required=False, label=_("Who counted"), help_text=_("Stands below what is shown of it.")
        )

    def value(self) -> OwnValue:
        """What was written, of a valid form. Raises InputError for what is no number."""
        return as_value({name: str(said).strip() for name, said in self.cleaned_data.items()}, str(self["value"].label))


class IndicatorForm(forms.Form):
    """An indicator of one's own, with the fields of the catalogue."""

    def __init__(self, *args: Any, translate: Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ = self._translate = translate
        self.fields["id"] = forms.RegexField(
            r"^[a-z][a-z0-9_]{1,39}$", max_length=40, label=_("Short name"),
            help_text=_("Small letters, digits and underscores, such as shop_open_hours. Files name it so."),
            error_messages={"invalid": _("Use small letters, digits and underscores."),
                            "required": _("Give it a short name.")},
        )  # fmt: skip
        required = {"required": _("Fill this in.")}
        self.fields["label"] = forms.CharField(max_length=120, label=_("Name"), error_messages=required)
        self.fields["definition"] = forms.CharField(
            max_length=600, label=_("Definition"), widget=forms.Textarea(attrs={"rows": 3}), error_messages=required,
            help_text=_("What is counted, of whom, by whom and when."),
        )  # fmt: skip
        kinds: dict[str, tuple[Any, str]] = {
            "unit": (Unit, _("Unit")), "direction": (Direction, _("Direction")), "theme": (Theme, _("Theme")),
            "aspect": (Aspect, _("Aspect of broad prosperity")), "combine": (Combining, _("Small areas together")),
            "smallest": (Level, _("Smallest area")),
        }  # fmt: skip
        for name, (kind, label) in kinds.items():
            words = [word for word in kind if not (name == "combine" and word is Combining.WEIGHTED)]
            listed = [(word.value, _.word(word)) for word in words]
            if name in ("unit", "direction", "theme"):  # nobody means the first by passing over it
                listed = [("", _("Choose")), *listed]
            self.fields[name] = forms.ChoiceField(choices=listed, label=label, error_messages=required)
        self.fields["dimension"] = forms.ChoiceField(
            choices=[("", "–"), *((word.value, _.word(word)) for word in Dimension)], required=False,
            label=_("Dimension of the doughnut"),
        )  # fmt: skip
        self.fields["rhythm"] = forms.CharField(
            max_length=60, label=_("How often it is counted"), error_messages=required
        )
        self.fields["digits"] = forms.IntegerField(min_value=0, max_value=4, initial=0, label=_("Decimals"))
        self.fields["caveats"] = forms.CharField(
            max_length=400, required=False, label=_("Beware"), widget=forms.Textarea(attrs={"rows": 2})
        )

    def clean(self) -> dict[str, Any]:
        """What is added can be added."""
        cleaned, _ = super().clean() or {}, self._translate
        adds = cleaned.get("combine") == Combining.SUM.value
        if adds and cleaned.get("unit") in [unit.value for unit in NEVER_ADDED]:
            self.add_error("combine", _("Shares, rates and ranks of small areas do not add up."))
        return cleaned

    def content(self) -> dict[str, Any]:
        """The indicator as the catalogue has it, its texts in the language of whoever wrote them."""
        given, language = dict(self.cleaned_data), self._translate.language
        given.pop("id")
        for name in ("label", "definition", "caveats"):
            given[name] = {language: given[name]} if given[name] else ""
        return given
