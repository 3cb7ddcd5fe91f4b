"""Tests reach no other machine."""

import socket

import pytest


def test_another_machine_cannot_be_reached() -> None:
    with pytest.raises(AssertionError, match="tried to reach"), socket.socket() as line:
        line.connect(("192.0.2.1", 80))
