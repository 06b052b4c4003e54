"""/chart, /table, /csv and the same asked in words: a stretch of one or two series as a picture, a table or a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from handlers import series_menu
from handlers.ask import MOST_CHOICES, listed, unknown_country
from handlers.messages import Attachment, Choice, Incoming, Reply
from handlers.paging import fits_button
from handlers.picture import Picture, picture
from handlers.render import tidy
from handlers.selection import Row, Selection, named, rows, select
from handlers.series_text import cited, only_points, sources, span_told, told
from handlers.table import Document, csv_file, rows_told, text_table
from knowledge.catalogue import Catalogue
from knowledge.grains import MONTH, YEAR, grains, slot_period
from knowledge.model import Lang
from knowledge.periods import Bounds, bounds
from knowledge.series_request import MOST_SERIES, Form, Request
from knowledge.show_words import group_named
from locales import formats
from locales.catalogues import catalogue

_GRAINS = {"year": "By years", "quarter": "By quarters", "month": "By months"}


def command(form: Form) -> Callable[[Catalogue, str, Lang, Incoming], Reply]:
    """The ability behind ``/chart``, ``/table`` or ``/csv``: arguments in either language, any order; none is the menu."""

    def answer(base: Catalogue, argument: str, lang: Lang, incoming: Incoming) -> Reply:
        line = base.normalise(argument)
        if not line:
            return series_menu.groups(base, form, lang)
        group = group_named(base.requests.words.groups, line)
        if group:
            return series_menu.members(base, group, form, lang)
        selection = named(base, line) if ":" in line else None
        if selection:
            return _selected(base, selection, form, lang)
        request = base.requests(line, incoming.today)
        if request.countries:
            return unknown_country(request.countries, lang)
        if request.rest or not request.readings:
            return series_menu.not_understood(base, request, form, lang)
        return _reply(base, request, form, lang)

    return answer


def asked(base: Catalogue, text: str, lang: Lang, today: date) -> Reply | None:
    """The reply to a request in words («покажи график…», 画一下…), where every word of it is understood; else None."""
    line = base.normalise(text)
    form = base.requests.form(line)
    if form is None:
        return None
    request = base.requests(line, today)
    if not request.readings or request.rest or request.countries or request.vague:
        return None
    return _reply(base, request, form, lang)


def picture_named(base: Catalogue, name: str, lang: Lang) -> Picture | None:
    """The picture an attachment names; None where the base has none such."""
    selection = named(base, name)
    return picture(base, selection, lang) if selection else None


def document_named(base: Catalogue, name: str, lang: Lang) -> Document | None:
    """The file an attachment names: ``trade.total``, ``trade.total:2015-01..2024-12``, with ``:excel`` for Excel."""
    metrics, *more = name.split(":")
    given = metrics.split("+")
    spans = [one for one in more if one != "excel"]
    if not set(given) <= base.data.series.keys() or len(spans) > 1:
        return None
    try:
        span = bounds(spans[0]) if spans else None
    except ValueError:
        return None
    return csv_file(base, given, span, lang, excel="excel" in more)


def _reply(base: Catalogue, request: Request, form: Form, lang: Lang) -> Reply:
    if len(request.readings) > 1:
        return series_menu.which(base, request, form, lang)
    metrics = request.readings[0]
    if len(metrics) > MOST_SERIES:
        return Reply("unknown", lang, catalogue(lang).say("At most {most} series.", most=MOST_SERIES))
    if form == "csv":
        return _file(base, metrics, request, lang)
    selection = select(base, metrics, request.span, request.grain)
    if selection is None:
        return _nothing(base, metrics, request, form, lang)
    return _shown(base, selection, form, lang)


def _selected(base: Catalogue, selection: Selection, form: Form, lang: Lang) -> Reply:
    """What a button or an address names, in another form."""
    if form != "csv":
        return _shown(base, selection, form, lang)
    ends = [bounds(slot_period(code, selection.grain)) for code in (selection.first, selection.last)]
    return _file(base, selection.metrics, Request((), Bounds(ends[0].first, ends[1].last)), lang)


def _shown(base: Catalogue, selection: Selection, form: Form, lang: Lang) -> Reply:
    found = rows(base, selection)
    text, table = told(found, selection, lang), ""
    if form == "table":
        table = text_table(found, selection, lang)
        text = _above(found, selection, lang) + "\n" + table
    kinds = (Attachment("chart", selection.name),) if form == "chart" else ()
    return _answered(base, found, f"{text}\n{cited(base, found, lang)}", selection.metrics, lang, kinds,
                     tuple(_ways_on(base, selection, form, lang)), table)  # fmt: skip


def _above(found: tuple[Row, ...], selection: Selection, lang: Lang) -> str:
    """What stands above a table."""
    say, titles = catalogue(lang).say, " / ".join(row.series.title[lang] for row in found)
    told_rows = rows_told(found, selection)
    if len(told_rows) < len({code for row in found for code in row.points}):
        first = say(
            "Table: {title}, the latest {rows} periods; all are in the file.", title=titles, rows=len(told_rows)
        )
    else:
        first = say("Table: {title}.", title=titles)
    rest = [say("No figures for the rest of what was asked.")] if selection.trimmed else []
    return formats.joined(lang, [first, *rest])


def _file(base: Catalogue, metrics: tuple[str, ...], request: Request, lang: Lang) -> Reply:
    span = f":{request.span.first:%Y-%m}..{request.span.last:%Y-%m}" if request.span else ""
    name = f"{'+'.join(metrics)}{span}{':excel' if request.excel else ''}"
    found = tuple(
        Row(
            series, {p: at for p, at in series.points.items() if request.span is None or request.span.covers(bounds(p))}
        )
        for series in (base.data.series[metric] for metric in metrics)
    )
    if not all(row.points for row in found):
        return _nothing(base, metrics, request, "csv", lang)
    titles = " / ".join(row.series.title[lang] for row in found)
    lines = sum(len(row.points) for row in found)
    text = catalogue(lang).count("CSV: {title}, {n} line.", "CSV: {title}, {n} lines.", lines, title=titles, n=lines)
    offered = () if request.excel else (Choice(catalogue(lang).say("For Excel"), f"/csv {'+'.join(metrics)} excel"),)
    return _answered(
        base, found, f"{text}\n{cited(base, found, lang)}", metrics, lang, (Attachment("csv", name),), offered
    )


def _answered(
    base: Catalogue, found: tuple[Row, ...], text: str, metrics: tuple[str, ...], lang: Lang,
    attachments: tuple[Attachment, ...] = (), offered: tuple[Choice, ...] = (), table: str = "",
) -> Reply:  # fmt: skip
    pages = sources(base, found)
    return Reply(
        "answered", lang, tidy(text), 1.0, "+".join(metrics), "current", pages[0].day, sources=pages, choices=offered,
        attachments=attachments, aligned=table,
    )  # fmt: skip


def _ways_on(base: Catalogue, selection: Selection, form: Form, lang: Lang) -> Iterator[Choice]:
    """The other forms of what is shown, and another grain where there is one."""
    say = catalogue(lang).say
    one = "+".join(selection.metrics)
    forms: dict[Form, str] = {"chart": "As a chart", "table": "As a table", "csv": "As a CSV file"}
    ways = [Choice(say(label), f"/{other} {selection.name}") for other, label in forms.items() if other != form]
    for grain in (YEAR, MONTH):
        if grain != selection.grain and select(base, selection.metrics, None, grain):
            ways.append(Choice(say(_GRAINS[grain]), f"/{form} {one} {grain}"))
    return filter(fits_button, ways)


def _nothing(base: Catalogue, metrics: tuple[str, ...], request: Request, form: Form, lang: Lang) -> Reply:
    """No row of two comparable periods there: what the series has is told, or offered."""
    say = catalogue(lang).say
    series = [base.data.series[metric] for metric in metrics]
    titles = " / ".join(one.title[lang] for one in series)
    offered = tuple(_rows_at_hand(base, metrics, form, lang))[:MOST_CHOICES]
    if offered:
        text = listed(say("No row of {title} for this. There are:", title=titles), offered)
        return Reply("unknown", lang, text, choices=offered)
    found = tuple(Row(one, one.points) for one in series)
    points = " / ".join(only_points(one, lang) for one in series)
    text = say("Too few figures for a row: {title}: {points}.", title=titles, points=points)
    return _answered(base, found, f"{text}\n{cited(base, found, lang)}", metrics, lang)


def _rows_at_hand(base: Catalogue, metrics: tuple[str, ...], form: Form, lang: Lang) -> Iterator[Choice]:
    for grain in sorted(
        grains(base.data.series[metrics[0]], None), key=lambda one: list(_GRAINS).index(one) if one in _GRAINS else 9
    ):
        selection = select(base, metrics, None, grain)
        if selection:
            label = _GRAINS.get(grain)
            yield Choice(
                (catalogue(lang).say(label) + ": " if label else "") + span_told(selection, lang),
                f"/{form} {selection.name}",
            )
