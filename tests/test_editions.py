"""Going on from an edition to the one beside it, asking on about it, and editions that the base does not have."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.turns import Turns
from handlers.dialogue import Dialogue
from handlers.followup import LASTS
from handlers.messages import Incoming, Reply
from tests.conftest import NOW


def said(dialogue: Dialogue, *lines: str) -> Reply:
    turns = Turns(dialogue)
    return [turns.reply("c", Incoming(line, NOW)) for line in lines][-1]


@pytest.mark.parametrize(
    ("lines", "entry"),
    [
        (("восьмое экспо где было", "а следующее?"), "event.crexpo.9"),
        (("восьмое экспо где было", "а предыдущее?"), "event.crexpo.7"),
        (("восьмое экспо где было", "а следующее?", "а ещё следующее?"), "event.crexpo.10"),
        (("когда следующее экспо", "а прошлое где было?"), "event.crexpo.9"),
        (("第八届博览会在哪办的", "下一届呢"), "event.crexpo.9"),
        (("第八届博览会在哪办的", "上一届呢"), "event.crexpo.7"),
        (("第九届博览会", "前一届呢", "再下一届呢"), "event.crexpo.9"),
        (("когда ВЭФ", "а предыдущий?"), "event.eef.10"),
        (("广交会138届", "下一届呢"), "event.canton.139"),
        (("Иннопром 2025", "а следующий когда"), "event.innoprom.2026"),
        (("Иннопром 2025", "а когда следующее экспо"), "event.crexpo.10"),
        (("восьмое экспо где было", "когда следующее экспо"), "event.crexpo.10"),
        (("когда было девятое экспо", "а тема восьмого экспо"), "expo.crexpo.8.guests"),
        (("восьмое экспо где было", "а площадь?"), "expo.crexpo.8.scale"),
        (("第八届博览会在哪办的", "观众多少"), "expo.crexpo.8.visitors"),
        (("ПМЭФ 2025", "а сколько было участников?"), "event.spief.2025"),
        (("/expo event.crexpo.8", "а следующее?"), "event.crexpo.9"),
    ],
)
def test_editions_go_on_from_the_one_told(dialogue: Dialogue, lines: tuple[str, ...], entry: str) -> None:
    """Next and previous count from the event told before them; a whole question, or another fair, does not."""
    reply = said(dialogue, *lines)
    assert (reply.status, reply.entry) == ("answered", entry)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("первое экспо", "а предыдущее?"), "I Российско-Китайское ЭКСПО"),
        (("广交会140届", "下一届呢"), "第140届广交会"),
        (("когда десятое экспо", "а тема?"), "X Российско-Китайское ЭКСПО"),
    ],
)
def test_where_the_row_ends_that_is_said(dialogue: Dialogue, lines: tuple[str, ...], title: str) -> None:
    """No other edition or fair is told in the place of what the base does not have."""
    reply = said(dialogue, *lines)
    assert (reply.status, reply.entry) == ("unknown", None)
    assert title in reply.text and reply.choices


@pytest.mark.parametrize(
    "text",
    [
        "одиннадцатое экспо когда",
        "第十一届博览会什么时候",
        "141-я Кантонская ярмарка",
        "第二十届中俄博览会",
        "ВЭФ №40",
        "广交会下一届",
    ],
)
def test_an_edition_that_is_not_there_is_not_another_fairs(dialogue: Dialogue, text: str) -> None:
    reply = said(dialogue, text)
    assert reply.status == "unknown" and reply.choices


@pytest.mark.parametrize(
    "text", ["экспо №9", "экспо номер 9", "IX экспо", "9-е экспо", "девятое экспо", "第九届博览会"]
)
def test_an_edition_is_read_in_any_form(dialogue: Dialogue, text: str) -> None:
    assert said(dialogue, text).entry == "event.crexpo.9"


def test_a_button_is_gone_on_from(dialogue: Dialogue) -> None:
    turns = Turns(dialogue)
    turns.entry("c", "event.crexpo.7", Incoming("", NOW, chosen="ru"))
    assert turns.reply("c", Incoming("а следующее?", NOW)).entry == "event.crexpo.8"


def test_an_event_is_remembered_as_long_as_a_question(dialogue: Dialogue) -> None:
    turns = Turns(dialogue)
    turns.reply("c", Incoming("восьмое экспо где было", NOW))
    late = turns.reply("c", Incoming("а предыдущее?", NOW + LASTS + timedelta(minutes=1)))
    assert late.entry != "event.crexpo.7"


def test_another_matter_ends_it(dialogue: Dialogue) -> None:
    reply = said(dialogue, "восьмое экспо где было", "товарооборот за 2023 год", "а предыдущее?")
    assert reply.entry != "event.crexpo.7"


def test_a_command_in_the_middle_leaves_the_form_open(dialogue: Dialogue) -> None:
    reply = said(dialogue, "/visa", "Гражданин России", "/expo event.crexpo.9", "Харбин")
    assert reply.form and reply.form.journey.port == "harbin" and reply.form.step == "purpose"


def test_erasing_everything_ends_the_form(dialogue: Dialogue) -> None:
    turns = Turns(dialogue)
    for line in ("/visa", "/forget"):
        turns.reply("c", Incoming(line, NOW))
    assert turns.form("c") is None
