"""What a publisher says of a value goes with it through a file of one's own, to readings, the prompt and the page."""

from pathlib import Path

import pytest

from bygd.reports.place.told import lines
from bygd.reports.translate import Translator
from bygd.sources.errors import InputError
from bygd.sources.statistics import own
from bygd.vocabulary.place_words import ValueStatus
from bygd.workbench import project as projects
from bygd.workbench.place import bring, keeping, profile

HEADER = "area,indicator,period,value,status\n"


@pytest.mark.parametrize(
    ("said", "language", "mark"),
    [("estimated", "en", "[estimated]"), ("revised", "sv", "[reviderat]"), ("break", "nl", "[trendbreuk]"),
     ("provisional", "sv", "[preliminärt]")],
)  # fmt: skip
def test_a_status_is_kept_and_told(tmp_path: Path, said: str, language: str, mark: str) -> None:
    project = projects.create(tmp_path / "place", "se:1291", "Simrishamn")
    path = tmp_path / "values.csv"
    path.write_text(HEADER + f"1291,life_satisfaction,2025,70,{said}\n1291,trust,2025,60,\n", encoding="utf-8")
    bring(project, path)
    found = profile(project)
    shown, plain = found.one("life_satisfaction"), found.one("trust")
    assert shown is not None and shown.status is ValueStatus(said)
    assert plain is not None and plain.status is ValueStatus.OBSERVED
    told = "\n".join(lines(found, "SEK", Translator(language)))
    assert told.count(mark) == 1
    (project.folder / "place" / "values" / "values.csv").unlink()
    kept = keeping.keep_values(project, "again", keeping.look(project, "again.csv", path.read_bytes()))
    assert [one.status for one in own.read(kept)] == [ValueStatus(said), ValueStatus.OBSERVED]


def test_a_status_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "values.csv"
    path.write_text(HEADER + "1291,trust,2025,60,nearly\n", encoding="utf-8")
    with pytest.raises(InputError, match="nearly"):
        list(own.read(path))
