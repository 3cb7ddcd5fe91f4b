"""Rights: who may do what. One table; everything that answers a request asks it."""

from dataclasses import dataclass

from bygd.web.people.words import Right, Role

EVERYONE = frozenset(Role)

GRANTED: dict[Right, frozenset[Role]] = {
    Right.SEE_POOL: EVERYONE,
    Right.SEE_ROWS: frozenset({Role.ANCHOR_MEMBER}),
    Right.ADD_LEDGER: frozenset({Role.ANCHOR_MEMBER}),
    Right.ADD_REGISTER: frozenset({Role.ANALYST}),
    Right.BUILD: frozenset({Role.ANALYST}),
    Right.REVIEW: frozenset({Role.ANALYST}),
    Right.CORRECT: frozenset({Role.ANALYST}),
    Right.PUBLISH: frozenset({Role.ANALYST}),
    Right.PROCURE: frozenset({Role.BUYER}),
    Right.FACILITATE: frozenset({Role.FACILITATOR}),
    Right.SEE_PEOPLE: frozenset({Role.ANCHOR_MEMBER, Role.ADMINISTRATOR}),
    Right.LET_IN: frozenset({Role.ANCHOR_MEMBER}),
    Right.MANAGE_PEOPLE: frozenset({Role.ADMINISTRATOR}),
}
"""Who has a right by a role. The administrator is no reader of ledgers."""

OF_AN_ANCHOR = frozenset({Right.SEE_ROWS, Right.ADD_LEDGER, Right.LET_IN})
"""Rights that hold for the anchors of which one is a member, and for no others."""


@dataclass(frozen=True)
class Access:
    """What one person may do in one place: their roles there and the anchors whose member they are."""

    roles: frozenset[Role] = frozenset()
    anchors: frozenset[str] = frozenset()

    def may(self, right: Right, anchor: str | None = None) -> bool:
        """Whether the right is theirs. One of an anchor holds for that anchor, or with none named for any at all."""
        if not self.roles & GRANTED[right]:
            return False
        if right in OF_AN_ANCHOR:
            return bool(self.anchors) if anchor is None else anchor in self.anchors
        return True


NOBODY = Access()
