"""Terms: who publishes, and what others may do with what was published."""

from dataclasses import dataclass

KNOWN = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
"""Licences that need not be given with their address, by SPDX name."""


@dataclass(frozen=True)
class Terms:
    """What `[publish]` of the project says; an empty field is not stated, and nothing is put in its stead."""

    licence: str = ""
    licence_url: str = ""
    publisher: str = ""
    contact: str = ""
    address: str = ""
    accessibility: str = ""

    @property
    def licence_at(self) -> str:
        """Where the licence can be read; empty where that is not known."""
        return self.licence_url or KNOWN.get(self.licence, "")
