"""What is kept: the language of a chat, questions without an answer, never who asked, and ids of files sent. One interface, stores behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from knowledge.model import Lang

KEPT_DAYS = 90
KEPT_FILES = 10_000


@dataclass(frozen=True)
class Unanswered:
    """A question nobody could answer, how often it was asked, and when last."""

    question: str
    lang: str
    times: int
    last: date


class StateError(Exception):
    """The store cannot be opened; the message says what to change."""


class ChatStore(Protocol):
    """Languages of chats by chat id."""

    async def language(self, chat: int) -> Lang | None:
        """The language a chat chose; None where it chose none."""

    async def choose(self, chat: int, lang: Lang) -> None:
        """Remember a chat's language."""

    async def note_unanswered(self, question: str, lang: Lang, day: date) -> None:
        """Count a question that got no answer, without its asker; it is forgotten after ``KEPT_DAYS`` without another."""

    async def sent_file(self, key: str) -> str | None:
        """The id Telegram gave a picture or file of this content; None where it was not sent yet."""

    async def keep_file(self, key: str, file_id: str) -> None:
        """Remember the id Telegram gave a picture or file, the newest ``KEPT_FILES`` of them."""

    async def close(self) -> None:
        """Let go of the store."""
