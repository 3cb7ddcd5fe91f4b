"""The shipped rules on names and texts as ledgers write them: caught, and traps left in."""

from pathlib import Path
from typing import Any

import pytest
from tests.lib.text_tables import fill

from bygd import countries, scope
from bygd.engine import DuckEngine
from bygd.vocabulary import tables
from bygd.vocabulary.columns import Table

CAUGHT = {
    "gb": """
        LEEDS CITY COUNCIL                    public_body
        Wigan Metropolitan Borough Council    public_body
        STOCKPORT METROPOLITAN BOROUGH        public_body
        TORRIDGE DIST COUN (BRIDGE BLGS)      public_body
        Bury M.B.C.                           public_body
        London Borough of Ealing              public_body
        BOROUGH OF POOLE FINANCE SERVICE      public_body
        Parish Council of Swimbridge          public_body
        Kirklees Council                      public_body
        Stockport NHS Foundation Trust        public_body
        N H S DEVON (DEVON PCT)               public_body
        CENTRAL MANCHESTER UNIVERSITY HOSP    public_body
        NHS Property Services Ltd             public_body
        Greater Manchester Police             public_body
        Police and Crime Commissioner for Devon   public_body
        DEVON&SOMERSET FIRE&RESCUE SERVC      public_body
        GMCA                                  public_body
        Transport for Greater Manchester      public_body
        Department for Work & Pensions        public_body
        H.M.Land Registry                     public_body
        Environment Agency (Exeter)           public_body
        Dartmoor National Park Authority      public_body
        Ted Wragg Multi Academy Trust         public_body
        HM Revenue & Customs                  tax
        H M R C (070 PB 2926)                 tax
        GMPCC (PRECEPTS)                      tax
        Teachers Pensions(A/C 1)              payroll
        Greater Manchester Pension Fund       payroll
        Public Works Loan Board               treasury
        REDACTED PERSONAL INFORMATION         redacted
        Redacted data                         redacted
        THIRD PARTY                           redacted
        THIRD PARTY SUPPLIER                  redacted
        Third Party Forensics                 redacted
        THIRD PARTY FORENSIC SERVICES         redacted
    """,
    "se": """
        Simrishamns kommun                    public_body
        GÖTEBORGS STAD                        public_body
        Region Skåne                          public_body
        Västra Götalandsregionen              public_body
        Räddningstjänstförbundet Skåne Nord   public_body
        Försäkringskassan                     public_body
        Länsstyrelsen i Skåne län             public_body
        Statens servicecenter                 public_body
        Skatteverket                          tax
        KPA Pension                           payroll
        AFA Försäkring                        payroll
        Kommuninvest i Sverige AB             treasury
        Sekretess                             redacted
        Skyddad personuppgift                 redacted
        ***                                   redacted
        XXXX xxxxx                            redacted
    """,
    "nl": """
        Gemeente Amsterdam                    public_body
        Provincie Noord-Holland               public_body
        Waterschap Amstel, Gooi en Vecht      public_body
        Veiligheidsregio Utrecht              public_body
        Ministerie van Financiën              public_body
        Belastingdienst                       tax
        UWV                                   payroll
        BNG Bank                              treasury
        Geanonimiseerd                        redacted
    """,
}

LEFT_IN = {
    "gb": """
        Councillor Smith Printing
        Grant Thornton UK LLP
        Grantham Book Services Ltd
        Edwina Grant Associates Ltd
        Royal Mail Group PLC
        Police Federation
        Police Mutual Assurance Society Ltd
        Tax Assist Accountants
        MANTAX RADIO TAXIS LTD
        NHS Recruiters Ltd
        Leagues of Friends of NHS Hospitals
        Field Studies Council
        British Youth Council
        Bolton Interfaith Council
        Community Council of Devon
        Council for Awards in Children's Care
        South West Business Council
        St Jude Parochial Church Council
        PCC St Clements Ordsall
        CRANE AC & EL/HARRIS MBC & DR AJ
        CHUBB FIRE & SECURITY LTD
        Fire Protection Association
        Fire Service College
        Palm Court Nursing Home Ltd
        Northam Care Trust
        Canal & River Trust
        QUORUM ESTATES PENSION FUND LTD
        Kuit Steinart Levy Solicitors
        Redactive Publishing Limited
        National Fostering Agency
        Women in Prison Limited
        The Reading Agency
        University of Salford
        Manchester College
        Barnardo's North West
        Public Consulting Group Ltd
        Bank of Scotland Equipment Finance
        Legal and General Pensions
        National Park Hotel
    """,
    "se": """
        Kommunal Konsult AB
        Stadsmissionen
        Simrishamns Bostäder AB
        Regionteatern Blekinge
        Region Skånes Vänner förening
        Kommunikation & Reklam AB
        Bidragsguiden AB
        Svenska Kommun Försäkrings AB
        Malmö Stad Hotell AB
        Skattefinans AB
        Fortum Sverige AB
        Polisens Idrottsförening
    """,
    "nl": """
        Gemeentemuseum Den Haag
        Joodse Gemeente Amsterdam
        Protestantse Gemeente Haarlem
        Provinciale Advies BV
        Belastingdienst Adviseurs BV
        Nederlandse Politiebond
        Stichting Welzijn Particulieren
        Coöperatie DELA
    """,
}

