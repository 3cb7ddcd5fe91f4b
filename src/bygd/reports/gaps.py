"""Gaps in words and tables: why one ranks where it does, who to invite, and what a split comes to."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import cast

from bygd.parameters.named import Named
from bygd.reports.grid import Grid, Head, Kind
from bygd.reports.industries import industry
from bygd.reports.translate import N_, Translator
from bygd.scope import Covered, Lengths
from bygd.tools.gaps import Evidence, Firm, Gap, Reason, Splitting
from bygd.tools.gaps.capacity import SMALL_FIRMS, Rest
from bygd.vocabulary.words import Influence, SizeBand

EVIDENCE = {
    Evidence.PAID: N_("Firms of these industries were paid for it."),
    Evidence.WORDS: N_("Nobody paid for it has a known industry; these sell what the words of the account mean."),
}
FEW = N_("so few payments that they count as a year's")
SHORT = N_("stretched to twelve months")
LONG = N_("brought to twelve months")
NOT_GIVEN = N_("No category in the ledger")


def label(gap: Gap, _: Translator) -> str:
    """What a kind of purchase is called: the ledger's words."""
    return gap.label or _(NOT_GIVEN)


def reasons(gap: Gap, currency: str, _: Translator) -> list[str]:
    """Why a gap stands where it stands, one sentence each, the weightiest first."""
    say: dict[Reason, Callable[[], str]] = {
        Reason.NOT_OURS: lambda: _("It cannot be influenced: {reason}", reason=because(gap, _)),
        Reason.LEAVES: lambda: leaves(gap, currency, _),
        Reason.NO_INDUSTRY: lambda: _("Which industries supply it is not known."),
        Reason.NO_REGISTER: lambda: _(
            "Who could supply it is not known: no register that was read tells the industries of firms around."
        ),
        Reason.NO_FIRMS: lambda: _("No firm of the industries that supply it is known in the region."),
        Reason.FIRMS: lambda: able(gap, _),
        Reason.ROOTED: lambda: _.ngettext(
            "{number} of them is a co-operative, an association or owned by its employees.",
            "{number} of them are co-operatives, associations or owned by their employees.",
            gap.rooted,
        ),
        Reason.LOTS: lambda: lots(gap, currency, _),
        Reason.ENDS: lambda: ends(gap, _),
        Reason.POOLED: lambda: _("{number} institutions buy it.", number=_.number(gap.institutions)),
        Reason.STRETCHED: lambda: stretched(gap.lengths, _),
    }
    return [text for reason in gap.reasons if (text := say[reason]())]


def lead(gaps: Sequence[Gap], currency: str, _: Translator) -> str:
    """What is bought elsewhere in a year, and how much of it firms of the place could carry as far as known."""
    ours = [gap for gap in gaps if gap.influence.influence is not Influence.NO]
    known = [gap for gap in ours if gap.is_known]
    total = _.round_money(sum((gap.yearly for gap in ours), Decimal(0)), currency)
    home = _.round_money(sum((gap.reach[1] for gap in known), Decimal(0)), currency)
    bought = (
        _("At least {total} a year is bought elsewhere.", total=total)
        if any(is_open(gap) for gap in gaps)
        else _("{total} a year is bought elsewhere.", total=total)
    )
    if len(known) == len(ours):
        carried = _("Firms of the place could carry at most {home} of it.", home=home)
    elif not known:
        carried = _("How much of it firms of the place could carry is not known.")
    else:
        carried = _.ngettext(
            "Firms of the place could carry at most {home} of it; of {number} kind that is not known.",
            "Firms of the place could carry at most {home} of it; of {number} kinds that is not known.",
            len(ours) - len(known),
            home=home,
        )
    return f"{bought} {carried}"


