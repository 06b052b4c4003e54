"""The entry checker as people meet it: verdicts in words, step by step, as data, on the command line, over a restart."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import main
from bot.app import Clock
from bot.channels.telegram_format import outgoing
from bot.channels.telegram_talk import TelegramTalk
from bot.state.sqlite import SqliteStore
from bot.state.store import FORM_DAYS
from handlers import forms, visa
from handlers.conditions import PURPOSE_NAMES
from handlers.dialogue import Dialogue
from handlers.entry_request import RequestError, requested
from handlers.followup import Turn
from handlers.forms import STEPS, Form
from handlers.messages import Incoming, Reply
from handlers.render import LONGEST
from knowledge.catalogue import Catalogue
from knowledge.model import LANGS, Lang
from knowledge.regime import PASSPORTS, PURPOSES
from knowledge.trips import Journey
from tests.conftest import NOW

SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})


def ask(dialogue: Dialogue, text: str, lang: Lang | None = None) -> str:
    return dialogue.reply(Incoming(text, NOW, chosen=lang)).text.translate(SPACES)


def talk(dialogue: Dialogue, *lines: str, now: datetime = NOW) -> list[Reply]:
    """The replies to the lines of one chat."""
    turn: Turn | None = None
    replies = []
    for line in lines:
        reply, turn = dialogue.converse(Incoming(line, now), turn)
        replies.append(reply)
    return replies


def test_the_travellers_of_the_issue(dialogue: Dialogue) -> None:
    """Four to Heihe for twelve days: which single condition each way misses, what is over, documents, where to check, source last."""
    text = ask(dialogue, "нас четверо, 12 дней, в декабре, из Благовещенска в Хэйхэ, нужна ли виза?")
    lines = text.splitlines()
    assert lines[0].startswith(
        "Россия → Китай (Хэйхэ), туризм (цель не названа), 4 человека, 12 дней, въезд 1–31 декабря 2026 г."
    )
    assert "по опубликованным правилам нужна виза" in lines[0]
    for words in (
        "14 сентября 2026",
        "на 1 человека меньше нужных 5",
        "на 2 дня длиннее",
        "Документы:",
        "Проверьте на сегодня",
    ):
        assert words in text
    assert lines[-1].startswith("Источник:")


def test_the_traveller_of_the_issue_in_chinese(dialogue: Dialogue) -> None:
    text = ask(dialogue, "我一个人去符拉迪沃斯托克玩一周")
    for words in ("中国→俄罗斯（符拉迪沃斯托克）", "1人，7天", "电子签证", "比最低5人少4人", "2026年9月14日", "52美元"):
        assert words in text
    assert text.splitlines()[-1].startswith("来源：")


def test_the_date_of_travel_decides_not_today(dialogue: Dialogue) -> None:
    """The waiver's last day and the day after it, asked on one and the same day."""
    spring = datetime(2026, 8, 1, tzinfo=UTC)
    last, after = (
        dialogue.reply(Incoming(f"нас двое, в Пекин на 3 дня {day} сентября 2026, нужна ли виза?", spring)).text
        for day in (12, 15)
    )
    assert "визы не нужно — «Безвиз для россиян в Китай»" in last
    assert "нужна виза" in after and "срок истёк" in after


def test_few_hours_between_flights_name_both_ways(dialogue: Dialogue) -> None:
    """A reply short of room keeps every way that fits: the airport's as well as the ten days'."""
    for text in (
        "лечу в Бангкок через Куньмин, пересадка шесть часов, виза нужна?",
        "еду вдвоём через Пекин в Таиланд, пересадка 9 часов, нужна ли виза?",
    ):
        told = ask(dialogue, text)
        assert "десять дней" in told and "в аэропорту Китая" in told


