"""Caller: asks services within their limits, keeps each answer with its day, and answers from there when away."""

import gzip
import hashlib
import json
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx2 as httpx
import stamina

from bygd.sources.errors import InputError
from bygd.sources.patience import AGENT, ATTEMPTS, TIMEOUT, Again, Asked, Away, backoff, check_address, check_busy

JSON = "application/json"
BEGINNING = 2_000
"""Bytes of an answer in which a service says that it has none yet."""
LARGEST = 200 << 20
"""Most bytes of one answer; the largest known is a tenth of it."""


@dataclass(frozen=True)
class Limit:
    """So many calls in so many seconds are allowed at a host."""

    calls: int
    seconds: float


GIVE_UP = 2
"""Addresses of a host asked in vain one after the other, each with all its attempts, after which it is left alone."""
MARGIN = 0.2
"""Seconds added to a limit's, since a service counts from when a call arrives, and some travel longer than others."""
PATIENCE = 900.0
"""Seconds that a host is waited for in one pass because it asked to, all such waits together."""
WAIT_MAX, SLICE = 60.0, 5.0
"""Longest wait that nobody asked for, and how often a wait is told of, in seconds."""
USUAL = Limit(10, 10.0)
"""For services that publish no limit."""


@dataclass(frozen=True)
class Answer:
    """What a service answered, word for word, and when."""

    address: str
    body: bytes
    fetched_on: date
    is_stored: bool = False

    def json(self) -> object:
        """The answer as JSON."""
        return json.loads(self.body)


class Refused(InputError):
    """The service understood and said no: a wrong code, too many cells, an address too long."""

    def __init__(self, address: str, status: int, why: str) -> None:
        super().__init__(
            "{address} answered with status {status}: {why}", address=address, status=str(status), why=why[:300]
        )
        self.status = status


def following(link: object, address: str) -> str:
    """The address of the next page, as a page from `address` links to it; blank where there is none.

    Links may be relative, and some services write http where they are asked by https. Raises InputError for a link to
    another host.
    """
    if not link:
        return ""
    found, own = urlsplit(urljoin(address, str(link))), urlsplit(address)
    if found.hostname != own.hostname:
        raise InputError("{address} leads on to another host: {link}.", address=address, link=str(link))
    return found._replace(scheme=own.scheme, netloc=own.netloc).geturl()


