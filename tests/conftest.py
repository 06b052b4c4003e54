"""Shared by every test: the base opened once, a frozen clock, and a guard that fails a test which reaches for the network."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.app import KNOWLEDGE, Clock
from bot.encoder import open_ranker
from handlers.dialogue import Dialogue, open_dialogue
from knowledge.catalogue import Catalogue, open_catalogue

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class NetworkTouched(BaseException):
    """Raised past every `except Exception`, so that no code under test can hide that it reached for the network."""


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Only this machine may be connected to."""
    real_connect, real_lookup = socket.socket.connect, socket.getaddrinfo

    def connect(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise NetworkTouched(f"a test tried to connect to {address[0]}")
        real_connect(self, address)

    def lookup(host: Any, *rest: Any, **named: Any) -> Any:
        if host not in (*LOOPBACK, None):
            raise NetworkTouched(f"a test tried to look up {host}")
        return real_lookup(host, *rest, **named)

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    yield


@pytest.fixture(scope="session")
def base() -> Catalogue:
    return open_catalogue(KNOWLEDGE, None)


@pytest.fixture(scope="session")
def dialogue(base: Catalogue) -> Dialogue:
    return open_dialogue(base, open_ranker())


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)
