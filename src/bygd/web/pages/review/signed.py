"""Signed: names in place of the labels that decisions are signed with, for many at once and in sentences."""

from collections.abc import Iterable
from dataclasses import replace

from bygd.linkage.cases import Case
from bygd.reports import Translator
from bygd.web.people.models import LABEL, Person
from bygd.web.people.written import name

MOST_DIGITS = 18


def signers(labels: Iterable[str], translate: Translator) -> dict[str, str]:
    """How those who signed are called; what a file says that is no label of ours stands as it is."""
    listed = set(labels)
    numbers = {label: rest for label in listed if (rest := label.removeprefix(LABEL)) != label and rest.isdecimal()}
    people = Person.objects.in_bulk([int(rest) for rest in numbers.values() if len(rest) < MOST_DIGITS])
    found = {label: people.get(int(rest)) for label, rest in numbers.items()}
    return {label: name(person, translate) if (person := found.get(label)) else label for label in listed}


def named(case: Case, translate: Translator) -> Case:
    """The case with the names of who decided about it in its evidence, to be said in sentences."""
    said = dict(case.evidence.decision)
    people = {word: str(said[word]).split(", ") for word in ("decided_by", "contradicted_by") if said.get(word)}
    if not people:
        return case
    called = signers((label for labels in people.values() for label in labels), translate)
    said |= {word: ", ".join(called[label] for label in labels) for word, labels in people.items()}
    return replace(case, evidence=replace(case.evidence, decision=said))
