"""What the guide says: who buys what, what is coming, up to which sums, what may be reserved, whom to ask."""

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bygd import geography
from bygd.engine import Engine
from bygd.reports import disclosure
from bygd.reports.documents.guide import Amount, Buyer, Coming, Forum, Guide, Line, Source
from bygd.reports.privacy import Audience
from bygd.reports.subject import Subject
from bygd.reports.translate import Translator
from bygd.reports.write import subject_of
from bygd.sources.errors import InputError
from bygd.tools import procurement
from bygd.tools.procurement import Buyer as Buying
from bygd.tools.procurement import Kind, Part, Question
from bygd.tools.procurement.answer import Basis
from bygd.tools.procurement.rulebook import Rule
from bygd.vocabulary.contract_words import ContractStage
from bygd.vocabulary.words import Standing
from bygd.workbench import contracts, lawful
from bygd.workbench.asking import code_name
from bygd.workbench.guide.settings import Settings
from bygd.workbench.project import Project

MOST_KINDS, MOST_OF_ONE, MOST_COMING, MOST_BUYERS, MOST_RESERVED = 10, 6, 8, 8, 4
"""So much of each stands on two pages."""
AHEAD = 548
"""Days ahead in which contracts end that are coming purchases: a year and a half, since tendering takes most of one."""
KINDS = (Kind.SUPPLIES, Kind.SERVICES, Kind.SOCIAL, Kind.WORKS)
DIGITS = 2
"""Figures of amounts that count: a guide needs no more, and says less of single suppliers."""


def guide(
    project: Project,
    translate: Translator,
    settings: Settings,
    engine: Engine | None = None,
    manifest: Mapping[str, Any] | None = None,
    snapshot: str = "",
    *,
    forums: Sequence[Forum] = (),
    day: date | None = None,
) -> Guide:
    """The guide of a place. `engine` is over all its ledgers; without one nothing is said of what was bought.

    Kinds of purchase are those of all institutions together, small cells withheld as in the public report;
    of one institution kinds are named without amounts, and only those bought from enough suppliers.
    Raises InputError where the register of contracts cannot be read.
    """
    today = day or date.today()
    kinds: list[tuple[str, str]] = []
    of_one: dict[str, list[str]] = {}
    refused = ""
    if engine is not None:
        try:
            subject = _subject(project, translate, engine, manifest or {}, snapshot)
            kinds, of_one = _kinds(subject), _of_one(subject)
        except InputError as error:
            refused = translate.said(error)
    names = list(dict.fromkeys([*(one.source for one in project.ledgers), *(c.anchor for c in settings.contacts)]))
    contacts = {one.anchor: one for one in settings.contacts}
    lines, sources = _lines(project, translate, today)
    return Guide(
        place=project.place_name,
        day=today,
        checked=settings.checked,
        says=(settings.says or {}).get(translate.language, ""),
        kinds=tuple(kinds),
        refused=refused,
        buyers=tuple(
            Buyer(name, tuple(of_one.get(name, ())), *_reached(contacts.get(name))) for name in names[:MOST_BUYERS]
        ),
        coming=tuple(coming(contracts.current(project), today, translate, project.country.code)[:MOST_COMING]),
        forums=tuple(forums[:3]),
        lines=lines,
        reserved=_reserved(project, translate, today),
        sources=sources,
        currency=project.country.currency,
    )


def coming(rows: Iterable[Mapping[str, Any]], today: date, translate: Translator, country: str) -> list[Coming]:
    """Coming purchases: what is planned or out to tender, and contracts that end within a year and a half.

    Procurements of several contracts are named once. The earliest first; suppliers are not named.
    """
    found: dict[tuple[str, str], Coming] = {}
    for row in rows:
        ends, signed = row["ends_on"], row["stage"] == ContractStage.SIGNED
        if signed and (ends is None or not today <= ends <= today + timedelta(days=AHEAD)):
            continue
        cpv = row["cpv"] or ""
        one = Coming(
            title=row["title"],
            anchor=row["anchor"],
            ends_on=ends if signed else None,
            stage="" if signed else translate.word(ContractStage(row["stage"])),
            kind=code_name(cpv, country, translate.language) if cpv else "",
            may_be_prolonged=bool(signed and (row["longest_until"] > ends if row["longest_until"] else row["options"])),
        )
        found.setdefault((row["anchor"], row["procedure_key"] or row["contract_key"]), one)
    return sorted(found.values(), key=lambda one: (one.ends_on is not None, one.ends_on or today, one.title))


