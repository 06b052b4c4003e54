"""Both libraries in somebody else's bot: the examples run as they are written, their own handler first and ours after it."""

from __future__ import annotations

import asyncio
import os
import runpy
import sys
from pathlib import Path

import pytest

from bot.app import ROOT
from tests.doubles import TOKEN, FakeBotApi, plain

START = """
import asyncio, sys, runpy
sys.path.insert(0, {root!r})
example = runpy.run_path({path!r}, run_name="example")
if {engine!r} == "aiogram":
    from aiogram import Bot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    bot = Bot({token!r}, session=AiohttpSession(api=TelegramAPIServer.from_base({url!r})))
else:
    from telegram.ext import Application
    bot = Application.builder().token({token!r}).base_url({url!r} + "/bot").build()
asyncio.run(example["main"](bot))
"""


@pytest.mark.parametrize("engine", ["aiogram", "ptb"])
async def test_an_example_answers_and_ours_comes_after_its_own(engine: str, tmp_path: Path) -> None:
    api = FakeBotApi()
    for text in ("/ping", "привет", "/start"):
        api.says(text)
    async with api.server() as server:
        path, url = ROOT / "examples" / f"{engine}_bot.py", str(server.make_url("")).rstrip("/")
        program = START.format(root=str(ROOT), path=str(path), engine=engine, token=TOKEN, url=url)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", program, cwd=tmp_path, env={**os.environ, "STATE_URL": f"sqlite:///{tmp_path}/state.db"},
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            async with asyncio.timeout(240):
                while len([call for call in api.calls if call.method == "sendMessage"]) < 3:
                    await asyncio.sleep(0.05)
        finally:
            process.terminate()
            await process.wait()
    texts = {
        plain(call.params["text"]).split("!")[0].split("\n")[0] for call in api.calls if call.method == "sendMessage"
    }
    assert texts == {"pong", "Здравствуйте"}


def test_an_example_is_short() -> None:
    """Ten lines of code besides imports and blank lines: no more than a person wants to copy."""
    for path in (ROOT / "examples").glob("*_bot.py"):
        lines = [
            line
            for line in path.read_text("utf-8").splitlines()
            if line.strip() and not line.startswith(("import", "from", '"""'))
        ]
        assert len(lines) <= 10, path.name
        assert "main" in runpy.run_path(str(path), run_name="example")
