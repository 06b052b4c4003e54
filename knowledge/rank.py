"""One calibrated probability per candidate, from weights fitted on questions and kept in a readable file."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files

import numpy as np

from knowledge.meaning import BY_MEANING, Meaning
from knowledge.model import Lang
from knowledge.search import Found
from knowledge.signals import SIGNALS, Floats

MOST_LEAD = 5.0
"""A lead beyond this says no more."""
UNDECIDED = 0.1, 0.92
"""Where words alone are surer than this either way, meaning is not asked: it would change next to nothing (docs/decisions)."""


@dataclass(frozen=True)
class Step:
    """Weights of one way to look: which candidate (``order``), how likely the first is right (``trust``), from when on it is told (``answer``)."""

    order: Mapping[str, float]
    trust: Mapping[str, float]
    answer: float


@dataclass(frozen=True)
class Weights:
    """One language: by words alone, by words and meaning, and from when on choices are offered."""

    words: Step
    meaning: Step
    clarify: float


@dataclass(frozen=True)
class Ranked:
    """Candidates, best first, with their scores, and the probability that the first is what was asked; from ``answer`` on it is told."""

    entries: tuple[str, ...]
    scores: tuple[float, ...]
    signals: Floats
    confidence: float
    answer: float = 1.0
    answered: bool = False
    clarified: bool = False

    def column(self, signal: str) -> Floats:
        """One signal of every candidate, in their order."""
        column: Floats = self.signals[:, (*SIGNALS, *BY_MEANING).index(signal)]
        return column


class Ranker:
    """Orders candidates and says how much to trust the first; without ``meaning`` by words alone, and less well."""

    def __init__(self, weights: Mapping[Lang, Weights], meaning: Meaning | None = None) -> None:
        self.weights = weights
        self.meaning = meaning

    def rank(self, lang: Lang, line: str, found: Found) -> Ranked:
        """``line`` is the question as it was read."""
        weights = self.weights[lang]
        if not found.entries:
            return Ranked((), (), found.signals, 0.0)
        step = weights.meaning if self.meaning else weights.words
        ranked = weigh(weights.words, SIGNALS, found.entries, found.signals)
        if self.meaning and is_open(ranked.confidence):
            meant = self.meaning.signals(lang, line, found.entries)
            ranked = weigh(step, (*SIGNALS, *BY_MEANING), found.entries, np.hstack((found.signals, meant)))
        sure = ranked.confidence
        return replace(ranked, answer=step.answer, answered=sure >= step.answer, clarified=sure >= weights.clarify)


def is_open(confidence: float) -> bool:
    """Whether words alone leave it open."""
    return UNDECIDED[0] <= confidence < UNDECIDED[1]


def weigh(step: Step, names: Sequence[str], entries: Sequence[str], signals: Floats) -> Ranked:
    """Candidates in order, and the trust in the first; ``names`` are the columns of ``signals``."""
    scores = signals @ np.array([step.order.get(name, 0.0) for name in names])
    order = np.argsort(-scores, kind="stable")
    scores, signals = scores[order], signals[order]
    weights = np.array([step.trust.get(name, 0.0) for name in trusted(names)])
    trust = float(trust_facts(signals, scores) @ weights) + step.trust.get("bias", 0.0)
    return Ranked(tuple(entries[place] for place in order), tuple(scores.tolist()), signals, sigmoid(trust))


def trusted(names: Sequence[str]) -> tuple[str, ...]:
    """The names of what ``trust_facts`` gives."""
    return (*names, "score", "lead")


def trust_facts(signals: Floats, scores: Floats) -> Floats:
    """What the trust step looks at: the signals of the first, its score, and how far the second is behind."""
    lead = float(scores[0] - scores[1]) if len(scores) > 1 else MOST_LEAD
    return np.concatenate((signals[0], [scores[0], min(lead, MOST_LEAD)]))


def sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


def read_weights(text: str | None = None) -> dict[Lang, Weights]:
    """The weights as last fitted (``knowledge/ranker.toml``, written by ``make fit``)."""
    table = tomllib.loads(text if text is not None else files("knowledge").joinpath("ranker.toml").read_text("utf-8"))
    return {
        lang: Weights(Step(**row["words"]), Step(**row["meaning"]), row["clarify"])
        for lang, row in table["lang"].items()
    }
