"""A picture as text for the terminal: one bar a line, drawn by rich, which knows the width of Chinese characters."""

from __future__ import annotations

from decimal import Decimal
from io import StringIO

from rich.bar import Bar
from rich.console import Console
from rich.table import Table
from rich.text import Text

from handlers.picture import Mark, Picture, Strip

NARROWEST, WIDEST = 40, 100
_COLOURS = ("blue", "dark_orange")


def text_chart(picture: Picture, columns: int, *, colours: bool = False) -> str:
    """Lines no wider than ``columns``; ``colours`` for a terminal that shows them."""
    out = StringIO()
    wide = max(NARROWEST, min(columns, WIDEST))
    console = Console(
        file=out, width=wide, force_terminal=colours, no_color=not colours, color_system="256" if colours else None
    )
    console.print(Text(picture.title))
    console.print(Text(picture.subtitle))
    for number, strip in enumerate(picture.strips):
        if len(picture.strips) > 1:
            console.print(Text(f"{strip.name}, {strip.unit}", style=_COLOURS[number]))
        console.print(_rows(picture, strip, _COLOURS[number]))
    return "\n".join(line.rstrip() for line in out.getvalue().rstrip().splitlines())


def _rows(picture: Picture, strip: Strip, colour: str) -> Table:
    """Slots, bars, figures and growth in columns; a missing figure is a dash."""
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    low, high = _ends(strip)
    for slot, mark in zip(picture.slots, strip.marks, strict=True):
        figures = (mark.label, mark.growth) if mark else ("—", "")
        table.add_row(slot, _bar(mark, low, high, colour), *figures)
    return table


def _ends(strip: Strip) -> tuple[Decimal, Decimal]:
    values = [mark.value for mark in strip.marks if mark]
    return min(Decimal(0), *values), max(Decimal(0), *values)


def _bar(mark: Mark | None, low: Decimal, high: Decimal, colour: str) -> Bar | str:
    """From zero to the figure, to the left of zero where it is negative."""
    if mark is None or high == low:
        return ""
    begin, end = sorted((Decimal(0), mark.value))
    return Bar(float(high - low), float(begin - low), float(end - low), color=colour)
