"""/chart, /table, /csv: what is shown is what the points say, told in both languages, with nothing put in the place of a gap."""

from __future__ import annotations

import csv
import io
import itertools
import re
from decimal import Decimal

import pytest

from bot.app import Clock
from bot.channels.terminal import TerminalChat
from handlers import series
from handlers.dialogue import Dialogue
from handlers.messages import Attachment, Incoming, Reply
from handlers.render import LONGEST
from handlers.selection import named, rows, select
from handlers.table import BOM, WIDEST, width
from knowledge.catalogue import Catalogue
from knowledge.grains import grains
from knowledge.model import LANGS, Lang
from tests.conftest import NOW

_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})


def said(dialogue: Dialogue, text: str, lang: Lang | None = None) -> Reply:
    return dialogue.reply(Incoming(text, NOW, chosen=lang))


def plain(reply: Reply) -> str:
    return reply.text.translate(_SPACES)


def test_a_chart_says_first_what_it_shows(dialogue: Dialogue) -> None:
    """Latest value, its growth as published, the span; the whole change marked as computed; publisher and date last."""
    reply = said(dialogue, "/chart товарооборот 2015 2024")
    first, rest = plain(reply).split(". ", 1)
    assert "2015–2024" in first
    assert "244,819 млрд долл" in first
    assert "расчёт от 68 млрд долл. (2015 год)" in rest
    assert plain(reply).splitlines()[-1].startswith("Источник: ")
    assert reply.attachments == (Attachment("chart", "trade.total:2015..2024"),)
    assert "+260 %" in plain(reply)


def test_the_same_in_chinese(dialogue: Dialogue) -> None:
    """A command in Chinese words is answered in Chinese; ids alone leave it to the chat."""
    told = plain(said(dialogue, "/chart 贸易额 2015 2024"))
    assert "2015至2024年：最新值2448.19亿美元（2024年，同比+1.9%）" in told
    assert said(dialogue, "/chart trade.total", "zh").lang == "zh"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("покажи график товарооборота с 2015 по 2024", "trade.total:2015..2024"),
        ("画一下中俄贸易额走势", "trade.total:2016..2025"),
        ("сравни на графике экспорт и импорт", "trade.china_exports+trade.china_imports:2016..2025"),
    ],
)
def test_a_picture_is_asked_in_words(dialogue: Dialogue, text: str, name: str) -> None:
    assert said(dialogue, text).attachments == (Attachment("chart", name),)


@pytest.mark.parametrize(
    "text", ["график работы посольства китая в москве", "нарисуй график экспорта пшеницы в Китай", "签证表格下载"]
)
def test_what_is_not_understood_whole_is_left_to_the_search(dialogue: Dialogue, text: str) -> None:
    assert said(dialogue, text).attachments == ()


def test_months_that_are_missing_are_told(dialogue: Dialogue) -> None:
    """Nothing is put in the place of a gap, and what was asked beyond the figures is said to have none."""
    told = plain(said(dialogue, "/chart товарооборот с января по июнь 2024"))
    assert "май–июнь 2024" in told
    assert "За остальное запрошенное время сопоставимых данных нет" in told
    assert "Нет цифр за: 2021, 2023" in plain(said(dialogue, "/chart trade.balance 2020 2025"))


def test_where_no_row_is_there_the_rows_at_hand_are_offered(dialogue: Dialogue) -> None:
    reply = said(dialogue, "/chart автомобили по месяцам")
    assert reply.status == "unknown"
    again = [said(dialogue, choice.ask) for choice in reply.choices]
    assert len(again) >= 2
    assert all(one.status == "answered" for one in again)


def test_a_single_figure_is_told_in_place_of_a_row(dialogue: Dialogue) -> None:
    reply = said(dialogue, "/chart agri.wheat_value")
    assert (reply.status, reply.attachments) == ("answered", ())
    assert "2025 год — 13,8 млн долл." in plain(reply)


def test_shares_and_balances_have_no_growth(dialogue: Dialogue) -> None:
    for metric in ("trade.balance", "rank.russia_for_china", "settlement.national_currency_share"):
        told = plain(said(dialogue, f"/chart {metric}"))
        assert "годом ранее" not in told
        assert "За всё это время" not in told


def test_series_counted_in_different_ways_are_not_held_against_each_other(dialogue: Dialogue) -> None:
    assert "по разным методикам" in said(dialogue, "/chart trade.total_fcs trade.total").text


@pytest.mark.parametrize("form", ["chart", "table", "csv"])
def test_the_menus_lead_to_answers(dialogue: Dialogue, form: str) -> None:
    """Every choice of every menu, by its command, ends in something shown or sent, and fits a button."""
    for lang in LANGS:
        for group in said(dialogue, f"/{form}", lang).choices:
            for choice in said(dialogue, group.ask, lang).choices:
                assert said(dialogue, choice.ask, lang).status == "answered", choice.ask
                assert len(f"q:{choice.ask}".encode()) <= 64


@pytest.mark.parametrize(
    "text",
    [
        "/chart импорт из Германии",
        "/chart пшеница и рис",
        "/chart привет",
        "/chart нефть уголь газ",
        "/chart 1980 1990 товарооборот",
    ],
)
def test_what_cannot_be_shown_is_refused_with_a_way_on(dialogue: Dialogue, text: str) -> None:
    reply = said(dialogue, text)
    assert (reply.status, reply.attachments) == ("unknown", ())


