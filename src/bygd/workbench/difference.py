"""Difference: what went into one snapshot and not into the other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bygd.workbench import snapshot
from bygd.workbench.project import Project
from bygd.workbench.snapshot import Snapshot


@dataclass(frozen=True)
class Difference:
    """What changed from one snapshot to the next: files by content, decisions by their number, settings, version."""

    added: list[dict[str, Any]]
    removed: list[dict[str, Any]]
    decisions: dict[str, int]
    settings: dict[str, tuple[Any, Any]]
    version: tuple[str, str] | None

    @property
    def is_none(self) -> bool:
        """Whether both were made of the same, by the same version."""
        return not (self.added or self.removed or any(self.decisions.values()) or self.settings or self.version)


def between(old: Snapshot, new: Snapshot) -> Difference:
    """What is in the new one and not in the old, and the other way round."""
    before, now = _files(old.manifest), _files(new.manifest)
    counted, known = new.manifest.get("decisions") or {}, old.manifest.get("decisions") or {}
    settings, earlier = new.manifest.get("settings") or {}, old.manifest.get("settings") or {}
    versions = str(old.manifest["bygd"]), str(new.manifest["bygd"])
    return Difference(
        added=[file for key, file in now.items() if key not in before],
        removed=[file for key, file in before.items() if key not in now],
        decisions={name: counted.get(name, 0) - known.get(name, 0) for name in dict.fromkeys((*counted, *known))},
        settings={
            name: (earlier.get(name), settings.get(name))
            for name in dict.fromkeys((*earlier, *settings))
            if earlier.get(name) != settings.get(name)
        },
        version=versions if versions[0] != versions[1] else None,
    )


def unread(project: Project, current: Snapshot) -> tuple[list[str], list[str]]:
    """Files that the project names and the snapshot did not read, and those it read that are named no more."""
    groups = (project.ledgers, project.registers, project.postcodes)
    named = [file for entries in groups for entry in entries for file in entry.files]
    known = [str(file["path"]) for file in current.manifest["files"]]
    return [file for file in named if file not in known], [file for file in known if file not in named]


def before(project: Project, current: Snapshot) -> Snapshot | None:
    """The snapshot that was built last before this one; None where it is the first."""
    earlier = [one for one in snapshot.history(project) if one.manifest["built_at"] < current.manifest["built_at"]]
    return earlier[-1] if earlier else None


def _files(manifest: Mapping[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(file["kind"], file["sha256"]): file for file in manifest["files"]}
