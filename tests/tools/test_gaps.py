"""Market gaps: known answers on a small town, what adds up, and what is refused."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.lib.text_tables import fill
from tests.lib.town import payments, town

from bygd.countries import load
from bygd.engine import DuckEngine
from bygd.geography import Place
from bygd.parameters import load as values
from bygd.sources.errors import InputError
from bygd.tools import gaps
from bygd.tools.gaps import Capacity, Evidence, Gap, Reason, Split, Which, endings, firms, influence
from bygd.vocabulary import tables
from bygd.vocabulary.words import Influence, LocalBy, OwnershipKind, Ring, SizeBand

HERE = (Ring.NEIGHBOURHOOD, Ring.MUNICIPALITY)
CONVENTIONS = load("se").conventions()
TODAY = date(2026, 3, 1)
ABLE = Capacity(
    "EUR",
    {SizeBand.MICRO: Decimal(50), SizeBand.SMALL: Decimal(200), SizeBand.MEDIUM: Decimal(1000)},
    Decimal("0.05"),
    {"": Decimal(40), "81": Decimal(20)},
)
LEDGERS = """
    anchor | supplier | amount | year | seat         | industry | category   | org
    X      | Near     | 100    | 2019 | municipality | 81210    | Städning   | N
    X      | Far      | 300    | 2019 | country      | 81210    | Städning   | F
    X      | Far      | 300    | 2020 | country      | 81210    | städning   | F
    X      | Odd      | 10     | 2020 | country      | 62020    | Städning   | O
    X      | Mystery  | 40     | 2020 | unknown      | -        | Städning   | -
    Y      | Far Ltd  | 200    | 2020 | country      | 81210    | STÄDNING   | F
    Y      | Unsure   | -20    | 2020 | unknown      | -        | Städning   | -
    X      | Baker    | 90     | 2020 | municipality | 10710    | Bröd       | B
    X      | Grid     | 500    | 2020 | country      | 35130    | Elnät      | G
    X      | Nameless | 30     | 2020 | country      | -        | -          | -
    X      | Poet     | 60     | 2020 | country      | -        | Livsmedel  | -
"""
REGISTER = (
    # number, municipality, industry, size, form, other
    ("tiny", "1", "81210", "micro", "49", {}),
    ("coop", "1", "81290", "small", "51", {}),
    ("coop2", "1", "81210", "small", "51", {}),
    ("gone", "1", "81210", "small", "49", {"status": "ended"}),
    ("person", "1", "81210", "micro", "10", {"is_masked": "true"}),
    ("region", "2", "81210", "small", "49", {}),
    ("away", "3", "81210", "large", "49", {}),
    ("office", "1", "81210", "small", "81", {}),
    ("post", "", "81210", "unknown", "49", {"postcode": "100 01"}),
    ("food", "2", "46390", "small", "49", {}),
    ("holding", "1", "64200", "small", "49", {}),
)


@pytest.fixture
def place(engine: DuckEngine) -> Place:
    rows = payments(LEDGERS)
    for row in rows:
        row["org"] = "" if row["org"] == "-" else row["org"]
    found = town(engine, rows)
    own = engine.rows("SELECT * FROM organisations WHERE org_id NOT IN (SELECT org_id FROM organisations WHERE FALSE)")
    engine.register(tables.organisations, [*own, *(_firm(*one) for one in REGISTER)])
    covering(engine, X=("2019-01", 24), Y=("2019-01", 24))
    engine.register(
        tables.legal_forms,
        [
            {"legal_form": code, "label": code, "kind": kind, "is_verified": True, "source": "test"}
            for code, kind in (("49", "private"), ("51", "democratic"), ("81", "public"), ("10", "sole_trader"))
        ],
    )
    return found


def covering(engine: DuckEngine, **ledgers: tuple[str, int]) -> None:
    """Let each institution's ledger be of so many months from one on, whatever was paid in them."""
    rows = []
    for anchor, (first, number) in ledgers.items():
        year, month = map(int, first.split("-"))
        for one in range(month - 1, month - 1 + number):
            day = f"{year + one // 12}-{one % 12 + 1:02}-15"
            said = {"file_key": anchor, "anchor": anchor, "supplier_key": "s", "amount": "0", "paid_on": day}
            rows += [fill(tables.payments, {**said, "row_number": str(len(rows) + more)}) for more in range(5)]
    engine.register(tables.payments, rows)


