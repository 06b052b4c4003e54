"""Long and several questions: endings of a story, questions one after another, Chinese typed by its sound."""

from __future__ import annotations

import pytest

from handlers.dialogue import Dialogue
from handlers.messages import Incoming
from knowledge import parts
from tests.conftest import NOW

STORY = (
    "Я двадцать лет вожу экскурсии по Амуру, всякое видел, и паводки, и пустые причалы, и толпы, сын смеётся, что пора на пенсию, "
    "а я всё листаю новости про соседей, и вот спорим с ним за ужином: "
)


def test_questions_are_split_at_their_marks_and_numbers() -> None:
    assert parts.questions("Нужна ли виза? И сколько стоит?") == ["Нужна ли виза?", "И сколько стоит?"]
    assert parts.questions("1. 签证怎么办？ 2. 多少钱？") == ["签证怎么办？", "多少钱？"]
    assert parts.questions("одна строка без знаков") == []
    assert len(parts.questions("а? " * 50)) == parts.MOST_QUESTIONS


def test_a_short_message_has_no_endings_and_a_long_one_ends_with_its_question() -> None:
    question = "сколько человек нужно для безвизовой группы в Китай?"
    assert list(parts.endings(question)) == []
    assert next(parts.endings(STORY + question)) == question


@pytest.mark.parametrize(
    ("text", "entries", "lang"),
    [
        ("Какой был товарооборот Китая и России в 2023 году? И где прошло восьмое российско-китайское ЭКСПО?", 2, "ru"),
        ("2023年中俄贸易额是多少？第八届中俄博览会在哪里举办？", 2, "zh"),
    ],
)
def test_two_whole_questions_get_both_answers_in_order(dialogue: Dialogue, text: str, entries: int, lang: str) -> None:
    reply = dialogue.reply(Incoming(text, NOW))
    said = reply.text.split("\n\n")
    assert (reply.status, reply.entry, reply.lang, len(said)) == ("answered", "trade.total.2023", lang, entries)
    assert "240" in said[0].replace("2401.1", "240")
    assert ("Харбин" if lang == "ru" else "哈尔滨") in said[1]
    assert len(reply.sources) >= entries


def test_a_question_that_needs_the_one_before_is_not_torn_off(dialogue: Dialogue) -> None:
    """«А какого числа?» alone is nobody's question: the message is answered as one."""
    reply = dialogue.reply(Incoming("Где прошло восьмое российско-китайское ЭКСПО? А какого числа?", NOW))
    assert "\n\n" not in reply.text


def test_a_story_is_answered_by_the_question_it_ends_with(dialogue: Dialogue) -> None:
    reply = dialogue.reply(Incoming(STORY + "сколько человек нужно для безвизовой группы в Китай?", NOW))
    assert reply.entry == "travel.group.size"


def test_an_ending_that_contradicts_the_story_is_not_answered(dialogue: Dialogue) -> None:
    """The story asks about Japan; what the ending alone would bring is not told."""
    reply = dialogue.reply(
        Incoming(STORY + "мы едем в Японию группой, а сколько человек нужно для безвизовой группы?", NOW)
    )
    assert reply.status != "answered"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("eluosi qianzheng duoshao qian", "俄罗斯签证多少钱"),
        ("Qiānzhèng yào duōshǎo qián", "签证要多少钱"),
        ("qian1zheng4 yao4 duo1shao3 qian2", "签证要多少钱"),
        ("2023 nian zhong e mao yi e shi duo shao", "2023年中俄贸易额是多少"),
        ("qianzheng多少钱", "签证多少钱"),
    ],
)
def test_pinyin_becomes_characters(dialogue: Dialogue, typed: str, meant: str) -> None:
    base = dialogue.base
    assert base.pinyin(base.normalise(typed)) == meant


@pytest.mark.parametrize(
    "line",
    ["viza v kitai", "tovarooborot", "mama", "pochemu net bezviza", "sim karta", "kak doehat do heihe", "ozon上卖货"],
)
def test_what_is_no_pinyin_stays(dialogue: Dialogue, line: str) -> None:
    base = dialogue.base
    assert base.pinyin(base.normalise(line)) == line


def test_pinyin_is_answered_in_chinese(dialogue: Dialogue) -> None:
    reply = dialogue.reply(Incoming("di ba jie zhong e bo lan hui zai na li ju ban", NOW))
    assert (reply.lang, reply.status) == ("zh", "answered")
    assert "哈尔滨" in reply.text
