"""Menus, small buttons and links: what can be pressed leads somewhere, in place, and is forgotten by nobody. On both libraries."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.app import Clock
from bot.channels.terminal import TerminalChat
from bot.state.sqlite import SqliteStore, opinions
from bot.state.store import Opinion
from handlers import links
from handlers.dialogue import Dialogue
from handlers.messages import Forget, Incoming, Reply
from handlers.routes import ROUTES
from handlers.topic_menu import TITLES
from knowledge.model import LANGS, Lang
from tests.conftest import NOW
from tests.doubles import FakeBotApi, MemoryStore, plain
from tests.engines import ENGINES, AtWork, at_work


@pytest.fixture(params=ENGINES)
async def bot(request: pytest.FixtureRequest, dialogue: Dialogue, clock: Clock) -> AsyncIterator[AtWork]:
    async with at_work(str(request.param), dialogue, clock, store=MemoryStore()) as running:
        yield running


def told(dialogue: Dialogue, text: str, lang: Lang = "ru", **more: Any) -> Reply:
    return dialogue.reply(Incoming(text, NOW, lang, **more))


def last(api: FakeBotApi) -> dict[str, Any]:
    """The message with buttons that was told or changed last."""
    return list(api.messages.values())[-1]


def pressed(api: FakeBotApi, label: str) -> dict[str, Any]:
    message = last(api)
    data = next(
        one["callback_data"]
        for row in message["reply_markup"]["inline_keyboard"]
        for one in row
        if label in one["text"]
    )
    return api.taps(data, message=message["message_id"])


async def test_from_topics_to_an_answer_and_back_in_one_message(bot: AtWork) -> None:
    """Topics, a page, the next, an answer, back to its page, back to the topics: edited in place, every press answered at once."""
    await bot.feed(bot.api.says("/topics"))
    for label in ("Визы", "Дальше", "Назад", "Китай", "Визы", "Все темы"):
        await bot.feed(pressed(bot.api, label))
    assert bot.api.faults() == []
    assert bot.api.methods() == ["sendMessage", *["answerCallbackQuery", "editMessageText"] * 6]
    edits = [plain(call.params["text"]) for call in bot.api.calls if call.method == "editMessageText"]
    assert "Источник" in edits[3] and edits[0] == edits[2] == edits[4]


async def test_a_press_that_changes_nothing_is_no_error(bot: AtWork) -> None:
    await bot.feed(bot.api.says("/topics"))
    message = last(bot.api)["message_id"]
    assert await bot.feed(bot.api.taps("q:/topics", message=message)) == [True]
    assert bot.api.faults() == ["editMessageText: message is not modified"] and len(bot.api.sent()) == 1


@pytest.mark.parametrize("engine", ENGINES)
async def test_buttons_of_an_earlier_process_still_work(engine: str, dialogue: Dialogue, clock: Clock) -> None:
    api = FakeBotApi()
    async with at_work(engine, dialogue, clock, api=api) as before:
        await before.feed(api.says("/topics visa"), api.says("виза"))
    buttons = [
        row[0]["callback_data"] for one in api.sent() for row in json.loads(one["reply_markup"])["inline_keyboard"]
    ]
    async with at_work(engine, dialogue, clock, api=api) as after:
        await after.feed(*(api.taps(data) for data in buttons))
    assert api.faults() == [] and not any("устарела" in call.params.get("text", "") for call in api.calls)


@pytest.mark.parametrize("lang", LANGS)
def test_every_entry_is_reached_from_the_topics(dialogue: Dialogue, lang: Lang) -> None:
    """Page by page by the buttons alone, each once; each answer leads back to the page it came from."""
    seen: list[str] = []
    for topic in TITLES:
        number, asks = 1, [f"/topics {topic} 1"]
        while f"/topics {topic} {number}" in asks:
            page = told(dialogue, f"/topics {topic} {number}", lang)
            asks = [one.ask for one in page.choices]
            entries = [ask for ask in asks if ask.removeprefix("/topics ") in dialogue.base.data.entries]
            back = told(dialogue, entries[0], lang).choices[0].ask
            assert told(dialogue, back, lang) == page
            seen, number = seen + entries, number + 1
    assert sorted(seen) == sorted(f"/topics {entry}" for entry in dialogue.base.data.entries)


def test_related_questions_are_near_and_another(dialogue: Dialogue) -> None:
    """Under an answer up to three of its topic, never itself, never the other direction; none under talk or a menu."""
    for entry in list(dialogue.base.data.entries.values())[::9]:
        reply = dialogue.entry(entry.id, Incoming("", NOW, "ru"))
        assert reply
        near = dialogue.related(reply, NOW.year)
        assert len(near) <= 3 and entry.id not in [one.entry for one in near]
        for one in near:
            other = dialogue.base.data.entries[str(one.entry)]
            assert other.topic == entry.topic and other.scope.direction in (None, entry.scope.direction)
    for text in ("привет", "/topics", "виза"):
        assert dialogue.related(told(dialogue, text), NOW.year) == ()


async def test_praise_is_a_notice_and_displeasure_asks_why(bot: AtWork) -> None:
    """👍 says thanks without a message; 👎 is kept at once, a reason after it; nobody's name is."""
    await bot.feed(bot.api.taps("e:event.crexpo.8"))
    await bot.feed(pressed(bot.api, "👍"))
    assert "Спасибо" in bot.api.calls[-1].params["text"] and bot.api.calls[-1].method == "answerCallbackQuery"
    await bot.feed(pressed(bot.api, "👎"))
    await bot.feed(pressed(bot.api, "Устарело"))
    assert bot.store.feedback == [
        ("event.crexpo.8", True, ""),
        ("event.crexpo.8", False, ""),
        ("event.crexpo.8", False, "old"),
    ]
    await bot.feed(bot.api.says("/feedback нет телефона 89161234567"))
    assert bot.store.feedback[-1] == ("event.crexpo.8", False, "нет телефона …")
    assert bot.api.faults() == []


