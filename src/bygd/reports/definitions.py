"""What each figure means, in the language of the report, by its id."""

from bygd.reports.subject import Subject
from bygd.reports.translate import N_
from bygd.vocabulary.figures import Figure
from bygd.vocabulary.words import LocalBy, NotProcurement, OwnershipKind, Ring

SHARE = N_("Share that stays in {area} ({local_by})")
MEAN = N_("Share that stays in {area}, mean of the institutions ({local_by})")
LEAKAGE = N_("Money that leaves {area} ({local_by})")
CHANGE = N_("Change of the share that stays in {area} ({local_by})")

NAMES = {
    "spend.total": (N_("All payments"), N_("All payments in the ledgers, purchases or not, credits subtracted.")),
    "spend.procurement": (
        N_("Purchases"),
        N_("Payments that no rule left out: money a buyer could have placed elsewhere, credits subtracted."),
    ),
    "spend.local_share.seat": (
        SHARE,
        N_(
            "Purchases from suppliers with their registered office in {area}, divided by all purchases whose "
            "supplier could be placed. Institutions are added up before dividing, so large ones weigh more."
        ),
    ),
    "spend.local_share.branch": (
        SHARE,
        N_(
            "Purchases from suppliers with a branch or their invoicing address in {area}, divided by all purchases "
            "whose supplier could be placed. Institutions are added up before dividing, so large ones weigh more. "
            "Suppliers whose branch is not known count by their registered office."
        ),
    ),
    "spend.local_share.either": (
        SHARE,
        N_(
            "Purchases from suppliers with their registered office or a branch in {area}, divided by all purchases "
            "whose supplier could be placed. Institutions are added up before dividing, so large ones weigh more."
        ),
    ),
    "spend.mean_local_share.seat": (
        MEAN,
        N_(
            "The simple mean of the institutions' own shares; local are suppliers with their registered office in "
            "{area}."
        ),
    ),
    "spend.mean_local_share.branch": (
        MEAN,
        N_(
            "The simple mean of the institutions' own shares; local are suppliers with a branch or their invoicing "
            "address in {area}."
        ),
    ),
    "spend.mean_local_share.either": (
        MEAN,
        N_(
            "The simple mean of the institutions' own shares; local are suppliers with their registered office or a "
            "branch in {area}."
        ),
    ),
    "spend.leakage.seat": (
        LEAKAGE,
        N_("Purchases from suppliers that could be placed and have their registered office outside {area}."),
    ),
    "spend.leakage.branch": (
        LEAKAGE,
        N_("Purchases from suppliers that could be placed and have neither branch nor invoicing address in {area}."),
    ),
    "spend.leakage.either": (
        LEAKAGE,
        N_("Purchases from suppliers that could be placed and have neither registered office nor branch in {area}."),
    ),
    "spend.change.local_share.seat": (
        CHANGE,
        N_(
            "The share in the last year less the share in the first, for the institutions with purchases in both; "
            "local are suppliers with their registered office in {area}."
        ),
    ),
    "spend.change.local_share.branch": (
        CHANGE,
        N_(
            "The share in the last year less the share in the first, for the institutions with purchases in both; "
            "local are suppliers with a branch or their invoicing address in {area}."
        ),
    ),
    "spend.change.local_share.either": (
        CHANGE,
        N_(
            "The share in the last year less the share in the first, for the institutions with purchases in both; "
            "local are suppliers with their registered office or a branch in {area}."
        ),
    ),
    "spend.excluded": (N_("Left out: {reason}"), N_("Payments left out of the purchases. Reason: {reason}.")),
    "spend.ownership_share": (
        N_("Ownership: {kind}"),
        N_(
            "Purchases from suppliers of this kind, divided by all purchases from suppliers whose kind "
            "is known: {kind}."
        ),
    ),
    "spend.concentration.hhi": (
        N_("Concentration (Herfindahl–Hirschman)"),
        N_(
            "The sum of the suppliers' squared percentage shares of purchases: near nought for very many equal "
            "suppliers, 10,000 for a single one. Suppliers with more credits than payments are left out."
        ),
    ),
    "spend.concentration.gini": (
        N_("Unevenness (Gini)"),
        N_(
            "The Gini coefficient of purchases over suppliers: nought if all got the same, near one if one got all. "
            "Suppliers with more credits than payments are left out."
        ),
    ),
    "spend.other_currency": (
        N_("Paid in {currency}"),
        N_("Money paid in {currency}, which no other figure counts."),
    ),
    "spend.concentration": (
        N_("Share of the {number} largest suppliers"),
        N_(
            "Purchases from the {number} largest suppliers, divided by all purchases. Suppliers with more credits than "
            "payments are left out."
        ),
    ),
    "spend.deprived_share": (
        N_("Share spent in deprived areas"),
        N_(
            "Purchases from suppliers whose branch, or else registered office, lies in the most deprived fifth of "
            "areas, "
            "divided by all purchases where this is known."
        ),
    ),
    "spend.linked_share": (
        N_("Share of purchases whose supplier was found in a register"),
        N_("Purchases from suppliers that were linked to an organisation in a register, divided by all purchases."),
    ),
    "spend.doubtful": (
        N_("Doubtful purchases"),
        N_("Purchases from suppliers that could not be found in a register or not be placed."),
    ),
    "linkage.audited_precision": (
        N_("Links made by machine that are right"),
        N_(
            "As people judged a random sample in which every link had the same chance. The bounds hold with 95% "
            "confidence, with all that could not be told wrong and with all of it right. Links are as they were before "
            "wrong ones were mended; the share is not given where fewer than 20 draws were judged."
        ),
    ),
    "linkage.audited_precision_by_money": (
        N_("Links made by machine that are right, weighed by money"),
        N_(
            "The share of purchases over links made by machine that runs over right ones, as people judged a random "
            "sample in which a link's chance was in proportion to its money. The bounds hold with 95% confidence, with "
            "all that could not be told wrong and with all of it right. Links are as they were before wrong ones were "
            "mended; the share is not given where fewer than 20 draws were judged."
        ),
    ),
}


