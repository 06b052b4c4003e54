"""One calibrated probability per candidate, from weights fitted on the curated phrasings and kept in a readable file."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

from knowledge.model import Lang
from knowledge.search import SIGNALS, Floats, Found

TRUSTED = (*SIGNALS, "score", "lead")
MOST_LEAD = 5.0
"""A lead beyond this says no more."""


@dataclass(frozen=True)
class Weights:
    """Two steps of one language: which candidate (``order``), and how likely the first is right (``trust``)."""

    order: Mapping[str, float]
    trust: Mapping[str, float]
    answer: float
    clarify: float


@dataclass(frozen=True)
class Ranked:
    """Candidates, best first, with their scores, and the probability that the first is what was asked."""

    entries: tuple[str, ...]
    scores: tuple[float, ...]
    signals: Floats
    confidence: float

    def column(self, signal: str) -> Floats:
        """One signal of every candidate, in their order."""
        column: Floats = self.signals[:, SIGNALS.index(signal)]
        return column


class Ranker:
    """Orders candidates and says how much to trust the first."""

    def __init__(self, weights: Mapping[Lang, Weights]) -> None:
        self.weights = weights
        self._order = {lang: np.array([one.order.get(name, 0.0) for name in SIGNALS]) for lang, one in weights.items()}
        self._trust = {lang: np.array([one.trust.get(name, 0.0) for name in TRUSTED]) for lang, one in weights.items()}

    def rank(self, lang: Lang, found: Found) -> Ranked:
        if not found.entries:
            return Ranked((), (), found.signals, 0.0)
        scores = found.signals @ self._order[lang]
        order = np.argsort(-scores, kind="stable")
        scores, signals = scores[order], found.signals[order]
        trust = float(trust_facts(signals, scores) @ self._trust[lang]) + self.weights[lang].trust.get("bias", 0.0)
        return Ranked(tuple(found.entries[place] for place in order), tuple(scores.tolist()), signals, sigmoid(trust))


def trust_facts(signals: Floats, scores: Floats) -> Floats:
    """What the trust step looks at, in the order of ``TRUSTED``: the signals of the first, its score, how far the second is behind."""
    lead = float(scores[0] - scores[1]) if len(scores) > 1 else MOST_LEAD
    return np.concatenate((signals[0], [scores[0], min(lead, MOST_LEAD)]))


def sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


def read_weights(text: str | None = None) -> Ranker:
    """The ranker as last fitted (``knowledge/ranker.toml``, written by ``make fit``)."""
    table = tomllib.loads(text if text is not None else files("knowledge").joinpath("ranker.toml").read_text("utf-8"))
    return Ranker(
        {
            lang: Weights(row["order"], row["trust"], row["answer"], row["clarify"])
            for lang, row in table["lang"].items()
        }
    )
