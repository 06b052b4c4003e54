"""Telegram through python-telegram-bot: updates in, calls out, and nothing decided here. Imported only where it is used."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import warnings
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from telegram import Bot, InputFile, Update
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.ext import Application, BaseHandler, TypeHandler
from telegram.warnings import PTBUserWarning

from bot.channels.telegram_calls import CallError, Engine, Upload
from bot.channels.telegram_room import Room
from bot.channels.telegram_updates import KINDS
from bot.settings import Settings, SettingsError

TIMEOUT_SECONDS = 20
AT_ONCE = 256
"""Updates handled at a time; those of one chat wait for each other all the same."""
_CODES: tuple[tuple[type[TelegramError], int], ...] = (
    (RetryAfter, 429), (ChatMigrated, 400), (InvalidToken, 401), (Forbidden, 403), (BadRequest, 400), (Conflict, 409),
)  # fmt: skip


class PtbEngine:
    """Calls through the library's own requests, by the names and parameters of the Bot API."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        # The library would rather have its methods called by their Python names, and says so at every call.
        warnings.filterwarnings("ignore", r"Please use 'Bot\.", PTBUserWarning)

    async def call(self, method: str, params: Mapping[str, Any]) -> Any:
        given = {name: _file(value) if isinstance(value, Upload) else value for name, value in params.items()}
        try:
            return await self.bot.do_api_request(method, api_kwargs=given)
        except TelegramError as error:
            code = next((code for kind, code in _CODES if isinstance(error, kind)), None)
            raise CallError(
                code, error.message, retry_after=_seconds(error), migrate_to=getattr(error, "new_chat_id", None)
            ) from None


def build_handlers(room: Room) -> list[BaseHandler[Any, Any, Any]]:
    """Handlers for everything the room answers, to add to any application, after handlers that are to come first."""

    async def on_update(update: Update, _: Any) -> None:
        await room.handle(update.to_dict())

    return [TypeHandler(Update, on_update)]


class PtbChannel:
    """The bot at work with its own application, by polling or fed from the webhook. Raises SettingsError where the token is none."""

    def __init__(self, settings: Settings) -> None:
        if not re.fullmatch(r"\d+:[\w-]{20,}", settings.bot_token):
            raise SettingsError("BOT_TOKEN is not a Telegram token: write the one BotFather gave, as 123456:ABC...")
        # Spans of time as the library will tell them; bots of other people choose for themselves.
        os.environ.setdefault("PTB_TIMEDELTA", "1")
        logging.getLogger("httpx").setLevel(logging.WARNING)  # it logs addresses, and the token is in them
        builder = Application.builder().token(settings.bot_token).job_queue(None).concurrent_updates(AT_ONCE)
        builder = builder.read_timeout(TIMEOUT_SECONDS).write_timeout(TIMEOUT_SECONDS).connect_timeout(TIMEOUT_SECONDS)
        builder = builder.connection_pool_size(AT_ONCE).pool_timeout(TIMEOUT_SECONDS)
        if settings.telegram_api_url:
            builder = builder.base_url(f"{settings.telegram_api_url}/bot")
        self.application = builder.build()
        self.bot: Bot = self.application.bot
        self.engine: Engine = PtbEngine(self.bot)

    def attach(self, room: Room) -> None:
        """Hand what comes to a room."""
        self._room = room
        self.application.add_handlers(build_handlers(room))

    async def start(self) -> None:
        """Let the library learn who the bot is, without which it handles nothing."""
        await self.application.initialize()

    async def feed(self, raw: dict[str, Any]) -> bool:
        """One update from the webhook; whether it is done with."""
        try:
            update = Update.de_json(raw, self.bot)
        except (ArithmeticError, LookupError, TypeError, ValueError):
            # What a newer Telegram sends may be other than the library knows.
            return await self._room.handle(raw)
        await self.application.process_update(update)
        return self._room.done(update.update_id) or not raw.keys() & set(KINDS)

    async def poll(self) -> None:
        """Fetch updates until the process is told to stop."""
        if self.application.updater is None:
            raise RuntimeError("an application that cannot poll")
        await self.application.start()
        await self.application.updater.start_polling(timeout=TIMEOUT_SECONDS, allowed_updates=list(KINDS))
        try:
            await asyncio.Event().wait()
        finally:
            await self.application.updater.stop()
            await self.application.stop()

    async def close(self) -> None:
        await self.application.shutdown()


def _file(upload: Upload) -> InputFile:
    return InputFile(upload.content, upload.name)


def _seconds(error: TelegramError) -> float | None:
    wait = getattr(error, "retry_after", None)
    return wait.total_seconds() if isinstance(wait, timedelta) else wait
