"""Questions on one period or two: values, growth, changes, parts of a year, what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tests.exam.book import Book, signed, written
from tests.exam.reckon import difference, growth, ratio
from tests.exam.tasks import CLOCKS, NAMES, Task, one_year, rate_of, said


def values_asked(read: dict[str, Book]) -> Iterator[Task]:
    for metric, (nom, gen, zh) in NAMES.items():
        book = read[metric]
        for span, row in book.rows.items():
            if not one_year(span):
                continue
            ru_periods, zh_periods = said(span)
            for lang, lines in (
                ("ru", (f"{nom} {ru_periods[0]}", f"Какой был {nom} {ru_periods[1]}?", f"{ru_periods[0]} объём {gen}")),
                ("zh", (f"{zh_periods[0]}{zh}", f"{zh_periods[1]}{zh}是多少？", f"请问{zh_periods[0]}的{zh}有多少")),
            ):
                for line in lines:
                    yield Task(line, lang, CLOCKS[2], "value", (written(lang, row.value, book.unit),), metric)


def relative_asked(read: dict[str, Book]) -> Iterator[Task]:
    words = ((-2, "за позапрошлый год", "前年"), (-1, "за прошлый год", "去年"))
    for now in CLOCKS:
        for metric, (nom, _, zh) in NAMES.items():
            book = read[metric]
            for shift, ru_word, zh_word in words:
                row = book.year(now.year + shift)
                for lang, line in (("ru", f"{nom} {ru_word}"), ("zh", f"{zh_word}{zh}")):
                    yield Task(
                        line, lang, now, "relative", (written(lang, row.value, book.unit),) if row else (), metric
                    )


def missing_asked(read: dict[str, Book]) -> Iterator[Task]:
    for metric, (nom, _, zh) in NAMES.items():
        for year in (1990, 2001, 2012, 2027):
            for first, last in ((0, 11), (2, 2), (0, 4)):
                span = (12 * year + first, 12 * year + last)
                if span not in read[metric].rows:
                    ru_periods, zh_periods = said(span)
                    yield Task(f"{nom} {ru_periods[0]}", "ru", CLOCKS[2], "missing", ())
                    yield Task(f"{zh_periods[0]}{zh}", "zh", CLOCKS[2], "missing", ())


def growths_asked(read: dict[str, Book]) -> Iterator[Task]:
    for metric, (_, gen, zh) in NAMES.items():
        book = read[metric]
        for span, row in book.rows.items():
            base = book.rows.get((span[0] - 12, span[1] - 12))
            rate = row.yoy if row.yoy is not None else growth(base.value, row.value) if base else None
            if not one_year(span) or rate is None:
                continue
            ru_periods, zh_periods = said(span)
            yield Task(f"рост {gen} {ru_periods[0]}", "ru", CLOCKS[2], "growth", (rate_of("ru", rate),), metric)
            yield Task(f"{zh_periods[0]}{zh}同比增长多少", "zh", CLOCKS[2], "growth", (rate_of("zh", rate),), metric)


def changes_asked(read: dict[str, Book]) -> Iterator[Task]:
    for metric, (nom, gen, zh) in NAMES.items():
        book, years = read[metric], sorted(read[metric].years)
        for a in years[-12:]:
            for b in (y for y in years[-12:] if y > a):
                low, high = book.years[a], book.years[b]
                rate = high.yoy if b == a + 1 and high.yoy is not None else growth(low.value, high.value)
                change = difference(low.value, high.value)
                for lang, lines in (
                    (
                        "ru",
                        (
                            f"на сколько вырос {nom} с {a} по {b} год",
                            f"{nom} в {b} году по сравнению с {a} годом",
                            f"разница {gen} {a} и {b}",
                        ),
                    ),
                    ("zh", (f"{b}年{zh}比{a}年多多少", f"{a}年到{b}年{zh}增长了多少")),
                ):
                    holds = (signed(lang, change, book.unit), *((signed(lang, rate, "%"),) if rate is not None else ()))
                    for line in lines:
                        yield Task(line, lang, CLOCKS[2], "change", holds)
                times = ratio(low.value, high.value, (Fraction(1, 100), Fraction(1, 10), Fraction(1), Fraction(10)))
                if times is not None and high.value > low.value:
                    yield Task(
                        f"во сколько раз вырос {nom} с {a} по {b}",
                        "ru",
                        CLOCKS[2],
                        "ratio",
                        (f"в {written('ru', times, '')} раз",),
                    )
                    yield Task(f"{b}年{zh}是{a}年的几倍", "zh", CLOCKS[2], "ratio", (f"{written('zh', times, '')}倍",))


def uneven_asked(read: dict[str, Book]) -> Iterator[Task]:
    """A part of a year against a whole one: both are told, no growth is."""
    for metric in ("trade.total", "trade.china_exports", "trade.china_imports", "energy.crude_oil_imports"):
        nom, _, zh = NAMES[metric]
        book = read[metric]
        for span, part in book.rows.items():
            whole = book.year(span[0] // 12 - 1)
            if not whole or not one_year(span) or span[1] - span[0] == 11:
                continue
            (ru, _), (zh_period, _) = said(span)
            year = span[0] // 12 - 1
            holds = (written("ru", part.value, book.unit), written("ru", whole.value, book.unit), "рост не посчитан")
            yield Task(f"сравнить {nom} {ru} и за {year} год", "ru", CLOCKS[2], "uneven", holds)
            zh_holds = (written("zh", part.value, book.unit), written("zh", whole.value, book.unit), "不作比较")
            yield Task(f"{zh_period}{zh}与{year}年相比", "zh", CLOCKS[2], "uneven", zh_holds)


def typos_asked(read: dict[str, Book]) -> Iterator[Task]:
    """Slips, a wrong keyboard layout, Latin letters, words in another order."""
    book = read["trade.total"]
    for year, row in book.years.items():
        value = written("ru", row.value, book.unit)
        for line in (
            f"таварооборот россии и китая {year}",
            f"товарообороот рф и кнр за {year} год",
            f"{year} год китай россия товарооборот сколько",
            f"njdfhjj,jhjn hjccbb b rbnfz pf {year} ujl",
            f"tovarooborot rossii i kitaya za {year} god",
        ):
            yield Task(line, "ru", CLOCKS[2], "typo", (value,), "trade.total")
        yield Task(
            f"兩國貿易額{year}年", "zh", CLOCKS[2], "typo", (written("zh", row.value, book.unit),), "trade.total"
        )


def foreign_money_asked(read: dict[str, Book]) -> Iterator[Task]:
    """A currency that no series is kept in: nothing is converted."""
    for metric in ("trade.total", "trade.china_exports", "energy.crude_oil_imports"):
        nom, _, zh = NAMES[metric]
        for year in list(read[metric].years)[-3:]:
            for ru, zh_word in (("в рублях", "多少卢布"), ("в евро", "多少欧元")):
                yield Task(f"{nom} за {year} год {ru}", "ru", CLOCKS[2], "currency", ())
                yield Task(f"{year}年{zh}是{zh_word}", "zh", CLOCKS[2], "currency", ())
