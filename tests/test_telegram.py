"""The Telegram channel on both libraries against a Bot API over HTTP: polling, webhook, buttons, profile, errors people can mend."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import BaseTestServer

from bot.app import ROOT, Clock
from bot.channels import telegram_webhook
from bot.channels.serving import open_channel
from bot.channels.telegram_format import Button, outgoing, pieces, units
from bot.channels.telegram_profile import introduce
from bot.channels.telegram_talk import TelegramTalk
from handlers.dialogue import Dialogue
from handlers.messages import Choice, Reply
from handlers.routes import ROUTES
from tests.doubles import TOKEN, FakeBotApi, MemoryStore, StoppedTime, plain
from tests.engines import ENGINES, at_work, room_of, settings, started

QUESTION = {"ru": "где и когда прошло VIII российско-китайское экспо", "zh": "第八届中俄博览会"}
CARD = "e:event.crexpo.8"


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    yield FakeBotApi()


@pytest.fixture
async def server(api: FakeBotApi) -> AsyncIterator[BaseTestServer]:
    async with api.server() as running:
        yield running


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


async def test_polling_answers_in_each_language(engine: str, dialogue: Dialogue, clock: Clock) -> None:
    """Messages wait in the queue, are fetched, answered in their order, and every call is accepted."""
    async with at_work(engine, dialogue, clock) as bot:
        for text in ("/start", QUESTION["ru"], QUESTION["zh"], "/lang", "a < b & <i>c"):
            bot.api.says(text)
        task = asyncio.create_task(bot.channel.poll())
        await bot.api.wait_for(5)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert bot.api.faults() == []
    texts = [plain(message["text"]) for message in bot.api.sent()]
    assert "Харбин" in texts[1]
    assert "哈尔滨" in texts[2]


async def test_the_webhook_wants_its_secret_and_answers_after_handling(
    engine: str, api: FakeBotApi, server: BaseTestServer, dialogue: Dialogue, clock: Clock
) -> None:
    """401 without the secret, 400 for what is no update, 200 when it is answered; what comes again is answered once."""
    chosen = settings(
        server, engine, webhook_url="http://127.0.0.1", webhook_secret="sesame-sesame-16", http_port=free_port()
    )
    channel = open_channel(chosen)
    room = room_of(dialogue, clock, channel, StoppedTime(), MemoryStore())
    await started(channel, room)
    task = asyncio.create_task(telegram_webhook.receive(channel.feed, room.delivery, chosen))
    while not any(call.method == "setWebhook" for call in api.calls):
        await asyncio.sleep(0.01)
    url = f"http://127.0.0.1:{chosen.http_port}/telegram/webhook"
    secret = {"X-Telegram-Bot-Api-Secret-Token": chosen.webhook_secret}
    update = api.says(QUESTION["zh"])
    statuses = []
    async with ClientSession(headers={"Content-Type": "application/json"}) as session:
        for body, headers in ((update, {}), ([], secret), (update, secret), (update, secret)):
            async with session.post(url, json=body, headers=headers) as answer:
                statuses.append(answer.status)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await channel.close()
    assert statuses == [401, 400, 200, 200]
    assert len(api.sent()) == 1 and "哈尔滨" in api.sent()[0]["text"]


async def test_what_could_not_be_answered_comes_again(engine: str, dialogue: Dialogue, clock: Clock) -> None:
    """After the last try of a network that stays away the update is not done; sent once more it is answered, once."""
    async with at_work(engine, dialogue, clock) as bot:
        update = bot.api.says("привет")
        bot.api.refuse += [("sendMessage", 502, {})] * 6
        assert await bot.feed(update, update, update) == [False, True, True]
    assert len(bot.api.sent()) == 1


async def test_a_language_is_chosen_by_button_and_kept(dialogue: Dialogue, clock: Clock) -> None:
    talk = TelegramTalk(dialogue, MemoryStore(), clock)
    asked = await talk.text(7, "/lang", "en")
    assert [button.data for button in asked.buttons] == ["q:/lang ru", "q:/lang zh"]
    await talk.button(7, "q:/lang zh", "ru")
    answer = await talk.text(7, QUESTION["ru"], "ru")
    assert "哈尔滨" in answer.html


async def test_every_button_is_answered_at_once(engine: str, dialogue: Dialogue, clock: Clock) -> None:
    """One whose entry is gone, or that no version ever made, says so."""
    async with at_work(engine, dialogue, clock) as bot:
        await bot.feed(*(bot.api.taps(data) for data in (CARD, "e:no.such.entry", "x", "q:/topics gone.entry")))
    assert bot.api.methods() == ["answerCallbackQuery", "sendMessage"] * 3 + [
        "answerCallbackQuery",
        "editMessageText",
    ]
    assert all("устарела" in message["text"] for message in bot.api.sent()[1:])


async def test_a_button_pressed_too_long_ago_still_gets_its_answer(
    engine: str, dialogue: Dialogue, clock: Clock
) -> None:
    async with at_work(engine, dialogue, clock) as bot:
        update = bot.api.taps(CARD)
        bot.api.queries.clear()
        assert await bot.feed(update) == [True]
    assert len(bot.api.sent()) == 1


async def test_the_profile_is_set_in_each_language_and_only_when_changed(
    engine: str, dialogue: Dialogue, clock: Clock
) -> None:
    """Commands described in both languages and without one, name and descriptions; the second start changes nothing."""
    async with at_work(engine, dialogue, clock) as bot:
        await introduce(bot.room.delivery, "ru")
        await introduce(bot.room.delivery, "ru")
    changes = [call for call in bot.api.calls if call.method.startswith("setMy")]
    assert bot.api.faults() == [] and len(changes) == 4 * 3
    for lang in ("ru", "zh", ""):
        commands = bot.api.profile["Commands", lang]
        assert [one["command"] for one in commands] == list(ROUTES)
        assert all(1 <= len(one["description"]) <= 256 for one in commands)
        assert len(bot.api.profile["Name", lang]) <= 64 and len(bot.api.profile["Description", lang]) <= 512
        assert len(bot.api.profile["ShortDescription", lang]) <= 120
    assert bot.api.profile["Commands", ""] == bot.api.profile["Commands", "ru"] != bot.api.profile["Commands", "zh"]


def test_only_the_chosen_library_is_imported() -> None:
    """The other one would cost memory and seconds for nothing."""
    program = """
