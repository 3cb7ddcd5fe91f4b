"""Intake: a filled template is read strictly, sealed and kept; after the time nothing is taken any more."""

import secrets
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from bygd.reports.tenders import read
from bygd.sources.errors import InputError
from bygd.sources.files import office
from bygd.tools.tenders import Answers
from bygd.web.people.models import Person
from bygd.web.procurements.tenders import log, plan
from bygd.web.procurements.tenders.models import Bid, Invitation, Tender
from bygd.web.procurements.tenders.seal import seal, unseal
from bygd.web.procurements.tenders.words import State
from bygd.web.work.files import safe

MOST_BIDS = 200
SHOWN = 16
"""Signs of a receipt that are shown to whoever takes a bid in."""


def invite(tender: Tender, by: Person, revises: Bid | None = None) -> str:
    """A new secret for the address by which one bid may be brought, on each lot; it is kept nowhere but there.

    With `revises` it is for a revised bid instead of that one, and for nothing else.
    """
    secret = secrets.token_urlsafe(32)
    to = tender if revises else tender.head
    Invitation.objects.create(tender=to, secret_hash=_hash(secret), made_by=by, revises=revises)
    log.write(to, by, log.MADE_LINK, revises.firm if revises else "")
    return secret


def find(secret: str) -> Invitation | None:
    """The invitation of that secret; None where it is unknown or was taken back."""
    found = Invitation.objects.filter(secret_hash=_hash(secret), ended_at=None)
    return found.select_related("tender", "tender__place", "revises").first()


def withdraw(invitation: Invitation, by: Person) -> bool:
    """End a link; whether it worked until now. What was brought by it before stays and is opened with the others."""
    with transaction.atomic():
        Tender.objects.select_for_update().get(pk=invitation.tender_id)
        ended = Invitation.objects.filter(pk=invitation.pk, ended_at=None).update(ended_at=timezone.now())
        if ended:
            firm = invitation.revises.firm if invitation.revises else ""
            log.write(
                invitation.tender,
                by,
                log.WITHDREW_LINK,
                firm,
                f"{timezone.localtime(invitation.made_at):%Y-%m-%d %H:%M}",
            )
    return bool(ended)


def was_withdrawn(secret: str) -> bool:
    """Whether there was a link of that secret."""
    return Invitation.objects.filter(secret_hash=_hash(secret)).exclude(ended_at=None).exists()


def take(tender: Tender, upload: "UploadedFile[Any]", by: Person | None, invitation: Invitation | None = None) -> str:
    """Read, seal and keep a bid; gives the fingerprint of its file, which is the receipt.

    By an invitation a later one stands in for the earlier. Raises InputError where it comes too late or its
    file is no filled template of the tender (see `reports.tenders.read`).
    """
    name, size = safe(upload.name or ""), upload.size or 0
    if size > office.MOST_BYTES:
        raise InputError("{file} is larger than {most} MB.", file=name, most=office.MOST_BYTES >> 20)
    content = b"".join(upload.chunks())
    found = _read(content, name, tender)
    digest = sha256(content).hexdigest()
    with transaction.atomic():
        held = Tender.objects.select_for_update().get(pk=tender.pk)
        revises = invitation.revises if invitation else None
        if not is_open(held, invitation):
            raise InputError("The time for bids is over. This one was not taken in.")
        if invitation and not Invitation.objects.filter(pk=invitation.pk, ended_at=None).exists():
            raise InputError("This link was withdrawn. The bid was not taken in.")
        if Bid.objects.filter(tender=held).count() >= MOST_BIDS:
            raise InputError("No more than {most} bids can be taken in.", most=MOST_BIDS)
        sealed = seal(held.pk, {**_plain(found), "file_name": name, "sha256": digest}, content)
        before = Bid.objects.filter(invitation=invitation, tender=held).first() if invitation else None
        if before is not None:
            before.sealed, before.received_at = sealed, timezone.now()
            before.save(update_fields=["sealed", "received_at"])
        else:
            Bid.objects.create(tender=held, invitation=invitation, sealed=sealed, revises=revises)
        did = log.BROUGHT if by else log.REPLACED if before else log.CAME
        log.write(held, by, did, after=digest, is_sealed=True)
    return digest


