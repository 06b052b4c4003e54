"""Chats in an SQLite file, through sqlite-utils on one thread of its own, so that the event loop never waits for a disk."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar, cast

from sqlite_utils import Database
from sqlite_utils.db import NotFoundError

from bot.state.sqlite_reminders import SqliteReminders, create_reminders
from bot.state.store import ANSWER_DAYS, FORM_DAYS, KEPT_ANSWERS, KEPT_DAYS, KEPT_FILES, Opinion, StateError, Unanswered
from knowledge.model import Lang

PREFIX = "sqlite:///"
BUSY_SECONDS = 5.0
CHATS = (("chats", "id"), ("forms", "id"), ("reminders", "chat"))
"""Tables with rows of a chat that go along when it gets another id, and the column that names it."""
ANSWERS = ("answers", "chat")
"""Rows of a chat that do not go along."""

_ERASE = "delete from {table} where {key} = ?"
_RENAME = "update or replace {table} set {key} = ? where {key} = ?"

T = TypeVar("T")


class SqliteStore:
    """The default store. Use ``SqliteStore.open``; close it to end its thread."""

    def __init__(self, database: Database, thread: ThreadPoolExecutor) -> None:
        self._database = database
        self._thread = thread
        self.reminders = SqliteReminders(database, self._do)

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

    async def answer(self, chat: int, question: int) -> int | None:
        return await self._do(lambda: self._answer(chat, question))

    async def keep_answer(self, chat: int, question: int, answer: int, day: date) -> None:
        await self._do(lambda: self._keep_answer(chat, question, answer, day))

    async def note_unanswered(self, question: str, lang: Lang, day: date) -> None:
        await self._do(lambda: _count(self._database, "unanswered", {"question": question, "lang": lang}, day))

    async def note_feedback(self, entry: str, why: str, lang: Lang, day: date, *, good: bool) -> None:
        await self._do(
            lambda: _count(
                self._database, "feedback", {"entry": entry, "good": int(good), "why": why, "lang": lang}, day
            )
        )

    async def forget(self, chat: int) -> None:
        await self._do(lambda: _rewrite(self._database, (*CHATS, ANSWERS), _ERASE, [chat]))

    async def move(self, old: int, new: int) -> None:
        await self._do(lambda: _rewrite(self._database, (ANSWERS,), _ERASE, [old]))
        await self._do(lambda: _rewrite(self._database, CHATS, _RENAME, [new, old]))

    async def sent_file(self, key: str) -> str | None:
        return await self._do(lambda: self._sent_file(key))

    async def keep_file(self, key: str, file_id: str) -> None:
        await self._do(lambda: self._keep_file(key, file_id))

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

    def _answer(self, chat: int, question: int) -> int | None:
        rows = self._database.table("answers").rows_where("chat = ? and question = ?", [chat, question])
        return next((int(row["answer"]) for row in rows), None)

    def _keep_answer(self, chat: int, question: int, answer: int, day: date) -> None:
        row, oldest = [chat, question, answer, day.isoformat()], (day - timedelta(days=ANSWER_DAYS)).isoformat()
        with self._database.conn:
            self._database.execute(
                "insert or replace into answers (chat, question, answer, day) values (?, ?, ?, ?)", row
            )
            self._database.execute(
                "delete from answers where day < ? or rowid <= (select max(rowid) from answers) - ?",
                [oldest, KEPT_ANSWERS],
            )

    def _sent_file(self, key: str) -> str | None:
        rows = self._database.table("files").rows_where("key = ?", [key])
        return next((str(row["file_id"]) for row in rows), None)

    def _keep_file(self, key: str, file_id: str) -> None:
        with self._database.conn:
            self._database.execute("insert or replace into files (key, file_id) values (?, ?)", [key, file_id])
            self._database.execute(
                "delete from files where rowid in (select rowid from files order by rowid desc limit -1 offset ?)",
                [KEPT_FILES],
            )

    async def _do(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)


def _count(database: Database, table: str, key: dict[str, Any], day: date) -> None:
    """One more of a row that is told by its key; rows without another for ``KEPT_DAYS`` are forgotten."""
    names, oldest = ", ".join(key), (day - timedelta(days=KEPT_DAYS)).isoformat()
    with database.conn:
        database.execute(
            f"insert into {table} ({names}, times, last) values ({', '.join('?' * len(key))}, 1, ?)"  # noqa: S608 - table and columns are ours
            f" on conflict ({names}) do update set times = times + 1, last = excluded.last",
            [*key.values(), day.isoformat()],
        )
        database.execute(f"delete from {table} where last < ?", [oldest])  # noqa: S608 - the table is one of ours


def _rewrite(database: Database, tables: Iterable[tuple[str, str]], statement: str, values: list[int]) -> None:
    """Carry out a statement on tables with rows of chats."""
    with database.conn:
        for table, key in tables:
            database.execute(statement.format(table=table, key=key), values)


def _opened(path: Path) -> Database:
    path.parent.mkdir(parents=True, exist_ok=True)
    database = Database(sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False))
    database.enable_wal()
    # A killed process loses nothing either way; waiting for the disk at every note would make ten thousand reminders take minutes.
    database.execute("pragma synchronous = normal")
    database.table("chats").create({"id": int, "lang": str}, pk="id", if_not_exists=True)
    database.table("files").create({"key": str, "file_id": str}, if_not_exists=True)
    database.table("files").create_index(["key"], unique=True, if_not_exists=True)
    create_reminders(database)
    numbers = {"chat": int, "question": int, "answer": int, "day": str}
    database.table("answers").create(numbers, if_not_exists=True)
    database.table("answers").create_index(["chat", "question"], unique=True, if_not_exists=True)
    database.table("answers").create_index(["day"], if_not_exists=True)
    database.table("forms").create({"id": int, "form": str, "day": str}, pk="id", if_not_exists=True)
    columns = {"question": str, "lang": str, "times": int, "last": str}
    database.table("unanswered").create(columns, pk=("question", "lang"), if_not_exists=True)
    columns = {"entry": str, "good": int, "why": str, "lang": str, "times": int, "last": str}
    database.table("feedback").create(columns, pk=("entry", "good", "why", "lang"), if_not_exists=True)
    return database


def unanswered(url: str) -> list[Unanswered]:
    """Questions without an answer in the file that ``sqlite:///PATH`` names, most asked first; none where there is no file yet."""
    rows = _rows(url, "select question, lang, times, last from unanswered order by times desc, last desc, question")
    return [Unanswered(r["question"], r["lang"], r["times"], date.fromisoformat(r["last"])) for r in rows]


def opinions(url: str) -> list[Opinion]:
    """What people think of answers, in the same file, displeasure first and the most frequent first."""
    rows = _rows(url, "select * from feedback order by good, times desc, last desc, entry, why")
    return [
        Opinion(r["entry"], bool(r["good"]), r["why"], r["lang"], r["times"], date.fromisoformat(r["last"]))
        for r in rows
    ]


def _rows(url: str, query: str) -> list[dict[str, Any]]:
    path = Path(url.removeprefix(PREFIX))
    if not url.startswith(PREFIX) or not path.is_file():
        return []
    database = _opened(path)
    try:
        return list(database.query(query))
    finally:
        database.close()