def _firm(number: str, municipality: str, industry: str, size: str, form: str, more: dict[str, str]) -> dict[str, Any]:
    said = {
        "org_id": f"SE-ON:{number}", "name": number, "municipality": municipality or "-", "industry": industry,
        "size_band": size, "legal_form": form, "status": "active", "country": "se", "postcode": "-",
        "is_masked": "false", **more,
    }  # fmt: skip
    return fill(tables.organisations, said)


def run(engine: DuckEngine, place: Place, **more: Any) -> dict[str, Gap]:
    which = Which("EUR", LocalBy.SEAT, HERE, more.pop("anchors", ()), more.pop("years", ()))
    found = gaps.run(engine, place, which, CONVENTIONS, ABLE, today=TODAY, **more)
    assert [one.position for one in found] == list(range(1, len(found) + 1))
    return {one.label.lower(): one for one in found}


def test_what_leaves_of_a_kind_in_a_year_with_its_range(engine: DuckEngine, place: Place) -> None:
    """Two years: 810 are known to leave, 40 may, and a credit of 20 may take from it."""
    gap = run(engine, place)["städning"]
    assert (gap.yearly, gap.low, gap.high) == (Decimal(405), Decimal(395), Decimal(425))
    assert gap.bought is not None
    money = gap.bought
    assert (money.local, money.elsewhere, money.unknown, money.total) == (100, 810, 20, 930)
    assert money.anchors == {"X": Decimal(750), "Y": Decimal(180)}
    assert (money.suppliers, money.largest) == (2, 800)
    assert gap.institutions == 2


def test_industries_are_those_of_the_paid_else_those_the_words_mean(engine: DuckEngine, place: Place) -> None:
    found = run(engine, place)
    (cleaning,) = found["städning"].industries  # 10 of 910 is too little for programmers to be cleaners
    assert (cleaning.code, cleaning.evidence, cleaning.suppliers) == ("8121", Evidence.PAID, 2)
    assert cleaning.share == pytest.approx(900 / 910)
    food = found["livsmedel"].industries
    assert {one.evidence for one in food} == {Evidence.WORDS} and "46" in {one.code for one in food}
    listed = firms.listed(engine, place, LocalBy.SEAT, CONVENTIONS, [one.code for one in food])
    assert "food" in [one.name for one in listed] and found["livsmedel"].firms == len(listed) + 1, "and a sole trader"
    assert found[""].industries == () and Reason.NO_INDUSTRY in found[""].reasons


def test_firms_that_could_supply_are_alive_near_and_not_public(engine: DuckEngine, place: Place) -> None:
    gap = run(engine, place)["städning"]
    assert gap.firms == 5  # tiny, coop2, person, region, post
    assert (gap.local, gap.sole_traders, gap.rooted) == (4, 1, 1)
    assert gap.by_size()[SizeBand.MICRO] == 2 and gap.by_size()[SizeBand.UNKNOWN] == 1
    listed = firms.listed(engine, place, LocalBy.SEAT, CONVENTIONS, ["8121"])
    assert [one.name for one in listed] == ["coop2", "tiny", "post", "region"], "persons are never named"
    assert listed[0].is_rooted and listed[0].ownership is OwnershipKind.DEMOCRATIC
    assert [one.ring for one in listed] == [*[Ring.MUNICIPALITY] * 3, Ring.COUNTY]
    near = firms.listed(engine, place, LocalBy.SEAT, CONVENTIONS, ["81"], Ring.MUNICIPALITY)
    assert [one.name for one in near] == ["coop", "coop2", "tiny", "post"], "a division stands for its classes"


