"""Conventions: what a reader must be told about a country, as plain values."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class PersonalNumber:
    """How a personal identity number looks: a regular expression and the check digit's algorithm.

    `check` is 'luhn' or empty. The expression must match the whole cell once blanks are removed.
    """

    name: str
    pattern: str
    check: str = ""


@dataclass(frozen=True)
class Scheme:
    """How an organisation number of one register looks.

    `id` is the org-id.guide code; `pattern` matches the clean number; `pad` is the length to
    which lost leading zeros are restored; `validator` names a python-stdnum module, or is empty.
    """

    id: str
    pattern: str
    pad: int = 0
    validator: str = ""
    strip: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layout:
    """A ledger layout known by name: its headers, and which fields they are."""

    id: str
    columns: dict[str, str]
    required: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Conventions:
    """What varies by country when files are read; country packs fill it in."""

    country: str
    currency: str
    date_order: str
    decimal_mark: str
    schemes: tuple[Scheme, ...] = ()
    personal_numbers: tuple[PersonalNumber, ...] = ()
    personal_forms: tuple[str, ...] = ()
    redacted_names: tuple[str, ...] = ()
    person_label: str = "Sole trader"
    postcode_pattern: str = ""
    postcode_area: str = ""
    headers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    layouts: tuple[Layout, ...] = ()
    legal_form_words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    stop_words: tuple[str, ...] = ()