def leaves(gap: Gap, currency: str, _: Translator) -> str:
    """What leaves in a year, with its range where some of the money is in doubt, or whose it is may not be told."""
    amount = _.round_money(gap.yearly, currency)
    if is_open(gap):
        return _(
            "At least {low} a year is bought elsewhere, and at most {high}: ledgers cover {fewest} to {most} months.",
            low=amount,
            high=_.round_money(gap.high, currency),
            fewest=_.number(gap.lengths.fewest),
            most=_.number(gap.lengths.most),
        )
    if gap.low == gap.high:
        return _("{amount} a year is bought elsewhere.", amount=amount)
    return _(
        "{amount} a year is bought elsewhere; between {low} and {high}, since not all suppliers could be placed.",
        amount=amount,
        low=_.round_money(gap.low, currency),
        high=_.round_money(gap.high, currency),
    )


def is_open(gap: Gap) -> bool:
    """Whether a year can only be told from what to what, since ledgers differ and whose money it is may not be told."""
    return gap.bought is None and gap.lengths.differ


def covers(lengths: Lengths, _: Translator) -> str:
    """How many months the ledgers cover from which a year is told."""
    if lengths.differ:
        told = _(
            "A year is told from ledgers that cover {fewest} to {most} months.",
            fewest=_.number(lengths.fewest),
            most=_.number(lengths.most),
        )
    else:
        told = _.ngettext(
            "A year is told from ledgers that cover {number} month.",
            "A year is told from ledgers that cover {number} months.",
            lengths.fewest,
        )
    return f"{told} {stretched(lengths, _)}" if lengths.is_stretched else told


def stretched(lengths: Lengths, _: Translator) -> str:
    """That less than a year was stretched to one."""
    return _.ngettext(
        "One ledger covers {number} month only; it is stretched to a year as if all its months were alike.",
        "One ledger covers {number} months only; it is stretched to a year as if all its months were alike.",
        lengths.fewest,
    )


def ledgers(held: Mapping[str, Covered], _: Translator) -> Grid:
    """What each institution's ledger covers, for those who may see it."""
    heads = (
        Head(_("Institution"), is_row_head=True),
        Head(_("First month")),
        Head(_("Last month")),
        Head(_("Months covered"), Kind.NUMBER),
        Head(_("Told for a year")),
    )
    rows = [
        (
            anchor, f"{one.first:%Y-%m}", f"{one.last:%Y-%m}", one.months,
            _(FEW if one.is_few else SHORT if one.is_stretched else LONG),
        )
        for anchor, one in held.items()
    ]  # fmt: skip
    return Grid(_("What a year is told from"), heads, rows)


def able(gap: Gap, _: Translator) -> str:
    """How many firms could supply it, and how many of them are in the place itself."""
    return _.ngettext(
        "{number} firm of the region could supply it, {local} of it in the place itself.",
        "{number} firms of the region could supply it, {local} of them in the place itself.",
        gap.firms,
        local=_.number(gap.local),
    )


def lots(gap: Gap, currency: str, _: Translator) -> str:
    """How large a lot may be for the smallest firms around to carry it; empty where that is not known."""
    there = gap.by_size()
    for size in SMALL_FIRMS:
        number = gap.lots.get(size)
        if there[size] and number is not None and number > 1:
            return _(
                "In {lots} lots, of {amount} a year at most, firms of this size could carry one: {size}.",
                lots=_.number(number),
                amount=_.round_money(gap.yearly / number, currency),
                size=_.word(size).lower(),
            )
    return ""


def ends(gap: Gap, _: Translator) -> str:
    """When the first contract of the kind ends."""
    day = gap.ends_on
    if day is None and any(one.is_open for one in gap.endings):
        return _("There is a contract for it that is open-ended: it runs on options, and how long is not known.")
    return _("A contract for it ends on {day}.", day=_.day(day)) if day else _("There is a contract for it.")


def because(gap: Gap, _: Translator) -> str:
    """Why a gap can or cannot be influenced, in the words of who found it or of the rule that suggests it."""
    found = gap.influence
    return found.reason or found.texts.get(_.language) or found.texts.get("en") or _("no reason given")


