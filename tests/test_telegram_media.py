"""Pictures and files through aiogram against a Bot API over HTTP: sent once, then by their id; the text goes whatever happens."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from aiogram import Dispatcher
from aiogram.types import Update

from bot.app import Clock
from bot.channels import telegram_aiogram
from bot.channels.telegram_format import outgoing
from bot.channels.telegram_talk import TelegramTalk
from bot.drawing import Drawer, DrawingError
from bot.settings import Settings
from bot.state import sqlite
from bot.state.sqlite import SqliteStore
from handlers.dialogue import Dialogue
from handlers.messages import Attachment, Reply
from handlers.picture import Picture
from tests.doubles import TOKEN, FakeBotApi, MemoryStore, plain

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


async def fed(
    api: FakeBotApi, dialogue: Dialogue, clock: Clock, *said: str, store: MemoryStore | None = None, drawer: Drawer | None = None
) -> None:  # fmt: skip
    """Let aiogram's own dispatcher handle messages, and presses (``e:…``, ``q:…``), against the fake Bot API."""
    async with api.server() as server:
        bot = telegram_aiogram.build_bot(
            Settings(bot_token=TOKEN, telegram_api_url=str(server.make_url("")).rstrip("/"))
        )
        talk = TelegramTalk(dialogue, store or MemoryStore(), clock, drawer or SketchingDrawer())
        dispatcher = Dispatcher()
        dispatcher.include_router(telegram_aiogram.build_router(talk))
        for text in said:
            update = api.taps(text) if text.startswith(("e:", "q:")) else api.says(text)
            await dispatcher.feed_update(bot, Update.model_validate(update))
        await bot.session.close()


async def test_a_chart_is_a_photo_with_its_text(dialogue: Dialogue, clock: Clock) -> None:
    """Really drawn, with the source set apart in the caption and the ways on as buttons."""
    api, drawer = FakeBotApi(), Drawer()
    await fed(api, dialogue, clock, "/chart товарооборот 2015 2024", drawer=drawer)
    drawer.close()
    assert [call.fault for call in api.calls if call.fault] == []
    [call] = api.media()
    assert call.file and call.file.name == "trade.total_2015..2024.png"
    assert call.file.content.startswith(b"\x89PNG")
    assert "244,819" in plain(call.params["caption"])
    assert "<i>Источник" in call.params["caption"]
    assert "q:/table trade.total:2015..2024" in call.params["reply_markup"]
    assert api.sent() == []


async def test_a_picture_sent_before_goes_by_its_id(dialogue: Dialogue, clock: Clock) -> None:
    """To any chat, by message or button, without another drawing; the other language is another picture."""
    api, store, drawer = FakeBotApi(), MemoryStore(), SketchingDrawer()
    await fed(api, dialogue, clock, "/chart trade.total", "/chart товарооборот", "q:/chart trade.total", "/lang zh", "/chart trade.total",
              store=store, drawer=drawer)  # fmt: skip
    calls = api.media()
    assert [bool(call.file) for call in calls] == [True, False, False, True]
    assert len({call.params["photo"] for call in calls[1:3]}) == 1
    assert [picture.lang for picture in drawer.drawn] == ["ru", "zh"]
    assert len(store.files) == 2


async def test_an_id_telegram_has_forgotten_is_replaced(dialogue: Dialogue, clock: Clock) -> None:
    api, store = FakeBotApi(), MemoryStore()
    await fed(api, dialogue, clock, "/chart trade.total", store=store)
    api.files.clear()
    await fed(api, dialogue, clock, "/chart trade.total", "/chart trade.total", store=store)
    assert [bool(call.file) for call in api.media()] == [True, True, False]


async def test_the_text_goes_where_nothing_can_be_drawn(dialogue: Dialogue, clock: Clock) -> None:
    api = FakeBotApi()
    await fed(api, dialogue, clock, "/chart товарооборот", drawer=SketchingDrawer("no font"))
    assert api.media() == []
    assert "228,105" in api.sent()[0]["text"]


async def test_the_text_goes_where_telegram_takes_no_photo(dialogue: Dialogue, clock: Clock) -> None:
    api = FakeBotApi(refuse=[("sendPhoto", 400, {})])
    await fed(api, dialogue, clock, "/chart товарооборот")
    assert api.media() == []
    assert "228,105" in api.sent()[0]["text"]


async def test_a_passing_fault_is_tried_again_with_the_whole_file(
    dialogue: Dialogue, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram_aiogram, "FIRST_WAIT_SECONDS", 0.01)
    api = FakeBotApi(refuse=[("sendPhoto", 502, {}), ("sendDocument", 429, {"parameters": {"retry_after": 1}})])
    await fed(api, dialogue, clock, "/chart товарооборот", "/csv товарооборот")
    assert [call.method for call in api.media()] == ["sendPhoto", "sendDocument"]
    assert all(call.file and len(call.file.content) > 20 for call in api.media())


async def test_a_file_is_a_document(dialogue: Dialogue, clock: Clock) -> None:
    api = FakeBotApi()
    await fed(api, dialogue, clock, "/csv товарооборот 2015 2024", "/csv товарооборот excel")
    first, second = api.media()
    assert first.file and first.file.name == "trade.total_2015-2024.csv"
    assert first.file.content.startswith(b"metric,title,period")
    assert second.file and second.file.content.startswith(b"\xef\xbb\xbfmetric")


async def test_a_table_keeps_its_columns(dialogue: Dialogue, clock: Clock) -> None:
    api = FakeBotApi()
    await fed(api, dialogue, clock, "/table trade.total")
    [message] = api.sent()
    table = message["text"].split("<pre>")[1].split("</pre>")[0]
    assert len({len(line) for line in table.splitlines()[2:]}) == 1
    assert "<i>Источник" in message["text"].split("</pre>")[1]


async def test_a_figure_offers_its_chart_and_sends_none(dialogue: Dialogue, clock: Clock) -> None:
    api = FakeBotApi()
    await fed(api, dialogue, clock, "товарооборот за 2019 год", "q:/chart trade.total")
    assert "q:/chart trade.total" in api.sent()[0]["reply_markup"]
    assert len(api.media()) == 1


def test_what_looks_like_markup_in_a_table_is_escaped() -> None:
    shown = outgoing(
        Reply("answered", "ru", "A < B\na<b  1\nИсточник", aligned="a<b  1", attachments=(Attachment("x", "y"),))
    )
    assert shown.html == "A &lt; B\n<pre>a&lt;b  1</pre>\n\n<i>Источник</i>"


async def test_ids_are_kept_over_a_restart_and_not_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "KEPT_FILES", 3)
    url = f"sqlite:///{tmp_path}/state.db"
    store = await SqliteStore.open(url)
    await asyncio.gather(*(store.keep_file(f"k{number}", f"f{number}") for number in range(5)))
    await store.keep_file("k4", "new")
    await store.close()
    again = await SqliteStore.open(url)
    assert [await again.sent_file(f"k{number}") for number in range(5)] == [None, None, "f2", "f3", "new"]
    await again.close()
