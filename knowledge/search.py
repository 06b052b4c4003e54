"""Candidates: the nearest entries whose scope a question does not contradict, and how near each is, signal by signal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from knowledge.index import ANSWERED, ASKED, COMMON, CORE, TITLED, Index, Words, spoken
from knowledge.question import Question
from knowledge.scope import contradiction
from knowledge.signals import SIGNALS, Floats, by_reading

SHORTLIST = 24
"""Entries looked at closely; the share of questions whose right entry is among them is in docs/quality.md."""
HELD_AGAINST = 512
"""Entries that are added up and held against the scope of a question at most: what bounds that cost as the base grows."""
NEAREST = 3
"""Phrasings of an entry that speak for it."""
MOST_POSTINGS = 3000
"""Phrasings looked at through the terms of a question, the most telling terms first: what bounds the cost as the base grows."""


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
    """What the texts of each entry have of a question's terms: a column per entry. ``has`` tells it term by term."""

    entries: NDArray[np.intp]
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
    near = _nearest(words, asked, len(index.ids))
    held = _held(words, asked, _pool(words, asked, near))
    fits = ((place, entry) for place, entry in _ordered(held, near, asked.total)
            if contradiction(question, index.reaches[entry], this_year) is None)  # fmt: skip
    shortlist = list(islice(fits, SHORTLIST))
    if not shortlist:
        return NOTHING
    read = np.array([by_reading(question, index.reaches[entry]) for _, entry in shortlist])
    told = _by_words(words, asked, held, near, [place for place, _ in shortlist])
    return Found(tuple(index.ids[entry] for _, entry in shortlist), np.hstack((told, read)))


def excluded(index: Index, question: Question, this_year: int, most: int = SHORTLIST) -> list[tuple[str, str]]:
    """The entries whose words are nearest but whose scope the question contradicts, nearest first, each with the contradiction."""
    words = index.words[question.lang]
    asked = _asked(words, question)
    if not asked.rows:
        return []
    near = _nearest(words, asked, len(index.ids))
    order = _ordered(_held(words, asked, _pool(words, asked, near)), near, asked.total)
    against = ((index.ids[entry], contradiction(question, index.reaches[entry], this_year)) for _, entry in order)
    return list(islice(((entry, why) for entry, why in against if why), most))


def _asked(words: Words, question: Question) -> _Asked:
    known = sorted(words.rows[term] for term in question.terms if term in words.rows)
    strange = words.strange * (len(question.terms) - len(known))
    weights = words.weights[known].astype(np.float64)
    return _Asked(known, weights, float(weights.sum()) + strange or 1.0, strange, spoken(question.line))


def _pool(words: Words, asked: _Asked, near: _Near) -> NDArray[np.intp]:
    """The entries worth adding up, at most ``HELD_AGAINST``, ascending: the nearest by phrasings and by their most telling terms."""
    if len(near.nearest) <= HELD_AGAINST:
        return np.arange(len(near.nearest))
    mass, read = near.nearest * asked.total, 0
    for place in np.argsort(-asked.weights, kind="stable"):
        cell = words.holders.row(asked.rows[place])
        read += cell.stop - cell.start
        if read > MOST_POSTINGS and mass.any():
            break
        mass[words.holders.columns[cell]] += asked.weights[place]
    known = np.flatnonzero(mass)
    if len(known) > HELD_AGAINST:
        known = known[np.argpartition(-mass[known], HELD_AGAINST)[:HELD_AGAINST]]
    return np.sort(known)


def _held(words: Words, asked: _Asked, pool: NDArray[np.intp]) -> _Held:
    """Add up, for the entries of the pool, what their texts have of the question's terms."""
    flags, odds = np.zeros((len(asked.rows), len(pool)), np.uint8), np.zeros((len(asked.rows), len(pool)))
    for term, row in enumerate(asked.rows):
        cell = words.holders.row(row)
        cells, places = _met(words.holders.columns[cell], pool)
        flags[term, places], odds[term, places] = words.where[cell][cells], words.odds[cell][cells]
    told = (flags & (ASKED | ANSWERED)) > 0
    weights = asked.weights
    return _Held(
        entries=pool,
        known=weights @ (flags > 0),
        odds=weights @ odds + float(weights @ words.absent[asked.rows]),
        answered=weights @ ((flags & ANSWERED) > 0),
        titled=weights @ ((flags & TITLED) > 0),
        either=weights @ told,
        core=weights @ ((flags & CORE) > 0) / words.core[pool],
        has=told,
    )


def _met(columns: NDArray[np.int32], pool: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where two ascending lists of entries meet, as places in either; the shorter is looked up in the longer."""
    if len(pool) == pool[-1] + 1:  # the pool is the whole base: every entry stands at its own number
        return np.arange(len(columns)), columns.astype(np.intp)
    if len(columns) > len(pool):
        places, cells = _met(pool.astype(np.int32), columns.astype(np.intp))
        return cells, places
    places = np.minimum(np.searchsorted(pool, columns), len(pool) - 1)
    cells = np.flatnonzero(pool[places] == columns)
    return cells, places[cells]


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


def _ordered(held: _Held, near: _Near, total: float) -> Iterator[tuple[int, int]]:
    """Entries that know any term as places in the pool and in the index, nearest first by their best phrasing and the weight of what they know."""
    known = np.flatnonzero(held.known)
    nearness = near.nearest[held.entries[known]] + held.known[known] / total
    for place in known[np.argsort(-nearness, kind="stable")]:
        yield int(place), int(held.entries[place])


def _by_words(words: Words, asked: _Asked, held: _Held, near: _Near, places: list[int]) -> Floats:
    """A row per entry, named by its place in the pool; columns as in ``BY_WORDS``."""
    at = held.entries[places]
    missing = np.where(held.has[:, places], 0.0, asked.weights[:, None]).max(axis=0)
    return np.column_stack((
        held.odds[places] / asked.total,
        near.nearest[at],
        near.agreed[at],
        [_fuzzy(words, asked, near.phrasings(entry)) for entry in at],
        held.answered[places] / asked.total,
        held.titled[places] / asked.total,
        held.either[places] / asked.total,
        held.core[places],
        np.maximum(missing, words.strange if asked.strange else 0.0) / words.strange,
        np.full(len(at), asked.strange / asked.total),
    ))  # fmt: skip


def _fuzzy(words: Words, asked: _Asked, phrasings: Iterable[int]) -> float:
    return max((fuzz.token_sort_ratio(asked.line, words.lines[number]) / 100 for number in phrasings), default=0.0)
