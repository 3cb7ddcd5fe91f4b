"""What each figure means, in one plain sentence or two; reports translate them by id."""

from bygd.tools.spend.measures import LEAST_COVERAGE
from bygd.tools.spend.selection import MOST_DEPRIVED
from bygd.vocabulary.words import LocalBy, NotProcurement, OwnershipKind, Ring

BY = {
    LocalBy.SEAT: "whose registered office is in the {ring}",
    LocalBy.BRANCH: "whose address on the ledger, or else nearest workplace in the register, is in the {ring}",
    LocalBy.EITHER: (
        "whose registered office or branch is in the {ring} (where only one of the two is known, that one counts)"
    ),
}

RINGS = {
    Ring.NEIGHBOURHOOD: "neighbourhood",
    Ring.MUNICIPALITY: "municipality",
    Ring.COUNTY: "county or region",
    Ring.COUNTRY: "country",
}

KINDS = {
    OwnershipKind.PUBLIC: "public bodies that no rule left out",
    OwnershipKind.DEMOCRATIC: "co-operatives, mutuals and other democratic enterprises",
    OwnershipKind.SOCIAL: "social and non-profit enterprises",
    OwnershipKind.EMPLOYEE_OWNED: "employee-owned companies",
    OwnershipKind.PRIVATE_INDEPENDENT: "private companies known to belong to no group",
    OwnershipKind.PRIVATE_GROUP: "private companies known to be part of a group",
    OwnershipKind.PRIVATE: "private companies of which it is not known whether they belong to a group",
    OwnershipKind.SOLE_TRADER: "sole traders",
    OwnershipKind.FOREIGN: "companies registered or owned abroad",
}

BOUNDS = (
    "The lower bound counts all money that could not be placed as elsewhere, the upper bound counts it as here. "
    f"No share is given where less than {LEAST_COVERAGE:.0%} of the money could be placed."
)

PLAIN = {
    "spend.total": "All money in the ledgers that could be read, credits subtracted.",
    "spend.procurement": (
        "Money paid for purchases: all money less what a rule left out, such as payments to public bodies, grants, "
        "pay, tax and benefits."
    ),
    "spend.linked_share": (
        "Share of procurement paid to suppliers that were found to be one particular organisation in a register."
    ),
    "spend.doubtful": (
        "Procurement paid to suppliers that could not be resolved to an organisation, or whose registered office and "
        "branch are both unknown."
    ),
    "spend.deprived_share": (
        "Share of procurement paid to suppliers whose branch, or else registered office, lies in the most deprived "
        f"{MOST_DEPRIVED * 10} % of areas. " + BOUNDS
    ),
    "spend.concentration.hhi": (
        "Herfindahl–Hirschman index of procurement over suppliers: the sum of squared percentage shares, from near 0 "
        "(many equal suppliers) to 10,000 (a single one). Suppliers with more credits than payments are left out. The "
        "upper bound gives all money of suppliers that are not linked to the largest supplier."
    ),
    "spend.concentration.gini": (
        "Gini coefficient of procurement over suppliers: 0 if all received the same, near 1 if one received all. "
        "Suppliers with more credits than payments are left out."
    ),
}

TOP = (
    "Share of procurement paid to the {n} largest suppliers. Suppliers with more credits than payments are left out. "
    "The upper bound gives all money of suppliers that are not linked to the largest supplier."
)


def definition(id: str) -> str:
    """The definition of the figure with that id. Raises KeyError where there is no such figure."""
    if id in PLAIN:
        return PLAIN[id]
    _, family, *rest = id.split(".")
    if family == "excluded":
        return f"Money left out of procurement, reason: {NotProcurement(rest[0]).label.lower()}."
    if family == "other_currency":
        return f"Money paid in {rest[0].upper()}, which no other figure counts."
    if family == "concentration":
        return TOP.format(n=rest[0].removeprefix("top_"))
    if family == "ownership_share":
        return (
            f"Share of procurement paid to {KINDS[OwnershipKind(rest[0])]}. The lower bound counts all money paid to "
            "suppliers of unknown ownership as paid to others, the upper bound counts it as paid to these."
        )
    by, ring = rest[-2:]
    who = BY[LocalBy(by)].format(ring=RINGS[Ring(ring)])
    if family == "local_share":
        return (
            f"Share of procurement paid to suppliers {who}: their money divided by all money that was placed. {BOUNDS}"
        )
    if family == "mean_local_share":
        return (
            f"Simple mean over the anchors of the share of procurement paid to suppliers {who}: every anchor counts "
            f"once, however much it buys. Anchors of which no share can be told are left out. {BOUNDS}"
        )
    if family == "leakage":
        return f"Procurement that leaves: money placed with suppliers other than those {who}. {_LEAK}"
    if family == "change":
        return (
            f"Change, between the first and the last year, of the share of procurement paid to suppliers {who}; only "
            "anchors with procurement in both years are counted. As a difference between fractions: 0.05 is five "
            "percentage points. The bounds combine the least favourable bounds of the two years."
        )
    raise KeyError(id)


_LEAK = "The lower bound counts all money that could not be placed as here, the upper bound counts it as elsewhere."
