"""Asked: which gaps somebody looks at, kept whole in the address, and the money and firms they are found from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied

from bygd.engine import DuckEngine
from bygd.reports import Translator
from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.tools.gaps import Gap, Which, firms, money
from bygd.tools.procurement import Buyer
from bygd.vocabulary import tables
from bygd.vocabulary.words import Influence, LocalBy, Ring
from bygd.web.decisions import together
from bygd.web.pages.money import told as telling
from bygd.web.pages.money.asked import OWN, Choices, area_name, choices
from bygd.web.pages.money.asked import Asked as MoneyAsked
from bygd.web.people.gate import PlaceRequest
from bygd.web.people.words import Right
from bygd.web.places import held
from bygd.web.places.held import Held
from bygd.workbench import contracts, gaps, lawful
from bygd.workbench.gaps import Asked
from bygd.workbench.project import Project

LABELS = {
    "by": N_("Local means"),
    "within": N_("Local area"),
    "anchor": N_("Institution"),
    "year": N_("Year"),
    "show": N_("Which kinds"),
    "order": N_("First"),
    "buyer": N_("Who buys?"),
}
SHOWN = {
    "": N_("All kinds"),
    "open": N_("Not judged yet"),
    "yes": N_("Can be influenced"),
    "unsure": N_("Not sure"),
    "no": N_("Cannot be influenced"),
}
ORDERS = {"": N_("Most that could come home"), "leaves": N_("Most that leaves"), "ends": N_("Contracts that end first")}
FIELDS = ("by", "within", "anchor", "year", "show", "order", "buyer")


class Ask(forms.Form):
    """The filters. Free ones are for one's own institutions; what is left empty leaves everything in."""

    def __init__(self, data: Mapping[str, Any], *, translate: Translator, offered: Choices, is_own: bool) -> None:
        given = {"by": offered.by, "within": offered.within, "buyer": Buyer.MUNICIPALITY, **_filled(data)}
        super().__init__({name: str(value) for name, value in given.items()}, auto_id="ask-%s")
        _, speak = translate, Translator(translate.language, lawful.PACKAGE)
        self.is_own = is_own
        if is_own:
            self._choose(_, "by", [(by, _.word(by)) for by in LocalBy])
            rings = [(ring, f"{area_name(area, _)} ({_.word(ring).lower()})") for ring, area in offered.rings]
            self._choose(_, "within", rings)
            if len(offered.anchors) > 1:
                self._choose(_, "anchor", [("", _("All")), *((one, one) for one in offered.anchors)])
            self._choose(_, "year", [("", _("All")), *offered.named_years()])
        self._choose(_, "show", [(value, _(label)) for value, label in SHOWN.items()])
        self._choose(_, "order", [(value, _(label)) for value, label in ORDERS.items()])
        self._choose(_, "buyer", [(buyer, speak.word(buyer)) for buyer in Buyer])

    def _choose(self, _: Translator, name: str, listed: list[tuple[Any, str]]) -> None:
        self.fields[name] = forms.ChoiceField(
            label=_(LABELS[name]),
            choices=listed,
            required=False,
            error_messages={"invalid_choice": _("There is no “%(value)s” here. Choose one from the list.")},
        )


def _filled(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in FIELDS if data.get(name)}


@dataclass(frozen=True)
class Seen:
    """What a request looks at: the gaps in their order, and what they were found from. No gaps: nothing was built."""

    project: Project
    form: Ask
    is_own: bool
    gaps: tuple[Gap, ...] = ()
    held: Held | None = None
    asked: Asked | None = None
    which: Which | None = None
    buyer: Buyer = Buyer.MUNICIPALITY
    problem: str = ""

    @property
    def currency(self) -> str:
        """The currency of all sums."""
        return self.which.currency if self.which else self.project.country.currency

    def query(self, **more: Any) -> str:
        """The filters as the query of an address, so that links keep them."""
        said = {"scope": OWN if self.is_own else "", **{name: self.form.data.get(name, "") for name in FIELDS}, **more}
        usual = {"by": self.project.local_by, "within": self.project.within, "buyer": Buyer.MUNICIPALITY}
        return urlencode(
            {name: str(value) for name, value in said.items() if value not in ("", None) and usual.get(name) != value}
        )

    def one(self, kind: str) -> Gap | None:
        """The gap of a kind, whatever is shown of the list."""
        return next((gap for gap in self.gaps if gap.kind == kind), None)

    def listed(self) -> list[Gap]:
        """The gaps that are shown, in the order asked for. What nothing leaves of is no gap."""
        wanted, order = self.form.data.get("show", ""), self.form.data.get("order", "")
        found = [
            gap for gap in self.gaps if gap.yearly > 0 and (not wanted or gap.influence.influence == Influence(wanted))
        ]
        if order == "leaves":
            found.sort(key=lambda gap: -gap.yearly)
        elif order == "ends":
            found.sort(key=lambda gap: (gap.ends_on is None, gap.ends_on or date.max, gap.position))
        return found


