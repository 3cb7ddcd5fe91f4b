"""eForms notices (UBL 2.3, SDK 1.x): one document as contracts, each field with its business term.

Source: Publications Office, eForms SDK, https://github.com/OP-TED/eForms-SDK. The number beside each element was
compared on 2026-11-22 with the fields that the rules of SDK 1.x name for it (schematrons), the reference of business
terms at docs.ted.europa.eu, the list reserved-procurement, and the comments in the SDK's own examples.
"""

import calendar
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from lxml import etree

from bygd.sources.contracts.cells import NotRead, clean, cpv, day, money
from bygd.sources.contracts.result import Contract
from bygd.vocabulary.contract_words import ContractProcedure, ContractStage, Reservation
from bygd.vocabulary.said import N_, Said

UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
EFORMS = "http://data.europa.eu/p27/eforms-ubl-extension"
SPACES = {
    "cac": f"{UBL}CommonAggregateComponents-2",
    "cbc": f"{UBL}CommonBasicComponents-2",
    "efac": f"{EFORMS}-aggregate-components/1",
    "efbc": f"{EFORMS}-basic-components/1",
}
ROOTS = {
    f"{{{UBL}ContractAwardNotice-2}}ContractAwardNotice": ContractStage.SIGNED,
    f"{{{UBL}ContractNotice-2}}ContractNotice": ContractStage.CALLED,
    f"{{{UBL}PriorInformationNotice-2}}PriorInformationNotice": ContractStage.PLANNED,
}
PROCEDURES = {  # BT-105, list procurement-procedure-type
    "open": ContractProcedure.OPEN,
    "restricted": ContractProcedure.RESTRICTED,
    "neg-w-call": ContractProcedure.NEGOTIATED,
    "comp-dial": ContractProcedure.DIALOGUE,
    "innovation": ContractProcedure.INNOVATION,
    "neg-wo-call": ContractProcedure.DIRECT,
    "comp-tend": ContractProcedure.OTHER,
    "exp-int-rail": ContractProcedure.OTHER,
    "oth-mult": ContractProcedure.OTHER,
    "oth-single": ContractProcedure.OTHER,
}
RESERVED = {  # BT-71, list reserved-procurement
    "none": Reservation.NONE,
    "res-ws": Reservation.SHELTERED,
    "res-pub-ser": Reservation.PARTICIPATORY,
}
CALLING, INTENDED = "competition", "dir-awa-pre"
"""Form types of prior information notices that are themselves the call, and of awards that are only intended."""
UNITS = {"DAY": 0, "WEEK": 0, "MONTH": 1, "YEAR": 12}
CLOSED = N_("{lot} was closed without a winner")
NOT_YET = N_("{lot} has no winner yet")
NO_CONTRACT = N_("{lot} has a result but no contract")


def identity(root: Any) -> tuple[str, str]:
    """The notice's identifier (BT-701) and version (BT-757), by which later versions of it are known."""
    return _text(root, "cbc:ID") or "", (_text(root, "cbc:VersionID") or "").zfill(4)


def contracts(root: Any, file: str, row: int) -> Iterator[Contract | str]:
    """The contracts or coming purchases of a notice, or the reasons why a lot gives none. Raises NotRead."""
    stage = ROOTS.get(root.tag)
    if stage is None:
        kind = etree.QName(root).localname if isinstance(root.tag, str) else "document"
        raise NotRead("the document is a <{kind}>, no notice of a contract", kind=kind)
    form = root.find("cbc:NoticeTypeCode", SPACES)
    if stage is ContractStage.PLANNED and form is not None and form.get("listName") == CALLING:
        stage = ContractStage.CALLED
    notice = Notice(root, file, row)
    if stage is not ContractStage.SIGNED:
        yield from notice.coming(stage)
    elif form is not None and form.get("listName") == INTENDED:
        yield from (
            one if isinstance(one, str) else replace(one, stage=ContractStage.PLANNED) for one in notice.awarded()
        )
    else:
        yield from notice.awarded()


