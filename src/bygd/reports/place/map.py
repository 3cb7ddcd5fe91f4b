"""The map of an indicator as a section: picture with its key, the table beside it, and how it was made."""

from typing import TYPE_CHECKING, Any

from bygd.reports.charts.choropleth import choropleth, shades
from bygd.reports.charts.theme import DOTTED, HATCHED, NARROW, WIDE
from bygd.reports.grid import Grid, Head, Kind
from bygd.reports.place import grids
from bygd.reports.place.differences import COUNTS
from bygd.reports.place.one import unit_of
from bygd.reports.place.values import range_text, text_of, value_text, why_none
from bygd.reports.section import Picture, Section
from bygd.reports.translate import Translator
from bygd.vocabulary.place_words import Classing, Level, ValueStatus

if TYPE_CHECKING:
    Mapped = Any
    Spot = Any

HELD_BACK = (ValueStatus.SUPPRESSED, ValueStatus.WITHHELD)


def section(found: "Mapped", currency: str, translate: Translator) -> Section:
    """The map with its table; the picture is left out where no area of it has a boundary."""
    _ = translate
    title = _(
        "{indicator} in {place}, by area", indicator=text_of(found.indicator.label, _), place=found.division.within
    )
    if found.period:
        title = _("{title}, {period}", title=title, period=found.period)
    colours = shades(len(found.classes)) if found.classes else []
    rows = [_row(one, found, colours, currency, _) for one in found.spots]
    told = "; ".join(row["said"] for row in rows)
    entries = _key(found, colours, currency, _)
    pictures = [choropleth(rows, entries, title, told, width=width) for width in (WIDE, NARROW)]
    notes = []
    if found.indicator.unit in COUNTS:
        notes.append(_("This is a count: larger areas have more, whatever they are like."))
    notes += older(found, _)
    without = [one.area.name for one in found.spots if one.shape is None]
    if without:
        notes.append(_("Without a boundary, in the table alone: {names}.", names=", ".join(without)))
    return Section(
        "map", title, pictures=(Picture("map", *pictures),), grids=(_grid(found, title, currency, _),), notes=notes
    )  # fmt: skip


def listed(found: "Mapped", currency: str, translate: Translator) -> list[dict[str, Any]]:
    """Each area as people read it: `number`, `name`, `code`, `value`, `range`, `is_known`, `is_chosen`."""
    unit, digits = found.indicator.unit, found.indicator.digits
    return [
        {
            "number": one.number, "name": one.area.name, "code": one.area.area_id.partition(":")[2],
            "value": _value(one, found, currency, translate), "is_known": one.class_ is not None,
            "range": range_text(one.low, one.high, unit, digits, currency, translate), "is_chosen": one.is_chosen,
        }
        for one in found.spots
    ]  # fmt: skip


def method(found: "Mapped", currency: str, translate: Translator) -> list[tuple[str, str]]:
    """How the map was made, as terms and texts of a card."""
    _ = translate
    withheld = sum(_is_held_back(one) for one in found.spots)
    missing = sum(one.class_ is None for one in found.spots) - withheld
    how = (
        _("Each class has as many areas as equal values allow; its ends are the smallest and largest value in it.")
        if found.how is Classing.QUANTILES
        else _("The way from the smallest to the largest value in equal parts; a class may be empty.")
    )
    return [
        (_("Period"), found.period or "–"),
        (_("Classes"), f"{_.word(found.how)}. {how}"),
        (_("Areas with a value"), _.number(sum(one.class_ is not None for one in found.spots))),
        (_("Withheld"), _.number(withheld)),
        (_("Not known"), _.number(missing)),
        (_("Boundaries"), ", ".join(found.files)),
    ]


