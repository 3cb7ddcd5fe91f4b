"""What went into one snapshot and not into the other; which files a snapshot does not know."""

import shutil
from pathlib import Path

import pytest

from bygd.workbench import build, changing, difference, project, snapshot


@pytest.mark.slow
def test_a_file_taken_out_and_a_setting_changed_are_told(built_sample: Path, tmp_path: Path) -> None:
    shutil.copytree(built_sample, tmp_path / "place", symlinks=True)
    place = project.read(tmp_path / "place")
    old = snapshot.current(place)
    assert difference.before(place, old) is None
    assert difference.unread(place, old) == ([], [])
    same = difference.between(old, old)
    assert same.is_none and same.added == same.removed == []

    file = place.ledgers[0].files[0]
    changing.take_out(place, file)
    text = (place.folder / project.FILE).read_text(encoding="utf-8")
    (place.folder / project.FILE).write_text(text.replace('local_by = "seat"', 'local_by = "either"'), encoding="utf-8")
    place = project.read(place.folder)
    assert difference.unread(place, old) == ([], [file])

    new = build.build(place)
    found = difference.between(old, new)
    assert [one["path"] for one in found.removed] == [file] and found.added == []
    assert found.settings == {"local_by": ("seat", "either")} and not found.is_none
    assert [one["path"] for one in difference.between(new, old).added] == [file]
    earlier = difference.before(place, new)
    assert earlier is None or earlier.id == old.id  # built within one second, they stand side by side