def test_a_register_without_industries_says_nothing_of_who_is_around(engine: DuckEngine, place: Place) -> None:
    before = run(engine, place)["livsmedel"]
    assert Reason.FIRMS in before.reasons and before.is_known
    rows = engine.rows("SELECT * FROM organisations")
    engine.register(tables.organisations, [row | {"industry": None} for row in rows])
    after = run(engine, place)["livsmedel"]
    said = after.reasons
    assert Reason.NO_REGISTER in said and Reason.NO_FIRMS not in said and Reason.FIRMS not in said
    assert not after.is_known, "nought is no answer"


def test_what_could_come_home_is_no_more_than_firms_can_carry(engine: DuckEngine, place: Place) -> None:
    gap = run(engine, place)["städning"]
    assert gap.reach == (Decimal(300), Decimal(405))  # two micro and a small one; one of unknown size
    assert gap.region == (Decimal(405), Decimal(405))
    assert gap.lots[SizeBand.MICRO] == 9 and gap.yearly / 9 <= 50 < gap.yearly / 8
    assert gap.jobs == pytest.approx(405 / 20), "by the turnover of its own industry"
    assert {Reason.LEAVES, Reason.FIRMS, Reason.ROOTED, Reason.LOTS, Reason.POOLED} == set(gap.reasons)


def test_order_of_the_list(engine: DuckEngine, place: Place) -> None:
    found = run(engine, place, rules=influence.rules(load("se")))
    assert list(found) == ["städning", "livsmedel", "", "bröd", "elnät"]
    assert found["elnät"].influence.influence is Influence.NO and found["elnät"].influence.is_suggested
    assert found["elnät"].reasons[0] is Reason.NOT_OURS


def test_a_person_s_word_goes_before_the_rule_and_can_be_taken_back(engine: DuckEngine, place: Place) -> None:
    def said(word: str, second: int, anchor: str | None = None) -> dict[str, Any]:
        return {
            "anchor": anchor, "category": "elnät", "influence": word, "reason": "bought by tender",
            "decided_by": "Anna", "decided_at": TODAY.replace(day=second),
        }  # fmt: skip

    def standing(rows: Iterable[dict[str, Any]], anchors: Any = None) -> Influence:
        decided = influence.standing(rows, anchors)
        found = run(engine, place, decided=decided, rules=influence.rules(load("se")))
        return found["elnät"].influence.influence

    assert standing([said("yes", 2)]) is Influence.YES
    assert standing([said("yes", 2), said("open", 3)]) is Influence.NO, "the rule holds again"
    assert standing([said("yes", 3), said("no", 2)]) is Influence.YES, "the latest counts, wherever it stands"
    assert standing([said("yes", 2, "Y")], {"X"}) is Influence.NO, "what another institution says is its own matter"
    assert standing([said("yes", 2, "Y")], {"Y"}) is Influence.YES


def test_a_filter_by_institution_and_year(engine: DuckEngine, place: Place) -> None:
    found = run(engine, place, anchors=("Y",), years=(2020,))
    assert set(found) == {"städning"}
    assert (found["städning"].yearly, found["städning"].institutions) == (200, 1)


def test_all_gaps_together_are_all_procurement(engine: DuckEngine, place: Place) -> None:
    (all_of_it,) = engine.rows("SELECT SUM(amount) AS amount FROM spend WHERE is_procurement")
    assert sum(one.bought.total for one in run(engine, place).values() if one.bought) == all_of_it["amount"]


CHOICES = {
    "anchor": ("X", "Y"), "supplier": ("a", "b", "c"), "category": ("Bröd", "bröd", "Tak", "-"),
    "seat": ("municipality", "county", "country", "unknown"), "industry": ("81210", "10710", "-"),
}  # fmt: skip
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            **{name: st.sampled_from(listed) for name, listed in CHOICES.items()},
            "amount": st.integers(-50_000, 90_000).map(lambda cents: str(Decimal(cents) / 100)),
            "year": st.sampled_from(["2019", "2020"]),
        }
    ),
    min_size=1,
    max_size=12,
)


