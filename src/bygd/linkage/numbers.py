"""Organisation numbers as ledgers write them: cleaned, repaired where that is safe, and validated."""

import importlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from bygd.engine import DuckEngine
from bygd.linkage import succession
from bygd.sources.conventions import Scheme
from bygd.vocabulary import tables
from bygd.vocabulary.ids import org_id

WRITTEN, REPAIRED = "as written", "leading zeros restored"
FORMER, FORMER_REPAIRED = "former number", "former number, leading zeros restored"
READ = pa.schema(
    [("org_number", pa.string()), ("org_id", pa.string()), ("how", pa.string()), ("is_checked", pa.bool_())]
)
FOLLOWED = pa.schema([("supplier_key", pa.string()), ("org_id", pa.string()), ("final_id", pa.string())])


# Numbers that stand in no register, of organisations whose place somebody took.
GONE = """
    SELECT s.supplier_key, r.org_id, d.last_paid_on
    FROM suppliers s JOIN linkage_read r USING (org_number) LEFT JOIN linkage_dealings d USING (supplier_key)
    WHERE NOT s.is_masked AND r.org_id IN (SELECT org_id FROM successions)
        AND r.org_id NOT IN (SELECT org_id FROM organisations)
"""

# Which organisations of successions stand in a register.
STANDING = """
    SELECT org_id FROM organisations
    WHERE org_id IN (SELECT org_id FROM successions UNION ALL SELECT successor_id FROM successions)
"""


@dataclass(frozen=True)
class ReadNumber:
    """An organisation number that is valid in its scheme, and how it was found in the cell."""

    org_id: str
    how: str
    is_checked: bool


def read_number(text: str, schemes: Iterable[Scheme]) -> tuple[ReadNumber, ...]:
    """The organisation numbers a cell may stand for, one a scheme at most; empty where none is valid.

    Blanks, punctuation and a spreadsheet's `.0` or `,00` are taken off, then the scheme's prefixes and VAT
    suffix, then lost leading zeros are put back. `is_checked` tells whether a check digit agreed.
    """
    # Three noughts behind a point or comma are thousands, not decimals.
    raw = re.sub(r"[.,]0{1,2}$", "", unicodedata.normalize("NFKC", text).strip().upper())
    raw = re.sub(r"[^0-9A-Z]", "", raw)
    if not raw or len(raw) > 40:
        return ()
    return tuple(found for scheme in schemes if (found := _in_scheme(raw, scheme)))


def _in_scheme(raw: str, scheme: Scheme) -> ReadNumber | None:
    for form in _forms(raw, scheme):
        if _is_valid(form, scheme):
            return ReadNumber(org_id(scheme.id, form), WRITTEN, bool(scheme.validator))
    if scheme.pad:
        for form in _forms(raw, scheme):
            letters, digits = re.fullmatch(r"([A-Z]*)(.*)", form).groups()  # type: ignore[union-attr]
            if not digits:
                continue
            padded = letters + digits.zfill(scheme.pad - len(letters))
            if padded != form and _is_valid(padded, scheme):
                return ReadNumber(org_id(scheme.id, padded), REPAIRED, bool(scheme.validator))
    return None


def _forms(raw: str, scheme: Scheme) -> tuple[str, ...]:
    """The cell itself, then without the scheme's prefixes, then without its VAT suffix too."""
    forms = [raw]
    for prefix in scheme.strip:
        if prefix.isalnum():
            forms += [form[len(prefix) :] for form in forms if form.startswith(prefix)]
    if scheme.vat_suffix:
        # The suffix belongs to the VAT form, which is known by its prefix in letters.
        forms += [
            form.removesuffix(scheme.vat_suffix)
            for form in forms[1:]
            if form.endswith(scheme.vat_suffix) and raw[0].isalpha()
        ]
    return tuple(dict.fromkeys(form for form in forms if form))


