"""An organisation's own login, as the environment names it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from bygd.sources.errors import InputError

ID = "organisation"
"""What the provider is called in addresses; it sends people back to /account/oidc/organisation/login/callback/."""


def from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """The settings of the sign-in library for BYGD_OIDC_URL, _CLIENT_ID, _SECRET, _NAME and _DOMAINS; empty without.

    _DOMAINS names, between commas, the domains whose addresses the provider vouches for even where it does not say
    `email_verified`. Raises InputError where something is missing or the provider is asked without encryption.
    """
    url = environment.get("BYGD_OIDC_URL", "").rstrip("/")
    if not url:
        return {}
    missing = [name for name in ("BYGD_OIDC_CLIENT_ID", "BYGD_OIDC_SECRET") if not environment.get(name)]
    if missing:
        raise InputError("BYGD_OIDC_URL is set, but {missing} not. Set them, or leave all out.", missing=missing)
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost"):
        raise InputError("BYGD_OIDC_URL is {url}. A login may only be asked for over https://.", url=url)
    domains = [one.strip().casefold() for one in environment.get("BYGD_OIDC_DOMAINS", "").split(",") if one.strip()]
    app = {
        "provider_id": ID,
        "name": environment.get("BYGD_OIDC_NAME") or parts.hostname,
        "client_id": environment["BYGD_OIDC_CLIENT_ID"],
        "secret": environment["BYGD_OIDC_SECRET"],
        "settings": {"server_url": url, "oauth_pkce_enabled": True, "verified_email": domains},
    }
    return {"openid_connect": {"APPS": [app]}}
