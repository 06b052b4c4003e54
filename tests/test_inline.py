"""Inline mode: what is offered in any chat, on both libraries."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.app import Clock
from handlers.dialogue import Dialogue
from tests.doubles import FakeBotApi
from tests.engines import ENGINES, AtWork, at_work


@pytest.fixture(params=ENGINES)
async def bot(request: pytest.FixtureRequest, dialogue: Dialogue, clock: Clock) -> AsyncIterator[AtWork]:
    async with at_work(str(request.param), dialogue, clock) as running:
        yield running


def found(api: FakeBotApi) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    call = [call for call in api.calls if call.method == "answerInlineQuery"][-1]
    return json.loads(call.params["results"]), call.params


@pytest.mark.parametrize(
    ("lang", "query", "word"), [("zh", "贸易额 2024", "亿美元"), ("ru", "товарооборот 2019", "млрд")]
)
async def test_inline_mode_offers_the_answer_first_and_its_chart(bot: AtWork, lang: str, query: str, word: str) -> None:
    await bot.feed(bot.api.seeks(query, lang=lang))
    results, params = found(bot.api)
    assert bot.api.faults() == [] and 2 <= len(results) <= 10
    assert word in results[0]["input_message_content"]["message_text"]
    assert params["is_personal"].lower() == "true" and 0 < int(params["cache_time"]) <= 3600 and "button" not in params
    assert all(
        one["reply_markup"]["inline_keyboard"][0][0]["url"].startswith("https://t.me/most_bot?start=")
        for one in results
    )


async def test_inline_mode_without_words_shows_the_dashboard_and_without_sense_a_way_in(bot: AtWork) -> None:
    await bot.feed(bot.api.seeks(""))
    dashboard, params = found(bot.api)
    assert 6 <= len(dashboard) <= 10 and "start_parameter" in params["button"]
    await bot.feed(bot.api.seeks("абырвалг фхтагн"))
    nothing, params = found(bot.api)
    assert nothing == [] and "start_parameter" in params["button"]
    assert bot.api.faults() == []


async def test_inline_mode_sends_a_picture_that_telegram_has(bot: AtWork) -> None:
    await bot.feed(bot.api.says("/chart trade.total"), bot.api.seeks(""))
    assert [one["type"] for one in found(bot.api)[0]].count("photo") == 1
