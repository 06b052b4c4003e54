"""What is kept of a chat: its language, nothing else. One interface; SQLite now, other stores behind the same."""

from __future__ import annotations

from typing import Protocol

from knowledge.model import Lang


class StateError(Exception):
    """The store cannot be opened; the message says what to change."""


class ChatStore(Protocol):
    """Languages of chats by chat id."""

    async def language(self, chat: int) -> Lang | None:
        """The language a chat chose; None where it chose none."""

    async def choose(self, chat: int, lang: Lang) -> None:
        """Remember a chat's language."""

    async def close(self) -> None:
        """Let go of the store."""
