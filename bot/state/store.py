"""What is kept: languages, forms, reminders, message numbers of chats; unanswered questions, never their askers; file ids. One interface."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from handlers.messages import Reminder
from knowledge.model import Lang

KEPT_DAYS = 90
KEPT_FILES = 10_000
FORM_DAYS = 1
KEPT_ANSWERS = 10_000
ANSWER_DAYS = 2
"""As long as Telegram lets people change a message."""


@dataclass(frozen=True)
class Unanswered:
    """A question nobody could answer, how often it was asked, and when last."""

    question: str
    lang: str
    times: int
    last: date


@dataclass(frozen=True)
class Opinion:
    """What people think of an answer: ``why`` is a reason of ours or their words, ``times`` how often, and when last."""

    entry: str
    good: bool
    why: str
    lang: str
    times: int
    last: date


class StateError(Exception):
    """The store cannot be opened; the message says what to change."""


@dataclass(frozen=True)
class Group:
    """Reminders of one event, so many days before, set or told when its first day was ``first``; ``waiting`` of them are still to be told."""

    event: str
    days: int
    first: date | None
    waiting: int


@dataclass(frozen=True)
class Due:
    """One reminder of a group: the chat it goes to, and the language it was set in."""

    chat: int
    lang: Lang


MOST_TRIES = 2
"""Times a reminder is sent at most: again only where the process ended between the first sending and the note of it."""


class ReminderStore(Protocol):
    """Reminders of chats. Each is claimed before it is sent and noted after, so that a process that ends in between loses none."""

    async def of(self, chat: int) -> tuple[Reminder, ...]:
        """What a chat is still to be reminded of, the longest set first."""

    async def put(self, chat: int, event: str, days: Iterable[int], lang: Lang, first: date | None) -> None:
        """Remind a chat of an event these days before and no others."""

    async def drop(self, chat: int, event: str | None) -> None:
        """Forget a chat's reminders of an event; None: of all."""

    async def groups(self) -> list[Group]:
        """Every event, number of days and first day there are reminders for."""

    async def waiting(self, group: Group) -> list[Due]:
        """The reminders of a group that are still to be told."""

    async def holders(self, event: str, first: date | None) -> list[Due]:
        """Every chat that has a reminder of an event with this first day, told or not."""

    async def claim(self, chat: int, event: str, days: int | None) -> int:
        """Note that a reminder (None: all of the event) is about to be sent, and which try this is; 0 where no more are left."""

    async def release(self, chat: int, event: str, days: int | None) -> None:
        """Take a try back that is known to have failed."""

    async def told(self, chat: int, event: str, days: int) -> None:
        """Note that a reminder was sent."""

    async def expire(self, group: Group) -> None:
        """Note a whole group as no longer to be told."""

    async def move(self, chat: int, event: str, first: date | None, over: Iterable[int]) -> None:
        """Let a chat's reminders wait for another first day, except those whose day is over already."""

    async def forget(self, event: str) -> None:
        """Delete every reminder of an event."""


class ChatStore(Protocol):
    """Languages and open forms of chats by chat id, and their reminders."""

    @property
    def reminders(self) -> ReminderStore:
        """The reminders of the same chats."""

    async def language(self, chat: int) -> Lang | None:
        """The language a chat chose; None where it chose none."""

    async def choose(self, chat: int, lang: Lang) -> None:
        """Remember a chat's language."""

    async def form(self, chat: int) -> str | None:
        """The form a chat left open, as it was written; None where there is none."""

    async def keep_form(self, chat: int, form: str | None, day: date) -> None:
        """Remember a chat's form, or with None forget it; forms nobody touched for ``FORM_DAYS`` are forgotten on the way."""

    async def answer(self, chat: int, question: int) -> int | None:
        """The message that answers another message of a chat; None where none is known."""

    async def keep_answer(self, chat: int, question: int, answer: int, day: date) -> None:
        """Remember which message answers which, by number alone: for ``ANSWER_DAYS``, and the newest ``KEPT_ANSWERS`` of all chats."""

    async def note_unanswered(self, question: str, lang: Lang, day: date) -> None:
        """Count a question that got no answer, without its asker; it is forgotten after ``KEPT_DAYS`` without another."""

    async def note_feedback(self, entry: str, why: str, lang: Lang, day: date, *, good: bool) -> None:
        """Count what somebody thinks of an answer, without who; forgotten after ``KEPT_DAYS`` without another."""

    async def forget(self, chat: int) -> None:
        """Erase everything kept about a chat."""

    async def move(self, old: int, new: int) -> None:
        """Keep everything of a chat under another id, except which message answers which: they are numbered anew."""

    async def sent_file(self, key: str) -> str | None:
        """The id Telegram gave a picture or file of this content; None where it was not sent yet."""

    async def keep_file(self, key: str, file_id: str) -> None:
        """Remember the id Telegram gave a picture or file, the newest ``KEPT_FILES`` of them."""

    async def close(self) -> None:
        """Let go of the store."""
