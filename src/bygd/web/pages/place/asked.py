"""Asked: which area, up to which year and beside which places, as the address says it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.datastructures import MultiValueDict

from bygd.reports import Translator
from bygd.vocabulary.place_words import Level
from bygd.workbench.place.profile import Named

MOST_NUMBER = 15


@dataclass(frozen=True)
class Asked:
    """One question to the pages of the place; empty is the place itself, the newest year, the project's own peers."""

    area: str = ""
    year: str = ""
    peers: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    number: int | None = None

    def query(self, **more: Any) -> str:
        """The question as the query of an address."""
        said: dict[str, Any] = {
            "area": self.area, "year": self.year, "peer": self.peers, "by": self.by, "number": self.number, **more,
        }  # fmt: skip
        listed = [
            (name, str(one))
            for name, value in said.items()
            for one in (value if isinstance(value, tuple | list) else (value,))
            if one not in ("", None)
        ]
        return urlencode(listed)


class Question(forms.Form):
    """The choices on top of the pages of the place."""

    def __init__(
        self,
        data: MultiValueDict[str, str],
        *,
        translate: Translator,
        areas: Sequence[Named],
        own: str,
        years: Sequence[str],
        offered: Sequence[tuple[str, str]] = (),
        structure: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(data, auto_id="ask-%s")
        _ = translate
        groups = []
        for level in (Level.VILLAGE, Level.MUNICIPALITY, Level.DISTRICT, Level.LOCALITY, Level.SMALL_AREA,
                      Level.COUNTY, Level.COUNTRY):  # fmt: skip
            listed = [("" if one.area_id == own else one.area_id, one.name) for one in areas if one.level is level]
            if listed:
                groups.append((_.word(level), listed))
        self.fields["area"] = forms.ChoiceField(
            choices=groups, required=False, label=_("Area"), error_messages=_wrong(_)
        )
        self.fields["year"] = forms.ChoiceField(
            choices=[("", _("Newest")), *((year, year) for year in years)], required=False, label=_("Known up to"),
            error_messages=_wrong(_),
        )  # fmt: skip
        self.fields["peer"] = forms.MultipleChoiceField(
            choices=list(offered), required=False, label=_("Only these places"), error_messages=_wrong(_),
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
        self.fields["by"] = forms.MultipleChoiceField(
            choices=list(structure), required=False, label=_("What makes places alike"), error_messages=_wrong(_),
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
        self.fields["number"] = forms.IntegerField(
            min_value=1, max_value=MOST_NUMBER, required=False, label=_("How many places")
        )

    def asked(self) -> Asked:
        """The question of a valid form."""
        given = self.cleaned_data
        return Asked(given["area"], given["year"], tuple(given["peer"]), tuple(given["by"]), given["number"])


def _wrong(_: Translator) -> dict[str, str]:
    return {"invalid_choice": _("There is no such choice. Choose from the list.")}
