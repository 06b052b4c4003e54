"""Chats in an SQLite file, through sqlite-utils on one thread of its own, so that the event loop never waits for a disk."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar, cast

from sqlite_utils import Database
from sqlite_utils.db import NotFoundError

from bot.state.store import FORM_DAYS, KEPT_DAYS, StateError, Unanswered
from knowledge.model import Lang

PREFIX = "sqlite:///"
BUSY_SECONDS = 5.0

T = TypeVar("T")


class SqliteStore:
    """The default store. Use ``SqliteStore.open``; close it to end its thread."""

    def __init__(self, database: Database, thread: ThreadPoolExecutor) -> None:
        self._database = database
        self._thread = thread

    @classmethod
    async def open(cls, url: str) -> SqliteStore:
        """Open or create the file that ``sqlite:///PATH`` names. Raises StateError where that cannot be."""
        if not url.startswith(PREFIX):
            raise StateError(f"STATE_URL={url!r}: write sqlite:///PATH, for example sqlite:///data/state.db")
        thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="state")
        path = Path(url.removeprefix(PREFIX))
        try:
            database = await asyncio.get_running_loop().run_in_executor(thread, _opened, path)
        except (OSError, sqlite3.Error) as error:
            thread.shutdown()
            raise StateError(
                f"STATE_URL={url!r}: cannot open {path} ({error}); name a file that can be written"
            ) from None
        return cls(database, thread)

    async def language(self, chat: int) -> Lang | None:
        return await self._do(lambda: self._language(chat))

    async def choose(self, chat: int, lang: Lang) -> None:
        await self._do(lambda: self._database.table("chats").upsert({"id": chat, "lang": lang}, pk="id"))

    async def form(self, chat: int) -> str | None:
        return await self._do(lambda: self._form(chat))

    async def keep_form(self, chat: int, form: str | None, day: date) -> None:
        await self._do(lambda: self._keep_form(chat, form, day))

    async def note_unanswered(self, question: str, lang: Lang, day: date) -> None:
        await self._do(lambda: self._note(question, lang, day))

    async def close(self) -> None:
        await self._do(self._database.close)
        self._thread.shutdown()

    def _language(self, chat: int) -> Lang | None:
        try:
            return cast(Lang, self._database.table("chats").get(chat)["lang"])
        except NotFoundError:
            return None

    def _form(self, chat: int) -> str | None:
        try:
            return str(self._database.table("forms").get(chat)["form"])
        except NotFoundError:
            return None

    def _keep_form(self, chat: int, form: str | None, day: date) -> None:
        forms = self._database.table("forms")
        if form is not None:
            forms.upsert({"id": chat, "form": form, "day": day.isoformat()}, pk="id")
        oldest = (day - timedelta(days=FORM_DAYS)).isoformat()
        forms.delete_where("day < ? or (id = ? and ?)", [oldest, chat, form is None])

    def _note(self, question: str, lang: Lang, day: date) -> None:
        with self._database.conn:
            self._database.execute(
                "insert into unanswered (question, lang, times, last) values (?, ?, 1, ?)"
                " on conflict (question, lang) do update set times = times + 1, last = excluded.last",
                [question, lang, day.isoformat()],
            )
            oldest = (day - timedelta(days=KEPT_DAYS)).isoformat()
            self._database.execute("delete from unanswered where last < ?", [oldest])

    async def _do(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)


def _opened(path: Path) -> Database:
    path.parent.mkdir(parents=True, exist_ok=True)
    database = Database(sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False))
    database.enable_wal()
    database.table("chats").create({"id": int, "lang": str}, pk="id", if_not_exists=True)
    database.table("forms").create({"id": int, "form": str, "day": str}, pk="id", if_not_exists=True)
    columns = {"question": str, "lang": str, "times": int, "last": str}
    database.table("unanswered").create(columns, pk=("question", "lang"), if_not_exists=True)
    return database


def unanswered(url: str) -> list[Unanswered]:
    """Questions without an answer in the file that ``sqlite:///PATH`` names, most asked first; none where there is no file yet."""
    path = Path(url.removeprefix(PREFIX))
    if not url.startswith(PREFIX) or not path.is_file():
        return []
    database = _opened(path)
    try:
        rows = database.query(
            "select question, lang, times, last from unanswered order by times desc, last desc, question"
        )
        return [Unanswered(r["question"], r["lang"], r["times"], date.fromisoformat(r["last"])) for r in rows]
    finally:
        database.close()
