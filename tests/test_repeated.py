"""A question asked again is looked up once, whoever asks; other words, or another year, are looked up anew. Long messages are bounded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.turns import Turns
from handlers.dialogue import LONGEST_QUESTION, Dialogue
from handlers.messages import Incoming
from knowledge.rank import Ranker
from tests.conftest import NOW

ASKED = "как оформляют поездку группой без виз"


@pytest.fixture
def ranked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The lines that were really ranked."""
    lines: list[str] = []
    rank = Ranker.rank

    def noted(self: Ranker, lang: Any, line: str, found: Any) -> Any:
        lines.append(line)
        return rank(self, lang, line, found)

    monkeypatch.setattr(Ranker, "rank", noted)
    yield lines


def test_the_second_time_costs_no_search(dialogue: Dialogue, ranked: list[str]) -> None:
    turns = Turns(replace(dialogue))
    first, second = (turns.reply(chat, Incoming(ASKED, NOW + timedelta(minutes=chat))) for chat in (1, 2))
    assert first == second
    assert len(ranked) == 1


def test_another_question_is_looked_up(dialogue: Dialogue, ranked: list[str]) -> None:
    fresh = replace(dialogue)
    for text, now in ((ASKED, NOW), (ASKED + " в Россию", NOW), (ASKED, NOW.replace(year=NOW.year + 1))):
        fresh.reply(Incoming(text, now))
    assert len(ranked) == 3


def test_a_long_message_costs_no_more_than_its_length(dialogue: Dialogue, ranked: list[str]) -> None:
    """At Telegram's longest nothing is searched; at the longest that is read, no more than one search for each of its sentences."""
    fresh = replace(dialogue)
    assert fresh.reply(Incoming("виза " * 819, NOW)).reason == "too long"
    assert ranked == []
    sentences = [f"Взял с собой вещь номер {number} и поехал." for number in range(60)]
    text = " ".join(sentences)[:LONGEST_QUESTION]
    fresh.reply(Incoming(text, NOW))
    assert 1 <= len(ranked) <= text.count(".") + 1
