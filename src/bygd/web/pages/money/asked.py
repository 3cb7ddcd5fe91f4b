"""Asked: what a money page is asked for by its address, checked against what the snapshot holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.datastructures import MultiValueDict

from bygd import geography
from bygd.engine import Engine
from bygd.reports import Translator
from bygd.reports.industries import industry
from bygd.reports.translate import N_
from bygd.tools.spend.selection import EVERYTHING, Filter
from bygd.vocabulary.words import LocalBy, OwnershipKind, Ring, SizeBand
from bygd.vocabulary.years import JANUARY, begins, named
from bygd.workbench.project import Project

OWN = "own"
MOST_LISTED = 300
"""Industries and categories to choose from: those with most money."""


@dataclass(frozen=True)
class Choices:
    """What there is to choose from in a snapshot, for those who may see it."""

    by: LocalBy
    within: Ring
    rings: tuple[tuple[Ring, str], ...]
    anchors: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    ownerships: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    year_starts: int = JANUARY

    def named_years(self) -> list[tuple[int, str]]:
        """The years and what people call them."""
        return [(year, named(year, self.year_starts)) for year in self.years]


def choices(engine: Engine, project: Project, manifest: Mapping[str, Any], *, is_own: bool) -> Choices:
    """What may be chosen: for all anchors together the definition of local alone, for one's own all that they hold."""
    settings = manifest.get("settings") or {}
    place = geography.place(engine, project.place_id, project.place_name)
    names = {row["area_id"]: row["name"] for row in engine.rows("SELECT area_id, name FROM areas")}
    rings = tuple(
        (Ring(ring), place.name if area == place.area_id else area if len(area) == 2 else names.get(area, area))
        for ring, area in place.rings
        if ring is not Ring.WORLD
    )
    wanted = Ring(settings.get("within") or Ring.MUNICIPALITY)
    found = Choices(
        by=LocalBy(settings.get("local_by") or LocalBy.SEAT),
        within=next((ring for ring, _area in rings if list(Ring).index(ring) >= list(Ring).index(wanted)), rings[0][0]),
        rings=rings,
        year_starts=begins(manifest),
    )
    if not is_own:
        return found
    columns = {
        name: _values(engine, "spend", name) for name in ("anchor", "year", "ownership", "size_band", "industry")
    }
    return replace(
        found,
        anchors=tuple(sorted(columns["anchor"])),
        years=tuple(sorted(columns["year"])),
        ownerships=_in_order(columns["ownership"], OwnershipKind),
        sizes=_in_order(columns["size_band"], SizeBand),
        industries=tuple(sorted(value for value in columns["industry"] if value)),
        categories=tuple(sorted(value for value in _values(engine, "spend_lines", "category") if value)),
    )


def _values(engine: Engine, relation: str, column: str) -> list[Any]:
    statement = f"SELECT {column} AS v FROM {relation} GROUP BY 1 ORDER BY SUM(ABS(amount)) DESC, v LIMIT {MOST_LISTED}"
    return [row["v"] for row in engine.rows(statement)]


def _in_order(found: Sequence[str], words: type[Any]) -> tuple[str, ...]:
    return tuple(str(word) for word in words if str(word) in found)


@dataclass(frozen=True)
class Asked:
    """One question: whose money, what local means, and which of it."""

    is_own: bool
    by: LocalBy
    within: Ring
    where: Filter = EVERYTHING
    snapshot: str = ""
    """The snapshot that the address names; empty for the one in use."""

    def query(self, **more: Any) -> str:
        """The question as the query of an address; what several values hold stands there several times."""
        said = {
            "scope": OWN if self.is_own else "",
            "by": self.by,
            "within": self.within,
            "snapshot": self.snapshot,
            **{name: getattr(self.where, column) for name, column in COLUMNS.items()},
            **more,
        }
        return urlencode([(name, str(one)) for name, value in said.items() for one in _each(value)])


def _each(value: Any) -> list[Any]:
    listed = value if isinstance(value, tuple | list) else (value,)
    return [one for one in listed if one not in ("", None)]


COLUMNS = {
    "anchor": "anchors",
    "year": "years",
    "ownership": "ownerships",
    "size": "sizes",
    "industry": "industries",
    "category": "categories",
}
"""The free filters, each of which may have several values, and what the library calls them."""


LABELS = {
    "by": N_("Local means"),
    "within": N_("Local area"),
    "anchor": N_("Institution"),
    "year": N_("Year"),
    "ownership": N_("Kind of ownership"),
    "size": N_("Size of supplier"),
    "industry": N_("Industry"),
    "category": N_("Category in the ledger"),
    "ring": N_("Where the supplier is"),
    "out": N_("Which payments"),
}


