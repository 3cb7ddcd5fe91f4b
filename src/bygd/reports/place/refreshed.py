"""What a refresh changed: new values, those a source revised or took back, and what could not be read."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from bygd.reports.translate import Translator


def lines(done: Any, most: int, translate: Translator) -> Iterator[str]:
    """What a pass did, for a terminal: `done` is a `workbench.place.Refreshed`; so many changes are listed."""
    yield translate(
        "{values} values are held, {calls} calls were made. Snapshot {name}.",
        values=translate.number(done.values), calls=translate.number(done.calls), name=done.snapshot,
    )  # fmt: skip
    for kind, number in Counter(change.kind for change in done.changes).items():
        yield f"{translate.word(kind)}: {translate.number(number)}"
    for one in [change for change in done.changes if change.kind != "new"][:most]:
        before = "–" if one.old is None else translate.number(one.old, 4)
        after = "–" if one.new is None else translate.number(one.new, 4)
        yield f"  {translate.word(one.kind)}: {one.area_id} {one.indicator} {one.period} {before} → {after}"
    for names, error in done.failures:
        yield translate("Not read: {names}. {why}", names=names, why=translate.said(error))
    for note in done.notes:
        yield f"  {note}"
    if done.unknown:
        yield translate("No source is known of {number} indicators; see bygd place list --unknown.",
                        number=translate.number(len(done.unknown)))  # fmt: skip
