"""Candidates: every phrasing and answer indexed by its words, the nearest entries of a compatible scope found fast."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from knowledge.question import Question
from knowledge.scope import Reach, contradiction
from knowledge.text import words

SHORTLIST = 24
"""Entries looked at closely; on the curated phrasings the right one is among them in over 99 of 100 (see docs/quality.md)."""


@dataclass(frozen=True)
class Phrase:
    """One curated phrasing: its entry's place in the index, its line and its terms."""

    entry: int
    line: str
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Signals:
    """How near a question is to an entry, each from 0 to 1: the higher the nearer, but for ``unknown``."""

    phrase: float
    fuzzy: float
    asked: float
    answered: float
    covered: float
    both: float
    unknown: float
    named: float
    agreed: float


@dataclass(frozen=True)
class Candidate:
    """An entry that may be what was asked."""

    entry: str
    signals: Signals


@dataclass(frozen=True)
class Index:
    """The compiled base: terms to phrasings, terms to entries, and what each entry is about."""

    ids: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    postings: Mapping[str, tuple[int, ...]]
    asked: tuple[frozenset[str], ...]
    answered: tuple[frozenset[str], ...]
    owners: Mapping[str, tuple[int, ...]]
    weight: Mapping[str, float]
    reaches: tuple[Reach, ...]
    exact: Mapping[str, int]

    @property
    def rarest(self) -> float:
        return math.log(1 + len(self.ids))


def spoken(line: str) -> str:
    """A line without its punctuation: what makes a question the same as a phrasing."""
    return " ".join(words(line))


def build_index(
    ids: Sequence[str], phrases: Sequence[Phrase], answers: Sequence[frozenset[str]], reaches: Sequence[Reach]
) -> Index:
    asked: list[set[str]] = [set() for _ in ids]
    postings: dict[str, list[int]] = defaultdict(list)
    for number, phrase in enumerate(phrases):
        asked[phrase.entry].update(phrase.terms)
        for term in set(phrase.terms):
            postings[term].append(number)
    owners: dict[str, list[int]] = defaultdict(list)
    for number, terms in enumerate(asked):
        for term in terms | answers[number]:
            owners[term].append(number)
    weight = {term: math.log(1 + len(ids) / len(held)) for term, held in owners.items()}
    return Index(
        tuple(ids), tuple(phrases), {term: tuple(held) for term, held in postings.items()},
        tuple(map(frozenset, asked)), tuple(answers), {term: tuple(held) for term, held in owners.items()}, weight, tuple(reaches),
        {spoken(phrase.line): phrase.entry for phrase in phrases},
    )  # fmt: skip


def candidates(index: Index, question: Question, this_year: int, skip: int | None = None) -> list[Candidate]:
    """The nearest entries whose scope the question does not contradict. ``skip`` hides one phrasing (for fitting)."""
    terms = Counter(question.terms)
    if not terms:
        return []
    known = {term: index.weight[term] for term in terms if term in index.weight and not _only_in(index, term, skip)}
    total = sum(known.values()) + index.rarest * sum(term not in known for term in terms)
    best = _best_phrases(index, known, total, skip)
    reach = _coverage(index, known)
    fitting = _fitting(index, question, this_year, best, reach)
    return [
        Candidate(index.ids[entry], _signals(index, question, known, total, entry, best.get(entry, []), skip))
        for entry in fitting
    ]


def _only_in(index: Index, term: str, skip: int | None) -> bool:
    """Whether a term stands nowhere but in the phrasing ``skip``."""
    return (
        skip is not None
        and index.postings.get(term) == (skip,)
        and not any(term in index.answered[e] for e in index.owners[term])
    )


def _best_phrases(
    index: Index, known: Mapping[str, float], total: float, skip: int | None
) -> dict[int, list[tuple[float, int]]]:
    """Per entry its nearest phrasings: weight shared, over the geometric mean of both weights."""
    shared: dict[int, float] = defaultdict(float)
    for term, weight in known.items():
        for number in index.postings.get(term, ()):
            shared[number] += weight
    best: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for number, mass in shared.items():
        if number != skip:
            phrase = index.phrases[number]
            whole = sum(index.weight[term] for term in set(phrase.terms))
            best[phrase.entry].append((mass / math.sqrt(total * whole), number))
    return {entry: sorted(rows, reverse=True)[:3] for entry, rows in best.items()}


def _coverage(index: Index, known: Mapping[str, float]) -> dict[int, float]:
    covered: dict[int, float] = defaultdict(float)
    for term, weight in known.items():
        for entry in index.owners[term]:
            covered[entry] += weight
    return covered


def _fitting(
    index: Index,
    question: Question,
    this_year: int,
    best: Mapping[int, list[tuple[float, int]]],
    reach: Mapping[int, float],
) -> list[int]:
    def nearness(entry: int) -> float:
        return (best[entry][0][0] if best.get(entry) else 0) + reach[entry] / (1 + sum(map(len, question.terms)))

    ordered = sorted(reach, key=nearness, reverse=True)
    fitting: list[int] = []
    for entry in ordered:
        if contradiction(question, index.reaches[entry], this_year) is None:
            fitting.append(entry)
            if len(fitting) == SHORTLIST:
                break
    return fitting


def _signals(
    index: Index,
    question: Question,
    known: Mapping[str, float],
    total: float,
    entry: int,
    best: list[tuple[float, int]],
    skip: int | None,
) -> Signals:
    asked = _asked_without(index, entry, skip) if skip is not None else index.asked[entry]
    answered = index.answered[entry]
    line = " ".join(question.terms)
    nearest = index.phrases[best[0][1]] if best else None
    fuzzy = max((fuzz.token_sort_ratio(line, " ".join(index.phrases[number].terms)) for _, number in best), default=0.0)
    covered = sum(index.weight[term] for term in set(nearest.terms) if term in known) if nearest else 0.0
    whole = sum(index.weight[term] for term in set(nearest.terms)) if nearest else 1.0
    mass = {
        name: sum(w for t, w in known.items() if t in held) for name, held in (("asked", asked), ("answered", answered))
    }
    either = sum(w for t, w in known.items() if t in asked or t in answered)
    missing = max((w for t, w in known.items() if t not in asked and t not in answered), default=0.0)
    strange = sum(term not in known for term in set(question.terms))
    return Signals(
        phrase=best[0][0] if best else 0.0,
        fuzzy=fuzzy / 100,
        asked=mass["asked"] / total,
        answered=mass["answered"] / total,
        covered=covered / whole if whole else 0.0,
        both=either / total,
        unknown=strange * index.rarest / total,
        named=1 - missing / index.rarest,
        agreed=sum(near for near, _ in best) / 3,
    )


def _asked_without(index: Index, entry: int, skip: int) -> frozenset[str]:
    """The terms an entry is asked by, were the phrasing ``skip`` not there."""
    if index.phrases[skip].entry != entry:
        return index.asked[entry]
    return frozenset(
        term
        for term in index.asked[entry]
        if any(number != skip and index.phrases[number].entry == entry for number in index.postings[term])
    )