class Notice:
    """One notice with its organisations and lots at hand."""

    def __init__(self, root: Any, file: str, row: int) -> None:
        self.root = root
        self.language = _text(root, "cbc:NoticeLanguageCode") or ""
        companies = root.iterfind(".//efac:Organizations/efac:Organization", SPACES)
        self.companies = {_text(one, "efac:Company/cac:PartyIdentification/cbc:ID") or "": one for one in companies}
        parts = root.findall("cac:ProcurementProjectLot", SPACES)
        self.lots = {_text(part, "cbc:ID") or "": part for part in parts}
        self.blank = Contract(
            file=file,
            row=row,
            title=self.said(root, "cac:ProcurementProject/cbc:Name"),  # BT-21
            anchor=self.buyer(),
            procedure_key=_text(root, "cbc:ContractFolderID"),  # BT-04
            cpv=cpv(_text(root, "cac:ProcurementProject/cac:MainCommodityClassification/cbc:ItemClassificationCode")),
            procedure=PROCEDURES.get(_text(root, "cac:TenderingProcess/cbc:ProcedureCode") or ""),
        )

    def buyer(self) -> str | None:
        """The name of the first buyer (OPT-300, BT-500)."""
        first = _text(self.root, "cac:ContractingParty/cac:Party/cac:PartyIdentification/cbc:ID")
        return self.name(first or "")

    def name(self, company: str) -> str | None:
        """An organisation's name in the notice's language (BT-500)."""
        found = self.companies.get(company)
        return None if found is None else self.said(found, "efac:Company/cac:PartyName/cbc:Name")

    def said(self, element: Any, path: str) -> str | None:
        """A text in the notice's language, or the first that there is."""
        texts = element.findall(path, SPACES)
        own = [one for one in texts if one.get("languageID") == self.language]
        return clean((own or texts)[0].text) if texts else None

    def coming(self, stage: ContractStage) -> Iterator[Contract]:
        """What is called for or planned, lot by lot."""
        for name, lot in (self.lots or {"": None}).items():
            made = replace(self.blank, stage=stage) if lot is None else self.of_lot(name, lot, stage)
            project = self.root if lot is None else lot
            value, currency = _amount(  # BT-27
                project, "cac:ProcurementProject/cac:RequestedTenderTotal/cbc:EstimatedOverallContractAmount"
            )
            yield replace(made, value=value, currency=currency)

    def of_lot(self, name: str, lot: Any, stage: ContractStage) -> Contract:
        """What a lot says of the contracts that come of it."""
        project = lot.find("cac:ProcurementProject", SPACES)
        project = lot if project is None else project
        starts = day(_text(project, "cac:PlannedPeriod/cbc:StartDate"))  # BT-536
        ends = day(_text(project, "cac:PlannedPeriod/cbc:EndDate"))  # BT-537
        length = project.find("cac:PlannedPeriod/cbc:DurationMeasure", SPACES)  # BT-36
        note = None
        if length is not None and not ends:
            ends = _after(starts, length)
            note = None if ends else f"Runs {clean(length.text)} {(length.get('unitCode') or '').lower()}"
        if ends and starts and ends < starts:
            raise NotRead("it ends on {ends}, before it starts on {starts}", ends=str(ends), starts=str(starts))
        title = self.said(project, "cbc:Name")  # BT-21
        framework = _code(lot, ".//cbc:ContractingSystemTypeCode", "framework-agreement")  # BT-765
        code = _text(project, "cac:MainCommodityClassification/cbc:ItemClassificationCode")  # BT-262
        return replace(
            self.blank,
            title=title or self.blank.title,
            lot=name or None,
            cpv=cpv(code) or self.blank.cpv,
            starts_on=starts,
            ends_on=ends,
            options=self.options(project),
            reserved=RESERVED.get(
                _code(lot, ".//cbc:TendererRequirementTypeCode", "reserved-procurement") or ""
            ),  # BT-71
            stage=stage,
            is_framework=bool(framework) and framework != "none",
            note=note,
        )

    def options(self, project: Any) -> str | None:
        """Renewals (BT-58, BT-57) and options (BT-54) as one text."""
        extension = project.find("cac:ContractExtension", SPACES)
        if extension is None:
            return None
        most = _text(extension, "cbc:MaximumNumberNumeric")
        told = (
            f"{most} ×" if most and most != "0" else None,
            self.said(extension, "cac:Renewal/cac:Period/cbc:Description"),
            self.said(extension, "cbc:OptionsDescription"),
        )
        return clean(" · ".join(filter(None, told)))

    def awarded(self) -> Iterator[Contract | str]:
        """The contracts of an award notice, one for each lot that has a winner and each of its contracts."""
        result = self.root.find(".//efac:NoticeResult", SPACES)
        if result is None:
            raise NotRead("the award notice has no result")
        tenders = _by_id(result, "efac:LotTender")
        parties = _by_id(result, "efac:TenderingParty")
        settled: dict[str, list[Any]] = {}
        for contract in result.findall("efac:SettledContract", SPACES):
            for tender in contract.findall("efac:LotTender/cbc:ID", SPACES):
                settled.setdefault(tender.text or "", []).append(contract)
        outcomes = result.findall("efac:LotResult", SPACES)
        if not outcomes:
            raise NotRead("the award notice has no result for any lot")
        for outcome in outcomes:
            status = _text(outcome, "cbc:TenderResultCode") or ""  # BT-142
            lot = _text(outcome, "efac:TenderLot/cbc:ID") or ""
            if status in ("clos-nw", "open-nw"):
                yield Said(CLOSED, lot=lot) if status == "clos-nw" else Said(NOT_YET, lot=lot)
                continue
            wanted = [one.text or "" for one in outcome.findall("efac:LotTender/cbc:ID", SPACES)]
            own = {one.text for one in outcome.findall("efac:SettledContract/cbc:ID", SPACES)}
            made = [
                self.of_contract(lot, tenders.get(tender), contract, parties)
                for tender in wanted
                for contract in settled.get(tender, [])
                if not own or _text(contract, "cbc:ID") in own
            ]
            yield from made
            if not made:
                yield Said(NO_CONTRACT, lot=lot)

    def of_contract(self, lot: str, tender: Any, contract: Any, parties: dict[str, Any]) -> Contract:
        """One lot's part of a contract with its winner."""
        part = self.lots.get(lot)
        made = self.blank if part is None else self.of_lot(lot, part, ContractStage.SIGNED)
        party = parties.get((_text(tender, "efac:TenderingParty/cbc:ID") if tender is not None else "") or "")
        members = [] if party is None else party.findall("efac:Tenderer", SPACES)
        leaders = [one for one in members if _text(one, "efbc:GroupLeadIndicator") == "true"] or members
        ids = [_text(one, "cbc:ID") or "" for one in leaders[:1]]
        others = [self.name(_text(one, "cbc:ID") or "") for one in members if one not in leaders[:1]]
        company = self.companies.get(ids[0]) if ids else None
        value, currency = (
            (None, None) if tender is None else _amount(tender, "cac:LegalMonetaryTotal/cbc:PayableAmount")
        )
        note = " · ".join(
            filter(None, [made.note, f"Together with {', '.join(filter(None, others))}" if others else None])
        )
        return replace(
            made,
            title=self.said(contract, "cbc:Title") or made.title,  # BT-721
            number=_text(contract, "efac:ContractReference/cbc:ID"),  # BT-150
            supplier_name=self.name(ids[0]) if ids else None,
            supplier_number=None
            if company is None
            else _text(company, "efac:Company/cac:PartyLegalEntity/cbc:CompanyID"),
            supplier_country=None if company is None else _country(company),
            sole_trader=company is not None and _text(company, "efbc:NaturalPersonIndicator") == "true",  # BT-633
            value=value,  # BT-720
            currency=currency,
            signed_on=day(_text(contract, "cbc:IssueDate")),  # BT-145
            is_framework=made.is_framework or _text(contract, "efbc:ContractFrameworkIndicator") == "true",  # BT-768
            note=note or None,
        )