@given(rows=ROWS, within=st.sampled_from([Ring.MUNICIPALITY, Ring.COUNTY]), by=st.sampled_from(list(LocalBy)))
@settings(max_examples=8, deadline=None)
def test_it_adds_up(rows: list[dict[str, Any]], within: Ring, by: LocalBy) -> None:
    with DuckEngine() as engine:
        place = town(engine, rows)
        engine.register(tables.legal_forms, [])
        found = gaps.run(engine, place, Which("EUR", by, place.within(within)), CONVENTIONS, ABLE, today=TODAY)
        (spent,) = engine.rows("SELECT COALESCE(SUM(amount), 0) AS amount FROM spend WHERE is_procurement")
        money = [one.bought for one in found if one.bought]
        assert sum(one.total for one in money) == spent["amount"]
        for one in found:
            assert one.bought is not None
            assert one.bought.local + one.bought.elsewhere + one.bought.unknown == one.bought.total
            assert sum(one.bought.anchors.values()) == one.bought.total
            assert one.low <= max(0, one.yearly) <= one.high
            assert 0 <= one.reach[0] <= one.reach[1] <= max(0, one.yearly)
            assert one.reach[0] <= one.region[0] and one.reach[1] <= one.region[1]


def test_a_year_is_told_from_what_each_ledger_covers(engine: DuckEngine, place: Place) -> None:
    """Of X 750 in two years, 610 of it elsewhere; of Y 180 in half a year, 200 elsewhere and a credit in doubt."""
    covering(engine, X=("2019-01", 24), Y=("2020-01", 6))
    gap = run(engine, place)["städning"]
    assert gap.yearly == 610 / Decimal(2) + 200 * 2
    assert (gap.low, gap.high, gap.whole) == (gap.yearly - 40, gap.yearly + 20, 750 / Decimal(2) + 180 * 2)
    assert gap.bought is not None
    assert [gap.bought.yearly_of(anchor) for anchor in ("X", "Y")] == [375, 360]
    assert (gap.lengths.fewest, gap.lengths.most) == (6, 24) and Reason.STRETCHED in gap.reasons
    alone = run(engine, place)["bröd"]
    assert (alone.whole, alone.lengths.fewest) == (45, 24) and Reason.STRETCHED not in alone.reasons
    assert run(engine, place, years=(2020,))["städning"].yearly == 310 + 200 * 2
    covering(engine, X=("2018-07", 18), Y=("2018-07", 24))
    financial = Which("EUR", LocalBy.SEAT, HERE, (), (2019,), 7)
    held = gaps.money(engine, financial, CONVENTIONS, Decimal(0)).ledgers
    assert {anchor: one.months for anchor, one in held.items()} == {"X": 6, "Y": 12}, "July 2019 to June 2020"


@given(rows=ROWS, months=st.integers(1, 40))
@settings(max_examples=8, deadline=None)
def test_ledgers_of_equal_length_are_divided_as_one(rows: list[dict[str, Any]], months: int) -> None:
    """The sums of the period, whatever is paid back, divided by its years."""
    with DuckEngine() as engine:
        town(engine, rows)
        covering(engine, X=("2018-06", months), Y=("2019-02", months))
        found = gaps.money(engine, Which("EUR", LocalBy.SEAT, HERE), CONVENTIONS, Decimal(0))
    for one in found.kinds:
        whole = [amount * 12 / months for amount in (one.elsewhere, one.low, one.high, one.total)]
        told = one.yearly
        for is_now, was in zip((told.elsewhere, told.low, told.high, told.total), whole, strict=True):
            assert abs(is_now - was) <= Decimal("0.01")


