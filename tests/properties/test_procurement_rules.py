"""Whatever is asked: an answer or "unknown", never a crash; more money never opens a direct award; all has a source."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from string import Formatter

from hypothesis import given
from hypothesis import strategies as st

from bygd.tools.procurement import Answer, Buyer, Kind, Question, ask, rulebook
from bygd.tools.procurement.answer import Part
from bygd.vocabulary.words import Standing

COUNTRIES = ("eu", "gb", "nl", "se")
AMOUNTS = st.decimals(0, 100_000_000, places=2, allow_nan=False, allow_infinity=False) | st.sampled_from(
    [Decimal(text) for text in ("0", "0.01", "50000", "100000", "586907", "700000", "2389585", "216000", "207720")]
)

QUESTIONS = st.builds(
    Question,
    on=st.dates(date(2018, 1, 1), date(2027, 12, 31)),
    buyer=st.sampled_from(list(Buyer)),
    kind=st.sampled_from(list(Kind)),
    value=AMOUNTS,
    spent=AMOUNTS | st.just(Decimal(0)),
    cpv=st.sampled_from(["", "45000000", "85312000", "79500000-9", "15000000"]),
    vat=st.sampled_from(["", "with", "without"]),
    vat_rate=st.none() | st.sampled_from([Decimal("0"), Decimal("0.06"), Decimal("0.20"), Decimal("0.25")]),
    areas=st.sampled_from([(), ("Here",), ("Here", "Next door")]),
    urgent=st.booleans(),
    only_one=st.booleans(),
)


def openness(standing: Standing) -> int:
    """Two where a direct award is open, one where it may be, nought where it is closed but for an exception."""
    return {Standing.OPEN: 2, Standing.CLOSED: 0, Standing.DEPENDS: 0}.get(standing, 1)


@given(QUESTIONS, st.sampled_from(COUNTRIES))
def test_there_is_always_an_answer(question: Question, country: str) -> None:
    answer = ask(question, rulebook(country))
    assert answer.regime in (Standing.BELOW, Standing.ABOVE, Standing.UNKNOWN)
    assert answer.direct_award in (
        Standing.OPEN, Standing.CLOSED, Standing.DEPENDS, Standing.EXPLAIN, Standing.UNKNOWN
    )  # fmt: skip
    ids = [one.id for one in answer.statements]
    assert len(ids) == len(set(ids))
    order = list(Part)
    assert [order.index(one.part) for one in answer.statements] == sorted(
        order.index(one.part) for one in answer.statements
    )


@given(QUESTIONS, AMOUNTS, st.sampled_from(COUNTRIES))
def test_more_money_never_opens_a_direct_award(question: Question, more: Decimal, country: str) -> None:
    book = rulebook(country)
    before = openness(ask(question, book).direct_award)
    assert openness(ask(replace(question, value=question.value + more), book).direct_award) <= before
    assert openness(ask(replace(question, spent=question.spent + more), book).direct_award) <= before


@given(QUESTIONS, AMOUNTS, st.sampled_from(COUNTRIES))
def test_more_money_never_leads_below_the_threshold(question: Question, more: Decimal, country: str) -> None:
    order = (Standing.BELOW, Standing.UNKNOWN, Standing.ABOVE)
    known = order.index(ask(question, rulebook(country)).regime)
    raised = order.index(ask(replace(question, value=question.value + more), rulebook(country)).regime)
    # No threshold known at all is unknown for every amount.
    assert raised >= known


@given(QUESTIONS, st.sampled_from(COUNTRIES))
def test_every_statement_has_a_source_and_its_sentence_can_be_filled_in(question: Question, country: str) -> None:
    answer: Answer = ask(question, rulebook(country))
    for one in answer.statements:
        assert one.basis and all(basis.source.told and basis.source.href for basis in one.basis), one.id
        assert all(basis.since is None or basis.since <= question.on for basis in one.basis), one.id
        assert all(basis.checked for basis in one.basis if basis.verified and basis.from_pack), one.id
        for text in (one.message, *one.texts.values()):
            assert {name for _, name, _, _ in Formatter().parse(text) if name} <= set(one.values), one.id


@given(QUESTIONS, st.sampled_from(COUNTRIES))
def test_what_is_sure_does_not_change_when_vat_is_said_as_the_limits_count_it(question: Question, country: str) -> None:
    plain = replace(question, vat="", vat_rate=None)
    book = rulebook(country)
    counted = next(
        (one.value.vat for one in book.held(plain.on, plain.buyer, plain.kind or Kind.WORKS)["threshold"]), ""
    )
    said = replace(plain, vat=counted)
    assert ask(plain, book).direct_award == ask(said, book).direct_award
    assert ask(plain, book).regime == ask(said, book).regime
