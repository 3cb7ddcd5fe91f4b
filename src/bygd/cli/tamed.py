"""Tamed: no text that somebody else wrote commands the terminal, whichever command prints it.

A name in a ledger or a file of decisions may hold signs that clear a screen, set its title or write over a line. They
are printed as the pictures that Unicode has for them, so that one sees that they stand there.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

KEPT = "\t\n"
PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in KEPT} | {0x7F: "\u2421"}
TAMED = PICTURES | dict.fromkeys(range(0x80, 0xA0), "\ufffd")


def tame(text: str) -> str:
    """The text with a picture in the place of each sign that a terminal obeys."""
    return text.translate(TAMED)


class Tamed:
    """A stream of text that tames what is written; all else is the stream's `beneath`."""

    def __init__(self, beneath: TextIO) -> None:
        self.beneath = beneath

    def write(self, text: str) -> int:
        """Write the text, tamed."""
        if not isinstance(text, str):
            raise TypeError("only text is written here")
        return self.beneath.write(tame(text.replace("\r\n", "\n")))

    def writelines(self, lines: Any) -> None:
        """Write them one after another."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.beneath, name)


@contextmanager
def output() -> Iterator[None]:
    """Everything printed meanwhile is tamed."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = Tamed(before[0]), Tamed(before[1])  # type: ignore[assignment]
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def untamed(stream: TextIO) -> TextIO:
    """The stream beneath, for tables and bars that command the terminal themselves, their texts tamed before."""
    return stream.beneath if isinstance(stream, Tamed) else stream