def see(request: PlaceRequest) -> Seen:
    """What the request looks at. One's own figures are for members of an institution; other pages show the pool."""
    is_own = request.GET.get("scope") == OWN
    if is_own and not request.access.may(Right.SEE_ROWS):
        raise PermissionDenied
    project = request.place.project
    opened = held.current(project, request.access.anchors if is_own else None)
    if opened is None:
        nothing = Choices(project.local_by, project.within, ())
        return Seen(project, Ask({}, translate=request.translate, offered=nothing, is_own=False), is_own)
    manifest = opened.manifest
    offered = opened.answer(("money", "choices"), lambda engine: choices(engine, project, manifest, is_own=is_own))
    form = Ask(request.GET.dict(), translate=request.translate, offered=offered, is_own=is_own)
    if not form.is_valid():
        return Seen(project, form, is_own, held=opened)
    given = form.cleaned_data
    decided = _decided(request)
    buyer = Buyer(given["buyer"] or Buyer.MUNICIPALITY)
    seen = Seen(project, form, is_own, held=opened, buyer=buyer)
    try:
        if is_own:
            asked = Asked(
                LocalBy(given["by"]),
                Ring(given["within"]),
                (given["anchor"],) if given.get("anchor") else (),
                (int(given["year"]),) if given["year"] else (),
            )
            return _own(seen, asked, request.access.anchors, decided)
        return _pooled(seen, request, offered, decided)
    except InputError as error:
        return replace(seen, problem=request.translate.said(error))


def _decided(request: PlaceRequest) -> list[dict[str, Any]]:
    together.bring_together(request.place, request.place.project, (tables.influence_decisions,))
    return together.read(request.place, tables.influence_decisions)


def _own(seen: Seen, asked: Asked, anchors: Collection[str], decided: list[dict[str, Any]]) -> Seen:
    opened, project = seen.held, seen.project
    assert opened is not None
    listed = contracts.current(project, anchors)
    suppliers = tuple(sorted({row["supplier_id"] for row in listed if row["supplier_id"]}))

    def find(engine: DuckEngine) -> tuple[Which, Any]:
        which = gaps.finding.chosen(engine, project, asked)
        least = gaps.able(project, which.currency, date.today()).least_share
        return which, money(engine, which, project.country.conventions(), least, listed)

    which, spent = opened.answer(("gaps", "money", asked, suppliers), find)
    near = around(opened, project, asked.by)
    found = gaps.finding.joined(project, which, spent, near, anchors=anchors, decided=decided)
    return replace(seen, gaps=tuple(found), asked=asked, which=which)


def _pooled(seen: Seen, request: PlaceRequest, offered: Choices, decided: list[dict[str, Any]]) -> Seen:
    found, pooled = pool(request, offered, decided)
    asked = Asked(pooled.which.by, offered.within)
    return replace(seen, gaps=tuple(found), asked=asked, which=pooled.which)


def pool(
    request: PlaceRequest, offered: Choices | None = None, decided: list[dict[str, Any]] | None = None
) -> tuple[list[Gap], gaps.pool.Pooled]:
    """The gaps of all institutions together. Raises InputError where their purchases rest on too few suppliers."""
    project = request.place.project
    opened = held.current(project)
    assert opened is not None
    manifest = opened.manifest
    usual = offered or opened.answer(
        ("money", "choices"), lambda engine: choices(engine, project, manifest, is_own=False)
    )
    asked = MoneyAsked(is_own=False, by=usual.by, within=usual.within)
    said = telling.told(opened, project, asked, "en", "leaves")
    pooled = opened.answer(
        ("gaps", "pool"),
        lambda engine: gaps.pool.published(engine, project, replace(said.subject, engine=engine)),
    )
    near = around(opened, project, pooled.which.by)
    rows = _decided(request) if decided is None else decided
    return gaps.pool.joined(project, pooled, near, decided=rows), pooled


def around(opened: Held, project: Project, by: LocalBy) -> firms.Index:
    """The firms in and around the place, ready to be looked up."""
    counted = opened.answer(("gaps", "firms", by), lambda engine: gaps.around(engine, project, by))
    return opened.keep(("gaps", "firms", "index", by), lambda: firms.index(counted))
