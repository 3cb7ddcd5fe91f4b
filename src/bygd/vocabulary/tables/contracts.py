"""Contracts: what people enter of them, added and never edited, and what holds of each now."""

from datetime import date, datetime
from decimal import Decimal

from bygd.vocabulary.columns import Column, Table
from bygd.vocabulary.contract_words import ContractProcedure, ContractStage, Reservation


class contract_entries(Table):
    """What somebody entered of a contract, or read from a notice; the latest entry of a contract counts."""

    contract_key = Column(str, "Which contract; see `workbench.contracts.key`.")
    anchor = Column(str, "Whose contract.")
    number = Column(str, "The anchor's own number.", optional=True)
    title = Column(str, "What is bought.")
    procedure_key = Column(str, "Contracts of one procurement share it.", optional=True)
    lot = Column(str, "Which lot of the procurement.", optional=True)
    supplier_name = Column(str, "Supplier as written; empty while there is none.", optional=True)
    supplier_id = Column(str, "The supplier's org_id; a pseudonym for persons.", optional=True)
    cpv = Column(str, "CPV code, eight digits.", optional=True)
    value = Column(Decimal, "Value without VAT over the whole time, options left out.", optional=True)
    currency = Column(str, "Currency of the value.", optional=True)
    signed_on = Column(date, "Day of signature.", optional=True)
    starts_on = Column(date, "First day.", optional=True)
    ends_on = Column(date, "Last day if no option is used.", optional=True)
    longest_until = Column(date, "Last day if every option is used.", optional=True)
    options = Column(str, "Options to prolong, as written.", optional=True)
    procedure = Column(str, "How it was awarded.", one_of=ContractProcedure, optional=True)
    reserved = Column(str, "For whom it was reserved; empty where not known.", one_of=Reservation, optional=True)
    stage = Column(str, "How far the procurement has come.", one_of=ContractStage)
    is_framework = Column(bool, "Whether it is a framework agreement.")
    note = Column(str, "What else is to be known.", optional=True)
    source = Column(str, "File, notice or person it came from.")
    withdrawn = Column(bool, "Whether the contract is taken out of the register again.")
    entered_by = Column(str, "Who entered it.")
    entered_at = Column(datetime, "When, with time of day, UTC.")


class contracts(Table):
    """One contract, or one supplier's part of a framework, as its latest entry says; those withdrawn are left out."""

    one_row_per = ("contract_key",)
    contract_key = contract_entries.contract_key
    anchor = contract_entries.anchor
    number = contract_entries.number
    title = contract_entries.title
    procedure_key = contract_entries.procedure_key
    lot = contract_entries.lot
    supplier_name = contract_entries.supplier_name
    supplier_id = contract_entries.supplier_id
    cpv = contract_entries.cpv
    value = contract_entries.value
    currency = contract_entries.currency
    signed_on = contract_entries.signed_on
    starts_on = contract_entries.starts_on
    ends_on = contract_entries.ends_on
    longest_until = contract_entries.longest_until
    options = contract_entries.options
    procedure = contract_entries.procedure
    reserved = contract_entries.reserved
    stage = contract_entries.stage
    is_framework = contract_entries.is_framework
    note = contract_entries.note
    source = contract_entries.source
    entered_by = contract_entries.entered_by
    entered_at = contract_entries.entered_at
