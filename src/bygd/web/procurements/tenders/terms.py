"""Terms of price and time as the log of a tender keeps them, and in words; older entries bear them in a row."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from bygd.reports.tenders import told
from bygd.reports.translate import N_, Translator
from bygd.tools.tenders import PriceModel
from bygd.web.people.written import moment
from bygd.web.procurements.tenders.models import Tender

TIMES = ("closes_at", "questions_until", "negotiates")
"""What all lots of a procedure share of these terms."""
LABELS = {
    "model": N_("How price and quality are weighed"),
    "price_weight": N_("Weight of price"),
    "highest": N_("Highest score of own criteria"),
    "lines": N_("What is priced"),
    "none_at": N_("Price that gives no points"),
    "full_at": N_("Price that gives all points"),
    "quality_value": N_("What the best quality is worth"),
    "fixed_price": N_("The fixed price"),
    "closes_at": N_("Bids come until"),
    "questions_until": N_("Bidders may ask until"),
    "negotiates": N_("Revised bids"),
}
OF_PRICE = tuple(LABELS)
ROW = re.compile(r"([a-z_]+) (\d[\d.]*)(?: (\d{4}-\d\d-\d\d \d\d:\d\d.*))?")
"""As it was kept at first: the model, the weight of price, until when bids come."""


def kept(tender: Tender) -> dict[str, Any]:
    """The terms as texts, numbers and lists."""
    return {name: _plain(getattr(tender, name)) for name in LABELS}


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, str]:
    """What was otherwise and what is now, for the log; two empty texts where nothing changed."""
    changed = [name for name in LABELS if before[name] != after[name]]
    if not changed:
        return "", ""
    was, now = ({name: one[name] for name in changed if one[name]} for one in (before, after))
    return json.dumps(was, ensure_ascii=False), json.dumps(now, ensure_ascii=False)


def in_words(text: str, currency: str, translate: Translator) -> str:
    """What the log keeps of terms, in words; any other text as it is."""
    row = ROW.fullmatch(text.strip())
    if row and row[1] in list(PriceModel):
        said: Any = {"model": row[1], "price_weight": row[2], "closes_at": row[3]}
    else:
        try:
            said = json.loads(text)
        except ValueError:
            return text
    if not isinstance(said, dict) or not said.keys() <= LABELS.keys():
        return text
    shown = _shown(currency, translate)
    return "; ".join(f"{translate(LABELS[name])}: {shown(name, value)}" for name, value in said.items() if value)


def _shown(currency: str, translate: Translator) -> Callable[[str, Any], str]:
    def shown(name: str, value: Any) -> str:
        if name == "model":
            return translate.word(PriceModel(value))
        if name == "price_weight":
            return told.percent(Fraction(value), translate)
        if name in ("closes_at", "questions_until"):
            return moment(datetime.fromisoformat(value), translate)
        if name == "lines":
            return ", ".join(map(str, value))
        if name == "negotiates":
            return translate("may be asked for")
        return str(value) if name == "highest" else translate.money(Decimal(value), currency, 2)

    return shown


def _plain(value: Any) -> Any:
    if not value:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, list):
        return [
            f"{one['code']} = {next(iter(one['text'].values()))} {one['quantity']} {one['unit']}".strip()
            for one in value
        ]
    return value
