"""Why a supplier is linked or not, in a few sentences."""

from collections.abc import Iterator
from datetime import date

from bygd.linkage import Thresholds
from bygd.linkage.cases import Candidate, Case
from bygd.linkage.evidence import Evidence
from bygd.reports.explanation import words
from bygd.reports.translate import N_, Translator
from bygd.vocabulary.words import LinkStage, LinkState, Succession, WhyUnlinked

ALIKE, PARTLY = 0.85, 0.5
"""From here on names are nearly the same, from there on they have something in common."""

UNLINKED = {
    WhyUnlinked.NO_CANDIDATE: N_("Not linked: nothing like it was found in the registers."),
    WhyUnlinked.NO_NAME: N_("Not looked for by name: what the ledger writes has no letter."),
    WhyUnlinked.WITHHELD: N_("Not looked for by name: the ledger withholds the name."),
    WhyUnlinked.FORM_ALONE: N_(
        "Not looked for by name: a legal form, small words or digits are all that the ledger writes."
    ),
    WhyUnlinked.RULED_OUT: N_("Not linked: people ruled out every organisation that was found for it."),
    WhyUnlinked.TOO_UNLIKE: N_(
        "Not linked: the best candidate, {name} ({id}), is it with a probability of {probability}; {least} is asked."
    ),
    WhyUnlinked.TIE: N_(
        "Not linked: it may be {name} ({id}, {probability}) or {other} ({other_id}, {other_probability}); "
        "a person has to choose."
    ),
    WhyUnlinked.DOUBTED_NUMBER: N_(
        "Not linked: the organisation number on the ledger leads to {name} ({id}), but the names have little in common."
    ),
    WhyUnlinked.MASKED: N_("Not looked for by name: it is a private person or sole trader, and masked."),
    WhyUnlinked.ABSENT: N_("{who} found on {day} that it is in no register."),
    WhyUnlinked.UNSURE: N_("{who} looked at it on {day} and was not sure."),
    WhyUnlinked.WAITS: N_(
        "{who} decided on {day} that it is {decided_id}, which is in no register that was read; the decision waits."
    ),
    WhyUnlinked.SUCCEEDED: N_(
        "Not linked: {decided_id} was succeeded, and who took its place cannot be told from the lists that were read."
    ),
}

TOO_LONG = N_("Not looked for by name: what the ledger writes is too long for a name, with {letters} signs.")
"""Said instead of NO_NAME of what has letters."""

MASKED = N_("Found in a register by its masked number; nothing more is shown of private persons and sole traders.")

LINKED = {
    LinkStage.NUMBER: N_("Linked to {name} ({id}) by its organisation number."),
    LinkStage.NAME_PLACE: N_("Linked to {name} ({id}): same name and place."),
    LinkStage.NAME: N_("Linked to {name} ({id}): the only one of that name."),
    LinkStage.FUZZY: N_("Linked to {name} ({id}): a similar name."),
    LinkStage.GROUP: N_("Linked to {name} ({id}), as another supplier that is the same organisation."),
    LinkStage.DECISION: N_("{who} decided on {day} that it is {name} ({id})."),
}


def sentences(case: Case, thresholds: Thresholds, translate: Translator) -> list[str]:
    """Verdict, what speaks for and against the candidate shown, how sure it is and who comes next."""
    _ = translate
    if case.is_masked and case.state is LinkState.LINKED:
        return [_(MASKED)]
    found = [_verdict(case, thresholds, _)]
    shown = case.shown
    if shown is not None and not case.is_masked:
        found += [*_for_and_against(shown.evidence, _), *_sure(case, shown, _)]
    return [*found, *_history(case, _)]


def _history(case: Case, _: Translator) -> Iterator[str]:
    """Whose link it follows, whose place its organisation took, who disagrees, and why the case comes back."""
    said = case.evidence.decision
    if case.member and case.state is LinkState.LINKED:
        yield _("It follows {member}.", member=case.member)
    if said.get("followed") and not said.get("succession_problem"):
        how = _.word(Succession(said["succession"])) if said.get("succession") else _("Succeeded in another way")
        when = f", {_day(said['succeeded_on'], _)}" if said.get("succeeded_on") else ""
        meant = str(said["followed"]).partition(" > ")[0]
        yield _("It took the place of {id} ({how}).", id=meant, how=how[0].lower() + how[1:] + when)
    if by := said.get("contradicted_by"):
        yield _("{others} said otherwise.", others=by)
    if case.reopened:
        reason = _.word(case.reopened)
        yield _("To be looked at again: {reason}.", reason=reason[0].lower() + reason[1:])


def clauses(evidence: Evidence, translate: Translator, *, is_named: bool = True) -> tuple[list[str], list[str]]:
    """What speaks for a candidate and what against it, in a few words each.

    `is_named` says which registered name was compared; not needed where the name stands above.
    """
    _ = translate
    pro: list[str] = []
    contra: list[str] = []
    if evidence.number:
        (pro if evidence.number_agrees else contra).append(words.number_found(evidence, _))
    if evidence.registered_name:
        says, is_for = _name(evidence, _) if is_named else _likeness(evidence, _)
        (pro if is_for else contra).append(says)
    if evidence.form in ("same", "differs"):
        (pro if evidence.form == "same" else contra).append(
            _("the legal form is the same") if evidence.form == "same" else _("the legal form is another")
        )
    if evidence.address in ("same postcode", "same postcode area", "same town"):
        pro.append(_(words.PLACES[evidence.address]))
    if evidence.seen("same_trade"):
        pro.append(_("firms of its industry ({industry}) sell what was bought: {bought}", **evidence.trade))
    for feature, said in AGAINST.items():
        if evidence.seen(feature) and not (feature == "is_ended" and evidence.seen("long_ended")):
            contra.append(_(said, **_facts(evidence, _)))
    return pro, contra


