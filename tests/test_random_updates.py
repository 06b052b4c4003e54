"""Ten thousand random updates of every kind that the Bot API knows: nothing raises, on either library, and no stranger's words are logged."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import pytest

from bot.app import Clock
from bot.channels.serving import open_channel
from bot.channels.telegram_media import MediaDesk
from bot.channels.telegram_room import Me, Room
from bot.channels.telegram_talk import TelegramTalk
from bot.delivery import Delivery
from bot.pacing import Flood, Pace, Verdict
from handlers.dialogue import Dialogue
from tests.doubles import FakeBotApi, MemoryStore, StoppedTime
from tests.engines import ENGINES, SketchingDrawer, settings, started
from tests.random_updates import KINDS, updates

MANY = 10_000


class Everything:
    """An engine that takes every call, counts it, and answers as little as may be."""

    def __init__(self) -> None:
        self.calls: dict[str, int] = {}

    async def call(self, method: str, params: Mapping[str, Any]) -> Any:
        self.calls[method] = self.calls.get(method, 0) + 1
        sent = {"message_id": 1, "photo": [{"file_id": "p"}], "document": {"file_id": "d"}, "status": "administrator"}
        return sent if method.startswith(("send", "get")) else True


class Patient(Flood):
    """Hears everybody, so that every update gets as far as it can."""

    def hear(self, who: object, per_second: float = 1.0) -> Verdict:
        return "heard"


@pytest.mark.parametrize("engine", ENGINES)
async def test_nothing_raises(engine: str, dialogue: Dialogue, clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    async with FakeBotApi().server() as server:
        channel, calls, time, store = open_channel(settings(server, engine)), Everything(), StoppedTime(), MemoryStore()
        talk, desk = TelegramTalk(dialogue, store, clock), MediaDesk(store, SketchingDrawer())
        delivery = Delivery(calls, desk, talk, Pace(time), time.sleep)
        await started(channel, Room(talk, delivery, desk, Me(123456, "most_bot"), Patient()))
        for update in updates(MANY, 1):
            assert await channel.feed(update)
        await channel.close()
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert calls.calls["sendMessage"] > 100
    assert calls.calls.keys() >= {
        "editMessageText",
        "answerCallbackQuery",
        "answerInlineQuery",
        "getChatMember",
        "sendPhoto",
    }
    assert len(KINDS) > 20
    assert not any(
        "товарооборот" in record.getMessage() or "贸易额" in record.getMessage() for record in caplog.records
    )
