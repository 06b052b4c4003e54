"""The index of the base: per language, which terms ask for which entry, and how telling each term is."""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.model import LANGS, Lang
from knowledge.scope import Reach
from knowledge.text import is_han, words

CORE_SHARE = 0.4
"""A term of this share of an entry's phrasings belongs to its core: what its askers keep saying."""
COMMON = 1.5
"""Terms lighter than this stand almost everywhere and are left out where phrasings are compared one by one."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One curated phrasing: its entry's place in the index, its spoken line and the length of the vector of its telling terms."""

    entry: int
    line: str
    norm: float


@dataclass(frozen=True)
class Card:
    """What one language says of one entry. ``asked`` counts the phrasings that hold a term."""

    phrasings: int
    asked: Mapping[str, int]
    answered: frozenset[str]
    titled: frozenset[str]
    core: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """The index of one language. Weights are inverse document frequencies over entries; shares are of all phrasings."""

    phrases: tuple[Phrase, ...]
    cards: tuple[Card, ...]
    postings: Mapping[str, Sequence[int]]
    owners: Mapping[str, Sequence[int]]
    weight: Mapping[str, float]
    share: Mapping[str, float]
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
    words = {lang: _words(written[lang]) for lang in LANGS}
    exact = {phrase.line: phrase.entry for one in words.values() for phrase in one.phrases}
    return Index(tuple(ids), tuple(reaches), words, exact)


def _words(written: Sequence[Written]) -> Words:
    written = _without_chance(written)
    lines = [(entry, line, terms) for entry, text in enumerate(written) for line, terms in text.lines]
    postings, owners = _inverted(lines, written)
    weight = {term: _weight(len(held), len(written)) for term, held in owners.items()}
    heavy = frozenset(term for term, value in weight.items() if value >= COMMON)
    return Words(
        phrases=tuple(Phrase(entry, spoken(line), _norm(weight, terms & heavy)) for entry, line, terms in lines),
        cards=tuple(map(_card, written)),
        postings={term: postings[term] for term in postings.keys() & heavy},
        owners=owners,
        weight=weight,
        share={term: len(held) / len(lines) for term, held in postings.items()},
        strange=_weight(0, len(written)),
    )


def _without_chance(written: Sequence[Written]) -> list[Written]:
    """Pairs of Chinese characters that stand in one phrasing alone are mostly no words at all: half the index, and no use."""
    counted = Counter(term for text in written for _, terms in text.lines for term in terms)
    told = frozenset(term for text in written for term in text.answer | text.title)
    chance = {term for term, times in counted.items() if times == 1 and len(term) == 2 and is_han(term)} - told
    return [
        Written([(line, terms - chance) for line, terms in text.lines], text.answer, text.title) for text in written
    ]


def _norm(weight: Mapping[str, float], terms: Iterable[str]) -> float:
    return math.sqrt(sum(weight[term] ** 2 for term in terms))


def _weight(holders: int, entries: int) -> float:
    return math.log(1 + entries / (holders + 0.5))


def _inverted(
    lines: Iterable[tuple[int, str, frozenset[str]]], written: Sequence[Written]
) -> tuple[dict[str, Sequence[int]], dict[str, Sequence[int]]]:
    """Terms to numbers of phrasings and terms to entries, as arrays: they load many times faster than tuples."""
    postings: dict[str, array[int]] = defaultdict(lambda: array("I"))
    owners: dict[str, set[int]] = defaultdict(set)
    for number, (entry, _, terms) in enumerate(lines):
        for term in terms:
            postings[term].append(number)
            owners[term].add(entry)
    for entry, text in enumerate(written):
        for term in text.answer | text.title:
            owners[term].add(entry)
    return dict(postings), {term: array("I", sorted(held)) for term, held in owners.items()}


def _card(text: Written) -> Card:
    asked = Counter(term for _, terms in text.lines for term in terms)
    count = len(text.lines)
    core = tuple(sorted(term for term, times in asked.items() if times >= CORE_SHARE * count))
    return Card(count, dict(asked), text.answer, text.title, core)