def test_replies_keep_to_their_length(dialogue: Dialogue) -> None:
    """Every series alone, and those of trade and energy with each other: a caption takes 1,024 characters, a reply 900."""
    metrics = list(dialogue.base.data.series)
    near = [m for m in metrics if m.startswith(("trade.", "energy."))]
    asked = [*metrics, *(f"{a}+{b}" for a, b in itertools.combinations(near, 2))]
    long = [(one, form, lang) for one in asked for form in ("chart", "table") for lang in LANGS
            if len(said(dialogue, f"/{form} {one} 1990 2026", lang).text) > LONGEST]  # fmt: skip
    assert long == []


def test_a_table_fits_a_telephone(dialogue: Dialogue) -> None:
    """No line of any table is wider than a telephone shows; figures stand in full."""
    for metric in dialogue.base.data.series:
        for lang in LANGS:
            wide = [
                line for line in said(dialogue, f"/table {metric}", lang).aligned.splitlines() if width(line) > WIDEST
            ]
            assert wide == [], metric
    assert "190,271" in said(dialogue, "/table trade.total").aligned


def test_computed_growth_is_marked_and_published_growth_goes_first(dialogue: Dialogue) -> None:
    table = {
        line.split()[0]: line.split()[-1] for line in said(dialogue, "/table trade.total").aligned.splitlines()[2:]
    }
    assert table["2018"] == "≈+27,3"  # (107.06 / 84.07 - 1) * 100 = 27.35: no growth was published
    assert table["2021"] == "+35,8"  # published; the points alone would give 36.3


def test_growth_computed_for_a_table_is_as_exact_as_in_an_answer(dialogue: Dialogue) -> None:
    """15.4 and 22.7 are known to a tenth each: 47 per cent more, not 47.4."""
    table = said(dialogue, "/table energy.pipeline_gas").aligned.splitlines()
    assert next(line.split()[-1] for line in table if line.startswith("2023")) == "≈+47"
    assert re.search(r"\+47\s%", said(dialogue, "/trade сила сибири рост 2023").text)


def test_every_name_is_read_back(base: Catalogue) -> None:
    """The id of a picture stands for one selection: for every series and grain."""
    for metric, one in base.data.series.items():
        for grain in grains(one, None):
            selection = select(base, (metric,), None, grain)
            if selection:
                again = named(base, selection.name)
                assert again and (again.name, again.grain) == (selection.name, grain)
                assert rows(base, again) == rows(base, selection)


@pytest.mark.parametrize(
    "name", ["", "x", "trade.total:", "trade.total:2015", "trade.total:2025..2015", "trade.total:2015..2024:99-99", "trade.total:2015-13..2016-01",
             "trade.total+trade.balance+energy.lng:2015..2024", "trade.total:0001..9999:00-00", "../etc", "trade.total:2015..2024-05"],
)  # fmt: skip
def test_a_bad_name_names_nothing(base: Catalogue, name: str) -> None:
    assert series.picture_named(base, name, "ru") is None


@pytest.mark.parametrize("lang", LANGS)
def test_the_file_holds_every_point_with_unit_and_source(base: Catalogue, lang: Lang) -> None:
    file = series.document_named(base, "trade.total", lang)
    assert file
    found = list(csv.DictReader(io.StringIO(file.content.decode("utf-8"))))
    points = base.data.series["trade.total"].points
    assert [(row["period"], Decimal(row["value"])) for row in found] == [(p.period, p.value) for p in points.values()]
    assert all(
        row["unit"] == "USD bn" and row["source_publisher"] and row["source_url"].startswith("http") for row in found
    )


def test_excel_gets_its_mark_and_a_span_its_rows(base: Catalogue, dialogue: Dialogue) -> None:
    reply = said(dialogue, "/csv товарооборот 2020 2024 excel")
    assert reply.attachments == (Attachment("csv", "trade.total:2020-01..2024-12:excel"),)
    file = series.document_named(base, reply.attachments[0].name, "ru")
    assert file and file.content.startswith(BOM)
    years = {row["period"][:4] for row in csv.DictReader(io.StringIO(file.content.decode("utf-8-sig")))}
    assert years == {"2020", "2021", "2022", "2023", "2024"}


def test_the_terminal_draws_and_saves(
    dialogue: Dialogue, clock: Clock, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The chart as text under the reply, the ways on by number, the file on request."""
    monkeypatch.chdir(str(tmp_path))
    out = io.StringIO()
    chat = TerminalChat(dialogue, clock, out, "ru")
    chat.hear("/save")
    assert "Сохранять нечего" in out.getvalue()
    chat.hear("/chart товарооборот 2019 2024")
    drawn = out.getvalue()
    assert len([line for line in drawn.splitlines() if "█" in line]) == 6
    chat.hear("1")
    assert "рост, %" in out.getvalue()
    chat.hear("/csv нефть")
    chat.hear("/save")
    assert (tmp_path / "energy.crude_oil_imports.csv").read_bytes().startswith(b"metric,")  # type: ignore[operator]
