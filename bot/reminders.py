"""Reminders told when they are due: each once, marked after it was sent; a moved or cancelled event is told of and its reminders follow it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.state.store import Due, Group, ReminderStore
from handlers import reminder_news
from handlers.messages import Reply
from handlers.remind import MOST_DAYS
from knowledge.calendar import Calendar, occasion
from knowledge.model import Entry

ROUND_SECONDS = 60.0
PAUSE_SECONDS = 0.04
"""Between two reminders: Telegram takes 30 messages a second, and people who ask meanwhile need some of them."""

Sent = Literal["sent", "blocked"]
Send = Callable[[int, Reply], Awaitable[Sent]]
"""Send a reply to a chat. Raises where it could not be sent and may be tried again; ``blocked`` where the chat wants nothing more."""

log = logging.getLogger(__name__)


@dataclass
class Round:
    """What one round did: reminders and news sent, those of them sent for the second time, given up after that, chats gone, failures to try again."""

    sent: int = 0
    again: int = 0
    given_up: int = 0
    blocked: int = 0
    failed: int = 0


@dataclass(frozen=True)
class Teller:
    """Tells chats what is due. Holds no reminder itself: everything is in the store, so it may end at any moment."""

    calendar: Calendar
    store: ReminderStore
    send: Send
    clock: Callable[[], datetime]
    pause: float = PAUSE_SECONDS

    async def keep(self) -> None:
        """Go on round after round until cancelled. A round that fails is logged and the next one tries again."""
        while True:
            try:
                done = await self.round()
                if done != Round():
                    log.info("reminders: %s", done)
            except Exception:
                log.exception("a round of reminders failed")
            await asyncio.sleep(ROUND_SECONDS)

    async def round(self) -> Round:
        """Everything that is due now: first news of events that moved, then the reminders themselves."""
        done = Round()
        for group in await self.store.groups():
            entry = self.calendar.events.get(group.event)
            if entry is None or occasion(entry).status == "cancelled":
                await self._gone(group, entry, done)
            elif occasion(entry).first != group.first:
                await self._moved(group, entry, done)
        for group in await self.store.groups():
            entry = self.calendar.events.get(group.event)
            if entry and occasion(entry).first and occasion(entry).first == group.first:
                await self._due(group, entry, done)
        return done

    async def _gone(self, group: Group, entry: Entry | None, done: Round) -> None:
        for holder in await self.store.holders(group.event, group.first):
            reply = reminder_news.gone_reply(entry, group.event, holder.lang)
            if await self._told(holder, group.event, None, reply, done):
                await self.store.drop(holder.chat, group.event)

    async def _moved(self, group: Group, entry: Entry, done: Round) -> None:
        for holder in await self.store.holders(group.event, group.first):
            reply = reminder_news.moved_reply(
                self.calendar, entry, holder.lang, self.clock(), announced=group.first is None
            )
            if await self._told(holder, group.event, None, reply, done):
                await self.store.move(holder.chat, group.event, occasion(entry).first, self._over(entry))

    def _over(self, entry: Entry) -> Iterable[int]:
        """Days before an event whose hour has passed: somebody who is told that it moved needs no reminder of the past."""
        now = self.clock()
        dues = ((days, self.calendar.due(occasion(entry), days)) for days in range(MOST_DAYS + 1))
        return [days for days, due in dues if due and due <= now]

    async def _due(self, group: Group, entry: Entry, done: Round) -> None:
        now, event = self.clock(), occasion(entry)
        due = self.calendar.due(event, group.days)
        if self.calendar.phase(event, now) == "over":
            await self.store.forget(group.event)
        elif group.waiting and due and due <= now:
            if self._too_late(entry, group.first, now, group.days):
                await self.store.expire(group)
                return
            for waiting in await self.store.waiting(group):
                reply = reminder_news.due_reply(self.calendar, entry, waiting.lang, self.clock())
                if await self._told(waiting, group.event, group.days, reply, done):
                    await self.store.told(waiting.chat, group.event, group.days)

    def _too_late(self, entry: Entry, first: date | None, now: datetime, days: int) -> bool:
        """Whether the event has begun: a reminder of days before it, kept back by a long standstill, would only confuse."""
        return days > 0 and first is not None and self.calendar.today(occasion(entry), now) >= first

    async def _told(self, to: Due, event: str, days: int | None, reply: Reply, done: Round) -> bool:
        """Whether a message is dealt with: sent, or sent as often as it may be. A chat that blocked the bot loses its reminders."""
        attempt = await self.store.claim(to.chat, event, days)
        if attempt == 0:
            done.given_up += 1
            return True
        try:
            sent = await self.send(to.chat, reply)
        except Exception as error:
            await self.store.release(to.chat, event, days)
            log.warning("reminder of %s not sent, will be tried again: %s", event, error)
            done.failed += 1
            return False
        await asyncio.sleep(self.pause)
        if sent == "blocked":
            await self.store.drop(to.chat, None)
            done.blocked += 1
            return False
        done.sent += 1
        done.again += attempt > 1
        return True
