"""Matching: which suppliers of the ledgers are those of a contract, by number, pseudonym or name."""

from collections.abc import Mapping

from bygd.engine.dialect import literal


def _plain(name: str) -> str:
    """A name without case, accents, punctuation and double blanks, in SQL."""
    bare = f"TRANSLATE(LOWER({name}), 'àáâãäåçèéêëìíîïñòóôõöøùúûüýÿ', 'aaaaaaceeeeiiiinoooooouuuuyy')"
    signs = "[^0-9a-zāăąćčđēėęěğīįıłńňőœřśşšţťūůűųźżžæðþß]+"
    return f"NULLIF(TRIM(REGEXP_REPLACE({bare}, '{signs}', ' ', 'g')), '')"


SIGNED = f"""
    SELECT contract_key, anchor, supplier_id, {_plain("supplier_name")} AS plain,
           COALESCE(starts_on, signed_on) AS first_day, ends_on,
           COALESCE(longest_until, CASE WHEN options IS NOT NULL THEN DATE '9999-12-31' END, ends_on) AS longest,
           COALESCE(longest_until, ends_on) AS last_day -- the last that is known
    FROM contracts WHERE stage = 'signed'
"""

# Registers and ledgers spell one legal form in many ways: Ltd, Limited. The contract's name is had in all of them.
CALLED = """
    SELECT contract_key, anchor, plain FROM signed WHERE supplier_id IS NULL
    UNION
    SELECT s.contract_key, s.anchor, SUBSTRING(s.plain, 1, LENGTH(s.plain) - LENGTH(f.spelling)) || g.spelling AS plain
      FROM signed AS s JOIN forms AS f ON s.plain LIKE '% ' || f.spelling JOIN forms AS g ON g.family = f.family
     WHERE s.supplier_id IS NULL
    UNION
    SELECT s.contract_key, s.anchor, g.spelling || SUBSTRING(s.plain, LENGTH(f.spelling) + 1) AS plain
      FROM signed AS s JOIN forms AS f ON s.plain LIKE f.spelling || ' %' JOIN forms AS g ON g.family = f.family
     WHERE s.supplier_id IS NULL
"""

# Who is meant: by the organisation's number; a person by the pseudonym; by the name where no number is known.
MATCHED = f"""
    SELECT c.contract_key, s.supplier_key FROM signed AS c
      JOIN suppliers AS s ON s.anchor = c.anchor JOIN payees AS p ON p.supplier_key = s.supplier_key
     WHERE c.supplier_id IS NOT NULL AND p.org_id = c.supplier_id
    UNION
    SELECT c.contract_key, s.supplier_key FROM signed AS c
      JOIN suppliers AS s ON s.anchor = c.anchor AND s.org_number = c.supplier_id WHERE s.is_masked
    UNION
    SELECT c.contract_key, s.supplier_key FROM called AS c
      JOIN suppliers AS s ON s.anchor = c.anchor AND {_plain("s.name")} = c.plain
     WHERE NOT s.is_masked
    UNION
    SELECT c.contract_key, s.supplier_key FROM called AS c
      JOIN suppliers AS s ON s.anchor = c.anchor
      JOIN payees AS p ON p.supplier_key = s.supplier_key AND {_plain("p.name")} = c.plain
     WHERE NOT p.is_masked
"""


NO_FORM = "('-', '-')"
"""No name has a dash left."""


def matched(forms: Mapping[str, str]) -> str:
    """The relations `signed`, the contracts, and `matched`, contract_key and supplier_key, to stand after WITH.

    `forms` has for each spelling of a legal form its family, without accents: a contract with *Firm Ltd* is one with
    *FIRM LIMITED*, but none with *Firm* or *Firm PLC*. Reads contracts, suppliers and payees.
    """
    listed = ", ".join(f"({literal(spelling)}, {literal(family)})" for spelling, family in sorted(forms.items()))
    rows = f"SELECT * FROM (VALUES {listed or NO_FORM}) AS listed(spelling, family)"
    return f"signed AS ({SIGNED}),\nforms AS ({rows}),\ncalled AS ({CALLED}),\nmatched AS ({MATCHED})"
