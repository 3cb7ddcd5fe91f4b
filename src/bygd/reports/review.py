"""A review in words: the case to judge, what one may answer, and how much narrower the range became."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bygd.linkage.audit import Precision
from bygd.linkage.cases import Candidate, Case
from bygd.reports.explanation import Explained, explain
from bygd.reports.grid import Grid, Head
from bygd.reports.translate import DASH, N_, Translator
from bygd.tools.spend import Item, Standing
from bygd.vocabulary import years
from bygd.vocabulary.words import AuditDraw, Reopened

HOURS_FROM = 120
"""Minutes of work from which on they are told in hours."""

BESIDE = 3
"""Candidates beside each other on a screen of eighty signs."""

ANSWERS = (
    ("s", N_("the same organisation as candidate 1")),
    ("1, 2, 3", N_("the same organisation as that candidate")),
    ("d", N_("candidate 1 is another organisation; d 2: candidate 2 is")),
    ("a", N_("in no register that was read")),
    ("u", N_("not sure; somebody else may look")),
    ("/…", N_("search the registers by words of a name, or by number")),
    ("x", N_("suppliers shown together are not one organisation: one by one")),
    ("k", N_("skip, the case comes again at the end")),
    ("b", N_("back: take the last judgement back")),
    ("q", N_("quit; what was judged is kept")),
)

NOTHING_JUDGED = N_("Nothing was judged in this session.")
BUILD_NEXT = N_("Run 'bygd build' to take the judgements into all figures.")
NOTHING_FOUND = N_("Nothing was found in the registers.")
NO_LINKS = N_("There are no links made by machine to draw from.")
AUDIT_ANSWERS = N_("r right, w wrong, u cannot tell, q quit")


def answers(translate: Translator) -> list[str]:
    """What one may answer, a line each."""
    return [f"  {key:<8} {translate(words)}" for key, words in ANSWERS]


def opening(now: Standing, returned: int, translate: Translator) -> list[str]:
    """What there is to do, and what one may answer."""
    _ = translate
    return [
        *progress(now, now, _)[-1:],
        *(
            [
                _.ngettext(
                    "{number} decided case comes back to be looked at again.",
                    "{number} decided cases come back to be looked at again.",
                    returned,
                )
            ]
            if returned
            else []
        ),
        *answers(_),
    ]


def case_lines(
    item: Item,
    left: int,
    currency: str,
    translate: Translator,
    back: Sequence[Mapping[str, Any]] = (),
    year_starts: int = years.JANUARY,
) -> tuple[list[str], Explained]:
    """The case in lines of text: what it is worth, who wrote it how, the money, why it is in doubt or comes back."""
    _ = translate
    worth = _(
        "A decision is expected to take {worth} of range away ({points}).",
        worth=_.round_money(item.worth, currency),
        points=points(item.shrink, _),
    )
    reasons = "; ".join(dict.fromkeys(_.word(Reopened(row["kind"])) for row in back))
    lines = [
        _.ngettext("{number} case left.", "{number} cases left.", left) + (f" {worth}" if item.worth else ""),
        *([_("Comes back: {reasons}. Said: {said}.", reasons=reasons, said=back[0]["said"])] if back else []),
        "",
        f"{item.case.name} · {item.case.anchor}",
        _("Purchases: {amount}", amount=_.money(item.amount, currency))
        + (
            " ("
            + "; ".join(f"{years.named(year, year_starts)}: {_.number(amount)}" for year, amount in item.years.items())
            + ")"
        ),
    ]
    others = [row for row in item.doubts if row["supplier_key"] != item.case.supplier_key]
    if others:
        listed = "; ".join(f"{row['name']} ({row['anchor']})" for row in others)
        lines.append(_("The judgement holds for these as well: {others}", others=listed))
    said = explain(item.case, translate, most=BESIDE)
    return [*lines, *said.sentences], said


def found(candidates: Sequence[Candidate], translate: Translator) -> Grid:
    """Organisations that a search found, numbered."""
    _ = translate
    return Grid(
        _("Found in the registers"),
        (Head(""), Head(_("Name"), is_row_head=True), Head(_("Number")), Head(_("Address"))),
        [
            (
                str(number),
                one.name + (f" ({_('ended')})" if one.status == "ended" else ""),
                one.org_id,
                " ".join(part for part in (one.postcode, one.town) if part) or DASH,
            )
            for number, one in enumerate(candidates, start=1)
        ],
    )


def progress(before: Standing, now: Standing, translate: Translator) -> list[str]:
    """How much narrower the range became, and what is left."""
    _ = translate
    lines = []
    if before != now:
        lines += narrowing(before, now, _)
    if not now.cases:
        return [*lines, _("No case is left that would narrow it.")]
    rest = Decimal(now.worth)
    minutes = max(1, round(now.effort))
    return [
        *lines,
        _.ngettext(
            "{number} case is left, expected to take {worth} of range away ({points}) in some {time}.",
            "{number} cases are left, expected to take {worth} of range away ({points}) in some {time}.",
            now.cases,
            worth=_.round_money(rest, now.currency),
            points=points(float(rest) / float(now.total) if now.total > 0 else None, _),
            time=time(minutes, _),
        ),
    ]


def narrowing(before: Standing, now: Standing, translate: Translator) -> list[str]:
    """The range before and now; nothing where none can be told. The difference is that of the figures shown."""
    _ = translate
    if before.points is None or now.points is None:
        return []
    ends = (before.low, before.high, now.low, now.high)
    low_before, high_before, low, high = (round(end or 0.0, 3) for end in ends)
    less = round(high_before - low_before - (high - low), 3) or before.points - now.points
    if round(abs(less), 4) == 0:
        same = N_("The share lies between {low} and {high}: the range did not change.")
        return [_(same, low=_.percent(low, 1), high=_.percent(high, 1))]
    message = (
        N_(
            "The share lies between {low} and {high}, before it was between {low_before} and {high_before}: "
            "the range became {points} narrower."
        )
        if less >= 0
        else N_(
            "The share lies between {low} and {high}, before it was between {low_before} and {high_before}: "
            "the range became {points} wider."
        )
    )
    said = {"low": low, "high": high, "low_before": low_before, "high_before": high_before}
    return [_(message, **{name: _.percent(end, 1) for name, end in said.items()}, points=points(abs(less), _))]


def time(minutes: float, translate: Translator) -> str:
    """A stretch of work: in minutes, and from two hours on in hours, which nobody has to divide."""
    if minutes < HOURS_FROM:
        return translate("{minutes} min", minutes=translate.number(max(1, round(minutes))))
    hours = round(minutes / 60)
    return translate.ngettext("{number} hour", "{number} hours", hours)


def points(fraction: float | None, translate: Translator) -> str:
    """A difference of fractions in percentage points."""
    if fraction is None:
        return DASH
    digits = 1 if abs(fraction) >= 0.001 or not fraction else 2
    return translate("{number} percentage points", number=translate.fixed(100 * fraction, digits))


def link_lines(case: Case, left: int, translate: Translator) -> tuple[list[str], Explained]:
    """A link of a random sample, in lines of text."""
    _ = translate
    said = explain(case, translate, most=BESIDE)
    lines = [
        _.ngettext("{number} link left to judge.", "{number} links left to judge.", left),
        "",
        f"{case.name} · {case.anchor}",
        *said.sentences,
        _("Is the link right?"),
    ]
    return lines, said


AUDITED = {
    AuditDraw.COUNT: N_("Of the links made by machine {value} are right, between {low} and {high}."),
    AuditDraw.MONEY: N_("Weighed by money {value} are right, between {low} and {high}."),
}

TOO_FEW = {
    AuditDraw.COUNT: N_(
        "How many of the links made by machine are right cannot be told yet: too few were judged. "
        "It is between {low} and {high}."
    ),
    AuditDraw.MONEY: N_("Weighed by money it is between {low} and {high}."),
}


def audited(found: Mapping[AuditDraw, Precision], translate: Translator) -> list[str]:
    """How many links are right, by count and by money, in sentences; none where nobody judged any."""
    _ = translate
    return [
        _(
            (TOO_FEW if precision.value is None else AUDITED)[drawn_by],
            value=_.percent(precision.value, 1),
            low=_.percent(precision.low, 1),
            high=_.percent(precision.high, 1),
        )
        for drawn_by, precision in found.items()
        if precision.asked
    ]
