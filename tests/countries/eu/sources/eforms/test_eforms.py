"""eForms notices: winners by lot, coming purchases, versions, and documents that are no notices or attacks."""

import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bygd.countries import load, source
from bygd.sources.contracts.result import Contracts
from bygd.sources.errors import InputError
from bygd.vocabulary.contract_words import ContractProcedure, ContractStage, Reservation

SWEDISH = load("se").conventions()
UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
NOTICE = """<?xml version="1.0"?>{doctype}
<{kind} xmlns="{ubl}{kind}-2" xmlns:cac="{ubl}CommonAggregateComponents-2" xmlns:cbc="{ubl}CommonBasicComponents-2"
  xmlns:efac="http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1"
  xmlns:efbc="http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1"><x>
<efac:NoticeResult>
  <efac:LotResult><cbc:TenderResultCode listName="winner-selection-status">{status}</cbc:TenderResultCode>
    <efac:LotTender><cbc:ID>TEN-1</cbc:ID></efac:LotTender><efac:TenderLot><cbc:ID>LOT-1</cbc:ID></efac:TenderLot>
  </efac:LotResult>
  <efac:LotTender><cbc:ID>TEN-1</cbc:ID><cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="SEK">{amount}
    </cbc:PayableAmount></cac:LegalMonetaryTotal><efac:TenderingParty><cbc:ID>TPA-1</cbc:ID></efac:TenderingParty>
  </efac:LotTender>
  <efac:SettledContract><cbc:ID>CON-1</cbc:ID><cbc:IssueDate>2024-03-01+01:00</cbc:IssueDate>
    <efac:ContractReference><cbc:ID>D-77</cbc:ID></efac:ContractReference>
    <efac:LotTender><cbc:ID>TEN-1</cbc:ID></efac:LotTender></efac:SettledContract>
  <efac:TenderingParty><cbc:ID>TPA-1</cbc:ID>
    <efac:Tenderer><cbc:ID>ORG-3</cbc:ID></efac:Tenderer>
    <efac:Tenderer><cbc:ID>ORG-2</cbc:ID><efbc:GroupLeadIndicator>true</efbc:GroupLeadIndicator></efac:Tenderer>
  </efac:TenderingParty>
</efac:NoticeResult>
<efac:Organizations>{organisations}</efac:Organizations></x>
<cbc:ID>notice-1</cbc:ID><cbc:ContractFolderID>folder-1</cbc:ContractFolderID><cbc:VersionID>{version}</cbc:VersionID>
<cbc:NoticeTypeCode listName="{form}">x</cbc:NoticeTypeCode><cbc:NoticeLanguageCode>SWE</cbc:NoticeLanguageCode>
<cac:ContractingParty><cac:Party><cac:PartyIdentification><cbc:ID>ORG-1</cbc:ID></cac:PartyIdentification></cac:Party>
</cac:ContractingParty>
<cac:TenderingProcess><cbc:ProcedureCode>open</cbc:ProcedureCode></cac:TenderingProcess>
<cac:ProcurementProject><cbc:Name languageID="ENG">Cleaning</cbc:Name><cbc:Name languageID="SWE">Städning</cbc:Name>
<cac:MainCommodityClassification><cbc:ItemClassificationCode>90910000</cbc:ItemClassificationCode>
</cac:MainCommodityClassification></cac:ProcurementProject>
<cac:ProcurementProjectLot><cbc:ID schemeName="Lot">LOT-1</cbc:ID>
  <cac:TenderingTerms><cac:TendererQualificationRequest><cac:SpecificTendererRequirement>
    <cbc:TendererRequirementTypeCode listName="reserved-procurement">{reserved}</cbc:TendererRequirementTypeCode>
  </cac:SpecificTendererRequirement></cac:TendererQualificationRequest></cac:TenderingTerms>
  <cac:TenderingProcess><cac:ContractingSystem>
    <cbc:ContractingSystemTypeCode listName="framework-agreement">fa-wo-rc</cbc:ContractingSystemTypeCode>
  </cac:ContractingSystem></cac:TenderingProcess>
  <cac:ProcurementProject>
    <cac:RequestedTenderTotal><cbc:EstimatedOverallContractAmount currencyID="SEK">900
    </cbc:EstimatedOverallContractAmount></cac:RequestedTenderTotal>
    <cac:PlannedPeriod>{period}</cac:PlannedPeriod>
    <cac:ContractExtension><cbc:OptionsDescription>Mer</cbc:OptionsDescription>
      <cbc:MaximumNumberNumeric>2</cbc:MaximumNumberNumeric></cac:ContractExtension>
  </cac:ProcurementProject>
</cac:ProcurementProjectLot></{kind}>"""
ORGANISATION = """<efac:Organization><efac:Company><cac:PartyIdentification><cbc:ID>{id}</cbc:ID>
</cac:PartyIdentification><cac:PartyName><cbc:Name>{name}</cbc:Name></cac:PartyName><cac:PostalAddress><cac:Country>
<cbc:IdentificationCode>SWE</cbc:IdentificationCode></cac:Country></cac:PostalAddress><cac:PartyLegalEntity>
<cbc:CompanyID>{number}</cbc:CompanyID></cac:PartyLegalEntity></efac:Company></efac:Organization>"""
START = "<cbc:StartDate>2024-04-30+02:00</cbc:StartDate>"
LENGTH = '<cbc:DurationMeasure unitCode="MONTH">24</cbc:DurationMeasure>'


