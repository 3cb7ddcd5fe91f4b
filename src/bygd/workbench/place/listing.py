"""Listing: the catalogue and a profile as plain rows, for files, programs and the prompt."""

from typing import Any

from bygd.countries.indicators import Indicator, indicators
from bygd.reports.place.values import text_of
from bygd.reports.translate import Translator
from bygd.workbench.place import files, known
from bygd.workbench.place.profile import Profile, named
from bygd.workbench.project import Project


def catalogue_rows(project: Project, translate: Translator) -> list[dict[str, Any]]:
    """Every indicator of the catalogue with its texts in the language, its sources and whether they are verified."""
    found = indicators(project.country, files.of(project).indicators)
    return [
        {
            "id": one.id,
            "label": text_of(one.label, translate),
            "definition": text_of(one.definition, translate),
            "unit": translate.word(one.unit),
            "theme": translate.word(one.theme),
            "aspect": translate.word(one.aspect),
            "smallest": translate.word(one.smallest),
            "sources": _sources(one, translate),
            "how": _how(one, translate),
            "verified": one.is_verified,
            "is_own": one.is_own,
        }
        for one in found.values()
    ]


def rows(profile: Profile) -> list[dict[str, Any]]:
    """Each figure of a profile as plain values, with what it stands beside."""
    return [
        {
            **one.figure.as_row(),
            "indicator": one.indicator.id,
            "status": one.status.value,
            "tables": list(one.tables),
            "fetched_on": one.fetched_on,
            "over_time": {point.period: point.value for point in one.over_time},
            "divisions": {point.period: point.vintage for point in one.over_time if point.vintage},
            "beside": {beside.area.area_id: beside.value for beside in one.beside},
            "rank": [one.rank.best, one.rank.worst, one.rank.among] if one.rank else None,
            "several_years": [one.several.period, one.several.value] if one.several else None,
            "warnings": [str(warning) for warning in one.warnings],
        }
        for one in profile.shown
    ]


def names_of(project: Project, profile: Profile, translate: Translator | None = None) -> dict[str, str]:
    """Names of the areas and indicators that a profile speaks of, by id."""
    held = known.load(project)
    said = translate or Translator()
    areas = {peer.area_id: named(project, held, peer.area_id).name for peer in profile.peers.peers}
    listed = {one.indicator.id: text_of(one.indicator.label, said) for one in profile.shown}
    return {**listed, **areas}


def _how(one: Indicator, translate: Translator) -> str:
    """Where it comes from, in a line."""
    listed = ", ".join(_sources(one, translate))
    if not listed:
        return translate("no source known")
    return listed if one.is_verified or not one.series else f"{listed} ({translate('not verified')})"


def _sources(one: Indicator, translate: Translator) -> list[str]:
    if one.derived is not None and not one.series:
        return [translate("made from {names}", names=", ".join((*one.derived.of, *one.derived.per)))]
    if one.is_own and not one.series:
        return [translate("own values")]
    return list(dict.fromkeys(f"{series.source} {series.table}".strip() for series in one.series))
