"""Promises of the sample place: a few suppliers promised jobs, training and less carbon dioxide; not all of it came."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bygd.tools.promises import delivery_key, promise_key, remedy_key
from bygd.vocabulary import tables
from bygd.vocabulary.columns import Table
from bygd.vocabulary.contract_words import Adding, DeliveryState, Remedy

ENTERED = "Provupphandlare"
ENTERED_AT = datetime(2026, 1, 13, 8, 0)
REPORTED_AT = datetime(2026, 1, 15, 8, 0)
FIRST, LAST = date(2025, 1, 1), date(2027, 12, 31)
PEOPLE, HOURS, PERCENT = "persons", "hours", "percent"
V, R, X = DeliveryState.VERIFIED, DeliveryState.REPORTED, DeliveryState.DISPUTED

PROMISED: tuple[tuple[str, tuple[Any, ...]], ...] = (
    ("45000000", (
        ("1", "Sex personer som står långt från arbetsmarknaden får anställning", "Arbete", PEOPLE, 6,
         "2025-12-31 2; 2026-12-31 4", "Lista över antal och månader, utan namn",
         (("2025-06-30", 1, V, None), ("2025-12-31", 2, V, None))),
        ("2", "Lärlingsplatser för ungdomar från gymnasiet", "Arbete", PEOPLE, 4, "2025-12-31 2",
         "Intyg från skolan om antal", (("2025-12-31", 1, R, "En lärling började i augusti."),)),
    )),
    ("90910000", (
        ("1", "Praktik för personer i daglig verksamhet", "Arbete", HOURS, 600, "2025-06-30 100; 2025-12-31 200",
         "Timmar per månad", (("2025-06-30", 120, V, None), ("2025-12-31", 130, R, "Timmarna gäller två personer."))),
    )),
    ("77310000", (
        ("1", "Andel av maskintimmarna som körs på el", "Klimat", PERCENT, 60, "2025-12-31 30",
         "Utdrag ur maskinernas loggar", (("2025-06-30", 20, V, None), ("2025-12-31", 35, V, None))),
    )),
    ("15000000", (
        ("1", "Studiebesök för skolklasser hos producenterna", "Lokala företag", "times", 12, "2025-12-31 4", None,
         (("2025-12-31", 5, X, "Fem besök under hösten."),)),
    )),
)  # fmt: skip
"""CPV code of a contract, and what its supplier promised: code, sentence, theme, unit, target, milestones, evidence
needed, and reports (until which day, how much, what holds of it, a note)."""


def make(contracts: Iterable[Mapping[str, Any]]) -> dict[type[Table], list[dict[str, Any]]]:
    """Rows of promises, reports and remedies, always the same: on the first contract of each of some kinds."""
    signed = [one for one in contracts if one.get("supplier_name") and one.get("value")]
    made: dict[type[Table], list[dict[str, Any]]] = {
        tables.promise_entries: [], tables.delivery_entries: [], tables.remedy_entries: [],
    }  # fmt: skip
    for cpv, listed in PROMISED:
        contract = next((one for one in signed if one["cpv"] == cpv), None)
        for said in listed if contract is not None else ():
            row = _promise(contract["contract_key"], *said[:7])  # type: ignore[index]
            made[tables.promise_entries].append(row)
            made[tables.delivery_entries] += _reports(row["promise_key"], said[7], row["unit"] == PEOPLE)
    held = [row for row in made[tables.promise_entries] if row["code"] == "2"]
    made[tables.remedy_entries] += [_remedy(row["promise_key"]) for row in held]
    return made


def _promise(
    contract: str, code: str, title: str, theme: str, unit: str, target: int, steps: str, evidence: str | None
) -> dict[str, Any]:
    return {
        "promise_key": promise_key(contract, code),
        "contract_key": contract,
        "code": code,
        "title": title,
        "theme": theme,
        "unit": unit,
        "target": Decimal(target),
        "adding": Adding.LATEST if unit == PERCENT else Adding.SUM,
        "counts_people": unit == PEOPLE,
        "starts_on": FIRST,
        "due_on": LAST,
        "milestones": steps,
        "evidence": evidence,
        "withdrawn": False,
        "entered_by": ENTERED,
        "entered_at": ENTERED_AT,
    }


def _reports(key: str, reports: Iterable[Any], is_people: bool) -> Iterator[dict[str, Any]]:
    for day, number, state, note in reports:
        until = date.fromisoformat(day)
        yield {
            "delivery_key": delivery_key(key, until),
            "promise_key": key,
            "amount": Decimal(number),
            "period_to": until,
            "persons": number if is_people else None,
            "note": note,
            "state": state,
            "answer": "Vilka klasser var det? Vi hittar bara tre i våra listor." if state is X else None,
            "entered_by": ENTERED if state is not R else "supplier",
            "entered_at": REPORTED_AT,
        }


def _remedy(key: str) -> dict[str, Any]:
    agreed = date(2026, 1, 14)
    return {
        "remedy_key": remedy_key(key, Remedy.MORE_TIME, agreed),
        "promise_key": key,
        "remedy": Remedy.MORE_TIME,
        "agreed_on": agreed,
        "due_on": date(2028, 6, 30),
        "note": "Skolan hade inga elever under våren. En termin till.",
        "withdrawn": False,
        "entered_by": ENTERED,
        "entered_at": REPORTED_AT,
    }