TEXTS_CAUGHT = {
    "gb": """
        Grant and subscriptions awarded       grant
        Grants & Cont to Vol, comm & soc ent  grant
        Donations                             grant
        In year DSG to Academies              grant
        Levies - Cash Limit                   tax
        Ctax - Preceptor Payments             tax
        Rates                                 tax
        HMRC Apprenticeship Levy              tax
        Pension Contributions                 payroll
        Direct Payments                       benefit
        Housing Benefit                       benefit
        Foster Payments                       benefit
        Home Loss Payments                    benefit
        Long Term Debtors                     treasury
        Debt- interest pymnt                  treasury
        Internal Recharge to a Local Paymt    internal
    """,
    "se": """
        Föreningsbidrag                       grant
        Bidrag till fristående skolor         grant
        Lämnade bidrag, driftbidrag           grant
        Försörjningsstöd                      benefit
        Bostadsanpassningsbidrag              benefit
        Sociala avgifter                      payroll
        Löner                                 payroll
        Ingående moms                         tax
        Fastighetsskatt                       tax
        Räntekostnader                        treasury
        Internhyra                            internal
    """,
    "nl": """
        Subsidies                             grant
        Exploitatiesubsidie                   grant
        Bijzondere bijstand                   benefit
        Loonkostensubsidie                    benefit
        Salarissen                            payroll
        OZB                                   tax
        Rente en aflossing                    treasury
        Interne doorbelasting                 internal
    """,
}

TEXTS_LEFT_IN = {
    "gb": """
        Agency staff provision
        Independent Fostering (3rd)
        Landfill Tax
        Transport Taxis
        Internal Repairs and Maintenance for buildings
        Expenditure re Internal Trading Ordered Externally
        I T Provision
        Late Payment Interest
        Climate change levy
        Carer Support Payments
        Payroll software
        Contributions to Private Contractors (3r
    """,
    "se": """
        Lönsamhetsanalys
        Hyra lokal, ej moms
        Glasögonbidrag
        Konsultarvode
        Livsmedel
        Lokalhyror
        Internetabonnemang
        Energiskatt
        Personalvård
    """,
    "nl": """
        Inhuur personeel
        Salarisadministratie software
        Subsidieadvies
        Kosten excl. btw
        Interne inrichting
    """,
}


def cases(drawn: dict[str, str]) -> list[tuple[str, str, str | None]]:
    """Country, text and the reason at the end of the line, where one stands there."""
    found: list[tuple[str, str, str | None]] = []
    for country, text in drawn.items():
        for line in filter(None, map(str.strip, text.splitlines())):
            name, _, reason = line.rpartition("  ") if "  " in line else (line, "", "")
            found.append((country, name.strip(), reason.strip() or None))
    return found


def caught(country: str, **fields: str) -> str | None:
    rule = scope.catch(scope.rules(countries.load(country)), **fields)
    return rule.reason.value if rule else None


@pytest.mark.parametrize(("country", "name", "reason"), [*cases(CAUGHT), *cases(LEFT_IN)])
def test_names(country: str, name: str, reason: str | None) -> None:
    assert caught(country, supplier=name) == reason


@pytest.mark.parametrize(("country", "text", "reason"), [*cases(TEXTS_CAUGHT), *cases(TEXTS_LEFT_IN)])
def test_texts(country: str, text: str, reason: str | None) -> None:
    assert caught(country, supplier="Acme", category=text) == reason


@pytest.mark.parametrize("code", countries.available())
def test_the_engine_tags_as_plain_python_does(code: str, engine: DuckEngine) -> None:
    rules = scope.rules(countries.load(code))
    names = [name for _, name, _ in (*cases(CAUGHT), *cases(LEFT_IN))]
    texts = [text for _, text, _ in (*cases(TEXTS_CAUGHT), *cases(TEXTS_LEFT_IN))]
    pairs = [*((name, None) for name in names), *(("Acme", text) for text in texts)]
    suppliers = [{"supplier_key": str(n), "anchor": "A", "name": name} for n, (name, _) in enumerate(pairs)]
    payments = [{"supplier_key": str(n), "category": text} for n, (_, text) in enumerate(pairs)]
    engine.register(tables.suppliers, [whole(tables.suppliers, row) for row in suppliers])
    engine.register(tables.payments, [whole(tables.payments, row, number) for number, row in enumerate(payments)])
    scope.run(engine, rules)
    found = {row["supplier_key"]: row["rule"] for row in engine.rows("FROM spend_lines")}
    expected = [scope.catch(rules, supplier=name, category=text, anchor="A") for name, text in pairs]
    assert found == {str(n): rule.id if rule else "" for n, rule in enumerate(expected)}


def whole(table: type[Table], cells: dict[str, Any], number: int = 1) -> dict[str, Any]:
    return {**fill(table, {}, number), **cells}


def test_the_ledgers_own_kind() -> None:
    assert caught("gb", supplier="Devon Norse Ltd", kind="WGA") == "public_body"
    assert caught("gb", supplier="A Person", kind="Personal Budgets") == "benefit"
    assert caught("gb", supplier="A Firm", kind="LTD") is None


@pytest.mark.parametrize("country", countries.available())
def test_the_anchors_own_name_is_internal(country: str) -> None:
    assert caught(country, supplier="SIMRISHAMNS  Kommun.", anchor="Simrishamns kommun") == "internal"
    assert caught(country, supplier=" ", anchor=" ") != "internal"


def test_a_name_that_police_keep_back_is_no_name(shared_data: Path) -> None:
    import python_calamine

    book = python_calamine.load_workbook(str(shared_data / "gb/ledgers/lancashire_police/pcc-2024-25.xlsx"))
    cells = {cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row}
    kept_back = {cell for cell in cells if isinstance(cell, str) and cell.startswith("THIRD PARTY")}
    conventions = countries.load("gb").conventions()
    assert len(kept_back) > 2
    for name in kept_back:
        assert caught("gb", supplier=name) == "redacted", name
        assert name.strip().casefold() in conventions.redacted_names, "nor is it looked for in registers"
