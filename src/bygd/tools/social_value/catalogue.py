"""Catalogue: policies that countries ship, a project's own, and copies of editions that tenders were made with."""

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bygd.countries import available, load
from bygd.parameters.strict import ValueFileError, parse, read
from bygd.sources.errors import InputError
from bygd.tools.social_value.policy import Edition, Policy
from bygd.tools.social_value.reading import policy
from bygd.vocabulary.said import Said

FOLDER = "policies"
OWN = "own"
"""What stands before the name of a project's own policy, as a country's code does before a shipped one."""
KEPT = "kept"


def check(path: Path) -> Policy:
    """The policy in a file, by the name of the file. Raises InputError naming file, line and key."""
    if not path.is_file():
        raise InputError("{path} is not there, or is no file. Check the name.", path=path)
    return _read(path, f"{OWN}/{path.stem}")


def shipped() -> dict[str, Policy]:
    """Every policy of every country by its id, country by country."""
    packs = {pack.code: pack for code in available() for pack in load(code).lineage()}
    return {one.id: one for pack in packs.values() for one in _of(pack.folder)}


def own(folder: Path) -> dict[str, Policy]:
    """The policies in the `policies` folder of a project by id. Raises InputError naming file, line and key."""
    return {f"{OWN}/{path.stem}": check(path) for path in sorted((folder / FOLDER).glob("*.yaml"))}


def find(name: str, folder: Path | None = None) -> Policy:
    """The policy of that id, a project's own where `folder` is given. Raises InputError, listing those there are."""
    known = {**shipped(), **(own(folder) if folder else {})}
    if name not in known:
        raise InputError("There is no policy '{name}'. Known: {known}.", name=name, known=known or Said("none"))
    return known[name]


def edition(id: str, folder: Path | None = None) -> Edition:
    """The edition that a tender names by policy and version, from the copies of the project first.

    Raises InputError where neither a copy nor the policy of today has that version.
    """
    name, _, version = id.partition("@")
    path = _kept(folder, id) if folder else None
    if path and path.is_file():
        return read_kept(path.read_text(encoding="utf-8"), str(path))
    return find(name, folder).edition(version)


def keep(one: Edition, folder: Path) -> Path:
    """Write the edition beside the tenders of a project, so that it stays readable; the file is never overwritten."""
    path = _kept(folder, one.id)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_text(kept(one), encoding="utf-8")
    return path


def kept(one: Edition) -> str:
    """The edition as a policy file that holds it alone: what a tender stores. `read_kept` gives it back."""
    if not one.content:
        raise InputError(
            "{policy} was stripped of what may not be published, and cannot be kept so.", policy=one.policy
        )
    content = {"policy": one.policy, "version": one.version, "editions": [one.content]}
    return written(content)


def written(content: dict[str, Any]) -> str:
    """Content of a policy file as text that the strict reader reads back the same."""
    return str(yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100))


def read_kept(text: str, where: str = "the copy") -> Edition:
    """The edition in a text that `kept` gave. Raises InputError where it was changed since."""
    try:
        content = parse(text, where)
        if not isinstance(content, dict) or not {"policy", "version"} <= set(content):
            raise ValueFileError(f"{where} is no copy of an edition: it must say its policy and version.")
        version = content.pop("version")
        found = policy(content, content["policy"], where).editions[0]
    except ValueFileError as error:
        raise InputError("The policy cannot be read. {why}", why=error) from error
    if found.version != str(version):
        raise InputError(
            "{where} says it is version {version}, but what it holds is {found}: it was changed since "
            "the tender was made. Restore it from a backup.",
            where=where,
            version=version,
            found=found.version,
        )
    return found


def _kept(folder: Path, id: str) -> Path:
    return folder / FOLDER / KEPT / f"{id.replace('/', '_')}.yaml"


@cache
def _of(pack: Path) -> tuple[Policy, ...]:
    paths = sorted((pack / FOLDER).glob("*.yaml"))
    return tuple(policy(read(path), f"{pack.name}/{path.stem}", str(path)) for path in paths)


def _read(path: Path, id: str) -> Policy:
    try:
        return policy(read(path), id, str(path))
    except ValueFileError as error:
        raise InputError("The policy cannot be read. {why}", why=error) from error


class _Dumper(yaml.SafeDumper):
    """Writes what the strict reader reads: decimals with all their digits, no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_multi_representer(dict, lambda dumper, data: dumper.represent_dict(data.items()))


def _number(dumper: yaml.SafeDumper, data: Any) -> yaml.Node:
    text = f"{data:f}"
    return dumper.represent_scalar("tag:yaml.org,2002:float", text if "." in text else f"{text}.0")


_Dumper.add_representer(Decimal, _number)
