"""What is kept: the language of a chat, the form it fills in, and questions without an answer, never who asked. One interface, stores behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from knowledge.model import Lang

KEPT_DAYS = 90
FORM_DAYS = 1


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
    """Languages and open forms of chats by chat id."""

    async def language(self, chat: int) -> Lang | None:
        """The language a chat chose; None where it chose none."""

    async def choose(self, chat: int, lang: Lang) -> None:
        """Remember a chat's language."""

    async def form(self, chat: int) -> str | None:
        """The form a chat left open, as it was written; None where there is none."""

    async def keep_form(self, chat: int, form: str | None, day: date) -> None:
        """Remember a chat's form, or with None forget it; forms nobody touched for ``FORM_DAYS`` are forgotten on the way."""

    async def note_unanswered(self, question: str, lang: Lang, day: date) -> None:
        """Count a question that got no answer, without its asker; it is forgotten after ``KEPT_DAYS`` without another."""

    async def close(self) -> None:
        """Let go of the store."""
