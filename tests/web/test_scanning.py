"""Files are shown to the virus scanner that was named; what it finds, and what it cannot be asked about, is refused."""

import socketserver
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bygd.sources.errors import InputError
from bygd.web.work import scanning

BAD = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"  # the part of EICAR's sentence that no scanner minds
LIMIT = 1 << 20


class Clamd(socketserver.StreamRequestHandler):
    """Answers INSTREAM as clamd does."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        held = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            held += self.rfile.read(size)
            if len(held) > LIMIT:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.wfile.write(b"stream: Eicar-Signature FOUND\0" if BAD in held else b"stream: OK\0")


def serve(server: socketserver.BaseServer) -> Callable[[], None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()

    def stop() -> None:
        server.shutdown()
        server.server_close()
        thread.join()

    return stop


@pytest.fixture(params=["path", "host"])
def clamd(request: Any, tmp_path: Path, settings: Any) -> Iterator[None]:
    server: socketserver.BaseServer
    if request.param == "path":
        settings.CLAMD = str(tmp_path / "s")
        server = socketserver.UnixStreamServer(settings.CLAMD, Clamd)
    else:
        server = socketserver.TCPServer(("127.0.0.1", 0), Clamd)
        settings.CLAMD = f"127.0.0.1:{server.server_address[1]}"
    stop = serve(server)
    yield
    stop()


def test_what_the_scanner_finds_is_refused_and_the_rest_is_taken(clamd: None) -> None:
    scanning.check("a.pdf", b"")
    scanning.check("a.pdf", b"x" * (scanning.PIECE * 2 + 1))
    with pytest.raises(InputError, match="found Eicar-Signature in it"):
        scanning.check("a.pdf", b"x" * (scanning.PIECE - 5) + BAD)


def test_what_is_above_the_scanners_limit_is_refused(clamd: None) -> None:
    with pytest.raises(InputError, match="does not answer"):
        scanning.check("a.pdf", b"x" * (LIMIT * 8))


@pytest.mark.parametrize("where", ["/nowhere/clamd.sock", "127.0.0.1:1"])
def test_without_an_answer_nothing_is_taken(where: str, settings: Any) -> None:
    settings.CLAMD = where
    with pytest.raises(InputError, match="does not answer"):
        scanning.check("a.pdf", b"x")


def test_without_a_scanner_everything_is_taken(settings: Any) -> None:
    settings.CLAMD = ""
    scanning.check("a.pdf", BAD)
