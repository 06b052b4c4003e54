"""A generated exam on the series: template by metric by period by operation, in both languages, under several clocks.

The right answers come from a plain second implementation that reads the CSV files itself and reckons in fractions. It shares no code with
``knowledge``: what both get wrong must be wrong in the files.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

SERIES = Path(__file__).parent.parent / "knowledge" / "series"
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

SHARES = {
    "metals.gold_value": ("золота", "黄金"), "metals.aluminium_value": ("алюминия", "铝"), "energy.crude_oil_imports_value": ("нефти", "原油"),
}  # fmt: skip
LIMITS = {
    "trade.total": (("50 млрд долларов", "500亿美元", 50), ("100 млрд долларов", "1000亿美元", 100), ("двухсот миллиардов", "两千亿美元", 200), ("500 млрд долларов", "5000亿美元", 500)),
    "trade.china_imports": (("100 млрд долларов", "1000亿美元", 100),),
    "energy.crude_oil_imports": (("80 млн тонн", "8000万吨", 80), ("100 млн тонн", "1亿吨", 100)),
    "energy.pipeline_gas": (("20 млрд кубов", "200亿立方米", 20),),
}  # fmt: skip

_MONTHS = ("январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь")
_IN = ("январе", "феврале", "марте", "апреле", "мае", "июне", "июле", "августе", "сентябре", "октябре", "ноябре", "декабре")
_SIZE_ZH = {"USD bn": 10**9, "USD mn": 10**6, "CNY bn": 10**9, "Mt": 10**6, "bcm": 10**9, "kWh bn": 10**9}


@dataclass(frozen=True)
class Row:
    """A line of a series as it stands in the file."""

    value: Decimal
    yoy: Decimal | None


@dataclass(frozen=True)
class Task:
    """A question with what its answer must hold, in order; none where there is no data and no figure may be told."""

    text: str
    lang: str
    now: datetime
    operation: str
    holds: tuple[str, ...]
    metric: str = ""


@dataclass(frozen=True)
class Book:
    """A series read plainly: rows by (first month, last month), each a number of months since year 0."""

    unit: str
    rows: dict[tuple[int, int], Row]

    def year(self, year: int) -> Row | None:
        return self.rows.get((12 * year, 12 * year + 11))

    @property
    def years(self) -> dict[int, Row]:
        return {first // 12: row for (first, last), row in self.rows.items() if last - first == 11 and first % 12 == 0}


def books() -> dict[str, Book]:
    package = json.loads((SERIES / "datapackage.json").read_text("utf-8"))
    return {r["name"]: Book(r["unit"], dict(_rows(SERIES / r["path"]))) for r in package["resources"]}


def _rows(path: Path) -> Iterator[tuple[tuple[int, int], Row]]:
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield _months(row["period"]), Row(Decimal(row["value"]), Decimal(row["yoy"]) if row["yoy"] else None)


def _months(code: str) -> tuple[int, int]:
    first, _, last = code.partition("..")
    if "Q" in first:
        year, quarter = first.split("-Q")
        start = 12 * int(year) + 3 * int(quarter) - 3
        return start, start + 2
    ends = [[int(part) for part in end.split("-")] for end in (first, last or first)]
    (a, *m), (b, *n) = ends
    return 12 * a + (m[0] - 1 if m else 0), 12 * b + (n[0] - 1 if n else 11)


# --- how numbers are written


def written(lang: str, value: Decimal, unit: str) -> str:
    """A number as a reply writes it, without its unit."""
    if lang == "zh":
        value = value * _SIZE_ZH.get(unit, 1)
        for size, name in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")):
            if abs(value) >= size:
                return _plain(value / size).replace("-", "−") + name
        return _plain(value).replace("-", "−")
    whole, _, part = _plain(abs(value)).partition(".")
    grouped = f"{int(whole):,}".replace(",", " ") + (f",{part}" if part else "")
    return ("−" if value < 0 else "") + grouped


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def signed(lang: str, value: Decimal, unit: str) -> str:
    return ("+" if value > 0 else "") + written(lang, value, unit)


# --- reckoning, in fractions


def _ulp(value: Decimal) -> Fraction:
    """The last place of a published value of money or mass."""
    text = f"{value:f}"
    return Fraction(1, 10 ** len(text.partition(".")[2]))


def _near(value: Fraction, to: Fraction) -> Decimal:
    """Rounded to a place, halves away from zero."""
    steps = abs(value) / to
    whole = int(steps) + (1 if steps - int(steps) >= Fraction(1, 2) else 0)
    result = whole * to if value >= 0 else -whole * to
    return Decimal(result.numerator) / Decimal(result.denominator)


def difference(a: Decimal, b: Decimal) -> Decimal:
    return _near(Fraction(b) - Fraction(a), max(_ulp(a), _ulp(b)))


def _band(a: Decimal, b: Decimal) -> tuple[Fraction, Fraction] | None:
    """Between what b / a may lie, given how both are rounded."""
    low = Fraction(a) - _ulp(a) / 2
    if low <= 0 or b < 0:
        return None
    high = Fraction(a) + _ulp(a) / 2
    over = (Fraction(b) - _ulp(b) / 2, Fraction(b) + _ulp(b) / 2)
    ends = [x / y for x in over for y in (low, high)]
    return min(ends), max(ends)


def ratio(a: Decimal, b: Decimal, places: Sequence[Fraction], scale: int = 1, less: int = 0) -> Decimal | None:
    band = _band(a, b)
    if band is None:
        return None
    half = (band[1] - band[0]) / 2 * scale
    place = next((p for p in places if half <= 5 * p), places[-1])
    return _near((Fraction(b) / Fraction(a) - less) * scale, place)


def growth(a: Decimal, b: Decimal) -> Decimal | None:
    return ratio(a, b, (Fraction(1, 10), Fraction(1), Fraction(10), Fraction(100)), 100, 1)


# --- questions


def exam() -> list[Task]:
    """Every question of the exam, no two alike under one clock."""
    read = books()
    found = [task for make in (_values, _relative, _missing, _growths, _changes, _runs, _records, _limits, _shares, _both) for task in make(read)]
    return list({(task.text, task.now): task for task in found}.values())


def said(span: tuple[int, int]) -> tuple[tuple[str, str], tuple[str, ...]]:
    """Ways to say a period: Russian after «за» and after «в», Chinese."""
    year, first, last = span[0] // 12, span[0] % 12, span[1] % 12
    if (first, last) == (0, 11):
        return (f"за {year} год", f"в {year} году"), (f"{year}年", f"{year}年全年")
    if first == last:
        return (f"за {_MONTHS[first]} {year} года", f"в {_IN[first]} {year} года"), (f"{year}年{first + 1}月", f"{year}年{first + 1}月份")
    quarter = last - first == 2 and first % 3 == 0
    ru = f"за {'первый второй третий четвертый'.split()[first // 3]} квартал {year}" if quarter else f"за {_MONTHS[first]}–{_MONTHS[last]} {year} года"
    zh = f"{year}年{'一二三四'[first // 3]}季度" if quarter else f"{year}年前{last + 1}个月" if first == 0 else f"{year}年{first + 1}至{last + 1}月"
    return (ru, f"в {_IN[first]}-{_IN[last]} {year}"), (zh, f"{year}年{first + 1}-{last + 1}月")


def _one_year(span: tuple[int, int]) -> bool:
    return span[0] // 12 == span[1] // 12


def _values(read: dict[str, Book]) -> Iterator[Task]:
    for metric, (nom, gen, zh) in NAMES.items():
        book = read[metric]
        for span, row in book.rows.items():
            if not _one_year(span):
                continue
            ru_periods, zh_periods = said(span)
            for lang, lines in (
                ("ru", (f"{nom} {ru_periods[0]}", f"Какой был {nom} {ru_periods[1]}?", f"{ru_periods[0]} объём {gen}")),
                ("zh", (f"{zh_periods[0]}{zh}", f"{zh_periods[1]}{zh}是多少？", f"请问{zh_periods[0]}的{zh}有多少")),
            ):
                for line in lines:
                    yield Task(line, lang, CLOCKS[2], "value", (written(lang, row.value, book.unit),), metric)


def _relative(read: dict[str, Book]) -> Iterator[Task]:
    words = ((-2, "за позапрошлый год", "前年"), (-1, "за прошлый год", "去年"))
    for now in CLOCKS:
        for metric, (nom, _, zh) in NAMES.items():
            book = read[metric]
            for shift, ru_word, zh_word in words:
                row = book.year(now.year + shift)
                for lang, line in (("ru", f"{nom} {ru_word}"), ("zh", f"{zh_word}{zh}")):
                    yield Task(line, lang, now, "relative", (written(lang, row.value, book.unit),) if row else (), metric)


def _missing(read: dict[str, Book]) -> Iterator[Task]:
    for metric, (nom, _, zh) in NAMES.items():
        for year in (1990, 2001, 2012, 2027):
            for first, last in ((0, 11), (2, 2), (0, 4)):
                span = (12 * year + first, 12 * year + last)
                if span not in read[metric].rows:
                    ru_periods, zh_periods = said(span)
                    yield Task(f"{nom} {ru_periods[0]}", "ru", CLOCKS[2], "missing", ())
                    yield Task(f"{zh_periods[0]}{zh}", "zh", CLOCKS[2], "missing", ())


def _growths(read: dict[str, Book]) -> Iterator[Task]:
    for metric, (_, gen, zh) in NAMES.items():
        book = read[metric]
        for span, row in book.rows.items():
            base = book.rows.get((span[0] - 12, span[1] - 12))
            rate = row.yoy if row.yoy is not None else growth(base.value, row.value) if base else None
            if not _one_year(span) or rate is None:
                continue
            ru_periods, zh_periods = said(span)
            yield Task(f"рост {gen} {ru_periods[0]}", "ru", CLOCKS[2], "growth", (_rate("ru", rate),), metric)
            yield Task(f"{zh_periods[0]}{zh}同比增长多少", "zh", CLOCKS[2], "growth", (_rate("zh", rate),), metric)


def _rate(lang: str, rate: Decimal) -> str:
    return written(lang, abs(rate), "%") + (" %" if lang == "ru" else "%")


def _changes(read: dict[str, Book]) -> Iterator[Task]:
    for metric, (nom, gen, zh) in NAMES.items():
        book, years = read[metric], sorted(read[metric].years)
        for a in years[-12:]:
            for b in (y for y in years[-12:] if y > a):
                low, high = book.years[a], book.years[b]
                rate = high.yoy if b == a + 1 and high.yoy is not None else growth(low.value, high.value)
                change = difference(low.value, high.value)
                for lang, lines in (
                    ("ru", (f"на сколько вырос {nom} с {a} по {b} год", f"{nom} в {b} году по сравнению с {a} годом", f"разница {gen} {a} и {b}")),
                    ("zh", (f"{b}年{zh}比{a}年多多少", f"{a}年到{b}年{zh}增长了多少")),
                ):
                    holds = (signed(lang, change, book.unit), *((signed(lang, rate, "%"),) if rate is not None else ()))
                    for line in lines:
                        yield Task(line, lang, CLOCKS[2], "change", holds)
                times = ratio(low.value, high.value, (Fraction(1, 100), Fraction(1, 10), Fraction(1), Fraction(10)))
                if times is not None and high.value > low.value:
                    yield Task(f"во сколько раз вырос {nom} с {a} по {b}", "ru", CLOCKS[2], "ratio", (f"в {written('ru', times, '')} раз",))
                    yield Task(f"{b}年{zh}是{a}年的几倍", "zh", CLOCKS[2], "ratio", (f"{written('zh', times, '')}倍",))


def _runs(read: dict[str, Book]) -> Iterator[Task]:
    for metric, (nom, gen, zh) in NAMES.items():
        book, years = read[metric], sorted(read[metric].years)
        for a in years[-8:]:
            for b in (y for y in years[-8:] if y > a + 1):
                rows = [book.year(y) for y in range(a, b + 1)]
                values = [row.value for row in rows if row]
                place = max(map(_ulp, values))
                known = len(values) == len(rows)
                total = _near(sum(map(Fraction, values), Fraction(0)), place)
                mean = _near(sum(map(Fraction, values), Fraction(0)) / len(values), place)
                for lang, lines in (
                    ("ru", (f"{nom} с {a} по {b}", f"сумма {gen} с {a} по {b}", f"среднее значение {gen} с {a} по {b} год")),
                    ("zh", (f"{a}年到{b}年{zh}", f"{a}至{b}年{zh}合计", f"{a}至{b}年{zh}年均")),
                ):
                    listed = tuple(written(lang, value, book.unit) for value in values)
                    yield Task(lines[0], lang, CLOCKS[2], "listing", listed)
                    for line, result, kind in ((lines[1], total, "sum"), (lines[2], mean, "average")):
                        yield Task(line, lang, CLOCKS[2], kind, (written(lang, result, book.unit),) if known else ())


def _records(read: dict[str, Book]) -> Iterator[Task]:
    for metric, (nom, gen, zh) in NAMES.items():
        book, years = read[metric], read[metric].years
        if len(years) < 2:
            continue
        for pick, ru_word, zh_word in ((max, "наибольший", "最高"), (min, "наименьший", "最低")):
            year = pick(years, key=lambda y: years[y].value)
            for lang, line in (("ru", f"в каком году {nom} был {ru_word}"), ("zh", f"{zh}哪一年{zh_word}")):
                yield Task(line, lang, CLOCKS[2], "record", (str(year), written(lang, years[year].value, book.unit)))
        for year, row in years.items() if len(years) > 2 else ():
            place = 1 + sum(other.value > row.value for other in years.values())
            yield Task(f"какое место занимает {year} год по объёму {gen}", "ru", CLOCKS[2], "rank", (f"{place}-е место", str(len(years))))
            yield Task(f"{year}年{zh}排第几", "zh", CLOCKS[2], "rank", (f"排第{place}", str(len(years))))


def _limits(read: dict[str, Book]) -> Iterator[Task]:
    for metric, limits in LIMITS.items():
        nom, _, zh = NAMES[metric]
        book = read[metric]
        for ru_limit, zh_limit, limit in limits:
            past = [year for year in sorted(book.years) if book.years[year].value > limit]
            for lang, line in (
                ("ru", f"когда {nom} впервые превысил {ru_limit}"),
                ("ru", f"в каком году {nom} впервые превысил {ru_limit}?"),
                ("zh", f"{zh}哪一年首次突破{zh_limit}"),
                ("zh", f"{zh}什么时候首次超过{zh_limit}"),
            ):
                holds = (str(past[0]), written(lang, book.years[past[0]].value, book.unit)) if past else (written(lang, Decimal(limit), book.unit),)
                yield Task(line, lang, CLOCKS[2], "limit", holds)


def _shares(read: dict[str, Book]) -> Iterator[Task]:
    whole = read["trade.china_imports"]
    for metric, (ru, zh) in SHARES.items():
        for span, row in read[metric].rows.items():
            if span not in whole.rows or not _one_year(span):
                continue
            share = ratio(whole.rows[span].value, row.value, (Fraction(1, 10), Fraction(1), Fraction(10)), 100)
            ru_periods, zh_periods = said(span)
            if share is not None:
                yield Task(f"доля {ru} в импорте Китая из России {ru_periods[0]}", "ru", CLOCKS[2], "share", (_rate("ru", share),))
                yield Task(f"{zh_periods[0]}{zh}占中国自俄进口的比重", "zh", CLOCKS[2], "share", (_rate("zh", share),))


def _both(read: dict[str, Book]) -> Iterator[Task]:
    exports, imports = read["trade.china_exports"], read["trade.china_imports"]
    for span, out in exports.rows.items():
        back = imports.rows.get(span)
        if back is None or not _one_year(span):
            continue
        gap = abs(difference(out.value, back.value))
        ru_periods, zh_periods = said(span)
        for lang, lines in (
            ("ru", (f"что больше, экспорт или импорт Китая {ru_periods[0]}", f"экспорт и импорт Китая {ru_periods[0]}")),
            ("zh", (f"{zh_periods[0]}中国对俄出口和进口差多少", f"{zh_periods[0]}中国对俄出口和进口")),
        ):
            holds = tuple(written(lang, value, "USD bn") for value in (out.value, back.value, gap))
            for line in lines:
                yield Task(line, lang, CLOCKS[2], "versus", holds)
