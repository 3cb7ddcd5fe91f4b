"""A site is put where another stands without a moment in which there is none."""

import sys
import threading
from pathlib import Path

import pytest

from bygd.workbench import publication


def site(folder: Path, said: str) -> Path:
    folder.mkdir()
    (folder / publication.MARK).write_text(said)
    return folder


def test_put_where_there_is_none_or_one(tmp_path: Path) -> None:
    folder = tmp_path / "public"
    for said in ("1", "2"):
        publication.put(site(tmp_path / f".{said}", said), folder)
        assert (folder / publication.MARK).read_text() == said
    folder.rename(tmp_path / "away")
    folder.mkdir()
    publication.put(site(tmp_path / ".3", "3"), folder)
    assert (folder / publication.MARK).read_text() == "3"


@pytest.mark.skipif(sys.platform != "linux", reason="exchanging two folders at once")
def test_there_is_one_at_every_moment_though_two_write(tmp_path: Path) -> None:
    folder, missed, done = site(tmp_path / "public", "0"), [], threading.Event()

    def look() -> None:
        while not done.is_set():
            try:
                (folder / publication.MARK).stat()
            except FileNotFoundError as error:
                missed.append(error)

    def write(name: str) -> None:
        for number in range(200):
            publication.put(site(tmp_path / f".{name}{number}", name), folder)

    watching = threading.Thread(target=look)
    writing = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for one in (watching, *writing):
        one.start()
    for one in writing:
        one.join()
    done.set()
    watching.join()
    assert not missed
    assert len(list(tmp_path.glob(".[ab]*"))) == 400  # each left what stood there before it


def test_where_a_link_stands_the_folder_that_it_leads_to_is_replaced(tmp_path: Path) -> None:
    before, link = site(tmp_path / "1", "1"), tmp_path / "link"
    link.symlink_to(before)
    publication.put(site(tmp_path / ".2", "2"), link)
    assert link.is_symlink() and link.resolve() == before
    assert {path.read_text() for path in before.rglob("*") if path.is_file()} == {"2"}
