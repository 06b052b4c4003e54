"""Computed figures in words and by command: what is told first, what is refused, and what is said beside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from time import perf_counter
from typing import get_args

import pytest

from bot.channels.telegram_format import outgoing
from handlers import figures
from handlers.dialogue import Dialogue
from handlers.messages import Incoming, Reply
from handlers.render import LONGEST
from knowledge import computed
from knowledge.asked import read_asked
from knowledge.catalogue import Catalogue
from knowledge.compute import compute
from knowledge.model import LANGS
from tests.conftest import NOW

_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})


def ask(dialogue: Dialogue, text: str) -> Reply:
    reply = dialogue.reply(Incoming(text, NOW))
    return replace(reply, text=reply.text.translate(_SPACES))


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("на сколько вырос товарооборот с 2019 по 2021", "2021 год против 2019 года: +36,14 млрд долл., или +32,6 %"),
        ("2022年中俄贸易额比2020年多多少", "2022年比2020年：+825.1亿美元，即+76.6%"),
        ("когда товарооборот впервые превысил 200 млрд долларов", "впервые больше 200 млрд долл. — 2023 год"),
        ("доля нефти в импорте Китая из России в 2020", "Доля, 2020 год: 47,7 %"),
        ("товарооборот 2024 в юанях", "1 740 млрд юаней"),
        ("товарооборот 2010 по данным ФТС", "по данным ФТС России"),
        ("стоимость импорта нефти 2021", "40,29 млрд долл."),
        ("на каком месте 2023 год по товарообороту", "2-е место"),
        ("近五年中俄贸易额", "2021年 — 1468.87亿美元"),
    ],
)
def test_the_first_sentence_is_the_answer(dialogue: Dialogue, text: str, holds: str) -> None:
    reply = ask(dialogue, text)
    assert reply.status == "answered"
    assert holds in reply.text.split("\n")[0]
    assert reply.sources and reply.text.split("\n")[-1].startswith(("Источник", "来源"))


def test_growth_the_source_published_beats_growth_computed_and_a_real_difference_is_told(dialogue: Dialogue) -> None:
    """−6.9 % was published for 2025; the values give −6.8 %."""
    told = ask(dialogue, "на сколько упал товарооборот в 2025 по сравнению с 2024").text
    assert "или −6,9 %" in told and "по самим значениям ряда выходит −6,8 %" in told


def test_a_growth_published_alone_is_told_where_the_base_is_missing(dialogue: Dialogue) -> None:
    told = ask(dialogue, "на сколько вырос импорт СПГ в сентябре 2025 по сравнению с сентябрём 2024")
    assert told.status == "answered" and "+73 %" in told.text


def test_a_part_of_a_year_is_not_compared_with_a_whole_one(dialogue: Dialogue) -> None:
    """Both are told, no growth is, and the same months are offered; the offer works."""
    reply = ask(dialogue, "на сколько вырос товарооборот с 2024 по январь-апрель 2026")
    assert "%" not in reply.text and "рост не посчитан" in reply.text
    assert [choice.ask for choice in reply.choices] == ["/trade trade.total 2024-01..2024-04 2026-01..2026-04"]
    assert "+8,66 млрд долл." in ask(dialogue, reply.choices[0].ask).text


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("уголь 2023", "2022 год"),
        ("экспорт автомобилей 2025", "январь–ноябрь 2025 г."),
        ("товарооборот с начала года", "январь–апрель 2026 г."),
        ("товарооборот в октябре 2026", "январь–апрель 2026 г."),
        ("上半年中俄贸易额", "2026年1月至4月"),
        ("管道天然气2019", "2020年"),
    ],
)
def test_a_missing_point_is_said_to_be_missing_and_the_nearest_offered(
    dialogue: Dialogue, text: str, first: str
) -> None:
    """Never put in its place: the reply states no figure."""
    reply = ask(dialogue, text)
    assert reply.status == "unknown"
    assert reply.choices[0].label.translate(_SPACES) == first
    assert "млрд" not in reply.text and "亿" not in reply.text
    assert all(choice.entry for choice in reply.choices)


@pytest.mark.parametrize(
    "text", ["товарооборот 2023 в рублях", "2023年中俄贸易额是多少欧元", "импорт Китая из России 2024 в юанях"]
)
def test_nothing_is_converted_by_a_rate_that_is_not_in_the_base(dialogue: Dialogue, text: str) -> None:
    reply = ask(dialogue, text)
    assert reply.status == "unknown" and len(reply.choices) == 1


@pytest.mark.parametrize(
    "text",
    [
        "какую долю российский алюминий занимает в китайском импорте за 2025 год",  # Russia's share of China's aluminium
        "двухсторонняя торговля Китая и США в 2023 выросла на сколько",
        "на сколько вырос импорт и экспорт нефти с 2019 по 2021",
        "насколько вырос товарооборот Приморья с Китаем с 2019 по 2021",
        "прогноз товарооборота на 2027",
        "на сколько вырос товарооборот с 2019 по 2021 благодаря электронике",
    ],
)
def test_what_is_not_wholly_read_is_not_computed(base: Catalogue, text: str) -> None:
    question = base.question(text, date(2026, 11, 24))
    assert read_asked(question, base.data.metrics, base.operations) is None


def test_series_by_different_methods_are_told_and_not_compared(dialogue: Dialogue) -> None:
    reply = ask(dialogue, "на сколько вырос экспорт автомобилей с 2023 по 2024")
    assert "по разным методикам" in reply.text and "%" not in reply.text
    assert "более 900 000" in reply.text and "около 1 200 000" in reply.text


def test_no_growth_from_a_base_below_zero(dialogue: Dialogue) -> None:
    """The balance was −1.7 bn in 2017 and positive in 2018: a difference can be told, growth cannot."""
    reply = ask(dialogue, "на сколько изменилось сальдо торговли с 2017 по 2018")
    assert "+12,8" in reply.text and "%" not in reply.text.replace("в процентах", "")


def test_what_entries_tell_in_prose_wins_for_a_single_value(dialogue: Dialogue) -> None:
    assert ask(dialogue, "товарооборот 2023").entry == "trade.total.2023"
    assert ask(dialogue, "последние данные по товарообороту").entry == "trade.latest"
    assert ask(dialogue, "на сколько упали закупки нефти в 2025").entry == "energy.crude.2025"


def test_the_dashboard_names_period_growth_and_publisher_of_every_figure(dialogue: Dialogue) -> None:
    for lang in LANGS:
        reply = dialogue.reply(Incoming("/stats", NOW, chosen=lang))
        shown = dialogue.base.data.tables["groups"]["dashboard"]["series"]
        assert all(dialogue.base.data.series[metric].title[lang] in reply.text for metric in shown)
        assert all(source.publisher in reply.text for source in reply.sources)
        assert len(reply.text) <= LONGEST


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("/trade нефть 2024 vs 2023", "2024 год против 2023 года: +2 млн т, или +1 %"),
        ("/trade 2023 vs 2024 нефть", "2024 год против 2023 года"),
        ("/trade 原油 2024 vs 2023", "2024年比2023年"),
        ("/trade товарооборот", "85,24 млрд долл."),
        ("/trade energy.lng 2025", "9,799 млн т"),
        ("/trade рост экспорта Китая в Россию 2025", "−10,4 %"),
        ("/trade@most_qiao_bot товарооборот 2024", "244,819"),
    ],
)
def test_trade_takes_metric_and_periods_in_any_order_and_language(dialogue: Dialogue, text: str, holds: str) -> None:
    reply = ask(dialogue, text)
    assert reply.status == "answered" and holds in reply.text


def test_the_menu_leads_to_every_series(dialogue: Dialogue) -> None:
    """Bare /trade offers groups, a group its series, a series its newest figure; each fits a Telegram button."""
    met: set[str] = set()
    for group in ask(dialogue, "/trade").choices:
        menu = ask(dialogue, group.ask)
        outgoing(menu)
        for series in menu.choices:
            assert ask(dialogue, series.ask).status == "answered", series
            met.add(series.ask.removeprefix("/trade "))
    assert met == set(dialogue.base.data.series)


def test_a_chart_is_offered_where_there_is_one(dialogue: Dialogue) -> None:
    """No dead button: what a figure offers opens as a chart, and a series of one point offers none."""
    offers = {}
    for metric in dialogue.base.data.series:
        reply = ask(dialogue, f"/trade {metric}")
        offers[metric] = [one.name for one in reply.attachments if one.offered]
        assert all(ask(dialogue, f"/chart {name}").attachments for name in offers[metric]), metric
    assert any(offers.values()) and not all(offers.values())


def test_words_that_name_no_series_get_the_menu(dialogue: Dialogue) -> None:
    reply = ask(dialogue, "/trade чепуха")
    assert reply.status == "unknown" and reply.choices


def test_every_kind_of_answer_can_be_told() -> None:
    assert set(figures.TELLERS) == set(get_args(computed.Computed))


def test_every_title_names_its_own_series(base: Catalogue) -> None:
    """Choices ask by the title of a series, so it must lead back to it, in both languages."""
    for series in base.data.series.values():
        newest = max(series.points)
        for lang, text in (
            ("ru", f"{series.title['ru']} за {newest[:4]} год"),
            ("zh", f"{newest[:4]}年{series.title['zh']}"),
        ):
            asked = read_asked(base.question(text, date(2026, 11, 24)), base.data.metrics, base.operations)
            assert asked is None or asked.metrics[0] == series.metric, (lang, text, asked)


def test_a_figure_is_computed_within_a_millisecond(base: Catalogue) -> None:
    """From the question as read to the value, the median of a hundred; reading is measured by ``make bench``."""
    questions = [base.question(f"товарооборот {year}", date(2026, 11, 24)) for year in range(2013, 2026)]
    times = []
    for question in questions * 8:
        start = perf_counter()
        asked = read_asked(question, base.data.metrics, base.operations)
        assert asked
        compute(asked, base.data.series, base.data.metrics.variants, 2026)
        times.append(perf_counter() - start)
    assert sorted(times)[len(times) // 2] <= 0.001
