"""Sending: paced, tried again where that helps and not where it does not, in order, whatever the library."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Mapping
from typing import Any

import pytest

from bot.app import Clock
from bot.channels.telegram_calls import CallError
from bot.channels.telegram_format import Outgoing
from bot.channels.telegram_media import MediaDesk
from bot.delivery import LONGEST_WAIT_SECONDS, TRIES, Address, Delivery
from bot.drawing import Drawer
from bot.pacing import BURST, PAUSE, Flood, Pace
from handlers.dialogue import Dialogue
from tests.doubles import MemoryStore, StoppedTime
from tests.engines import ENGINES, at_work
from tests.fake_bot_api import GROUP


class Line:
    """An engine that notes when each call came, and fails as it is told."""

    def __init__(self, time: StoppedTime, *faults: CallError) -> None:
        self.time = time
        self.faults = list(faults)
        self.calls: list[tuple[float, str, Mapping[str, Any]]] = []

    async def call(self, method: str, params: Mapping[str, Any]) -> Any:
        if self.faults:
            raise self.faults.pop(0)
        self.calls.append((self.time.now, method, params))
        await asyncio.sleep(0)
        return {"message_id": len(self.calls)}

    def texts(self) -> list[str]:
        return [params["text"] for _, method, params in self.calls if method == "sendMessage"]

    def times(self) -> list[float]:
        return [at for at, method, _ in self.calls if method == "sendMessage"]


class Kept:
    """Notes which chats are gone and which moved."""

    def __init__(self) -> None:
        self.forgotten: list[int] = []
        self.moved: list[tuple[int, int]] = []

    async def forget(self, chat: int) -> None:
        self.forgotten.append(chat)

    async def move(self, old: int, new: int) -> None:
        self.moved.append((old, new))


def delivery(line: Line, kept: Kept | None = None) -> Delivery:
    return Delivery(line, MediaDesk(MemoryStore(), Drawer()), kept or Kept(), Pace(line.time), line.time.sleep)


def most_within(times: list[float], seconds: float) -> int:
    return max(sum(1 for other in times if at <= other < at + seconds) for at in times)


async def test_a_chat_gets_its_messages_in_order_and_no_faster_than_telegram_takes_them() -> None:
    """One a second with short bursts; that an answer is on its way is shown while it waits."""
    line = Line(StoppedTime())
    out = delivery(line)
    await asyncio.gather(*(out.send(Address(7), Outgoing(str(number))) for number in range(12)))
    assert line.texts() == [str(number) for number in range(12)]
    assert most_within(line.times(), 3) <= 3
    assert ("sendChatAction", {"chat_id": 7, "action": "typing"}) in [
        (method, params) for _, method, params in line.calls
    ]


async def test_a_group_gets_twenty_a_minute_and_all_chats_together_thirty_a_second() -> None:
    line = Line(StoppedTime())
    out = delivery(line)
    for number in range(45):
        await out.send(Address(GROUP), Outgoing(str(number)))
    assert most_within(line.times(), 60) <= 20
    line = Line(StoppedTime())
    out = delivery(line)
    for chat in range(1, 100):
        await out.send(Address(chat), Outgoing("a"))
    assert most_within(line.times(), 1) <= 30


@pytest.mark.parametrize(
    ("fault", "waits"),
    [
        (CallError(429, "Too Many Requests", retry_after=7), [7]),
        (CallError(502, "Bad Gateway"), [0.5]),
        (CallError(None, "reset"), [0.5]),
    ],
)
async def test_what_passes_is_waited_for(fault: CallError, waits: list[float]) -> None:
    line = Line(StoppedTime(), fault)
    assert await delivery(line).send(Address(7), Outgoing("a")) == 1
    assert line.time.slept == waits


@pytest.mark.parametrize(
    "fault", [CallError(400, "Bad Request"), CallError(429, "", retry_after=LONGEST_WAIT_SECONDS + 1)]
)
async def test_what_cannot_help_is_not_tried_again(fault: CallError) -> None:
    line = Line(StoppedTime(), fault)
    with pytest.raises(CallError):
        await delivery(line).send(Address(7), Outgoing("a"))
    assert line.calls == [] and line.time.slept == []


async def test_a_fault_that_stays_ends_after_a_bound() -> None:
    """Doubling waits, and then whoever asked is told."""
    line = Line(StoppedTime(), *[CallError(500, "")] * TRIES)
    with pytest.raises(CallError):
        await delivery(line).send(Address(7), Outgoing("a"))
    assert line.time.slept == [0.5, 1, 2, 4, 8]


class Deaf(Line):
    """Telegram takes the call, and so many of its answers are lost."""

    async def call(self, method: str, params: Mapping[str, Any]) -> Any:
        lost, self.faults = self.faults, []
        done = await super().call(method, params)
        self.faults = lost
        if self.faults:
            raise self.faults.pop(0)
        return done


@pytest.mark.parametrize(("lost", "copies"), [(0, 1), (1, 2), (3, 4), (TRIES + 4, TRIES)])
async def test_a_lost_answer_doubles_one_message_and_is_bounded(lost: int, copies: int) -> None:
    """Nothing tells it from a call that never arrived: one copy more for each, never of what was sent before it."""
    line = Deaf(StoppedTime(), *[CallError(None, "reset")] * lost)
    try:
        await delivery(line).send(Address(7), Outgoing("a"))
    except CallError:
        assert copies == TRIES
    assert line.texts() == ["a"] * copies


@pytest.mark.parametrize(
    "fault", [CallError(403, "Forbidden: bot was blocked by the user"), CallError(400, "Bad Request: chat not found")]
)
async def test_a_chat_that_is_gone_is_forgotten(fault: CallError) -> None:
    line, kept = Line(StoppedTime(), fault), Kept()
    assert await delivery(line, kept).send(Address(7), Outgoing("a")) is None
    assert kept.forgotten == [7]


async def test_a_group_that_moved_is_followed() -> None:
    line, kept = Line(StoppedTime(), CallError(400, "group chat was upgraded", migrate_to=-1002)), Kept()
    await delivery(line, kept).send(Address(GROUP, None, 5), Outgoing("a"))
    assert kept.moved == [(GROUP, -1002)] and line.calls[0][2]["chat_id"] == -1002


async def test_a_long_text_is_several_messages_with_the_buttons_under_the_last() -> None:
    line = Line(StoppedTime())
    await delivery(line).send(Address(7), Outgoing("\n\n".join(["абзац " * 100] * 20)))
    assert len(line.texts()) == 4 and all(len(text) <= 4096 for text in line.texts())


def test_a_burst_gets_one_word_and_a_pause() -> None:
    """As many as can be answered are heard, then one polite word, then nothing until the pause is over; others are not concerned."""
    time = StoppedTime()
    flood = Flood(time)
    verdicts = [flood.hear(7) for _ in range(BURST + 30)]
    assert verdicts == ["heard"] * BURST + ["too fast"] + ["passed over"] * 29
    assert flood.hear(8) == "heard"
    time.now += PAUSE
    assert [flood.hear(7) for _ in range(int(PAUSE))] == ["heard"] * int(PAUSE)
    time.now += 3600
    assert [flood.hear(7) for _ in range(BURST + 1)][-1] == "too fast"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "fault",
    [(429, {"parameters": {"retry_after": 3}}), (500, {}), (502, {}), (0, {}), (-1, {})],
    ids=["429", "500", "502", "dropped", "silent"],
)
async def test_a_fault_on_the_way_loses_and_doubles_nothing(
    engine: str, dialogue: Dialogue, clock: Clock, fault: tuple[int, dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before each message and before a button's acknowledgement; a server that keeps silent is not waited for without end."""
    library = "telegram_ptb" if engine == "ptb" else "telegram_aiogram"
    monkeypatch.setattr(importlib.import_module(f"bot.channels.{library}"), "TIMEOUT_SECONDS", 1)
    async with at_work(engine, dialogue, clock) as bot:
        bot.api.refuse += [("sendMessage", *fault), ("*", *fault), ("sendMessage", *fault)]
        await bot.feed(bot.api.says("привет"), bot.api.taps("e:event.crexpo.8"))
    assert len(bot.api.faults()) == 3
    assert len(bot.api.sent()) == 2


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("code", [400, 403])
async def test_a_refused_message_is_not_tried_again_and_ends_nothing(
    engine: str, dialogue: Dialogue, clock: Clock, code: int
) -> None:
    """A chat that blocked the bot loses what is kept of it; a message Telegram does not take costs only itself."""
    store = MemoryStore()
    await store.choose(7, "ru")
    async with at_work(engine, dialogue, clock, store=store) as bot:
        bot.api.refuse.append(("sendMessage", code, {}))
        assert await bot.feed(bot.api.says("привет"), bot.api.says("спасибо")) == [True, True]
    assert len(bot.api.sent()) == 1
    assert (await store.language(7) is None) == (code == 403)
