"""The aiogram channel against a Bot API over HTTP: polling, webhook, buttons, faults, and errors people can mend."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Dispatcher
from aiogram.types import Update
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer

from bot.app import ROOT, Clock
from bot.channels import telegram_aiogram
from bot.channels.telegram_format import Button, outgoing
from bot.channels.telegram_talk import TelegramTalk
from bot.settings import Settings
from handlers.dialogue import Dialogue
from handlers.messages import Choice, Reply
from tests.doubles import TOKEN, FakeBotApi, MemoryStore, plain

QUESTION = {"ru": "где и когда прошло VIII российско-китайское экспо", "zh": "第八届中俄博览会"}


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    yield FakeBotApi()


@pytest.fixture
async def server(api: FakeBotApi) -> AsyncIterator[TestServer]:
    async with api.server() as running:
        assert isinstance(running, TestServer)
        yield running


def settings(server: TestServer, **more: Any) -> Settings:
    return Settings(bot_token=TOKEN, telegram_api_url=str(server.make_url("")).rstrip("/"), **more)


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


async def fed(api: FakeBotApi, server: TestServer, dialogue: Dialogue, clock: Clock, update: dict[str, Any]) -> None:
    """Let aiogram's own dispatcher handle one update against the fake Bot API."""
    bot = telegram_aiogram.build_bot(settings(server))
    dispatcher = Dispatcher()
    dispatcher.include_router(telegram_aiogram.build_router(TelegramTalk(dialogue, MemoryStore(), clock)))
    try:
        await dispatcher.feed_update(bot, Update.model_validate(update))
    finally:
        await bot.session.close()


async def test_polling_answers_in_each_language(
    api: FakeBotApi, server: TestServer, dialogue: Dialogue, clock: Clock
) -> None:
    """Messages wait in the queue, are fetched, answered, and every call is accepted."""
    for text in (
        "/start",
        QUESTION["ru"],
        QUESTION["zh"],
        "/lang",
        "a < b & <i>c",
    ):
        api.says(text)
    bot = telegram_aiogram.build_bot(settings(server))
    task = asyncio.create_task(telegram_aiogram.poll(bot, TelegramTalk(dialogue, MemoryStore(), clock)))
    await api.wait_for(5)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await bot.session.close()
    assert [call.fault for call in api.calls if call.fault] == []
    texts = [plain(message["text"]) for message in api.sent()]
    assert "Харбин" in texts[1]
    assert "哈尔滨" in texts[2]


async def test_the_webhook_wants_its_secret_and_answers_after_handling(
    api: FakeBotApi, server: TestServer, dialogue: Dialogue, clock: Clock
) -> None:
    chosen = settings(server, webhook_url="http://127.0.0.1", webhook_secret="sesame-sesame-16", http_port=free_port())
    bot = telegram_aiogram.build_bot(chosen)
    task = asyncio.create_task(telegram_aiogram.receive(bot, TelegramTalk(dialogue, MemoryStore(), clock), chosen))
    while not any(call.method == "setWebhook" for call in api.calls):
        await asyncio.sleep(0.01)
    url = f"http://127.0.0.1:{chosen.http_port}/telegram/webhook"
    async with ClientSession() as session:
        async with session.post(url, json=api.says(QUESTION["zh"])) as refused:
            assert refused.status == 401
        secret = {"X-Telegram-Bot-Api-Secret-Token": chosen.webhook_secret}
        async with session.post(url, json=api.says(QUESTION["zh"]), headers=secret) as taken:
            assert taken.status == 200
    assert len(api.sent()) == 1
    assert "哈尔滨" in api.sent()[0]["text"]
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await bot.session.close()


async def test_a_language_is_chosen_by_button_and_kept(
    api: FakeBotApi, server: TestServer, dialogue: Dialogue, clock: Clock
) -> None:
    talk = TelegramTalk(dialogue, MemoryStore(), clock)
    asked = await talk.text(7, "/lang", "en")
    assert [button.data for button in asked.buttons] == ["q:/lang ru", "q:/lang zh"]
    await talk.button(7, "q:/lang zh", "ru")
    answer = await talk.text(7, QUESTION["ru"], "ru")
    assert "哈尔滨" in answer.html


async def test_every_button_is_answered(api: FakeBotApi, server: TestServer, dialogue: Dialogue, clock: Clock) -> None:
    await fed(api, server, dialogue, clock, api.taps("e:event.crexpo.8"))
    await fed(api, server, dialogue, clock, api.taps("e:no.such.entry"))
    assert [call.method for call in api.calls] == ["answerCallbackQuery", "sendMessage"] * 2
    assert "устарела" in api.sent()[1]["text"]


async def test_a_button_pressed_too_long_ago_still_gets_its_answer(
    api: FakeBotApi, server: TestServer, dialogue: Dialogue, clock: Clock
) -> None:
    update = api.taps("e:event.crexpo.8")
    api.buttons.clear()
    await fed(api, server, dialogue, clock, update)
    assert len(api.sent()) == 1


