"""Telegram through aiogram: updates in, calls out, and nothing decided here. Imported only where it is used."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from aiogram import Bot, Dispatcher, Router, methods
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import BufferedInputFile, TelegramObject, Update
from aiogram.utils.token import TokenValidationError
from pydantic import BaseModel, ValidationError

from bot.channels.telegram_calls import CallError, Engine, Upload
from bot.channels.telegram_room import Room
from bot.channels.telegram_updates import KINDS
from bot.settings import Settings, SettingsError

TIMEOUT_SECONDS = 20
_CODES: tuple[tuple[type[TelegramAPIError], int], ...] = (
    (TelegramRetryAfter, 429), (TelegramUnauthorizedError, 401), (TelegramForbiddenError, 403), (TelegramNotFound, 404),
    (TelegramConflictError, 409), (TelegramMigrateToChat, 400), (TelegramBadRequest, 400), (TelegramEntityTooLarge, 413),
)  # fmt: skip


class AiogramEngine:
    """Calls through aiogram's own methods and session."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    async def call(self, method: str, params: Mapping[str, Any]) -> Any:
        given = {name: _file(value) if isinstance(value, Upload) else value for name, value in params.items()}
        try:
            return _plain(await self.bot(getattr(methods, method[0].upper() + method[1:])(**given), TIMEOUT_SECONDS))
        except ClientDecodeError as error:
            if isinstance(error.data, dict) and error.data.get("ok"):
                return error.data.get("result")  # taken by Telegram, whatever a newer one adds to its answer
            raise CallError(None, error.message) from None
        except (TelegramNetworkError, TimeoutError) as error:
            raise CallError(None, str(error)) from None
        except TelegramAPIError as error:
            code = next((code for kind, code in _CODES if isinstance(error, kind)), 500)
            wait, chat = getattr(error, "retry_after", None), getattr(error, "migrate_to_chat_id", None)
            raise CallError(code, error.message, retry_after=wait, migrate_to=chat) from None


def build_bot(settings: Settings) -> Bot:
    """A bot that speaks to the configured Bot API. Raises SettingsError where the token is none."""
    session = AiohttpSession(timeout=TIMEOUT_SECONDS)
    if settings.telegram_api_url:
        session = AiohttpSession(api=TelegramAPIServer.from_base(settings.telegram_api_url), timeout=TIMEOUT_SECONDS)
    try:
        return Bot(settings.bot_token, session=session)
    except TokenValidationError:
        raise SettingsError(
            "BOT_TOKEN is not a Telegram token: write the one BotFather gave, as 123456:ABC..."
        ) from None


def build_router(room: Room) -> Router:
    """Handlers for everything the room answers, to include in any dispatcher, after handlers that are to come first."""
    router = Router(name="most-qiao")

    async def on_event(_: TelegramObject, event_update: Update) -> None:
        await room.handle(event_update.model_dump(by_alias=True, exclude_none=True))

    for kind in KINDS:
        router.observers[kind].register(on_event)
    return router


class AiogramChannel:
    """The bot at work with its own dispatcher, by polling or fed from the webhook."""

    def __init__(self, settings: Settings) -> None:
        self.bot = build_bot(settings)
        self.engine: Engine = AiogramEngine(self.bot)
        self._dispatcher = Dispatcher()

    def attach(self, room: Room) -> None:
        """Hand what comes to a room."""
        self._room = room
        self._dispatcher.include_router(build_router(room))

    async def start(self) -> None:
        """Nothing is to be made ready."""

    async def feed(self, raw: dict[str, Any]) -> bool:
        """One update from the webhook; whether it is done with."""
        try:
            update = Update.model_validate(raw, context={"bot": self.bot})
        except ValidationError:  # what a newer Telegram sends may be more than the library knows
            return await self._room.handle(raw)
        await self._dispatcher.feed_update(self.bot, update)
        return self._room.done(update.update_id) or not raw.keys() & set(KINDS)

    async def poll(self) -> None:
        """Fetch updates until the process is told to stop."""
        polling = asyncio.ensure_future(
            self._dispatcher.start_polling(
                self.bot, polling_timeout=TIMEOUT_SECONDS, allowed_updates=list(KINDS), close_bot_session=False, handle_signals=False
            )
        )  # fmt: skip
        try:
            await asyncio.shield(polling)
        finally:
            with suppress(RuntimeError):  # not begun yet
                await self._dispatcher.stop_polling()
            polling.cancel()

    async def close(self) -> None:
        await self.bot.session.close()


def _file(upload: Upload) -> BufferedInputFile:
    return BufferedInputFile(upload.content, upload.name)


def _plain(result: Any) -> Any:
    if isinstance(result, list):
        return [_plain(one) for one in result]
    return result.model_dump(by_alias=True, exclude_none=True) if isinstance(result, BaseModel) else result
