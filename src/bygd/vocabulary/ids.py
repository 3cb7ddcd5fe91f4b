"""Identifiers and stable keys: how suppliers, organisations and areas are named."""

import hashlib

SEPARATOR = "\x1f"
KEY_LENGTH = 16


def make_key(*parts: str | None) -> str:
    """A stable key of 16 hexadecimal digits for the given texts; None counts as empty.

    The same parts always give the same key, on every engine (`engine.dialect.make_key` is the
    same function in SQL), so decisions survive rebuilds. MD5 serves as a fingerprint here, not as
    a secret: never pass personal numbers, pass their pseudonym.
    """
    joined = SEPARATOR.join(part or "" for part in parts)
    return hashlib.md5(joined.encode(), usedforsecurity=False).hexdigest()[:KEY_LENGTH]


def org_id(scheme: str, number: str) -> str:
    """An organisation's identifier, scheme and number as in org-id.guide: `SE-ON:2120001355`."""
    return f"{scheme}:{number}"


def area_id(country: str, code: str) -> str:
    """An area's identifier: country code and the official code, `se:1291`."""
    return f"{country}:{code}"
