"""The index of the base: per language, which terms ask for which entry, and how telling each term is."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.model import LANGS, Lang
from knowledge.reach import Reach
from knowledge.text import is_han, words

CORE_SHARE = 0.4
"""A term of this share of an entry's phrasings belongs to its core: what its askers keep saying."""
COMMON = 1.5
"""Terms lighter than this stand almost everywhere and are left out where phrasings are compared one by one."""
RARE = 0.02
"""Added to shares of phrasings before their logarithm, so that a term never seen costs much but not everything."""
ASKED, ANSWERED, TITLED, CORE = 1, 2, 4, 8
"""Where an entry has a term: in its phrasings, its answer, its title, and whether its askers keep saying it."""

Floats = NDArray[np.float32]
Numbers = NDArray[np.int32]


@dataclass(frozen=True)
class Table:
    """A sparse table, one row per term: which columns it touches. Row ``n`` lies between ``ends[n - 1]`` and ``ends[n]``."""

    ends: Numbers
    columns: Numbers

    def row(self, number: int) -> slice:
        return slice(int(self.ends[number - 1]) if number else 0, int(self.ends[number]))


@dataclass(frozen=True)
class Words:
    """The index of one language. Weights are inverse document frequencies over entries.

    ``holders`` touches the entries of a term; beside it lie ``where`` (flags) and ``odds``, by how much the term speaks for the entry: the logarithm
    of its share of the entry's phrasings over its share of all, less what ``absent`` says of an entry without it.
    ``phrasings`` touches the phrasings of a telling term; ``asks`` is the entry of each, ``lengths`` the length of its vector, ``lines`` its words.
    """

    rows: Mapping[str, int]
    weights: Floats
    absent: Floats
    holders: Table
    where: NDArray[np.uint8]
    odds: Floats
    core: Floats
    phrasings: Table
    asks: Numbers
    lengths: Floats
    lines: tuple[str, ...]
    strange: float


@dataclass(frozen=True)
class Index:
    """The compiled base: what each entry is about, and the words that lead to it. ``exact`` maps a whole phrasing."""

    ids: tuple[str, ...]
    reaches: tuple[Reach, ...]
    words: Mapping[Lang, Words]
    exact: Mapping[str, int]


@dataclass(frozen=True)
class Written:
    """The texts of one entry in one language as terms."""

    lines: Sequence[tuple[str, frozenset[str]]]
    answer: frozenset[str]
    title: frozenset[str]


def spoken(line: str) -> str:
    """A line without its punctuation: what makes a question the same as a phrasing."""
    return " ".join(words(line))


def build_index(ids: Sequence[str], reaches: Sequence[Reach], written: Mapping[Lang, Sequence[Written]]) -> Index:
    """Index the texts of all entries; every list stands in the order of ``ids``."""
    found = {lang: _words(written[lang]) for lang in LANGS}
    exact = {line: int(entry) for one in found.values() for line, entry in zip(one.lines, one.asks, strict=True)}
    return Index(tuple(ids), tuple(reaches), found, exact)


def _words(written: Sequence[Written]) -> Words:
    written = _without_chance(written)
    lines = [(entry, line, terms) for entry, text in enumerate(written) for line, terms in text.lines]
    places = _places(written)
    terms = sorted(places)
    rows = {term: row for row, term in enumerate(terms)}
    weights = np.array([_weight(len(places[term]), len(written)) for term in terms], np.float32)
    counts = Counter(term for _, _, held in lines for term in held)
    shares = np.array([counts[term] / max(len(lines), 1) for term in terms])
    absent = np.log(RARE / (shares + RARE))
    holders = _table(sorted(places[term]) for term in terms)
    own = np.array([places[term][entry][0] for term in terms for entry in sorted(places[term])])
    flags = np.array([places[term][entry][1] for term in terms for entry in sorted(places[term])], np.uint8)
    telling = _telling(lines, terms, weights)
    lengths = [
        math.sqrt(sum(float(weights[rows[t]]) ** 2 for t in held if weights[rows[t]] >= COMMON)) for *_, held in lines
    ]
    return Words(
        rows, weights, absent.astype(np.float32), holders, flags,
        odds=np.log((own + RARE) / RARE).astype(np.float32),
        core=_core_mass(holders, flags, weights, len(written)),
        phrasings=telling,
        asks=np.array([entry for entry, *_ in lines], np.int32),
        lengths=np.array(lengths, np.float32),
        lines=tuple(spoken(line) for _, line, _ in lines),
        strange=_weight(0, len(written)),
    )  # fmt: skip


def _without_chance(written: Sequence[Written]) -> list[Written]:
    """Pairs of Chinese characters that stand in one phrasing alone are mostly no words at all: half the index, and no use."""
    counted = Counter(term for text in written for _, terms in text.lines for term in terms)
    told = frozenset(term for text in written for term in text.answer | text.title)
    chance = {term for term, times in counted.items() if times == 1 and len(term) == 2 and is_han(term)} - told
    return [
        Written([(line, terms - chance) for line, terms in text.lines], text.answer, text.title) for text in written
    ]


def _weight(holders: int, entries: int) -> float:
    return math.log(1 + entries / (holders + 0.5))


def _places(written: Sequence[Written]) -> dict[str, dict[int, tuple[float, int]]]:
    """Per term its entries, with its share of their phrasings and the flags that say where they have it."""
    found: dict[str, dict[int, tuple[float, int]]] = defaultdict(dict)
    for entry, text in enumerate(written):
        asked = Counter(term for _, terms in text.lines for term in terms)
        for term in asked.keys() | text.answer | text.title:
            share = asked[term] / len(text.lines) if text.lines else 0.0
            flags = ASKED * (term in asked) | ANSWERED * (term in text.answer) | TITLED * (term in text.title)
            found[term][entry] = share, flags | CORE * (share >= CORE_SHARE)
    return found


def _telling(lines: Sequence[tuple[int, str, frozenset[str]]], terms: Sequence[str], weights: Floats) -> Table:
    """The phrasings of every telling term; rows of the others are empty."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, (_, _, held) in enumerate(lines):
        for term in held:
            found[term].append(number)
    return _table(found[term] if weight >= COMMON else () for term, weight in zip(terms, weights, strict=True))


def _table(rows: Iterable[Sequence[int]]) -> Table:
    ends: list[int] = []
    columns: list[int] = []
    for row in rows:
        columns += row
        ends.append(len(columns))
    return Table(np.array(ends, np.int32), np.array(columns, np.int32))


def _core_mass(holders: Table, flags: NDArray[np.uint8], weights: Floats, entries: int) -> Floats:
    """Per entry the weight of its core; 1 where it has none."""
    spread = np.repeat(weights, np.diff(holders.ends, prepend=0))
    mass = np.bincount(holders.columns, spread * ((flags & CORE) > 0), minlength=entries)
    return np.where(mass > 0, mass, 1.0).astype(np.float32)
