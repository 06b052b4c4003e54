"""Which series there are to show: the menu by group, and choices where it is not told which one is meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handlers.ask import MOST_CHOICES, listed
from handlers.messages import Choice, Reply
from handlers.paging import fits_button
from handlers.selection import select
from knowledge.catalogue import Catalogue
from knowledge.model import Lang
from knowledge.series_request import Form, Request, near_titles
from knowledge.show_words import Group
from locales.catalogues import catalogue

_HEADS: dict[Form, str] = {"chart": "Which chart?", "table": "Which table?", "csv": "Which file?"}


def groups(base: Catalogue, form: Form, lang: Lang) -> Reply:
    """The menu of groups."""
    found = [group for group in base.requests.words.groups if _members(base, group, form)]
    offered = tuple(Choice(group.title[lang], f"/{form} {group.id}") for group in found)
    return Reply("chat", lang, listed(catalogue(lang).say(_HEADS[form]), offered), 1.0, choices=offered, menu=True)


def members(base: Catalogue, group: Group, form: Form, lang: Lang) -> Reply:
    """The series of a group that can be shown in this form, the longest first."""
    offered = choices(base, [(metric,) for metric in _members(base, group, form)], form, lang)
    return Reply("chat", lang, listed(catalogue(lang).say(_HEADS[form]), offered), 1.0, choices=offered, menu=True)


def _members(base: Catalogue, group: Group, form: Form) -> list[str]:
    found = [metric for metric in base.data.series if metric.startswith(group.starts)]
    drawable = [metric for metric in found if form == "csv" or select(base, (metric,), None, None)]
    return sorted(drawable, key=lambda metric: -len(base.data.series[metric].points))


def which(base: Catalogue, request: Request, form: Form, lang: Lang) -> Reply:
    """Several series answer to the name: they are offered, and nothing is shown yet."""
    offered = choices(base, request.readings, form, lang, _tail(request))[:MOST_CHOICES]
    return Reply("clarify", lang, listed(catalogue(lang).say("What do you mean?"), offered), 0.5, choices=offered)


def not_understood(base: Catalogue, request: Request, form: Form, lang: Lang) -> Reply:
    """Words that name no series: those with such a word in their title are offered, else the menu."""
    say = catalogue(lang).say
    near = list(near_titles({metric: series.title for metric, series in base.data.series.items()}, request.rest))
    offered = choices(base, [(metric,) for metric in near], form, lang, _tail(request))[:MOST_CHOICES]
    offered = offered or groups(base, form, lang).choices
    words = ", ".join(request.rest)
    head = say("No series for {words}. There are:", words=words) if words else say(_HEADS[form])
    return Reply("unknown", lang, listed(head, offered), choices=offered)


def choices(
    base: Catalogue, readings: Iterable[Sequence[str]], form: Form, lang: Lang, tail: str = ""
) -> tuple[Choice, ...]:
    """A choice for each reading: the titles, and the command that shows them; those a button cannot carry are left out."""
    found = (
        Choice(" / ".join(base.data.series[metric].title[lang] for metric in one), f"/{form} {'+'.join(one)}{tail}")
        for one in readings
    )
    return tuple(filter(fits_button, found))


def _tail(request: Request) -> str:
    """What else was asked, so that a choice keeps it."""
    span = f" {request.span.first:%Y-%m}..{request.span.last:%Y-%m}" if request.span else ""
    return span + (f" {request.grain}" if request.grain else "") + (" excel" if request.excel else "")
