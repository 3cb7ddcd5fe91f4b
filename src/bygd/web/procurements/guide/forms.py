"""The form of the place's own part of the guide: whom to ask, own words, whether everybody may read it."""

from datetime import date
from typing import Any

from django import forms

from bygd.reports import Translator
from bygd.reports.translate import N_
from bygd.workbench.guide import Contact, Settings
from bygd.workbench.guide.settings import LONGEST, MOST_CONTACTS, MOST_WORDS

SPOKEN = {"sv": N_("Own words in Swedish"), "nl": N_("Own words in Dutch"), "en": N_("Own words in English")}
PARTS = {
    "office": N_("Office"),
    "email": N_("E-mail address of the office"),
    "phone": N_("Telephone number of the office"),
    "page": N_("Address of its page about purchases"),
}


class Change(forms.Form):
    """Contacts of the institutions, the place's own words, and what becomes of the guide."""

    def __init__(
        self, *args: Any, translate: Translator, anchors: list[str], settings: Settings, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _, self.settings = translate, settings
        known = {one.anchor: one for one in settings.contacts}
        self.anchors = list(dict.fromkeys([*anchors, *known]))[:MOST_CONTACTS]
        for number, anchor in enumerate(self.anchors):
            held = known.get(anchor, Contact(anchor))
            for name, label in PARTS.items():
                self.fields[f"{number}-{name}"] = self._field(name, _(label), getattr(held, name))
        for language, label in SPOKEN.items():
            self.fields[f"says-{language}"] = forms.CharField(
                label=_(label),
                max_length=MOST_WORDS,
                required=False,
                widget=forms.Textarea({"rows": 3}),
                initial=(settings.says or {}).get(language, ""),
            )
        self.fields["public"] = forms.BooleanField(
            label=_("Everybody may read the guide"), required=False, initial=settings.public
        )
        self.fields["is_checked"] = forms.BooleanField(label=_("I have checked these contacts today"), required=False)

    @staticmethod
    def _field(name: str, label: str, value: str) -> forms.CharField:
        if name == "page":
            return forms.URLField(label=label, max_length=LONGEST, required=False, initial=value, assume_scheme="https")
        made: type[forms.CharField] = forms.EmailField if name == "email" else forms.CharField
        return made(label=label, max_length=LONGEST, required=False, initial=value)

    def rows(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of each institution."""
        return [(anchor, [self[f"{at}-{name}"] for name in PARTS]) for at, anchor in enumerate(self.anchors)]

    def changed(self) -> Settings:
        """What the form says now."""
        said = self.cleaned_data
        contacts = [
            Contact(anchor, **{name: " ".join(said[f"{number}-{name}"].split()) for name in PARTS})
            for number, anchor in enumerate(self.anchors)
        ]
        return Settings(
            contacts=tuple(one for one in contacts if one != Contact(one.anchor)),
            says={language: " ".join(said[f"says-{language}"].split()) for language in SPOKEN},
            public=said["public"],
            checked=date.today() if said["is_checked"] else self.settings.checked,
        )
