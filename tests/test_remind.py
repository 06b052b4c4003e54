"""Reminders as people ask for them: in words and by command, set, changed, listed, withdrawn; where none can come, said so."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.app import Clock
from bot.channels.telegram_talk import TelegramTalk
from handlers.dialogue import Dialogue
from handlers.messages import Attachment, Incoming, Remind, Reminder, Reply, Unremind
from knowledge.model import Lang
from knowledge.reminding import Asked, asked
from tests.conftest import NOW
from tests.doubles import MemoryStore

BEFORE = datetime(2025, 6, 1, tzinfo=UTC)
OPENING = date(2025, 7, 7)


def told(dialogue: Dialogue, text: str, now: datetime = NOW, *reminders: Reminder, lang: Lang | None = None) -> Reply:
    return dialogue.reply(Incoming(text, now, lang, None, True, reminders))


@pytest.mark.parametrize(
    ("line", "wish", "about", "days"),
    [
        ("напомни про экспо за 3 дня", "set", "экспо", (3,)),
        ("напомните мне пожалуйста за две недели и за день до вэф", "set", "вэф", (14, 1)),
        ("поставь напоминание об экспо накануне", "set", "экспо", (1,)),
        ("напомни", "set", "", ()),
        ("提前3天提醒我中俄博览会", "set", "中俄博览会", (3,)),
        ("提前两周和提前一天提醒我广交会", "set", "广交会", (14, 1)),
        ("отмени напоминание об экспо", "off", "экспо", ()),
        ("取消博览会的提醒", "off", "博览会", ()),
        ("мои напоминания", "list", "", ()),
        ("我的提醒", "list", "", ()),
    ],
)
def test_the_wish_is_read(line: str, wish: str, about: str, days: tuple[int, ...]) -> None:
    assert asked(line) == Asked(wish, about, days)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "line", ["使馆提醒 俄罗斯冰雪", "когда экспо", "要提醒客人的常备药注意什么", "напоминание о визе где получить"]
)
def test_other_words_are_no_wish(line: str) -> None:
    assert asked(line) is None


def test_a_reminder_is_set_for_days_still_to_come(dialogue: Dialogue) -> None:
    """Seven days and one where none are named; what is over already is left out and said; the same day twice counts once."""
    usual = told(dialogue, "напомни про экспо", BEFORE)
    assert usual.effects == (Remind("event.crexpo.9", (7, 1), OPENING),)
    late = told(dialogue, "напомни про экспо", datetime(2025, 7, 1, tzinfo=UTC))
    assert late.effects == (Remind("event.crexpo.9", (1,), OPENING),) and "уже прошли" in late.text
    assert told(dialogue, "/remind event.crexpo.9 3 0 3", BEFORE).effects == (
        Remind("event.crexpo.9", (3, 0), OPENING),
    )


def test_the_civil_hour_decides_what_is_over(dialogue: Dialogue) -> None:
    """Ten o'clock in Yekaterinburg is five in Greenwich."""
    for now, effects in (("2025-07-06T04:59", 1), ("2025-07-06T05:00", 0)):
        reply = told(dialogue, "/remind event.crexpo.9 1", datetime.fromisoformat(now).replace(tzinfo=UTC))
        assert len(reply.effects) == effects


def test_days_not_announced_are_waited_for(dialogue: Dialogue) -> None:
    reply = told(dialogue, "提醒我下一届博览会")
    assert reply.effects == (Remind("event.crexpo.10", (7, 1), None),) and "尚未公布" in reply.text


def test_what_is_over_is_not_waited_for(dialogue: Dialogue) -> None:
    for text in ("напомни про вэф", "/remind event.crexpo.9"):
        reply = told(dialogue, text)
        assert reply.effects == () and reply.choices


@pytest.mark.parametrize("days", ["100", "минус", "1.5", "99999"])
def test_days_that_cannot_be_kept_are_refused(dialogue: Dialogue, days: str) -> None:
    reply = told(dialogue, f"/remind event.crexpo.10 {days}", lang="ru")
    assert reply.effects == () and "от 0 до 60" in reply.text


def test_reminders_are_listed_and_withdrawn(dialogue: Dialogue) -> None:
    two = Reminder("event.crexpo.10", (7, 1)), Reminder("event.energy.8", (3,))
    listed = told(dialogue, "/remind", NOW, *two, lang="ru")
    assert "за 7 дней и за 1 день" in listed.text.replace("\u00a0", " ")
    assert [choice.ask for choice in listed.choices] == [
        "/remind off event.crexpo.10",
        "/remind off event.energy.8",
        "/remind off all",
    ]
    assert told(dialogue, "отмени напоминание об экспо", NOW, *two).effects == (Unremind("event.crexpo.10"),)
    assert told(dialogue, "/remind off all", NOW, *two).effects == (Unremind(None),)
    assert told(dialogue, "отмени напоминания", NOW, *two).effects == ()
    assert told(dialogue, "отмени напоминания", NOW, two[0]).effects == (Unremind(None),)
    assert told(dialogue, "/remind off event.energy.8", NOW, two[0]).effects == ()


def test_a_question_that_begins_with_remind_is_a_question(dialogue: Dialogue) -> None:
    reply = told(dialogue, "напомни сколько стоит виза в китай")
    assert reply.status != "chat" and reply.effects == ()


def test_where_nothing_can_come_later_that_is_said(dialogue: Dialogue) -> None:
    """The terminal and the stream cannot speak first: no effect, and the calendar file where there are days."""
    reply = dialogue.reply(Incoming("напомни про экспо", BEFORE))
    assert reply.effects == () and "Telegram" in reply.text
    assert reply.attachments == (Attachment("ics", "event.crexpo.9"),)
    assert dialogue.reply(Incoming("напомни про экспо", NOW)).attachments == ()


async def test_a_chat_sets_changes_and_withdraws(dialogue: Dialogue) -> None:
    """Through the store: the second wish takes the place of the first, and only the chat's own are listed."""
    store = MemoryStore()
    talk = TelegramTalk(dialogue, store, Clock(BEFORE))
    await talk.text(7, "напомни про экспо", "ru")
    await talk.text(8, "提前3天提醒我博览会", "zh")
    assert await store.reminders.of(7) == (Reminder("event.crexpo.9", (7, 1)),)
    await talk.button(7, "q:/remind event.crexpo.9 14", "ru")
    assert await store.reminders.of(7) == (Reminder("event.crexpo.9", (14,)),)
    assert "14" in (await talk.text(7, "мои напоминания", "ru")).html
    await talk.text(7, "больше не напоминай", "ru")
    assert await store.reminders.of(7) == ()
    assert await store.reminders.of(8) == (Reminder("event.crexpo.9", (3,)),)
