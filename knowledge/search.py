"""Candidates: the nearest entries whose scope a question does not contradict, and how near each is, signal by signal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from knowledge.index import ANSWERED, ASKED, COMMON, CORE, TITLED, Index, Words, spoken
from knowledge.question import Question
from knowledge.reach import Reach
from knowledge.scope import contradiction

SHORTLIST = 24
"""Entries looked at closely; the share of questions whose right entry is among them is in docs/quality.md."""
HELD_AGAINST = 512
"""Entries held against the scope of a question at most, nearest first: what bounds that cost as the base grows."""
NEAREST = 3
"""Phrasings of an entry that speak for it."""
MOST_POSTINGS = 3000
"""Phrasings looked at through the terms of a question, the most telling terms first: what bounds the cost as the base grows."""

BY_WORDS = ("odds", "nearest", "agreed", "fuzzy", "answered", "titled", "either", "core", "missing", "strange")
"""Signals that words alone give. All but ``odds`` lie between 0 and 1; ``missing`` and ``strange`` speak against an entry."""
BY_READING = ("edition", "period", "year", "unfounded", "aspect", "matter", "side")
"""Signals of what was read, between 0 and 1; the last four speak against an entry."""
SIGNALS = (*BY_WORDS, *BY_READING)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Found:
    """Entries that may be what was asked, and their signals: one row each, columns in the order of ``SIGNALS``."""

    entries: tuple[str, ...]
    signals: Floats

    def column(self, signal: str) -> Floats:
        column: Floats = self.signals[:, SIGNALS.index(signal)]
        return column


NOTHING = Found((), np.zeros((0, len(SIGNALS))))


@dataclass(frozen=True)
class _Asked:
    """The known terms of a question, with what their entries and phrasings make of them; ``total`` weighs the unknown ones too."""

    rows: list[int]
    weights: Floats
    total: float
    strange: float
    line: str


@dataclass(frozen=True)
class _Near:
    """The nearest phrasings per entry: cosine of the nearest, and mean of the ``NEAREST``.

    ``numbers`` are these phrasings, those of one entry together, ``asks`` the entry of each, ascending.
    """

    nearest: Floats
    agreed: Floats
    numbers: NDArray[np.int32]
    asks: NDArray[np.int32]

    def phrasings(self, entry: int) -> NDArray[np.int32]:
        first, end = np.searchsorted(self.asks, (entry, entry + 1))
        return self.numbers[first:end]


@dataclass(frozen=True)
class _Held:
    """What every entry has of a question's terms: a column per entry. ``has`` tells it term by term."""

    known: Floats
    odds: Floats
    answered: Floats
    titled: Floats
    either: Floats
    core: Floats
    has: NDArray[np.bool_]


def candidates(index: Index, question: Question, this_year: int) -> Found:
    """The nearest entries of a compatible scope, at most ``SHORTLIST``; none where no word is known."""
    words = index.words[question.lang]
    asked = _asked(words, question)
    if not asked.rows:
        return NOTHING
    held = _held(words, asked, len(index.ids))
    near = _nearest(words, asked, len(index.ids))
    order = _ordered(held, near, asked.total)
    fits = (int(entry) for entry in order if contradiction(question, index.reaches[entry], this_year) is None)
    shortlist = list(islice(fits, SHORTLIST))
    if not shortlist:
        return NOTHING
    read = np.array([_by_reading(question, index.reaches[entry]) for entry in shortlist])
    told = _by_words(words, asked, held, near, shortlist)
    return Found(tuple(index.ids[entry] for entry in shortlist), np.hstack((told, read)))


def excluded(index: Index, question: Question, this_year: int, most: int = SHORTLIST) -> list[tuple[str, str]]:
    """The entries whose words are nearest but whose scope the question contradicts, nearest first, each with the contradiction."""
    words = index.words[question.lang]
    asked = _asked(words, question)
    if not asked.rows:
        return []
    order = _ordered(_held(words, asked, len(index.ids)), _nearest(words, asked, len(index.ids)), asked.total)
    against = ((index.ids[entry], contradiction(question, index.reaches[entry], this_year)) for entry in order)
    return list(islice(((entry, why) for entry, why in against if why), most))


def _asked(words: Words, question: Question) -> _Asked:
    known = sorted(words.rows[term] for term in question.terms if term in words.rows)
    strange = words.strange * (len(question.terms) - len(known))
    weights = words.weights[known].astype(np.float64)
    return _Asked(known, weights, float(weights.sum()) + strange or 1.0, strange, spoken(question.line))


