"""Seal: bids encrypted until they are opened, by a key of the tender that is not in the database."""

import base64
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from bygd.sources.errors import InputError


def seal(tender: int, content: dict[str, Any], file: bytes) -> bytes:
    """What was read of a bid and its file, encrypted."""
    held = json.dumps({**content, "file": base64.b64encode(file).decode()})
    return _key(tender).encrypt(held.encode())


def unseal(tender: int, sealed: bytes) -> tuple[dict[str, Any], bytes]:
    """Both again. Raises InputError where they were sealed with another secret than this installation has."""
    try:
        held: dict[str, Any] = json.loads(_key(tender).decrypt(bytes(sealed)))
    except InvalidToken as error:
        raise InputError(
            "The bids were sealed with another secret than this installation has. Put the file 'secret' of the "
            "installation that took them in back into its state folder."
        ) from error
    return held, base64.b64decode(held.pop("file"))


def _key(tender: int) -> Fernet:
    derived = HKDF(SHA256(), 32, None, f"bygd tender {tender}".encode()).derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
