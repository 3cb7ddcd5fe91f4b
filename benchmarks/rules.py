"""How many questions about purchases the rules answer in a second on one core, beside a bare look-up of a dated value.

    python benchmarks/rules.py [--questions 20000]

Goal: 10,000 questions a second. The questions differ in country, day, buyer, kind, value and sum spent.
"""

import argparse
import random
import time
from bisect import bisect_right
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from measure import show

from bygd.tools.procurement import Buyer, Kind, Question, ask, rulebook

COUNTRIES = ("se", "nl", "gb", "eu")
CODES = ("", "", "", "85312000", "90910000")


def questions(count: int) -> list[tuple[str, Question]]:
    """As many different questions, the same for every run."""
    draw = random.Random(5)
    found = []
    for place in range(count):
        day = date(2018, 1, 1) + timedelta(days=draw.randrange(3652))
        value = Decimal(round(10 ** draw.uniform(3, 7.5), 2)).quantize(Decimal("0.01"))
        spent = Decimal(draw.choice((0, 0, 50_000, 400_000)))
        buyer, kind = draw.choice(list(Buyer)), draw.choice((Kind.SERVICES, Kind.SUPPLIES, Kind.WORKS, Kind.SOCIAL))
        code = draw.choice(CODES) if kind in (Kind.SERVICES, Kind.SOCIAL) else ""
        found.append((COUNTRIES[place % len(COUNTRIES)], Question(day, buyer, value, kind, spent=spent, cpv=code)))
    return found


def rate(run: Callable[[], object], count: int) -> float:
    """How many a second, the best of three runs after one that is not counted."""
    run()
    taken = []
    for _ in range(3):
        began = time.process_time()
        run()
        taken.append(time.process_time() - began)
    return count / min(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=20_000, help="How many questions.")
    count = parser.parse_args().questions
    asked = questions(count)
    books = {country: rulebook(country) for country in COUNTRIES}
    limits = {
        (country, buyer, kind): (one.values, [value.since for value in one.values])
        for country, book in books.items()
        for one in book.parameters
        if one.role == "threshold"
        for buyer in one.applies.get("buyer", tuple(Buyer))
        for kind in one.applies.get("kind", tuple(Kind))
    }

    def bare() -> int:
        """The least that could answer anything: find the threshold of the day, compare one number with it."""
        above = 0
        for country, question in asked:
            values, days = limits[country, question.buyer, question.kind]
            limit = values[bisect_right(days, question.on) - 1].value
            above += limit is not None and question.value >= limit
        return above

    began = time.process_time()
    answers = [ask(question, books[country]) for country, question in asked]
    first = count / (time.process_time() - began)
    again = rate(lambda: [ask(question, books[country]) for country, question in asked], count)
    least = rate(bare, count)
    statements = sum(len(answer.statements) for answer in answers) / count
    rows = [
        ("a bare look-up: dictionary, day, one comparison", f"{least:,.0f}/s", "1"),
        ("a question, the first time", f"{first:,.0f}/s", f"{least / first:.0f} look-ups"),
        ("a question, rulebooks warm", f"{again:,.0f}/s", f"{least / again:.0f} look-ups"),
    ]
    show(f"{count:,} questions, {statements:.1f} statements an answer, one core", rows)


if __name__ == "__main__":
    main()
