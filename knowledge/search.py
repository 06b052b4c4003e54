"""Candidates: the nearest entries whose scope a question does not contradict, and how near each is, signal by signal."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from rapidfuzz import fuzz

from knowledge.index import COMMON, Card, Index, Words, spoken
from knowledge.question import Question
from knowledge.scope import Reach, contradiction

SHORTLIST = 24
"""Entries looked at closely; the share of questions whose right entry is among them is in docs/quality.md."""
NEAREST = 3
"""Phrasings of an entry that speak for it."""
MOST_POSTINGS = 3000
"""Phrasings looked at through the terms of a question, the most telling terms first: what bounds the cost as the base grows."""
RARE = 0.02
"""Added to shares of phrasings before their logarithm, so that a term never seen costs much but not everything."""


@dataclass(frozen=True)
class Signals:
    """How near a question is to an entry. All but ``odds`` lie between 0 and 1; the last six speak against it."""

    odds: float
    nearest: float
    agreed: float
    fuzzy: float
    answered: float
    titled: float
    either: float
    core: float
    edition: float
    period: float
    year: float
    missing: float
    strange: float
    unfounded: float
    aspect: float
    matter: float
    side: float


@dataclass(frozen=True)
class Candidate:
    """An entry that may be what was asked."""

    entry: str
    signals: Signals


@dataclass(frozen=True)
class _Asked:
    """The terms of a question with their weights, those no entry knows among them."""

    weight: Mapping[str, float]
    total: float
    strange: float
    line: str


def candidates(index: Index, question: Question, this_year: int) -> list[Candidate]:
    """The nearest entries of a compatible scope, at most ``SHORTLIST``; none where no word is known."""
    words = index.words[question.lang]
    asked = _asked(words, question)
    best = _nearest_phrases(words, asked)
    shortlist = islice(_compatible(index, question, this_year, _ordered(words, asked, best)), SHORTLIST)
    return [
        Candidate(index.ids[entry], _signals(words, question, asked, entry, best.get(entry, []), index.reaches[entry]))
        for entry in shortlist
    ]


def _asked(words: Words, question: Question) -> _Asked:
    weight = {term: words.weight.get(term, words.strange) for term in question.terms}
    strange = sum(value for term, value in weight.items() if term not in words.weight)
    return _Asked(weight, sum(weight.values()) or 1.0, strange, spoken(question.line))


def _nearest_phrases(words: Words, asked: _Asked) -> dict[int, list[tuple[float, int]]]:
    """Per entry its nearest phrasings by the cosine of their telling terms."""
    heavy = {term: weight**2 for term, weight in asked.weight.items() if weight >= COMMON}
    length = math.sqrt(sum(heavy.values())) or 1.0
    shared: dict[int, float] = defaultdict(float)
    read = 0
    for term, square in sorted(heavy.items(), key=lambda row: (-row[1], row[0])):
        postings = words.postings.get(term, ())
        read += len(postings)
        if read > MOST_POSTINGS and shared:
            break
        for number in postings:
            shared[number] += square
    best: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for number, mass in shared.items():
        phrase = words.phrases[number]
        if phrase.norm:
            best[phrase.entry].append((mass / (length * phrase.norm), number))
    return {entry: sorted(rows, reverse=True)[:NEAREST] for entry, rows in best.items()}


def _ordered(words: Words, asked: _Asked, best: Mapping[int, list[tuple[float, int]]]) -> list[int]:
    """Entries that know any telling term, nearest first by their best phrasing and the weight of what they know."""
    known: dict[int, float] = defaultdict(float)
    for term, weight in asked.weight.items():
        for entry in words.owners.get(term, ()):
            known[entry] += weight

    def nearness(entry: int) -> float:
        return (best[entry][0][0] if entry in best else 0.0) + known[entry] / asked.total

    return sorted(known, key=nearness, reverse=True)


def _compatible(index: Index, question: Question, this_year: int, ordered: Iterable[int]) -> Iterable[int]:
    return (entry for entry in ordered if contradiction(question, index.reaches[entry], this_year) is None)


def _signals(
    words: Words, question: Question, asked: _Asked, entry: int, best: list[tuple[float, int]], about: Reach
) -> Signals:
    card = words.cards[entry]
    held = {term: weight for term, weight in asked.weight.items() if term in card.asked or term in card.answered}
    core = sum(words.weight[term] for term in card.core) or 1.0
    near = [cosine for cosine, _ in best]
    return Signals(
        odds=_odds(words, asked, card),
        nearest=near[0] if near else 0.0,
        agreed=sum(near) / NEAREST,
        fuzzy=max((_alike(asked.line, words.phrases[number].line) for _, number in best), default=0.0),
        answered=_mass(asked, card.answered),
        titled=_mass(asked, card.titled),
        either=sum(held.values()) / asked.total,
        core=sum(words.weight[term] for term in card.core if term in asked.weight) / core,
        edition=float(about.scope.edition in question.editions),
        period=float(about.scope.period is not None and about.scope.period in question.periods),
        year=float(bool(question.years & about.years)),
        missing=max((w for term, w in asked.weight.items() if term not in held), default=0.0) / words.strange,
        strange=asked.strange / asked.total,
        unfounded=float(_located(about) and not (question.travel or question.flow or question.place or question.home)),
        aspect=len(question.aspects - about.aspects) / max(len(question.aspects), 1),
        matter=float(not question.matters <= about.matters),
        side=float(bool(question.side and about.side and not question.side & about.side)),
    )


def _located(about: Reach) -> bool:
    return about.scope.direction is not None or about.scope.destination is not None


def _odds(words: Words, asked: _Asked, card: Card) -> float:
    """Weighted mean of how much likelier each term is in phrasings of this entry than in all: naive Bayes by hand."""
    ratio = 0.0
    for term, weight in asked.weight.items():
        here = card.asked.get(term, 0) / card.phrasings
        ratio += weight * math.log((here + RARE) / (words.share.get(term, 0.0) + RARE))
    return ratio / asked.total


def _mass(asked: _Asked, terms: frozenset[str]) -> float:
    return sum(weight for term, weight in asked.weight.items() if term in terms) / asked.total


def _alike(line: str, other: str) -> float:
    return fuzz.token_sort_ratio(line, other) / 100
