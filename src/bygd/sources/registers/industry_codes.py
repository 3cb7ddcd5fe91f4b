"""Industry codes as a spreadsheet leaves them: one that lost its leading zero would be another industry's."""

from bygd.engine import DuckEngine

CLASS = 4
LOST = "[1-35-9]"
"""What can follow a leading nought: there are divisions 01 to 03 and 05 to 09."""


def mended(engine: DuckEngine, relation: str, column: str, digits: int) -> str:
    """SQL for the codes of a column of text, where the country's scheme has so many digits (nought: not fixed).

    A code that is one digit short either lost a leading zero or ends at its class. The column tells: where others have
    all digits, none begins with nought and none is a class for sure, zeros were lost and are put back; where nought
    still begins some, or no code is longer, they are classes. Where it does not tell, the code is not known.
    """
    if digits <= CLASS:
        return column
    short = f"^{LOST}[0-9]{{{digits - 2}}}$"
    found = engine.rows(
        f"""SELECT COUNT(*) FILTER (LENGTH(code) = {digits}) AS whole,
          COUNT(*) FILTER (LENGTH(code) = {digits} AND code LIKE '0%') AS noughts,
          COUNT(*) FILTER (LENGTH(code) = {digits - 1} AND NOT REGEXP_MATCHES(code, '{short}')) AS classes
        FROM (SELECT TRIM({column}) AS code FROM {relation}) AS codes WHERE REGEXP_MATCHES(code, '^[0-9]+$')"""
    )[0]
    if not found["whole"] or found["noughts"]:
        return column
    put_back = "NULL" if found["classes"] else f"CONCAT('0', TRIM({column}))"
    return f"CASE WHEN REGEXP_MATCHES(TRIM({column}), '{short}') THEN {put_back} ELSE {column} END"
