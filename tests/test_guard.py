"""The guard itself: a test that reaches for the network must fail."""

from __future__ import annotations

import socket
import urllib.request

import pytest

from tests.conftest import NetworkTouched


def test_connecting_is_refused() -> None:
    with socket.socket() as door, pytest.raises(NetworkTouched):
        door.connect(("192.0.2.1", 80))


def test_looking_up_a_name_is_refused() -> None:
    with pytest.raises(NetworkTouched):
        urllib.request.urlopen("http://example.org", timeout=1)
