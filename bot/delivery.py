"""Sending, in one place: HTML cut to Telegram's lengths, paced, tried again where that can help, one chat's messages in their order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol
from weakref import WeakValueDictionary

from bot.channels.enclosures import Enclosure, Pin
from bot.channels.telegram_calls import CallError, Engine, Upload
from bot.channels.telegram_format import Outgoing, keyboard, pieces, units
from bot.channels.telegram_media import CAPTION_UNITS, Media, MediaDesk
from bot.pacing import Pace, Slot
from handlers.table import Document

TRIES = 6
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 90.0
"""A group that is over its twenty a minute is told to wait a minute; whoever is told to wait longer is not waited for."""
SHOWN_WAIT_SECONDS = 1.0
"""From so long a wait on a person is shown that an answer is being written."""

log = logging.getLogger(__name__)


class Keeper(Protocol):
    """Whoever keeps chats is told what becomes of them."""

    async def forget(self, chat: int) -> None:
        """The chat is gone."""

    async def move(self, old: int, new: int) -> None:
        """The chat has another id from now on."""


@dataclass(frozen=True)
class Address:
    """Where a message goes: a chat, a topic of it, and the message it answers."""

    chat: int
    thread: int | None = None
    reply_to: int | None = None

    def params(self) -> dict[str, Any]:
        found: dict[str, Any] = {"chat_id": self.chat}
        if self.thread:
            found["message_thread_id"] = self.thread
        if self.reply_to:
            found["reply_parameters"] = {"message_id": self.reply_to, "allow_sending_without_reply": True}
        return found


class Delivery:
    """Carries out calls through an engine. ``sleep`` and ``pace`` are only replaced where time is not to be waited for."""

    def __init__(
        self, engine: Engine, desk: MediaDesk, keeper: Keeper, pace: Pace | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:  # fmt: skip
        self._engine = engine
        self._desk = desk
        self._keeper = keeper
        self._pace = pace or Pace()
        self._sleep = sleep
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def call(self, method: str, params: dict[str, Any]) -> Any:
        """One call, a few times where the fault may pass: as long as Telegram asks, and doubling waits for the network. Raises CallError."""
        for attempt in range(1, TRIES + 1):
            slot = await self._slot(params) if method.startswith("send") else None
            try:
                return await self._engine.call(method, params)
            except CallError as error:
                wait = FIRST_WAIT_SECONDS * 2 ** (attempt - 1) if error.retry_after is None else error.retry_after
                if not error.passing or attempt == TRIES or wait > LONGEST_WAIT_SECONDS:
                    raise
                log.info("%s fails (%s): again in %.1f s", method, error.code or "no answer", wait)
            finally:
                if slot:
                    self._pace.answered(slot)
            await self._sleep(wait)
        raise AssertionError("the last try returns or raises")

    async def send(self, to: Address, answer: Outgoing) -> int | None:
        """Send an answer with all that goes along; the id of the message with its text, None where the chat is gone. Raises CallError."""
        async with self._turns.setdefault(to.chat, asyncio.Lock()):
            try:
                return await self._all(to, answer)
            except CallError as error:
                if error.migrate_to:
                    await self._keeper.move(to.chat, error.migrate_to)
                    return await self._all(Address(error.migrate_to, to.thread), answer)
                if not error.gone:
                    raise
                await self._keeper.forget(to.chat)
                return None

    async def edit(self, to: Address, message: int, answer: Outgoing) -> int | None:
        """Put an answer in the place of an earlier one; one that cannot stand there is sent. The id of the message with its text."""
        if answer.enclosures or len(pieces(answer.html)) > 1:
            return await self.send(to, answer)
        params = {"chat_id": to.chat, "message_id": message, **_text(answer.html), **_markup(answer)}
        try:
            await self.call("editMessageText", params)
        except CallError as error:
            if "not modified" in error.description:
                return message
            if error.passing or error.gone:
                raise
            log.debug("not edited: %s", error.description)
            return await self.send(to, answer)
        return message

    async def _all(self, to: Address, answer: Outgoing) -> int | None:
        """The text, in the caption of a picture or file that leads what goes along; what is refused costs no more than itself."""
        first, *rest = answer.enclosures or (None,)
        leads = first is not None and not isinstance(first, Pin) and units(answer.html) <= CAPTION_UNITS
        sent = await self._media(to, first, answer) if leads and first and not isinstance(first, Pin) else None
        if sent is None:
            *parts, last = pieces(answer.html)
            for part in parts:
                await self.call("sendMessage", {**to.params(), **_text(part)})
            sent = await self.call("sendMessage", {**to.params(), **_text(last), **_markup(answer)})
            rest = [first, *rest] if first and not leads else rest
        for enclosure in rest:
            await self._alone(replace(to, reply_to=None), enclosure)
        return int(sent["message_id"])

    async def _alone(self, to: Address, enclosure: Enclosure | None) -> None:
        if isinstance(enclosure, Pin):
            pin = {
                "latitude": enclosure.latitude,
                "longitude": enclosure.longitude,
                "title": enclosure.title,
                "address": enclosure.address,
            }
            try:
                await self.call("sendVenue", {**to.params(), **pin})
            except CallError as error:
                if error.gone or error.migrate_to:
                    raise
                log.warning("pin not sent: %s", error.description)
        elif enclosure:
            await self._media(to, enclosure, Outgoing(""))

    async def _media(self, to: Address, enclosure: Any, answer: Outgoing) -> Any | None:
        """The message with the picture or file; None where it cannot be made or is refused. An id Telegram has forgotten is replaced."""
        action = "upload_document" if isinstance(enclosure, Document) else "upload_photo"
        for anew in (False, True):
            media = await self._desk.ready(enclosure, lambda: self._show(to, action), anew=anew)
            if media is None:
                return None
            try:
                sent = await self.call(
                    f"send{media.kind.capitalize()}", {**to.params(), **_file(media), **_caption(answer)}
                )
            except CallError as error:
                if error.gone or error.migrate_to:
                    raise
                log.warning("%s not sent: %s", media.name, error.description)
                if media.file_id:
                    continue
                return None
            await self._desk.keep(media, (sent["photo"][-1] if media.kind == "photo" else sent["document"])["file_id"])
            return sent
        return None

    async def _show(self, to: Address, action: str) -> None:
        """Show that something is on its way; nobody is held up by it."""
        params = {"chat_id": to.chat, "action": action} | ({"message_thread_id": to.thread} if to.thread else {})
        try:
            await self._engine.call("sendChatAction", params)
        except CallError as error:
            log.debug("%s not shown: %s", action, error.description)

    async def _slot(self, params: dict[str, Any]) -> Slot:
        """Wait for a place in the limits; a person who waits long is shown that an answer is being written."""
        shown = False
        while isinstance(found := self._pace.take(params["chat_id"]), float):
            if found >= SHOWN_WAIT_SECONDS and not shown:
                shown = True
                await self._show(Address(params["chat_id"], params.get("message_thread_id")), "typing")
            await self._sleep(found)
        return found


def _text(html: str) -> dict[str, Any]:
    return {"text": html, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


def _caption(answer: Outgoing) -> dict[str, Any]:
    return {"caption": answer.html, "parse_mode": "HTML", **_markup(answer)} if answer.html else {}


def _file(media: Media) -> dict[str, Any]:
    return {media.kind: media.file_id or Upload(media.name, media.content)}


def _markup(answer: Outgoing) -> dict[str, Any]:
    rows = keyboard(answer)
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}
