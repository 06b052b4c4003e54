"""Pictures: decided from the points, drawn alike every time, quickly, beside other chats, and only where one is asked for."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from bot import drawing
from bot.app import ROOT, Clock
from bot.channels.enclosures import Drawing
from bot.channels.telegram_media import MediaDesk
from bot.channels.telegram_talk import TelegramTalk
from bot.drawing import Drawer, DrawingError
from bot.text_chart import text_chart
from bot.vega import DARK, LIGHT, WIDTH, specification
from handlers import series
from handlers.dialogue import Dialogue
from handlers.picture import Picture
from handlers.table import width
from knowledge.catalogue import Catalogue
from knowledge.model import LANGS, Lang
from tests.doubles import MemoryStore

GOLDEN = Path(__file__).parent / "pictures"
NAMES = {
    "bars": "trade.total:2015..2024",
    "lines": "trade.total:2023-03..2024-08",
    "paired": "trade.china_exports+trade.china_imports:2016..2025",
    "panels": "energy.crude_oil_imports+energy.pipeline_gas:2019..2025",
    "negative": "trade.balance:2016..2020",
}
TOLERANCE = 6.0
"""Grey levels, of 255, by which the mean of any tile may differ after a slight blur. Measured: the sixteen colours of the kept files
make 2, one digit of a label that is another 8 to 24, a label that is lost 48 to 70, a bar or point one twentieth too high 60 to 255."""
TILE = 8


def shown(base: Catalogue, kind: str, lang: Lang) -> Picture:
    found = series.picture_named(base, NAMES[kind], lang)
    assert found
    return found


@pytest.fixture
async def drawer() -> AsyncIterator[Drawer]:
    one = Drawer()
    yield one
    one.close()


def difference(one: bytes, other: bytes) -> float:
    """How far two pictures are apart where they differ most, as the eye has it: in grey, at half the size, blurred, tile by tile.

    Pictures of other sizes are far apart.
    """
    first, second = (Image.open(BytesIO(png)).convert("L") for png in (one, other))
    if first.size != second.size:
        return 255.0
    half = (first.width // 2, first.height // 2)
    blurred = [image.resize(half).filter(ImageFilter.GaussianBlur(1)) for image in (first, second)]
    tiles = ImageChops.difference(*blurred).resize((half[0] // TILE, half[1] // TILE), Image.Resampling.BOX)
    return float(ImageStat.Stat(tiles).extrema[0][1])


def test_a_picture_tells_what_the_points_say(base: Catalogue) -> None:
    """Figures in the unit of the axis, rounded on the label only; growth as published or marked as computed."""
    picture = shown(base, "bars", "zh")
    marks = dict(zip(picture.slots, picture.strips[0].marks, strict=True))
    told = marks["2023"]
    assert told and (told.value, told.label, told.growth) == (Decimal("2401.1"), "2401", "+26.3")
    assert picture.strips[0].unit == "亿美元"
    assert "≈" in str(marks["2018"])
    assert "2024年9月" not in picture.source
    assert picture.alt.startswith("中俄货物贸易总额，2015至2024年")


def test_a_missing_figure_is_no_mark(base: Catalogue) -> None:
    picture = shown(base, "paired", "ru")
    assert picture.slots[5] == "2021"
    assert [strip.marks[5] for strip in picture.strips] == [None, None]
    values = [row["value"] for row in rows_of(specification(picture, LIGHT)) if row["slot"] == "2021"]
    assert values == [None, None]


def rows_of(spec: Any) -> list[Any]:
    """Every data row of a specification, wherever it stands."""
    if isinstance(spec, dict):
        own = spec.get("data", {}).get("values", []) if isinstance(spec.get("data"), dict) else []
        return [row for row in own if "slot" in row] + [row for part in spec.values() for row in rows_of(part)]
    return [row for part in spec for row in rows_of(part)] if isinstance(spec, list) else []


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_can_be_told_apart(look: Any) -> None:
    """Text stands out by 4.5 to 1, bars by 3 to 1 or, against each other, by their lightness (WCAG's measure of contrast)."""
    assert contrast(look.ink, look.paper) >= 4.5
    assert contrast(look.faint, look.paper) >= 4.5
    assert all(contrast(colour, look.paper) >= 3 for colour in look.series)
    assert contrast(*look.series) >= 1.1


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("kind", NAMES)
@pytest.mark.parametrize("lang", LANGS)
async def test_as_in_the_golden_picture(base: Catalogue, drawer: Drawer, kind: str, lang: Lang) -> None:
    """One of each kind in each language, Chinese in the dark. `PICTURES=write` draws them anew: look at every one."""
    png = await drawer.png(shown(base, kind, lang), dark=lang == "zh")
    golden = GOLDEN / f"{kind}.{lang}.png"
    if os.environ.get("PICTURES") == "write":
        golden.write_bytes(small(png))
    assert difference(small(png), golden.read_bytes()) < TOLERANCE


def small(png: bytes) -> bytes:
    """A golden picture as it is kept: full size, sixteen colours."""
    out = BytesIO()
    Image.open(BytesIO(png)).convert("RGB").quantize(16).save(out, "PNG", optimize=True)
    return out.getvalue()


async def test_the_comparison_sees_a_wrong_bar_and_a_lost_label(base: Catalogue, drawer: Drawer) -> None:
    """The tolerance is far below what a wrong figure makes."""
    picture = shown(base, "bars", "ru")
    strip = picture.strips[0]
    last = strip.marks[-1]
    assert last
    higher = replace(
        picture, strips=(replace(strip, marks=(*strip.marks[:-1], replace(last, value=last.value * Decimal("1.05")))),)
    )
    bare = replace(picture, strips=(replace(strip, marks=tuple(m and replace(m, label="") for m in strip.marks)),))
    other = replace(picture, strips=(replace(strip, marks=(*strip.marks[:-1], replace(last, label="344,8"))),))
    right = await drawer.png(picture)
    assert difference(small(right), right) < TOLERANCE
    for wrong in (higher, bare, other):
        assert difference(right, await drawer.png(wrong)) > TOLERANCE


async def test_it_is_legible_at_the_width_of_a_telephone(base: Catalogue, drawer: Drawer) -> None:
    """Wide enough for a sharp telephone, no wider than it shows, nothing cut at the edges: a margin of paper all round."""
    for kind in NAMES:
        for lang in LANGS:
            image = Image.open(BytesIO(await drawer.png(shown(base, kind, lang)))).convert("RGB")
            assert 2 * WIDTH <= image.width <= 2 * WIDTH + 260
            edge = {image.getpixel((x, y)) for x in (0, 8, image.width - 9) for y in range(image.height)}
            edge |= {image.getpixel((x, y)) for y in (0, 8, image.height - 9) for x in range(image.width)}
            assert edge == {(255, 255, 255)}, (kind, lang)


async def test_a_fresh_picture_takes_a_second_and_a_kept_one_no_time(base: Catalogue, drawer: Drawer) -> None:
    """The best of three, since other work may hold the processor; the process that draws is started with the bot."""
    drawer.warm()
    await drawer.png(shown(base, "lines", "ru"))
    fresh, kept = [], []
    for dark in (False, True):
        for lang in LANGS:
            picture = shown(base, "bars", lang)
            fresh.append(await seconds(drawer, picture, dark=dark))
            kept.append(await seconds(drawer, picture, dark=dark))
    assert min(fresh) <= 1.0
    assert min(kept) <= 0.005


async def seconds(drawer: Drawer, picture: Picture, *, dark: bool) -> float:
    start = perf_counter()
    await drawer.png(picture, dark=dark)
    return perf_counter() - start


async def test_another_chat_is_answered_meanwhile(dialogue: Dialogue, clock: Clock, drawer: Drawer) -> None:
    """While a picture is drawn for one chat, ten questions of another are answered, each in a tenth of a second."""
    store = MemoryStore()
    talk, desk = TelegramTalk(dialogue, store, clock), MediaDesk(store, drawer)
    asked = await talk.text(7, "/chart товарооборот 2010 2023", "ru")
    [drawing] = asked.enclosures
    assert isinstance(drawing, Drawing)
    picture = asyncio.ensure_future(desk.ready(drawing))
    times = []
    for year in range(2014, 2024):
        await asyncio.sleep(0)
        start = perf_counter()
        answer = await talk.text(8, f"товарооборот за {year} год", "ru")
        times.append(perf_counter() - start)
        assert "млрд долл" in answer.html
        assert not picture.done()
    media = await picture
    assert media and media.content.startswith(b"\x89PNG")
    assert sorted(times)[len(times) // 2] < 0.1


async def test_the_same_picture_is_drawn_once(base: Catalogue, drawer: Drawer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked for by many at a time, too; and no more are kept than fit."""
    drawn: list[str] = []

    async def draw(self: Drawer, key: str, picture: Picture, *, dark: bool) -> bytes:
        drawn.append(key)
        await asyncio.sleep(0.01)
        return b"png"

    monkeypatch.setattr(Drawer, "_draw", draw)
    picture = shown(base, "bars", "ru")
    assert await asyncio.gather(*(drawer.png(picture) for _ in range(20))) == [b"png"] * 20
    assert len(drawn) == 1


async def test_memory_and_waiting_are_bounded(base: Catalogue, drawer: Drawer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "MOST_KEPT", 2)
    monkeypatch.setattr(drawing, "MOST_WAITING", 3)
    pictures = [replace(shown(base, "bars", "ru"), title=str(number)) for number in range(4)]
    told = await asyncio.gather(*map(drawer.png, pictures), return_exceptions=True)
    assert [isinstance(one, DrawingError) for one in told] == [False, False, False, True]
    assert len(drawer._kept) == 2


async def test_a_dead_drawing_process_is_replaced(base: Catalogue, drawer: Drawer) -> None:
    """The picture under way is lost, the next is drawn by a fresh process."""
    await drawer.png(shown(base, "lines", "ru"))
    pool = drawer._executor()
    with pytest.raises(BrokenProcessPool):
        await asyncio.get_running_loop().run_in_executor(pool, os._exit, 1)
    with pytest.raises(DrawingError):
        await drawer.png(shown(base, "bars", "ru"))
    assert (await drawer.png(shown(base, "bars", "ru"))).startswith(b"\x89PNG")


def test_who_asks_no_picture_loads_no_drawing() -> None:
    """Questions, the chart commands among them, are answered without vl-convert, its font, rich or a new process."""
    program = """
import sys
from datetime import UTC, datetime
from bot.app import build_dialogue
from handlers.messages import Incoming
reply = build_dialogue().reply(Incoming("/chart trade.total", datetime(2026, 11, 24, tzinfo=UTC)))
assert reply.attachments
print(sorted({"vl_convert", "manimgx_fonts_cjk", "rich", "multiprocessing", "PIL"} & sys.modules.keys()))
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.parametrize("kind", NAMES)
@pytest.mark.parametrize("lang", LANGS)
def test_the_text_chart_fits_its_terminal(base: Catalogue, kind: str, lang: Lang) -> None:
    """At any width no line is longer, and every figure of the picture stands in it."""
    picture = shown(base, kind, lang)
    labels = [mark.label for strip in picture.strips for mark in strip.marks if mark]
    for columns in (40, 60, 100):
        text = text_chart(picture, columns)
        assert max(map(width, text.splitlines())) <= columns
        assert all(label in text for label in labels)
    assert "\x1b[" not in text
    assert "\x1b[" in text_chart(picture, 80, colours=True)
