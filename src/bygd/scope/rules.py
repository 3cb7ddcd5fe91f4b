"""The rules: what a rule says, and how the packs' and the project's files are read."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bygd.countries import Country
from bygd.parameters.strict import Safe
from bygd.sources.errors import InputError
from bygd.vocabulary.words import NotProcurement

FILE = "rules/not_procurement.yaml"
FIELDS = ("supplier", "kind", "category", "account", "department")
SHIPPED_LANGUAGES = ("en", "sv", "nl")
REASONS = {word.value: word for word in NotProcurement}

PUBLIC_RULE = "register.public"
"""Id under which money to bodies that only the register shows to be public is left out."""
PUBLIC_REASON = NotProcurement.PUBLIC_BODY

# What RE2 (DuckDB), Java (Spark) and Python read alike; `\b` and `\w` differ beyond ASCII, and
# texts are matched in lower case without punctuation, so other escapes can never match.
_NOT_PORTABLE = re.compile(r"\\|\(\?(?!:)|\[\[|&&|[*+?}]\+|[A-ZÅÄÖ]")
_KEYS = {"id", "reason", "fields", "pattern", "exceptions", "own_name", "label", "why", "source"}


@dataclass(frozen=True)
class Rule:
    """One reason to leave payments out, and how to recognise them.

    A rule catches a payment where `pattern` is found in any of its `fields` and `exceptions` is not
    found in that same field. Both are regular expressions over the text as `matching.plain` gives
    it: lower case, letters and digits only, one blank between words and at both ends. A rule with
    `own_name` catches suppliers that bear the anchor's own name instead.
    """

    id: str
    reason: NotProcurement
    fields: tuple[str, ...]
    pattern: str
    exceptions: str
    own_name: bool
    label: Mapping[str, str] = field(hash=False)
    why: str
    source: str
    from_pack: str

    def label_in(self, language: str) -> str:
        """What the rule catches, in that language, else in English, else its id."""
        return self.label.get(language) or self.label.get("en") or self.id


def rules(country: Country, project_folder: Path | None = None) -> tuple[Rule, ...]:
    """The rules in the order they are tried; the first that catches a payment tags it.

    Rules on the anchor's own name come first, then the project's `rules/not_procurement.yaml`, then
    the country pack's, then its parents'. A later rule with an id already seen is dropped, and so
    are those that the project lists under `without`. Raises InputError naming file and rule.
    """
    found: dict[str, Rule] = {}
    off: set[str] = set()
    shipped = [(pack.code, pack.folder / FILE) for pack in country.lineage()]
    own = [("project", project_folder / FILE)] if project_folder else []
    for pack, path in [*own, *shipped]:
        if path.exists():
            listed, switched_off = _read(path, pack, strict=pack != "project")
            off |= switched_off
            for rule in listed:
                found.setdefault(rule.id, rule)
    for id in sorted(off - found.keys()):
        raise InputError(
            "{where} switches off '{id}', but there is no such rule. Known: {known}.",
            where=own[0][1],
            id=id,
            known=found,
        )
    kept = [rule for rule in found.values() if rule.id not in off]
    return tuple(sorted(kept, key=lambda rule: not rule.own_name))


def _read(path: Path, pack: str, strict: bool) -> tuple[list[Rule], set[str]]:
    """A file's rules and the ids it switches off; shipped files must explain and label every rule."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Safe) or {}  # noqa: S506 - a safe loader
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError("{path} is not readable as YAML: {why}", path=path, why=error) from error
    if not isinstance(content, dict) or not content.keys() <= {"rules", "without"}:
        raise InputError("{path} must have the keys 'rules' and 'without' only.", path=path)
    for key in content:
        if not isinstance(content[key] or [], list):
            raise InputError("{path}: '{key}' must be a list.", path=path, key=key)
    listed = [_rule(entry, path, pack, strict) for entry in content.get("rules") or []]
    ids = [rule.id for rule in listed]
    for id in {id for id in ids if ids.count(id) > 1}:
        raise InputError("{path} has two rules with the id '{id}'.", path=path, id=id)
    return listed, {str(id) for id in content.get("without") or []}


def _rule(entry: Any, path: Path, pack: str, strict: bool) -> Rule:
    if not isinstance(entry, dict) or not entry.get("id"):
        raise InputError("{path}: every rule needs an 'id'; this one has none: {entry}", path=path, entry=repr(entry))
    where = f"{path}, rule '{entry['id']}'"
    if unknown := entry.keys() - _KEYS:
        raise InputError(
            "{where}: unknown key {unknown}. Known: {known}.",
            where=where,
            unknown=sorted(map(str, unknown)),
            known=sorted(_KEYS),
        )
    if entry.get("reason") not in REASONS:
        raise InputError("{where}: 'reason' must be one of {known}.", where=where, known=REASONS)
    own_name = bool(entry.get("own_name"))
    fields = tuple(entry.get("fields") or ("supplier",))
    if wrong := set(fields) - set(FIELDS):
        raise InputError(
            "{where}: there is no field {wrong}. Known: {known}.", where=where, wrong=sorted(wrong), known=FIELDS
        )
    if own_name == bool(entry.get("pattern")):
        raise InputError("{where}: give either a 'pattern' or 'own_name: true'.", where=where)
    label = entry.get("label") or {}
    if strict and not (all(label.get(language) for language in SHIPPED_LANGUAGES) and entry.get("why")):
        raise InputError(
            "{where}: a shipped rule needs 'why' and a label in {languages}.",
            where=where,
            languages=SHIPPED_LANGUAGES,
        )
    return Rule(
        id=str(entry["id"]),
        reason=REASONS[entry["reason"]],
        fields=fields,
        pattern=_expression(entry.get("pattern"), f"{where}, pattern"),
        exceptions=_expression(entry.get("exceptions"), f"{where}, exceptions"),
        own_name=own_name,
        label=dict(label) if isinstance(label, dict) else {"en": str(label)},
        why=str(entry.get("why") or ""),
        source=str(entry.get("source") or ""),
        from_pack=pack,
    )


def _expression(given: str | Iterable[str] | None, where: str) -> str:
    """One regular expression from one text or from a list of alternatives; empty where none is given."""
    alternatives = [given] if isinstance(given, str) else list(given or ())
    expression = "|".join(str(text) for text in alternatives)
    if found := _NOT_PORTABLE.search(expression):
        raise InputError(
            "{where}: '{part}' in '{expression}' is not allowed. Write words in lower case with a blank "
            "on either side; use only ( ) (?: ) | [ ] . ^ $ * + ? {{ }}.",
            where=where,
            part=found.group(),
            expression=expression,
        )
    try:
        re.compile(expression)
    except re.error as error:
        raise InputError(
            "{where}: '{expression}' is no regular expression: {why}.", where=where, expression=expression, why=error
        ) from error
    return expression
