"""What becomes of each update: when to speak and when to be silent, what an answer replies to, what it replaces. Knows no library."""

from __future__ import annotations

import asyncio
import logging
import re
import traceback
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

from bot.channels.telegram_calls import CallError
from bot.channels.telegram_format import Outgoing, outgoing
from bot.channels.telegram_inline import results
from bot.channels.telegram_media import MediaDesk
from bot.channels.telegram_talk import TelegramTalk
from bot.channels.telegram_updates import Chat, Member, Moved, Pressed, Raw, Said, Sought, Update, read
from bot.delivery import Address, Delivery
from bot.pacing import Flood
from handlers import routes

GROUP_PER_SECOND = 1 / 3
"""Questions a group may ask in a second on average: as many as there may be answers, twenty a minute."""
MOST_KEPT = 10_000
"""Updates known as done, and albums known as answered, the oldest forgotten first."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Me:
    """Who the bot is to Telegram."""

    id: int
    name: str


class Room:
    """Handles updates one by one in each chat, in their order; chats do not wait for each other."""

    def __init__(
        self, talk: TelegramTalk, delivery: Delivery, desk: MediaDesk, me: Me | None = None, flood: Flood | None = None
    ) -> None:
        self.talk = talk
        self.delivery = delivery
        self._desk = desk
        self._me = me
        self._flood = flood or Flood()
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._done: OrderedDict[int, None] = OrderedDict()
        self._albums: OrderedDict[str, None] = OrderedDict()
        self._busy: set[asyncio.Task[Any]] = set()

    async def handle(self, raw: Raw) -> bool:
        """Whether an update is done with. Never raises: what Telegram may send again is not done, all else is. One that comes again is."""
        number, task = int(raw["update_id"]), asyncio.current_task()
        if number in self._done:
            return True
        if task:
            self._busy.add(task)
            task.add_done_callback(self._busy.discard)
        try:
            update = read(raw)
            if update:
                await self._handle(update)
        except CallError as error:
            log.warning("update %s: %s", number, error.code or "no answer from Telegram")
            if error.passing:
                return False
        except Exception as error:  # one update must not end the loop; what a stranger wrote stays out of the log
            place = traceback.extract_tb(error.__traceback__)[-1]
            log.error("update %s: %s in %s:%s", number, type(error).__name__, place.filename, place.lineno)
        _keep(self._done, number)
        return True

    def done(self, number: int) -> bool:
        """Whether an update was dealt with, so that Telegram need not send it again."""
        return number in self._done

    async def rest(self, seconds: float) -> None:
        """Wait until what is under way is answered, for so long at most: what was fetched will not come again."""
        under_way = self._busy - {asyncio.current_task()}
        if under_way:
            await asyncio.wait(under_way, timeout=seconds)

    async def me(self) -> Me:
        """Who we are, asked once."""
        if self._me is None:
            found = await self.delivery.call("getMe", {})
            self._me = Me(int(found["id"]), str(found.get("username") or ""))
        self.talk.name = self._me.name
        return self._me

    async def _handle(self, update: Update) -> None:
        match update:
            case Said():
                await self._said(update)
            case Pressed():
                await self._pressed(update)
            case Sought():
                await self._sought(update)
            case Member(chat, client, present, was_present):
                if not present:
                    await self.talk.forget(chat.id)
                elif chat.kind == "group" and not was_present:
                    await self._tell(
                        chat,
                        self.talk.said(
                            "Hello, group.", await self.talk.language(chat.id, client), name=(await self.me()).name
                        ),
                    )
            case Moved(old, new):
                await self.talk.move(old, new)

    async def _said(self, said: Said) -> None:
        if said.passed_on or said.content is None or (not (text := await self._meant(said)) and said.content == "text"):
            return
        await self.me()
        if said.album and said.album in self._albums:
            return
        if said.album:
            _keep(self._albums, said.album)
        if said.edited and said.chat.kind == "group" and not await self.talk.answer(said.chat.id, said.message):
            return
        if not await self._heard(said.chat, said.sender, said.client):
            return
        async with self._turns.setdefault(said.chat.id, asyncio.Lock()):
            answer = await self._answer(said, text)
            if answer:
                await self._reply(said, answer, lasting=not routes.changes_chat(text))

    async def _meant(self, said: Said) -> str:
        """The text that is meant for us, without our name; empty where none is. In a group only what is addressed to us."""
        if said.chat.kind == "private":
            return said.text.strip()
        me = await self.me()
        word = said.text.split(maxsplit=1)[0] if said.text.strip() else ""
        command, _, name = word[1:].partition("@") if word.startswith("/") else ("", "", "")
        if name:
            return said.text.strip() if name.casefold() == me.name.casefold() else ""
        mention = re.compile(rf"@{re.escape(me.name)}\b", re.IGNORECASE)
        named = bool(me.name and mention.search(said.text)) or me.id in said.names
        if named or said.to == me.id or command.casefold() in routes.ROUTES:
            return mention.sub(" ", said.text).strip() or "/start"
        return ""

    async def _answer(self, said: Said, text: str) -> Outgoing | None:
        chat = said.chat.id
        if said.place and (said.chat.kind == "private" or said.to == (await self.me()).id):
            return await self.talk.place(chat, said.place, said.client)
        if not text:
            only = said.chat.kind == "private" and not said.edited
            return self.talk.said("I read only text.", await self.talk.language(chat, said.client)) if only else None
        if await self._forbidden(said.chat, said.sender, said.as_chat, text):
            return outgoing(routes.refused(await self.talk.language(chat, said.client)))
        return await self.talk.text(chat, text, said.client, self._speaker(said.chat, said.sender))

    async def _reply(self, said: Said, answer: Outgoing, *, lasting: bool) -> None:
        """An edited question edits its answer; in a group an answer replies to its question. What erases a chat leaves nothing behind."""
        to = Address(said.chat.id, said.chat.thread, said.message if said.chat.kind == "group" else None)
        before = await self.talk.answer(said.chat.id, said.message) if said.edited else None
        sent = await self.delivery.edit(to, before, answer) if before else await self.delivery.send(to, answer)
        if sent and lasting:
            await self.talk.answered(said.chat.id, said.message, sent)

    async def _pressed(self, pressed: Pressed) -> None:
        """Answered at once, so that the button does not go on turning; then what it leads to."""
        chat = pressed.chat
        notice = await self.talk.notice(chat.id, pressed.data, pressed.client) if chat else None
        await self._acknowledge(pressed.query, notice)
        if chat is None or notice is not None or not await self._heard(chat, pressed.sender, pressed.client):
            return
        await self.me()
        async with self._turns.setdefault(chat.id, asyncio.Lock()):
            text = pressed.data.removeprefix("q:")
            if pressed.data.startswith("q:") and await self._forbidden(chat, pressed.sender, None, text):
                return
            answer = await self.talk.button(chat.id, pressed.data, pressed.client, self._speaker(chat, pressed.sender))
            if answer.menu and pressed.message and pressed.editable:
                await self.delivery.edit(Address(chat.id, chat.thread), pressed.message, answer)
            else:
                await self.delivery.send(Address(chat.id, chat.thread), answer)

    async def _acknowledge(self, query: str, notice: str | None) -> None:
        """One pressed too long ago can no longer be answered, and that is no error."""
        try:
            await self.delivery.call(
                "answerCallbackQuery", {"callback_query_id": query} | ({"text": notice} if notice else {})
            )
        except CallError as error:
            if error.passing:
                raise
            log.debug("button not acknowledged: %s", error.description)

    async def _sought(self, query: Sought) -> None:
        if self._flood.hear(("inline", query.sender)) != "heard":
            return
        await self.me()
        try:
            await self.delivery.call("answerInlineQuery", await results(self.talk, self._desk, query))
        except CallError as error:
            if error.passing:
                raise
            log.debug("inline query not answered: %s", error.description)

    async def _heard(self, chat: Chat, sender: int | None, client: str | None) -> bool:
        """Whether somebody is not asking too fast; who does is told so once."""
        verdicts = [self._flood.hear((chat.id, sender))]
        if chat.kind == "group" and verdicts == ["heard"]:
            verdicts.append(self._flood.hear(chat.id, GROUP_PER_SECOND))
        if "too fast" in verdicts:
            await self._tell(chat, self.talk.said("Too fast.", await self.talk.language(chat.id, client)))
        return set(verdicts) == {"heard"}

    async def _forbidden(self, chat: Chat, sender: int | None, as_chat: int | None, text: str) -> bool:
        """Whether a command would change a whole group for somebody who is not one of its admins."""
        if chat.kind == "private" or not routes.changes_chat(text) or as_chat == chat.id:
            return False
        member: Any = await self.delivery.call("getChatMember", {"chat_id": chat.id, "user_id": sender})
        return member.get("status") not in ("creator", "administrator")

    async def _tell(self, chat: Chat, answer: Outgoing) -> None:
        await self.delivery.send(Address(chat.id, chat.thread), answer)

    def _speaker(self, chat: Chat, sender: int | None) -> Hashable:
        return chat.id if chat.kind == "private" else (chat.id, chat.thread, sender)


def _keep(kept: OrderedDict[Any, None], key: Any) -> None:
    kept[key] = None
    kept.move_to_end(key)
    while len(kept) > MOST_KEPT:
        kept.popitem(last=False)
