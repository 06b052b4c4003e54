"""Requests to show a series are read in both languages, in any order, and only where every word is understood."""

from __future__ import annotations

import pytest

from knowledge.catalogue import Catalogue
from knowledge.periods import bounds
from knowledge.series_request import Request
from tests.conftest import NOW

TOTAL, OUT, IN = "trade.total", "trade.china_exports", "trade.china_imports"


def read(base: Catalogue, text: str) -> Request:
    return base.requests(base.normalise(text), NOW.date())


@pytest.mark.parametrize(
    ("text", "metrics", "span", "grain", "form"),
    [
        ("покажи график товарооборота с 2015 по 2024", (TOTAL,), "2015..2024", None, "chart"),
        ("товарооборот 2015 2024", (TOTAL,), "2015..2024", None, None),
        ("2024 2015 товарооборот", (TOTAL,), "2015..2024", None, None),
        ("товароборот с 2015", (TOTAL,), "2015..2026", None, None),
        ("画一下中俄贸易额走势", (TOTAL,), None, None, "chart"),
        ("把2015年到2024年的贸易额画成图", (TOTAL,), "2015..2024", None, "chart"),
        ("給我看中俄貿易額的圖表", (TOTAL,), None, None, "chart"),
        ("近五年贸易额图表", (TOTAL,), "2021..2025", None, "chart"),
        ("2025年每月贸易额表格", (TOTAL,), "2025", "month", "table"),
        ("таблица экспорта Китая в Россию по годам", (OUT,), None, "year", "table"),
        ("экспорт и импорт", (OUT, IN), None, None, None),
        ("进口和出口 2018-2025", (OUT, IN), "2018..2025", None, None),
        ("对俄出口和自俄进口对比图", (OUT, IN), None, None, "chart"),
        ("trade.total+trade.balance 2020..2024", (TOTAL, "trade.balance"), "2020..2024", None, None),
        ("нефть по месяцам 2022-01 2024-12", ("energy.crude_oil_imports",), "2022..2024", "month", None),
        ("скачать csv по экспорту автомобилей", ("autos.exports_units",), None, None, "csv"),
        ("товарооборот в юанях", ("trade.total_cny",), None, None, None),
        ("экспорт России в Китай", (IN,), None, None, None),
    ],
)  # fmt: skip
def test_a_request_is_read(
    base: Catalogue, text: str, metrics: tuple[str, ...], span: str | None, grain: str | None, form: str | None
) -> None:
    request = read(base, text)
    assert (request.readings, request.rest) == ((metrics,), ())
    assert (request.span, request.grain, request.form) == (bounds(span) if span else None, grain, form)


@pytest.mark.parametrize(
    "text",
    [
        "график работы посольства", "график движения поездов через забайкальск", "нарисуй график экспорта бананов",
        "таблица пошлин на автомобили", "скачать файл анкеты на визу", "签证表格下载", "карта метро харбина картинка",
        "中国人口走势图", "рисунок паспорта",
    ],
)  # fmt: skip
def test_words_besides_leave_the_request_incomplete(base: Catalogue, text: str) -> None:
    """A picture of something near to what was asked would be wrong: nothing is drawn."""
    request = read(base, text)
    assert request.form
    assert request.rest or not request.readings


def test_whose_exports_is_not_guessed(base: Catalogue) -> None:
    assert read(base, "таблица экспорта по годам").readings == ((OUT,), (IN,))


def test_a_third_country_is_seen(base: Catalogue) -> None:
    assert read(base, "график товарооборота Германии с Китаем").countries == {"DE"}


def test_every_id_is_read_back(base: Catalogue) -> None:
    """The menus show series by id, so each must be read as that series and nothing else."""
    assert [m for m in base.data.series if read(base, m).readings != ((m,),) or read(base, m).rest] == []


def test_names_and_groups_are_of_series_that_exist(base: Catalogue) -> None:
    words = base.requests.words
    assert {name.metric for name in words.names} <= base.data.series.keys()
    for group in words.groups:
        assert any(metric.startswith(group.starts) for metric in base.data.series), group.id
