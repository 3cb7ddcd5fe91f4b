"""Chosen: which cases of the queue are looked at and in which order; it stands in the address."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from bygd.reports.translate import N_
from bygd.vocabulary.words import Word
from bygd.web.pages.review.desk import Desk
from bygd.workbench.review.queue import Waiting


class Order(Word):
    """What comes first."""

    RANGE = "range", N_("What narrows the range most for a minute")
    MONEY = "money", N_("Most money")
    SCORE = "score", N_("Most probable")


class Band(Word):
    """How probable the best candidate is."""

    HIGH = "high", N_("90 % or more")
    MIDDLE = "middle", N_("50 to 90 %")
    LOW = "low", N_("Less than 50 %")
    NONE = "none", N_("No candidate")


class State(Word):
    """What became of the case."""

    OPEN = "open", N_("Not decided")
    BACK = "back", N_("Decided and to be looked at again")
    DECIDED = "decided", N_("Decided since the last build")


@dataclass(frozen=True)
class Chosen:
    """One choice of cases. Values that mean nothing are passed over."""

    order: Order = Order.RANGE
    band: Band | None = None
    anchor: str = ""
    state: State = State.OPEN
    text: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Chosen":
        """From what stands in an address or a form."""
        orders, bands, states = set(Order), set(Band), set(State)
        return cls(
            order=Order(asked["order"]) if asked.get("order") in orders else Order.RANGE,
            band=Band(asked["band"]) if asked.get("band") in bands else None,
            anchor=asked.get("anchor", "").strip(),
            state=State(asked["state"]) if asked.get("state") in states else State.OPEN,
            text=asked.get("text", "").replace("\x00", "").strip()[:100],
        )

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Names and values of what was chosen otherwise than usual."""
        usual = Chosen()
        names = ("order", "band", "anchor", "state", "text")
        return [(name, str(value)) for name in names if (value := getattr(self, name)) != getattr(usual, name)]

    @property
    def query(self) -> str:
        """The same as it stands in an address; nothing where everything is as usual."""
        return urlencode(self.pairs)

    def pick(self, desk: Desk) -> list[Waiting]:
        """The cases chosen, in order."""
        words = folded(self.text).split()
        names = desk.held.keep("review folded", lambda: _names(desk.cases)) if words else {}
        found = [
            case
            for case in desk.cases
            if self._fits(case, desk) and all(word in names[case.case_key] for word in words)
        ]
        if self.order is Order.MONEY:
            found.sort(key=lambda case: (-abs(case.amount), case.case_key))
        elif self.order is Order.SCORE:
            found.sort(key=lambda case: (-(case.score or 0.0), -abs(case.amount), case.case_key))
        return found

    def _fits(self, case: Waiting, desk: Desk) -> bool:
        if self.state is State.DECIDED:
            is_state = not desk.is_open(case)
        else:
            is_state = desk.is_open(case) and (self.state is State.OPEN or bool(case.back))
        return (
            is_state
            and (not self.anchor or self.anchor in case.anchors)
            and (self.band is None or self.band is band(case))
        )


def _names(cases: Iterable[Waiting]) -> dict[str, str]:
    return {case.case_key: folded(" | ".join(case.names)) for case in cases}


def band(case: Waiting) -> Band:
    """How probable its best candidate is."""
    if case.score is None or case.candidate_id is None:
        return Band.NONE
    return Band.HIGH if case.score >= 0.9 else Band.MIDDLE if case.score >= 0.5 else Band.LOW


def folded(text: str) -> str:
    """A text for comparing: small letters without accents, so that 'asele' finds Åsele."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
