"""What InputErrors and Said say, gathered from the source: constant messages, and what is none."""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import bygd
from bygd.tools.social_value.policy import Kind, Per
from bygd.vocabulary.words import Site, Word

SOURCE = Path(bygd.__file__).parent
SAID = {"InputError": 0, "Said": 0, "Problem": 1, "RequestError": 1}
"""What says something → which of its arguments is the message."""
WORDS: tuple[type[Word], ...] = (Kind, Per, Site)
"""Words whose labels stand within sentences, in small letters."""
TELLING = re.compile(r"[^\W\d_]{2}")
"""A message of nothing but placeholders needs no translation."""


@dataclass(frozen=True)
class Call:
    """An InputError, an error made of it, or a Said: what it is given as its message, and where."""

    where: str
    given: ast.expr
    names: dict[str, str]
    values: set[str | None]

    def message(self) -> str | None:
        """The constant that it says; None where it passes on what is a message already."""
        given = self.given
        if isinstance(given, ast.Call) and _name(given.func) == "N_":
            given = given.args[0]
        if isinstance(given, ast.Name):
            return self.names.get(given.id)
        return given.value if isinstance(given, ast.Constant) and isinstance(given.value, str) else None

    def is_sound(self) -> bool:
        """Whether it says a constant, or a name for what was marked or said elsewhere; never a text put together."""
        return self.message() is not None or (
            not isinstance(self.given, ast.JoinedStr | ast.BinOp | ast.Constant)
            and not (isinstance(self.given, ast.Call) and _name(self.given.func) in ("str", "join", "format"))
        )


@cache
def calls() -> tuple[Call, ...]:
    """Every place where something is said that may reach a user in any language."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))}
    kinds = SAID | {
        one.name: 0
        for tree in trees.values()
        for one in ast.walk(tree)
        if isinstance(one, ast.ClassDef) and _is_error(one)
    }
    return tuple(call for path, tree in trees.items() for call in _in(path, tree, kinds))


def messages() -> dict[str, str]:
    """What errors and Said say, and where; not what web marks itself, which stands in its own catalogues."""
    found = {word.label.lower(): "a word" for kind in WORDS for word in kind}
    for call in calls():
        message = call.message()
        is_webs = call.where.startswith("web/") and not isinstance(call.given, ast.Constant)
        if message is not None and TELLING.search(re.sub(r"{\w*}", "", message)) and not is_webs:
            found[message] = call.where
    return found


def _in(path: Path, tree: ast.Module, kinds: Mapping[str, int]) -> Iterator[Call]:
    names = {
        target.id: one.value.args[0].value
        for one in ast.walk(tree)
        if isinstance(one, ast.Assign) and isinstance(one.value, ast.Call) and _name(one.value.func) == "N_"
        for target in one.targets
        if isinstance(target, ast.Name) and isinstance(one.value.args[0], ast.Constant)
    }
    for one in ast.walk(tree):
        if isinstance(one, ast.Call) and len(one.args) > kinds.get(_name(one.func), sys.maxsize):
            where = f"{path.relative_to(SOURCE).as_posix()}:{one.lineno}"
            given = one.args[kinds[_name(one.func)]]
            yield Call(where, given, names, {word.arg for word in one.keywords})


def _is_error(node: ast.ClassDef) -> bool:
    return any(_name(base) == "InputError" for base in node.bases)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
