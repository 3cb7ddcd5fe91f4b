"""Contracts: what came out of a file, each with the place it stands in, and what was set aside."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bygd.sources.files.bulk import Rejected
from bygd.vocabulary.contract_words import ContractProcedure, ContractStage, Reservation


@dataclass(frozen=True)
class Contract:
    """One contract, or one supplier's part of it, as a file says; see the table `contract_entries`.

    `supplier_number` is written as in the file, `supplier_scheme` the scheme it names (org-id.guide) and
    `supplier_country` the code of the supplier's country in two letters, where the file says so. `sole_trader` tells
    that the file calls the supplier a natural person. `key` is the contract's own, where bygd wrote the file.
    """

    file: str
    row: int
    title: str | None
    anchor: str | None = None
    number: str | None = None
    procedure_key: str | None = None
    lot: str | None = None
    supplier_name: str | None = None
    supplier_number: str | None = None
    supplier_scheme: str | None = None
    supplier_country: str | None = None
    sole_trader: bool = False
    cpv: str | None = None
    value: Decimal | None = None
    currency: str | None = None
    signed_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    longest_until: date | None = None
    options: str | None = None
    procedure: ContractProcedure | None = None
    reserved: Reservation | None = None
    stage: ContractStage = ContractStage.SIGNED
    is_framework: bool = False
    note: str | None = None
    key: str | None = None


@dataclass(frozen=True)
class Contracts:
    """What came out of files: the contracts, and the rows or documents that are none, each with its reason.

    `rows` counts what was looked at; one may give several contracts. `unused` names columns that are not read.
    """

    source: str
    rows: int
    found: tuple[Contract, ...]
    set_aside: tuple[Rejected, ...] = ()
    unused: tuple[str, ...] = ()
    columns: dict[str, str] = field(default_factory=dict)

    @property
    def reasons(self) -> dict[str, int]:
        """How many were set aside, by reason, most common first."""
        return dict(Counter(rejected.reason for rejected in self.set_aside).most_common())