def notice(kind: str = "ContractAwardNotice", **more: str) -> str:
    listed = (("ORG-1", "Lunds kommun", "212000-1132"), ("ORG-2", "Städ AB", "556036-0793"), ("ORG-3", "Tvätt AB", "1"))
    said = {
        "ubl": UBL, "kind": kind, "doctype": "", "status": "selec-w", "amount": "5000.5", "version": "01",
        "form": "result", "reserved": "res-ws", "period": START + LENGTH,
        "organisations": "".join(ORGANISATION.format(id=id, name=name, number=number) for id, name, number in listed),
    }  # fmt: skip
    return NOTICE.format(**{**said, **more})


def read(tmp_path: Path, text: str, name: str = "a.xml") -> Contracts:
    (tmp_path / name).write_text(text, encoding="utf-8")
    found: Contracts = source("eu/eforms").module.read([tmp_path / name], SWEDISH)
    return found


def test_an_award_names_winner_lot_days_and_reservation(tmp_path: Path) -> None:
    (one,) = read(tmp_path, notice()).found
    assert (one.title, one.anchor, one.number, one.lot) == ("Städning", "Lunds kommun", "D-77", "LOT-1")
    assert (one.supplier_name, one.supplier_number, one.supplier_country) == ("Städ AB", "556036-0793", "SWE")
    assert one.note == "Together with Tvätt AB"
    assert (one.value, one.currency, one.cpv) == (Decimal("5000.50"), "SEK", "90910000")
    assert (one.signed_on, one.starts_on, one.ends_on) == (date(2024, 3, 1), date(2024, 4, 30), date(2026, 4, 29))
    assert (one.reserved, one.procedure, one.is_framework) == (Reservation.SHELTERED, ContractProcedure.OPEN, True)
    assert (one.options, one.procedure_key, one.stage) == ("2 × · Mer", "folder-1", ContractStage.SIGNED)


def test_a_length_without_a_first_day_makes_no_last_day(tmp_path: Path) -> None:
    (one,) = read(tmp_path, notice(period=LENGTH)).found
    assert one.ends_on is None and "Runs 24 month" in (one.note or "")


