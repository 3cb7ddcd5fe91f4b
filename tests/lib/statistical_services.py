"""Services of official statistics on this machine, which speak each protocol with its limits and its faults."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from math import prod
from typing import Any

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

Value = Callable[[Mapping[str, str]], float | None]


def answer(content: Any, status: int = 200) -> Response:
    return Response(json.dumps(content), status, content_type="application/json")


def json_stat(label: str, codes: Mapping[str, Sequence[str]], value: Value, sign: str = "..") -> dict[str, Any]:
    """A data set of version 2: an empty value bears the sign."""
    cells = [value(dict(zip(codes, one, strict=True))) for one in product(*codes.values())]
    return {
        "version": "2.0",
        "class": "dataset",
        "label": label,
        "updated": "2026-03-01T07:00:00Z",
        "id": list(codes),
        "size": [len(listed) for listed in codes.values()],
        "dimension": {
            name: {"label": name, "category": {"index": {code: place for place, code in enumerate(listed)}}}
            for name, listed in codes.items()
        },
        "value": cells,
        "status": {str(place): sign for place, cell in enumerate(cells) if cell is None},
    }


class PxWeb:
    """PxWeb of both versions with one table; refuses more cells than `most`, and reads the last of a repeated key.

    `path` is where the first version has it.
    """

    def __init__(
        self, server: HTTPServer, codes: dict[str, list[str]], value: Value, most: int = 40, path: str = "BE/Folkm"
    ) -> None:
        self.codes, self.value, self.most = codes, value, most
        self.label = "Folkmängden per region efter ålder och kön"
        self.free: set[str] = set()
        self.asked: list[dict[str, list[str]]] = []
        self.drops = False
        """Whether the service silently drops the last code of each list, as it does with keys that are repeated."""
        settings = {"apiVersion": "2.3.2", "maxDataCells": most, "maxCallsPerTimeWindow": 9_000, "timeWindow": 2}
        server.expect_request("/v2/config").respond_with_json(settings)
        server.expect_request("/v2/tables/TAB1/metadata").respond_with_handler(self._metadata)
        server.expect_request("/v2/tables/TAB1/data").respond_with_handler(self._data)
        server.expect_request(f"/v1/{path}", method="GET").respond_with_handler(self._metadata1)
        server.expect_request(f"/v1/{path}", method="POST").respond_with_handler(self._data1)

    def _metadata(self, _: Request) -> Response:
        found = json_stat(self.label, self.codes, lambda _: None)
        for name in self.free:
            found["dimension"][name]["extension"] = {"elimination": True}
        del found["status"]
        return answer({**found, "value": []})  # as recorded in stefur/pxwebpy, tests/responses/TAB6471_metadata.json

    def _data(self, request: Request) -> Response:
        if len(request.url) > 2_100:
            return Response("URI Too Long", 414)
        chosen = {
            re.fullmatch(r"valueCodes\[(.+)\]", name)[1]: values[-1].split(",")  # type: ignore[index]
            for name, values in request.args.lists()
            if name.startswith("valueCodes")
        }
        return self._answered(chosen)

    def _metadata1(self, _: Request) -> Response:
        variables = [
            {"code": name, "text": name, "values": codes, "valueTexts": codes, "elimination": name in self.free}
            for name, codes in self.codes.items()
        ]
        return answer({"title": self.label, "variables": variables})

    def _data1(self, request: Request) -> Response:
        body = json.loads(request.data)
        return self._answered({one["code"]: one["selection"]["values"] for one in body["query"]})

    def _answered(self, chosen: dict[str, list[str]]) -> Response:
        self.asked.append(chosen)
        if prod(map(len, chosen.values())) > self.most:
            return Response("Too many cells", 403)
        if any(set(codes) - set(self.codes[name]) for name, codes in chosen.items()):
            return Response("Non-existent value", 400)
        if self.drops:
            chosen = {name: codes[:-1] or codes for name, codes in chosen.items()}
        return answer(json_stat(self.label, chosen, self.value))


class KeyFigures:
    """Kolada's third version: at most 25 ids a list, pages of a few rows, figures with titles.

    Names of fields as in LCHansson/rKolada, tests/testthat/test-api-mocked.R, and in clients that tell of `isdeleted`.
    """

    def __init__(self, server: HTTPServer, titles: dict[str, str], page: int = 3) -> None:
        self.titles, self.page, self.server = titles, page, server
        self.values: dict[tuple[str, str, int], float | None] = {}
        self.by_gender: dict[tuple[str, str, int], dict[str, float]] = {}
        self.deleted: set[tuple[str, str, int]] = set()
        self.calls = 0
        server.expect_request("/v3/kpi").respond_with_handler(self._listing)
        server.expect_request(re.compile(r"/v3/data/kpi/.*")).respond_with_handler(self._data)

    def _listing(self, request: Request) -> Response:
        self.calls += 1
        rows = [{"id": id, "title": title, "municipality_type": "K"} for id, title in self.titles.items()]
        return self._paged(request, rows, 4)

    def _data(self, request: Request) -> Response:
        self.calls += 1
        found = re.fullmatch(r"/v3/data/kpi/(.+)/municipality/(.+)", request.path)
        assert found
        ids, places = found[1].split(","), found[2].split(",")
        if len(ids) > 25 or len(places) > 25:
            return answer({"detail": "List should have at most 25 items"}, 422)
        rows = [
            {
                "kpi": id,
                "municipality": place,
                "period": year,
                "values": [
                    {
                        "gender": "T",
                        "count": 1,
                        "status": "" if value is not None else "Private",
                        "value": value,
                        "isdeleted": (id, place, year) in self.deleted,
                    },
                    *(
                        {"gender": gender, "count": 1, "status": "", "value": told}
                        for gender, told in self.by_gender.get((id, place, year), {}).items()
                    ),
                ],
            }
            for (id, place, year), value in sorted(self.values.items())
            if id in ids and place in places
        ]
        return self._paged(request, rows, self.page)

    def _paged(self, request: Request, rows: list[dict[str, Any]], size: int) -> Response:
        number = int(request.args.get("page", 1))
        content: dict[str, Any] = {"count": len(rows), "values": rows[(number - 1) * size : number * size]}
        content |= {"next_url": None, "previous_url": None}
        if number * size < len(rows):
            content["next_url"] = f"{self.server.url_for(request.path)}?page={number + 1}&per_page=5000"
        return answer(content)


class OData:
    """OData of both versions with one table by area: pages with a link to the next, JSON only where it is asked for.

    `area` names the dimension of areas. Rows may have more dimensions than it, and a filter may choose of them. Rows
    of the fourth version as recorded in Stefan7168/checkdecijfers, tests/fixtures/cbs/70072ned: a text instead of a
    value is the mark for none, such as Impossible.
    """

    def __init__(
        self,
        server: HTTPServer,
        measures: dict[str, str],
        rows: list[dict[str, Any]],
        page: int = 2,
        table: str = "T",
        area: str = "WijkenEnBuurten",
    ) -> None:
        self.measures, self.rows, self.page, self.server, self.area = measures, rows, page, server, area
        self.others = sorted({name for row in rows for name in row} - set(measures) - {"area"})
        server.expect_request(f"/v4/{table}/MeasureCodes").respond_with_handler(self._measures4)
        server.expect_request(f"/v4/{table}/Observations").respond_with_handler(self._observations)
        server.expect_request(f"/v3/{table}/DataProperties").respond_with_handler(self._measures3)
        server.expect_request(f"/v3/{table}/UntypedDataSet").respond_with_handler(self._untyped)

    def _measures4(self, request: Request) -> Response:
        rows = [{"Identifier": id, "Title": title, "Unit": "aantal"} for id, title in self.measures.items()]
        return self._paged(request, rows, "@odata.nextLink")

    def _measures3(self, request: Request) -> Response:
        rows: list[dict[str, Any]] = [{"Key": id, "Title": title} for id, title in self.measures.items()]
        return self._paged(request, [{"Key": "", "Title": "group"}, *rows], "odata.nextLink")

    def _observations(self, request: Request) -> Response:
        if request.headers.get("Accept") != "application/json":
            return Response("Not acceptable", 406)
        chosen, measures = self._filtered(request)
        rows = [
            {
                "Id": number, "Measure": measure, "StringValue": None, self.area: f"{row['area']:<10}",
                **_valued(row.get(measure, "Confidential")),
                **{name: row[name] for name in self.others},
            }
            for number, (row, measure) in enumerate(product(chosen, measures))
        ]  # fmt: skip
        return self._paged(request, rows, "@odata.nextLink")

    def _untyped(self, request: Request) -> Response:
        chosen, _ = self._filtered(request)
        names = request.args["$select"].split(",")[1:]
        rows = [
            {self.area: f"{row['area']:<10}", **{name: row.get(name, "       .") for name in names}} for row in chosen
        ]
        return self._paged(request, rows, "odata.nextLink")

    def _filtered(self, request: Request) -> tuple[list[dict[str, Any]], list[str]]:
        """Rows of the areas asked for, with the codes chosen of other dimensions; and the measures asked for."""
        text = request.args.get("$filter", "")
        areas = {code.strip() for code in re.findall(rf"{self.area} eq '([^']+)'", text)}
        wanted = {name: re.findall(rf"\b{name} eq '([^']+)'", text) for name in self.others}
        chosen = [
            row for row in self.rows
            if row["area"] in areas and all(row[name] in codes for name, codes in wanted.items() if codes)
        ]  # fmt: skip
        return chosen, re.findall(r"Measure eq '([^']+)'", text)

    def _paged(self, request: Request, rows: list[dict[str, Any]], link: str) -> Response:
        skip = int(request.args.get("$skip", 0))
        content: dict[str, Any] = {"value": rows[skip : skip + self.page]}
        if skip + self.page < len(rows):
            query = re.sub(r"&?%24skip=\d+|&?\$skip=\d+", "", request.query_string.decode())
            content[link] = f"{self.server.url_for(request.path)}?{query}&$skip={skip + self.page}"
        return answer(content)


def _valued(told: Any) -> dict[str, Any]:
    """A value and its mark."""
    return (
        {"Value": None, "ValueAttribute": told} if isinstance(told, str) else {"Value": told, "ValueAttribute": "None"}
    )


class Nomis:
    """Nomis: CSV by offset, at most `most` rows an answer, with the number of all rows in each."""

    def __init__(
        self,
        server: HTTPServer,
        rows: list[tuple[str, str, str, str]],
        most: int = 3,
        dataset: str = "NM_1_1",
        dimension: str = "AGE",
    ) -> None:
        self.rows, self.most, self.stops, self.dimension = rows, most, False, dimension
        self.name = "Claimant count by sex and age"
        server.expect_request(f"/nomis/{dataset}.def.sdmx.json").respond_with_handler(self._definition)
        server.expect_request(f"/nomis/{dataset}.data.csv").respond_with_handler(self._data)

    def _definition(self, _: Request) -> Response:
        return answer({"structure": {"keyfamilies": {"keyfamily": [{"name": {"value": self.name, "lang": "en"}}]}}})

    def _data(self, request: Request) -> Response:
        asked, offset = set(request.args["geography"].split(",")), int(request.args["RecordOffset"])
        rows = [row for row in self.rows if row[0] in asked]
        part = [] if self.stops and offset else rows[offset : offset + self.most]
        lines = [f"GEOGRAPHY_CODE,DATE,{self.dimension},OBS_VALUE,OBS_STATUS_NAME,RECORD_COUNT"]
        for area, date, age, value in part:
            told = "Normal Value" if value else "These figures are suppressed for disclosure"
            lines.append(f'{area},{date},{age},{value},"{told}",{len(rows)}')
        return Response("\n".join(lines) + "\n", content_type="text/csv")
