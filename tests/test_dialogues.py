"""Golden dialogues on the core, in the terminal and through aiogram: the same replies, to the byte."""

from __future__ import annotations

import io

import pytest
from aiogram import Dispatcher
from aiogram.types import Update

from bot.app import Clock
from bot.channels import telegram_aiogram
from bot.channels.telegram_format import outgoing
from bot.channels.telegram_talk import TelegramTalk
from bot.channels.terminal import TerminalChat
from bot.settings import Settings
from handlers.ask import listed
from handlers.dialogue import Dialogue
from knowledge.model import LANGS
from tests.doubles import TOKEN, FakeBotApi, MemoryStore
from tests.golden import Golden, dialogues, differs, played

GOLDEN = dialogues()
every = pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: f"{golden.lang}: {golden.name}")


def test_there_are_enough() -> None:
    for lang in LANGS:
        assert len([golden for golden in GOLDEN if golden.lang == lang]) >= 20


@every
def test_on_the_core(dialogue: Dialogue, golden: Golden) -> None:
    """Each step tells the right entry, in its standing, with the figures it must have."""
    wrong = [(line, why) for step, line, reply in played(dialogue, golden) if (why := differs(step, reply))]
    assert wrong == []


@every
def test_in_the_terminal(dialogue: Dialogue, clock: Clock, golden: Golden) -> None:
    """A person who types the same lines, and the numbers of choices, reads exactly the replies of the core."""
    out = io.StringIO()
    chat = TerminalChat(dialogue, clock, out, golden.lang)
    expected = ""
    for _, line, reply in played(dialogue, golden):
        chat.hear(line)
        listing = reply.status == "answered" and reply.choices
        expected += (listed(reply.text, reply.choices) if listing else reply.text) + "\n\n"
    assert out.getvalue() == expected


@every
async def test_through_aiogram(dialogue: Dialogue, clock: Clock, golden: Golden) -> None:
    """Messages and presses of the buttons offered bring exactly the formatted replies of the core; no call is refused."""
    api, store = FakeBotApi(), MemoryStore()
    await store.choose(7, golden.lang)
    async with api.server() as server:
        bot = telegram_aiogram.build_bot(
            Settings(bot_token=TOKEN, telegram_api_url=str(server.make_url("")).rstrip("/"))
        )
        dispatcher = Dispatcher()
        dispatcher.include_router(telegram_aiogram.build_router(TelegramTalk(dialogue, store, clock)))
        expected = []
        for step, line, reply in played(dialogue, golden):
            update = api.says(line) if step.pick is None else api.taps(api.button(step.pick))
            await dispatcher.feed_update(bot, Update.model_validate(update))
            expected.append(outgoing(reply).html)
        await bot.session.close()
    assert [call.fault for call in api.calls if call.fault] == []
    assert [message["text"] for message in api.sent()] == expected
