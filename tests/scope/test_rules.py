"""Rule files: the order they are tried in, what a project may change, and what is refused."""

from pathlib import Path

import pytest

from bygd import countries, scope
from bygd.scope.rules import SHIPPED_LANGUAGES
from bygd.sources.errors import InputError
from bygd.vocabulary.words import NotProcurement


def project(folder: Path, text: str) -> Path:
    (folder / "rules").mkdir()
    (folder / "rules" / "not_procurement.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("code", countries.available())
def test_every_shipped_rule_is_labelled_explained_and_unique(code: str) -> None:
    rules = scope.rules(countries.load(code))
    assert len({rule.id for rule in rules}) == len(rules) > 1
    for rule in rules:
        assert all(rule.label_in(language) for language in SHIPPED_LANGUAGES)
        assert rule.why and rule.reason in NotProcurement
        assert rule.id.startswith(f"{rule.from_pack}.")


def test_own_name_comes_first_then_project_pack_and_parents(tmp_path: Path) -> None:
    folder = project(tmp_path, "rules: [{id: mine, reason: grant, pattern: ' x '}]")
    packs = [rule.from_pack for rule in scope.rules(countries.load("gb"), folder)]
    assert packs[:2] == ["world", "project"]
    assert packs[2:] == sorted(packs[2:])  # gb before world


def test_a_project_switches_a_rule_off_or_replaces_it(tmp_path: Path) -> None:
    text = "without: [gb.police]\nrules: [{id: gb.fire, reason: tax, pattern: ' fire ', label: {en: Ours}}]"
    rules = {rule.id: rule for rule in scope.rules(countries.load("gb"), project(tmp_path, text))}
    assert "gb.police" not in rules
    assert (rules["gb.fire"].reason, rules["gb.fire"].label_in("sv")) == ("tax", "Ours")


def test_a_project_without_rules_has_those_of_the_pack(tmp_path: Path) -> None:
    assert scope.rules(countries.load("se"), tmp_path) == scope.rules(countries.load("se"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("without: [gb.polise]", "no such rule"),
        ("rules: [{reason: grant, pattern: x}]", "needs an 'id'"),
        ("rules: [{id: a, reason: theft, pattern: x}]", "'reason' must be one of"),
        ("rules: [{id: a, reason: grant, pattern: x, colour: red}]", "unknown key colour"),
        ("rules: [{id: a, reason: grant, pattern: x, fields: [weather]}]", "no field weather"),
        ("rules: [{id: a, reason: grant}]", "either a 'pattern' or 'own_name: true'"),
        ("rules: [{id: a, reason: grant, pattern: '(x'}]", "no regular expression"),
        (r"rules: [{id: a, reason: grant, pattern: '\bx'}]", "is not allowed"),
        ("rules: [{id: a, reason: grant, pattern: '(?=x)'}]", "is not allowed"),
        ("rules: [{id: a, reason: grant, pattern: 'x++'}]", "is not allowed"),
        ("rules: [{id: a, reason: grant, pattern: NHS}]", "is not allowed"),
        ("rules: [{id: a, reason: grant, pattern: x}, {id: a, reason: tax, pattern: y}]", "two rules with the id 'a'"),
        ("rules: [", "not readable as YAML"),
        ("- rules", "must have the keys"),
        ("rules: 7", "'rules' must be a list"),
        ("without: gb.police", "'without' must be a list"),
    ],
)
def test_a_faulty_file_is_refused_with_file_and_reason(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError, match="not_procurement") as refusal:
        scope.rules(countries.load("gb"), project(tmp_path, text))
    assert said in str(refusal.value)
