"""Not knowing, several times over: honest each time, and never in the same words; choices that are really apart."""

from __future__ import annotations

import pytest

from handlers.dialogue import Dialogue
from handlers.followup import Turn
from handlers.messages import Incoming
from tests.conftest import NOW
from tests.measure import judge, sets

NONSENSE = {
    "ru": ["рецепт борща со свёклой", "кто выиграл хоккейный матч", "реши уравнение", "сочини стих"],
    "zh": ["红烧肉怎么做", "今晚球赛比分", "解一下方程", "写首诗"],
}


@pytest.mark.parametrize("lang", ["ru", "zh"])
def test_a_chat_never_reads_the_same_refusal_twice(dialogue: Dialogue, lang: str) -> None:
    turn: Turn | None = None
    read = []
    for question in NONSENSE[lang]:
        reply, turn = dialogue.converse(Incoming(question, NOW), turn)
        assert reply.status == "unknown"
        read.append(reply.text)
    assert len(set(read)) == len(read)


def test_the_same_question_again_is_refused_in_other_words(dialogue: Dialogue) -> None:
    first, turn = dialogue.converse(Incoming("виза в Японию для россиян", NOW), None)
    second, _ = dialogue.converse(Incoming("виза в Японию для россиян", NOW), turn)
    assert (first.status, second.status) == ("unknown", "unknown")
    assert first.text != second.text


def test_choices_are_few_apart_and_each_answers(dialogue: Dialogue) -> None:
    """Of what the development questions are asked back: two to four choices, no label twice, and each leads to its entry."""
    asked_back = [
        one.reply
        for one in judge.judge(dialogue, [q for q in sets.in_domain() if q.split == "dev"][::4])
        if one.reply.status == "clarify"
    ]
    assert asked_back
    for reply in asked_back:
        labels = [choice.label for choice in reply.choices]
        assert 2 <= len(labels) <= 4
        assert len(set(labels)) == len(labels)
    offered = {(choice.ask, choice.entry) for reply in asked_back for choice in reply.choices}
    wrong = [ask for ask, entry in offered if dialogue.reply(Incoming(ask, NOW)).entry != entry]
    assert wrong == []
