"""A Telegram conversation without Telegram: text or a button in, a message out. Every engine uses it."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import replace
from html import escape
from urllib.parse import urlencode

from bot.app import Clock
from bot.channels.enclosures import enclosed
from bot.channels.telegram_format import Button, Outgoing, button, outgoing
from bot.state.store import ChatStore
from bot.turns import Turns
from handlers import forms, links
from handlers.dialogue import Dialogue
from handlers.feedback import BAD, GOOD
from handlers.messages import Chosen, Effect, Forget, Incoming, Judge, Remind, Reply, Unremind
from knowledge.model import Lang
from locales.catalogues import catalogue

NOTED_CHARACTERS = 200
PRAISE = f"q:/feedback {GOOD} "


def without_numbers(text: str) -> str:
    """A question as curators may see it: cut, and without long numbers, which may be a telephone or a passport."""
    return re.sub(r"\d{5,}", "…", " ".join(text.casefold().split()))[:NOTED_CHARACTERS]


class TelegramTalk:
    """Answers for any chat; what a chat chose and the form it fills in are in the store. ``name`` is the bot's own, once it is known."""

    def __init__(self, dialogue: Dialogue, store: ChatStore, clock: Clock, name: str = "") -> None:
        self.dialogue = dialogue
        self.store = store
        self.clock = clock
        self.name = name
        self._turns = Turns(dialogue)

    async def text(self, chat: int, text: str, client: str | None, speaker: Hashable = None) -> Outgoing:
        """The answer to a message or a command, its effects carried out. ``speaker`` tells the people of a group apart."""
        reply = await self._replied(chat, text, client, speaker or chat)
        if reply.status == "unknown":
            await self.store.note_unanswered(without_numbers(text), reply.lang, self.clock().date())
        return self.packed(reply)

    async def button(self, chat: int, data: str, client: str | None, speaker: Hashable = None) -> Outgoing:
        """What a button leads to: a question or command, or an entry; a button whose entry is gone says so."""
        kind, _, name = data.partition(":")
        if kind == "q":
            return await self.text(chat, name, client, speaker)
        incoming = Incoming("", self.clock(), await self.store.language(chat), client)
        reply = self._turns.entry(speaker or chat, name, incoming) if kind == "e" else None
        return self.packed(reply) if reply else self.said("Old button.", self.dialogue.language(incoming))

    async def notice(self, chat: int, data: str, client: str | None) -> str | None:
        """What a button that needs no message of its own is answered with; None for every other button."""
        if not data.startswith(PRAISE):
            return None
        return (await self._replied(chat, data.removeprefix("q:"), client, chat)).text

    async def place(self, chat: int, place: tuple[float, float], client: str | None) -> Outgoing:
        """The answer to a shared location."""
        return self.packed(
            self.dialogue.near(place, Incoming("", self.clock(), await self.store.language(chat), client))
        )

    async def language(self, chat: int, client: str | None) -> Lang:
        """The language a chat is spoken to in where no words tell."""
        return self.dialogue.language(Incoming("", self.clock(), await self.store.language(chat), client))

    def said(self, message: str, lang: Lang, **values: object) -> Outgoing:
        """A sentence of the channel's own."""
        return Outgoing(escape(catalogue(lang).say(message, **values), quote=False))

    async def answer(self, chat: int, question: int) -> int | None:
        """The message that answered another, also before a restart."""
        return await self.store.answer(chat, question)

    async def answered(self, chat: int, question: int, answer: int) -> None:
        """Note which message answered another."""
        await self.store.keep_answer(chat, question, answer, self.clock().date())

    async def forget(self, chat: int) -> None:
        """Erase everything kept about a chat."""
        self._turns.forget(chat)
        await self.store.forget(chat)

    async def move(self, old: int, new: int) -> None:
        """A group has another id from now on."""
        self._turns.forget(old)
        await self.store.move(old, new)

    async def _replied(self, chat: int, text: str, client: str | None, speaker: Hashable) -> Reply:
        chosen, reminders = await self.store.language(chat), await self.store.reminders.of(chat)
        before = await self._form(chat, speaker)
        reply = self._turns.reply(speaker, Incoming(text, self.clock(), chosen, client, True, reminders))
        await self._keep_form(chat, speaker, before)
        for effect in reply.effects:
            await self._carry_out(chat, effect, reply.lang)
        return reply

    async def _form(self, chat: int, speaker: Hashable) -> forms.Form | None:
        """The form somebody fills in, in a private chat from the store where this process has not met the chat yet."""
        if speaker == chat and not self._turns.knows(speaker):
            kept = await self.store.form(chat)
            form = forms.read(kept) if kept else None
            if form:
                self._turns.resume(speaker, form)
        return self._turns.form(speaker)

    async def _keep_form(self, chat: int, speaker: Hashable, before: forms.Form | None) -> None:
        after = self._turns.form(speaker)
        if speaker == chat and after != before:
            await self.store.keep_form(
                chat, forms.written(after) if after and after.step else None, self.clock().date()
            )

    async def _carry_out(self, chat: int, effect: Effect, lang: Lang) -> None:
        match effect:
            case Chosen(chosen):
                await self.store.choose(chat, chosen)
            case Remind(event, days, first):
                await self.store.reminders.put(chat, event, days, lang, first)
            case Unremind(event):
                await self.store.reminders.drop(chat, event)
            case Forget():
                await self.forget(chat)
            case Judge(entry, good, why):
                await self.store.note_feedback(entry, without_numbers(why), lang, self.clock().date(), good=good)

    def packed(self, reply: Reply) -> Outgoing:
        """The message for a reply with all that goes along, related questions and the small buttons under an answer."""
        near = self.dialogue.related(reply, self.clock().year)
        message = outgoing(replace(reply, choices=(*reply.choices, *near)))
        return replace(
            message, enclosures=enclosed(self.dialogue.base, reply, self.clock()), row=tuple(self._row(reply))
        )

    def _row(self, reply: Reply) -> list[Button]:
        """👍 👎 📚 and, once the bot's name is known, a way to share; none under what is no answer."""
        about = reply.entry
        if reply.status != "answered" or not about:
            return []
        data = (("👍", f"{PRAISE}{about}"), ("👎", f"q:/feedback {BAD} {about}"), ("📚", f"q:/sources {about}"))
        row = [one for label, sent in data if (one := button(label, sent))]
        shared = self.link(reply)
        return [*row, Button("↗", url=f"https://t.me/share/url?{urlencode({'url': shared})}")] if shared else row

    def link(self, reply: Reply) -> str | None:
        """The address that opens a reply; None where there is none."""
        target = links.shown_by(reply)
        if not self.name or target is None:
            return None
        if not target.startswith("/") and self.dialogue.entry(target, Incoming("", self.clock())) is None:
            return None
        parameter = links.payload(target)
        return f"https://t.me/{self.name}?start={parameter}" if parameter else None
