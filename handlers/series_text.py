"""What a row of figures says in words: the latest, the whole change, highest and lowest, what is missing, whence it comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from handlers.render import source_line
from handlers.selection import Row, Selection
from knowledge.catalogue import Catalogue
from knowledge.grains import MONTH, QUARTER, YEAR, grain_of, slot_period
from knowledge.model import Lang, Point, Series, Source
from knowledge.periods import bounds
from knowledge.rates import by_values, yearly
from locales import formats
from locales.catalogues import catalogue
from locales.scales import slot

_MOST_GAPS = 4
"""Missing periods told one by one; more are counted."""


def told(shown: Sequence[Row], selection: Selection, lang: Lang) -> str:
    """A paragraph on one or two rows. The first sentence says what is shown and where it stands."""
    sentences = [sentence for row in shown for sentence in _row(row, selection, lang)]
    if selection.trimmed:
        sentences.append(catalogue(lang).say("No figures for the rest of what was asked."))
    return formats.joined(lang, [*sentences, *_together(shown, lang)])


def _row(row: Row, selection: Selection, lang: Lang) -> Iterator[str]:
    yield _latest(row, selection, lang)
    yield from _change(row, lang)
    if selection.grain == MONTH or len(row.points) > 4:
        yield from _extremes(row, lang)
    yield from _gaps(row, selection, lang)
    if selection.open:
        yield from _newer(row, selection, lang)


def _latest(row: Row, selection: Selection, lang: Lang) -> str:
    """What is shown and its latest figure, with the growth as published, or marked as computed."""
    say, title, span = catalogue(lang).say, row.series.title[lang], span_told(selection, lang)
    value, period = formats.amount(lang, row.latest.value, row.series.unit), period_told(row.latest, lang)
    known = yearly(row.series, row.latest)
    if known is None:
        return say(
            "Row: {title}, {span}; latest {value} ({period}).", title=title, span=span, value=value, period=period
        )
    rate = percent(lang, known[0])
    if known[1]:
        return say("Row: {title}, {span}; latest {value} ({period}, computed growth {growth}).",
                   title=title, span=span, value=value, period=period, growth=rate)  # fmt: skip
    return say("Row: {title}, {span}; latest {value} ({period}, growth {growth}).",
               title=title, span=span, value=value, period=period, growth=rate)  # fmt: skip


def _change(row: Row, lang: Lang) -> Iterator[str]:
    """From the first figure to the last, computed; nothing for shares, ranks and a balance."""
    first = row.points[min(row.points)]
    known = by_values(row.series, first, row.latest) if first is not row.latest else None
    if known is not None:
        yield catalogue(lang).say(
            "Over the span {growth}, computed from {first} ({since}).",
            growth=percent(lang, known),
            first=formats.amount(lang, first.value, row.series.unit),
            since=period_told(first, lang),
        )


def _extremes(row: Row, lang: Lang) -> Iterator[str]:
    """The highest and lowest, where they are not the ends of the row, which are told already."""
    if row.series.unit == "rank":
        return
    ends = (row.points[min(row.points)], row.latest)
    for message, pick in (("Highest: {value} ({period}).", max), ("Lowest: {value} ({period}).", min)):
        found = pick(row.points.values(), key=lambda point: point.value)
        if found not in ends:
            amount = formats.amount(lang, found.value, row.series.unit)
            yield catalogue(lang).say(message, value=amount, period=period_told(found, lang))


def _gaps(row: Row, selection: Selection, lang: Lang) -> Iterator[str]:
    gaps = [code for code in selection.slots if code not in row.points]
    if 0 < len(gaps) <= _MOST_GAPS:
        names = ", " if lang == "ru" else "、"
        told_gaps = names.join(slot_label(code, selection.grain, lang) for code in gaps)
        yield catalogue(lang).say("No figures for {periods}.", periods=told_gaps)
    elif gaps:
        yield catalogue(lang).say("No figures for {gaps} of {all} periods.", gaps=len(gaps), all=len(selection.slots))


def _newer(row: Row, selection: Selection, lang: Lang) -> Iterator[str]:
    """A figure for part of a year that is fresher than the row, told apart since it cannot stand in it."""
    if selection.grain != YEAR:
        return
    last = bounds(row.latest.period).last
    later = [p for p in row.series.points.values() if bounds(p.period).first > last and grain_of(p.period)]
    if later:
        found = max(later, key=lambda p: (bounds(p.period).last, -bounds(p.period).first.toordinal()))
        amount = formats.amount(lang, found.value, row.series.unit)
        yield catalogue(lang).say(
            "Fresher, part of a year: {period}, {value}.", period=period_told(found, lang), value=amount
        )


def _together(shown: Sequence[Row], lang: Lang) -> Iterator[str]:
    """Two series counted by different offices or in different ways must not be held against each other blindly."""
    if (
        len(shown) == 2
        and len({row.series.unit for row in shown}) == 1
        and len({row.series.method for row in shown}) == 2
    ):
        yield catalogue(lang).say("Counted in different ways.")


def span_told(selection: Selection, lang: Lang) -> str:
    """``2015–2025 годы``; for the same months of several years these too."""
    first, last = (bounds(slot_period(code, selection.grain)) for code in (selection.first, selection.last))
    if selection.grain in (YEAR, MONTH):
        return formats.period(lang, first.first, last.last)
    if selection.grain == QUARTER:
        return f"{slot_label(selection.first, QUARTER, lang)} – {slot_label(selection.last, QUARTER, lang)}"
    months = formats.months(lang, first.first.month, last.last.month)
    years = selection.first if selection.first == selection.last else f"{selection.first}–{selection.last}"
    return catalogue(lang).say("{months} of {years}", months=months, years=years)


def slot_label(code: str, grain: str, lang: Lang) -> str:
    """A slot as an axis or a column names it; the months of a grain such as ``01-06`` are told elsewhere."""
    days = bounds(slot_period(code, grain))
    return slot(lang, days.first, days.last) if grain in (YEAR, QUARTER, MONTH) else code


def period_told(found: Point, lang: Lang) -> str:
    days = bounds(found.period)
    return formats.period(lang, days.first, days.last)


def percent(lang: Lang, value: Decimal) -> str:
    return ("+" if value > 0 else "") + formats.amount(lang, value, "%")


def sources(base: Catalogue, shown: Sequence[Row]) -> tuple[Source, ...]:
    """Every source of the figures, that of the latest first."""
    points = sorted(
        (p for row in shown for p in row.points.values()), key=lambda p: bounds(p.period).last, reverse=True
    )
    return tuple(base.data.sources[key] for key in dict.fromkeys(point.source for point in points))


def cited(base: Catalogue, shown: Sequence[Row], lang: Lang) -> str:
    """The last line: publisher and date of the latest figure, and how many publications stand behind the others."""
    found = sources(base, shown)
    line = source_line(lang, found[:1], None, looked_at(base))
    more = len(found) - 1
    if not more:
        return line
    return line + catalogue(lang).count("; {n} more publication", "; {n} more publications", more, n=more)


def looked_at(base: Catalogue) -> date:
    """The day the newest entry was looked at stands for the series, which are curated with them."""
    return max(entry.checked for entry in base.data.entries.values())


def only_points(series: Series, lang: Lang) -> str:
    """The few figures of a series that cannot make a row."""
    found = [f"{period_told(p, lang)} — {formats.amount(lang, p.value, series.unit)}" for p in series.points.values()]
    return ("; " if lang == "ru" else "；").join(found[-6:])