def listing(gaps: Sequence[Gap], currency: str, _: Translator) -> Grid:
    """The ranked list as a table; empty where it cannot be told who could supply a kind."""
    heads = (
        Head(_("Place in the list"), Kind.NUMBER),
        Head(_("What is bought"), is_row_head=True),
        Head(_("Leaves a year"), Kind.MONEY),
        Head(_("At least"), Kind.MONEY),
        Head(_("At most"), Kind.MONEY),
        Head(_("Could come home a year, at most"), Kind.MONEY),
        Head(_("Firms of the region"), Kind.NUMBER),
        Head(_("Firms of the place"), Kind.NUMBER),
        Head(_("Institutions that buy it"), Kind.NUMBER),
        Head(_("Months covered by the shortest ledger"), Kind.NUMBER),
        Head(_("Months covered by the longest ledger"), Kind.NUMBER),
        Head(_("First contract ends"), Kind.DAY),
        Head(_("Can it be influenced?")),
        Head(_("Why it stands here")),
    )
    rows = [
        (
            one.position, label(one, _), one.yearly, one.low, one.high,
            *((one.reach[1], one.firms, one.local) if one.is_known else (None, None, None)),
            one.institutions, one.lengths.fewest, one.lengths.most, one.ends_on, _.word(one.influence.influence),
            " ".join(reasons(one, currency, _)),
        )
        for one in gaps
    ]  # fmt: skip
    return Grid(
        _("Where money could come home"), heads, cast(list[tuple[str | int | Decimal | date | None, ...]], rows)
    )


def invitations(firms: Sequence[Firm], _: Translator) -> Grid:
    """Firms to invite to a dialogue, as the registers say."""
    heads = (
        Head(_("Firm"), is_row_head=True),
        Head(_("Organisation number")),
        Head(_("Where the firm is")),
        Head(_("Size")),
        Head(_("Legal form")),
        Head(_("Kind of ownership")),
        Head(_("Industry")),
        Head(_("Invited on")),
        Head(_("What they answered")),
    )
    rows = [
        (
            one.name, one.org_id, one.area, _.word(one.size), one.form, _.word(one.ownership),
            industry(one.industry, _), "", "",
        )
        for one in firms
    ]  # fmt: skip
    return Grid(_("Firms to invite to a dialogue"), heads, rows)


def splitting(found: Splitting, _: Translator) -> Grid:
    """A purchase as it is and each lot of it, with who could carry it."""
    sizes = [size for size in SizeBand if size is not SizeBand.UNKNOWN]
    heads = (
        Head(_("Lot"), is_row_head=True),
        Head(_("Value"), Kind.MONEY),
        Head(_("In each period"), Kind.MONEY),
        Head(_("A year"), Kind.MONEY),
        *(Head(_.word(size)) for size in sizes),
        Head(_("Firms that could carry it"), Kind.NUMBER),
        Head(_("Firms of unknown size"), Kind.NUMBER),
    )
    rows: list[tuple[str | int | Decimal, ...]] = [
        (
            _("The whole, not split") if lot.number == 0 else _("Lot {number}", number=str(lot.number)),
            lot.value,
            lot.each_period,
            lot.yearly,
            *(fits(lot.fits[size], _) for size in sizes),
            lot.firms,
            lot.perhaps,
        )
        for lot in (found.whole, *found.lots)
    ]
    return Grid(_("Who could carry which lot"), heads, rows)


def fits(said: bool | None, _: Translator) -> str:
    """Whether firms of a size could carry a lot."""
    return _("not known") if said is None else _("yes") if said else _("no")


def rests(found: Sequence[Rest], _: Translator) -> list[tuple[str, str, Named, bool]]:
    """What was assumed of firms: label, value, where it stands, and whether somebody verified it."""
    said = []
    for one in found:
        if one.value is None:
            value = _("not known")
        elif one.unit == "share":
            value = _.percent(float(one.value))
        else:
            value = _.round_money(one.value, one.unit)
        said.append((one.label.get(_.language) or one.label["en"], value, one.source, one.verified))
    return said
