"""Words in lists of contracts: how procedures, reservations and stages are written in Swedish, Dutch and English."""

from collections.abc import Mapping
from typing import TypeVar

from bygd.sources.files.headings import plain
from bygd.vocabulary.contract_words import ContractProcedure, ContractStage, Reservation
from bygd.vocabulary.words import Word

PROCEDURES: Mapping[str, Word] = {
    "open": ContractProcedure.OPEN, "openbaar": ContractProcedure.OPEN, "openbare": ContractProcedure.OPEN,
    "öppet": ContractProcedure.OPEN, "öppen": ContractProcedure.OPEN, "europees openbaar": ContractProcedure.OPEN,
    "restricted": ContractProcedure.RESTRICTED, "selektivt": ContractProcedure.RESTRICTED,
    "niet openbaar": ContractProcedure.RESTRICTED, "niet openbare": ContractProcedure.RESTRICTED,
    "negotiated": ContractProcedure.NEGOTIATED, "competitive with negotiation": ContractProcedure.NEGOTIATED,
    "förhandlat": ContractProcedure.NEGOTIATED,
    "mededingingsprocedure met onderhandeling": ContractProcedure.NEGOTIATED,
    "competitive dialogue": ContractProcedure.DIALOGUE, "konkurrenspräglad dialog": ContractProcedure.DIALOGUE,
    "concurrentiegerichte dialoog": ContractProcedure.DIALOGUE,
    "innovation partnership": ContractProcedure.INNOVATION, "innovationspartnerskap": ContractProcedure.INNOVATION,
    "innovatiepartnerschap": ContractProcedure.INNOVATION,
    "call off": ContractProcedure.CALL_OFF, "mini competition": ContractProcedure.CALL_OFF,
    "avrop": ContractProcedure.CALL_OFF, "förnyad konkurrensutsättning": ContractProcedure.CALL_OFF,
    "minicompetitie": ContractProcedure.CALL_OFF, "nadere overeenkomst": ContractProcedure.CALL_OFF,
    "direct": ContractProcedure.DIRECT, "direct award": ContractProcedure.DIRECT,
    "direktupphandling": ContractProcedure.DIRECT, "enkelvoudig onderhands": ContractProcedure.DIRECT,
}  # fmt: skip
RESERVED: Mapping[str, Word] = {
    "no": Reservation.NONE, "nej": Reservation.NONE, "nee": Reservation.NONE, "none": Reservation.NONE,
    "sheltered": Reservation.SHELTERED, "skyddad verkstad": Reservation.SHELTERED,
    "sociale werkplaats": Reservation.SHELTERED, "sociale werkvoorziening": Reservation.SHELTERED,
    "idéburen": Reservation.NON_PROFIT, "idéburna": Reservation.NON_PROFIT, "non profit": Reservation.NON_PROFIT,
    "local": Reservation.LOCAL, "sme": Reservation.SMALL, "vcse": Reservation.SMALL,  # codespell:ignore sme
}  # fmt: skip
STAGES: Mapping[str, Word] = {
    "active": ContractStage.SIGNED, "aktiv": ContractStage.SIGNED, "aktivt": ContractStage.SIGNED,
    "actief": ContractStage.SIGNED, "gällande": ContractStage.SIGNED, "lopend": ContractStage.SIGNED,
    "avslutad": ContractStage.SIGNED, "avslutat": ContractStage.SIGNED, "ended": ContractStage.SIGNED,
    "expired": ContractStage.SIGNED, "verlopen": ContractStage.SIGNED, "beëindigd": ContractStage.SIGNED,
    "planned": ContractStage.PLANNED, "planerad": ContractStage.PLANNED, "gepland": ContractStage.PLANNED,
    "tender": ContractStage.CALLED, "annonserad": ContractStage.CALLED, "aangekondigd": ContractStage.CALLED,
}  # fmt: skip

Kind = TypeVar("Kind", bound=Word)


def of(written: Mapping[str, Word], text: str | None, kind: type[Kind]) -> Kind | None:
    """The word that a text stands for: as bygd stores or labels it, or as people write it; None where none is known."""
    said = plain(text or "")
    if not said:
        return None
    for word in kind:
        if said in (plain(word.value), plain(word.label)):
            return word
    found = written.get(said) or written.get(said.removesuffix(" procedure").removesuffix(" förfarande"))
    return kind(found) if found else None
