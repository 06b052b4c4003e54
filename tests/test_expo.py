"""What the calendar answers in words and by /expo, by the clock; what it does not read in full it leaves alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handlers import expo
from handlers.dialogue import Dialogue
from handlers.messages import Attachment, Incoming, Reply
from knowledge.model import Lang
from tests.conftest import NOW


def asked(dialogue: Dialogue, text: str, now: datetime = NOW, lang: Lang | None = None) -> Reply:
    return dialogue.reply(Incoming(text, now, chosen=lang))


def computed(dialogue: Dialogue, text: str) -> Reply | None:
    question = dialogue.base.question(text, NOW.date())
    return expo.reply(dialogue.base, question, question.lang, NOW)


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Когда следующее ЭКСПО", "event.crexpo.10"),
        ("下一届博览会什么时候办", "event.crexpo.10"),
        ("где было последнее экспо", "event.crexpo.9"),
        ("上一届博览会在哪里", "event.crexpo.9"),
        ("第八届在哪办的", "event.crexpo.8"),
        ("где прошло экспо в 2025", "event.crexpo.9"),
        ("сколько было участников в 2025", "event.crexpo.9"),
        ("сколько посетителей было на экспо 2024", "expo.crexpo.8.visitors"),
        ("В каком городе прошло экспо 2019", "event.crexpo.6"),
        ("когда был вэф в 2024 году", "event.eef.9"),
    ],
)
def test_one_event_is_found(dialogue: Dialogue, text: str, entry: str) -> None:
    """By its place in time, its number, its year or city; «экспо» alone is that of the two countries."""
    found = computed(dialogue, text)
    assert found and (found.status, found.entry) == ("answered", entry)


@pytest.mark.parametrize(
    ("now", "entry"),
    [("2025-07-06", "event.crexpo.9"), ("2025-07-08", "event.crexpo.10"), ("2024-05-10", "event.crexpo.8")],
)
def test_next_goes_by_the_clock(dialogue: Dialogue, now: str, entry: str) -> None:
    assert asked(dialogue, "когда следующее экспо", day(now)).entry == entry


@pytest.mark.parametrize(
    ("text", "holds", "lacks"),
    [
        ("что в июле в Екатеринбурге", ["ИННОПРОМ-2025", "IX Российско-Китайское", "даты не объявлены"], ["Харбин"]),
        ("今年下半年有什么展会", ["服贸会", "中国国际进口博览会", "日期未公布"], ["论坛"]),
        ("какие форумы были в 2025 году", ["ВЭФ-2025", "7"], ["ИННОПРОМ", "ВЭФ-2024"]),
        ("форумы во Владивостоке", ["ВЭФ-2026", "объявляли"], ["ПМЭФ"]),
        ("2024年5月哈尔滨有哪些展会", ["第八届中国—俄罗斯博览会", "哈洽会"], ["服贸会"]),
    ],
)
def test_lists(dialogue: Dialogue, text: str, holds: list[str], lacks: list[str]) -> None:
    """A list takes what fits the kind, time and place, names its sources, and is honest about what was only announced."""
    found = computed(dialogue, text)
    assert found and found.status == "answered" and found.sources
    assert [word for word in holds if word not in found.text] == []
    assert [word for word in lacks if word in found.text] == []
    assert len(found.text) <= 900


@pytest.mark.parametrize(
    "text",
    [
        "сколько стоит билет на экспо",
        "какие выставки собак в Харбине",
        "第八届中俄博览会办了多少场活动",
        "какие форумы были в 2024 и 2025 годах",
        "выставка в Токио в мае",
        "кто открывал восьмое экспо",
        "что в Харбине",
        "сколько участников было на выставке в 2025",
        "экспо 2022",
    ],
)
def test_what_is_not_read_in_full_is_left_to_the_search(dialogue: Dialogue, text: str) -> None:
    assert computed(dialogue, text) is None


def test_nothing_found_is_said(dialogue: Dialogue) -> None:
    """An empty month is no fact: the reply says so and offers what there is."""
    found = computed(dialogue, "какие выставки сейчас идут")
    assert found and found.status == "unknown" and [choice.ask for choice in found.choices] == ["/expo", "/expo past"]


def test_editions_are_compared_by_what_they_have_alike(dialogue: Dialogue) -> None:
    for text in ("сравни восьмое и девятое экспо", "сравнить экспо 2024 и 2025"):
        found = asked(dialogue, text)
        assert "17–21 мая 2024" in found.text and "7–10 июля 2025" in found.text
        assert "388" not in found.text


@pytest.mark.parametrize(
    ("now", "line"),
    [
        ("2025-06-01T00:00", "До начала: 36\u00a0дней"),
        ("2025-07-06T18:59", "До начала: 1\u00a0день"),
        ("2025-07-06T19:00", "Идёт: день 1 из 4"),
        ("2025-07-10T18:59", "Идёт: день 4 из 4"),
        ("2025-07-10T19:00", "Завершилось 1\u00a0день назад"),
    ],
)
def test_a_card_counts_days_by_the_clock_of_the_city(dialogue: Dialogue, now: str, line: str) -> None:
    """Yekaterinburg is five hours ahead of Greenwich: the fair opens there at 19:00 of the evening before."""
    assert line.replace("\u00a0", " ") in asked(dialogue, "/expo event.crexpo.9", day(now), "ru").text.replace(
        "\u00a0", " "
    )


def test_a_card_has_a_pin_and_a_file_while_it_is_ahead(dialogue: Dialogue) -> None:
    ahead = asked(dialogue, "/expo event.crexpo.9", day("2025-06-01"))
    assert ahead.attachments == (Attachment("venue", "event.crexpo.9"), Attachment("ics", "event.crexpo.9"))
    over = asked(dialogue, "/expo event.crexpo.9")
    assert over.attachments == (Attachment("venue", "event.crexpo.9"),)
    undated = asked(dialogue, "/expo event.crexpo.10", lang="zh")
    assert undated.attachments == () and "日期未公布" in undated.text and "往届时间" in undated.text


def test_pages_turn_both_ways_and_lose_nothing(dialogue: Dialogue) -> None:
    """Following «дальше» to the end shows every event once; «назад» leads to the page before."""
    seen, ask, asks = [], "/expo past", []
    while ask:
        page = asked(dialogue, ask, lang="ru")
        asks.append(ask)
        seen += [choice.ask for choice in page.choices if choice.ask.startswith("/expo event.")]
        ask = next((choice.ask for choice in page.choices if "Дальше" in choice.label), "")
    assert len(seen) == len(set(seen)) == 60
    back = next(choice.ask for choice in page.choices if "Назад" in choice.label)
    assert asked(dialogue, back, lang="ru").text == asked(dialogue, asks[-2], lang="ru").text


@pytest.mark.parametrize(
    "words", ["Харбин июль", "июль, Харбин", "哈尔滨 七月", "m7 harbin all", "выставки Харбин в июле"]
)
def test_filters_are_read_in_words_and_codes(dialogue: Dialogue, words: str) -> None:
    found = asked(dialogue, f"/expo {words}", lang="ru")
    assert [c.ask for c in found.choices if c.ask.startswith("/expo event.")] == ["/expo event.crexpo.1"]


def test_a_filter_that_is_none_gets_examples(dialogue: Dialogue) -> None:
    for words in ("абракадабра", "2025 2024", "event.gone.1"):
        assert asked(dialogue, f"/expo {words}").status == "unknown"


def test_every_button_fits_telegram(dialogue: Dialogue) -> None:
    for argument in (
        "",
        "past",
        "all",
        "форумы 2025",
        "летом 2025 выставки Екатеринбург",
        *dialogue.base.calendar.events,
    ):
        for choice in asked(dialogue, f"/expo {argument}").choices:
            assert choice.entry or len(f"q:{choice.ask}".encode()) <= 64


def test_a_past_event_is_not_told_twice_as_past(dialogue: Dialogue) -> None:
    told = asked(dialogue, "где прошло экспо в 2025")
    assert told.standing == "ended" and "Мероприятие уже прошло" not in told.text
    announced = dialogue.entry("event.spief.2026", Incoming("", NOW, chosen="ru"))
    assert announced and "миновали" in announced.text
