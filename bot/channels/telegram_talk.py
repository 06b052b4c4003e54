"""A Telegram conversation without Telegram: text or a button in, a message out. Both engines use it."""

from __future__ import annotations

import re

from bot.app import Clock
from bot.channels.telegram_format import Outgoing, outgoing
from bot.state.store import ChatStore
from bot.turns import Turns
from handlers import forms
from handlers.dialogue import Dialogue
from handlers.messages import Incoming
from knowledge.model import Lang
from locales.catalogues import catalogue
from locales.negotiate import reply_language

NOTED_CHARACTERS = 200


def without_numbers(text: str) -> str:
    """A question as curators may see it: cut, and without long numbers, which may be a telephone or a passport."""
    return re.sub(r"\d{5,}", "…", " ".join(text.casefold().split()))[:NOTED_CHARACTERS]


class TelegramTalk:
    """Answers for any chat; what a chat chose and the form it fills in are in the store."""

    def __init__(self, dialogue: Dialogue, store: ChatStore, clock: Clock) -> None:
        self._dialogue = dialogue
        self._turns = Turns(dialogue)
        self._store = store
        self._clock = clock

    async def text(self, chat: int, text: str, client: str | None) -> Outgoing:
        """The answer to a message or a command, its effects carried out."""
        chosen = await self._store.language(chat)
        before = await self._form(chat)
        reply = self._turns.reply(chat, Incoming(text, self._clock(), chosen, client))
        after = self._turns.form(chat)
        if after != before:
            asking = forms.written(after) if after and after.step else None
            await self._store.keep_form(chat, asking, self._clock().date())
        for effect in reply.effects:
            await self._store.choose(chat, effect.lang)
        if reply.status == "unknown":
            await self._store.note_unanswered(without_numbers(text), reply.lang, self._clock().date())
        return outgoing(reply)

    async def button(self, chat: int, data: str, client: str | None) -> Outgoing:
        """What a button leads to: a question, or an entry; a button whose entry is gone says so."""
        kind, _, name = data.partition(":")
        if kind == "q":
            return await self.text(chat, name, client)
        chosen = await self._store.language(chat)
        reply = self._dialogue.entry(name, Incoming("", self._clock(), chosen, client)) if kind == "e" else None
        return outgoing(reply) if reply else self._old(chosen, client)

    async def _form(self, chat: int) -> forms.Form | None:
        """The form a chat is filling in, from the store where this process has not met the chat yet."""
        if not self._turns.knows(chat):
            kept = await self._store.form(chat)
            form = forms.read(kept) if kept else None
            if form:
                self._turns.resume(chat, form)
        return self._turns.form(chat)

    def _old(self, chosen: Lang | None, client: str | None) -> Outgoing:
        lang = reply_language(chosen, None, client, self._dialogue.default_lang)
        return Outgoing(catalogue(lang).say("Old button."))
