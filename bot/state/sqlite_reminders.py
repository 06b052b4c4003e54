"""Reminders in the SQLite file of the chats, on the same thread."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import date
from typing import Any, cast

from sqlite_utils import Database

from bot.state.store import MOST_TRIES, Due, Group
from handlers.messages import Reminder
from knowledge.model import Lang

Do = Callable[[Callable[[], Any]], Awaitable[Any]]


def create_reminders(database: Database) -> None:
    """The table: a row for each chat, event and number of days; ``first`` is empty where the days are not announced."""
    columns = {
        "chat": int,
        "event": str,
        "days": int,
        "lang": str,
        "first": str,
        "tries": int,
        "told": int,
        "moves": int,
    }
    database.table("reminders").create(columns, pk=("chat", "event", "days"), if_not_exists=True)
    database.table("reminders").create_index(["event", "first", "days", "told"], if_not_exists=True)


class SqliteReminders:
    """See ``ReminderStore``. ``do`` carries work to the thread that owns the database."""

    def __init__(self, database: Database, do: Do) -> None:
        self._database = database
        self._do = do

    async def of(self, chat: int) -> tuple[Reminder, ...]:
        query = "select event, days from reminders where chat = ? and told = 0 order by rowid, days desc"
        found: dict[str, list[int]] = {}
        for row in await self._rows(query, [chat]):
            found.setdefault(row["event"], []).append(row["days"])
        return tuple(Reminder(event, tuple(sorted(days, reverse=True))) for event, days in found.items())

    async def put(self, chat: int, event: str, days: Iterable[int], lang: Lang, first: date | None) -> None:
        rows = [(chat, event, number, lang, _text(first)) for number in days]

        def work() -> None:
            with self._database.conn as connection:
                connection.execute("delete from reminders where chat = ? and event = ?", [chat, event])
                connection.executemany(
                    "insert into reminders (chat, event, days, lang, first, tries, told, moves) values (?, ?, ?, ?, ?, 0, 0, 0)",
                    rows,
                )

        await self._do(work)

    async def drop(self, chat: int, event: str | None) -> None:
        await self._write("delete from reminders where chat = ? and event = coalesce(?, event)", [chat, event])

    async def groups(self) -> list[Group]:
        query = "select event, days, first, sum(told = 0) as waiting from reminders group by event, first, days order by event, first, days desc"
        return [Group(r["event"], r["days"], _day(r["first"]), r["waiting"]) for r in await self._rows(query, [])]

    async def waiting(self, group: Group) -> list[Due]:
        query = "select chat, lang from reminders where event = ? and days = ? and first = ? and told = 0 order by chat"
        return _dues(await self._rows(query, [group.event, group.days, _text(group.first)]))

    async def holders(self, event: str, first: date | None) -> list[Due]:
        query = (
            "select chat, max(lang) as lang from reminders where event = ? and first = ? group by chat order by chat"
        )
        return _dues(await self._rows(query, [event, _text(first)]))

    async def claim(self, chat: int, event: str, days: int | None) -> int:
        """News of a move is counted apart from the reminders themselves: the one must not use up the tries of the other."""
        column = "moves" if days is None else "tries"

        def work() -> int:
            with self._database.conn as connection:
                rows = connection.execute(
                    f"update reminders set {column} = {column} + 1 where chat = ? and event = ? and days = coalesce(?, days)"  # noqa: S608 - the column is one of two of ours
                    f" and {column} < ? returning {column}",
                    [chat, event, days, MOST_TRIES],
                ).fetchall()
            return max((row[0] for row in rows), default=0)

        return cast(int, await self._do(work))

    async def release(self, chat: int, event: str, days: int | None) -> None:
        column = "moves" if days is None else "tries"
        where = "chat = ? and event = ? and days = coalesce(?, days)"
        await self._write(f"update reminders set {column} = max({column} - 1, 0) where {where}", [chat, event, days])  # noqa: S608 - as above

    async def told(self, chat: int, event: str, days: int) -> None:
        await self._write(
            "update reminders set told = 1 where chat = ? and event = ? and days = ?", [chat, event, days]
        )

    async def expire(self, group: Group) -> None:
        query = "update reminders set told = 1 where event = ? and days = ? and first = ?"
        await self._write(query, [group.event, group.days, _text(group.first)])

    async def move(self, chat: int, event: str, first: date | None, over: Iterable[int]) -> None:
        late = set(over)

        def work() -> None:
            with self._database.conn as connection:
                connection.execute(
                    "update reminders set first = ?, tries = 0, told = 0, moves = 0 where chat = ? and event = ?",
                    [_text(first), chat, event],
                )
                connection.executemany(
                    "update reminders set told = 1 where chat = ? and event = ? and days = ?",
                    [(chat, event, days) for days in late],
                )

        await self._do(work)

    async def forget(self, event: str) -> None:
        await self._write("delete from reminders where event = ?", [event])

    async def _rows(self, query: str, values: list[Any]) -> list[dict[str, Any]]:
        return cast(list[dict[str, Any]], await self._do(lambda: list(self._database.query(query, values))))

    async def _write(self, query: str, values: list[Any]) -> None:
        def work() -> None:
            with self._database.conn as connection:
                connection.execute(query, values)

        await self._do(work)


def _dues(rows: Iterable[dict[str, Any]]) -> list[Due]:
    return [Due(row["chat"], cast(Lang, row["lang"])) for row in rows]


def _text(first: date | None) -> str:
    return first.isoformat() if first else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
