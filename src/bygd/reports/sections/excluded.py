"""What was left out? Payments that are no purchases, by the rule that caught them."""

from decimal import Decimal
from functools import partial

from bygd.reports.charts import kinds
from bygd.reports.charts.theme import NARROW
from bygd.reports.grid import Grid, Head, Kind
from bygd.reports.section import Picture, Section
from bygd.reports.sections.rings import money_and_share, suppliers
from bygd.reports.subject import Subject
from bygd.vocabulary.words import NotProcurement


def section(subject: Subject) -> Section:
    """Money left out by reason and rule, beside all that was paid."""
    _ = subject.translate
    paid = subject.engine.rows("SELECT SUM(amount) AS amount FROM spend WHERE currency = ?", subject.currency)
    everything = paid[0]["amount"] or Decimal(0)
    by_reason = subject.parts("reason", where="NOT is_procurement")
    is_by_rule = not subject.is_public
    by_rule = subject.parts("reason", "rule", where="NOT is_procurement") if is_by_rule else by_reason
    rows = [
        {"name": _.word(NotProcurement(part.key[0])), "value": part.amount}
        for part in by_reason
        if part.amount is not None
    ]
    draw = partial(kinds.excluded, rows, _, currency=subject.currency)
    pictures = [Picture("excluded", draw(), draw(width=NARROW))]
    heads = (
        *(
            [Head(_("Rule"), is_row_head=True), Head(_("Reason"))]
            if is_by_rule
            else [Head(_("Reason"), is_row_head=True)]
        ),
        Head(_("Sum"), Kind.MONEY),
        Head(_("Share of all payments"), Kind.SHARE),
        Head(_("Recipients"), Kind.NUMBER),
    )
    grid = Grid(
        _("Payments left out, by rule") if is_by_rule else _("Payments left out, by reason"),
        heads,
        [
            (
                *([subject.rules.get(part.key[1], part.key[1])] if is_by_rule else []),
                _.word(NotProcurement(part.key[0])),
                *money_and_share(part, everything),
                suppliers(part),
            )
            for part in by_rule
        ],
    )
    out = everything - subject.purchases
    intro = [
        _("How much was left out may not be published.")
        if "spend.total" in subject.withheld
        else _(
            "Of {paid} paid, {out} ({share}) is left out, because a buyer could not have placed it elsewhere: "
            "payments to public bodies, grants, pay, tax and the like.",
            paid=subject.money(everything),
            out=subject.money(out),
            share=_.percent(float(out / everything) if everything else None),
        ),
        _("The rules are visible and can be changed in the project."),
    ]
    return Section(
        "excluded",
        _("What was left out, and by which rule?"),
        intro if by_rule else [_("No payments were left out.")],
        pictures if rows and len(rows) == len(by_reason) else [],
        [grid] if by_rule else [],
        figures=[
            *subject.named("spend.total"),
            *subject.named("spend.procurement"),
            *(figure for figure in subject.named("spend.excluded.") if figure.value or figure.id in subject.withheld),
        ],
    )
