"""Conventions: what a reader must be told about a country, as plain values."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class PersonalNumber:
    """How a personal identity number looks: a regular expression and the check digit's algorithm.

    `check` is 'luhn', 'bsn' or empty. The expression must match the whole cell once blanks are removed.
    `anywhere` is false for numbers too like others to be looked for outside columns of numbers and names.
    """

    name: str
    pattern: str
    check: str = ""
    anywhere: bool = True


@dataclass(frozen=True)
class Scheme:
    """How an organisation number of one register looks.

    `id` is the org-id.guide code; `pattern` matches the clean number; `pad` is the length to
    which lost leading zeros are restored; `validator` names a python-stdnum module, or is empty.
    `strip` lists what may stand in front or between, `vat_suffix` what the VAT form adds at the end.
    """

    id: str
    pattern: str
    pad: int = 0
    validator: str = ""
    strip: tuple[str, ...] = ()
    vat_suffix: str = ""


@dataclass(frozen=True)
class Layout:
    """A ledger layout known by name: its headers, and which fields they are."""

    id: str
    columns: dict[str, str]
    required: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Area:
    """One area of a country's own list: official code, level, name, and the code of the area around it."""

    code: str
    level: str
    name: str
    parent: str = ""


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
    postcode_tail: int = 0
    headers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    layouts: tuple[Layout, ...] = ()
    total_words: tuple[str, ...] = ()
    months: dict[str, int] = field(default_factory=dict)
    vat_words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    currency_signs: dict[str, str] = field(default_factory=dict)
    legal_form_words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    stop_words: tuple[str, ...] = ()
    leading_forms: tuple[str, ...] = ()
    trading_as: tuple[str, ...] = ()
    care_of: tuple[str, ...] = ()
    abbreviations: dict[str, str] = field(default_factory=dict)
    small_words: tuple[str, ...] = ()
    renamed: dict[str, str] = field(default_factory=dict)
    satellite_words: tuple[str, ...] = ()
    given_names: tuple[str, ...] = ()
    person_titles: tuple[str, ...] = ()
    name_particles: tuple[str, ...] = ()
    public_words: tuple[str, ...] = ()
    trades: dict[str, tuple[str, ...]] = field(default_factory=dict)
    trade_words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    silent_industries: tuple[str, ...] = ()
    industry_digits: int = 0
    country_name: str = ""
    languages: tuple[str, ...] = ()
    also_named: dict[str, str] = field(default_factory=dict)
    areas: tuple[Area, ...] = ()
    area_codes: dict[str, dict[str, str]] = field(default_factory=dict)
