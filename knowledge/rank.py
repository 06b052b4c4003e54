"""One calibrated probability per candidate, from weights fitted on the curated phrasings and kept in a readable file."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from importlib.resources import files

from knowledge.model import Lang
from knowledge.search import Candidate, Signals

SIGNALS = tuple(field.name for field in fields(Signals))


@dataclass(frozen=True)
class Weights:
    """Two steps of one language: which candidate (``order``), and how likely the first is right (``trust``)."""

    order: Mapping[str, float]
    trust: Mapping[str, float]
    answer: float
    clarify: float


@dataclass(frozen=True)
class Ranked:
    """Candidates, best first, and the probability that the first is what was asked."""

    candidates: tuple[Candidate, ...]
    scores: tuple[float, ...]
    confidence: float


class Ranker:
    """Orders candidates and says how much to trust the first."""

    def __init__(self, weights: Mapping[Lang, Weights]) -> None:
        self.weights = weights

    def rank(self, lang: Lang, found: Sequence[Candidate]) -> Ranked:
        weights = self.weights[lang]
        scored = sorted(((score(weights.order, c.signals), c) for c in found), key=lambda row: -row[0])
        if not scored:
            return Ranked((), (), 0.0)
        scores = tuple(value for value, _ in scored)
        facts = trust_facts(scored[0][1].signals, scores)
        return Ranked(tuple(c for _, c in scored), scores, sigmoid(score(weights.trust, facts)))


def score(weights: Mapping[str, float], facts: Signals | Mapping[str, float]) -> float:
    known = vars(facts) if isinstance(facts, Signals) else facts
    return weights.get("bias", 0.0) + sum(weights[name] * value for name, value in known.items() if name in weights)


def trust_facts(best: Signals, scores: Sequence[float]) -> dict[str, float]:
    """What the trust step looks at: the signals of the first, its score, and how far the second is behind."""
    lead = scores[0] - scores[1] if len(scores) > 1 else 5.0
    return {**vars(best), "score": scores[0], "lead": min(lead, 5.0)}


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
