"""The index of a register, built once and kept in a folder while the register stays the same."""

import hashlib
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bygd.engine import DuckEngine
from bygd.linkage.index import TokenIndex, buckets, read_tokens
from bygd.linkage.readings import read_names
from bygd.linkage.repair import shortened
from bygd.linkage.shelf import Lookup, Shelf
from bygd.linkage.words import kept_tokens, read_spellings, vocabulary
from bygd.sources.conventions import Conventions

WORDS, RESTS, WHOLE = "words.parquet", "rests", "counts.npy"

SHAPED_BY = ("names", "hidden", "readings", "words", "repair", "index", "shelf", "store")
"""Modules that decide what the index looks like: other code makes another index."""

KEPT = {"linkage_vocabulary": WORDS}
"""Relations that go with the index, and their files."""

FINGERPRINT = """
    SELECT (SELECT count(*) FROM organisations) AS organisations, (SELECT count(*) FROM organisation_names) AS names,
        CAST((SELECT sum(CAST(hash(
            org_id, name, status, is_masked, postcode, town, registered_on, ended_on, industry
        ) AS HUGEINT)) FROM organisations) AS VARCHAR) AS a,
        CAST((SELECT sum(CAST(hash(org_id, name, kind) AS HUGEINT)) FROM organisation_names) AS VARCHAR) AS b
"""


@dataclass(frozen=True)
class Index:
    """What names are looked for by: their tokens, the names themselves, words by what slips leave of
    them, and the folder where it is kept."""

    tokens: TokenIndex
    shelf: Shelf
    rests: Lookup
    folder: Path | None = None


def open_index(engine: DuckEngine, conventions: Conventions, folder: Path | None, register: str = "") -> Index:
    """The index of the register, and `linkage_vocabulary` with it, from the folder or built.

    The folder holds at most one register: another one takes its place. `register` is what the caller tells it from
    others by: where that is marked on an index, its rows are not looked through to see whether it is the same.
    """
    read_spellings(engine, conventions)
    if folder is None:
        return _build(engine, conventions)
    words = (
        conventions.legal_form_words,
        conventions.stop_words,
        conventions.leading_forms,
        conventions.abbreviations,
        conventions.small_words,
        conventions.satellite_words,
    )
    shaped = (_code(), words, engine.rows("SELECT version() AS engine"))
    mark = f"known-{_short(shaped, register)}"
    kept = _marked(folder, mark) if register else None
    if kept is None:
        kept = folder / f"names-{_short(shaped, engine.rows(FINGERPRINT))}"
        if not _is_whole(kept):
            _keep(engine, conventions, kept)
        if register:
            (kept / mark).touch()
    for relation, file in KEPT.items():
        engine.forget(relation)
        engine.read(relation, kept / file)
    shelf = Shelf.kept(kept)
    return Index(TokenIndex.kept(kept, len(shelf)), shelf, Lookup.kept(kept, RESTS), kept)


def _marked(folder: Path, mark: str) -> Path | None:
    """The whole index that bears the mark."""
    return next((found.parent for found in folder.glob(f"names-*/{mark}") if _is_whole(found.parent)), None)


def _is_whole(kept: Path) -> bool:
    return (kept / WHOLE).exists()


def _short(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


@cache
def _code() -> str:
    texts = (Path(__file__).with_name(f"{name}.py").read_bytes() for name in SHAPED_BY)
    return hashlib.sha256(b"".join(texts)).hexdigest()


def _build(engine: DuckEngine, conventions: Conventions) -> Index:
    """The index in memory."""
    _read(engine, conventions)
    index = Index(_tokens(engine, conventions), Shelf.of(engine), shortened(engine))
    engine.forget("linkage_names")
    return index


def _keep(engine: DuckEngine, conventions: Conventions, kept: Path) -> None:
    """Write names and words, then tokens: a folder that has its counts is whole, however the building ended."""
    for other in kept.parent.glob("names-*"):
        shutil.rmtree(other)
    kept.mkdir(parents=True)
    _read(engine, conventions)
    for relation, file in KEPT.items():
        engine.write(relation, kept / file)
    shortened(engine).keep(kept, RESTS)
    Shelf.keep(engine, kept)
    tokens = _tokens(engine, conventions)
    engine.forget("linkage_names")
    tokens.keep(kept)


def _read(engine: DuckEngine, conventions: Conventions) -> None:
    read_names(engine, conventions)
    engine.sql("linkage_vocabulary", vocabulary())


def _tokens(engine: DuckEngine, conventions: Conventions) -> TokenIndex:
    names = int(engine.rows("SELECT count(*) AS n FROM linkage_names")[0]["n"])
    return TokenIndex.of(read_tokens(engine, kept_tokens(conventions), names, buckets(names)))
