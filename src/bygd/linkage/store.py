"""The index of a register, built once and kept in a folder while the register stays the same."""

import hashlib
import shutil
from functools import cache
from pathlib import Path

from bygd.engine import DuckEngine
from bygd.linkage.index import TokenIndex, buckets, read_tokens
from bygd.linkage.readings import read_names
from bygd.linkage.repair import shortened
from bygd.linkage.words import kept_tokens, read_spellings, vocabulary
from bygd.sources.conventions import Conventions

NAMES, WORDS, SHORTENED, WHOLE = "names.parquet", "words.parquet", "shortened.parquet", "counts.npy"

SHAPED_BY = ("names", "readings", "words", "repair", "index", "store")
"""Modules that decide what the index looks like: other code makes another index."""

KEPT = {"linkage_names": NAMES, "linkage_vocabulary": WORDS, "linkage_shortened": SHORTENED}

FINGERPRINT = """
    SELECT (SELECT count(*) FROM organisations) AS organisations, (SELECT count(*) FROM organisation_names) AS names,
        CAST((SELECT sum(CAST(hash(org_id, name, status, is_masked) AS HUGEINT)) FROM organisations) AS VARCHAR) AS a,
        CAST((SELECT sum(CAST(hash(org_id, name, kind) AS HUGEINT)) FROM organisation_names) AS VARCHAR) AS b,
        version() AS engine
"""


def open_index(engine: DuckEngine, conventions: Conventions, folder: Path | None) -> TokenIndex:
    """The token index of the register, `linkage_names` and `linkage_vocabulary` with it, from the folder or built.

    The folder holds at most one register: another one takes its place.
    """
    read_spellings(engine, conventions)
    if folder is None:
        return _build(engine, conventions)
    words = (
        conventions.legal_form_words,
        conventions.stop_words,
        conventions.leading_forms,
        conventions.abbreviations,
    )
    seen = repr((_code(), words, engine.rows(FINGERPRINT)))
    kept = folder / f"names-{hashlib.sha256(seen.encode()).hexdigest()[:16]}"
    if not (kept / WHOLE).exists():
        _keep(engine, conventions, kept)
    for relation, file in KEPT.items():
        engine.forget(relation)
        engine.read(relation, kept / file)
    return TokenIndex.kept(kept, _count(engine))


@cache
def _code() -> str:
    texts = (Path(__file__).with_name(f"{name}.py").read_bytes() for name in SHAPED_BY)
    return hashlib.sha256(b"".join(texts)).hexdigest()


def _build(engine: DuckEngine, conventions: Conventions) -> TokenIndex:
    read_names(engine, conventions)
    engine.sql("linkage_vocabulary", vocabulary())
    engine.sql("linkage_shortened", shortened())
    names = _count(engine)
    return TokenIndex.of(read_tokens(engine, kept_tokens(), names, buckets(names)))


def _keep(engine: DuckEngine, conventions: Conventions, kept: Path) -> None:
    """Write names and words, then tokens: a folder that has its counts is whole, however the building ended."""
    for other in kept.parent.glob("names-*"):
        shutil.rmtree(other)
    kept.mkdir(parents=True)
    index = _build(engine, conventions)
    for relation, file in KEPT.items():
        engine.write(relation, kept / file)
    index.keep(kept)


def _count(engine: DuckEngine) -> int:
    return int(engine.rows("SELECT count(*) AS n FROM linkage_names")[0]["n"])