def _held(words: Words, asked: _Asked, entries: int) -> _Held:
    """Add up, entry by entry, what its texts have of the question's terms."""
    cells = [words.holders.row(row) for row in asked.rows]
    columns = np.concatenate([words.holders.columns[cell] for cell in cells])
    flags = np.concatenate([words.where[cell] for cell in cells])
    sizes = [cell.stop - cell.start for cell in cells]
    weights = np.repeat(asked.weights, sizes)
    odds = np.concatenate([words.odds[cell] for cell in cells])

    def mass(values: Floats) -> Floats:
        return np.bincount(columns, values, minlength=entries).astype(np.float64)

    told = (flags & (ASKED | ANSWERED)) > 0
    has = np.zeros((len(cells), entries), np.bool_)
    has[np.repeat(np.arange(len(cells)), sizes)[told], columns[told]] = True
    return _Held(
        known=mass(weights),
        odds=mass(weights * odds) + float(asked.weights @ words.absent[asked.rows]),
        answered=mass(weights * ((flags & ANSWERED) > 0)),
        titled=mass(weights * ((flags & TITLED) > 0)),
        either=mass(weights * told),
        core=mass(weights * ((flags & CORE) > 0)) / words.core,
        has=has,
    )


def _nearest(words: Words, asked: _Asked, entries: int) -> _Near:
    """Per entry its nearest phrasings by the cosine of their telling terms."""
    numbers, masses = _shared(words, asked)
    heavy = asked.weights[asked.weights >= COMMON]
    length = np.sqrt(float(heavy @ heavy) + asked.strange * words.strange) or 1.0
    cosines = masses / (length * words.lengths[numbers])
    asks = words.asks[numbers]
    order = np.lexsort((-numbers, -cosines, asks))
    asks, cosines, numbers = asks[order], cosines[order], numbers[order]
    firsts = np.flatnonzero(np.diff(asks, prepend=-1))
    place = np.arange(len(asks)) - np.repeat(firsts, np.diff(firsts, append=len(asks)))
    best = place < NEAREST
    nearest, agreed = np.zeros(entries), np.bincount(asks[best], cosines[best], minlength=entries) / NEAREST
    nearest[asks[firsts]] = cosines[firsts]
    return _Near(nearest, agreed, numbers[best], asks[best])


def _shared(words: Words, asked: _Asked) -> tuple[NDArray[np.int32], Floats]:
    """Phrasings that share telling terms with the question, and the mass they share; the most telling terms are read first."""
    columns: list[NDArray[np.int32]] = []
    masses: list[Floats] = []
    read = 0
    for place in np.argsort(-asked.weights, kind="stable"):
        held = words.phrasings.columns[words.phrasings.row(asked.rows[place])]
        read += len(held)
        if read > MOST_POSTINGS and columns:
            break
        columns.append(held)
        masses.append(np.full(len(held), asked.weights[place] ** 2))
    numbers, where = np.unique(np.concatenate(columns), return_inverse=True)
    return numbers, np.bincount(where, np.concatenate(masses)).astype(np.float64)


def _ordered(held: _Held, near: _Near, total: float) -> NDArray[np.intp]:
    """Entries that know any term, nearest first by their best phrasing and the weight of what they know."""
    known = np.flatnonzero(held.known)
    nearness = near.nearest[known] + held.known[known] / total
    if len(known) > HELD_AGAINST:
        top = np.argpartition(-nearness, HELD_AGAINST)[:HELD_AGAINST]
        known, nearness = known[top], nearness[top]
    return known[np.argsort(-nearness, kind="stable")]


def _by_words(words: Words, asked: _Asked, held: _Held, near: _Near, entries: list[int]) -> Floats:
    """A row per entry, columns as in ``BY_WORDS``."""
    at = np.array(entries, np.intp)
    missing = np.where(held.has[:, at], 0.0, asked.weights[:, None]).max(axis=0)
    return np.column_stack((
        held.odds[at] / asked.total,
        near.nearest[at],
        near.agreed[at],
        [_fuzzy(words, asked, near.phrasings(entry)) for entry in entries],
        held.answered[at] / asked.total,
        held.titled[at] / asked.total,
        held.either[at] / asked.total,
        held.core[at],
        np.maximum(missing, words.strange if asked.strange else 0.0) / words.strange,
        np.full(len(at), asked.strange / asked.total),
    ))  # fmt: skip


def _fuzzy(words: Words, asked: _Asked, phrasings: Iterable[int]) -> float:
    return max((fuzz.token_sort_ratio(asked.line, words.lines[number]) / 100 for number in phrasings), default=0.0)


def _by_reading(question: Question, about: Reach) -> tuple[float, ...]:
    """One row, columns as in ``BY_READING``."""
    scope = about.scope
    return (
        float(scope.edition in question.editions),
        float(scope.period is not None and scope.period in question.periods),
        float(bool(question.years & about.years)),
        float(_located(about) and not (question.travel or question.flow or question.place or question.home)),
        len(question.aspects - about.aspects) / max(len(question.aspects), 1),
        float(not question.matters <= about.matters),
        float(bool(question.side and about.side and not question.side & about.side)),
    )


def _located(about: Reach) -> bool:
    return about.scope.direction is not None or about.scope.destination is not None