def older(found: "Mapped", translate: Translator) -> list[str]:
    """How many areas have a value that was published for areas of an older division, by that division."""
    numbers: dict[tuple[str, str], int] = {}
    for one in found.spots:
        read = one.read
        if read is not None and read.value is not None and read.vintage and read.vintage < one.area.vintage:
            pair = (read.vintage, one.area.vintage)
            numbers[pair] = numbers.get(pair, 0) + 1
    return [
        translate.ngettext(
            "The value of {number} area was published for areas of {old} and goes over to those of {new}.",
            "The values of {number} areas were published for areas of {old} and go over to those of {new}.",
            number,
            old=old,
            new=new,
        )
        for (old, new), number in sorted(numbers.items())
    ]


def division_text(one: Any, translate: Translator) -> str:
    """A choice of areas as people read it."""
    _ = translate
    if one.level is Level.MUNICIPALITY:
        return _("Municipalities of {place}", place=one.within)
    return _("{level}, {place}", level=_.word(one.level), place=one.within)


def _row(one: "Spot", found: "Mapped", colours: list[str], currency: str, translate: Translator) -> dict[str, Any]:
    fill = colours[one.class_] if one.class_ is not None else DOTTED if _is_held_back(one) else HATCHED
    said = _value(one, found, currency, translate)
    return {
        "number": one.number, "name": one.area.name, "shape": one.shape, "fill": fill, "is_chosen": one.is_chosen,
        "said": f"{one.number} {one.area.name}: {said}",
    }  # fmt: skip


def _value(one: "Spot", found: "Mapped", currency: str, translate: Translator) -> str:
    if one.read is None:
        return translate("not known")
    if one.read.value is None:
        return why_none(one.read.status, translate)
    return value_text(one.read.value, found.indicator.unit, found.indicator.digits, currency, translate)


def _is_held_back(one: "Spot") -> bool:
    return one.read is not None and one.class_ is None and one.read.status in HELD_BACK


def _class_text(one: Any, found: "Mapped", currency: str, translate: Translator) -> str:
    ends = [value_text(end, found.indicator.unit, found.indicator.digits, currency, translate, bare=True)
            for end in (one.low, one.high)]  # fmt: skip
    return ends[0] if ends[0] == ends[1] else translate("{low} to {high}", low=ends[0], high=ends[1])


def _key(found: "Mapped", colours: list[str], currency: str, translate: Translator) -> list[tuple[str, str]]:
    """Each shade with its values and how many areas it has; hatching and dots where there are such areas."""
    _ = translate
    entries = [
        (colour, _("{values} ({number})", values=_class_text(one, found, currency, _), number=_.number(one.number)))
        for colour, one in zip(colours, found.classes, strict=True)
    ]
    withheld = sum(_is_held_back(one) for one in found.spots if one.shape is not None)
    missing = sum(one.class_ is None for one in found.spots if one.shape is not None) - withheld
    for fill, text, number in ((DOTTED, _("withheld"), withheld), (HATCHED, _("not known"), missing)):
        if number:
            entries.append((fill, _("{values} ({number})", values=text, number=_.number(number))))
    return entries


def _grid(found: "Mapped", title: str, currency: str, translate: Translator) -> Grid:
    _ = translate
    heads = (
        Head(_("No."), Kind.NUMBER), Head(_("Area"), is_row_head=True), Head(_("Code")), Head(_("Value"), Kind.NUMBER),
        Head(_("Lowest"), Kind.NUMBER), Head(_("Highest"), Kind.NUMBER), Head(_("Unit")), Head(_("Class")),
        Head(_("Said as")), Head(_("Published for the division of")),
    )  # fmt: skip
    unit = unit_of(found.indicator, currency, _)
    rows = [
        (
            one.number, one.area.name, one.area.area_id.partition(":")[2], grids.cell(one.read), one.low, one.high,
            unit,
            _class_text(found.classes[one.class_], found, currency, _) if one.class_ is not None else "",
            _value(one, found, currency, _), (one.read.vintage if one.read is not None else "") or "–",
        )
        for one in found.spots
    ]  # fmt: skip
    return Grid(title, heads, rows)