def prefix(id: str) -> str | None:
    """The longest known prefix of a figure's id, or None for an id that this report does not know."""
    return max((known for known in NAMES if id == known or id.startswith(known + ".")), key=len, default=None)


def name(figure: Figure, subject: Subject) -> str:
    """A figure's name in the report's language; its id where the name is not known."""
    known = prefix(figure.id)
    return figure.id if known is None else subject.translate(NAMES[known][0], **_values(figure, subject))


def definition(figure: Figure, subject: Subject) -> str:
    """How a figure is counted, in the report's language; in English where no translation is known."""
    known = prefix(figure.id)
    return figure.definition if known is None else subject.translate(NAMES[known][1], **_values(figure, subject))


def _values(figure: Figure, subject: Subject) -> dict[str, str]:
    """What the placeholders of a figure's name and definition stand for, read from its id."""
    _ = subject.translate
    parts = figure.id.split(".")
    last = parts[-1]
    values = {"number": last.removeprefix("top_"), "area": subject.local_area(), "reason": "", "kind": ""}
    values |= {"currency": last.upper(), "local_by": ""}
    if len(parts) > 2 and parts[-2] in set(LocalBy):
        values["local_by"] = _.word(LocalBy(parts[-2])).lower()
    if last in set(Ring):
        ring = Ring(last)
        values["area"] = subject.area(subject.rings[ring]) if ring in subject.rings else _.word(ring)
    if parts[1] == "excluded" and last in set(NotProcurement):
        values["reason"] = _.word(NotProcurement(last))
    if parts[1] == "ownership_share" and last in set(OwnershipKind):
        values["kind"] = _.word(OwnershipKind(last))
    return values
