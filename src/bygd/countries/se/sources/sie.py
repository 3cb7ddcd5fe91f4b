"""SIE accounting files read as a ledger: vouchers' cost entries become payments, all else is set aside."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bygd.countries.se.sources._sie_file import BALANCES, SieFile, is_sie, parse
from bygd.countries.se.sources._sie_purchases import purchases, rules
from bygd.engine import DuckEngine
from bygd.sources.conventions import Conventions
from bygd.sources.errors import InputError
from bygd.sources.ledgers.postings import Origin, leave
from bygd.sources.privacy import Pseudonym

LARGEST = 512 << 20
HOW_TO_EXPORT = "Export type 4 (4E), which holds the vouchers."


def recognises(beginning: bytes) -> bool:
    """True where a file that begins so is a SIE file."""
    return is_sie(beginning)


def read(
    engine: DuckEngine,
    path: Path,
    anchor: str,
    conventions: Conventions,
    pseudonym: Pseudonym,
    *,
    purchase_accounts: Sequence[str] = (),
    against_accounts: Sequence[str] = (),
) -> dict[str, Any]:
    """Leave payments, suppliers, set_aside and ledger_files of one SIE file of type 4 in the engine.

    `purchase_accounts` and `against_accounts` are beginnings of account numbers, for charts other
    than BAS. Gives notes: type, program, vouchers, unknown labels, vouchers that do not sum to
    nought, warnings in words. Amounts are without VAT. Raises InputError where the file is no SIE
    file or holds balances only. Limits: docs/method/accounting-files.md.
    """
    if path.stat().st_size > LARGEST:
        raise InputError(f"{path.name} is larger than {LARGEST >> 20} MB. Export one year at a time.")
    data = path.read_bytes()
    file = parse(data, path.name)
    _refuse_balances(file, path.name)
    chosen = rules()
    if purchase_accounts:
        chosen = replace(chosen, purchases=tuple(purchase_accounts), not_purchases=())
    if against_accounts:
        chosen = replace(chosen, against=tuple(against_accounts))
    origin = Origin(
        anchor=anchor,
        path=path.name,
        sha256=hashlib.sha256(data).hexdigest(),
        layout=f"SIE {file.type}",
        encoding=file.encoding,
        currency=(file.header.get("VALUTA") or [conventions.currency])[0].upper(),
        rows=file.labels["TRANS"] + sum(not fault.text.upper().startswith("#TRANS") for fault in file.faults),
        vat="excluding",
    )
    leave(engine, origin, purchases(file, chosen), conventions, pseudonym)
    return _notes(file, path.name)


def _refuse_balances(file: SieFile, name: str) -> None:
    if file.labels["TRANS"]:
        return
    if file.labels["VER"] or file.type.startswith("4"):
        raise InputError(f"{name} is a SIE file of type {file.type} without a single entry (#TRANS). {HOW_TO_EXPORT}")
    raise InputError(
        f"{name} is a SIE file of type {file.type}: it holds {file.balances} balances and no vouchers, "
        f"so it does not say who was paid. {HOW_TO_EXPORT}"
    )


def _notes(file: SieFile, name: str) -> dict[str, Any]:
    warnings = []
    if file.unknown:
        listed = ", ".join(f"#{label} ({count})" for label, count in file.unknown.items())
        warnings.append(f"{name} has labels that the format does not know: {listed}.")
    for voucher in file.unbalanced:
        warnings.append(
            f"{name}, line {voucher.row}: voucher {voucher.series}{voucher.number} does not sum to nought "
            f"but to {voucher.total}."
        )
    if file.is_damaged:
        warnings.append(
            f"{name} has letters that an earlier program destroyed (U+FFFD); names will not match. Export it again."
        )
    if file.faults:
        warnings.append(f"{name} has {len(file.faults)} lines that break the format; they were set aside.")
    return {
        "type": file.type,
        "program": (file.header.get("PROGRAM") or [""])[0],
        "vouchers": len(file.vouchers),
        "entries": file.labels["TRANS"],
        "struck_entries": file.labels["BTRANS"] + file.labels["RTRANS"],
        "balances": sum(file.labels[label] for label in BALANCES),
        "unknown_labels": file.unknown,
        "unbalanced": [f"{voucher.series}{voucher.number}" for voucher in file.unbalanced],
        "warnings": warnings,
    }
