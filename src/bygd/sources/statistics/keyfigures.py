"""A service of key figures for municipalities, as Kolada's third version is: figures by id, at most 25 ids a list."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bygd.sources.errors import InputError
from bygd.sources.statistics.caller import Answer, Caller, following
from bygd.sources.statistics.series import Observation, Part, Series
from bygd.sources.statistics.signs import status
from bygd.sources.statistics.splitting import chunks

IDS = 25
PAGE = 5000
GENDERS = {"T": "", "K": "sex=f", "M": "sex=m"}


def fetch(caller: Caller, base: str, series: Sequence[Series], areas: Sequence[str]) -> Iterator[Part]:
    """The answers for those figures and municipalities.

    A figure whose id the catalogue does not know is found by its title; where not exactly one figure has it, the
    figure is left out and `caller.notes` says which there are. One whose id now means something else is left out too.
    """
    titles = {str(one["id"]): str(one["title"]) for answer in _pages(caller, _listing(base)) for one in _values(answer)}
    found: dict[str, list[Series]] = {}
    for one in series:
        id = one.table or _by_title(caller, one, titles)
        if id and one.title.casefold() not in titles.get(id, "").casefold():
            caller.notes.append(f"{id} is now '{titles.get(id, 'gone')}'; '{one.title}' was expected. It was not read.")
            id = ""
        if id:
            found.setdefault(id, []).append(one)
    for ids in chunks(sorted(found), IDS):
        for codes in chunks(areas, IDS):
            address = f"{base}/data/kpi/{','.join(ids)}/municipality/{','.join(codes)}?page=1&per_page={PAGE}"
            for answer in _pages(caller, address):
                pairs = [(id, one) for id in ids for one in found[id]]
                asked = {"kpi": tuple(id for id, _ in pairs), "municipality": codes}
                named = {one.indicator: titles[id] for id, one in pairs}
                yield Part(tuple(one for _, one in pairs), answer, asked, named)


def read(part: Part) -> Iterator[tuple[Series, Observation]]:
    """What an answer says, in all and by gender, without what was deleted.

    Raises InputError where it holds figures nobody asked for.
    """
    ids: dict[str, list[Series]] = {}
    for id, one in zip(part.asked["kpi"], part.series, strict=True):
        ids.setdefault(id, []).append(one)
    for row in _values(part.answer):
        if row.get("kpi") not in ids:
            raise InputError(
                "{where} gave {id}, which was not asked for. Nothing of it was used.",
                where=part.answer.address,
                id=str(row.get("kpi")),
            )
        for series in ids[row["kpi"]]:
            for told in row.get("values") or ():
                if told.get("isdeleted"):
                    continue
                value = told.get("value")
                yield (
                    series,
                    Observation(
                        series.indicator,
                        str(row["municipality"]),
                        str(row["period"]),
                        GENDERS.get(told.get("gender", "T"), f"sex={told.get('gender')}"),
                        None if value is None else float(value),
                        status(value, str(told.get("status") or ""), series.null_means),
                        part.titles.get(series.indicator, ""),
                    ),
                )


def _by_title(caller: Caller, series: Series, titles: Mapping[str, str]) -> str:
    wanted = series.title.casefold()
    exact = [id for id, title in titles.items() if title.casefold() == wanted]
    found = exact or [id for id, title in titles.items() if wanted and wanted in title.casefold()]
    if len(found) == 1:
        return found[0]
    some = "; ".join(f"{id} {titles[id]}" for id in found[:5]) or "none"
    caller.notes.append(f"{len(found)} figures are called '{series.title}': {some}. It was not read.")
    return ""


def _listing(base: str) -> str:
    return f"{base}/kpi?page=1&per_page={PAGE}"


def _pages(caller: Caller, address: str) -> Iterator[Answer]:
    seen: set[str] = set()
    while address and address not in seen:
        seen.add(address)
        answer = caller.get(address)
        yield answer
        content: Any = answer.json()
        address = following(content.get("next_url") or content.get("next_page"), address)


def _values(answer: Answer) -> list[Mapping[str, Any]]:
    content: Any = answer.json()
    if not isinstance(content, dict) or not isinstance(content.get("values"), list):
        raise InputError("{where} has an answer of another form than expected.", where=answer.address)
    return list(content["values"])