def _facts(evidence: Evidence, _: Translator) -> dict[str, str]:
    """The days and the trade of the evidence, as sentences name them."""
    return {**evidence.trade, **{name: _day(day, _) for name, day in evidence.days.items()}}


AGAINST = {
    "person_name": N_("the name may be a person's, and neither number nor place says that the company is meant"),
    "other_place": N_("the address is elsewhere"),
    "digits_differ": N_("numbers in the names differ"),
    "other_name": N_("it is a former or trading name"),
    "hidden_name": N_("it is only a part of the registered name"),
    "is_ended": N_("the organisation has ended"),
    "not_yet": N_("it was registered on {registered_on}, after the last payment on {last_paid_on}"),
    "long_ended": N_("it ended on {ended_on}, long before the first payment on {first_paid_on}"),
    "other_trade": N_("firms of its industry ({industry}) sell other things than what was bought: {bought}"),
    "other_number": N_("the ledger gives another organisation number"),
}


def _verdict(case: Case, thresholds: Thresholds, _: Translator) -> str:
    decision, why, shown, other = case.evidence.decision, case.why(thresholds), case.shown, case.runner_up
    message = LINKED.get(case.stage, LINKED[LinkStage.FUZZY]) if why is None else UNLINKED[why]
    if why is WhyUnlinked.NO_NAME and any(letter.isalpha() for letter in case.name):
        message = TOO_LONG
    least = thresholds.by_stage.get(shown.stage) if shown else None
    return _(
        message,
        letters=_.number(len(case.name)),
        name=shown.name if shown else "",
        id=shown.org_id if shown else "",
        other=other.name if other else "",
        other_id=other.org_id if other else "",
        probability=_below(shown.score if shown else None, least.score if least else None, _),
        other_probability=_.probability(other.score if other else None),
        least=_.probability(least.score if least else None),
        who=decision.get("decided_by") or _("Somebody"),
        day=_day(decision.get("decided_at"), _),
        decided_id=decision.get("decided_id") or str(decision.get("followed", "")).partition(" > ")[0],
    )


SAME = N_("{variant} is the registered one but for legal form and punctuation")

NAMED = {
    "words": N_("the rare words of {variant} agree with '{registered}'"),
    "letters": N_("{variant} is spelled almost like '{registered}'"),
    "part": N_("{variant} agrees in part with '{registered}'"),
    "little": N_("{variant} has little in common with '{registered}'"),
}

LIKENESS = {
    "same": N_("same name"),
    "words": N_("the rare words agree"),
    "letters": N_("spelled almost alike"),
    "part": N_("the names agree in part"),
    "little": N_("the names have little in common"),
}


def _alike(evidence: Evidence) -> str:
    """How alike the names are, in one of five steps."""
    if evidence.seen("same_squeezed") and not evidence.seen("hidden_name"):
        return "same"
    letters = max(evidence.seen("sorted") or 0, evidence.seen("letters") or 0)
    shared = min(evidence.seen("covered") or 0, evidence.seen("covers") or 0)
    if shared >= ALIKE:
        return "words"
    return "letters" if letters >= ALIKE else "part" if max(shared, letters) >= PARTLY else "little"


def _below(score: float | None, least: float | None, _: Translator) -> str:
    """A probability, with a decimal more where it would read like the one that is asked."""
    text = _.probability(score)
    return _.percent(score, 1) if score and least and score < least and text == _.probability(least) else text


def _name(evidence: Evidence, _: Translator) -> tuple[str, bool]:
    """How alike the names are, which they are, and whether that speaks for the candidate."""
    said, alike = _(words.VARIANTS.get(str(evidence.variant), words.VARIANTS["as written"])), _alike(evidence)
    if alike == "same":
        return _(SAME, variant=said), True
    return _(NAMED[alike], variant=said, registered=evidence.registered_name), alike != "little"


def _likeness(evidence: Evidence, _: Translator) -> tuple[str, bool]:
    """How alike the names are, in a few words."""
    alike = _alike(evidence)
    return _(LIKENESS[alike]), alike != "little"


def _for_and_against(evidence: Evidence, _: Translator) -> list[str]:
    pro, contra = clauses(evidence, _)
    found = []
    if pro:
        found.append(_("For it: {reasons}.", reasons="; ".join(pro)))
    if contra:
        found.append(_("Against it: {reasons}.", reasons="; ".join(contra)))
    return found


def _sure(case: Case, shown: Candidate, _: Translator) -> list[str]:
    """How probable the candidate is, and the next best."""
    if case.stage in (LinkStage.DECISION, LinkStage.GROUP) and case.state is LinkState.LINKED:
        return []
    if case.why() is WhyUnlinked.TIE:
        return []
    found = []
    if case.why() is not WhyUnlinked.TOO_UNLIKE and not shown.evidence.number:
        found.append(_("Probability: {probability}.", probability=_.probability(shown.score)))
    if other := case.runner_up:
        found.append(_("Next best: {name}, {probability}.", name=other.name, probability=_.probability(other.score)))
    return found


def _day(moment: object, _: Translator) -> str:
    text = str(moment or "")[:10]
    return _.day(date.fromisoformat(text)) if text else _("an unknown day")