import sys
from bot.channels import serving
from bot.settings import Settings
serving.open_channel(Settings(bot_token={token!r}, bot_engine={engine!r}))
print({other!r} in sys.modules)
"""
    for engine, other in (("aiogram", "telegram"), ("ptb", "aiogram")):
        code = program.format(token=TOKEN, engine=engine, other=other)
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.stdout.strip() == "False", done.stderr


def run(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **env}
    command = [sys.executable, str(ROOT / "main.py"), "run", *arguments]
    return subprocess.run(
        command, cwd=env.get("PWD", ROOT), env=clean, capture_output=True, text=True, timeout=240, check=False
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
        (("--engine", "ptb"), {"BOT_TOKEN": "rubbish"}, "BOT_TOKEN is not a Telegram token"),
        (
            ("--engine", "ptb"),
            {"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": "http://127.0.0.1:9"},
            "cannot reach Telegram at http://127.0.0.1:9",
        ),
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


async def test_a_wrong_token_and_a_taken_port_are_told(engine: str, api: FakeBotApi, server: BaseTestServer) -> None:
    url = str(server.make_url("")).rstrip("/")
    wrong = await asyncio.to_thread(
        run, "--engine", engine, BOT_TOKEN=f"1{TOKEN}", TELEGRAM_API_URL=url, STATE_URL="sqlite:////tmp/most-test/s.db"
    )
    assert (wrong.returncode, "refused by Telegram" in wrong.stderr) == (2, True)
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        taken = await asyncio.to_thread(
            run, "--webhook", "--engine", engine, BOT_TOKEN=TOKEN, TELEGRAM_API_URL=url, WEBHOOK_URL="https://example.org", WEBHOOK_SECRET="sesame",
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


@pytest.mark.parametrize("most", [40, 100, 4096])
def test_long_texts_are_cut_between_paragraphs_with_their_marks_whole(most: int) -> None:
    """Nothing is lost, no piece is longer than it may be as Telegram counts, marks are closed and opened again."""
    text = "\n\n".join(f"<b>Абзац &lt;{number}&gt;</b> 😀 {'слово ' * (number % 40)}" for number in range(300))
    found = pieces(text, most)
    assert all(0 < units(piece) <= most for piece in found)
    assert all(piece.count("<b>") == piece.count("</b>") for piece in found)
    assert "".join("".join(map(plain, found)).split()) == "".join(plain(text).split())
    if most == 4096:
        assert all(piece.startswith("<b>Абзац") for piece in found)


def test_a_text_without_any_break_is_cut_all_the_same() -> None:
    assert [units(piece) for piece in pieces("ж" * 9000)] == [4096, 4096, 808]
