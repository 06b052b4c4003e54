"""A base many times its size, in memory: synthetic twins of every entry that ask the same of other countries, cities, fairs and goods.

What twins share with their originals is what a grown base would share: «сколько», «виза», 多少钱 stand in all of them, and only the names, replaced
consistently by invented ones, tell them apart. Names are replaced as terms: of a Chinese name its inner pairs, not the pairs across its edges.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from knowledge.catalogue import Catalogue
from knowledge.index import COMMON, CORE, RARE, Index, Table, Words
from knowledge.lexicon import Lexicon, Names, Token
from knowledge.model import LANGS, Entry, Scope
from knowledge.pinyin import Pinyin
from knowledge.reach import Reach
from knowledge.repair import Repair
from knowledge.text import Lemmatiser, bigrams, is_han
from knowledge.vocabulary import ReaderTables, build_reader

NAMED = ("country", "city", "people", "event", "goods")
"""Kinds of names that differ between twins."""
_SYLLABLES = "баведижокулимынорэпятусефо"
_HAN = 0x3400, 0x6BFF
"""Characters that hardly any name uses: what invented names are written with."""

Numbers = NDArray[np.int64]


def multiplied(base: Catalogue, times: int) -> Catalogue:
    """The base with ``times - 1`` twins of every entry, ready to answer; its readers know the invented names too."""
    data, lemmatiser = base.data, Lemmatiser()
    named = _named(data.reading)
    ids = [_id(entry, twin) for twin in range(times) for entry in data.index.ids]
    reaches = [_reach(reach, twin) for twin in range(times) for reach in data.index.reaches]
    lexicon = Lexicon(lemmatiser)
    words = {lang: _multiplied(data.index.words[lang], lexicon, named, times) for lang in LANGS}
    grown = replace(
        data,
        entries=_entries(data.entries, times),
        index=Index(tuple(ids), tuple(reaches), words, data.index.exact),
        words=data.words | {_invented(word, twin) for word in _forms(data.words, named, lemmatiser) for twin in range(1, times)},
        reading=replace(
            data.reading, things=_names(data.reading.things, times), facets=_names(data.reading.facets, times)
        ),
    )  # fmt: skip
    repair = Repair(grown.words, lemmatiser)
    pinyin = Pinyin(grown.sounds, repair.russian_in_latin, repair.named)
    return replace(base, data=grown, pinyin=pinyin, repair=repair, reader=build_reader(grown.reading, lemmatiser))


def _id(entry: str, twin: int) -> str:
    return f"{entry}~{twin}" if twin else entry


def _entries(entries: Mapping[str, Entry], times: int) -> dict[str, Entry]:
    return {
        _id(name, twin): replace(entry, id=_id(name, twin)) for twin in range(times) for name, entry in entries.items()
    }


def _invented(name: str, twin: int) -> str:
    """The name a twin has in place of a real one: other characters, or a syllable or two behind a Russian word."""
    if not twin:
        return name
    if is_han(name):
        first, last = _HAN
        return "".join(chr(first + (ord(char) * 131 + twin * 7) % (last - first)) for char in name)
    return name + "".join(_SYLLABLES[2 * int(digit) : 2 * int(digit) + 2] for digit in str(twin))


def _named(reading: ReaderTables) -> frozenset[str]:
    """The terms of the index that are names: Russian lemmas, pairs of Chinese characters."""
    found: set[str] = set()
    for names in (reading.things, reading.facets):
        found.update(word for form, kind, _ in _russian(names) if kind in NAMED for word in form)
        chinese = (name for name, rows in names.chinese.items() if any(kind in NAMED for kind, _ in rows))
        found.update(pair for name in chinese if len(name) > 1 for pair in bigrams(name))
    return frozenset(found)


def _russian(names: Names) -> Iterable[tuple[tuple[str, ...], str, str]]:
    return (row for rows in names.russian.values() for row in rows)


def _forms(words: Iterable[str], named: frozenset[str], lemmatiser: Lemmatiser) -> list[str]:
    """The spellings of Russian names that the base's words hold."""
    return sorted(word for word in words if not word.isascii() and not is_han(word) and lemmatiser.lemma(word) in named)


def _names(names: Names, times: int) -> Names:
    """The names with those of every twin; an invented name stands for an invented thing."""
    russian = {lemma: list(rows) for lemma, rows in names.russian.items()}
    chinese = {name: list(rows) for name, rows in names.chinese.items()}
    for twin in range(1, times):
        for form, kind, item in _russian(names):
            if kind in NAMED:
                invented = tuple(_invented(word, twin) for word in form)
                russian.setdefault(invented[0], []).append((invented, kind, _id(item, twin)))
        for name, rows in names.chinese.items():
            twins = [(kind, _id(item, twin)) for kind, item in rows if kind in NAMED]
            if twins:
                chinese[_invented(name, twin)] = twins
    return Names(russian, chinese)


