"""Explanation: the evidence for a candidate or link, as one sentence."""

import json
from collections.abc import Mapping
from typing import Any

VARIANTS = {
    "as written": "The name as written",
    "trading as": "The trading name",
    "before trading as": "The name before 'trading as'",
    "before care of": "The name before 'care of'",
    "without brackets": "The name without its brackets",
    "in brackets": "The name in brackets",
    "before dash": "The name before the dash",
}

FORMS = {"same": "the legal form agrees", "differs": "the legal form differs"}


def explain(evidence: str | Mapping[str, Any]) -> str:
    """One plain sentence in English for the evidence of a candidate or of a link.

    `evidence` is the JSON text of those tables, or what it reads as. Unknown entries are passed over.
    """
    facts: Mapping[str, Any] = json.loads(evidence) if isinstance(evidence, str) else evidence
    parts = [part for part in (*_decision(facts), _number(facts), _name(facts), _standing(facts)) if part]
    if not parts:
        return "Nothing like it was found in the registers."
    sentence = "; ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _decision(facts: Mapping[str, Any]) -> list[str]:
    judgement = facts.get("judgement")
    if not judgement:
        return []
    who, when = facts.get("decided_by", "somebody"), str(facts.get("decided_at", ""))[:10]
    said = {
        "same": f"is {facts.get('decided_id')}",
        "absent": "is in no register",
        "unsure": "is not sure yet",
    }.get(str(judgement), str(judgement))
    parts = [f"{who} decided on {when} that it {said}"]
    if facts.get("in_register") is False:
        parts.append("that organisation is not in the registers that were read, so the decision waits")
    if facts.get("contradicted_by"):
        parts.append(f"{facts['contradicted_by']} said otherwise before")
    return parts


def _number(facts: Mapping[str, Any]) -> str:
    how = facts.get("number")
    if not how:
        return ""
    words = {
        "as written": "the organisation number on the ledger is in the register",
        "leading zeros restored": "the organisation number is in the register once lost leading zeros are restored",
        "same pseudonym": "ledger and register give the same masked number",
    }.get(str(how), "the organisation number on the ledger is in the register")
    return words if facts.get("number_agrees", True) else f"{words}, but the names have little in common"


def _name(facts: Mapping[str, Any]) -> str:
    registered = facts.get("registered_name")
    if not registered:
        return ""
    features = facts.get("features") or {}
    start = VARIANTS.get(str(facts.get("variant")), "The name")
    start = start[0].lower() + start[1:]
    if features.get("same_squeezed"):
        sentence = f"{start} is the registered name '{registered}' but for legal form and punctuation"
    else:
        sentence = f"{start} is {_percent(features.get('sorted'))} like the registered name '{registered}'"
    details = [FORMS.get(str(facts.get("form")), "")]
    if features.get("other_name"):
        details.append("which is a former or trading name")
    if features.get("digits_differ"):
        details.append("the numbers in the names differ")
    if features.get("is_ended"):
        details.append("the organisation has ended")
    if features.get("other_number"):
        details.append("but the ledger gives another organisation number")
    address = facts.get("address")
    if address == "elsewhere":
        details.append("the addresses differ")
    elif address not in (None, "not known"):
        details.append(str(address))
    return ", ".join([sentence, *filter(None, details)])


def _standing(facts: Mapping[str, Any]) -> str:
    score, margin = facts.get("score"), facts.get("margin")
    if score is None:
        return ""
    return f"score {score:.2f}" + ("" if margin is None or margin == 1 else f", margin to the next {margin:.2f}")


def _percent(value: object) -> str:
    return f"{float(value):.0%}" if isinstance(value, int | float) else "somewhat"
