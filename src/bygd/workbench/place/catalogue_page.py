"""The reference page of the catalogue: every indicator, and where each country's values of it come from."""

from collections.abc import Mapping

from bygd.countries import available, load
from bygd.countries.indicators import Indicator, indicators, obtainable
from bygd.sources.statistics.series import Series


def render() -> str:
    """The page, in Markdown."""
    every = {code: indicators(load(code)) for code in available()}
    named: dict[str, Indicator] = {id: one for found in every.values() for id, one in found.items()}
    lines = [
        "# Indicators",
        "",
        "Written by `bygd docs` from `countries/*/indicators` and `countries/*/statistics.yaml`; do not edit.",
        "*Verified*: the id was seen under that title with the publisher or in public programs. What is not verified",
        "is found by its title when it is fetched, or refused by the service. A dash: no source is known.",
        "",
        "| | indicators | with a source | made from others | of those with a source, verified |",
        "| --- | --- | --- | --- | --- |",
        *(_counted(code, found) for code, found in every.items()),
        "",
    ]
    for theme in dict.fromkeys(one.theme for one in named.values()):
        head = ["indicator", "unit", "smallest area", *every]
        lines += [f"## {theme.label}", "", f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
        for id, one in sorted(named.items()):
            if one.theme is theme:
                cells = [_source(found.get(id)) for found in every.values()]
                name = f"`{id}` {one.label['en']}: {one.definition['en']}"
                lines.append(f"| {' | '.join([name, one.unit.label, one.smallest.label, *cells])} |")
        lines.append("")
    return "\n".join(lines)


def _counted(code: str, found: Mapping[str, Indicator]) -> str:
    told = [one for one in found.values() if one.series]
    made, verified = len(obtainable(found)) - len(told), sum(one.is_verified for one in told)
    return f"| {load(code).name} | {len(found)} | {len(told)} | {made} | {verified} |"


def _source(one: Indicator | None) -> str:
    if one is None:
        return "not listed"
    if one.derived is not None and not one.series:
        return f"made from {', '.join((*one.derived.of, *one.derived.per))}"
    told = dict.fromkeys(_told(series) for series in one.series)
    return "; ".join(told) or "–"


def _told(series: Series) -> str:
    table = series.table or f"“{series.title}”"
    return f"{series.source.partition('/')[2]} {table}{', verified' if series.verified else ''}"
