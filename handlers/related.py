"""What else people ask who asked this: the entries nearest to the one that was told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from handlers.ask import choices
from handlers.messages import Choice, Reply
from knowledge.catalogue import Catalogue
from knowledge.model import Lang
from knowledge.rank import Ranker
from knowledge.search import candidates

MOST = 3
KEPT = 2048
"""Entries, in both languages, whose neighbours are kept."""

Related = Callable[[Reply, int], tuple[Choice, ...]]
"""Choices for a reply in a year; none where the reply tells no entry, or offers ways on of its own."""


def related(base: Catalogue, ranker: Ranker) -> Related:
    """A finder over one base. Neighbours are what the ranker puts next to an entry for its own first phrasing, in its direction."""

    @lru_cache(KEPT)
    def near(name: str, lang: Lang, year: int) -> tuple[Choice, ...]:
        entry = base.data.entries[name]
        question = base.question(entry.ask[lang][0], date(year, 1, 1))
        ranked = ranker.rank(lang, question.line, candidates(base.data.index, question, year))
        others = [base.data.entries[one] for one in ranked.entries if one != name]
        fitting = [
            one.id
            for one in others
            if one.topic == entry.topic and one.scope.direction in (None, entry.scope.direction)
        ]
        return choices(base, fitting, lang, MOST)

    def of(reply: Reply, year: int) -> tuple[Choice, ...]:
        if reply.status != "answered" or reply.choices or reply.entry not in base.data.entries:
            return ()
        return near(str(reply.entry), reply.lang, year)

    return of