def _after(starts: date | None, length: Any) -> date | None:
    """The last day of a time that starts on a day and lasts so long; None where either is not told."""
    unit, text = length.get("unitCode") or "", (length.text or "").strip()
    if starts is None or unit not in UNITS or not text.isdigit() or not 0 < int(text) < 2000:
        return None
    if not UNITS[unit]:
        return starts + timedelta(days=int(text) * (7 if unit == "WEEK" else 1) - 1)
    months = starts.month - 1 + int(text) * UNITS[unit]
    year, month = starts.year + months // 12, months % 12 + 1
    return date(year, month, min(starts.day, calendar.monthrange(year, month)[1])) - timedelta(days=1)


def _amount(element: Any, path: str) -> tuple[Decimal | None, str | None]:
    """An amount with its currency; both empty where it is withheld (-1, as unpublished fields are written)."""
    found = element.find(path, SPACES)
    if found is None or not (found.text or "").strip() or (found.text or "").strip() == "-1":
        return None, None
    return money(found.text.strip()), clean(found.get("currencyID"), 3)


def _country(company: Any) -> str | None:
    """The organisation's country (BT-514), in the three letters that notices use."""
    return _text(company, "efac:Company/cac:PostalAddress/cac:Country/cbc:IdentificationCode")


def _by_id(result: Any, path: str) -> dict[str, Any]:
    return {_text(one, "cbc:ID") or "": one for one in result.findall(path, SPACES)}


def _code(element: Any, path: str, of: str) -> str | None:
    return next((clean(one.text) for one in element.iterfind(path, SPACES) if one.get("listName") == of), None)


def _text(element: Any, path: str) -> str | None:
    found = element.find(path, SPACES)
    return clean(found.text) if found is not None else None
