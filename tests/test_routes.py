"""Commands mean the same on every channel; what is no command is read as a question."""

from __future__ import annotations

import io

import pytest

from bot.app import Clock
from bot.channels.terminal import TerminalChat
from handlers.dialogue import Dialogue
from handlers.messages import Chosen, Incoming
from handlers.routes import ROUTES
from tests.conftest import NOW


@pytest.mark.parametrize("command", sorted(ROUTES))
def test_every_command_answers_in_both_languages(dialogue: Dialogue, command: str) -> None:
    """With or without the bot's name, and never the same words in both languages."""
    ru, zh = (dialogue.reply(Incoming(f"/{command}@most_qiao_bot", NOW, chosen=lang)) for lang in ("ru", "zh"))
    assert (ru.lang, zh.lang) == ("ru", "zh")
    assert ru.text and zh.text and ru.text != zh.text


@pytest.mark.parametrize(("word", "lang"), [("zh", "zh"), ("中文", "zh"), ("RU", "ru"), ("по-русски", "ru")])
def test_a_language_is_chosen_by_its_name(dialogue: Dialogue, word: str, lang: str) -> None:
    reply = dialogue.reply(Incoming(f"/lang {word}", NOW))
    assert (reply.lang, reply.effects) == (lang, (Chosen(reply.lang),))


def test_an_unknown_language_is_asked_again(dialogue: Dialogue) -> None:
    reply = dialogue.reply(Incoming("/lang english", NOW))
    assert [choice.ask for choice in reply.choices] == ["/lang ru", "/lang zh"]
    assert reply.effects == ()


def test_the_terminal_keeps_the_language(dialogue: Dialogue, clock: Clock) -> None:
    """Typed or picked, a language holds for what follows."""
    chat = TerminalChat(dialogue, clock, io.StringIO())
    chat.hear("/lang")
    chat.hear("2")
    assert chat.lang == "zh"


def test_a_slash_before_a_question_does_no_harm(dialogue: Dialogue) -> None:
    question = "когда и где прошло восьмое российско-китайское экспо"
    assert dialogue.reply(Incoming(f"/{question}", NOW)).entry == dialogue.reply(Incoming(question, NOW)).entry
