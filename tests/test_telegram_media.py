"""Pictures and files through both libraries against a Bot API over HTTP: sent once, then by their id; the text goes whatever happens."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.app import Clock
from bot.channels.telegram_format import outgoing
from bot.drawing import Drawer
from bot.state import sqlite
from bot.state.sqlite import SqliteStore
from handlers.dialogue import Dialogue
from handlers.messages import Attachment, Reply
from tests.doubles import FakeBotApi, MemoryStore, plain
from tests.engines import ENGINES, SketchingDrawer, at_work


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def fed(
    engine: str, api: FakeBotApi, dialogue: Dialogue, clock: Clock, *said: str, store: MemoryStore | None = None,
    drawer: Drawer | None = None,
) -> None:  # fmt: skip
    """Let an engine handle messages, and presses (``e:…``, ``q:…``), against the fake Bot API."""
    async with at_work(engine, dialogue, clock, api=api, store=store, drawer=drawer) as bot:
        await bot.feed(*(api.taps(text) if text.startswith(("e:", "q:")) else api.says(text) for text in said))


async def test_a_chart_is_a_photo_with_its_text(engine: str, dialogue: Dialogue, clock: Clock) -> None:
    """Really drawn, with the source set apart in the caption and the ways on as buttons."""
    api, drawer = FakeBotApi(), Drawer()
    await fed(engine, api, dialogue, clock, "/chart товарооборот 2015 2024", drawer=drawer)
    drawer.close()
    assert [call.fault for call in api.calls if call.fault] == []
    [call] = api.media()
    assert call.file and call.file.name == "trade.total_2015..2024.png"
    assert call.file.content.startswith(b"\x89PNG")
    assert "244,819" in plain(call.params["caption"])
    assert "<i>Источник" in call.params["caption"]
    assert "q:/table trade.total:2015..2024" in call.params["reply_markup"]
    assert api.sent() == []


async def test_a_picture_sent_before_goes_by_its_id(engine: str, dialogue: Dialogue, clock: Clock) -> None:
    """To any chat, by message or button, without another drawing; the other language is another picture."""
    api, store, drawer = FakeBotApi(), MemoryStore(), SketchingDrawer()
    await fed(engine, api, dialogue, clock, "/chart trade.total", "/chart товарооборот", "q:/chart trade.total", "/lang zh", "/chart trade.total",
              store=store, drawer=drawer)  # fmt: skip
    calls = api.media()
    assert [bool(call.file) for call in calls] == [True, False, False, True]
    assert len({call.params["photo"] for call in calls[1:3]}) == 1
    assert [picture.lang for picture in drawer.drawn] == ["ru", "zh"]
    assert len(store.files) == 2


async def test_an_id_telegram_has_forgotten_is_replaced(engine: str, dialogue: Dialogue, clock: Clock) -> None:
    api, store = FakeBotApi(), MemoryStore()
    await fed(engine, api, dialogue, clock, "/chart trade.total", store=store)
    api.files.clear()
    await fed(engine, api, dialogue, clock, "/chart trade.total", "/chart trade.total", store=store)
    assert [bool(call.file) for call in api.media()] == [True, True, False]


async def test_the_text_goes_where_nothing_can_be_drawn(engine: str, dialogue: Dialogue, clock: Clock) -> None:
    api = FakeBotApi()
    await fed(engine, api, dialogue, clock, "/chart товарооборот", drawer=SketchingDrawer("no font"))
    assert api.media() == []
    assert "228,105" in api.sent()[0]["text"]


async def test_the_text_goes_where_telegram_takes_no_photo(engine: str, dialogue: Dialogue, clock: Clock) -> None:
    api = FakeBotApi(refuse=[("sendPhoto", 400, {})])
    await fed(engine, api, dialogue, clock, "/chart товарооборот")
    assert api.media() == []
    assert "228,105" in api.sent()[0]["text"]


async def test_a_passing_fault_is_tried_again_with_the_whole_file(
    engine: str, dialogue: Dialogue, clock: Clock
) -> None:
    api = FakeBotApi(refuse=[("sendPhoto", 502, {}), ("sendDocument", 429, {"parameters": {"retry_after": 1}})])
    await fed(engine, api, dialogue, clock, "/chart товарооборот", "/csv товарооборот")
    assert [call.method for call in api.media()] == ["sendPhoto", "sendDocument"]
    assert all(call.file and len(call.file.content) > 20 for call in api.media())


async def test_a_file_is_a_document(engine: str, dialogue: Dialogue, clock: Clock) -> None:
    api = FakeBotApi()
    await fed(engine, api, dialogue, clock, "/csv товарооборот 2015 2024", "/csv товарооборот excel")
    first, second = api.media()
    assert first.file and first.file.name == "trade.total_2015-2024.csv"
    assert first.file.content.startswith(b"metric,title,period")
    assert second.file and second.file.content.startswith(b"\xef\xbb\xbfmetric")


async def test_a_table_keeps_its_columns(engine: str, dialogue: Dialogue, clock: Clock) -> None:
    api = FakeBotApi()
    await fed(engine, api, dialogue, clock, "/table trade.total")
    [message] = api.sent()
    table = message["text"].split("<pre>")[1].split("</pre>")[0]
    assert len({len(line) for line in table.splitlines()[2:]}) == 1
    assert "<i>Источник" in message["text"].split("</pre>")[1]


async def test_a_figure_offers_its_chart_and_sends_none(engine: str, dialogue: Dialogue, clock: Clock) -> None:
    api = FakeBotApi()
    await fed(engine, api, dialogue, clock, "товарооборот за 2019 год", "q:/chart trade.total")
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
