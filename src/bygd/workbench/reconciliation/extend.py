"""Data extension: what the register knows of organisations that were found."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bygd.sources.postcodes import written
from bygd.vocabulary.said import Said
from bygd.workbench.reconciliation import limits, types
from bygd.workbench.reconciliation.errors import RequestError
from bygd.workbench.reconciliation.properties import ALL, BY_ID
from bygd.workbench.reconciliation.register import Register
from bygd.workbench.reconciliation.texts import ownership, size, status, text

Values = list[dict[str, Any]]
NAME, CODE = "name", "code"


def settings(language: str) -> list[dict[str, Any]]:
    """What a client may set for a property, as version 0.2 writes it."""
    return [
        {"type": "number", "default": 0, "name": "limit", **_labelled("limit", language)},
        {
            "type": "select",
            "default": NAME,
            "name": "show",
            **_labelled("show", language),
            "choices": [{"value": value, "name": text(f"show.{value}", language)} for value in (NAME, CODE)],
        },
    ]


def draft_settings(language: str) -> list[dict[str, Any]]:
    """The same as the draft of 1.0 writes it."""
    renamed = {"name": "id", "label": "name", "help_text": "helpText"}
    return [{renamed.get(key, key): value for key, value in setting.items()} for setting in settings(language)]


def _labelled(key: str, language: str) -> dict[str, str]:
    return {"label": text(key, language), "help_text": text(f"{key}.about", language)}


def proposed(type: str, limit: int | None, language: str) -> dict[str, Any]:
    """The properties that may be fetched; they are the same for every type."""
    fetched = [known for known in ALL if known.fetched]
    listed = [{"id": known.id, "name": text(known.id, language)} for known in fetched[:limit]]
    return {"properties": listed, "type": type or types.ORGANISATION, **({} if limit is None else {"limit": limit})}


def extended(register: Register, query: Any, language: str) -> dict[str, Any]:
    """The answer to a query for data in version 0.2: rows by identifier. Raises RequestError."""
    meta, rows = _answered(register, query, language)
    return {"meta": meta, "rows": rows}


def extended_draft(register: Register, query: Any, language: str) -> dict[str, Any]:
    """The same in the draft of 1.0: a list of rows."""
    meta, rows = _answered(register, query, language)
    listed = [
        {"id": id, "properties": [{"id": pid, "values": values} for pid, values in found.items()]}
        for id, found in rows.items()
    ]
    return {"meta": meta, "rows": listed}


def _answered(
    register: Register, query: Any, language: str
) -> tuple[list[dict[str, str]], dict[str, dict[str, Values]]]:
    """Identifiers that are not served, or properties that are not known, have no values."""
    ids, wanted = _read(query)
    organisations = register.organisations(ids)
    names = _names(register, ids, wanted)
    parents = _parents(register, ids) if "parent" in wanted else {}
    rows: dict[str, dict[str, Values]] = {}
    for id in ids:
        rows[id] = {}
        for pid, chosen in wanted.items():
            values: Values = []
            if id in organisations:
                gathered = {"former_names": names, "other_names": names, "parent": parents}.get(pid)
                if gathered is not None:
                    values = gathered.get((id, pid), [])
                else:
                    values = _values(register, organisations[id], pid, chosen.get("show") == CODE, language)
            rows[id][pid] = values[: _most(chosen)] if _most(chosen) else values
    meta = [{"id": pid, "name": text(pid, language) if _is_fetched(pid) else pid} for pid in wanted]
    if "parent" in wanted:
        next(one for one in meta if one["id"] == "parent")["type"] = types.whole(language)  # type: ignore[assignment]
    return meta, rows


def _is_fetched(pid: str) -> bool:
    return pid in BY_ID and BY_ID[pid].fetched


def _read(query: Any) -> tuple[list[str], dict[str, Mapping[str, Any]]]:
    """Identifiers and the settings of each property, in the order given."""
    wrong = Said('The query for data must be JSON, such as {"ids": ["…"], "properties": [{"id": "town"}]}.')
    if not isinstance(query, Mapping):
        raise RequestError(400, wrong)
    ids, properties = query.get("ids"), query.get("properties")
    if not isinstance(ids, list) or not all(isinstance(id, str) for id in ids):
        raise RequestError(400, wrong)
    if not isinstance(properties, list) or not all(
        isinstance(one, Mapping) and isinstance(one.get("id"), str) for one in properties
    ):
        raise RequestError(400, wrong)
    if len(ids) > limits.IDS or len(properties) > limits.CONDITIONS:
        raise RequestError(
            413,
            "Ask for at most {ids} organisations and {properties} properties at once.",
            ids=limits.IDS,
            properties=limits.CONDITIONS,
        )
    wanted = {one["id"]: one.get("settings") for one in properties}
    return list(dict.fromkeys(ids)), {pid: set if isinstance(set, Mapping) else {} for pid, set in wanted.items()}


def _most(chosen: Mapping[str, Any]) -> int:
    """The limit that is set; clients send it as a number or as its text."""
    try:
        return max(0, int(chosen.get("limit") or 0))
    except (TypeError, ValueError):
        return 0


def _values(register: Register, organisation: Mapping[str, Any], pid: str, coded: bool, language: str) -> Values:
    form = register.forms.get(organisation["legal_form"] or "")
    kind = form.kind if form else "unknown"
    area = organisation["municipality"]
    found: Any
    match pid:
        case "org_number":
            found = organisation["org_id"].partition(":")[2]
        case "municipality":
            found = area and (area.partition(":")[2] if coded else register.areas.get(area, area))
        case "legal_form":
            found = form and (form.code if coded else form.label)
        case "ownership":
            found = kind if coded else ownership(kind, language)
        case "status":
            found = organisation["status"] if coded else status(organisation["status"], language)
        case "size":
            found = organisation["size_band"] if coded else size(organisation["size_band"], language)
        case "source":
            found = organisation["source"] if coded else register.sources.get(organisation["source"])
        case "postcode":
            found = written(organisation["postcode"], register.conventions)
        case "town" | "industry" | "country" | "registered_on" | "ended_on":
            found = organisation[pid]
        case _:
            found = None
    return [_value(found)] if found else []


def _value(value: str | date) -> dict[str, Any]:
    """One value as the protocol writes it; days carry a time, for no other form is allowed."""
    return {"date": f"{value.isoformat()}T00:00:00Z"} if isinstance(value, date) else {"str": value}


def _names(register: Register, ids: Sequence[str], wanted: Mapping[str, Any]) -> dict[tuple[str, str], Values]:
    """Former and other names, by organisation and property."""
    if not wanted.keys() & {"former_names", "other_names"}:
        return {}
    found: dict[tuple[str, str], Values] = {}
    for row in register.rows(
        "SELECT n.org_id, n.name, n.kind FROM organisation_names n JOIN (SELECT unnest(?) AS org_id) USING (org_id) "
        "ORDER BY n.until DESC NULLS FIRST, n.name",
        list(ids),
    ):
        pid = "former_names" if row["kind"] == "former" else "other_names"
        found.setdefault((row["org_id"], pid), []).append({"str": row["name"]})
    return found


def _parents(register: Register, ids: Sequence[str]) -> dict[tuple[str, str], Values]:
    """Organisations that own it now: those of the register as organisations, others by name. Never persons."""
    rows = register.rows(
        "SELECT org_id, parent_id, name FROM parents JOIN (SELECT unnest(?) AS org_id) USING (org_id) "
        "WHERE until IS NULL OR until > current_date "
        "ORDER BY org_id, is_control DESC, share_high DESC NULLS LAST, parent_id",
        list(ids),
    )
    known = register.organisations(sorted({row["parent_id"] for row in rows}))
    found: dict[tuple[str, str], Values] = {}
    for row in rows:
        parent = known.get(row["parent_id"])
        value = {"id": parent["org_id"], "name": parent["name"]} if parent else {"str": row["name"]}
        if parent or row["name"]:
            found.setdefault((row["org_id"], "parent"), []).append(value)
    return found
