"""Areal: lists of areas and what became of them, checked and kept as the pages and the prompt do it."""

from pathlib import Path
from typing import Any

from django import forms

from bygd import countries
from bygd.countries import Country
from bygd.countries.levels import drawn
from bygd.reports import Translator
from bygd.sources.description import Kind
from bygd.vocabulary.place_words import Level
from bygd.web.work.models import Import
from bygd.web.work.words import ImportKind
from bygd.workbench.place import choosing, divisions, intake
from bygd.workbench.project import Project


def paths(brought: Import) -> list[Path]:
    """The file and those brought beside it, in the order in which they were chosen."""
    return [brought.path, *(brought.path.with_name(name) for name in brought.given.get("beside", ()))]


def fields(kind: ImportKind, country: Country, translate: Translator) -> dict[str, forms.Field]:
    """What may be said of a list of areas, or of what became of them, where the file does not say it itself."""
    _, itself = translate, ("", translate("As the file says"))
    if kind is ImportKind.AREAS:
        years = sorted({year for one in drawn(country) for year in one.vintages}, reverse=True)
        here = [(one.level.value, f"{_.word(one.level)} ({one.name})") for one in drawn(country)]
        return {
            "division": forms.ChoiceField(
                choices=[itself, *((year, year) for year in years)], required=False, label=_("Year of the division"),
                help_text=_("Only where the file does not say it: many do, in the names of their columns."),
            ),
            "levels": forms.MultipleChoiceField(
                choices=here, required=False, label=_("Which areas"), widget=forms.CheckboxSelectMultiple,
                help_text=_("Nothing ticked means all that the file holds of this place."),
            ),
        }  # fmt: skip
    if kind is ImportKind.DIVISIONS:
        known = [one for one in countries.sources(country) if one.kind is Kind.DIVISIONS]
        return {
            "source": forms.ChoiceField(
                choices=[itself, *((one.id, one.called or one.title) for one in known)], required=False,
                label=_("Which file it is"),
                help_text=_("Only where it is not known by the names of its columns."),
            )
        }  # fmt: skip
    return {}


def look(project: Project, brought: Import) -> dict[str, Any]:
    """What the file would bring, for the page that asks whether to take it in. Raises InputError."""
    given = brought.given
    if brought.kind == ImportKind.AREAS:
        return intake.of_areas(project, brought.path, given.get("division", ""), levels(given))
    return {"divisions": intake.of_divisions(project, paths(brought), given.get("source", ""))}


def keep(project: Project, brought: Import) -> None:
    """Keep what the file says. Raises InputError where it cannot be read any more."""
    given = brought.given
    if brought.kind == ImportKind.AREAS:
        choosing.choose_areas(project, brought.path, vintage=given.get("division", ""), levels=levels(given))
    else:
        divisions.bring(project, paths(brought), given.get("source", ""))


def levels(given: dict[str, Any]) -> list[Level]:
    """The levels that somebody chose; none where all are wanted."""
    return [Level(text) for text in given.get("levels", ())]
