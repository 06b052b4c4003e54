"""What a picture shows, decided: title, unit, bars or lines, labels, source, words for who cannot see it. Drawn elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from handlers.selection import Row, Selection, rows
from handlers.series_text import cited, slot_label, span_told, told
from knowledge.catalogue import Catalogue
from knowledge.grains import MONTH
from knowledge.model import Lang, Point, Series
from knowledge.rates import yearly
from locales.catalogues import catalogue
from locales.scales import Scale, scale, short, signed

MOST_LABELLED = 12
"""Bars that leave room for a label each at the width of a telephone."""


@dataclass(frozen=True)
class Mark:
    """One figure: its size in the unit of its strip, its label, and its growth where there is room to tell it."""

    value: Decimal
    label: str
    growth: str = ""


@dataclass(frozen=True)
class Strip:
    """One series: what it is, its unit, and a mark for every slot of the picture, None where there is no figure."""

    name: str
    unit: str
    marks: tuple[Mark | None, ...]


@dataclass(frozen=True)
class Picture:
    """Everything a drawing shows, in one language and ready to be told; ``slots`` are the labels along the time axis."""

    kind: Literal["bars", "lines", "paired"]
    lang: Lang
    title: str
    subtitle: str
    slots: tuple[str, ...]
    strips: tuple[Strip, ...]
    source: str
    alt: str


def picture(base: Catalogue, selection: Selection, lang: Lang) -> Picture:
    """The picture of a selection: lines for months, bars for all else, two series side by side."""
    shown, labels = rows(base, selection), selection.slots
    strips = _strips(shown, labels, selection.grain, lang)
    single = len(shown) == 1
    return Picture(
        kind="lines" if selection.grain == MONTH else "bars" if single else "paired",
        lang=lang,
        title=shown[0].series.title[lang] if single else catalogue(lang).say("Two series side by side"),
        subtitle=_subtitle(selection, strips, lang),
        slots=tuple(slot_label(one, selection.grain, lang) for one in labels),
        strips=strips,
        source=cited(base, shown, lang),
        alt=told(shown, selection, lang),
    )


def row_scale(row: Row, lang: Lang) -> Scale:
    """The scale that fits the largest figure of a row."""
    return scale(lang, row.series.unit, max(abs(point.value) for point in row.points.values()))


def growth_label(series: Series, found: Point, lang: Lang) -> str:
    """``+29,3`` as published, ``≈+15,4`` as computed here, nothing where it is not known."""
    known = yearly(series, found)
    return ("≈" if known[1] else "") + signed(lang, known[0]) if known else ""


def _strips(shown: Sequence[Row], labels: Sequence[str], grain: str, lang: Lang) -> tuple[Strip, ...]:
    """Series of one unit are told on one scale, so that they can be held against each other."""
    alone = len(shown) == 1 and grain != MONTH and len(labels) <= MOST_LABELLED
    largest = [max(abs(point.value) for point in row.points.values()) for row in shown]
    if len({row.series.unit for row in shown}) == 1:
        largest = [max(largest)] * len(largest)
    return tuple(
        _strip(row, labels, scale(lang, row.series.unit, size), lang, growing=alone)
        for row, size in zip(shown, largest, strict=True)
    )


def _strip(row: Row, labels: Sequence[str], by: Scale, lang: Lang, *, growing: bool) -> Strip:
    def mark(found: Point | None) -> Mark | None:
        if found is None:
            return None
        value = found.value * by.factor
        return Mark(value, short(lang, value), growth_label(row.series, found, lang) if growing else "")

    return Strip(row.series.title[lang], by.unit, tuple(mark(row.points.get(code)) for code in labels))


def _subtitle(selection: Selection, strips: Sequence[Strip], lang: Lang) -> str:
    say = catalogue(lang).say
    units = dict.fromkeys(strip.unit for strip in strips)
    text = say("Shown: {span}, {unit}", span=span_told(selection, lang), unit=" / ".join(units))
    growths = [mark.growth for strip in strips for mark in strip.marks if mark and mark.growth]
    if growths:
        text += ("; " if lang == "ru" else "；") + say("below: growth on the year before, %")
    return text + ((" " if lang == "ru" else "") + say("(≈ computed)") if any("≈" in one for one in growths) else "")
