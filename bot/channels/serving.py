"""Serve Telegram until told to stop, with the library and the way of delivery that the settings name."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

from bot.app import KNOWLEDGE, Clock, build_dialogue
from bot.channels import telegram_webhook
from bot.channels.telegram_calls import CallError, Engine
from bot.channels.telegram_format import outgoing
from bot.channels.telegram_media import MediaDesk
from bot.channels.telegram_profile import introduce
from bot.channels.telegram_room import Me, Room
from bot.channels.telegram_talk import TelegramTalk
from bot.delivery import Address, Delivery
from bot.drawing import Drawer
from bot.reminders import Send, Sent, Teller
from bot.settings import Settings, SettingsError, read_settings
from bot.state.sqlite import SqliteStore
from bot.state.store import StateError
from handlers.messages import Reply

LAST_SECONDS = 10.0
"""How long answers that are under way may take once the process is told to stop."""


class Channel(Protocol):
    """A library at work."""

    engine: Engine

    def attach(self, room: Room) -> None:
        """Hand updates to a room."""

    async def start(self) -> None:
        """Make ready to take updates."""

    async def feed(self, raw: dict[str, Any]) -> bool:
        """One update from the webhook; whether it is done with."""

    async def poll(self) -> None:
        """Fetch updates until cancelled."""

    async def close(self) -> None:
        """Let go of connections."""


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


def open_channel(settings: Settings) -> Channel:
    """The library that the settings name; the other one is not imported."""
    if settings.bot_engine == "ptb":
        from bot.channels.telegram_ptb import PtbChannel

        return PtbChannel(settings)
    from bot.channels.telegram_aiogram import AiogramChannel  # takes seconds to import

    return AiogramChannel(settings)


@asynccontextmanager
async def open_room(engine: Engine, settings: Settings | None = None, kb: Path = KNOWLEDGE) -> AsyncIterator[Room]:
    """All that people with a bot of their own need, besides the router or the handlers of their library."""
    settings = settings or read_settings()
    dialogue = build_dialogue(kb, settings.default_lang)
    store, drawer = await SqliteStore.open(settings.state_url), Drawer()
    try:
        yield _room(TelegramTalk(dialogue, store, Clock()), engine, drawer)
    finally:
        drawer.close()
        await store.close()


def _room(talk: TelegramTalk, engine: Engine, drawer: Drawer, me: Me | None = None) -> Room:
    desk = MediaDesk(talk.store, drawer)
    return Room(talk, Delivery(engine, desk, talk), desk, me)


def reminder_sender(delivery: Delivery) -> Send:
    """How reminders reach chats: as patiently as replies; a chat that blocked the bot, or is gone, is said to be so."""

    async def send(chat: int, reply: Reply) -> Sent:
        return "sent" if await delivery.send(Address(chat), outgoing(reply)) else "blocked"

    return send


def _check(settings: Settings, mode: str) -> None:
    if not settings.bot_token:
        raise SettingsError("BOT_TOKEN is not set: put the one BotFather gave into the environment or into .env")
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
        channel = open_channel(settings)  # after everything that may be refused without it
        open_things.push_async_callback(channel.close)
        drawer = Drawer()
        open_things.callback(drawer.close)
        drawer.warm()
        room = _room(TelegramTalk(dialogue, store, clock), channel.engine, drawer, await _known(channel, settings))
        open_things.push_async_callback(room.rest, LAST_SECONDS)
        channel.attach(room)
        await channel.start()
        teller = Teller(dialogue.base.calendar, store.reminders, reminder_sender(room.delivery), clock)
        # Everything loaded so far stays: without this the collector walks it again and again while people wait.
        gc.collect()
        gc.freeze()
        _stop_on_signals()
        await introduce(room.delivery, settings.default_lang)
        telling = asyncio.create_task(teller.keep(), name="reminders")
        open_things.push_async_callback(_ended, telling)
        if mode == "webhook":
            await telegram_webhook.receive(channel.feed, room.delivery, settings)
        else:
            await room.delivery.call("deleteWebhook", {})
            logging.getLogger(__name__).info("polling Telegram")
            await channel.poll()


async def _known(channel: Channel, settings: Settings) -> Me:
    """Who Telegram says we are. Raises SettingsError with what to change where it does not say."""
    try:
        found = await channel.engine.call("getMe", {})
    except CallError as error:
        if error.code in (401, 404):
            raise SettingsError("BOT_TOKEN is refused by Telegram: get a valid one from BotFather") from None
        where = settings.telegram_api_url or "https://api.telegram.org"
        raise SettingsError(
            f"cannot reach Telegram at {where} ({error.description}): check the network or TELEGRAM_API_URL"
        ) from None
    return Me(int(found["id"]), str(found.get("username") or ""))


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def _stop_on_signals() -> None:
    task = asyncio.current_task()
    if task:
        for name in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(name, task.cancel)
