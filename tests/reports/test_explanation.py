"""Explanations: every verdict in three languages; steps that add up; nothing of the masked."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from bygd import reports
from bygd.linkage.cases import Candidate, Case
from bygd.linkage.evidence import NUMBER_FOUND, RIVALS, TOPIC_OF, logit, probability, read
from bygd.linkage.score import FEATURES
from bygd.linkage.thresholds import Least, Thresholds
from bygd.reports.explanation import words
from bygd.reports.explanation.sentences import LINKED, UNLINKED
from bygd.reports.translate import LANGUAGES, Translator
from bygd.vocabulary.words import LinkStage, LinkState, Reopened, WhyUnlinked
from bygd.workbench import explaining

WEIGHED = {
    "registered_name": "Björk <& Co> AB",
    "variant": "as written",
    "form": "differs",
    "address": "same postcode",
    "features": {"covered": 0.9, "covers": 0.9, "sorted": 0.95, "other_form": 1, "same_postcode": 1, "is_ended": 0},
    "weights": {"covered": 3.0, "covers": 2.0, "sorted": 4.0, "other_form": -1.5, "same_postcode": 2.5},
    "base": -8.0,
    "rules": "2026-11",
}


def candidate(place: int = 1, score: float = 0.9, **facts: Any) -> Candidate:
    evidence = read(json.dumps({**WEIGHED, **facts}), score)
    return Candidate(f"XX:{place}", f"Björk {place} AB", LinkStage.FUZZY, score, evidence, "Byn", "123 45")


def case(state: LinkState = LinkState.UNRESOLVED, *candidates: Candidate, **more: Any) -> Case:
    decision = more.pop("decision", {})
    found = Case("k", "Bygdeby", "BJORK & CO", state, LinkStage.NONE, read(decision), candidates)
    return replace(found, **more)


DECIDED = {"decided_by": "Åsa", "decided_at": "2026-02-03T04:05:06", "decided_id": "XX:9"}

UNLINKED_CASES = {
    WhyUnlinked.NO_CANDIDATE: case(),
    WhyUnlinked.NO_NAME: case(name="12345"),
    WhyUnlinked.WITHHELD: case(name="REDACTED", decision={"unsought": "withheld"}),
    WhyUnlinked.FORM_ALONE: case(name="Ltd", decision={"unsought": "form_alone"}),
    WhyUnlinked.RULED_OUT: case(is_ruled_out=True),
    WhyUnlinked.TOO_UNLIKE: case(LinkState.UNRESOLVED, candidate(1, 0.4), candidate(2, 0.1)),
    WhyUnlinked.TIE: case(LinkState.UNRESOLVED, candidate(1, 0.99), candidate(2, 0.98)),
    WhyUnlinked.DOUBTED_NUMBER: case(LinkState.UNRESOLVED, candidate(1, 0.5, number="as written", number_agrees=False)),
    WhyUnlinked.MASKED: case(LinkState.MASKED, is_masked=True),
    WhyUnlinked.ABSENT: case(LinkState.ABSENT, decision={"judgement": "absent", **DECIDED}),
    WhyUnlinked.UNSURE: case(decision={"judgement": "unsure", **DECIDED}),
    WhyUnlinked.WAITS: case(decision={"judgement": "same", "in_register": False, **DECIDED}),
    WhyUnlinked.SUCCEEDED: case(decision={"judgement": "same", "succession_problem": "fork", **DECIDED}),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("why", WhyUnlinked)
def test_every_reason_not_to_link_has_its_sentence(why: WhyUnlinked, language: str) -> None:
    translate = Translator(language)
    assert UNLINKED_CASES[why].why() is why
    first = reports.explain(UNLINKED_CASES[why], translate).sentences[0]
    start = re.split(r"{\w+}", translate(UNLINKED[why]))[0]
    assert first.startswith(start) and first.endswith(".") and "{" not in first
    if "{who}" in UNLINKED[why]:
        assert "Åsa" in first and "2026" in first


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stage", [stage for stage in LinkStage if stage is not LinkStage.NONE])
def test_every_stage_has_its_sentence(stage: LinkStage, language: str) -> None:
    linked = candidate(1, 0.99)
    found = case(LinkState.LINKED, linked, stage=stage, linked=linked, decision=DECIDED)
    said = reports.explain(found, Translator(language)).sentences
    assert stage in LINKED and "Björk 1 AB (XX:1)" in said[0]
    assert found.why() is None


def test_a_sentence_says_what_speaks_for_it_against_it_and_who_is_next() -> None:
    found = case(LinkState.UNRESOLVED, candidate(1, 0.4), candidate(2, 0.1, form="same"))
    assert reports.explain(found, Translator()).sentences == (
        "Not linked: the best candidate, Björk 1 AB (XX:1), is it with a probability of 40%; 90% is asked.",
        "For it: the rare words of the name as written agree with 'Björk <& Co> AB'; same postcode.",
        "Against it: the legal form is another.",
        "Next best: Björk 2 AB, 10%.",
    )


def test_two_that_share_the_probability_are_a_tie_and_a_weak_pair_is_not() -> None:
    assert case(LinkState.UNRESOLVED, candidate(1, 0.4), candidate(2, 0.39)).why() is WhyUnlinked.TOO_UNLIKE
    assert case(LinkState.UNRESOLVED, candidate(1, 0.5), candidate(2, 0.49)).why() is WhyUnlinked.TIE
    assert case(LinkState.UNRESOLVED, candidate(1, 0.3), candidate(2, 0.3)).why() is WhyUnlinked.TOO_UNLIKE
    assert case(LinkState.UNRESOLVED, candidate(1, 0.8)).why() is WhyUnlinked.TOO_UNLIKE


def test_a_probability_just_below_what_is_asked_reads_below_it() -> None:
    thresholds = Thresholds({LinkStage.FUZZY: Least(0.9, 0.5)})
    said = reports.explain(case(LinkState.UNRESOLVED, candidate(1, 0.8987)), Translator(), thresholds).sentences[0]
    assert said.endswith("is it with a probability of 89.9%; 90% is asked.")


def test_history_is_told() -> None:
    linked = candidate(1, 0.99)
    said = {"followed": "XX:0 > XX:1", "succession": "merged", "succeeded_on": "2024-05-03", "contradicted_by": "Bo"}
    found = case(
        LinkState.LINKED, linked, linked=linked, stage=LinkStage.GROUP, member="Björk (Region)", decision=said,
        reopened=Reopened.PROPOSAL,
    )  # fmt: skip
    assert reports.explain(found, Translator()).sentences[-4:] == (
        "It follows Björk (Region).",
        "It took the place of XX:0 (merged into, 3 May 2024).",
        "Bo said otherwise.",
        "To be looked at again: the machine now proposes another organisation.",
    )


def test_every_feature_has_words_and_a_topic() -> None:
    known = {**words.SHARES, **words.SIGNS, **words.AMOUNTS}
    assert set(FEATURES) - set(known) == set(), "give the feature words in reports/explanation/words.py"
    assert set(FEATURES) - set(TOPIC_OF) == set(), "give the feature a topic in linkage/evidence.py"
    assert {*TOPIC_OF.values()} <= set(words.TOPICS)


def test_steps_lead_from_base_to_probability_without_a_gap() -> None:
    evidence = read(WEIGHED, 0.9)
    steps = evidence.steps()
    assert steps[0].start == evidence.base
    assert [step.start for step in steps[1:]] == [step.end for step in steps[:-1]]
    assert probability(steps[-1].end) == pytest.approx(0.9)
    assert {step.topic: round(step.move, 6) for step in steps[:-1]} == {
        "words": 5.0, "spelling": 4.0, "form": -1.5, "place": 2.5,
    }  # fmt: skip
    assert steps[-1].topic == RIVALS and steps[-1].move == pytest.approx(logit(0.9) - 2.0)


def test_a_number_is_the_last_step() -> None:
    steps = read({**WEIGHED, "number": "as written"}, 1.0).steps()
    assert steps[-1].topic == NUMBER_FOUND
    assert probability(steps[-1].end) < 1


@pytest.mark.parametrize(
    "evidence", ["{}", '{"features": {}}', '{"features": {"new_feature": 0.3}, "weights": {"new_feature": 1}}']
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_evidence_may_lack_anything(evidence: str, language: str) -> None:
    one = Candidate("XX:1", "Björk AB", LinkStage.FUZZY, 0.5, read(evidence, 0.5))
    explained = reports.explain(case(LinkState.UNRESOLVED, one), Translator(language))
    assert explained.picture is None
    assert reports.explanation_page(case(LinkState.UNRESOLVED, one), explained, Translator(language))


@pytest.mark.parametrize("state", [LinkState.MASKED, LinkState.LINKED])
@pytest.mark.parametrize("language", LANGUAGES)
def test_of_the_masked_nothing_is_shown(state: LinkState, language: str) -> None:
    same = replace(candidate(number="same pseudonym"), org_id="XX:p:0123", name="Sole trader 0123")
    linked = {"linked": same, "org_id": "XX:p:0123", "stage": LinkStage.NUMBER} if state is LinkState.LINKED else {}
    found = case(state, same, is_masked=True, org_number="p:0123", name="Sole trader", **linked)
    explained = reports.explain(found, Translator(language))
    assert len(explained.sentences) == 1
    assert (explained.candidates, explained.features, explained.picture) == (None, None, None)
    assert "0123" not in reports.explanation_page(found, explained, Translator(language))
    assert "0123" not in json.dumps(explaining.as_row(explaining.Explanation(found, explained)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_escapes_names_and_runs_nothing(language: str) -> None:
    found = case(LinkState.UNRESOLVED, candidate(), name="<script>alert(1)</script>")
    text = reports.explanation_page(found, reports.explain(found, Translator(language)), Translator(language))
    assert "<script" not in text and "&lt;script&gt;" in text and "Björk &lt;&amp; Co&gt; AB" in text
    assert text.count('role="img"') == 2 and "<desc id=" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_too_long_for_a_name_is_told_so_and_cut_where_it_is_shown(language: str) -> None:
    translate = Translator(language)
    long = case(name="Builders " * 1000)
    assert long.why() is WhyUnlinked.NO_NAME
    said = reports.explain(long, translate).sentence
    assert translate.number(9000) in said and said != translate(UNLINKED[WhyUnlinked.NO_NAME])
    shown = reports.explain(case(LinkState.UNRESOLVED, candidate(), name="Builders " * 1000), translate).candidates
    assert shown is not None and max(len(str(cell)) for row in shown.rows for cell in row) <= words.LONGEST
