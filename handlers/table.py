"""A row of figures as a text table that fits a telephone, and as a CSV file with units and sources."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers.picture import growth_label, row_scale
from handlers.selection import Row, Selection
from handlers.series_text import slot_label, span_told
from knowledge.catalogue import Catalogue
from knowledge.model import Lang
from knowledge.periods import Bounds, bounds
from locales.catalogues import catalogue
from locales.scales import bare

WIDEST = 34
"""Columns of fixed width that a telephone shows without breaking a line."""
MOST_ROWS = {1: 20, 2: 12}
"""Periods of a table in a message by its number of series, the latest; the file has all."""

BOM = b"\xef\xbb\xbf"
_HEAD = (
    "metric", "title", "period", "first_day", "last_day", "value", "unit", "growth_percent_published",
    "source_publisher", "source_url", "source_date", "note",
)  # fmt: skip


@dataclass(frozen=True)
class Document:
    """A file to be sent or saved."""

    name: str
    content: bytes


def text_table(shown: Sequence[Row], selection: Selection, lang: Lang) -> str:
    """The table: span and unit, periods, figures in full and, for a single series, growth. No line is wider than ``WIDEST``."""
    body = [_columns(shown, lang), *(_cells(code, shown, selection, lang) for code in rows_told(shown, selection))]
    widths = [max(map(width, column)) for column in zip(*body, strict=True)]
    lines = ["  ".join(_padded(cells, widths)).rstrip() for cells in body]
    return "\n".join([*(piece for line in _head(shown, selection, lang) for piece in _wrapped(line)), *lines])


def rows_told(shown: Sequence[Row], selection: Selection) -> list[str]:
    """The slots a table shows: those with a figure, the latest ``MOST_ROWS`` of them, fewer for two series."""
    codes = [code for code in selection.slots if any(code in row.points for row in shown)]
    return codes[-MOST_ROWS[len(shown)] :]


def _head(shown: Sequence[Row], selection: Selection, lang: Lang) -> Iterator[str]:
    say = catalogue(lang).say
    if len(shown) == 1:
        yield say("Shown: {span}, {unit}", span=span_told(selection, lang), unit=row_scale(shown[0], lang).unit)
        return
    yield span_told(selection, lang)
    for number, row in enumerate(shown, 1):
        title = f"{number}: {row.series.title[lang]}"
        yield say("Shown: {span}, {unit}", span=title, unit=row_scale(row, lang).unit)


def _columns(shown: Sequence[Row], lang: Lang) -> list[str]:
    if len(shown) == 1:
        return ["", "", catalogue(lang).say("growth, %")]
    return ["", *(f"{number}:" for number, _ in enumerate(shown, 1))]


def _cells(code: str, shown: Sequence[Row], selection: Selection, lang: Lang) -> list[str]:
    cells = [slot_label(code, selection.grain, lang)]
    for row in shown:
        found = row.points.get(code)
        cells.append(bare(lang, found.value * row_scale(row, lang).factor) if found else "—")
    if len(shown) == 1:
        found = shown[0].points.get(code)
        cells.append(growth_label(shown[0].series, found, lang) if found else "")
    return cells


def width(text: str) -> int:
    """Columns of fixed width a text takes: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _padded(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """Periods to the left, figures to the right."""
    for place, (cell, wide) in enumerate(zip(cells, widths, strict=True)):
        gap = " " * (wide - width(cell))
        yield cell + gap if place == 0 else gap + cell


def _cut(text: str, most: int) -> str:
    while width(text) > most:
        text = text[:-2] + "…"
    return text


def _wrapped(text: str) -> list[str]:
    lines = [""]
    for piece in text.split(" ") if " " in text else list(text):
        glue = " " if " " in text and lines[-1] else ""
        if lines[-1] and width(lines[-1] + glue + piece) > WIDEST:
            lines.append("")
            glue = ""
        lines[-1] += glue + piece
    return [_cut(line, WIDEST) for line in lines]


def csv_file(base: Catalogue, metrics: Sequence[str], span: Bounds | None, lang: Lang, *, excel: bool) -> Document:
    """Every point of the series inside a span, of any grain, as the source has it. ``excel`` puts the mark before it that Excel needs."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_HEAD)
    for metric in metrics:
        writer.writerows(_lines(base, metric, span, lang))
    content = out.getvalue().encode()
    years = f"_{span.first.year}-{span.last.year}" if span else ""
    return Document(f"{'+'.join(metrics)}{years}.csv", BOM + content if excel else content)


def _lines(base: Catalogue, metric: str, span: Bounds | None, lang: Lang) -> Iterator[list[object]]:
    series = base.data.series[metric]
    for period, point in series.points.items():
        days, source = bounds(period), base.data.sources[point.source]
        if span is None or span.covers(days):
            yield [
                metric, series.title[lang], period, days.first, days.last, point.value, series.unit,
                "" if point.yoy is None else point.yoy, source.publisher, source.url, source.day or "", point.note,
            ]  # fmt: skip