def _reach(reach: Reach, twin: int) -> Reach:
    """What the twin of an entry is about: the same of other countries, cities, fairs and goods."""
    if not twin:
        return reach

    def other(names: frozenset[str]) -> frozenset[str]:
        return frozenset(_id(name, twin) for name in names)

    def other_one(name: str | None) -> str | None:
        return name and _id(name, twin)

    return replace(
        reach,
        scope=_scope(reach.scope, twin),
        countries=other(reach.countries), events=other(reach.events), goods=other(reach.goods), cities=other(reach.cities),
        told_countries=other(reach.told_countries), own_countries=other(reach.own_countries),
        titled_cities=other(reach.titled_cities), side=other(reach.side), partner=other_one(reach.partner),
        place=other_one(reach.place), seat=other_one(reach.seat),
        dated_goods=frozenset((_id(good, twin), year) for good, year in reach.dated_goods),
    )  # fmt: skip


def _scope(scope: Scope, twin: int) -> Scope:
    def other(name: str | None) -> str | None:
        return name and _id(name, twin)

    flow = scope.flow and "-".join(_id(end, twin) for end in scope.flow.split("-"))
    return replace(
        scope,
        traveller=other(scope.traveller),
        destination=other(scope.destination),
        flow=flow,
        event=other(scope.event),
    )


@dataclass(frozen=True)
class _Rows:
    """Which rows of an index are names, and where the row of a twin's name stands: rows that are none are shared by all."""

    named: NDArray[np.bool_]
    count: int

    def of(self, rows: Numbers, twin: int) -> Numbers:
        if not twin:
            return rows
        first = self.count + (twin - 1) * int(self.named.sum())
        places = np.cumsum(self.named) - 1
        return np.where(self.named[rows], first + places[rows], rows)


def _multiplied(words: Words, lexicon: Lexicon, named: frozenset[str], times: int) -> Words:
    """One language of the index, multiplied; what depends on the size of the base is computed anew."""
    terms = sorted(words.rows, key=words.rows.__getitem__)
    rows = _Rows(np.array([term in named for term in terms]), len(terms))
    entries = len(words.core)
    held = np.repeat(np.arange(len(terms)), np.diff(words.holders.ends, prepend=0))
    weights = np.log1p(
        times * entries / (np.bincount(held, minlength=len(terms)) * np.where(rows.named, 1, times) + 0.5)
    )
    shares = (RARE / np.exp(words.absent) - RARE) / np.where(rows.named, times, 1)
    holders, order = _table(held, words.holders.columns.astype(np.int64), rows, times, entries)
    said, numbers = _postings(words, lexicon)
    telling = weights[said] >= COMMON
    phrasings, _ = _table(said[telling], numbers[telling], rows, times, len(words.lines))
    mass = np.bincount(numbers, (weights[said] * telling) ** 2, minlength=len(words.lines))
    core = np.bincount(words.holders.columns, weights[held] * ((words.where & CORE) > 0), minlength=entries)
    twins = [_invented(term, twin) for twin in range(1, times) for term in terms if term in named]
    return Words(
        rows=dict(words.rows) | {term: len(terms) + place for place, term in enumerate(twins)},
        weights=_named_again(weights, rows, times),
        absent=_named_again(np.log(RARE / (shares + RARE)), rows, times),
        holders=holders,
        where=np.tile(words.where, times)[order],
        odds=np.tile(words.odds, times)[order],
        core=np.tile(np.where(core > 0, core, 1.0), times).astype(np.float32),
        phrasings=phrasings,
        asks=(np.tile(words.asks, times) + np.repeat(np.arange(times) * entries, len(words.asks))).astype(np.int32),
        lengths=np.tile(np.sqrt(mass), times).astype(np.float32),
        lines=words.lines * times,
        strange=float(np.log1p(times * entries / 0.5)),
    )


def _postings(words: Words, lexicon: Lexicon) -> tuple[Numbers, Numbers]:
    """Every term of every phrasing, as rows and numbers of phrasings: the index itself keeps only the telling ones."""
    found = [
        (words.rows[term], number)
        for number, line in enumerate(words.lines)
        for term in frozenset(_terms(lexicon.tokens(line)))
        if term in words.rows
    ]
    table = np.array(found, np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _terms(tokens: Iterable[Token]) -> Iterator[str]:
    """What a line is compared by: dictionary forms, Chinese characters and their pairs."""
    for token in tokens:
        yield from (*token.text, *bigrams(token.text)) if token.han else (token.lemma,)


def _table(at: Numbers, columns: Numbers, rows: _Rows, times: int, width: int) -> tuple[Table, Numbers]:
    """The table of all twins, and in which order it holds the cells of the tiled original."""
    every = np.concatenate([rows.of(at, twin) for twin in range(times)])
    moved = np.concatenate([columns + twin * width for twin in range(times)])
    order = np.argsort(every, kind="stable")
    size = rows.count + (times - 1) * int(rows.named.sum())
    ends = np.cumsum(np.bincount(every, minlength=size))
    return Table(ends.astype(np.int32), moved[order].astype(np.int32)), order


def _named_again(values: NDArray[np.float64], rows: _Rows, times: int) -> NDArray[np.float32]:
    return np.concatenate([values, np.tile(values[rows.named], times - 1)]).astype(np.float32)
