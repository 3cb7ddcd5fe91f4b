"""Which entries of a SIE file are purchases, and from whom; the rest with the reason why not."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bygd.countries.se.sources._sie_file import Entry, SieFile, Voucher
from bygd.sources.ledgers.postings import Aside, Posting
from bygd.vocabulary.words import SetAside


@dataclass(frozen=True)
class Rules:
    """Account numbers and texts that decide; `sie_accounts.yaml` says where they come from."""

    purchases: tuple[str, ...]
    not_purchases: tuple[str, ...]
    against: tuple[str, ...]
    reasons: dict[str, str]
    before: tuple[re.Pattern[str], ...] = field(default=())
    after: tuple[re.Pattern[str], ...] = field(default=())
    nobody: re.Pattern[str] = re.compile("^$")


@cache
def rules() -> Rules:
    """The rules for the BAS chart of accounts."""
    path = Path(__file__).parents[1] / "sie_accounts.yaml"
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Rules(
        tuple(found["purchases"]),
        tuple(found["not_purchases"]),
        tuple(found["against"]),
        found["reasons"],
        tuple(re.compile(text, re.IGNORECASE) for text in found["before"]),
        tuple(re.compile(text) for text in found["after"]),
        re.compile(re.sub(r"\|\s+", "|", found["nobody"]), re.IGNORECASE),
    )


def purchases(file: SieFile, chosen: Rules) -> Iterator[Posting | Aside]:
    """Every entry of every voucher, as a purchase or as set aside; every broken line as set aside.

    A purchase is an entry on a cost account in a voucher that also books a debt to a supplier, a
    payment or deducted VAT, and whose text names somebody. The name is what the bookkeeper wrote.
    """
    for voucher in file.vouchers:
        accounts = {entry.account for entry in voucher.entries}
        is_bought = any(account.startswith(chosen.against) for account in accounts)
        for entry in voucher.entries:
            yield _entry(file, voucher, entry, is_bought, chosen)
    for fault in file.faults:
        yield Aside(fault.row, SetAside.UNREADABLE, fault.detail, fault.amount, fault.text)


def seller(texts: Iterable[str], chosen: Rules) -> str | None:
    """The first text that names somebody, without invoice numbers around the name; None where none does."""
    for text in texts:
        name = " ".join(text.split())
        for pattern in chosen.before:
            name = pattern.sub("", name)
        for pattern in chosen.after:
            name = pattern.sub("", name)
        if len(name) > 1 and not chosen.nobody.search(name):
            return name
    return None


def _entry(file: SieFile, voucher: Voucher, entry: Entry, is_bought: bool, chosen: Rules) -> Posting | Aside:
    shown = f"#TRANS {entry.account} {entry.amount} {entry.text or voucher.text}".strip()
    label = f"{entry.account} {file.accounts.get(entry.account, '')}".strip()

    def aside(reason: SetAside, detail: str) -> Aside:
        return Aside(entry.row, reason, detail, entry.amount, shown)

    if not entry.account.startswith(chosen.purchases) or entry.account.startswith(chosen.not_purchases):
        beginnings = sorted(chosen.reasons, key=len, reverse=True)
        why = next(
            (chosen.reasons[start] for start in beginnings if entry.account.startswith(start)), "no cost account"
        )
        return aside(SetAside.OTHER_ENTRY, f"account {label}: {why}")
    if not is_bought:
        return aside(
            SetAside.OTHER_ENTRY, f"account {label}: the voucher books neither a debt to a supplier nor a payment"
        )
    booked_on = entry.booked_on or voucher.booked_on
    if booked_on is None:
        return aside(SetAside.DATE, f"voucher {voucher.series}{voucher.number} has no usable date")
    name = seller((entry.text, voucher.text), chosen)
    if name is None:
        return aside(SetAside.SUPPLIER, "neither the entry's nor the voucher's text names a seller")
    return Posting(
        row=entry.row,
        paid_on=booked_on,
        amount=entry.amount,
        name=name,
        account=entry.account,
        category=file.accounts.get(entry.account),
        department=next((number for dimension, number in entry.objects if dimension == "1"), None),
        invoice=f"{voucher.series}{voucher.number}" or None,
    )