@pytest.mark.parametrize("lang", LANGS)
def test_every_verdict_can_be_told(base: Catalogue, lang: Lang) -> None:
    """Any purpose, passport, party and stay, in force and after: short enough, no promise, no open placeholder, source last."""
    ways = {(regime.traveller, regime.destination) for regime in base.data.regimes.values()}
    for traveller, destination in ways:
        for purpose in (*PURPOSES, None):
            for party, days, first in (
                (None, None, None),
                (1, 400, date(2026, 3, 1)),
                (60, 3, date(2028, 1, 1)),
                (5, 15, date(2026, 9, 10)),
            ):
                for passport in PASSPORTS if purpose == "business" else (None,):
                    journey = Journey(traveller, destination, purpose, party, days, first, first, passport=passport)
                    reply = visa.verdict(base, journey, lang, NOW)
                    assert len(reply.text) <= LONGEST
                    assert "{" not in reply.text and "None" not in reply.text
                    assert not any(
                        words in reply.text for words in ("можете въехать", "вас пустят", "可以入境", "保证")
                    )
                    assert reply.sources[0].publisher in reply.text.splitlines()[-1]
                    assert outgoing(reply).buttons
    assert PURPOSE_NAMES.keys() == set(PURPOSES)


def test_neighbours_are_one_tap_away(dialogue: Dialogue, base: Catalogue) -> None:
    """Every neighbour named in the vocabulary is an entry, and a verdict offers several and a way to change the journey."""
    table = base.data.tables["trips"]
    named = {entry for row in table["neighbours"].values() for entry in row} | set(table["general"].values())
    assert named <= base.data.entries.keys()
    reply = dialogue.reply(Incoming("нас четверо, 12 дней, в Хэйхэ, нужна ли виза?", NOW))
    assert len([choice for choice in reply.choices if choice.entry]) >= 4
    assert reply.choices[-1].ask == "изменить"


def test_step_by_step(dialogue: Dialogue) -> None:
    """Six steps by buttons or words; the verdict at the end knows all of them."""
    replies = talk(dialogue, "/visa", "Гражданин России", "Хэйхэ", "туризм", "нас четверо", "12", "в декабре")
    assert [reply.form.step if reply.form else None for reply in replies] == [*STEPS, None]
    assert "4 человека, 12 дней, въезд 1–31 декабря 2026" in replies[-1].text.translate(SPACES)
    assert all(reply.status == "chat" for reply in replies[:-1])


def test_every_button_of_every_step_is_understood(dialogue: Dialogue) -> None:
    """In both languages a press of any offered button leads to another step or to the verdict, never back to the same."""
    for lang, start in (("ru", "Гражданин России"), ("zh", "俄罗斯公民")):
        turn: Turn | None = None
        reply, turn = dialogue.converse(Incoming("/visa", NOW, chosen="ru" if lang == "ru" else "zh"), turn)
        while reply.form and reply.form.step:
            step = reply.form.step
            for choice in reply.choices:
                after, _ = dialogue.converse(Incoming(choice.ask, NOW, chosen=reply.lang), turn)
                assert after.form is None or after.form.step != step, (step, choice)
            pressed = start if step == "who" else reply.choices[0].ask
            reply, turn = dialogue.converse(Incoming(pressed, NOW, chosen=reply.lang), turn)
        assert reply.status == "answered"


def test_every_step_can_be_skipped(dialogue: Dialogue) -> None:
    """Skipping all six still gives a verdict that says what it took for granted and what must hold."""
    last = talk(dialogue, "/visa", *["пропустить"] * 6)[-1]
    assert last.status == "answered"
    assert "цель не названа" in last.text and "не меньше 5" in last.text


def test_every_step_can_be_changed(dialogue: Dialogue) -> None:
    """A field is named, asked again, and the verdict is another one; the rest of the journey stays."""
    begun = ("/visa", "Гражданин России", "Китай", "туризм", "4", "12", "сегодня")
    for change, value, words in (
        ("изменить число людей", "5", "5 человек, 12 дней"),
        ("изменить срок", "20 дней", "4 человека, 20 дней"),
        ("изменить дату", "5 мая 2027", "въезд 5 мая 2027"),
        ("изменить цель", "учёба", "учёба, 4 человека"),
        ("изменить, куда", "Гонконг", "Россия → Гонконг"),
    ):
        assert words in talk(dialogue, *begun, change, value)[-1].text.translate(SPACES)


def test_a_form_can_be_cancelled(dialogue: Dialogue) -> None:
    replies = talk(dialogue, "/visa", "отмена", "12")
    assert replies[1].form is None and "Проверку отменил" in replies[1].text
    assert replies[2].form is None


