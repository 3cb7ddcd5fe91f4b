"""Numbers of organisations in tables of one's own: cleaned as the country's schemes say, in SQL."""

from bygd.engine import DuckEngine
from bygd.sources.conventions import Conventions, Scheme
from bygd.sources.privacy import Finder
from bygd.sources.registers.register import lookup, text

OTHER = "OTHER"
"""Scheme of numbers that are of no scheme the country knows: `XX-OTHER`."""


def bare(column: str) -> str:
    """A number without a spreadsheet's `.0`, blanks and punctuation, in SQL; null where nothing is left."""
    return f"NULLIF(REGEXP_REPLACE(UPPER(REGEXP_REPLACE({column}, '[.,]0{{1,2}}$', '')), '[^0-9A-Z]', '', 'g'), '')"


def clean(conventions: Conventions, raw: str, scheme: str) -> str:
    """Scheme and number as the country's schemes write it, in SQL; other numbers under `XX-OTHER`."""
    other = text(f"{scheme or f'{conventions.country.upper()}-{OTHER}'}:")
    tried = [] if scheme else [case for known in conventions.schemes for case in _forms(raw, known)]
    whens = " ".join(f"WHEN {when} THEN {then}" for when, then in tried)
    return f"CASE {whens} ELSE {other} || {raw} END" if whens else f"{other} || {raw}"


def find_persons(engine: DuckEngine, into: str, relation: str, written: str, id: str, conventions: Conventions) -> None:
    """A passing relation (text, person) of the numbers in a column that are of no known scheme but of persons."""
    odd = engine.arrow(f"SELECT DISTINCT {written} FROM {relation} WHERE {id} IS NULL OR {id} LIKE '%-{OTHER}:%'")
    finder = Finder(conventions)
    persons = {cell: cell for cell in odd.column(0).to_pylist() if cell and finder.is_number(cell)}
    lookup(engine, into, persons, ("text", "person"))


def _forms(raw: str, scheme: Scheme) -> list[tuple[str, str]]:
    forms = [raw]
    for prefix in scheme.strip:
        if prefix.isalnum():
            rest = f"CASE WHEN STARTS_WITH({raw}, {text(prefix)}) THEN SUBSTR({raw}, {len(prefix) + 1}) END"
            forms.append(rest)
            if scheme.vat_suffix and prefix.isalpha():
                forms.append(f"REGEXP_REPLACE({rest}, '{scheme.vat_suffix}$', '')")
    if scheme.pad:
        letters = f"REGEXP_EXTRACT({raw}, '^[A-Z]*')"
        digits = f"SUBSTR({raw}, LENGTH({letters}) + 1)"
        forms.append(
            f"CASE WHEN LENGTH({raw}) < {scheme.pad} AND {digits} <> '' "
            f"THEN {letters} || LPAD({digits}, CAST({scheme.pad} - LENGTH({letters}) AS INTEGER), '0') END"
        )
    return [
        (f"REGEXP_FULL_MATCH({form}, {text(scheme.pattern)})", f"{text(scheme.id + ':')} || ({form})") for form in forms
    ]