def _subject(
    project: Project, translate: Translator, engine: Engine, manifest: Mapping[str, Any], snapshot: str
) -> Subject:
    place = geography.place(engine, project.place_id, project.place_name)
    subject = subject_of(
        engine, place, project.place_name, translate.language, snapshot, manifest, audience=Audience.PUBLIC
    )
    return disclosure.publishable(subject)


def _kinds(subject: Subject) -> list[tuple[str, str]]:
    """Kinds of purchase of all institutions together with round sums, largest first; what is withheld is left out."""
    parts = [part for part in subject.parts("category") if part.amount is not None and part.amount > 0 and part.key[0]]
    return [(str(part.key[0]), _round(part.amount, subject)) for part in parts[:MOST_KINDS] if part.amount]


def _of_one(subject: Subject) -> dict[str, list[str]]:
    """The kinds that each institution buys most of, by name alone; those with few suppliers are left out."""
    found: dict[str, list[str]] = {}
    for part in subject.parts("anchor", "category"):
        anchor, kind = map(str, part.key)
        if part.amount is not None and part.amount > 0 and kind and len(found.setdefault(anchor, [])) < MOST_OF_ONE:
            found[anchor].append(kind)
    # In the order of the alphabet: which is largest would be a figure of one institution.
    return {anchor: sorted(kinds) for anchor, kinds in found.items()}


def _round(amount: Decimal, subject: Subject) -> str:
    return subject.money(Decimal(f"{amount:.{DIGITS}g}"))


def _reached(contact: Any) -> tuple[str, ...]:
    return (contact.office, contact.email, contact.phone, contact.page) if contact else ("", "", "", "")


def _lines(project: Project, translate: Translator, today: date) -> tuple[tuple[Line, ...], tuple[Source, ...]]:
    """For each kind of purchase up to which sum a direct award is open, and from which the full rules hold."""
    country = project.law
    if not country.rule("procurement"):
        return (), ()
    book, speak = procurement.rulebook(country.code), Translator(translate.language, lawful.PACKAGE)
    lines, bases = [], dict[tuple[str, bool], Basis]()
    for kind in KINDS:
        held = book.held(today, Buying.MUNICIPALITY, kind)
        amounts = []
        for role in ("direct_award", "threshold"):
            rule = next(iter(held.get(role, ())), None)
            amounts.append(_amount(rule, book.currency, translate))
            if rule is not None and rule.line is not None:
                bases.setdefault((rule.basis.source.said("en"), rule.basis.verified), rule.basis)
        lines.append(Line(speak.word(kind), *amounts))
    return tuple(lines), tuple(_source(one, translate) for one in bases.values())


def _amount(rule: Rule | None, currency: str, translate: Translator) -> Amount | None:
    if rule is None or rule.line is None:
        return None
    shown = translate.money(rule.line.amount, currency)
    return Amount(shown, verified=rule.line.sure, outdated=rule.line.outdated, vat=rule.line.vat)


def _reserved(project: Project, translate: Translator, today: date) -> tuple[str, ...]:
    """What the rules say of purchases reserved to some suppliers, for a small purchase of services."""
    country = project.law.code
    speak = Translator(translate.language, lawful.PACKAGE)
    said: list[str] = []
    with contextlib.suppress(InputError):
        question = Question(on=today, buyer=Buying.MUNICIPALITY, value=Decimal(1), kind=Kind.SOCIAL)
        answer = lawful.ask(country, question)
        said = [
            lawful.sentence(one, answer.currency, speak)
            for one in answer.statements
            if one.part is Part.RESERVATION and one.standing not in (Standing.FORBIDDEN, Standing.UNKNOWN)
        ]
    return tuple(said[:MOST_RESERVED])


def _source(one: Basis, translate: Translator) -> Source:
    return Source(one.source.said(translate.language), one.source.href, one.checked if one.verified else None)