def test_another_question_is_answered_and_the_form_goes_on(dialogue: Dialogue) -> None:
    """The answer keeps its source as the last line; the step that waits stands above it and its buttons below."""
    replies = talk(dialogue, "/visa", "Гражданин России", "сколько стоит виза в китай", "Китай")
    assert replies[2].entry == "travel.cn.visa_fees"
    assert "Куда?" in replies[2].text and replies[2].text.splitlines()[-1].startswith("Источник:")
    assert [choice.ask for choice in replies[2].choices][:1] == ["Китай"]
    assert replies[3].form and replies[3].form.step == "purpose"


def test_what_is_no_answer_is_asked_again(dialogue: Dialogue) -> None:
    reply = talk(dialogue, "/visa", "Гражданин России", "абракадабра")[-1]
    assert reply.form and reply.form.step == "where"
    assert "Не понял" in reply.text


def test_a_verdict_can_be_gone_on_from(dialogue: Dialogue) -> None:
    """«А если нас пятеро?» right after it; once something else was talked about, a number is no longer about the journey."""
    first = "нас четверо, 12 дней, в декабре, в Хэйхэ, нужна ли виза?"
    assert "5 человек, 12 дней" in talk(dialogue, first, "а если нас пятеро?")[-1].text.translate(SPACES)
    assert talk(dialogue, first, "товарооборот за 2023 год", "а за 2024?")[-1].entry == "trade.total.2024"
    assert talk(dialogue, first, "товарооборот за 2023 год", "20 дней")[-1].form is None


def test_a_form_waits_a_day(dialogue: Dialogue) -> None:
    _, turn = dialogue.converse(Incoming("/visa", NOW), None)
    for later, step in ((forms.LASTS, "where"), (forms.LASTS + timedelta(seconds=1), None)):
        reply, _ = dialogue.converse(Incoming("Гражданин России", NOW + later), turn)
        assert (reply.form.step if reply.form else None) == step


def test_a_form_can_be_written_and_read() -> None:
    full = Form(
        Journey("RU", "CN", "tourism", 4, 12, date(2026, 12, 1), date(2026, 12, 31), "heihe", True, "apec"),
        "ru",
        NOW,
        "days",
        ("who",),
    )
    for form in (full, Form(Journey(), "zh", NOW)):
        assert forms.read(forms.written(form)) == form


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"journey": {"hats": 1}, "lang": "ru", "at": "2026-11-24", "step": null, "skipped": []}']
)
def test_a_spoilt_form_is_none(text: str) -> None:
    assert forms.read(text) is None
    good = json.loads(forms.written(Form(Journey(), "ru", NOW, "who")))
    for key, value in (("lang", "en"), ("step", "hats"), ("at", "yesterday"), ("journey", None)):
        assert forms.read(json.dumps({**good, key: value})) is None


async def test_a_form_survives_a_restart(dialogue: Dialogue, clock: Clock, tmp_path: Path) -> None:
    """Half way through, the process ends; another one on the same file goes on with the next step, and forgets the form at the end."""
    url = f"sqlite:///{tmp_path}/state.db"
    for lines in (("/visa", "Гражданин России"), ("Китай", "туризм"), ("4", "12", "в декабре")):
        store = await SqliteStore.open(url)
        fresh = TelegramTalk(dialogue, store, clock)
        for line in lines:
            last = await fresh.text(7, line, "ru")
        kept = await store.form(7)
        await store.close()
        assert (kept is None) == (lines[-1] == "в декабре")
    assert "4 человека, 12 дней" in last.html.translate(SPACES)


async def test_open_forms_are_forgotten(tmp_path: Path) -> None:
    """A form nobody touched goes when another is kept; a chat's own goes when it is done."""
    store = await SqliteStore.open(f"sqlite:///{tmp_path}/state.db")
    today = date(2026, 11, 24)
    await store.keep_form(7, "one", today)
    await store.keep_form(8, "two", today + timedelta(days=FORM_DAYS))
    assert await store.form(7) == "one"
    await store.keep_form(8, None, today + timedelta(days=FORM_DAYS + 1))
    assert [await store.form(chat) for chat in (7, 8)] == [None, None]
    await store.close()


