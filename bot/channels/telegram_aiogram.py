"""Telegram through aiogram: a thin adapter, long polling or webhook. Imported only where it is used."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import NamedTuple, TypeVar
from weakref import WeakValueDictionary

from aiogram import Bot, Dispatcher, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
)
from aiogram.utils.token import TokenValidationError
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

from bot.channels.enclosures import Drawing, Enclosure, Pin
from bot.channels.telegram_format import Button, Outgoing, outgoing
from bot.channels.telegram_media import Media, MediaDesk
from bot.channels.telegram_talk import TelegramTalk
from bot.reminders import Send, Sent
from bot.settings import Settings, SettingsError
from handlers.messages import Reply
from handlers.routes import ROUTES
from handlers.table import Document
from locales.catalogues import LANGUAGES, catalogue

WEBHOOK_PATH = "/telegram/webhook"
TIMEOUT_SECONDS = 20.0
TRIES = 4
FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 30.0

log = logging.getLogger(__name__)
T = TypeVar("T")


def build_bot(settings: Settings) -> Bot:
    """A bot that speaks to the configured Bot API. Raises SettingsError where the token is none."""
    session = AiohttpSession(timeout=TIMEOUT_SECONDS)
    if settings.telegram_api_url:
        session = AiohttpSession(api=TelegramAPIServer.from_base(settings.telegram_api_url), timeout=TIMEOUT_SECONDS)
    looks = DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview=LinkPreviewOptions(is_disabled=True))
    try:
        return Bot(settings.bot_token, session=session, default=looks)
    except TokenValidationError:
        raise SettingsError(
            "BOT_TOKEN is not a Telegram token: write the one BotFather gave, as 123456:ABC..."
        ) from None


def build_router(talk: TelegramTalk) -> Router:
    """Handlers for any message and any button; those of one chat are handled one after another, in their order."""
    router = Router(name="most-qiao")
    turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    @router.message()
    async def on_message(message: Message) -> None:
        async with turns.setdefault(message.chat.id, asyncio.Lock()):
            await reply_to(message)

    async def reply_to(message: Message) -> None:
        client = message.from_user.language_code if message.from_user else None
        answer = await talk.text(message.chat.id, message.text or message.caption or "", client)
        await deliver(Way.to(message.bot, message.chat.id), answer, talk.media)

    @router.callback_query()
    async def on_button(query: CallbackQuery) -> None:
        await _acknowledge(query)
        if query.message is None:
            return
        chat = query.message.chat.id
        async with turns.setdefault(chat, asyncio.Lock()):
            answer = await talk.button(chat, query.data or "", query.from_user.language_code)
            await deliver(Way.to(query.bot, chat), answer, talk.media)

    return router


async def _acknowledge(query: CallbackQuery) -> None:
    """Every button is answered at once; one pressed too long ago cannot be, and that is no error."""
    try:
        await patiently(query.answer)
    except TelegramBadRequest as error:
        log.debug("button not acknowledged: %s", error)


class Way(NamedTuple):
    """How a message, a picture, a file and a pin reach one chat."""

    message: Callable[..., Awaitable[Message]]
    photo: Callable[..., Awaitable[Message]]
    document: Callable[..., Awaitable[Message]]
    venue: Callable[..., Awaitable[Message]]

    @classmethod
    def to(cls, bot: Bot | None, chat: int) -> Way:
        if bot is None:
            raise RuntimeError("an update without its bot")
        ways = (bot.send_message, bot.send_photo, bot.send_document, bot.send_venue)
        return cls(*(partial(way, chat) for way in ways))


async def deliver(way: Way, answer: Outgoing, desk: MediaDesk) -> None:
    """Send an answer, a picture or file that leads its enclosures in the same message; what is refused costs no more than itself."""
    first, *rest = answer.enclosures or (None,)
    if first is None or isinstance(first, Pin) or not await _deliver_media(way, first, desk, answer):
        await patiently(lambda: way.message(answer.html, reply_markup=keyboard(answer.buttons)))
        rest = [first, *rest] if isinstance(first, Pin) else rest
    for enclosure in rest:
        await _deliver_alone(way, enclosure, desk)


async def _deliver_alone(way: Way, enclosure: Enclosure | None, desk: MediaDesk) -> None:
    if isinstance(enclosure, Pin):
        pin = enclosure
        try:
            await patiently(lambda: way.venue(pin.latitude, pin.longitude, title=pin.title, address=pin.address))
        except TelegramBadRequest as error:
            log.warning("pin not sent: %s", error)
    elif enclosure:
        await _deliver_media(way, enclosure, desk, Outgoing(""))


async def _deliver_media(way: Way, enclosure: Drawing | Document, desk: MediaDesk, answer: Outgoing) -> bool:
    """Whether the picture or file was sent, or the chat wants none. An id that Telegram has forgotten is replaced."""
    for anew in (False, True):
        media = await desk.ready(enclosure, anew=anew)
        if media is None:
            return False
        try:
            sent = await patiently(partial(_sent, way, media, answer))
        except TelegramAPIError as error:
            log.warning("%s not sent: %s", media.name, error)
            if media.file_id:
                continue
            return False
        file = sent and (sent.photo[-1] if sent.photo else sent.document)
        if file:
            await desk.keep(media, file.file_id)
        return True
    return False


def _sent(way: Way, media: Media, answer: Outgoing) -> Awaitable[Message]:
    send = way.photo if media.kind == "photo" else way.document
    file = media.file_id or BufferedInputFile(media.content, media.name)
    return send(file, caption=answer.html or None, reply_markup=keyboard(answer.buttons))


def keyboard(buttons: tuple[Button, ...]) -> InlineKeyboardMarkup | None:
    rows = [[InlineKeyboardButton(text=button.label, callback_data=button.data)] for button in buttons]
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


async def patiently(call: Callable[[], Awaitable[T]]) -> T | None:
    """Try a call a few times: waits as long as Telegram asks, and a little after a fault of the network or the server.

    A chat that blocked the bot is passed over. Anything else that Telegram refuses is raised at once.
    """
    for attempt in range(1, TRIES + 1):
        try:
            return await call()
        except TelegramForbiddenError:
            return None
        except TelegramRetryAfter as error:
            wait = float(error.retry_after)
            if attempt == TRIES or wait > LONGEST_WAIT_SECONDS:
                raise
        except (TelegramNetworkError, TelegramServerError):
            wait = FIRST_WAIT_SECONDS * 2 ** (attempt - 1)
            if attempt == TRIES:
                raise
        await asyncio.sleep(wait)
    return None


def reminder_sender(bot: Bot) -> Send:
    """How reminders reach chats: as patiently as replies; a chat that blocked the bot, or is gone, is said to be so."""

    async def send(chat: int, reply: Reply) -> Sent:
        told = outgoing(reply)
        try:
            sent = await patiently(lambda: bot.send_message(chat, told.html, reply_markup=keyboard(told.buttons)))
        except TelegramBadRequest as error:
            if "chat not found" not in error.message.casefold():
                raise
            sent = None
        return "sent" if sent else "blocked"

    return send


async def introduce(bot: Bot) -> None:
    """Ask Telegram who we are and tell it our commands. Raises SettingsError with what to change where that fails."""
    try:
        await bot.get_me(request_timeout=int(TIMEOUT_SECONDS))
        for lang in LANGUAGES:
            words = catalogue(lang)
            commands = [BotCommand(command=name, description=words.say(route.told)) for name, route in ROUTES.items()]
            await bot.set_my_commands(commands, language_code=lang)
            if lang == "ru":
                await bot.set_my_commands(commands)
    except (TelegramUnauthorizedError, TelegramNotFound):
        raise SettingsError("BOT_TOKEN is refused by Telegram: get a valid one from BotFather") from None
    except TelegramNetworkError as error:
        where = bot.session.api.base.split("/bot")[0]
        raise SettingsError(
            f"cannot reach Telegram at {where} ({error.message}): check the network or TELEGRAM_API_URL"
        ) from None


async def poll(bot: Bot, talk: TelegramTalk) -> None:
    """Fetch updates until the process is told to stop."""
    dispatcher = Dispatcher()
    dispatcher.include_router(build_router(talk))
    await introduce(bot)
    await bot.delete_webhook()
    log.info("polling Telegram")
    await dispatcher.start_polling(bot, polling_timeout=int(TIMEOUT_SECONDS), close_bot_session=False)


async def receive(bot: Bot, talk: TelegramTalk, settings: Settings) -> None:
    """Take updates at the webhook until the process is told to stop; a wrong secret is refused with 401."""
    dispatcher = Dispatcher()
    dispatcher.include_router(build_router(talk))
    application = web.Application()
    # Telegram keeps a chat's order and sends again what was not answered with 200: so answer after handling.
    SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token=settings.webhook_secret).register(
        application, path=WEBHOOK_PATH
    )
    setup_application(application, dispatcher, bot=bot)
    await introduce(bot)
    runner = web.AppRunner(application)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, settings.http_host, settings.http_port).start()
        except OSError as error:
            place = f"{settings.http_host}:{settings.http_port}"
            raise SettingsError(
                f"cannot listen on {place} ({error.strerror}): set HTTP_HOST or HTTP_PORT to a free one"
            ) from None
        await bot.set_webhook(settings.webhook_url + WEBHOOK_PATH, secret_token=settings.webhook_secret)
        log.info("listening for Telegram on %s:%s", settings.http_host, settings.http_port)
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()