async def test_opinions_are_kept_for_curators_and_not_for_ever(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/state.db"
    store = await SqliteStore.open(url)
    for _ in range(2):
        await store.note_feedback("visa.cn.now", "old", "ru", date(2026, 11, 24), good=False)
    await store.note_feedback("visa.cn.now", "", "ru", date(2026, 11, 24), good=True)
    assert opinions(url)[0] == Opinion("visa.cn.now", False, "old", "ru", 2, date(2026, 11, 24))
    await store.note_feedback("trade.latest", "", "zh", date(2027, 11, 24), good=True)
    await store.close()
    assert [one.entry for one in opinions(url)] == ["trade.latest"]


async def test_everything_of_a_chat_is_erased_on_request(tmp_path: Path) -> None:
    """Language and reminders in the file; nothing of another chat; a group that moved keeps all of its own."""
    store = await SqliteStore.open(f"sqlite:///{tmp_path}/state.db")
    for chat in (7, 8):
        await store.choose(chat, "zh")
        await store.reminders.put(chat, "event.crexpo.10", (7, 1), "zh", None)
    await store.forget(7)
    assert await store.language(7) is None and await store.reminders.of(7) == ()
    await store.move(8, -1002)
    assert await store.language(8) is None and await store.language(-1002) == "zh"
    assert len(await store.reminders.of(-1002)) == 1
    await store.close()


async def test_after_forget_a_follow_up_has_nothing_to_follow(bot: AtWork) -> None:
    await bot.feed(bot.api.says("товарооборот 2023"), bot.api.says("/forget"), bot.api.says("а годом раньше?"))
    assert "стёрты" in bot.api.sent()[1]["text"] and "190,2" not in bot.api.sent()[2]["text"]


def test_sources_of_the_last_answer_of_one_named_and_all(dialogue: Dialogue) -> None:
    named = told(dialogue, "/sources event.crexpo.8")
    assert "http" in named.text and told(dialogue, "/sources", told="event.crexpo.8").text == named.text
    assert told(dialogue, "/sources trade.total+trade.export_cn_ru").sources
    publishers = told(dialogue, "/sources")
    assert "Издателей" in publishers.text and "/sources all 2" in [one.ask for one in publishers.choices]
    assert len(publishers.text) < 4096


def test_the_terminal_knows_its_last_answer(dialogue: Dialogue, clock: Clock) -> None:
    out = io.StringIO()
    chat = TerminalChat(dialogue, clock, out, "ru")
    for line in ("товарооборот 2023", "/sources"):
        chat.hear(line)
    assert "Источники ответа" in out.getvalue()


@pytest.mark.parametrize(
    "target",
    [
        "event.crexpo.8",
        "/chart trade.total:2015..2025",
        "/expo event.crexpo.9",
        "trade.total.2019",
        "/topics visa",
        "/visa",
    ],
)
def test_a_link_opens_what_it_was_made_for(dialogue: Dialogue, target: str) -> None:
    parameter = links.payload(target)
    assert parameter and links.target(parameter) == target
    opened = told(dialogue, f"/start {parameter}")
    direct = told(dialogue, target) if target.startswith("/") else dialogue.entry(target, Incoming("", NOW, "ru"))
    assert opened == direct


@pytest.mark.parametrize("target", ["/forget", "/remind event.crexpo.10", "/lang zh", "/feedback x"])
def test_a_link_changes_nothing(dialogue: Dialogue, target: str) -> None:
    reply = told(dialogue, f"/start {links.payload(target)}")
    assert reply.effects == () and "Здравствуйте" in reply.text


@pytest.mark.parametrize("parameter", ["inline", "%%%", "x" * 200, "0J/RgA==", links.payload("gone.entry")])
def test_a_link_that_leads_nowhere_is_not_silent(dialogue: Dialogue, parameter: str) -> None:
    assert told(dialogue, f"/start {parameter}").status == "chat"


async def test_every_answer_can_be_shared_by_a_link_that_opens_it(bot: AtWork) -> None:
    await bot.feed(bot.api.taps("e:event.crexpo.8"))
    row = last(bot.api)["reply_markup"]["inline_keyboard"][-1]
    assert [one["text"] for one in row] == ["👍", "👎", "📚", "↗"]
    assert row[-1]["url"].startswith("https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fmost_bot%3Fstart%3D")
    await bot.feed(bot.api.says(f"/start {row[-1]['url'].rsplit('%3D', 1)[1]}"))
    assert len(bot.api.sent()) == 2 and bot.api.sent()[0]["text"] == bot.api.sent()[1]["text"]


def test_menus_are_described_in_both_languages(dialogue: Dialogue) -> None:
    assert {entry.topic for entry in dialogue.base.data.entries.values()} == TITLES.keys()
    assert {
        "start",
        "help",
        "lang",
        "topics",
        "expo",
        "remind",
        "chart",
        "table",
        "csv",
        "sources",
        "feedback",
        "privacy",
        "forget",
    } <= ROUTES.keys()
    assert told(dialogue, "/forget").effects == (Forget(),)
