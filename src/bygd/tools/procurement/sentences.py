"""The sentences that hold in every country; what a country says itself stands in its value files.

Each is the key of its translations in `locale/<language>/procurement.po`.
"""

REGIME = {
    "below": "{value} is below the threshold of {limit}: national rules.",
    "above": "{value} is at or above the threshold of {limit}: the full rules.",
    "near": "{value} is too near to a threshold that is not sure ({limit}): which rules hold cannot be told.",
    "none": "No threshold is known here for this day, buyer and purchase: which rules hold cannot be told.",
}

OUTDATED = {
    "below": "{value} is far below the latest threshold known here ({limit}; today's is not known): national rules.",
    "above": "{value} is far above the latest threshold known here ({limit}; today's is not known): the full rules.",
    "near": "{value} is too near to the latest threshold known here ({limit}; today's is not known): "
    "which rules hold cannot be told.",
}

DIRECT = {
    "open": "{total} is within the limit for direct awards, {limit}: a direct award is open.",
    "closed": "{total} is beyond the limit for direct awards, {limit}: a direct award is not open.",
    "near": "{total} is too near to a limit for direct awards that is not sure ({limit}): "
    "whether a direct award is open cannot be told.",
    "above": "The value is at or above the threshold: a direct award is not open.",
    "depends": "A direct award is open only if the narrow exception named below holds, and that must be shown.",
    "some": "{total} is beyond the ordinary limit for direct awards, but some purchases of this kind have a higher "
    "one, {limit}: whether this is one of them cannot be told here.",
    "none": "No limit for direct awards is known here for this day, buyer and purchase.",
    "sum": "Alone {value} would be within the limit for direct awards ({limit}), with {spent} bought before it would "
    "not. Whether the two must be added up is not known here.",
    "explain": "{total} is beyond the soft limit for direct awards, {limit}: "
    "a direct award must be explained in writing.",
    "free": "Below the threshold no limit for direct awards is set by law; the buyer's own rules may set one.",
    "regime": "Whether a direct award is open follows from which rules hold, and that cannot be told.",
}

DIRECT_OUTDATED = {
    "open": "{total} is far within the latest limit for direct awards known here ({limit}; today's is not known): "
    "a direct award is open.",
    "closed": "{total} is far beyond the latest limit for direct awards known here ({limit}; today's is not known): "
    "a direct award is not open.",
    "near": "{total} is too near to the latest limit for direct awards known here ({limit}; today's is not known): "
    "whether a direct award is open cannot be told.",
}

BAND = {
    "near": "{value} is too near to a line between two procedures that is not sure ({limit}): which of them is usual "
    "cannot be told.",
    "regime": "Which procedure is usual follows from which rules hold, and that cannot be told.",
}

SMALL_LOT = {
    "may": "Lots each worth less than {limit} may be let by the lighter rules, as long as all such lots together come "
    "to no more than {share}% of the whole.",
    "open": "The lot of {lot} may be let by the lighter rules: it is worth less than {limit}, and such lots come to "
    "{together}, within {share}% of the whole ({most}). The other lots follow the full rules.",
    "large": "The lot of {lot} is not worth less than {limit}: it follows the full rules.",
    "share": "Lots of {together} let by the lighter rules are more than {share}% of the whole ({most}): that is not "
    "open.",
    "near": "The lot of {lot} is too near to a limit that is not sure ({limit}): whether it may be let by the lighter "
    "rules cannot be told.",
    "regime": "Whether the lot needs an exception follows from which rules hold, and that cannot be told.",
    "none": "Below which value a lot may be let by the lighter rules is not known here for this day.",
}

SUM = "Added up: {value} for this purchase and {spent} already bought directly of the same kind this year, {total}."
NO_SPLIT = "A purchase must not be split to get below a limit."
VAT = {
    "with": "The value is taken to include VAT, as the limits do.",
    "without": "The value is taken to be without VAT, as the limits are.",
    "no_rate": "The limits count VAT differently from the value, and no rate was given: "
    "near a limit the answer is unknown.",
}
KIND = "The CPV code {cpv} stands for {kind}."
KIND_SERVICE = (
    "The CPV code {cpv} stands for {kind}; the list of social and other special services kept here may lack codes."
)
KIND_SOCIAL = "The CPV code {cpv} is listed among social and other special services; it was asked about as {kind}."
KIND_OTHER = (
    "The CPV code {cpv} stands for {kind}, but the purchase was asked about as {asked}: check which it mainly is."
)
CPV_OPEN = "Whether the CPV code {cpv} is among the social and other special services is not known here."
GUIDELINE_ASK = "The buyer's own guidelines: ask at least {ask} suppliers."

MESSAGES = (
    *(one for group in (REGIME, OUTDATED, DIRECT, DIRECT_OUTDATED, BAND, VAT, SMALL_LOT) for one in group.values()),
    *(SUM, NO_SPLIT, KIND, KIND_SERVICE, KIND_SOCIAL, KIND_OTHER, CPV_OPEN, GUIDELINE_ASK),
)
"""All of them; a test sees that each is translated."""
