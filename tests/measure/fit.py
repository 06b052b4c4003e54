"""Fit the ranker: `python -m tests.measure.fit` writes knowledge/ranker.toml, the same from the same data.

Only questions of the fit split teach weights; the threshold for answering is the lowest that keeps wrong answers rare on the development
split. Order: pairwise logistic regression, the right entry against its nearest rivals.
Trust: logistic regression on whether the first candidate is right; questions that must get no answer are wrong whatever comes first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.app import KNOWLEDGE
from knowledge.catalogue import Catalogue, open_catalogue
from knowledge.model import LANGS, Lang
from knowledge.rank import TRUSTED, Ranked, Ranker, Weights, trust_facts
from knowledge.search import SIGNALS, Found, candidates
from tests.measure import sets

TODAY = date(2026, 11, 24)
RIVALS = 6
THRESHOLDS = tuple(round(0.3 + 0.01 * step, 2) for step in range(66))
MOST_WRONG = 0.02
CLARIFY = 0.25
FILE = KNOWLEDGE / "ranker.toml"


@dataclass(frozen=True)
class Example:
    """A question, the candidates found for it, and which entries are right (none: nothing may be told)."""

    lang: Lang
    found: Found
    right: frozenset[str]


def questions(split: sets.Split = "fit") -> list[sets.Asked]:
    """What may be learned from: weights from the fit split, thresholds from the development split."""
    return [asked for asked in [*sets.in_domain(), *sets.out_of_scope()] if asked.split == split]


def examples(base: Catalogue, split: sets.Split) -> Iterator[Example]:
    for asked in questions(split):
        question = base.question(asked.text, TODAY)
        found = candidates(base.data.index, question, TODAY.year)
        yield Example(asked.lang, found, frozenset(asked.entries))


def fit(base: Catalogue) -> dict[Lang, Weights]:
    every, tried = list(examples(base, "fit")), list(examples(base, "dev"))
    return {
        lang: _fit_one([e for e in every if e.lang == lang], [e for e in tried if e.lang == lang]) for lang in LANGS
    }


def _fit_one(every: list[Example], tried: list[Example]) -> Weights:
    order = _order(every)
    trust = _trust(every, order)
    return Weights(order, trust, answer=_threshold(Weights(order, trust, 0, 0), tried), clarify=CLARIFY)


def _threshold(weights: Weights, tried: list[Example]) -> float:
    """The lowest of the thresholds at which at most ``MOST_WRONG`` of the in-domain questions of the development split are answered wrongly."""
    ranker = Ranker({"ru": weights})
    ranked = [(ranker.rank("ru", example.found), example.right) for example in tried if example.right]
    sure = [(one.confidence, one.entries[0] in right) for one, right in ranked if one.entries]
    for threshold in THRESHOLDS:
        if sum(not right and confidence >= threshold for confidence, right in sure) <= MOST_WRONG * len(ranked):
            return threshold
    return THRESHOLDS[-1]


def _order(every: list[Example]) -> dict[str, float]:
    rows, marks = [], []
    for example in every:
        right = np.array([entry in example.right for entry in example.found.entries], np.bool_)
        for one in example.found.signals[right][:1]:
            for other in example.found.signals[~right][:RIVALS]:
                rows += [one - other, other - one]
                marks += [1, 0]
    model = LogisticRegression(C=1.0, fit_intercept=False, max_iter=2000)
    model.fit(np.array(rows), np.array(marks))
    return {name: round(float(value), 3) for name, value in zip(SIGNALS, model.coef_[0], strict=True)}


def _trust(every: list[Example], order: dict[str, float]) -> dict[str, float]:
    ranker = Ranker({"ru": Weights(order, {}, 0, 0)})
    ranked = [(ranker.rank("ru", example.found), example.right) for example in every if example.found.entries]
    rows = [trust_facts(one.signals, np.array(one.scores)) for one, _ in ranked]
    marks = [int(one.entries[0] in right) for one, right in ranked]
    model = LogisticRegression(C=1.0, max_iter=5000)
    model.fit(np.array(rows), np.array(marks))
    values = zip(["bias", *TRUSTED], [model.intercept_[0], *model.coef_[0]], strict=True)
    return {name: round(float(value), 3) for name, value in values}


def data_hash(base: Catalogue) -> str:
    """What the fit rests on: every phrasing and every question of the fit split."""
    digest = hashlib.sha256()
    for entry in base.data.entries.values():
        digest.update(f"{entry.id}|{entry.ask}\n".encode())
    for asked in questions():
        digest.update(f"{asked.text}|{asked.entries}\n".encode())
    return digest.hexdigest()[:16]


def written(weights: dict[Lang, Weights], stamp: str) -> str:
    lines = [
        "# Written by `make fit`; do not edit by hand. Signals are explained in knowledge/search.py.",
        f'data = "{stamp}"',
        "",
    ]
    for lang, row in weights.items():
        lines += [f"[lang.{lang}]", f"answer = {row.answer}", f"clarify = {row.clarify}"]
        for step in ("order", "trust"):
            table = getattr(row, step)
            lines.append(f"{step} = {{ {', '.join(f'{name} = {value}' for name, value in table.items())} }}")
        lines.append("")
    return "\n".join(lines)


def ranked(base: Catalogue, ranker: Ranker, text: str, lang: Lang) -> Ranked:
    question = base.question(text, TODAY)
    return ranker.rank(lang, candidates(base.data.index, question, TODAY.year))


def main(file: Path = FILE) -> None:
    base = open_catalogue(KNOWLEDGE, None)
    file.write_text(written(fit(base), data_hash(base)), "utf-8")


if __name__ == "__main__":
    main()