def test_as_data(base: Catalogue) -> None:
    """The shape of POST /api/entry: every regime of the direction once, with verdict, reasons, documents, sources and date."""
    told = {
        "traveller": "RU",
        "destination": "CN",
        "purpose": "tourism",
        "party": 4,
        "days": 12,
        "date": "2026-12-05",
        "port": "Хэйхэ",
    }
    data = visa.as_data(base, requested(base, told), "ru", NOW)
    regimes = {row["id"]: row for row in data["regimes"]}
    assert (
        len(regimes)
        == len(data["regimes"])
        == sum(r.traveller == "RU" and r.destination == "CN" for r in base.data.regimes.values())
    )
    assert {row["verdict"] for row in regimes.values()} <= {"fits", "fails", "ended", "unconfirmed"}
    assert regimes["regime.visa.cn.l"]["verdict"] == "fits" and regimes["regime.visa.cn.l"]["documents"]
    assert regimes["regime.waiver.cn.ru"]["verdict"] == "ended"
    assert regimes["regime.group.ru.cn"]["reasons"] == ["на 1 человека меньше нужных 5"]
    for row in regimes.values():
        assert row["sources"] and row["as_of"] and (row["reasons"] or row["verdict"] == "fits")
    json.dumps(data)


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({}, "traveller is missing"),
        ({"traveller": "RU"}, "destination is missing"),
        ({"traveller": "XX", "destination": "CN"}, "traveller 'XX'"),
        ({"traveller": "CN", "destination": "HK"}, "destination 'HK'"),
        ({"traveller": "RU", "destination": "CN", "purpose": "fun"}, "purpose 'fun'"),
        ({"traveller": "RU", "destination": "CN", "party": 0}, "party 0"),
        ({"traveller": "RU", "destination": "CN", "party": True}, "party True"),
        ({"traveller": "RU", "destination": "CN", "days": "a week"}, "days 'a week'"),
        ({"traveller": "RU", "destination": "CN", "days": 1.5}, "days 1.5"),
        ({"traveller": "RU", "destination": "CN", "date": "2026-02-30"}, "date '2026-02-30'"),
        ({"traveller": "RU", "destination": "CN", "date": 5}, "date 5"),
        ({"traveller": "RU", "destination": "CN", "port": "Mars"}, "port 'Mars'"),
        ({"traveller": "RU", "destination": "CN", "port": "Владивосток"}, "is not in CN"),
        ({"traveller": "RU", "destination": "CN", "transit": "yes"}, "transit 'yes'"),
        ({"traveller": "RU", "destination": "CN", "passport": "blue"}, "passport 'blue'"),
        ({"traveller": "RU", "destination": "CN", "hats": 2}, "unknown field 'hats'"),
    ],
)
def test_a_bad_request_names_what_to_change(base: Catalogue, told: dict[str, object], fault: str) -> None:
    with pytest.raises(RequestError, match=fault):
        requested(base, told)


def test_a_request_takes_what_other_checkers_write(base: Catalogue) -> None:
    plain = {
        "traveller": "ru",
        "destination": "cn",
        "purpose": "private",
        "party": "4",
        "days": "12",
        "transit": None,
        "date": None,
    }
    assert requested(base, plain) == Journey("RU", "CN", "family", 4, 12)


def test_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    """The same verdict as text and as JSON; bad values are one line and exit code 2."""
    wanted = [
        "entry",
        "--traveller",
        "RU",
        "--destination",
        "CN",
        "--party",
        "4",
        "--days",
        "12",
        "--date",
        "2026-12-05",
        "--now",
        "2026-11-24",
    ]
    assert main.main(wanted) == 0
    text = capsys.readouterr().out
    assert main.main([*wanted, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["text"] == text.rstrip("\n")
    assert main.main([*wanted, "--party", "0"]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and "whole number of persons" in error


def test_a_verdict_nobody_looked_at_lately_says_so(base: Catalogue) -> None:
    journey = Journey("RU", "HK", "tourism", 1, 5, date(2028, 1, 5), date(2028, 1, 5))
    late = visa.verdict(base, journey, "ru", replace(Incoming("", NOW), now=datetime(2028, 1, 1, tzinfo=UTC)).now)
    assert late.standing == "overdue" and "могли измениться" in late.text
    assert visa.verdict(base, journey, "ru", NOW).standing == "current"
