"""Follow-ups: what a message leaves out comes from the question before it, and a whole question never inherits."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from bot.turns import Turns
from handlers.dialogue import Dialogue
from handlers.followup import LASTS
from handlers.messages import Incoming
from tests.conftest import NOW

RU_2023, ZH_2023 = "товарооборот России и Китая за 2023 год", "2023年中俄贸易额"
TO_CHINA, TO_RUSSIA = "нужна ли виза в китай россиянам", "中国人去俄罗斯需要签证吗"


@pytest.mark.parametrize(
    ("lines", "entry"),
    [
        ((RU_2023, "а годом раньше?"), "trade.total.2022"),
        ((RU_2023, "а в 2024?"), "trade.total.2024"),
        ((RU_2023, "в 2025"), "trade.total.2025"),
        ((RU_2023, "а годом позже"), "trade.total.2024"),
        ((RU_2023, "а в 2024?", "а годом раньше?"), "trade.total.2023"),
        ((ZH_2023, "那2022年呢？"), "trade.total.2022"),
        ((ZH_2023, "前一年呢"), "trade.total.2022"),
        ((ZH_2023, "2024年呢"), "trade.total.2024"),
        (("2024年中俄贸易额", "那进口方面呢"), "trade.china_imports.2024"),
        ((ZH_2023, "а в 2024?"), "trade.total.2024"),
        ((TO_CHINA, "а наоборот?"), "visa.ru.now"),
        ((TO_CHINA, "а детям тоже?"), "travel.cn.visafree_ru.minors"),
        ((TO_RUSSIA, "反过来呢？"), "visa.cn.now"),
        (("сколько нефти россия продала китаю в 2023", "а в 2024"), "energy.crude.2024"),
        (("сколько нефти россия продала китаю в 2024", "а угля?"), "energy.coal.2024"),
        (("где прошло восьмое российско-китайское экспо", "а девятое?"), "event.crexpo.9"),
        ((RU_2023, TO_CHINA), "visa.cn.now"),
        ((TO_CHINA, RU_2023, "а в 2024?"), "trade.total.2024"),
    ],
)
def test_what_is_left_out_is_filled(dialogue: Dialogue, lines: tuple[str, ...], entry: str) -> None:
    turns = Turns(dialogue)
    replies = [turns.reply("c", Incoming(line, NOW)) for line in lines]
    assert (replies[-1].status, replies[-1].entry) == ("answered", entry)


def test_thanks_do_not_change_the_subject(dialogue: Dialogue) -> None:
    turns = Turns(dialogue)
    for line in (RU_2023, "спасибо"):
        turns.reply("c", Incoming(line, NOW))
    assert turns.reply("c", Incoming("а в 2022?", NOW)).entry == "trade.total.2022"


def test_a_bare_export_may_be_either_sides(dialogue: Dialogue) -> None:
    """Both are offered; where the year has none, that is said, and nothing else is put in its place."""
    turns = Turns(dialogue)
    turns.reply("c", Incoming("товарооборот России и Китая за 2024 год", NOW))
    both = ["trade.china_exports.2024", "trade.china_imports.2024"]
    for reply in (turns.reply("c", Incoming("а экспорт?", NOW)), dialogue.reply(Incoming("экспорт 2024", NOW))):
        assert (reply.status, [choice.entry for choice in reply.choices]) == ("clarify", both)
    assert dialogue.reply(Incoming("экспорт 2023", NOW)).status == "unknown"


def test_a_subject_is_forgotten_in_time_and_never_shared(dialogue: Dialogue) -> None:
    """After ``LASTS``, in another chat, and without a chat, a follow-up means nothing."""
    turns = Turns(dialogue)
    turns.reply("c", Incoming(RU_2023, NOW))
    assert turns.reply("c", Incoming("а годом раньше?", NOW + LASTS + timedelta(seconds=1))).status != "answered"
    turns.reply("c", Incoming(RU_2023, NOW))
    assert turns.reply("d", Incoming("а годом раньше?", NOW)).status != "answered"
    assert turns.reply(None, Incoming("а годом раньше?", NOW)).status != "answered"


def test_only_so_many_chats_are_remembered(dialogue: Dialogue) -> None:
    turns = Turns(dialogue, most=2)
    for chat in "abc":
        turns.reply(chat, Incoming(RU_2023, NOW))
    assert turns.reply("a", Incoming("а годом раньше?", NOW)).status != "answered"
    assert turns.reply("c", Incoming("а годом раньше?", NOW)).entry == "trade.total.2022"


def test_the_stream_keeps_chats_apart(dialogue: Dialogue) -> None:
    import io

    from bot.app import Clock
    from bot.channels import stream

    asked = [
        {"id": 1, "chat": "a", "q": RU_2023},
        {"id": 2, "chat": "b", "q": "а годом раньше?"},
        {"id": 3, "chat": "a", "q": "а годом раньше?"},
    ]
    out = io.StringIO()
    stream.run(dialogue, [json.dumps(row).encode() for row in asked], out, Clock(NOW))
    entries = [json.loads(line)["entry"] for line in out.getvalue().splitlines()]
    assert entries == ["trade.total.2023", None, "trade.total.2022"]