class Question(forms.Form):
    """The filters of the money pages. What is left empty leaves everything in."""

    def __init__(
        self,
        data: MultiValueDict[str, str],
        *,
        translate: Translator,
        choices: Choices,
        is_own: bool,
        prefix_id: str = "ask",
        snapshot: str = "",
    ) -> None:
        self.offered, self.is_own, self.snapshot = choices, is_own, snapshot
        given = {name: values for name in data if (values := [value for value in data.getlist(name) if value])}
        super().__init__(
            MultiValueDict({"by": [choices.by], "within": [choices.within], **given}), auto_id=f"{prefix_id}-%s"
        )
        _ = self._translate = translate
        self.fields["by"] = self._choice(_, "by", [(by, _.word(by)) for by in LocalBy], empty=None)
        self.fields["within"] = self._choice(
            _,
            "within",
            [(ring, f"{area_name(area, _)} ({_.word(ring).lower()})") for ring, area in choices.rings],
            None,
        )
        if is_own:
            self._own(_, choices)

    def _own(self, _: Translator, choices: Choices) -> None:
        """The free filters, for one's own anchors."""
        listed: dict[str, list[tuple[Any, str]]] = {
            "anchor": [(anchor, anchor) for anchor in choices.anchors],
            "year": choices.named_years(),
            "ownership": [(kind, _.word(OwnershipKind(kind))) for kind in choices.ownerships],
            "size": [(band, _.word(SizeBand(band))) for band in choices.sizes],
            "industry": [(code, industry(code, _)) for code in choices.industries],
            "category": [(name, name) for name in choices.categories],
        }
        for name, options in listed.items():
            if options:
                self.fields[name] = self._several(_, name, options)

    def _choice(
        self, _: Translator, name: str, options: Sequence[tuple[Any, str]], empty: str | None
    ) -> forms.ChoiceField:
        return forms.ChoiceField(
            label=_(LABELS[name]),
            choices=[*([("", empty)] if empty else []), *options],
            required=empty is None,
            error_messages={"invalid_choice": _("There is no “%(value)s” here. Choose one from the list.")},
        )

    def _several(self, _: Translator, name: str, options: Sequence[tuple[Any, str]]) -> forms.MultipleChoiceField:
        return forms.MultipleChoiceField(
            label=_(LABELS[name]),
            choices=options,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": _("There is no “%(value)s” here. Choose one from the list.")},
        )

    @property
    def first(self) -> list[forms.BoundField]:
        """The definition of local: what every figure depends on."""
        return [self["by"], self["within"]]

    @property
    def more(self) -> list[forms.BoundField]:
        """The free filters."""
        return [bound for bound in self.visible_fields() if bound.name not in ("by", "within")]

    @property
    def used(self) -> int:
        """How many of the free filters leave something out."""
        return sum(bool(bound.value()) for bound in self.more)

    @property
    def said(self) -> str:
        """The free filters of a valid form in words, such as “Year: 2023, 2024”; empty where none is in use."""
        _ = self._translate
        told = [(bound.label, self._chosen(bound.name)) for bound in self.more]
        said = [_("{filter}: {values}", filter=label, values=", ".join(names)) for label, names in told if names]
        return "; ".join(said)

    def _chosen(self, name: str) -> list[str]:
        given = self.cleaned_data.get(name) or ()
        listed = given if isinstance(given, list) else [given]
        return [label for value, label in self._offered(name) if value and str(value) in listed]

    def _offered(self, name: str) -> Sequence[tuple[Any, str]]:
        field = self.fields[name]
        return list(field.choices) if isinstance(field, forms.ChoiceField) else ()  # type: ignore[arg-type]

    def offers(self, name: str, value: Any) -> bool:
        """Whether the filter of that name, if it is one here, may be that."""
        offered = {str(one) for one, _label in self._offered(name)} if name in self.fields else None
        return offered is None or all(str(one) in offered for one in _each(value))

    def asked(self) -> Asked:
        """The question of a valid form."""
        given = self.cleaned_data
        # In the order in which they are offered, so that the same question always has the same answer at hand.
        several: dict[str, Any] = {
            column: tuple(one for one, _label in self._offered(name) if str(one) in given[name])
            for name, column in COLUMNS.items()
            if given.get(name)
        }
        return Asked(self.is_own, LocalBy(given["by"]), Ring(given["within"]), Filter(**several), self.snapshot)


def area_name(area: str, translate: Translator) -> str:
    """An area's name; a country's in the reader's language."""
    return (translate.territory(area) if len(area) == 2 else None) or area
