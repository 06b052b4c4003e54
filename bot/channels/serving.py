"""Serve Telegram until told to stop, with the engine and the way of delivery that the settings name."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import sys
from contextlib import AsyncExitStack
from pathlib import Path

from bot.app import Clock, build_dialogue
from bot.channels.telegram_talk import TelegramTalk
from bot.drawing import Drawer
from bot.reminders import Teller
from bot.settings import Settings, SettingsError
from bot.state.sqlite import SqliteStore
from bot.state.store import StateError


def serve(settings: Settings, kb: Path, clock: Clock, mode: str | None) -> int:
    """Run until interrupted. Raises SettingsError naming what to change where it cannot start."""
    mode = mode or ("webhook" if settings.webhook_url else "polling")
    _check(settings, mode)
    logging.basicConfig(
        level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr
    )
    try:
        asyncio.run(_serve(settings, kb, clock, mode))
    except StateError as error:
        raise SettingsError(str(error)) from None
    except asyncio.CancelledError:
        logging.getLogger(__name__).info("stopped")
    return 0


def _check(settings: Settings, mode: str) -> None:
    if not settings.bot_token:
        raise SettingsError("BOT_TOKEN is not set: put the one BotFather gave into the environment or into .env")
    if settings.bot_engine != "aiogram":
        raise SettingsError(f"BOT_ENGINE={settings.bot_engine!r} is not built yet: use aiogram")
    if mode == "webhook":
        if not settings.webhook_url:
            raise SettingsError(
                "WEBHOOK_URL is not set: write the public address Telegram sends updates to, or use --polling"
            )
        if not settings.webhook_secret:
            raise SettingsError(
                "WEBHOOK_SECRET is not set: a webhook without a secret takes updates from anybody; choose 16 letters or more"
            )


async def _serve(settings: Settings, kb: Path, clock: Clock, mode: str) -> None:
    dialogue = build_dialogue(kb, settings.default_lang)
    async with AsyncExitStack() as open_things:
        store = await SqliteStore.open(settings.state_url)
        open_things.push_async_callback(store.close)
        from bot.channels import telegram_aiogram  # takes seconds to import: after everything that may be refused

        bot = telegram_aiogram.build_bot(settings)
        open_things.push_async_callback(bot.session.close)
        drawer = Drawer()
        open_things.callback(drawer.close)
        drawer.warm()
        talk = TelegramTalk(dialogue, store, clock, drawer)
        teller = Teller(dialogue.base.calendar, store.reminders, telegram_aiogram.reminder_sender(bot), clock)
        # Everything loaded so far stays: without this the collector walks it again and again while people wait.
        gc.collect()
        gc.freeze()
        telling = asyncio.create_task(teller.keep(), name="reminders")
        open_things.push_async_callback(_ended, telling)
        if mode == "webhook":
            _stop_on_signals()
            await telegram_aiogram.receive(bot, talk, settings)
        else:
            await telegram_aiogram.poll(bot, talk)


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def _stop_on_signals() -> None:
    """Polling handles its signals itself; the webhook is stopped by cancelling what serves it."""
    task = asyncio.current_task()
    if task:
        for name in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(name, task.cancel)
