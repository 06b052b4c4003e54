"""/sources: where an answer comes from, page by page with addresses, and who the publishers of the whole base are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from handlers import by_id
from handlers.messages import Choice, Incoming, Reply
from handlers.paging import paged, turns
from knowledge.catalogue import Catalogue
from knowledge.model import Lang, Source
from locales import formats
from locales.catalogues import catalogue

PAGE = 12
"""Publishers on a page."""
MOST_PAGES = 5
"""Pages of one answer that are written out."""


def command(base: Catalogue, argument: str, lang: Lang, incoming: Incoming) -> Reply:
    """The sources of the entry or figure named, else of the last answer, else the publishers; ``all N`` is a page of these."""
    words = argument.split()
    if words and words[0] == "all":
        return publishers(base, lang, int(words[1]) if len(words) > 1 and words[1].isdecimal() else 1)
    about = argument or incoming.told
    found = _cited(base, about, lang, incoming) if about else ()
    if not found and argument:
        return Reply("chat", lang, catalogue(lang).say("Old button."), 1.0)
    return _of_answer(found, str(about), lang) if found else publishers(base, lang, 1)


def _cited(base: Catalogue, about: str, lang: Lang, incoming: Incoming) -> tuple[Source, ...]:
    reply = by_id.reply(base, about, lang, incoming.today)
    if reply:
        return reply.sources
    series = [base.data.series[metric] for metric in about.split("+") if metric in base.data.series]
    used = dict.fromkeys(point.source for one in series for point in one.points.values())
    return tuple(base.data.sources[key] for key in used)


def _of_answer(found: tuple[Source, ...], about: str, lang: Lang) -> Reply:
    say = catalogue(lang)
    lines = [say.say("Sources of the answer:"), *_pages(found[:MOST_PAGES], lang)]
    if len(found) > MOST_PAGES:
        lines.append(
            say.count("and {n} more page", "and {n} more pages", len(found) - MOST_PAGES, n=len(found) - MOST_PAGES)
        )
    return Reply(
        "chat",
        lang,
        "\n".join(lines),
        1.0,
        about,
        sources=found,
        choices=(Choice(say.say("All publishers"), "/sources all 1"),),
    )


def _pages(found: Iterable[Source], lang: Lang) -> Iterator[str]:
    for source in found:
        day = f", {formats.days(lang, source.day, source.day)}" if source.day else ""
        yield f"• {source.publisher}{day}. {source.title.rstrip('.')}.\n{source.url}"


def publishers(base: Catalogue, lang: Lang, page: int) -> Reply:
    """The publishers by how many pages of theirs are cited, the most cited first."""
    counted = Counter(source.publisher for source in base.data.sources.values())
    ranked = sorted(counted, key=lambda name: (-counted[name], name))
    shown, page, pages = paged(ranked, page, PAGE)
    head = catalogue(lang).say("Publishers: {n} ({page} of {pages}).", n=len(ranked), page=page, pages=pages)
    lines = [head, *(f"• {name} — {counted[name]}" for name in shown)]
    return Reply(
        "chat", lang, "\n".join(lines), 1.0, choices=tuple(turns("/sources all", page, pages, lang)), menu=True
    )
