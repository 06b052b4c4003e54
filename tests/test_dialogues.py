"""Golden dialogues on the core, in the terminal and through both Telegram libraries: the same replies, to the byte."""

from __future__ import annotations

import io

import pytest

from bot.app import Clock
from bot.channels.enclosures import enclosed
from bot.channels.telegram_format import outgoing
from bot.channels.terminal import TerminalChat, beside
from handlers.dialogue import Dialogue
from knowledge.model import LANGS
from tests.conftest import NOW
from tests.doubles import MemoryStore
from tests.engines import ENGINES, at_work
from tests.fake_bot_api import Call
from tests.golden import Golden, dialogues, differs, played

GOLDEN = dialogues()
SPOKEN = ("sendMessage", "sendPhoto", "sendDocument", "editMessageText")
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
        enclosures = enclosed(dialogue.base, reply, NOW)
        expected += "".join(f"{text}\n\n" for text in (reply.text, *beside(reply, enclosures)))
    assert out.getvalue() == expected


async def through(engine: str, dialogue: Dialogue, clock: Clock, golden: Golden) -> list[Call]:
    """Play a dialogue through an engine; every call the Bot API received."""
    store = MemoryStore()
    await store.choose(7, golden.lang)
    async with at_work(engine, dialogue, clock, store=store) as bot:
        for step, line, _ in played(dialogue, golden):
            await bot.feed(bot.api.says(line) if step.pick is None else bot.api.taps(bot.api.button(step.pick)))
        return bot.api.calls


@every
async def test_through_both_engines(dialogue: Dialogue, clock: Clock, golden: Golden) -> None:
    """Messages and presses of the buttons offered bring exactly the formatted replies of the core; no call is refused, and the Bot API
    receives the same calls from either library, one by one."""
    aiogram, ptb = [await through(engine, dialogue, clock, golden) for engine in ENGINES]
    assert [call.fault for call in aiogram if call.fault] == []
    told = [call.params.get("text") or call.params["caption"] for call in aiogram if call.method in SPOKEN]
    expected = [outgoing(reply).html for _, _, reply in played(dialogue, golden)]
    assert told == expected
    assert [call.seen() for call in aiogram] == [call.seen() for call in ptb]
