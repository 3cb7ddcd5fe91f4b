"""The index of a register, built once and kept in a folder while the register stays the same."""

import hashlib
import shutil
from functools import cache
from pathlib import Path

from scipy import sparse

from bygd.engine import DuckEngine
from bygd.linkage.index import TokenIndex, read_tokens
from bygd.linkage.readings import read_names
from bygd.sources.conventions import Conventions

NAMES, TOKENS = "names.parquet", "tokens.npz"

FINGERPRINT = """
    SELECT (SELECT count(*) FROM organisations) AS organisations, (SELECT count(*) FROM organisation_names) AS names,
        CAST((SELECT sum(CAST(hash(org_id, name, status, is_masked) AS HUGEINT)) FROM organisations) AS VARCHAR) AS a,
        CAST((SELECT sum(CAST(hash(org_id, name, kind) AS HUGEINT)) FROM organisation_names) AS VARCHAR) AS b,
        version() AS engine
"""


def open_index(engine: DuckEngine, conventions: Conventions, folder: Path | None) -> TokenIndex:
    """The token index of the register, and `linkage_names` that goes with it, from the folder or built.

    The folder holds at most one register: another one takes its place.
    """
    if folder is None:
        read_names(engine, conventions)
        return TokenIndex.of(read_tokens(engine, "linkage_names", _count(engine)))
    words = (conventions.legal_form_words, conventions.stop_words, conventions.leading_forms)
    seen = repr((_code(), words, engine.rows(FINGERPRINT)))
    kept = folder / f"names-{hashlib.sha256(seen.encode()).hexdigest()[:16]}"
    if not (kept / TOKENS).exists():
        _build(engine, conventions, kept)
    engine.read("linkage_kept", kept / NAMES)
    engine.sql("linkage_names", "FROM linkage_kept ORDER BY name_id")
    engine.forget("linkage_kept")
    return TokenIndex.of(sparse.load_npz(kept / TOKENS))


@cache
def _code() -> str:
    """A hash of how names are split, hashed and kept: other code makes another index."""
    texts = (path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    return hashlib.sha256(b"".join(texts)).hexdigest()


def _build(engine: DuckEngine, conventions: Conventions, kept: Path) -> None:
    """Write names, then tokens: a folder that has its tokens is whole, however the building ended."""
    for other in kept.parent.glob("names-*"):
        shutil.rmtree(other)
    kept.mkdir(parents=True)
    read_names(engine, conventions)
    engine.write("linkage_names", kept / NAMES)
    sparse.save_npz(kept / "writing.npz", read_tokens(engine, "linkage_names", _count(engine)), compressed=False)
    (kept / "writing.npz").replace(kept / TOKENS)


def _count(engine: DuckEngine) -> int:
    return int(engine.rows("SELECT count(*) AS n FROM linkage_names")[0]["n"])