@pytest.mark.parametrize(("code", "extra"), [(429, {"parameters": {"retry_after": 1}}), (500, {}), (502, {})])
async def test_a_passing_fault_is_tried_again(
    api: FakeBotApi,
    server: TestServer,
    dialogue: Dialogue,
    clock: Clock,
    code: int,
    extra: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(telegram_aiogram, "FIRST_WAIT_SECONDS", 0.01)
    api.refuse.append(("sendMessage", code, extra))
    await fed(api, server, dialogue, clock, api.says("привет"))
    assert len(api.sent()) == 1


async def test_a_refused_message_is_not_tried_again(
    api: FakeBotApi, server: TestServer, dialogue: Dialogue, clock: Clock
) -> None:
    api.refuse += [("sendMessage", 400, {})] * 2
    with pytest.raises(Exception, match="told so"):
        await fed(api, server, dialogue, clock, api.says("привет"))
    assert len(api.refuse) == 1


async def test_a_chat_that_blocked_the_bot_is_passed_over(
    api: FakeBotApi, server: TestServer, dialogue: Dialogue, clock: Clock
) -> None:
    api.refuse.append(("sendMessage", 403, {}))
    await fed(api, server, dialogue, clock, api.says("привет"))
    assert api.sent() == []


def run(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **env}
    command = [sys.executable, str(ROOT / "main.py"), "run", *arguments]
    return subprocess.run(
        command, cwd=env.get("PWD", ROOT), env=clean, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(
    ("arguments", "env", "words"),
    [
        ((), {}, "BOT_TOKEN is not set"),
        ((), {"BOT_TOKEN": "rubbish"}, "BOT_TOKEN is not a Telegram token"),
        (
            (),
            {"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": "http://127.0.0.1:9"},
            "cannot reach Telegram at http://127.0.0.1:9",
        ),
        ((), {"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": "nowhere"}, "TELEGRAM_API_URL='nowhere'"),
        (("--webhook",), {"BOT_TOKEN": TOKEN}, "WEBHOOK_URL is not set"),
        (("--webhook",), {"BOT_TOKEN": TOKEN, "WEBHOOK_URL": "https://example.org"}, "WEBHOOK_SECRET is not set"),
        (("--kb", "/nonexistent"), {"BOT_TOKEN": TOKEN}, "no knowledge base in /nonexistent"),
        (("--engine", "ptb"), {"BOT_TOKEN": TOKEN}, "use aiogram"),
        ((), {"BOT_TOKEN": TOKEN, "HTTP_PORT": "high"}, "HTTP_PORT='high'"),
        ((), {"BOT_TOKEN": TOKEN, "STATE_URL": "mysql://x"}, "STATE_URL='mysql://x'"),
        ((), {"BOT_TOKEN": TOKEN, "STATE_URL": "sqlite:////proc/none/state.db"}, "cannot open /proc/none/state.db"),
    ],
)
def test_what_a_person_can_mend_is_one_clear_line(arguments: tuple[str, ...], env: dict[str, str], words: str) -> None:
    done = run(*arguments, **env)
    assert done.returncode == 2
    lines = [line for line in done.stderr.splitlines() if line]
    assert words in lines[-1]
    assert "Traceback" not in done.stderr


async def test_a_wrong_token_and_a_taken_port_are_told(api: FakeBotApi, server: TestServer) -> None:
    url = str(server.make_url("")).rstrip("/")
    wrong = await asyncio.to_thread(
        run, BOT_TOKEN=f"1{TOKEN}", TELEGRAM_API_URL=url, STATE_URL="sqlite:////tmp/most-test/s.db"
    )
    assert (wrong.returncode, "refused by Telegram" in wrong.stderr) == (2, True)
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        taken = await asyncio.to_thread(
            run, "--webhook", BOT_TOKEN=TOKEN, TELEGRAM_API_URL=url, WEBHOOK_URL="https://example.org", WEBHOOK_SECRET="sesame",
            HTTP_PORT=str(door.getsockname()[1]), STATE_URL="sqlite:////tmp/most-test/s.db",
        )  # fmt: skip
    assert (taken.returncode, "set HTTP_HOST or HTTP_PORT" in taken.stderr) == (2, True)
    assert "Traceback" not in wrong.stderr + taken.stderr


def test_html_and_length_are_safe() -> None:
    """What looks like markup is shown as written; a long label is cut; data that does not fit is a fault of ours."""
    shown = outgoing(Reply("answered", "ru", "1 < 2 & <b>\nИсточник: A&B", entry="x"))
    assert shown.html == "1 &lt; 2 &amp; &lt;b&gt;\n\n<i>Источник: A&amp;B</i>"
    cut = outgoing(Reply("clarify", "ru", "Что?\n1. …", choices=(Choice("я" * 80, "?", "a.b"),))).buttons[0]
    assert cut == Button("я" * 59 + "…", "e:a.b")
    with pytest.raises(ValueError, match="does not fit"):
        outgoing(Reply("clarify", "ru", "Что?", choices=(Choice("я", "?", "x" * 63),)))


def test_every_entry_and_figure_fits_a_button(dialogue: Dialogue) -> None:
    data = dialogue.base.data
    ids = [*data.entries, *(f"{s.metric}.{period}" for s in data.series.values() for period in s.points)]
    assert [one for one in ids if len(f"e:{one}".encode()) > 64] == []
