"""Reminders told: when due by the clock of the event's city, once, through restarts, moves, refusals and a chat that left."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.app import ROOT, Clock
from bot.channels.serving import reminder_sender
from bot.reminders import Round, Sent, Teller
from bot.state.sqlite import SqliteStore
from handlers.dialogue import Dialogue
from handlers.messages import Reminder, Reply
from knowledge.model import Entry
from tests import reminder_soak as soak
from tests.doubles import MemoryStore, plain
from tests.engines import ENGINES, at_work

OPENING = date(2027, 7, 5)


@dataclass
class Post:
    """Where messages go; ``refuses`` says what becomes of one instead of being sent."""

    told: list[tuple[int, str]] = field(default_factory=list)
    refuses: Callable[[int], Sent | Exception | None] = lambda chat: None

    async def __call__(self, chat: int, reply: Reply) -> Sent:
        refused = self.refuses(chat)
        if isinstance(refused, Exception):
            raise refused
        if refused is None:
            self.told.append((chat, reply.text))
        return refused or "sent"


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def teller(store: MemoryStore, post: Post, now: str, *entries: Entry) -> Teller:
    return Teller(soak.calendar(entries), store.reminders, post, Clock(moment(now)), pause=0)


async def waiting(days: tuple[int, ...] = (7, 1), first: date | None = OPENING, city: str = "harbin") -> MemoryStore:
    store = MemoryStore()
    await store.reminders.put(7, f"event.fair.{city}", days, "ru", first)
    return store


@pytest.mark.parametrize(
    ("city", "before", "due"),
    [
        ("harbin", "2027-06-28T01:59", "2027-06-28T02:00"),
        ("yekaterinburg", "2027-06-28T04:59", "2027-06-28T05:00"),
    ],
)
async def test_due_at_ten_in_the_city(city: str, before: str, due: str) -> None:
    """Not a minute earlier; once, however often one looks; with the days that are left."""
    store, post, fair = await waiting(city=city), Post(), soak.entry(city, OPENING)
    assert await teller(store, post, before, fair).round() == Round()
    assert (await teller(store, post, due, fair).round()).sent == 1
    assert await teller(store, post, due, fair).round() == Round()
    assert "7 дней" in post.told[0][1].replace("\u00a0", " ") and "5 июля 2027" in post.told[0][1].replace(
        "\u00a0", " "
    )
    assert await store.reminders.of(7) == (Reminder(f"event.fair.{city}", (1,)),)


async def test_on_the_day_itself() -> None:
    store, post = await waiting((0,)), Post()
    await teller(store, post, "2027-07-05T02:00", soak.entry("harbin", OPENING)).round()
    assert "сегодня" in post.told[0][1]


async def test_a_reminder_kept_back_says_what_is_left_and_none_comes_after_the_opening() -> None:
    """A standstill of days: the reminder tells the true number; once the event runs, it is let go; once over, forgotten."""
    late, over, fair = await waiting(), await waiting(), soak.entry("harbin", OPENING)
    post = Post()
    await teller(late, post, "2027-07-03T00:00", fair).round()
    assert [text.replace("\u00a0", " ")[:30] for _, text in post.told] == ["Напоминание: до начала 2 дня. "]
    assert (await teller(over, post, "2027-07-05T03:00", fair).round()).sent == 0
    assert await over.reminders.of(7) == ()
    await teller(over, post, "2027-07-06T00:00", fair).round()
    assert await over.reminders.groups() == []


async def test_announced_days_are_told_and_then_waited_for() -> None:
    store, post = await waiting(first=None), Post()
    assert await teller(store, post, "2027-05-01T00:00", soak.entry("harbin", None, "unannounced")).round() == Round()
    fair = soak.entry("harbin", OPENING)
    assert (await teller(store, post, "2027-05-02T00:00", fair).round()).sent == 1
    assert "Объявлены даты" in post.told[0][1]
    assert await teller(store, post, "2027-05-02T01:00", fair).round() == Round()
    await teller(store, post, "2027-06-28T02:00", fair).round()
    assert len(post.told) == 2


async def test_a_moved_event_takes_its_reminders_along() -> None:
    """Also one that was told already: it is told again before the new days. One whose hour is over is not."""
    store, post = await waiting(), Post()
    await teller(store, post, "2027-06-28T02:00", soak.entry("harbin", OPENING)).round()
    moved = soak.entry("harbin", date(2027, 9, 5))
    assert (await teller(store, post, "2027-06-29T00:00", moved).round()).sent == 1
    assert "теперь 5 сентября 2027" in post.told[1][1].replace("\u00a0", " ")
    assert await store.reminders.of(7) == (Reminder("event.fair.harbin", (7, 1)),)
    sooner = soak.entry("harbin", date(2027, 7, 2))
    await teller(store, post, "2027-06-30T00:00", sooner).round()
    assert await store.reminders.of(7) == (Reminder("event.fair.harbin", (1,)),)
    assert len(post.told) == 3


@pytest.mark.parametrize("left", [[soak.entry("harbin", OPENING, "cancelled")], []])
async def test_a_cancelled_event_or_one_that_left_the_base_ends_its_reminders(left: list[Entry]) -> None:
    store, post = await waiting(), Post()
    assert (await teller(store, post, "2027-06-01T00:00", *left).round()).sent == 1
    assert "отменено или снято" in post.told[0][1]
    assert await teller(store, post, "2027-06-28T02:00", *left).round() == Round()
    assert await store.reminders.groups() == []


async def test_a_chat_that_blocked_the_bot_is_let_go_and_others_are_told() -> None:
    store, post = await waiting(), Post(refuses=lambda chat: "blocked" if chat == 7 else None)
    await store.reminders.put(7, "event.fair.yekaterinburg", (7,), "ru", OPENING)
    await store.reminders.put(8, "event.fair.harbin", (7,), "zh", OPENING)
    done = await teller(
        store, post, "2027-06-28T02:00", soak.entry("harbin", OPENING), soak.entry("yekaterinburg", OPENING)
    ).round()
    assert (done.sent, done.blocked) == (1, 1)
    assert await store.reminders.of(7) == () and [chat for chat, _ in post.told] == [8]


async def test_what_could_not_be_sent_is_tried_again_and_holds_nobody_up() -> None:
    """Any number of known failures costs no try: the reminder comes when the network does."""
    store, post, fair = await waiting((7,)), Post(), soak.entry("harbin", OPENING)
    await store.reminders.put(8, "event.fair.harbin", (7,), "ru", OPENING)
    post.refuses = lambda chat: OSError("no network") if chat == 7 else None
    for minute in range(4):
        done = await teller(store, post, f"2027-06-28T02:0{minute}", fair).round()
        assert done.failed == 1
    post.refuses = lambda chat: None
    assert await teller(store, post, "2027-06-28T02:05", fair).round() == Round(sent=1)
    assert [chat for chat, _ in post.told] == [8, 7]


async def test_the_task_outlives_a_round_that_fails() -> None:
    store, post = await waiting(), Post()
    broken = teller(store, post, "2027-06-28T02:00")
    task = asyncio.create_task(Teller(broken.calendar, None, post, broken.clock).keep())  # type: ignore[arg-type]
    await asyncio.sleep(0.01)
    assert not task.done()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.mark.parametrize("engine", ENGINES)
async def test_through_telegram(dialogue: Dialogue, engine: str) -> None:
    """One message with a button; a chat that blocked the bot ends quietly; a waiting time Telegram asks for is kept."""
    store, fair, clock = await waiting((7,)), soak.entry("harbin", OPENING), Clock(moment("2027-06-28T02:00"))
    await store.reminders.put(8, "event.fair.harbin", (7,), "zh", OPENING)
    async with at_work(engine, dialogue, clock, store=store) as bot:
        api = bot.api
        api.refuse += [("sendMessage", 429, {"parameters": {"retry_after": 1}}), ("sendMessage", 403, {})]
        send = reminder_sender(bot.room.delivery)
        done = await Teller(soak.calendar([fair]), store.reminders, send, clock, pause=0).round()
    assert done == Round(sent=1, blocked=1)
    assert [message["chat_id"] for message in api.sent()] == ["8"] and "距开幕还有7天" in plain(api.sent()[0]["text"])
    assert api.button(1) == "q:/expo event.fair.harbin"


async def test_reminders_survive_a_restart(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/state.db"
    store = await SqliteStore.open(url)
    await store.reminders.put(7, "event.fair.harbin", (7, 1), "zh", OPENING)
    await store.close()
    again = await SqliteStore.open(url)
    assert await again.reminders.of(7) == (Reminder("event.fair.harbin", (7, 1)),)
    await again.close()


KILLS = [("between", 700), ("before", 1200), ("between", 2600), ("between", 1), ("before", 1900)]


def test_ten_thousand_reminders_and_five_killed_processes(tmp_path: Path) -> None:
    """Each reminder comes once; twice at most where a process was killed between sending and noting, and those are counted.

    Three processes are killed with SIGKILL when a message was sent and not noted, two when one was about to be sent. The fourth dies on
    the very message the third died on: after two tries that one is given up, so that it does not come a third time.
    """
    store = asyncio.run(_filled(tmp_path))
    for place, number in KILLS:
        assert _process(tmp_path, place, str(number)).returncode == -signal.SIGKILL
        assert _doubtful(store) == 1
    last = _process(tmp_path)
    assert last.returncode == 0, last.stderr
    told = Counter((tmp_path / "outbox").read_text("utf-8").splitlines())
    assert len(told) == 4 * soak.CHATS == 10_000
    assert Counter(told.values()) == {1: 9_998, 2: 2}
    assert _doubtful(store) == 0
    assert [line.split(" ", 1)[1] for line in last.stdout.splitlines()][1:] == ["sent 2500 again 0 given up 0"]
    assert "again 1 given up 0" in last.stdout.splitlines()[0]


def _doubtful(store: Path) -> int:
    """Reminders that were claimed and not noted as sent: nobody knows whether they were."""
    with sqlite3.connect(store) as database:
        return int(database.execute("select count(*) from reminders where told = 0 and tries > 0").fetchone()[0])


async def _filled(folder: Path) -> Path:
    store = await SqliteStore.open(f"sqlite:///{folder}/state.db")
    await soak.fill(store)
    await store.close()
    return folder / "state.db"


def _process(folder: Path, *end: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.reminder_soak", str(folder), *end]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
