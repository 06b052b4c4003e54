"""A process that tells ten thousand reminders under a clock of its own, and dies where it is told to.

Run as ``python -m tests.reminder_soak FOLDER [before|between N]``: it goes on where the last process ended. ``before`` ends it with SIGKILL when the
so-manieth message of this process is about to leave, ``between`` when it has left and is not yet noted.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.reminders import Round, Sent, Teller
from bot.state.sqlite import SqliteStore
from handlers.messages import Reply
from knowledge.calendar import Calendar, City, Family, occasion
from knowledge.model import Entry, Occasion

CHATS = 2500
OPENINGS = {"harbin": date(2028, 3, 1), "yekaterinburg": date(2027, 1, 5)}
"""Seven days before the one lies a leap day between, before the other a new year."""
DAYS = (7, 1)
START = datetime(2026, 12, 20, tzinfo=UTC)
END = datetime(2028, 2, 29, 12, tzinfo=UTC)
CITIES = (
    City("harbin", {"ru": "Харбин", "zh": "哈尔滨"}, "CN", "Asia/Shanghai", 45.75, 126.65),
    City("yekaterinburg", {"ru": "Екатеринбург", "zh": "叶卡捷琳堡"}, "RU", "Asia/Yekaterinburg", 56.86, 60.62),
)


def entry(city: str, first: date | None, status: str = "planned") -> Entry:
    """A fair in a city, by the id ``event.fair.CITY``."""
    country = "CN" if city == "harbin" else "RU"
    event = Occasion("fair", country, status, first.year if first else None, 1, first, first, city)  # type: ignore[arg-type]
    title = {"ru": f"Ярмарка ({city})", "zh": f"博览会（{city}）"}
    return Entry(f"event.fair.{city}", "expo", title, (), None, START.date(), "high", {}, title, event=event)  # type: ignore[arg-type]


def calendar(entries: Iterable[Entry]) -> Calendar:
    return Calendar({e.id: e for e in entries}, {c.id: c for c in CITIES}, {"fair": Family("fair", "expo")})


async def fill(store: SqliteStore) -> None:
    """Four reminders for each chat, every second chat in Chinese."""
    for chat in range(1, CHATS + 1):
        for city, first in OPENINGS.items():
            await store.reminders.put(chat, f"event.fair.{city}", DAYS, "zh" if chat % 2 else "ru", first)


class Outbox:
    """Where messages go: one line each, written at once, so that a killed process loses none it sent."""

    def __init__(self, file: Path, end: tuple[str, int] | None) -> None:
        self._to = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._end = end
        self._count = 0

    async def __call__(self, chat: int, reply: Reply) -> Sent:
        self._count += 1
        self._die_at("before")
        os.write(self._to, f"{chat}\t{reply.text}\n".encode())
        self._die_at("between")
        return "sent"

    def _die_at(self, place: str) -> None:
        if self._end == (place, self._count):
            os.kill(os.getpid(), signal.SIGKILL)


def moments(every: Calendar, reached: datetime) -> list[datetime]:
    """Every midnight, and every hour a reminder is due with the minute before it."""
    midnights = [START + timedelta(days=number) for number in range((END - START).days + 1)]
    due = [every.due(occasion(one), days) for one in every.events.values() for days in DAYS]
    hours = [moment.astimezone(UTC) for moment in due if moment]
    return [
        now for now in sorted({*midnights, *hours, *(hour - timedelta(minutes=1) for hour in hours)}) if now >= reached
    ]


async def run(folder: Path, end: tuple[str, int] | None) -> None:
    """From moment to moment, from where the last process stopped to the day before the last opening."""
    store = await SqliteStore.open(f"sqlite:///{folder}/state.db")
    place = folder / "moment"
    reached = datetime.fromisoformat(place.read_text()) if place.exists() else START
    every, outbox = calendar(entry(city, first) for city, first in OPENINGS.items()), Outbox(folder / "outbox", end)
    for now in moments(every, reached):
        place.write_text(now.isoformat())
        done = await Teller(every, store.reminders, outbox, lambda at=now: at, pause=0).round()  # type: ignore[misc]
        if done != Round():
            sys.stdout.write(f"{now:%Y-%m-%dT%H:%M} sent {done.sent} again {done.again} given up {done.given_up}\n")
    await store.close()


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1]), (sys.argv[2], int(sys.argv[3])) if len(sys.argv) > 2 else None))
