"""Glossary: the words of this house, what they mean, and how each is called in the three languages."""

from datetime import date

from bygd.reports import Translator
from bygd.reports.translate import LANGUAGES, N_
from bygd.vocabulary.words import (
    Judgement,
    LinkState,
    LocalBy,
    NotProcurement,
    OwnershipKind,
    Ring,
    SetAside,
    SizeBand,
    Word,
)
from bygd.web.languages import PACKAGE
from bygd.web.people.words import Role

TERMS = (
    (
        N_("Anchor institution"),
        N_("A municipality, region, public company, university or church that stays in the place and buys much there."),
    ),
    (N_("Ledger"), N_("The list of payments to suppliers that an institution's accounts hold.")),
    (
        N_("Purchase"),
        N_(
            "A payment that a buyer could have placed with another supplier. Pay, tax, grants and payments to "
            "public bodies are left out, by rules that can be seen."
        ),
    ),
    (
        N_("Local"),
        N_(
            "Within the area chosen, by the supplier's registered office, by its branch, or by either. The "
            "three give different figures; each figure says which was used."
        ),
    ),
    (
        N_("Ring"),
        N_(
            "One of the nested areas around the place: neighbourhood, municipality, county, country, and "
            "abroad. Each holds what is not in a smaller one."
        ),
    ),
    (N_("Local share"), N_("The part of the purchases that could be placed which went to local suppliers.")),
    (
        N_("Range"),
        N_("How low and how high a share could be: all money in doubt spent elsewhere, or all of it spent here."),
    ),
    (N_("Coverage"), N_("The part of the money that a figure rests on, because its supplier could be placed.")),
    (N_("Leakage"), N_("Purchases from suppliers that were placed outside the area.")),
    (
        N_("Withheld"),
        N_(
            "Not shown to everybody, because fewer than three suppliers stand behind it, or one dominates it, "
            "or another figure would give it away. It does not mean nought."
        ),
    ),
    (
        N_("Masked"),
        N_(
            "A private person or sole trader whose name and number were taken out when the file was read. "
            "They stand under a neutral label."
        ),
    ),
    (
        N_("Snapshot"),
        N_(
            "One finished build: all tables as they were found from the files and decisions of that day. It "
            "never changes."
        ),
    ),
    (N_("Match"), N_("That a supplier in a ledger is one particular organisation in a register.")),
    (
        N_("Decision"),
        N_(
            "What a person said about a match, a seat or a kind of ownership. Decisions are added and never "
            "edited; the latest counts."
        ),
    ),
    (
        N_("Method card"),
        N_("What stands behind every figure: definition, period, what it rests on, range, sources and snapshot."),
    ),
)
"""Terms and what they mean."""

LISTS: tuple[tuple[str, type[Word]], ...] = (
    (N_("Rings"), Ring),
    (N_("Definitions of local"), LocalBy),
    (N_("Kinds of ownership"), OwnershipKind),
    (N_("Sizes of suppliers"), SizeBand),
    (N_("What is known of a supplier"), LinkState),
    (N_("What a person may say of a match"), Judgement),
    (N_("Why money is left out"), NotProcurement),
    (N_("Why rows are set aside"), SetAside),
    (N_("Roles"), Role),
)

LOOKED_AT = date(2026, 11, 22)
"""When accessibility was last tested as the statement says."""


def lists(translate: Translator) -> list[tuple[str, list[list[str]]]]:
    """Headings in the reader's language, and each word's labels in every language, in the order of `LANGUAGES`."""
    speakers = [Translator(language, PACKAGE) for language in LANGUAGES]
    return [
        (translate(heading), [[speaker.word(word) for speaker in speakers] for word in words])
        for heading, words in LISTS
    ]
