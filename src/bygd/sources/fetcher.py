"""Fetcher: polite download into a store of raw files with hash and date, resumed where it broke, offline afterwards."""

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import httpx2 as httpx
import stamina
from filelock import FileLock

from bygd.sources.errors import InputError
from bygd.sources.patience import AGENT, ATTEMPTS, TIMEOUT, Again, backoff, check_address, check_busy

MAX_BYTES = 4 << 30
"""Largest file that is fetched; the largest register known is a tenth of it, packed."""
MAX_REDIRECTS = 5

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Fetched:
    """What is known of a raw file in the store; kept beside it as JSON."""

    address: str
    fetched_at: str
    sha256: str
    bytes: int
    file: str
    etag: str = ""
    last_modified: str = ""


class Fetcher:
    """Downloads files into a folder. Use as a context manager, or call `close`.

    `progress(done, total)` is called with bytes; total is nought where the server does not say.
    Only https is spoken (plain http to this machine alone). Nothing but the address is sent.
    """

    def __init__(
        self, folder: Path, *, progress: Progress | None = None, max_bytes: int = MAX_BYTES, wait: float = 1.0
    ) -> None:
        self.folder = folder
        self.progress = progress or (lambda done, total: None)
        self.max_bytes = max_bytes
        self.wait = wait
        self.notes: list[str] = []
        self._client: httpx.Client | None = None

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close connections."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def stored(self, address: str) -> Fetched | None:
        """The newest file in the store that came from that address and is still there, or None."""
        found = [Fetched(**json.loads(path.read_text(encoding="utf-8"))) for path in self.folder.glob("*.json")]
        here = [one for one in found if one.address == address and (self.folder / one.file).exists()]
        return max(here, key=lambda one: one.fetched_at, default=None)

    def get(self, address: str) -> Path:
        """The file at that address, from the store where it did not change or the network is away.

        A download that breaks is resumed where it stopped, if the server says that the file is still
        the same; otherwise it starts anew. The file appears under its hash, whole or not at all.
        Raises InputError where the address or the answer cannot be used.
        """
        check_address(address)
        self.folder.mkdir(parents=True, exist_ok=True)
        with FileLock(self.folder / ".lock"):
            known = self.stored(address)
            try:
                for attempt in stamina.retry_context(
                    on=backoff, attempts=ATTEMPTS, timeout=None, wait_initial=self.wait, wait_max=60.0, wait_jitter=0.0
                ):
                    with attempt:
                        return self._attempt(address, known)
            except Again as error:
                if known is None:
                    raise InputError(
                        "{address} could not be fetched: {why}. Try again later.", address=address, why=error
                    ) from error
                self.notes.append(f"{address} could not be reached ({error}); the file of {known.fetched_at} is used.")
                return self.folder / known.file
            raise AssertionError("stamina gives up by raising")

    def _attempt(self, address: str, known: Fetched | None) -> Path:
        part = self.folder / f".{hashlib.sha256(address.encode()).hexdigest()[:16]}.part"
        about = part.with_suffix(".about")
        validator = about.read_text(encoding="utf-8") if about.exists() and part.exists() else ""
        done = part.stat().st_size if validator else 0
        headers = {}
        if done:
            headers = {"Range": f"bytes={done}-", "If-Range": validator}
        elif known is not None:
            headers = {"If-None-Match": known.etag} if known.etag else {"If-Modified-Since": known.last_modified}
        try:
            with self._opened(address, headers) as response:
                if response.status_code == 304 and known is not None:
                    return self.folder / known.file
                if response.status_code == 416:
                    part.unlink(missing_ok=True)
                    raise Again("the server has less than was fetched before")
                _check_status(address, response)
                done = done if _goes_on(response, done) else 0
                total = self._total(address, response, done)
                about.write_text(_validator(response), encoding="utf-8")
                self._receive(address, response, part, done, total)
                return self._keep(address, response, part, about)
        except httpx.TransportError as error:
            raise Again(f"the connection broke ({type(error).__name__})") from error

    def _opened(self, address: str, headers: dict[str, str]) -> "_Response":
        """The answer after redirects, none of which may leave the scheme."""
        if self._client is None:
            self._client = httpx.Client(
                headers={"User-Agent": AGENT, "Accept-Encoding": "identity"}, timeout=TIMEOUT, follow_redirects=False
            )
        here = address
        for _ in range(MAX_REDIRECTS + 1):
            request = self._client.build_request("GET", here, headers={k: v for k, v in headers.items() if v})
            response = self._client.send(request, stream=True)
            if not response.has_redirect_location:
                return _Response(response)
            response.close()
            there = urljoin(here, response.headers["location"])
            if urlsplit(there).scheme != urlsplit(here).scheme:
                raise InputError(
                    "{address} sends on to {there}, which has another scheme. It was not followed.",
                    address=address,
                    there=there,
                )
            check_address(there)
            here = there
        raise InputError(
            "{address} sends on more than {most} times. It was not followed further.",
            address=address,
            most=MAX_REDIRECTS,
        )

    def _total(self, address: str, response: httpx.Response, done: int) -> int:
        """Bytes of the whole file, nought where the server does not say."""
        length = response.headers.get("content-length", "")
        total = done + int(length) if length.isdigit() else 0
        if total > self.max_bytes:
            raise InputError(
                "{address} has {number} bytes, more than the {most} that are fetched.",
                address=address,
                number=total,
                most=self.max_bytes,
            )
        return total

    def _receive(self, address: str, response: httpx.Response, part: Path, done: int, total: int) -> None:
        with part.open("ab" if done else "wb") as out:
            for chunk in response.iter_raw():
                done += len(chunk)
                if done > self.max_bytes:
                    raise InputError(
                        "{address} has more than the {most} bytes that are fetched.",
                        address=address,
                        most=self.max_bytes,
                    )
                out.write(chunk)
                self.progress(done, total)
            out.flush()
            os.fsync(out.fileno())
        if total and done < total:
            raise Again(f"only {done:,} of {total:,} bytes came")
        if total and done > total:
            part.unlink()
            raise Again(f"{done:,} bytes came where {total:,} were announced")

    def _keep(self, address: str, response: httpx.Response, part: Path, about: Path) -> Path:
        """Move a whole file to its name in the store, and write what is known of it."""
        with part.open("rb") as opened:
            sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
        name = Path(unquote(urlsplit(address).path)).name or "file"
        target = self.folder / f"{sha256[:16]}-{name}"
        fetched = Fetched(
            address,
            datetime.now(UTC).isoformat(timespec="seconds"),
            sha256,
            part.stat().st_size,
            target.name,
            response.headers.get("etag", ""),
            response.headers.get("last-modified", ""),
        )
        part.replace(target)
        beside = self.folder / f".{target.name}.json.part"
        beside.write_text(json.dumps(asdict(fetched), indent=2), encoding="utf-8")
        beside.replace(self.folder / f"{target.name}.json")
        about.unlink(missing_ok=True)
        return target


class _Response:
    """An answer that closes itself."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response

    def __enter__(self) -> httpx.Response:
        return self.response

    def __exit__(self, *_: object) -> None:
        self.response.close()


def _check_status(address: str, response: httpx.Response) -> None:
    status = response.status_code
    check_busy(address, response)
    if status not in (200, 206):
        raise InputError(
            "{address} answered with status {status}. Check the address at the publisher's page.",
            address=address,
            status=status,
        )
    if response.headers.get("content-type", "").startswith("text/html"):
        raise InputError(
            "{address} answered with a web page, not with a file. Open it in a browser to see why.", address=address
        )


def _goes_on(response: httpx.Response, done: int) -> bool:
    """Whether the answer is the rest of what was fetched before; a whole file means that it changed."""
    if response.status_code != 206:
        return False
    if not response.headers.get("content-range", "").startswith(f"bytes {done}-"):
        raise Again("the server sent another part than was asked for")
    return True


def _validator(response: httpx.Response) -> str:
    """What tells this version of the file from another when resuming; only strong ones count (RFC 9110, 13.1.5)."""
    etag = response.headers.get("etag", "")
    return etag if etag and not etag.startswith("W/") else response.headers.get("last-modified", "")
