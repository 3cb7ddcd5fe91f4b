"""Told: what a ranking says and what it hangs on, in sentences and tables."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from bygd.reports.grid import Cell, Grid, Head, Kind
from bygd.reports.translate import Translator
from bygd.tools import tenders
from bygd.tools.tenders import AMOUNTS, MODELS, PRICE, Bid, Range, Ranking, Scheme
from bygd.vocabulary.said import N_

FIRST = N_("{bid} comes first.")
TIE = N_("{bids} come to just the same. Nothing here breaks the tie: what was stated in the tender decides.")
REMOVED = N_("{bid} does not win, but others change places without it: {pairs}.")
REMOVED_WINNER = N_("{bid} does not win, but decides who does: without it the first place goes to {winners}.")
PAIR = N_("{ahead} is ahead of {behind} only because of it")
BELOW = N_("One more bid at {price} that wins nothing itself, however poor, would put {gains} before {loses}.")
ABOVE = N_("One more bid at {price} or dearer, however poor, would put {gains} before {loses}.")
ALONE = N_("By this model no bid changes the places of others.")
NOT_HERE = N_("The points depend on other bids, but no bid that does not win decides anything here.")
STAYS_PRICE = N_("{bid} wins as long as price weighs from {low} to {high}; it weighs {now}.")
STAYS_VALUE = N_("{bid} wins as long as the best quality is worth from {low} to {high}; it is worth {now}.")
STAYS = N_("{bid} wins as long as {criterion} makes up from {low} to {high} of quality; it makes up {now}.")
ANY = N_("However {criterion} is weighed against the other criteria, {bid} wins.")
ANY_PRICE = N_("Whatever price weighs, {bid} wins.")
DEPENDS = N_("Depends on other bids")
SINGLE = N_("Looks at each bid alone")
FORMULA = N_("Formula: {formula}")
TRAP = N_("Mind: {trap}")
WRITTEN = N_("Written of in: {sources}")


def result(value: Fraction | None, scheme: Scheme, currency: str, translate: Translator) -> str:
    """A result as people write it: an amount, or points of a hundred with two decimals."""
    if value is None:
        return translate("cannot be compared")
    if scheme.model in AMOUNTS:
        return money(value, currency, translate)
    return points(value, translate)


def points(value: Fraction, translate: Translator) -> str:
    """Points with two decimals; rounded here only, never before they are compared."""
    return translate.fixed(float(value), 2)


def money(value: Fraction, currency: str, translate: Translator) -> str:
    """An amount with two decimals where it is not whole."""
    rounded = round(value, 2)
    digits = 0 if rounded.denominator == 1 else 2
    return translate.money(float(rounded), currency, digits) if currency else translate.number(float(rounded), digits)


def percent(value: Fraction, translate: Translator) -> str:
    """A share with one decimal where it is not whole, with two where a weight was given so."""
    digits = next((number for number in range(3) if (value * 100 * 10**number).denominator == 1), 1)
    return translate.percent(float(value), digits)


def outcome(ranking: Ranking, translate: Translator) -> list[str]:
    """Who comes first, or that nobody does, and every tie."""
    said = [translate(FIRST, bid=ranking.winners[0])] if len(ranking.winners) == 1 else []
    return said + [translate(TIE, bids=", ".join(names)) for names in ranking.ties]


def warnings(scheme: Scheme, bids: Sequence[Bid], currency: str, translate: Translator) -> list[str]:
    """Each way in which the order hangs on a bid that does not win; empty where it does not."""
    said = []
    for one in tenders.removed(scheme, bids):
        if one.changes_winner:
            said.append(translate(REMOVED_WINNER, bid=one.bid, winners=", ".join(one.winners)))
        else:
            pairs = [translate(PAIR, ahead=ahead, behind=behind) for ahead, behind in one.pairs]
            said.append(translate(REMOVED, bid=one.bid, pairs="; ".join(pairs)))
    for thought in tenders.added(scheme, bids):
        price = money(Fraction(thought.price), currency, translate)
        message = BELOW if thought.below else ABOVE
        said.append(translate(message, price=price, gains=thought.gains, loses=thought.loses))
    return said


def dependence(scheme: Scheme, bids: Sequence[Bid], currency: str, translate: Translator) -> list[str]:
    """The warnings, or one sentence that says there are none and why."""
    found = warnings(scheme, bids, currency, translate)
    return found or [translate(NOT_HERE if MODELS[scheme.model].depends else ALONE)]


def stays(one: Range, winner: str, currency: str, translate: Translator) -> str:
    """From where to where a weight may go with the winner staying."""
    low, high = one.stays
    is_share = one.what != tenders.VALUE
    if is_share and not low and high == Fraction(1):
        return translate(ANY_PRICE, bid=winner) if one.what == PRICE else translate(ANY, criterion=one.what, bid=winner)
    written = [percent(n, translate) if is_share else money(n, currency, translate) for n in (low, high, one.now)]
    values = dict(zip(("low", "high", "now"), written, strict=True))
    if one.what == PRICE:
        return translate(STAYS_PRICE, bid=winner, **values)
    if not is_share:
        return translate(STAYS_VALUE, bid=winner, **values)
    return translate(STAYS, bid=winner, criterion=one.what, **values)


def sensitivity(scheme: Scheme, bids: Sequence[Bid], currency: str, translate: Translator) -> list[str]:
    """How far each weight may go before somebody else wins; nothing where nobody has won alone."""
    winners = tenders.rank(scheme, bids).winners
    if len(winners) != 1:
        return []
    price = tenders.price_range(scheme, bids)
    ranges = [*([price] if price else []), *tenders.criterion_ranges(scheme, bids)]
    return [stays(one, winners[0], currency, translate) for one in ranges]


def table(ranking: Ranking, currency: str, translate: Translator) -> Grid:
    """Place, bid, price, points of price and of each criterion, and the result."""
    _, scheme = translate, ranking.scheme
    about = MODELS[scheme.model]
    is_money = scheme.model in AMOUNTS
    heads = [Head(_("Place"), Kind.NUMBER), Head(_("Bid"), is_row_head=True), Head(_("Price"), Kind.NUMBER)]
    if about.weighs:
        most = percent(Fraction(scheme.price_weight), _)
        heads.append(Head(_("Price, of {weight}", weight=most), Kind.NUMBER))
    heads += [Head(f"{one.code}, {percent(Fraction(one.weight), _)}", Kind.NUMBER) for one in scheme.criteria]
    heads.append(Head(_("Comparison sum") if is_money else _("Points"), Kind.NUMBER))
    rows: list[list[Cell]] = []
    for row in ranking.rows:
        price = "" if row.bid.price is None else money(Fraction(row.bid.price), currency, _)
        cells: list[Cell] = [row.place, row.bid.name, price]
        if about.weighs and row.price_share is not None:
            cells.append(points(100 * Fraction(scheme.price_weight) * row.price_share, _))
        cells += [
            points(100 * Fraction(one.weight) * one.share(row.bid.scores[one.code]), _) for one in scheme.criteria
        ]
        cells.append(result(row.result, scheme, currency, _))
        rows.append(cells)
    return Grid(_("Ranking"), tuple(heads), rows)


def models(translate: Translator) -> Iterator[str]:
    """Each model with its formula, what it depends on, its traps and where it is written of."""
    for word, about in MODELS.items():
        yield f"{word} – {translate.word(word)}. {translate(DEPENDS if about.depends else SINGLE)}."
        yield f"  {translate(about.about)}"
        yield f"  {translate(FORMULA, formula=about.formula)}"
        yield from (f"  {translate(TRAP, trap=translate(trap))}" for trap in about.traps)
        yield f"  {translate(WRITTEN, sources='; '.join(about.sources))}"
