"""The store of finished steps: whole or not at all, and made anew when anything differs."""

from pathlib import Path

import pytest

from bygd.workbench import store


def test_a_step_is_made_once(tmp_path: Path) -> None:
    calls = []

    def make(folder: Path) -> None:
        calls.append(1)
        (folder / "x").write_text("1")

    first = store.made(tmp_path, "step", ["a", 1], make)
    assert store.made(tmp_path, "step", ["a", 1], make) == first
    assert len(calls) == 1
    assert store.made(tmp_path, "step", ["a", 2], make) != first
    assert len(calls) == 2


def test_a_step_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / "half").write_text("1")
        raise RuntimeError("the disk is on fire")

    with pytest.raises(RuntimeError):
        store.made(tmp_path, "step", [], fail)
    assert list(tmp_path.iterdir()) == []


def test_of_two_that_make_a_step_at_once_the_first_is_kept(tmp_path: Path) -> None:
    def make(folder: Path) -> str:
        if not list(tmp_path.glob("step-*")):
            (tmp_path / folder.name.lstrip(".").rpartition(".")[0]).mkdir()
            (tmp_path / folder.name.lstrip(".").rpartition(".")[0] / "theirs").touch()
        return "ours"

    folder = store.made(tmp_path, "step", [], make)
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]
    assert (folder / "theirs").exists()


def test_notes_are_kept_with_the_step(tmp_path: Path) -> None:
    folder = store.made(tmp_path, "step", [], lambda _: {"rows": 3})
    assert store.notes(folder) == {"rows": 3}
    assert store.notes(store.made(tmp_path, "other", [], lambda _: None)) is None


def test_pruning_keeps_what_is_named_and_what_is_being_made(tmp_path: Path) -> None:
    kept = store.made(tmp_path, "kept", [], lambda _: None)
    store.made(tmp_path, "gone", [], lambda _: None)
    (tmp_path / ".dead.999999999").mkdir()
    alive = tmp_path / ".alive.1"
    alive.mkdir()
    (tmp_path / ".of a file manager").touch()
    store.prune(tmp_path, [kept.name])
    (tmp_path / ".of a file manager").unlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([kept.name, alive.name])


def test_fingerprints_do_not_depend_on_the_order_of_keys() -> None:
    assert store.fingerprint({"a": 1, "b": 2}) == store.fingerprint({"b": 2, "a": 1})
    assert store.fingerprint("a", "b") != store.fingerprint("ab")
