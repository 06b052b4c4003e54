"""Golden dialogues by long polling against a strict stand-in for the Bot API, with Telegram's limits and injected faults, on both libraries.

The stand-in is not part of this repository: ``BOTAPI_STUB`` names its program, else the folder beside the repository is looked at.
"""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientError, ClientSession

from bot.app import ROOT, Clock
from bot.channels.enclosures import Pin, enclosed
from bot.channels.serving import open_channel
from bot.channels.telegram_format import outgoing
from bot.channels.telegram_media import MediaDesk
from bot.channels.telegram_profile import introduce
from bot.channels.telegram_room import Room
from bot.channels.telegram_talk import TelegramTalk
from bot.delivery import Delivery
from bot.settings import Settings
from handlers.dialogue import Dialogue
from tests.conftest import NOW
from tests.doubles import TOKEN, MemoryStore, plain
from tests.engines import ENGINES, SketchingDrawer, started
from tests.golden import Golden, dialogues, played

STUB = Path(os.environ.get("BOTAPI_STUB", ROOT.parent / "shared" / "botapi" / "stub.py"))
FAULTS = (
    {"method": "sendMessage", "code": 429, "retry_after": 1, "times": 3}, {"method": "sendMessage", "code": 500, "times": 3},
    {"method": "sendMessage", "code": 502, "times": 3}, {"method": "answerCallbackQuery", "code": 400, "times": 2},
    {"method": "sendChatAction", "code": 403, "times": 2}, {"method": "answerCallbackQuery", "code": 500, "times": 2},
)  # fmt: skip
pytestmark = pytest.mark.skipif(not STUB.is_file(), reason=f"no strict Bot API at {STUB}: set BOTAPI_STUB to run these")


class Telegram:
    """The test side of the stand-in: speak, press, and see what a person sees."""

    def __init__(self, session: ClientSession, url: str) -> None:
        self.session, self.url = session, url

    async def do(self, what: str, **body: Any) -> Any:
        async with self.session.post(f"{self.url}/_ctl/{what}", json=body) as answer:
            return await answer.json()

    async def look(self, what: str) -> Any:
        async with self.session.get(f"{self.url}/_ctl/{what}") as answer:
            return await answer.json()

    async def told(self, chat: int) -> list[dict[str, Any]]:
        return [one for one in await self.look(f"chat?chat_id={chat}") if one["from"]["is_bot"]]

    async def next(self, chat: int, messages: int, text: str) -> dict[str, Any]:
        """The bot's last message with this text, once there are so many messages."""
        async with asyncio.timeout(240):
            while True:
                told = await self.told(chat)
                found = [one for one in told if (one.get("text") or one.get("caption")) == text]
                if found and len(told) >= messages:
                    return found[-1]
                await asyncio.sleep(0.2)


@asynccontextmanager
async def telegram() -> AsyncIterator[Telegram]:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    stub = await asyncio.create_subprocess_exec(
        sys.executable, str(STUB), "--port", str(port), "--limits", stdout=asyncio.subprocess.DEVNULL
    )
    try:
        async with ClientSession() as session:
            there = Telegram(session, f"http://127.0.0.1:{port}")
            async with asyncio.timeout(60):
                while not await _up(there):
                    await asyncio.sleep(0.1)
            yield there
    finally:
        stub.terminate()
        await stub.wait()


async def _up(there: Telegram) -> bool:
    try:
        return bool(await there.look("calls") == [])
    except ClientError:
        return False


async def conversation(there: Telegram, dialogue: Dialogue, golden: Golden, chat: int) -> None:
    """Say each line when all of the answer before it is there, and see that each brought its answer, once, or changed its menu."""
    seen: dict[str, Any] = {}
    messages = 0
    for step, line, reply in list(played(dialogue, golden)):
        if step.pick is None:
            await there.do("text", chat_id=chat, text=line, lang=golden.lang)
        else:
            data = seen["reply_markup"]["inline_keyboard"][step.pick - 1][0]["callback_data"]
            await there.do("tap", chat_id=chat, message_id=seen["message_id"], data=data, lang=golden.lang)
        along = enclosed(dialogue.base, reply, NOW)
        in_place = step.pick is not None and reply.menu and not along
        messages += 0 if in_place else 1 + len(along) - (bool(along) and not isinstance(along[0], Pin))
        expected = plain(outgoing(reply).html)
        seen = await there.next(chat, messages, expected)
    assert len(await there.told(chat)) == messages


@pytest.mark.parametrize("engine", ENGINES)
async def test_none_lost_and_none_doubled(engine: str, dialogue: Dialogue, clock: Clock) -> None:
    """All golden dialogues at once, each in its chat, while messages are refused, put off and fail."""
    store = MemoryStore()
    async with telegram() as there:
        channel = open_channel(Settings(bot_token=TOKEN, bot_engine=engine, telegram_api_url=there.url))
        talk, desk = TelegramTalk(dialogue, store, clock), MediaDesk(store, SketchingDrawer())
        room = Room(talk, Delivery(channel.engine, desk, talk), desk)
        await started(channel, room)
        await introduce(room.delivery, "ru")
        polling = asyncio.create_task(channel.poll())
        for fault in FAULTS:
            await there.do("fault", **fault)
        every = dialogues()
        for chat, golden in enumerate(every, 100):
            await store.choose(chat, golden.lang)
        try:
            await asyncio.gather(
                *(conversation(there, dialogue, golden, chat) for chat, golden in enumerate(every, 100))
            )
        finally:
            polling.cancel()
            await asyncio.gather(polling, return_exceptions=True)
            await channel.close()
        calls = await there.look("calls")
    refused = [call for call in calls if not call["ok"] and call["description"] != "fault" and call["code"] != 429]
    assert refused == []
    assert [call["unknown_params"] for call in calls if call.get("unknown_params")] == []
    assert (
        sum(call["code"] == 429 for call in calls if not call["ok"]) == 3
    )  # those injected: the limits themselves are never met
