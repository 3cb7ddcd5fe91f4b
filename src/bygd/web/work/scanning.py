"""Scanning: files that people give, asked about at the virus scanner (clamd) that whoever runs this has named.

clamd's protocol is three lines long (man clamd, INSTREAM), and no library for it is kept up, hence it is spoken here.
Only the content is sent, never a name.
"""

import logging
import socket
import struct
from contextlib import suppress
from pathlib import PurePosixPath

from django.conf import settings

from bygd.sources.errors import InputError

PORT = 3310
SECONDS = 60
"""Longest that one answer is waited for."""
PIECE = 1 << 18
MOST_ANSWERED = 4096

logger = logging.getLogger("bygd.scanning")


def check(name: str, content: bytes) -> None:
    """Let a file through. Raises InputError where something was found in it, or where the scanner does not answer.

    Where none is named, every file goes through.
    """
    if not settings.CLAMD:
        return
    try:
        answer = ask(settings.CLAMD, content)
    except OSError as error:
        logger.error("the virus scanner does not answer: %s", error)
        answer = ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        what = answer[len("stream: ") : -len(" FOUND")]
        logger.warning("a file was refused: %s", what)
        raise InputError("{name} was not taken: the virus scanner found {what} in it.", name=name, what=what)
    if answer != "stream: OK":
        if answer:
            logger.error("the virus scanner answers: %s", answer)
        raise InputError(
            "{name} was not taken, since the virus scanner does not answer. Try again later, or tell whoever runs "
            "this installation.",
            name=name,
        )


def ask(where: str, content: bytes) -> str:
    """What the scanner says of a content: `stream: OK`, `stream: … FOUND`, or an error of its own. Raises OSError."""
    with _reached(where) as opened:
        opened.settimeout(SECONDS)
        with suppress(BrokenPipeError, ConnectionResetError):  # it answers and hangs up above its own limit
            opened.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), PIECE):
                piece = content[start : start + PIECE]
                opened.sendall(struct.pack("!L", len(piece)) + piece)
            opened.sendall(struct.pack("!L", 0))
        answer = b""
        while len(answer) < MOST_ANSWERED and not answer.endswith(b"\0"):
            more = opened.recv(MOST_ANSWERED)
            if not more:
                break
            answer += more
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def _reached(where: str) -> socket.socket:
    """A connection: a path is a socket of this machine, else a host and a port."""
    if PurePosixPath(where).is_absolute():
        opened = socket.socket(socket.AF_UNIX)
        opened.settimeout(SECONDS)
        try:
            opened.connect(where)
        except OSError:
            opened.close()
            raise
        return opened
    host, _, port = where.rpartition(":")
    return socket.create_connection((host, int(port)) if host else (where, PORT), timeout=SECONDS)
