"""Groups, edits, what is no text, comings and goings: when the bot speaks, to what it replies, and what it forgets. On both libraries."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.app import Clock
from bot.pacing import BURST
from bot.state.sqlite import SqliteStore
from handlers.dialogue import Dialogue
from tests.doubles import MemoryStore, plain
from tests.engines import ENGINES, AtWork, at_work
from tests.fake_bot_api import GROUP, ME, FakeBotApi

QUESTION = "товарооборот 2023"
US = {
    "reply_to_message": {
        "message_id": 1,
        "date": 1,
        "chat": {"id": GROUP, "type": "supergroup"},
        "from": ME,
        "text": "?",
    }
}


@pytest.fixture(params=ENGINES)
async def bot(request: pytest.FixtureRequest, dialogue: Dialogue, clock: Clock) -> AsyncIterator[AtWork]:
    async with at_work(str(request.param), dialogue, clock, store=MemoryStore()) as running:
        yield running


@pytest.mark.parametrize(
    ("text", "more", "answered"),
    [
        (QUESTION, {}, False),
        (f"@most_bot {QUESTION}", {}, True),
        (f"{QUESTION}, @Most_Bot?", {}, True),
        (f"@most_bottle {QUESTION}", {}, False),
        (QUESTION, US, True),
        ("/help", {}, True),
        ("/help@most_bot", {}, True),
        ("/help@other_bot", {}, False),
        ("/unheard", {}, False),
        ("@most_bot", {}, True),
        (QUESTION, {"via_bot": ME}, False),
        (QUESTION, {"is_automatic_forward": True, **US}, False),
    ],
)
async def test_in_a_group_it_speaks_only_when_spoken_to(
    bot: AtWork, text: str, more: dict[str, Any], answered: bool
) -> None:
    """Commanded, named or replied to; what another bot is told, or a channel passes on, is not for us."""
    await bot.feed(bot.api.says(text, GROUP, **more))
    assert bool(bot.api.sent()) == answered
    assert bot.api.faults() == []


async def test_a_name_linked_instead_of_written_is_a_name(bot: AtWork) -> None:
    mark = {"type": "text_mention", "offset": 0, "length": 4, "user": ME}
    await bot.feed(bot.api.says(f"Most {QUESTION}", GROUP, entities=[mark]))
    assert len(bot.api.sent()) == 1


async def test_an_answer_replies_to_its_question_in_its_topic(bot: AtWork) -> None:
    asked = bot.api.says("/chart trade.total", GROUP, message_thread_id=9, is_topic_message=True)
    named = bot.api.says(f"@most_bot {QUESTION}", GROUP, message_thread_id=9, is_topic_message=True)
    await bot.feed(asked, named)
    for call, update in zip((bot.api.media()[0].params, bot.api.sent()[0]), (asked, named), strict=True):
        assert call["message_thread_id"] == "9"
        assert json.loads(call["reply_parameters"])["message_id"] == update["message"]["message_id"]


async def test_people_of_a_group_are_told_apart(bot: AtWork) -> None:
    """What one asked before is not what another goes on about."""
    ask = bot.api.says
    await bot.feed(
        ask(f"@most_bot {QUESTION}", GROUP, who=1),
        ask("@most_bot а годом раньше?", GROUP, who=2),
        ask("@most_bot а годом раньше?", GROUP, who=1),
    )
    first, other, second = (plain(one["text"]) for one in bot.api.sent())
    assert "240,11" in first and "190,2" in second and "190,2" not in other


async def test_only_admins_choose_the_language_of_a_group(bot: AtWork) -> None:
    """By word or button; an admin who stays unnamed speaks as the group."""
    bot.api.admins = {1}
    await bot.feed(bot.api.says("/lang zh", GROUP, who=2), bot.api.taps("q:/lang zh", GROUP, who=2))
    assert await bot.store.language(GROUP) is None and "администраторы" in bot.api.sent()[0]["text"]
    await bot.feed(bot.api.says("/lang zh", GROUP, who=1))
    assert await bot.store.language(GROUP) == "zh"
    nobody: Any = {"sender_chat": {"id": GROUP, "type": "supergroup", "title": "G"}}
    await bot.feed(bot.api.says("/lang ru", GROUP, who=1087968824, **nobody))
    assert await bot.store.language(GROUP) == "ru"


async def test_coming_moving_and_going(bot: AtWork) -> None:
    """A word when let in, everything kept when the group moves, nothing kept when sent away or blocked."""
    await bot.feed(bot.api.member("member", "left"))
    assert "@most_bot" in bot.api.sent()[0]["text"]
    await bot.feed(bot.api.member("administrator", "member"))
    assert len(bot.api.sent()) == 1
    await bot.store.choose(GROUP, "zh")
    await bot.feed(bot.api.shows(GROUP, migrate_to_chat_id=-1002))
    assert await bot.store.language(-1002) == "zh"
    await bot.store.choose(7, "zh")
    await bot.feed(bot.api.member("kicked", "member", -1002), bot.api.member("kicked", "member", 7))
    assert bot.store.chosen == {}
    assert bot.api.faults() == []


async def test_channels_are_not_answered(bot: AtWork) -> None:
    post = {"message_id": 5, "date": 1, "chat": {"id": -1009, "type": "channel", "title": "C"}, "text": "/help"}
    await bot.feed({"update_id": 1, "channel_post": post}, {"update_id": 2, "edited_channel_post": post})
    assert bot.api.calls == []


async def test_an_edited_question_edits_its_answer(bot: AtWork) -> None:
    """Nothing new is said; the same answer again is no error; a picture comes anew, since it cannot stand where text stood."""
    asked = bot.api.says(QUESTION)
    await bot.feed(asked, bot.api.edits("товарооборот 2022", asked), bot.api.edits("Товарооборот  2022", asked))
    edit, again = [call for call in bot.api.calls if call.method == "editMessageText"]
    assert "190,2" in plain(edit.params["text"]) and len(bot.api.sent()) == 1
    assert again.fault == "message is not modified"
    await bot.feed(bot.api.edits("/chart trade.total", asked))
    assert len(bot.api.media()) == 1


@pytest.mark.parametrize("chat", [7, GROUP])
@pytest.mark.parametrize("engine", ENGINES)
async def test_an_edit_after_a_restart_finds_its_answer(
    engine: str, chat: int, dialogue: Dialogue, clock: Clock, tmp_path: Path
) -> None:
    asked: dict[str, Any] = {}
    api, url = FakeBotApi(), f"sqlite:///{tmp_path}/state.db"
    for text in (f"@most_bot {QUESTION}", "@most_bot товарооборот 2022"):
        store = await SqliteStore.open(url)
        async with at_work(engine, dialogue, clock, api=api, store=store) as bot:
            update = api.edits(text, asked) if asked else api.says(text, chat)
            await bot.feed(update)
            asked = asked or update
        await store.close()
    assert api.methods() == ["sendMessage", "editMessageText"] and api.faults() == []
    assert "190,2" in plain(api.calls[-1].params["text"])


async def test_nothing_is_known_of_the_message_that_erased_a_chat(bot: AtWork) -> None:
    await bot.feed(bot.api.says(QUESTION), bot.api.says("/forget"))
    assert bot.store.answers == {}


async def test_an_edited_question_whose_answer_is_gone_is_answered_anew(bot: AtWork) -> None:
    asked = bot.api.says(QUESTION)
    await bot.feed(asked)
    bot.api.messages.clear()
    await bot.feed(bot.api.edits("товарооборот 2022", asked))
    assert len(bot.api.sent()) == 2


@pytest.mark.parametrize(
    "content",
    [
        {"voice": {"file_id": "a", "file_unique_id": "b", "duration": 1}},
        {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]},
        {
            "sticker": {
                "file_id": "a",
                "file_unique_id": "b",
                "type": "regular",
                "width": 1,
                "height": 1,
                "is_animated": False,
                "is_video": False,
            }
        },
        {"contact": {"phone_number": "1", "first_name": "A"}},
        {"dice": {"emoji": "🎲", "value": 1}},
    ],
    ids=lambda content: next(iter(content)),
)
async def test_what_is_no_text_gets_a_short_honest_reply(bot: AtWork, content: dict[str, Any]) -> None:
    await bot.feed(bot.api.shows(**content), bot.api.shows(GROUP, **content))
    assert len(bot.api.sent()) == 1 and "только текст" in bot.api.sent()[0]["text"]


async def test_a_caption_is_a_question_and_an_album_is_answered_once(bot: AtWork) -> None:
    photo: Any = {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}], "media_group_id": "g"}
    await bot.feed(bot.api.shows(caption=QUESTION, **photo), bot.api.shows(**photo), bot.api.shows(**photo))
    assert len(bot.api.sent()) == 1 and "240,11" in plain(bot.api.sent()[0]["text"])


async def test_a_shared_place_gets_the_nearest_crossings_and_consulates(bot: AtWork) -> None:
    """From Khabarovsk the river to Fuyuan and the city's own consulate; each leads to what the base tells."""
    await bot.feed(bot.api.shows(location={"latitude": 48.48, "longitude": 135.07}))
    labels = [row[0]["text"] for row in json.loads(bot.api.sent()[0]["reply_markup"])["inline_keyboard"]]
    assert "Фуюань" in labels[0] and "Хабаровске" in labels[3] and len(labels) == 5
    await bot.feed(bot.api.taps(bot.api.button(4)))
    assert "Хабаровск" in plain(bot.api.sent()[1]["text"])
    assert bot.api.faults() == []


@pytest.mark.parametrize("note", ["new_chat_title", "pinned_message", "left_chat_member", "video_chat_started"])
async def test_notes_of_telegram_itself_are_not_answered(bot: AtWork, note: str) -> None:
    content: Any = {"new_chat_title": "T", "left_chat_member": ME, "video_chat_started": {}}.get(note) or {
        "message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"},
    }  # fmt: skip
    await bot.feed(bot.api.shows(**{note: content}))
    assert bot.api.calls == []


async def test_a_burst_is_answered_once_with_a_polite_wait(bot: AtWork) -> None:
    await asyncio.gather(*(bot.feed(bot.api.says("привет")) for _ in range(BURST + 15)))
    assert len(bot.api.sent()) == BURST + 1
    assert len([one for one in bot.api.sent() if "Подождите" in one["text"]]) == 1
