"""A picture as a Vega-Lite specification: layout, labels and colours, legible at the width of a telephone, light and dark."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.picture import MOST_LABELLED, Picture, Strip
from handlers.table import width

WIDTH, HEIGHT, PANEL = 560, 300, 170
"""Size of the drawing area in units of which a pixel of the file is half; ``PANEL`` is the height of one of two panels."""
FONT = "Noto Sans CJK SC"
TITLE, TEXT, SMALL = 20, 15, 13
"""Sizes of type; on a telephone about half of the file's width is lost."""
_COLUMNS = {TITLE: 50, TEXT: 65, SMALL: 90}
"""Columns of fixed width that fill a line in each size of type."""
_COLUMN, _APART = 8.5, 10
"""Units a column of a label takes, and units between two labels."""


@dataclass(frozen=True)
class Look:
    """Colours of one theme; the two series differ in lightness too and are told apart by the colour-blind (Okabe and Ito)."""

    paper: str
    ink: str
    faint: str
    rule: str
    series: tuple[str, str]


LIGHT = Look("#ffffff", "#1c2126", "#5b646d", "#dfe3e6", ("#0072b2", "#d55e00"))
DARK = Look("#17212b", "#f0f3f5", "#a9b4bd", "#33414e", ("#56b4e9", "#f0e442"))

Spec = dict[str, Any]


def specification(picture: Picture, look: Look) -> Spec:
    """The Vega-Lite specification of a picture."""
    panels = [picture.strips] if len({strip.unit for strip in picture.strips}) == 1 else [(s,) for s in picture.strips]
    height = HEIGHT if len(panels) == 1 else PANEL
    parts = [_panel(picture, strips, number, height, look) for number, strips in enumerate(panels)]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "title": _title(picture, look),
        "vconcat": [*parts, _footer(picture, look)],
        "spacing": 14,
        "background": look.paper,
        "padding": 16,
        "config": _config(look),
    }


def _title(picture: Picture, look: Look) -> Spec:
    return {
        "text": _wrapped(picture.title, TITLE), "subtitle": _wrapped(picture.subtitle, TEXT), "anchor": "start", "frame": "group", "offset": 14,
        "fontSize": TITLE, "subtitleFontSize": TEXT, "subtitlePadding": 6, "color": look.ink, "subtitleColor": look.faint,
    }  # fmt: skip


def _config(look: Look) -> Spec:
    text = {
        "labelFont": FONT,
        "titleFont": FONT,
        "labelFontSize": TEXT,
        "labelColor": look.ink,
        "labelFontWeight": "normal",
    }
    return {
        "font": FONT,
        "title": {"font": FONT, "subtitleFont": FONT, "fontWeight": "normal", "subtitleFontWeight": "normal"},
        "view": {"stroke": None},
        "axis": {**text, "domainColor": look.faint, "tickColor": look.faint, "gridColor": look.rule},
        "text": {"font": FONT, "fontSize": TEXT, "color": look.ink},
    }


def _panel(picture: Picture, strips: Sequence[Strip], number: int, height: int, look: Look) -> Spec:
    """One drawing area: the series of one unit, their names above where there is more than one in the picture."""
    colours = look.series if len(strips) == 2 else (look.series[number],)
    layers = (
        _lines(picture, strips, colours) if picture.kind == "lines" else _bars(picture, strips, colours, height, look)
    )
    panel: Spec = {
        "width": WIDTH,
        "height": height,
        "data": {"values": _values(picture, strips)},
        "layer": list(layers),
    }
    if len(picture.strips) > 1:
        legend = [_legend(picture, strip, look, colour) for strip, colour in zip(strips, colours, strict=True)]
        return {"vconcat": [*legend, panel], "spacing": 6}
    return panel


def _legend(picture: Picture, strip: Strip, look: Look, colour: str) -> Spec:
    """The name of a series behind a square of its colour, over the whole width."""
    units = len({one.unit for one in picture.strips}) > 1
    lines = _wrapped(f"{strip.name}, {strip.unit}" if units else strip.name, TEXT)
    high = 19 * len(lines)
    return {
        "width": WIDTH, "height": high, "data": {"values": [{}]},
        "layer": [
            {"mark": {"type": "square", "size": 170, "color": colour, "opacity": 1}, "encoding": {"x": {"value": 7}, "y": {"value": 9}}},
            {"mark": {"type": "text", "align": "left", "baseline": "top", "text": lines, "color": look.ink, "lineHeight": 19},
             "encoding": {"x": {"value": 22}, "y": {"value": 0}}},
        ],
    }  # fmt: skip


def _footer(picture: Picture, look: Look) -> Spec:
    lines = _wrapped(picture.source, SMALL)
    mark = {
        "type": "text",
        "align": "left",
        "baseline": "top",
        "text": lines,
        "fontSize": SMALL,
        "color": look.faint,
        "lineHeight": 17,
    }
    return {
        "width": WIDTH, "height": 17 * len(lines), "data": {"values": [{}]},
        "mark": mark, "encoding": {"x": {"value": 0}, "y": {"value": 0}},
    }  # fmt: skip


def _values(picture: Picture, strips: Sequence[Strip]) -> list[Mapping[str, object]]:
    """A row for every slot and series; a missing figure is null, which breaks a line and leaves a bar out."""
    return [
        {
            "slot": slot, "series": number, "value": float(mark.value) if mark else None,
            "label": mark.label if mark else "", "growth": mark.growth if mark else "", "at": place,
        }
        for number, strip in enumerate(strips)
        for place, (slot, mark) in enumerate(zip(picture.slots, strip.marks, strict=True))
    ]  # fmt: skip


