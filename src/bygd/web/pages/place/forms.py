"""Forms of the place: a village put together, values of one's own, an indicator of one's own."""

from typing import Any

from django import forms

from bygd.reports import Translator
from bygd.vocabulary.place_words import Aspect, Combining, Dimension, Direction, Level, Theme, Unit
from bygd.workbench.place.profile import Named

MOST_AREAS = 400


class VillageForm(forms.Form):
    """Its name, and of each small area how much of it belongs."""

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
            self.fields[f"part{number}"] = forms.IntegerField(
                min_value=0, max_value=100, required=False, label=f"{one.name} ({one.area_id.partition(':')[2]})"
            )
        self.fields["more"] = forms.CharField(
            required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
            label=_("Other areas, by their codes"),
            help_text=_(
                "One a line. After a code, = and the share that belongs, such as 0.6. They are fetched next time."
            ),
        )  # fmt: skip

    @property
    def parts(self) -> list[tuple[Named, Any]]:
        """Each small area with its field."""
        return [(one, self[f"part{number}"]) for number, one in enumerate(self.areas)]

    def chosen(self) -> list[str]:
        """The areas as the library takes them, `code=share`; of a valid form."""
        given = self.cleaned_data
        found = [
            f"{one.area_id}={given[f'part{number}'] / 100:g}"
            for number, one in enumerate(self.areas)
            if given.get(f"part{number}")
        ]
        return found + [line.strip().replace(" ", "") for line in given["more"].splitlines() if line.strip()]

    def clean(self) -> dict[str, Any]:
        """At least one area."""
        cleaned = super().clean() or {}
        if not self.errors and not self.chosen():
            self.add_error(None, self._translate("Choose at least one area."))
        return cleaned


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
            self.fields[name] = forms.ChoiceField(choices=[(word.value, _.word(word)) for word in words], label=label)
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

    def content(self) -> dict[str, Any]:
        """The indicator as the catalogue has it, its texts in the language of whoever wrote them."""
        given, language = dict(self.cleaned_data), self._translate.language
        given.pop("id")
        for name in ("label", "definition", "caveats"):
            given[name] = {language: given[name]} if given[name] else ""
        return given