def give_back(invitation: Invitation, tender: Tender, receipt: str) -> None:
    """Take a bid away at its bidder's wish, unopened, for whoever has its link and its receipt.

    The link alone is not enough: whoever made it has it too, and could learn by it whether a bid came. Of what is
    sealed nothing but its fingerprint is looked at. Raises InputError where it comes too late, and for another receipt.
    """
    digest = "".join(receipt.split()).lower()
    with transaction.atomic():
        held = Tender.objects.select_for_update().get(pk=tender.pk)
        if not is_open(held, invitation):
            raise InputError("The time for bids is over. Nothing was withdrawn.")
        found = Bid.objects.filter(invitation=invitation, tender=held, firm="").first()
        if found is None or not secrets.compare_digest(_receipt(found), digest.encode()):
            raise InputError("By this link no bid came that has this receipt. Nothing was withdrawn.")
        found.delete()
        log.write(held, None, log.WITHDREW, after=digest, is_sealed=True)


def take_out(tender: Tender, receipt: str, why: str, by: Person) -> None:
    """Take a bid away, unopened, that was taken in here and that its bidder withdraws, such as by letter.

    As with opening it takes two: whoever took it in cannot take it out. The log keeps who did both, and tells it once
    bids are opened. Raises InputError where it comes too late, for another receipt, and for the same person.
    """
    digest = "".join(receipt.split()).lower()
    with transaction.atomic():
        held = Tender.objects.select_for_update().get(pk=tender.pk)
        if not is_open(held, None):
            raise InputError("The time for bids is over. Nothing was withdrawn.")
        sealed = Bid.objects.filter(tender=held, invitation=None, firm="").order_by("pk")
        found = next(
            (one for one in sealed if len(digest) >= SHOWN and _receipt(one).startswith(digest.encode())), None
        )
        if found is None:
            raise InputError("No bid was taken in here that has this receipt. Nothing was withdrawn.")
        whole = _receipt(found).decode()
        if not held.entries.filter(did=log.BROUGHT, after=whole).exclude(person=by).exists():
            raise InputError("You took this bid in: another of the team has to withdraw it. Nothing was withdrawn.")
        found.delete()
        log.write(held, by, log.TOOK_OUT, why, after=whole, is_sealed=True)


def is_open(tender: Tender, invitation: Invitation | None) -> bool:
    """Whether bids may come now: by a link for a revised bid while those are asked for, else first ones."""
    state = State.NEGOTIATING if invitation and invitation.revises else State.PUBLISHED
    return tender.state == state and not tender.is_closed()


def open_all(tender: Tender) -> None:
    """Take the seals off all bids that are sealed. Two of one name are told apart; a revised bid bears the name of the
    one whose place it takes. Raises InputError for a foreign seal.
    """
    seen: set[str] = set()
    for bid in tender.bids.select_for_update(of=("self",)).filter(firm="").order_by("received_at", "id"):
        held, content = unseal(tender.pk, bytes(bid.sealed))
        firm, number = held["firm"][:180], 2
        if bid.revises is not None:
            Bid.objects.filter(pk=bid.revises.pk).update(replaced_at=timezone.now())
            firm = bid.revises.firm
        else:
            while firm.casefold() in seen:
                firm = f"{held['firm'][:180]} ({number})"
                number += 1
            seen.add(firm.casefold())
        bid.firm, bid.firm_number = firm, held["firm_number"][:60]
        bid.answers, bid.prices = held["answers"], held["prices"]
        bid.file_name, bid.file, bid.sealed = held["file_name"], content, b""
        bid.save()


def _receipt(bid: Bid) -> bytes:
    held, _content = unseal(bid.tender_id, bytes(bid.sealed))
    return str(held["sha256"]).encode()


def _read(content: bytes, name: str, tender: Tender) -> Answers:
    with tempfile.TemporaryDirectory(prefix="bygd-bid-") as folder:
        path = Path(folder) / "bid"
        path.write_bytes(content)
        return read(path, plan.form(tender), name)


def _plain(found: Answers) -> dict[str, Any]:
    return {
        "firm": found.firm,
        "firm_number": found.firm_number,
        "answers": {
            code: {"text": one.text, "number": None if one.number is None else str(one.number), "yes": one.yes}
            for code, one in found.answers.items()
        },
        "prices": {code: str(price) for code, price in found.prices.items()},
    }


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
