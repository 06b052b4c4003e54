"""A picture drawn as PNG through vl-convert, set in Noto Sans CJK, with no network and no browser.

Imported only where something is drawn: vl-convert takes 80 MB, and a first drawing most of a second.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import manimgx_fonts_cjk
import vl_convert

from bot.vega import DARK, LIGHT, SMALL, TEXT, TITLE, specification
from handlers.picture import Picture

SCALE = 2.0
_WEIGHT = {TITLE: 0.9, TEXT: 0.5, SMALL: 0.45}
"""The font file's own weight is the thinnest; an outline in the colour of the letters makes it a regular one."""


def prepare() -> None:
    """Load the font and the interpreter inside vl-convert, which takes most of a second once."""
    _fonts()
    vl_convert.vegalite_to_svg({"mark": "point", "data": {"values": []}})


def draw(picture: Picture, *, dark: bool = False) -> bytes:
    """The PNG of a picture. Takes some tenths of a second and lets nothing else of its process run: see ``bot.drawing``."""
    _fonts()
    spec = specification(picture, DARK if dark else LIGHT)
    svg = vl_convert.vegalite_to_svg(spec, format_locale="ru-RU" if picture.lang == "ru" else "zh-CN")
    return vl_convert.svg_to_png(_bolder(svg), scale=SCALE)


@cache
def _fonts() -> None:
    vl_convert.register_font_directory(str(Path(manimgx_fonts_cjk.__file__).parent))


def _bolder(svg: str) -> str:
    """Every text outlined in its own colour, by its size."""

    def outlined(match: re.Match[str]) -> str:
        tag = match[0]
        size, fill = re.search(r'font-size="(\d+)px"', tag), re.search(r'fill="([^"]+)"', tag)
        weight = _WEIGHT.get(int(size[1]), 0.4) if size else 0.4
        return f'<text{match[1]} stroke="{fill[1] if fill else "#000"}" stroke-width="{weight}" stroke-linejoin="round"{match[2]}>'

    return re.sub(r"<text\b([^>]*?)(/?)>", outlined, svg)
