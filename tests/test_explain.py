"""`ask --explain`: an answer says how it was found, and the explanation is that of the answer given."""

from __future__ import annotations

import json

import pytest

import main
from bot.app import Clock
from bot.explained import as_object, as_text
from handlers.dialogue import LONGEST_QUESTION, Dialogue
from handlers.explain import REASONS, explain
from handlers.messages import Incoming
from knowledge.scope import contradiction
from tests.measure import sets

TO_CHINA = "нужна ли виза в китай россиянам"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("привет", "talk"),
        ("/help", "talk"),
        ("...", "empty"),
        ("а" * (LONGEST_QUESTION + 1), "too long"),
        ("виза", "topic"),
        ("товарооборот России и Китая за 2022 год", "computed"),
        ("нужна ли россиянам виза в Японию", "country"),
        ("俄罗斯人去日本要签证吗", "country"),
    ],
)
def test_every_way_to_a_reply_has_its_reason(dialogue: Dialogue, clock: Clock, text: str, reason: str) -> None:
    assert explain(dialogue, Incoming(text, clock())).reason == reason


def test_the_explanation_is_that_of_the_answer(dialogue: Dialogue, clock: Clock) -> None:
    """Over questions of every style: the reason is one that is described, and fits what was said and how sure it was."""
    for one in [*sets.in_domain()[::41], *sets.out_of_scope()[::23]]:
        found = explain(dialogue, Incoming(one.text, clock()))
        assert found.reply == dialogue.reply(Incoming(one.text, clock()))
        assert found.reason in REASONS
        if found.reason == "sure":
            assert found.reply.entry == found.near[0].entry and found.sure >= found.answer
        if found.reason == "close":
            assert found.reply.status == "clarify" and found.clarify <= found.sure < found.answer
        if found.reason == "unsure":
            assert found.reply.status == "unknown" and found.sure < found.clarify


def test_what_is_kept_out_contradicts_the_question(dialogue: Dialogue, clock: Clock) -> None:
    """The answer to the opposite direction is near in words, and named with the reason why it is no candidate."""
    found = explain(dialogue, Incoming(TO_CHINA, clock()))
    index, question = dialogue.base.data.index, dialogue.base.question(TO_CHINA, clock().date())
    assert ("visa.ru.now", "direction") in {(one.entry, one.why) for one in found.kept_out}
    assert not {one.entry for one in found.kept_out} & {one.entry for one in found.near}
    for one in found.kept_out:
        assert contradiction(question, index.reaches[index.ids.index(one.entry)], clock().year) == one.why


def test_mending_is_shown(dialogue: Dialogue, clock: Clock) -> None:
    """Typed on the wrong keyboard, told as it was understood, with what was read in it."""
    found = explain(dialogue, Incoming("ye;yf kb dbpf d rbnfq hjccbzyfv", clock()))
    assert found.line == TO_CHINA
    assert found.read["travel"] == "RU-CN"
    assert "read as: нужна ли виза в китай россиянам" in as_text(found)


def test_the_object_is_json(dialogue: Dialogue, clock: Clock) -> None:
    found = as_object(explain(dialogue, Incoming("сколько угля продали в 2024 и 2025", clock())))
    assert json.loads(json.dumps(found)) == {**found, "read": json.loads(json.dumps(found["read"]))}
    assert found.keys() == {"line", "read", "reason", "sure", "answer", "clarify", "candidates", "excluded"}


def test_the_command_explains_in_text_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    main.main(["ask", TO_CHINA, "--explain", "--json", "--now", "2026-11-24"])
    told = json.loads(capsys.readouterr().out)
    assert told["entry"] == "visa.cn.now" and told["explain"]["line"] == TO_CHINA
    main.main(["ask", TO_CHINA, "--explain", "--now", "2026-11-24"])
    text = capsys.readouterr().out
    assert text.startswith(told["text"]) and "decided: " in text
    assert main.main(["ask", "--stream", "--explain"]) == 2


def test_without_the_flag_nothing_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    main.main(["ask", TO_CHINA, "--json", "--now", "2026-11-24"])
    assert "explain" not in json.loads(capsys.readouterr().out)
