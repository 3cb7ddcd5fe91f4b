"""One contracting process of OCDS 1.1: its releases merged, and its contracts as plain values.

Source: Open Contracting Partnership, OCDS 1.1.5, https://standard.open-contracting.org/1.1/en/schema/reference/
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from bygd.sources.contracts.cells import NotRead, clean, country_code, cpv, day, money
from bygd.sources.contracts.result import Contract
from bygd.vocabulary.contract_words import ContractProcedure, ContractStage, Reservation
from bygd.vocabulary.said import Said

METHODS = {
    "open": ContractProcedure.OPEN,
    "selective": ContractProcedure.RESTRICTED,
    "limited": ContractProcedure.OTHER,
    "direct": ContractProcedure.DIRECT,
}
RESERVED = {
    "shelteredWorkshop": Reservation.SHELTERED,
    "publicServiceMissionOrganization": Reservation.PARTICIPATORY,
}
"""Codes of the list reservedParticipation of the extension otherRequirements."""
ENDED_WELL = {"contracts": ("", "pending", "active", "terminated"), "awards": ("", "active")}
STAGES = {"planning": ContractStage.PLANNED, "planned": ContractStage.PLANNED, "active": ContractStage.CALLED}
LABELS = {word.label: word for word in ContractProcedure}

Node = Mapping[str, Any]


def merged(releases: Sequence[Node]) -> dict[str, Any]:
    """Releases of one process as one, in order of their dates: objects by field, lists by the ids of their members."""
    whole: dict[str, Any] = {}
    for release in sorted(releases, key=lambda one: str(one.get("date") or "")):
        _merge(whole, release)
    return whole


def contracts(process: Node, file: str, row: int) -> Iterator[Contract | str]:
    """The contracts of a process, one for each supplier, or the reason why there is none. Raises NotRead."""
    tender, awards = _node(process.get("tender")), {str(one.get("id")): one for one in _nodes(process.get("awards"))}
    signed = _nodes(process.get("contracts"))
    bare = [award for key, award in awards.items() if key not in {str(one.get("awardID")) for one in signed}]
    for kind, one in [*(("contracts", one) for one in signed), *(("awards", one) for one in bare)]:
        status = str(one.get("status") or "")
        if status not in ENDED_WELL[kind]:
            name, state = clean(one.get("id"), 80), clean(status, 40)
            yield (
                Said("the contract {name} is {state}", name=name, state=state)
                if kind == "contracts"
                else Said("the award {name} is {state}", name=name, state=state)
            )
            continue
        award = awards.get(str(one.get("awardID")), {}) if kind == "contracts" else one
        yield from _of_contract(process, tender, award, one, file, row)
    if not signed and not awards:
        status = str(tender.get("status") or "")
        if not tender or (status and status not in STAGES):
            yield Said("there is no contract and no award, and the tender is {state}", state=clean(status, 40) or "–")
        else:
            yield _entry(process, tender, {}, tender, {}, file, row, STAGES.get(status, ContractStage.CALLED))


def _of_contract(process: Node, tender: Node, award: Node, one: Node, file: str, row: int) -> Iterator[Contract]:
    suppliers = _nodes(one.get("suppliers")) or _nodes(award.get("suppliers")) or [{}]
    for supplier in suppliers:
        made = _entry(process, tender, award, one, supplier, file, row, ContractStage.SIGNED)
        if len(suppliers) > 1 and made.value is not None:  # the sum is theirs together; nobody says whose part is what
            shared = f"{made.value} {made.currency or ''}".strip()
            made = Contract(**{**vars(made), "value": None, "note": f"Shared by {len(suppliers)} suppliers: {shared}"})
        yield made


def _entry(
    process: Node, tender: Node, award: Node, one: Node, supplier: Node, file: str, row: int, stage: ContractStage
) -> Contract:
    parties = {str(party.get("id")): party for party in _nodes(process.get("parties"))}
    buyer = _node(process.get("buyer")) or _node(tender.get("procuringEntity"))
    party = _party(supplier, parties)
    identifier = _node(party.get("identifier"))
    period = _node(one.get("period")) or _node(one.get("contractPeriod")) or _node(award.get("contractPeriod"))
    period = period or _node(tender.get("contractPeriod"))
    value = _node(one.get("value")) or _node(award.get("value"))
    starts, ends = day(period.get("startDate")), day(period.get("endDate"))
    if starts and not ends and isinstance(period.get("durationInDays"), int) and 0 < period["durationInDays"] < 40_000:
        ends = starts + timedelta(days=period["durationInDays"] - 1)
    has_number = stage is ContractStage.SIGNED
    return Contract(
        file=file,
        row=row,
        title=clean(one.get("title")) or clean(award.get("title")) or clean(tender.get("title")),
        anchor=clean(buyer.get("name")) or clean(_party(buyer, parties).get("name")),
        number=(clean(one.get("x_number"), 200) if "x_key" in one else clean(one.get("id"), 200))
        if has_number
        else None,
        procedure_key=_procedure_key(process, tender, one),
        lot=_lot(tender, award, one),
        supplier_name=clean(supplier.get("name")) or clean(party.get("name")) or clean(identifier.get("legalName")),
        supplier_number=clean(identifier.get("id"), 100),
        supplier_scheme=clean(identifier.get("scheme"), 40),
        supplier_country=country_code(clean(_node(party.get("address")).get("countryName"))),
        cpv=_cpv(one, award, tender),
        value=money(value.get("amount")),
        currency=clean(value.get("currency"), 3) if value.get("amount") is not None else None,
        signed_on=day(one.get("dateSigned")) if stage is ContractStage.SIGNED else None,
        starts_on=starts,
        ends_on=ends,
        longest_until=day(period.get("maxExtentDate")),
        options=clean(one.get("x_options")),
        procedure=_procedure(tender, one),
        reserved=_reserved(tender, one),
        stage=stage,
        is_framework=_is_framework(tender, one),
        note=clean(one.get("x_note")),
        key=clean(one.get("x_key"), 40),
    )


def _procedure_key(process: Node, tender: Node, one: Node) -> str | None:
    """The tender's id, or else the process's; none where bygd wrote one in for lack of any."""
    found = clean(tender.get("id"), 200) or clean(process.get("ocid"), 200)
    return None if found == one.get("x_key") else found


def _procedure(tender: Node, one: Node) -> ContractProcedure | None:
    if one.get("x_procedure") in list(ContractProcedure):
        return ContractProcedure(one["x_procedure"])
    details = clean(tender.get("procurementMethodDetails")) or ""
    method = tender.get("procurementMethod")
    return LABELS.get(details) or (METHODS.get(method) if isinstance(method, str) else None)


def _reserved(tender: Node, one: Node) -> Reservation | None:
    if one.get("x_reserved") in list(Reservation):
        return Reservation(one["x_reserved"])
    codes = _node(tender.get("otherRequirements")).get("reservedParticipation")
    found = [RESERVED[code] for code in codes or () if code in RESERVED] if isinstance(codes, list) else []
    return found[0] if found else None


def _is_framework(tender: Node, one: Node) -> bool:
    said = one.get("x_framework", _node(tender.get("techniques")).get("hasFrameworkAgreement"))
    return said is True


def _lot(tender: Node, award: Node, one: Node) -> str | None:
    listed = award.get("relatedLots") or one.get("relatedLots")
    return clean(listed[0], 200) if isinstance(listed, list) and len(listed) == 1 else None


def _cpv(*nodes: Node) -> str | None:
    """The first CPV code of the items, nearest to the contract first."""
    for node in nodes:
        kinds = [
            _node(node.get("classification")),
            *(_node(item.get("classification")) for item in _nodes(node.get("items"))),
        ]
        for kind in kinds:
            if str(kind.get("scheme")).upper() == "CPV" and kind.get("id"):
                return cpv(str(kind["id"]))
    return None


def _party(named: Node, parties: Mapping[str, Node]) -> Node:
    return parties.get(str(named.get("id")), named)


def _node(value: Any) -> Node:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise NotRead("'{text}' stands where an object should", text=str(value)[:40])
    return value


def _nodes(value: Any) -> list[Node]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise NotRead("'{text}' stands where a list should", text=str(value)[:40])
    return [_node(one) for one in value]


def _merge(into: dict[str, Any], later: Node) -> None:
    for name, value in later.items():
        if value is None:
            into.pop(name, None)
        elif isinstance(value, Mapping):
            before = into.get(name)
            into[name] = dict(before) if isinstance(before, Mapping) else {}
            _merge(into[name], value)
        elif isinstance(value, list) and value and all(isinstance(one, Mapping) and "id" in one for one in value):
            before = into.get(name)
            by_id = (
                {str(one.get("id")): dict(one) for one in before if isinstance(one, Mapping)}
                if isinstance(before, list)
                else {}
            )
            for one in value:
                _merge(by_id.setdefault(str(one["id"]), {}), one)
            into[name] = list(by_id.values())
        else:
            into[name] = value
