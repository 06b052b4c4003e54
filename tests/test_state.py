"""The SQLite store: a chat's language, and questions without an answer, kept without their askers and not for ever."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.app import Clock
from bot.channels.telegram_talk import NOTED_CHARACTERS, TelegramTalk, without_numbers
from bot.state.sqlite import SqliteStore, unanswered
from bot.state.store import ANSWER_DAYS, KEPT_ANSWERS, KEPT_DAYS, StateError
from handlers.dialogue import Dialogue
from tests.doubles import MemoryStore

TODAY = date(2026, 11, 24)


async def test_a_language_is_kept_over_a_restart(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/deep/state.db"
    store = await SqliteStore.open(url)
    assert await store.language(7) is None
    await store.choose(7, "zh")
    await store.choose(7, "ru")
    await store.close()
    again = await SqliteStore.open(url)
    assert await again.language(7) == "ru"
    await again.close()


async def test_unanswered_questions_are_counted_and_forgotten(tmp_path: Path) -> None:
    """Most asked first; after the time they are kept, the next note clears them away."""
    url = f"sqlite:///{tmp_path}/state.db"
    store = await SqliteStore.open(url)
    for question in ("сколько стоит такси", "погода", "погода"):
        await store.note_unanswered(question, "ru", TODAY)
    assert [(u.question, u.times) for u in unanswered(url)] == [("погода", 2), ("сколько стоит такси", 1)]
    await store.note_unanswered("new", "zh", TODAY + timedelta(days=KEPT_DAYS + 1))
    assert [u.question for u in unanswered(url)] == ["new"]
    await store.close()


async def test_which_message_answers_which_is_bounded_by_days_and_by_number(tmp_path: Path) -> None:
    """Kept over a restart while Telegram lets a message be changed; erased on request, and where a group is numbered anew."""
    url = f"sqlite:///{tmp_path}/state.db"
    store = await SqliteStore.open(url)
    for question, answer in ((1, 2), (3, 4), (3, 5)):
        await store.keep_answer(7, question, answer, TODAY)
    await store.close()
    store = await SqliteStore.open(url)
    assert [await store.answer(7, question) for question in (1, 2, 3)] == [2, None, 5]
    await store.keep_answer(8, 1, 2, TODAY + timedelta(days=ANSWER_DAYS))
    assert await store.answer(7, 1) == 2
    await store.keep_answer(8, 3, 4, TODAY + timedelta(days=ANSWER_DAYS + 1))
    assert await store.answer(7, 1) is None and await store.answer(8, 1) == 2
    await store.forget(8)
    await store.keep_answer(-9, 1, 2, TODAY)
    await store.move(-9, -1009)
    assert [await store.answer(chat, 1) for chat in (8, -9, -1009)] == [None, None, None]
    await store.close()


async def test_only_the_newest_answers_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.state.sqlite.KEPT_ANSWERS", 3)
    store = await SqliteStore.open(f"sqlite:///{tmp_path}/state.db")
    for question in range(5):
        await store.keep_answer(7, question, question + 1, TODAY)
    assert [await store.answer(7, question) for question in range(5)] == [None, None, 3, 4, 5]
    assert KEPT_ANSWERS >= 1_000
    await store.close()


async def test_only_what_got_no_answer_is_noted(dialogue: Dialogue, clock: Clock) -> None:
    store = MemoryStore()
    talk = TelegramTalk(dialogue, store, clock)
    for text in ("виза в японию по паспорту 712345678", "привет", "товарооборот 2023"):
        await talk.text(7, text, "ru")
    assert store.unanswered == [("виза в японию по паспорту …", "ru", TODAY)]


def test_long_numbers_are_not_kept() -> None:
    assert without_numbers("Мой  телефон 89161234567") == "мой телефон …"
    assert len(without_numbers("я" * 4000)) == NOTED_CHARACTERS


def test_without_a_file_there_is_nothing_to_review(tmp_path: Path) -> None:
    assert unanswered(f"sqlite:///{tmp_path}/none.db") == []
    assert unanswered("redis://localhost") == []


async def test_a_place_that_cannot_be_written_is_told() -> None:
    with pytest.raises(StateError, match="name a file that can be written"):
        await SqliteStore.open("sqlite:////proc/none/state.db")