class Caller:
    """Asks services, one call at a time. `limits` are per host; what is not named there has the usual one.

    Answers fetched since `since` are taken from the folder and not asked for again, so that a pass that was
    stopped goes on where it stood. With `offline`, or when a service cannot be reached, the newest kept answer is
    taken, and `notes` says so. Being asked to wait is no failure: a host is waited for, `patience` seconds in all,
    and told of to `waiting`; one that asks for more is in `put_off` and is not asked again in this pass.
    """

    def __init__(
        self,
        folder: Path,
        *,
        limits: Mapping[str, Limit] | None = None,
        since: datetime | None = None,
        offline: bool = False,
        wait: float = 1.0,
        patience: float = PATIENCE,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.folder = folder
        self.limits = dict(limits or {})
        self.since = since
        self.offline = offline
        self.wait, self.patience = wait, patience
        self.waiting: Callable[[str, float], None] = lambda _host, _seconds: None
        self.calls = 0
        self.notes: list[str] = []
        self.put_off: dict[str, Away] = {}
        self.waited: dict[str, float] = {}
        self._sleep, self._clock = sleep, clock
        self._lately: dict[str, deque[float]] = {}
        self._in_vain: dict[str, int] = {}
        self._client: httpx.Client | None = None

    def __enter__(self) -> "Caller":
        return self

    def __exit__(self, *_: object) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None

    def get(self, address: str, accept: str = JSON, later: str = "") -> Answer:
        """What the address answers. An answer that says `later` is asked for again. Raises Refused or InputError."""
        return self._asked("GET", address, accept, b"", later)

    def post(self, address: str, body: bytes, accept: str = JSON) -> Answer:
        """What the address answers to that body, which is JSON."""
        return self._asked("POST", address, accept, body)

    def _asked(self, method: str, address: str, accept: str, body: bytes, later: str = "") -> Answer:
        check_address(address)
        path = self._path(method, address, accept, body)
        kept = self._kept(path)
        if kept is not None and (self.offline or (self.since is not None and kept[1] >= self.since)):
            return kept[0]
        host = urlsplit(address).netloc
        if self._in_vain.get(host, 0) >= GIVE_UP:
            return self._from_before(kept, address, "the service did not answer before")
        if host in self.put_off and not self.offline:
            return self._until_later(kept, host)
        if self.offline:
            raise InputError("{address} was never fetched, and we are offline.", address=address)
        try:
            for attempt in stamina.retry_context(
                on=backoff, attempts=ATTEMPTS, timeout=None, wait_initial=self.wait, wait_max=WAIT_MAX, wait_jitter=0.0
            ):
                with attempt:
                    found = self._patiently(method, address, accept, body, later)
        except Away as error:
            self.put_off[host] = error
            return self._until_later(kept, host)
        except Again as error:
            self._in_vain[host] = self._in_vain.get(host, 0) + 1
            return self._from_before(kept, address, str(error))
        except Refused:
            self._in_vain[host] = 0  # it answers
            raise
        self._in_vain[host] = 0
        return self._keep(path, method, found, body)

    def _until_later(self, kept: tuple[Answer, datetime] | None, host: str) -> Answer:
        """The answer of an earlier pass instead of one that the host asks to come back for; raises Away without."""
        if kept is None:
            raise self.put_off[host]
        return self._from_before(kept, kept[0].address, "the service asks to come back later")

    def _from_before(self, kept: tuple[Answer, datetime] | None, address: str, why: str) -> Answer:
        """The answer of an earlier pass, where there is one."""
        if kept is None:
            raise InputError("{address} could not be fetched: {why}. Try again later.", address=address, why=why)
        self.notes.append(f"{address} could not be reached ({why}); the answer of {kept[0].fetched_on} is used.")
        return kept[0]

    def _patiently(self, method: str, address: str, accept: str, body: bytes, later: str) -> Answer:
        """The answer, after as many waits as the host asks for. Raises Again, or Away where that is too long in all."""
        growing = 0.0
        while True:
            try:
                return self._attempt(method, address, accept, body, later)
            except Asked as error:
                seconds = max(growing, self.wait if error.wait is None else error.wait)
                growing = min(max(2 * growing, self.wait), WAIT_MAX)
                self._wait(urlsplit(address).netloc, address, seconds)

    def _wait(self, host: str, address: str, seconds: float) -> None:
        """Wait as asked, in slices that are told of; a wait counts as a second at least, so that it ends some day."""
        waited = self.waited.get(host, 0.0) + max(seconds, 1.0)
        if waited > self.patience:
            raise Away(
                "{address} was waited for as long as we wait in one pass ({minutes} minutes). Start again later: what "
                "was fetched is not asked for again.",
                address=address,
                minutes=round(self.patience / 60),
            )
        self.waited[host] = waited
        while seconds > 0:
            self.waiting(host, seconds)
            self._sleep(min(seconds, SLICE))
            seconds -= SLICE

    def _attempt(self, method: str, address: str, accept: str, body: bytes, later: str) -> Answer:
        self._take_turn(urlsplit(address).netloc)
        if self._client is None:
            self._client = httpx.Client(headers={"User-Agent": AGENT}, timeout=TIMEOUT, follow_redirects=False)
        headers = {"Accept": accept, **({"Content-Type": JSON} if body else {})}
        try:
            self.calls += 1
            response = self._client.request(method, address, headers=headers, content=body or None)
        except httpx.TransportError as error:
            raise Again(f"the connection broke ({type(error).__name__})") from error
        check_busy(address, response)
        if later and later.encode() in response.content[:BEGINNING]:
            raise Asked("the service prepares the answer and says to come back")
        if response.status_code != 200:
            raise Refused(address, response.status_code, " ".join(response.text.split()))
        if len(response.content) > LARGEST:
            raise Refused(address, 200, f"{len(response.content):,} bytes")
        if accept == JSON:
            try:
                json.loads(response.content)
            except ValueError as error:
                raise Again("the answer broke off, or is no JSON") from error
        return Answer(address, response.content, datetime.now(UTC).date())

    def _take_turn(self, host: str) -> None:
        """Wait until one more call is within the host's limit."""
        limit = self.limits.get(host, USUAL)
        span = limit.seconds + MARGIN
        lately = self._lately.setdefault(host, deque())
        while True:
            now = self._clock()
            while lately and now - lately[0] >= span:
                lately.popleft()
            if len(lately) < limit.calls:
                lately.append(now)
                return
            self._sleep(span - (now - lately[0]))

    def _path(self, method: str, address: str, accept: str, body: bytes) -> Path:
        key = hashlib.sha256("\0".join((method, address, accept)).encode() + b"\0" + body).hexdigest()[:24]
        return self.folder / urlsplit(address).netloc.replace(":", "_") / key

    def _kept(self, path: Path) -> tuple[Answer, datetime] | None:
        try:
            about = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
            body = gzip.decompress(path.with_suffix(".gz").read_bytes())
        except (OSError, ValueError, EOFError):
            return None
        at = datetime.fromisoformat(about["fetched_at"])
        if hashlib.sha256(body).hexdigest() != about["sha256"]:
            return None
        return Answer(about["address"], body, at.date(), is_stored=True), at

    def _keep(self, path: Path, method: str, found: Answer, asked: bytes) -> Answer:
        """Write body and facts beside, then swap: a killed process leaves no half an answer."""
        path.parent.mkdir(parents=True, exist_ok=True)
        about = {
            **{name: value for name, value in asdict(found).items() if name == "address"},
            "method": method,
            "asked": asked.decode(),
            "fetched_at": datetime.now(UTC).isoformat(),
            "sha256": hashlib.sha256(found.body).hexdigest(),
        }
        for suffix, content in ((".gz", gzip.compress(found.body, mtime=0)), (".json", json.dumps(about).encode())):
            beside = path.with_suffix(f"{suffix}.part")
            beside.write_bytes(content)
            beside.replace(path.with_suffix(suffix))
        return found
