"""What an award report says, part by part, for the page and for the document."""

from collections.abc import Iterator
from fractions import Fraction

from bygd.parameters.sentences import in_language
from bygd.reports.grid import Grid, Head, Kind
from bygd.reports.tenders import told
from bygd.reports.tenders.award import Part
from bygd.reports.translate import Translator
from bygd.sources.errors import InputError
from bygd.tools import tenders as tool
from bygd.tools.tenders import MODELS, PriceModel
from bygd.web.people.written import moment, name
from bygd.web.procurements.tenders import inquiries, plan, standstill
from bygd.web.procurements.tenders.models import Tender
from bygd.web.procurements.tenders.words import Duty


def parts(tender: Tender, translate: Translator) -> list[Part]:
    """The report as far as the tender has come; before the award it says that it is none yet."""
    return [
        _decision(tender, translate),
        _about(tender, translate),
        *_method(tender, translate),
        *_inquiries(tender, translate),
        _bids(tender, translate),
        *_order(tender, translate),
        *_scores(tender, translate),
        _people(tender, translate),
        Part(translate("Before the contract is signed"), standstill.lines(tender, translate)),
    ]


def _decision(tender: Tender, _: Translator) -> Part:
    if tender.winner is None or tender.awarded_at is None:
        return Part(_("Decision"), [_("Draft: the contract is not awarded yet.")])
    return Part(
        _("Decision"),
        [
            _("The contract is awarded to {firm}, {at}.", firm=tender.winner.firm, at=moment(tender.awarded_at, _)),
            _("Reasons: {reason}", reason=tender.award_reason),
        ],
    )


def _about(tender: Tender, _: Translator) -> Part:
    rows = [
        (_("Number"), tender.numbered),
        (_("Institution"), tender.anchor),
        (_("CPV code"), tender.cpv or "–"),
        (_("Estimated value without VAT"), told.money(Fraction(tender.value), tender.currency, _)),
        (_("Open for bids from"), moment(tender.published_at, _) if tender.published_at else "–"),
        (_("Bids came until"), moment(tender.closes_at, _) if tender.closes_at else "–"),
        (_("Bids opened"), moment(tender.opened_at, _) if tender.opened_at else "–"),
    ]
    said = [tender.title]
    for one in tender.rounds.all():
        said.append(
            _("Revised bids were asked for, {at}, until {until}: {reason}",
              at=moment(one.asked_at, _), until=moment(one.closes_at, _), reason=one.reason)
        )  # fmt: skip
    return Part(_("What was bought"), said, grid=Grid("", (Head("", is_row_head=True), Head("")), rows))


def _method(tender: Tender, _: Translator) -> Iterator[Part]:
    model = PriceModel(tender.model)
    about = MODELS[model]
    one = plan.edition(tender)
    said = [f"{_.word(model)}. {_(about.about)}", _("Formula: {formula}", formula=about.formula)]
    if one is not None:
        title = in_language(one.title, _.language)
        said.append(
            _("Social value by {title}, {policy}, source: {source}.",
              title=title, policy=one.id, source=one.source.said(_.language))
        )  # fmt: skip
    weights = [(_("Price"), told.percent(Fraction(tender.price_weight), _))] if about.weighs else []
    weights += [
        (f"{each.code} {each.text_in(_.language)}", told.percent(Fraction(each.weight), _))
        for each in plan.scored(tender)
    ]
    heads = (Head(_("Criterion"), is_row_head=True), Head(_("Weight"), Kind.NUMBER))
    yield Part(_("How bids were compared"), said, grid=Grid("", heads, weights))


def _inquiries(tender: Tender, _: Translator) -> Iterator[Part]:
    said = []
    for place, one in inquiries.answered(tender.head):
        if one.answered_at is not None:
            said.append(f"{place}. {one.wording}")
            said.append(_("Answer, {at}: {answer}", at=moment(one.answered_at, _), answer=one.answer))
    if said:
        yield Part(_("Questions and answers"), said)


def _bids(tender: Tender, _: Translator) -> Part:
    rows = []
    for bid in tender.bids.exclude(firm=""):
        price = plan.price(tender, bid)
        rows.append(
            (
                bid.firm,
                bid.firm_number or "–",
                "–" if price is None else _.money(price, tender.currency, 2),
                bid.excluded or (_("revised since") if bid.replaced_at else _("compared")),
            )
        )
    heads = (Head(_("Bid"), is_row_head=True), Head(_("Number")), Head(_("Price"), Kind.NUMBER), Head(_("Standing")))
    return Part(_("Bids that came"), [], grid=Grid("", heads, rows))


def _order(tender: Tender, _: Translator) -> Iterator[Part]:
    try:
        scheme, bids = plan.scheme(tender), plan.compared(tender)
        ranked = tool.rank(scheme, bids)
    except InputError as error:
        yield Part(_("Ranking"), [_.said(error)])
        return
    yield Part(_("Ranking"), told.outcome(ranked, _), grid=told.table(ranked, tender.currency, _))
    yield Part(
        _("What the order hangs on"),
        [],
        [*told.dependence(scheme, bids, tender.currency, _), *told.sensitivity(scheme, bids, tender.currency, _)],
    )


def _scores(tender: Tender, _: Translator) -> Iterator[Part]:
    criteria = plan.scored(tender)
    heads = (Head(_("Criterion"), is_row_head=True), Head(_("Score"), Kind.NUMBER), Head(_("Reason")))
    for bid in tender.standing().filter(excluded="").prefetch_related("marks"):
        marks = plan.moderated(bid)
        rows = [
            (one.code, f"{marks[one.code].score} / {one.highest}", marks[one.code].reason)
            for one in criteria
            if one.code in marks
        ]
        yield Part(_("Scores of {firm}", firm=bid.firm), [], grid=Grid("", heads, rows))


def _people(tender: Tender, _: Translator) -> Part:
    members = list(tender.members.select_related("person"))
    rows = [
        (name(one.person, _), ", ".join(_.word(Duty(duty)) for duty in one.duties))
        for one in members
        if one.conflicted_at is None
    ]
    out = sum(one.conflicted_at is not None for one in members)
    said = [_("Declared a conflict of interest and took no part: {number}.", number=_.number(out))] if out else []
    heads = (Head(_("Who"), is_row_head=True), Head(_("Duties")))
    return Part(_("Who evaluated"), said, grid=Grid("", heads, rows))
