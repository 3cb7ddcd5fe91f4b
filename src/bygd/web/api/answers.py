"""Answers: the same rows as JSON, CSV or Parquet, known again by the snapshot they come from."""

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from typing import IO, Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from django.http import FileResponse, HttpRequest, HttpResponseNotModified, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags

from bygd.reports.documents.harmless import harmless_column

CSV, PARQUET, JSON = "text/csv", "application/vnd.apache.parquet", "application/json"


class Format(Enum):
    """How rows are answered."""

    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"


MEDIA = {Format.JSON: JSON, Format.CSV: CSV, Format.PARQUET: PARQUET}

TABLE: dict[str, Any] = {
    "responses": {
        200: {
            "content": {
                CSV: {"schema": {"type": "string"}},
                PARQUET: {"schema": {"type": "string", "format": "binary"}},
            }
        },
        304: {"description": "Not changed since the answer whose ETag is sent in If-None-Match"},
    }
}
"""What OpenAPI is told about operations that answer tables."""


def chosen(request: HttpRequest, asked: Format | None) -> Format:
    """The format asked for in the address, else by the header Accept, else JSON."""
    if asked is not None:
        return asked
    accepted = [part.split(";")[0].strip() for part in request.headers.get("Accept", "").split(",")]
    return next((one for media in accepted for one, its in MEDIA.items() if media == its), Format.JSON)


def tagged(
    request: HttpRequest, snapshot: str, make: Callable[[], HttpResponseBase], more: str = ""
) -> HttpResponseBase:
    """The answer, or that it is still the one that the caller has: a snapshot never changes."""
    accepted = request.headers.get("Accept", "")
    anchors = sorted(request.access.anchors)  # type: ignore[attr-defined]
    key = "\n".join((request.get_full_path(), accepted, *anchors, more))
    tag = f'"{snapshot}-{sha256(key.encode()).hexdigest()[:16]}"'
    answer: HttpResponseBase = (
        HttpResponseNotModified() if tag in parse_etags(request.headers.get("If-None-Match", "")) else make()
    )
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    answer["Vary"] = "Accept, Authorization"
    return answer


def rows(
    listed: Sequence[Mapping[str, Any]], columns: Sequence[str], form: Format, name: str, **more: Any
) -> HttpResponseBase:
    """Rows in that format. As JSON they stand under `rows`, beside what `more` says."""
    if form is Format.JSON:
        return JsonResponse({"rows": [plain(row) for row in listed], **more})
    told = [{column: _cell(row.get(column)) for column in columns} for row in listed]
    table = pa.Table.from_pylist(told) if told else pa.table({column: pa.array([], pa.string()) for column in columns})
    return file(table.to_batches() or [pa.RecordBatch.from_pylist([], schema=table.schema)], table.schema, form, name)


def file(batches: Iterable[pa.RecordBatch], schema: pa.Schema, form: Format, name: str) -> FileResponse:
    """Batches of rows as a file; none of it need fit into memory."""
    made: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 — the answer closes it
    opened = (pa.csv.CSVWriter if form is Format.CSV else pa.parquet.ParquetWriter)(made, schema)
    with opened as writer:
        for batch in batches:
            writer.write_batch(_without_formulas(batch) if form is Format.CSV else batch)
    made.seek(0)
    return FileResponse(made, as_attachment=True, filename=f"{name}.{form.value}", content_type=MEDIA[form])


def _without_formulas(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch with an apostrophe before every text that a spreadsheet would take for a formula."""
    columns = [harmless_column(column) if pa.types.is_string(column.type) else column for column in batch.columns]
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)


def plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as JSON holds it: money as numbers, times in UTC."""
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime):
        return value.isoformat() + ("" if value.tzinfo else "Z")
    if isinstance(value, date):
        return value.isoformat()
    return value


def _cell(value: Any) -> Any:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