def _time(picture: Picture, *, domain: bool = True) -> Spec:
    """The axis of slots: every one in its place, as many labels as fit, the last among them; without a line where bars reach below it."""
    room = _COLUMN * max(map(width, picture.slots)) + _APART
    step = max(1, math.ceil(len(picture.slots) * room / WIDTH))
    axis = {
        "title": None, "labelAngle": 0, "values": list(picture.slots)[::-step], "ticks": False, "labelPadding": 6 if domain else 20, "grid": False,
        "domain": domain,
    }  # fmt: skip
    return {"field": "slot", "type": "ordinal", "sort": None, "scale": {"domain": list(picture.slots)}, "axis": axis}


def _size(picture: Picture, *, axis: bool) -> Spec:
    """The axis of figures, left out where every bar bears its own."""
    number = ",~f" if picture.lang == "ru" else "~f"
    shown = {"title": None, "tickCount": 5, "ticks": False, "domain": False, "format": number} if axis else None
    return {"field": "value", "type": "quantitative", "axis": shown}


def _colour(colours: Sequence[str]) -> Spec:
    if len(colours) == 1:
        return {"value": colours[0]}
    return {"field": "series", "type": "nominal", "scale": {"range": list(colours)}, "legend": None}


def _bars(picture: Picture, strips: Sequence[Strip], colours: Sequence[str], height: int, look: Look) -> Iterator[Spec]:
    """Bars from zero, with their figures where there is room; under them, where known, the growth."""
    labelled = len(picture.slots) * len(strips) <= MOST_LABELLED
    negative = any(mark and mark.value < 0 for strip in strips for mark in strip.marks)
    beside = {"xOffset": {"field": "series", "type": "nominal"}} if len(strips) > 1 else {}
    place = {"x": _time(picture, domain=not negative), "y": _size(picture, axis=not labelled), **beside}
    yield {"mark": {"type": "bar", "cornerRadiusEnd": 2}, "encoding": {**place, "color": _colour(colours)}}
    if negative:
        yield {
            "mark": {"type": "rule", "color": look.faint},
            "encoding": {"y": {"datum": 0, "type": "quantitative", "axis": None}},
        }
    told = list(range(len(picture.slots))) if labelled else _telling(picture, strips)
    for sign, dy in ((">=", -10), *((("<", 11),) if negative else ())):
        yield {
            "transform": [
                {"filter": f"datum.value !== null && datum.value {sign} 0 && indexof({told}, datum.at) >= 0"}
            ],
            "mark": {"type": "text", "dy": dy, "fontSize": TEXT if len(told) * len(strips) <= 10 else SMALL},
            "encoding": {**place, "text": {"field": "label"}},
        }
    if any(mark and mark.growth for strip in strips for mark in strip.marks):
        yield {
            "mark": {"type": "text", "fontSize": SMALL, "color": look.faint},
            "encoding": {
                "x": _time(picture, domain=not negative),
                "y": {"value": height + 36},
                "text": {"field": "growth"},
            },
        }


def _telling(picture: Picture, strips: Sequence[Strip]) -> list[int]:
    """The slots whose figures are told where not all can be: the highest, and the last where no higher bar stands in its way."""
    if len(strips) > 1:
        return []
    found = {place: mark.value for place, mark in enumerate(strips[0].marks) if mark}
    last, highest = max(found), max(found, key=lambda place: found[place])
    room = math.ceil(6 * _COLUMN * len(picture.slots) / WIDTH)
    near = [found[place] for place in range(last - room, last) if place in found]
    return [highest] if any(value > found[last] for value in near) else [highest, last]


def _lines(picture: Picture, strips: Sequence[Strip], colours: Sequence[str]) -> Iterator[Spec]:
    """Lines that break where a figure is missing, a point for every figure, the last one told."""
    place = {"x": _time(picture), "y": _size(picture, axis=True)}
    mark = {"type": "line", "strokeWidth": 2.5, "point": {"size": 45, "filled": True}}
    yield {"mark": mark, "encoding": {**place, "color": _colour(colours)}}
    last = [max(place for place, mark in enumerate(strip.marks) if mark) for strip in strips]
    ends = [strip.marks[at] for strip, at in zip(strips, last, strict=True)]
    lowest = min((end.value for end in ends if end), default=None)
    for number, (at, end) in enumerate(zip(last, ends, strict=True)):
        under = len(strips) > 1 and end is not None and end.value == lowest
        yield {
            "transform": [{"filter": f"datum.series == {number} && datum.at == {at}"}],
            "mark": {"type": "text", "dy": 16 if under else -14, "align": "right", "dx": 8},
            "encoding": {**place, "text": {"field": "label"}},
        }


def _wrapped(text: str, size: int) -> list[str]:
    """Lines that fit the width: broken between words, and where there are none between characters."""
    most = _COLUMNS[size]
    if width(text) <= most:
        return [text]
    if width(text) > 1.3 * len(text):
        at = max(end for end in range(1, len(text)) if width(text[:end]) <= most)
        return [text[:at], *_wrapped(text[at:], size)]
    return textwrap.wrap(text, most, break_long_words=False)
