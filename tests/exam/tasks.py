"""A question with what its answer must hold, how metrics and periods are called, and the clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from babel.dates import get_month_names

from locales.formats import MONTHS_IN
from tests.exam.book import written

CLOCKS = (datetime(2024, 6, 15, tzinfo=UTC), datetime(2025, 3, 1, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC))

NAMES = {
    "trade.total": ("товарооборот России и Китая", "товарооборота России и Китая", "中俄贸易额"),
    "trade.china_exports": ("экспорт Китая в Россию", "экспорта Китая в Россию", "中国对俄出口额"),
    "trade.china_imports": ("импорт Китая из России", "импорта Китая из России", "中国自俄进口额"),
    "trade.balance": ("сальдо торговли России и Китая", "сальдо торговли России и Китая", "俄罗斯对华贸易顺差"),
    "energy.crude_oil_imports": ("импорт российской нефти Китаем", "импорта российской нефти Китаем", "中国自俄原油进口量"),
    "energy.pipeline_gas": ("поставка газа по «Силе Сибири»", "поставки газа по Силе Сибири", "西伯利亚力量输气量"),
    "energy.lng": ("импорт российского СПГ", "импорта российского СПГ", "中国自俄液化天然气进口量"),
    "energy.coal": ("экспорт угля в Китай", "экспорта угля в Китай", "中国自俄煤炭进口量"),
    "energy.electricity": ("экспорт электроэнергии в Китай", "экспорта электроэнергии в Китай", "俄罗斯对华输电量"),
    "metals.gold_value": ("экспорт золота в Китай", "экспорта золота в Китай", "中国自俄黄金进口额"),
    "metals.aluminium_value": ("импорт алюминия из России", "импорта алюминия из России", "中国自俄铝进口额"),
    "electronics.smartphones_value": ("экспорт смартфонов в Россию", "экспорта смартфонов в Россию", "中国对俄智能手机出口额"),
    "trade.total_cny": ("товарооборот России и Китая в юанях", "товарооборота России и Китая в юанях", "以人民币计价的中俄贸易额"),
}  # fmt: skip
"""How the exam calls a metric: Russian nominative and genitive, Chinese."""

_MONTHS = tuple(get_month_names("wide", "stand-alone", "ru").values())


@dataclass(frozen=True)
class Task:
    """A question with what its answer must hold, in order; none where there is no data and no figure may be told."""

    text: str
    lang: str
    now: datetime
    operation: str
    holds: tuple[str, ...]
    metric: str = ""


def said(span: tuple[int, int]) -> tuple[tuple[str, str], tuple[str, ...]]:
    """Ways to say a period: Russian after «за» and after «в», Chinese."""
    year, first, last = span[0] // 12, span[0] % 12, span[1] % 12
    if (first, last) == (0, 11):
        return (f"за {year} год", f"в {year} году"), (f"{year}年", f"{year}年全年")
    if first == last:
        return (f"за {_MONTHS[first]} {year} года", f"в {MONTHS_IN[first]} {year} года"), (
            f"{year}年{first + 1}月",
            f"{year}年{first + 1}月份",
        )
    quarter = last - first == 2 and first % 3 == 0
    if quarter:
        ru = f"за {['первый', 'второй', 'третий', 'четвертый'][first // 3]} квартал {year}"
        zh = f"{year}年{'一二三四'[first // 3]}季度"
    else:
        ru = f"за {_MONTHS[first]}–{_MONTHS[last]} {year} года"
        zh = f"{year}年前{last + 1}个月" if first == 0 else f"{year}年{first + 1}至{last + 1}月"
    return (ru, f"в {MONTHS_IN[first]}-{MONTHS_IN[last]} {year}"), (zh, f"{year}年{first + 1}-{last + 1}月")


def one_year(span: tuple[int, int]) -> bool:
    return span[0] // 12 == span[1] // 12


def rate_of(lang: str, rate: Decimal) -> str:
    return written(lang, abs(rate), "%") + (" %" if lang == "ru" else "%")
