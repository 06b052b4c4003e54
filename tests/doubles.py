"""Doubles for the edge: a store in memory, time that passes when nobody waits; the Bot API over HTTP is next door."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any

from sqlite_utils import Database

from bot.state.sqlite_reminders import SqliteReminders, create_reminders
from bot.state.store import ReminderStore
from knowledge.model import Lang
from tests.fake_bot_api import TOKEN as TOKEN
from tests.fake_bot_api import FakeBotApi as FakeBotApi
from tests.fake_bot_rules import plain as plain


class StoppedTime:
    """A clock that moves only while somebody sleeps by it, and then at once."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


class MemoryStore:
    """Chats' languages and questions without an answer for as long as a test lasts."""

    def __init__(self) -> None:
        self.chosen: dict[int, Lang] = {}
        self.forms: dict[int, str] = {}
        self.unanswered: list[tuple[str, Lang, date]] = []
        self.files: dict[str, str] = {}
        self.answers: dict[tuple[int, int], int] = {}
        self.feedback: list[tuple[str, bool, str]] = []
        database = Database(memory=True)
        create_reminders(database)
        self._reminders = SqliteReminders(database, self._do)

    @property
    def reminders(self) -> ReminderStore:
        return self._reminders

    async def _do(self, work: Callable[[], Any]) -> Any:
        return work()

    async def language(self, chat: int) -> Lang | None:
        return self.chosen.get(chat)

    async def choose(self, chat: int, lang: Lang) -> None:
        self.chosen[chat] = lang

    async def form(self, chat: int) -> str | None:
        return self.forms.get(chat)

    async def keep_form(self, chat: int, form: str | None, day: date) -> None:
        if form is None:
            self.forms.pop(chat, None)
        else:
            self.forms[chat] = form

    async def answer(self, chat: int, question: int) -> int | None:
        return self.answers.get((chat, question))

    async def keep_answer(self, chat: int, question: int, answer: int, day: date) -> None:
        self.answers[chat, question] = answer

    async def note_unanswered(self, question: str, lang: Lang, day: date) -> None:
        self.unanswered.append((question, lang, day))

    async def note_feedback(self, entry: str, why: str, lang: Lang, day: date, *, good: bool) -> None:
        self.feedback.append((entry, good, why))

    async def forget(self, chat: int) -> None:
        self.chosen.pop(chat, None)
        self.forms.pop(chat, None)
        self.answers = {key: answer for key, answer in self.answers.items() if key[0] != chat}
        await self._reminders.drop(chat, None)

    async def move(self, old: int, new: int) -> None:
        if old in self.chosen:
            self.chosen[new] = self.chosen.pop(old)

    async def sent_file(self, key: str) -> str | None:
        return self.files.get(key)

    async def keep_file(self, key: str, file_id: str) -> None:
        self.files[key] = file_id

    async def close(self) -> None:
        self.chosen.clear()