@pytest.mark.parametrize(
    ("kind", "form", "stage"),
    [
        ("ContractNotice", "competition", ContractStage.CALLED),
        ("PriorInformationNotice", "planning", ContractStage.PLANNED),
        ("PriorInformationNotice", "competition", ContractStage.CALLED),
        ("ContractAwardNotice", "dir-awa-pre", ContractStage.PLANNED),
    ],
)
def test_what_is_coming_has_its_stage(tmp_path: Path, kind: str, form: str, stage: ContractStage) -> None:
    (one,) = read(tmp_path, notice(kind, form=form)).found
    assert one.stage is stage
    if kind != "ContractAwardNotice":
        assert (one.value, one.supplier_name) == (Decimal(900), None)


def test_a_withheld_value_is_none(tmp_path: Path) -> None:
    (one,) = read(tmp_path, notice(amount="-1")).found
    assert (one.value, one.currency) == (None, None)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"status": "clos-nw"}, "LOT-1 was closed without a winner"),
        ({"status": "open-nw"}, "LOT-1 has no winner yet"),
    ],
)
def test_a_lot_without_a_winner_is_set_aside(tmp_path: Path, change: dict[str, str], reason: str) -> None:
    result = read(tmp_path, notice(**change))
    assert result.found == () and [one.reason for one in result.set_aside] == [reason]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"amount": "-7"}, "the value -7 is negative"),
        ({"amount": "lots"}, "'lots' is no amount"),
        ({"period": "<cbc:StartDate>2024-13-01</cbc:StartDate>"}, "'2024-13-01' is no day"),
        ({"period": START + "<cbc:EndDate>2023-01-01Z</cbc:EndDate>"}, "it ends on 2023-01-01, before it starts"),
        ({"kind": "Invoice"}, "is a <Invoice>, no notice"),
        ({"doctype": '<!DOCTYPE a [<!ENTITY b "c">]>'}, "DOCTYPE"),
    ],
)
def test_a_single_notice_that_cannot_be_read_is_refused_with_the_reason(
    tmp_path: Path, change: dict[str, str], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        read(tmp_path, notice(**change))


def test_entities_are_never_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the key")
    bomb = '<!DOCTYPE a [<!ENTITY x SYSTEM "file://' + str(secret) + '">]><a>&x;</a>'
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    for text in (bomb, f'<!DOCTYPE a [<!ENTITY l0 "ha">{laughs}]><a>&l9;</a>', "<a><b></a>", ""):
        with pytest.raises(InputError, match="no notice that can be read") as error:
            read(tmp_path, text)
        assert "the key" not in str(error.value)


def test_of_two_versions_the_later_counts_and_broken_documents_beside_are_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("1.xml", notice(version="02", amount="2"))
        archive.writestr("2.xml", notice(version="01", amount="1"))
        archive.writestr("3.xml", "<broken")
        archive.writestr("readme.txt", "hello")
    result: Contracts = source("eu/eforms").module.read([tmp_path / "a.zip"], SWEDISH)
    assert [one.value for one in result.found] == [Decimal(2)] and result.rows == 3
    assert [one.row for one in result.set_aside] == [2, 3]
    assert "a later version of the same notice" in result.set_aside[0].reason


def test_real_notices(shared_data: Path) -> None:
    read_one: Any = source("eu/eforms").module.read
    whole: Contracts = read_one([shared_data / "eu/eforms"], SWEDISH)
    assert whole.rows == 45 and len(whole.found) >= 45
    assert {one.file for one in whole.found} | {one.file for one in whole.set_aside} == {
        f"eforms/{file.name}" for file in (shared_data / "eu/eforms").glob("*.xml")
    }
    by_name = {one.file: one for one in whole.found}
    minimal = by_name["eforms/can_24_minimal.xml"]
    assert (minimal.value, minimal.supplier_name, minimal.signed_on) == (
        Decimal(95414), "Espaces Verts Lemire", date(2019, 9, 3),
    )  # fmt: skip
    assert by_name["eforms/pin-rtl_81.xml"].reserved is Reservation.SHELTERED
    assert by_name["eforms/t02_ESP.xml"].ends_on == date(2030, 8, 31)