def _is_valid(number: str, scheme: Scheme) -> bool:
    if not re.fullmatch(scheme.pattern, number) or not number.strip("0"):
        return False
    if not scheme.validator:
        return True
    validator: Any = importlib.import_module(f"stdnum.{scheme.validator}")
    return bool(validator.is_valid(number))


def propose_numbers(engine: DuckEngine, schemes: Iterable[Scheme]) -> None:
    """Leaves `linkage_numbers` (supplier_key, org_id, how, is_checked): suppliers found by number.

    A number that stands in no register is looked up among successions, and leads to who took that organisation's place.
    Leaves `linkage_claimed` (supplier_key, scheme, org_id) too: the number each supplier gives in a
    scheme, or that of the successor, whether or not the register has it, which speaks against organisations of other
    numbers. Reads suppliers, organisations, successions and `linkage_dealings`.
    Masked suppliers meet masked organisations only, by the pseudonym that both were given.
    """
    schemes = tuple(schemes)
    written = engine.rows(
        "SELECT DISTINCT org_number FROM suppliers WHERE NOT is_masked AND trim(org_number) <> '' ORDER BY org_number"
    )
    found = [
        {"org_number": row["org_number"], "org_id": number.org_id, "how": number.how, "is_checked": number.is_checked}
        for row in written
        for number in read_number(row["org_number"], schemes)
    ]
    engine.hold("linkage_read", pa.Table.from_pylist(found, schema=READ))
    _read_former(engine)
    engine.sql(
        "linkage_numbers",
        f"""
        SELECT s.supplier_key, o.org_id, r.how, r.is_checked
        FROM suppliers s JOIN linkage_read r USING (org_number) JOIN organisations o ON o.org_id = r.org_id
        WHERE NOT s.is_masked AND NOT o.is_masked
        UNION ALL
        SELECT f.supplier_key, o.org_id,
            CASE WHEN bool_or(f.how = '{WRITTEN}') THEN '{FORMER}' ELSE '{FORMER_REPAIRED}' END, bool_or(f.is_checked)
        FROM linkage_former f JOIN organisations o ON o.org_id = f.final_id WHERE NOT o.is_masked
        GROUP BY f.supplier_key, o.org_id
        UNION ALL
        SELECT s.supplier_key, o.org_id, 'same pseudonym', true
        FROM suppliers s
        JOIN organisations o ON o.is_masked AND substr(o.org_id, strpos(o.org_id, ':') + 1) = s.org_number
        WHERE s.is_masked AND trim(s.org_number) <> ''
        """,
    )
    engine.sql(
        "linkage_claimed",
        """
        SELECT s.supplier_key, split_part(coalesce(f.final_id, r.org_id), ':', 1) AS scheme,
            coalesce(f.final_id, r.org_id) AS org_id
        FROM suppliers s JOIN linkage_read r USING (org_number) LEFT JOIN linkage_former f USING (supplier_key, org_id)
        WHERE NOT s.is_masked AND r.how = ?
        """,
        WRITTEN,
    )
    for passing in ("linkage_read", "linkage_former"):
        engine.forget(passing)


def _read_former(engine: DuckEngine) -> None:
    """Leaves `linkage_former`: numbers of ledgers that are in no register, and who took their organisation's place."""
    # Without successions the register need not be looked through.
    known = engine.has(tables.successions) and engine.rows("SELECT 1 AS one FROM successions LIMIT 1")
    walked = succession.walk(engine, GONE, STANDING) if known else []
    found = [
        {"supplier_key": row["supplier_key"], "org_id": row["path"].partition(" > ")[0], "final_id": row["final_id"]}
        for row in walked
        if not row["problem"]
    ]
    engine.hold("linkage_followed", pa.Table.from_pylist(found, schema=FOLLOWED))
    engine.sql(
        "linkage_former",
        """
        SELECT f.*, r.how, bool_or(r.is_checked) AS is_checked
        FROM linkage_followed f JOIN suppliers s USING (supplier_key)
        JOIN linkage_read r ON r.org_number = s.org_number AND r.org_id = f.org_id GROUP BY ALL
        """,
    )
    engine.forget("linkage_followed")
