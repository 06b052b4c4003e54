"""Both libraries at work against the fake Bot API, with no real time to wait for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp.test_utils import BaseTestServer

from bot.app import Clock
from bot.channels.serving import Channel, open_channel
from bot.channels.telegram_media import MediaDesk
from bot.channels.telegram_room import Room
from bot.channels.telegram_talk import TelegramTalk
from bot.delivery import Delivery
from bot.drawing import Drawer, DrawingError
from bot.pacing import Flood, Pace
from bot.settings import Settings
from bot.state.store import ChatStore
from handlers.dialogue import Dialogue
from handlers.picture import Picture
from tests.doubles import TOKEN, FakeBotApi, MemoryStore, StoppedTime

ENGINES = ("aiogram", "ptb")
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (1200).to_bytes(4) + (900).to_bytes(4)


class SketchingDrawer(Drawer):
    """Draws nothing but the head of a PNG, and counts."""

    def __init__(self, fault: str = "") -> None:
        super().__init__()
        self.drawn: list[Picture] = []
        self.fault = fault

    async def png(self, picture: Picture, *, dark: bool = False) -> bytes:
        self.drawn.append(picture)
        if self.fault:
            raise DrawingError(self.fault)
        return PNG


@dataclass
class AtWork:
    """A bot at work: the fake Bot API it speaks to, its store, and what time it is to it."""

    api: FakeBotApi
    store: Any
    room: Room
    channel: Channel
    time: StoppedTime

    async def feed(self, *updates: dict[str, Any]) -> list[bool]:
        """Hand updates over one after another, as the webhook does; whether each is done with."""
        return [await self.channel.feed(update) for update in updates]


def room_of(
    dialogue: Dialogue, clock: Clock, channel: Channel, time: StoppedTime, store: ChatStore, drawer: Drawer | None = None
) -> Room:  # fmt: skip
    talk = TelegramTalk(dialogue, store, clock)
    desk = MediaDesk(store, drawer or SketchingDrawer())
    return Room(talk, Delivery(channel.engine, desk, talk, Pace(time), time.sleep), desk, flood=Flood(time))


def settings(server: BaseTestServer, engine: str = "aiogram", **more: Any) -> Settings:
    return Settings(bot_token=TOKEN, bot_engine=engine, telegram_api_url=str(server.make_url("")).rstrip("/"), **more)


async def started(channel: Channel, room: Room) -> None:
    channel.attach(room)
    await channel.start()


@asynccontextmanager
async def at_work(
    engine: str, dialogue: Dialogue, clock: Clock, *, api: FakeBotApi | None = None, store: ChatStore | None = None,
    drawer: Drawer | None = None,
) -> AsyncIterator[AtWork]:  # fmt: skip
    """Open a bot on an engine; the calls made until then, to learn who it is, are forgotten."""
    api, store, time = api or FakeBotApi(), store or MemoryStore(), StoppedTime()
    async with api.server() as server:
        channel = open_channel(settings(server, engine))
        room = room_of(dialogue, clock, channel, time, store, drawer)
        calls, refuse, api.refuse = list(api.calls), api.refuse, []
        await room.me()
        await started(channel, room)
        api.calls, api.refuse = calls, refuse
        try:
            yield AtWork(api, store, room, channel, time)
        finally:
            await channel.close()