@given(rows=ROWS, x=st.integers(1, 40), y=st.integers(1, 40))
@settings(max_examples=8, deadline=None)
def test_a_year_adds_up_over_institutions_and_a_shorter_ledger_tells_more(
    rows: list[dict[str, Any]], x: int, y: int
) -> None:
    with DuckEngine() as engine:
        town(engine, rows)

        def kinds(**ledgers: tuple[str, int]) -> list[gaps.Bought]:
            covering(engine, **ledgers)
            return list(gaps.money(engine, Which("EUR", LocalBy.SEAT, HERE), CONVENTIONS, Decimal(0)).kinds)

        whole = kinds(X=("2018-01", x), Y=("2018-01", y))
        for one in whole:
            assert abs(sum(one.yearly_of(anchor) for anchor in one.anchors) - one.yearly.total) <= Decimal("0.01")
            assert one.yearly.low <= max(0, one.yearly.elsewhere) <= one.yearly.high
        halved = kinds(X=("2018-01", (x + 1) // 2), Y=("2018-01", y))
        for before, after in zip(whole, halved, strict=True):
            if all(amount >= 0 for amount in before.anchors.values()):
                assert after.yearly.total >= before.yearly.total, "the same money in less time is no less in a year"


def contract(**said: Any) -> dict[str, Any]:
    return {
        "contract_key": said.get("title", "c"), "anchor": "X", "title": "c", "supplier_id": None, "supplier_name": None,
        "cpv": None, "value": None, "currency": None, "ends_on": None, "longest_until": None, **said,
    }  # fmt: skip


def test_contracts_belong_to_the_kind_their_supplier_is_paid_for_else_to_that_of_their_code(
    engine: DuckEngine, place: Place
) -> None:
    rows = [
        contract(title="late", supplier_id="F", ends_on=date(2027, 1, 1), longest_until=date(2029, 1, 1)),
        contract(title="soon", supplier_id="F", ends_on=date(2026, 5, 1), cpv="15000000"),
        contract(title="option", cpv="90910000", ends_on=date(2026, 1, 1), longest_until=date(2026, 12, 31)),
        contract(title="over", supplier_id="F", ends_on=date(2026, 2, 28)),
        contract(title="no day", supplier_id="F"),
        contract(title="open", cpv="90910000", ends_on=date(2025, 1, 1), options="as long as both wish"),
        contract(title="food", cpv="15100000", ends_on=date(2028, 1, 1)),
        contract(title="nothing", cpv="", supplier_id="nobody"),
    ]
    found = run(engine, place, contracts=rows)
    assert [one.title for one in found["städning"].endings] == ["soon", "option", "late", "no day", "open"]
    assert found["städning"].ends_on == date(2026, 5, 1)
    assert [one.is_open for one in found["städning"].endings] == [False] * 4 + [True]
    assert found["städning"].endings[1].next_end == date(2026, 12, 31), "it runs on its options"
    assert [one.title for one in found["livsmedel"].endings] == ["food"]
    assert endings.by_kind(rows, {"x": "nothing like it"}, CONVENTIONS, TODAY) == {}


@pytest.mark.parametrize("country", ["se", "nl", "gb"])
def test_shipped_values_say_what_firms_can_carry(country: str) -> None:
    pack = load(country)
    found = gaps.capacity(values([one.folder for one in pack.lineage()], "market"), pack.currency, TODAY)
    most = [found.most[size] for size in (SizeBand.MICRO, SizeBand.SMALL, SizeBand.MEDIUM)]
    assert all(most) and most == sorted(one for one in most if one)
    assert found.jobs_by == {} and found.jobs(Decimal(1000), ["8121"]) is None, "nobody read it: not known"
    assert found.least_share == Decimal("0.05")
    assert all(one.source.told and set(one.label) >= {"en", "sv", "nl"} for one in found.rests)
    assert any(not one.verified for one in found.rests), "rules of thumb are marked"


def test_values_in_another_currency_are_not_known() -> None:
    found = gaps.capacity(values([one.folder for one in load("nl").lineage()], "market"), "SEK", TODAY)
    assert set(found.most.values()) == {None}
    assert found.carries(SizeBand.MICRO, Decimal(1)) is None and found.carries(SizeBand.LARGE, Decimal(1)) is True


def test_turnover_per_employee_says_more_than_the_band(tmp_path: Any) -> None:
    (tmp_path / "rules").mkdir()
    entry = "{label: {en: x}, about: x, unit: SEK, %s values: {2020-01-01: {value: %d, verified: false, source: {title: x}}}}"  # noqa: E501
    of_care = 'applies: {division: ["87", "88"]},'
    (tmp_path / "rules" / "market.yaml").write_text(
        f"turnover_per_employee: {entry % ('', 1_000_000)}\nturnover_per_employee_care: {entry % (of_care, 500_000)}\n"
    )
    folders = [tmp_path, *(one.folder for one in load("se").lineage())]
    found = gaps.capacity(values(folders, "market"), "SEK", TODAY)
    assert found.most[SizeBand.MICRO] == Decimal(4_500_000), "half of what nine people turn over"
    assert found.jobs(Decimal(10_000_000), ["4639"]) == 10
    assert found.jobs(Decimal(10_000_000), ["8730"]) == 20


COUNTS = [
    firms.Count("8121", Ring.MUNICIPALITY, size, OwnershipKind.PRIVATE, False, number)
    for size, number in ((SizeBand.MICRO, 7), (SizeBand.SMALL, 3), (SizeBand.MEDIUM, 2), (SizeBand.UNKNOWN, 4))
]


def test_a_split_lets_smaller_firms_bid() -> None:
    found = gaps.split(Split(Decimal(800), years=4, areas=2, kinds=2, periods=2), ABLE, COUNTS)
    assert (found.whole.yearly, found.whole.firms, found.whole.perhaps) == (200, 5, 4)
    assert [lot.value for lot in found.lots] == [200] * 4
    lot = found.lots[0]
    assert (lot.yearly, lot.each_period, lot.firms, lot.fits[SizeBand.MICRO]) == (50, 100, 12, True)
    assert found.gained == 7


def test_splitting_in_time_alone_lets_nobody_in_who_could_not_carry_it_before() -> None:
    whole = gaps.split(Split(Decimal(800), years=4), ABLE, COUNTS)
    parted = gaps.split(Split(Decimal(800), years=4, periods=4), ABLE, COUNTS)
    assert parted.gained == 0 and parted.lots[0].firms == whole.lots[0].firms
    assert parted.lots[0].each_period == 200


def test_lots_of_one_s_own_size() -> None:
    found = gaps.split(Split(Decimal(100), parts=(Decimal(60), Decimal(40))), ABLE, COUNTS)
    assert [lot.firms for lot in found.lots] == [5, 12]


@given(
    cents=st.integers(100, 10**12), years=st.integers(1, 10), areas=st.integers(1, 14), kinds=st.integers(1, 14),
    periods=st.integers(1, 10),
)  # fmt: skip
def test_lots_add_up_and_never_change_the_value_that_decides(
    cents: int, years: int, areas: int, kinds: int, periods: int
) -> None:
    value = Decimal(cents) / 100
    found = gaps.split(Split(value, years, areas, kinds, min(periods, years)), ABLE, COUNTS)
    assert sum(lot.value for lot in found.lots) == value == found.regime_value
    assert len(found.lots) == areas * kinds
    assert all(lot.firms >= found.whole.firms for lot in found.lots), "a smaller lot shuts nobody out"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (Split(Decimal(0)), "worth more than nothing"),
        (Split(Decimal(-5)), "worth more than nothing"),
        (Split(Decimal("NaN")), "worth more than nothing"),
        (Split(Decimal("Infinity")), "worth more than nothing"),
        (Split(Decimal(10) ** 13), "worth more than nothing"),
        (Split(Decimal(5), years=0), "1 to 50 years"),
        (Split(Decimal(5), areas=0), "1 to 100 parts"),
        (Split(Decimal(5), areas=20, kinds=20), "more than 200 lots"),
        (Split(Decimal(5), years=2, periods=3), "2 years cannot be split into 3 periods"),
        (Split(Decimal(5), parts=(Decimal(2), Decimal(2))), "come to 4"),
        (Split(Decimal(5), parts=(Decimal(7), Decimal(-2))), "come to 5"),
    ],
)
def test_what_cannot_be_split_is_refused(wrong: Split, told: str) -> None:
    with pytest.raises(InputError, match=told):
        gaps.split(wrong, ABLE, COUNTS)


@pytest.mark.parametrize("country", ["se", "nl", "gb"])
def test_suggestions_have_a_reason_in_every_language(country: str) -> None:
    listed = influence.rules(load(country))
    assert listed
    for one in listed:
        assert set(one.texts) == {"en", "sv", "nl"} and one.source and one.influence is not Influence.OPEN
    assert influence.suggested("Elnätsavgifter", influence.rules(load("se"))).influence is Influence.NO
    assert influence.suggested("Modelnät", influence.rules(load("se"))).influence is Influence.OPEN
