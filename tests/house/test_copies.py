"""A copy of a built place shares what nothing changes, and it is found out where something does."""

import os
from pathlib import Path

from tests.lib import copies


def test_what_is_written_into_a_shared_file_is_found_out(tmp_path: Path) -> None:
    step, own = Path(".bygd/store/step/a.parquet"), Path(".bygd/snapshots/1/manifest.json")
    for path in (step, own):
        (tmp_path / "built" / path).parent.mkdir(parents=True)
        (tmp_path / "built" / path).write_text("one")
    built = tmp_path / "built"
    before = copies.stamps(built)
    copy = copies.copy(built, tmp_path / "copy")
    (copy / own).write_text("another")
    (copy / "beside").write_text("another")
    os.replace(copy / "beside", copy / step)
    assert (built / own).read_text() == (built / step).read_text() == "one"
    assert copies.written_into(before, copies.stamps(built)) == []
    (copies.copy(built, tmp_path / "again") / step).write_text("another")
    assert copies.written_into(before, copies.stamps(built)) == [built / step]
