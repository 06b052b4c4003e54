"""Questions on runs of years and on two series: sums, records, limits, shares, trends."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from tests.exam.book import Book, written
from tests.exam.reckon import difference, near, ratio, ulp
from tests.exam.tasks import CLOCKS, NAMES, Task, one_year, rate_of, said

SHARES = {
    "metals.gold_value": ("золота", "黄金"), "metals.aluminium_value": ("алюминия", "铝"), "energy.crude_oil_imports_value": ("нефти", "原油"),
}  # fmt: skip

LIMITS = {
    "trade.total": (
        ("50 млрд долларов", "500亿美元", 50), ("100 млрд долларов", "1000亿美元", 100), ("двухсот миллиардов", "两千亿美元", 200),
        ("500 млрд долларов", "5000亿美元", 500),
    ),
    "trade.china_imports": (("100 млрд долларов", "1000亿美元", 100),),
    "energy.crude_oil_imports": (("80 млн тонн", "8000万吨", 80), ("100 млн тонн", "1亿吨", 100)),
    "energy.pipeline_gas": (("20 млрд кубов", "200亿立方米", 20),),
}  # fmt: skip


def runs_asked(read: dict[str, Book]) -> Iterator[Task]:
    for metric, (nom, gen, zh) in NAMES.items():
        book, years = read[metric], sorted(read[metric].years)
        for a in years[-8:]:
            for b in (y for y in years[-8:] if y > a + 1):
                rows = [book.year(y) for y in range(a, b + 1)]
                values = [row.value for row in rows if row]
                place = max(map(ulp, values))
                known = len(values) == len(rows)
                total = near(sum(map(Fraction, values), Fraction(0)), place)
                mean = near(sum(map(Fraction, values), Fraction(0)) / len(values), place)
                for lang, lines in (
                    (
                        "ru",
                        (
                            f"{nom} с {a} по {b}",
                            f"сумма {gen} с {a} по {b}",
                            f"среднее значение {gen} с {a} по {b} год",
                        ),
                    ),
                    ("zh", (f"{a}年到{b}年{zh}", f"{a}至{b}年{zh}合计", f"{a}至{b}年{zh}年均")),
                ):
                    listed = tuple(written(lang, value, book.unit) for value in values)
                    yield Task(lines[0], lang, CLOCKS[2], "listing", listed)
                    for line, result, kind in ((lines[1], total, "sum"), (lines[2], mean, "average")):
                        yield Task(line, lang, CLOCKS[2], kind, (written(lang, result, book.unit),) if known else ())


def records_asked(read: dict[str, Book]) -> Iterator[Task]:
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
            yield Task(
                f"какое место занимает {year} год по объёму {gen}",
                "ru",
                CLOCKS[2],
                "rank",
                (f"{place}-е место", str(len(years))),
            )
            yield Task(f"{year}年{zh}排第几", "zh", CLOCKS[2], "rank", (f"排第{place}", str(len(years))))


def limits_asked(read: dict[str, Book]) -> Iterator[Task]:
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
                holds = (
                    (str(past[0]), written(lang, book.years[past[0]].value, book.unit))
                    if past
                    else (written(lang, Decimal(limit), book.unit),)
                )
                yield Task(line, lang, CLOCKS[2], "limit", holds)


def shares_asked(read: dict[str, Book]) -> Iterator[Task]:
    whole = read["trade.china_imports"]
    for metric, (ru, zh) in SHARES.items():
        for span, row in read[metric].rows.items():
            if span not in whole.rows or not one_year(span):
                continue
            share = ratio(whole.rows[span].value, row.value, (Fraction(1, 10), Fraction(1), Fraction(10)), 100)
            ru_periods, zh_periods = said(span)
            if share is not None:
                yield Task(
                    f"доля {ru} в импорте Китая из России {ru_periods[0]}",
                    "ru",
                    CLOCKS[2],
                    "share",
                    (rate_of("ru", share),),
                )
                yield Task(
                    f"{zh_periods[0]}{zh}占中国自俄进口的比重", "zh", CLOCKS[2], "share", (rate_of("zh", share),)
                )


def both_asked(read: dict[str, Book]) -> Iterator[Task]:
    exports, imports = read["trade.china_exports"], read["trade.china_imports"]
    for span, out in exports.rows.items():
        back = imports.rows.get(span)
        if back is None or not one_year(span):
            continue
        gap = abs(difference(out.value, back.value))
        ru_periods, zh_periods = said(span)
        for lang, lines in (
            (
                "ru",
                (f"что больше, экспорт или импорт Китая {ru_periods[0]}", f"экспорт и импорт Китая {ru_periods[0]}"),
            ),
            ("zh", (f"{zh_periods[0]}中国对俄出口和进口差多少", f"{zh_periods[0]}中国对俄出口和进口")),
        ):
            holds = tuple(written(lang, value, "USD bn") for value in (out.value, back.value, gap))
            for line in lines:
                yield Task(line, lang, CLOCKS[2], "versus", holds)


def trends_asked(read: dict[str, Book]) -> Iterator[Task]:
    for metric, (_, gen, zh) in NAMES.items():
        book, years = read[metric], sorted(read[metric].years)
        for a in years[-6:-2]:
            run = [year for year in years if year >= a]
            steps = [(book.years[y - 1].value, book.years[y].value) for y in run if y - 1 in run]
            rose, fell = sum(x < y for x, y in steps), sum(x > y for x, y in steps)
            ends = [
                written(lang, book.years[year].value, book.unit) for lang in ("ru", "zh") for year in (run[0], run[-1])
            ]
            yield Task(
                f"динамика {gen} с {a} по {run[-1]} год",
                "ru",
                CLOCKS[2],
                "trend",
                (*ends[:2], f"рост — {rose}, снижение — {fell}"),
            )
            yield Task(
                f"{a}年到{run[-1]}年{zh}走势", "zh", CLOCKS[2], "trend", (*ends[2:], f"上升{rose}次，下降{fell}次")
            )


def newest_asked(read: dict[str, Book]) -> Iterator[Task]:
    for metric, (nom, _, zh) in NAMES.items():
        book = read[metric]
        row = book.rows[max(book.rows, key=lambda span: (span[1], -span[0]))]
        year = book.years[max(book.years)] if book.years else None
        for lang, line in (("ru", f"последние данные: {nom}"), ("zh", f"最新{zh}")):
            yield Task(line, lang, CLOCKS[2], "newest", (written(lang, row.value, book.unit),), metric)
        for lang, line in (
            (("ru", f"{nom} в среднем в месяц в {max(book.years)} году"), ("zh", f"{max(book.years)}年{zh}月均"))
            if year
            else ()
        ):
            monthly = near(Fraction(year.value) / 12, ulp(year.value)) if year else Decimal(0)
            yield Task(line, lang, CLOCKS[2], "monthly", (written(lang, monthly, book.unit),))
