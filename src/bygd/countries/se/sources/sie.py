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
from bygd.vocabulary.said import Said

LARGEST = 512 << 20
HOW_TO_EXPORT = Said("Export type 4 (4E), which holds the vouchers.")


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
        raise InputError(
            "{file} is larger than {most} MB. Export one year at a time.", file=path.name, most=LARGEST >> 20
        )
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
        raise InputError(
            "{file} is a SIE file of type {type} without a single entry (#TRANS). {advice}",
            file=name,
            type=file.type,
            advice=HOW_TO_EXPORT,
        )
    raise InputError(
        "{file} is a SIE file of type {type}: it holds {balances} balances and no vouchers, so it does not "
        "say who was paid. {advice}",
        file=name,
        type=file.type,
        balances=file.balances,
        advice=HOW_TO_EXPORT,
    )


def _notes(file: SieFile, name: str) -> dict[str, Any]:
    warnings: list[Said] = []
    if file.unknown:
        listed = [f"#{label} ({count})" for label, count in file.unknown.items()]
        warnings.append(Said("{file} has labels that the format does not know: {labels}.", file=name, labels=listed))
    for voucher in file.unbalanced:
        warnings.append(
            Said(
                "{file}, line {line}: voucher {voucher} does not sum to nought but to {amount}.",
                file=name,
                line=voucher.row,
                voucher=f"{voucher.series}{voucher.number}",
                amount=voucher.total,
            )
        )
    if file.is_damaged:
        warnings.append(
            Said(
                "{file} has letters that an earlier program destroyed (U+FFFD); names will not match. Export it again.",
                file=name,
            )
        )
    if file.faults:
        count = len(file.faults)
        warnings.append(
            Said("{file} has {number} lines that break the format; they were set aside.", file=name, number=count)
        )
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
