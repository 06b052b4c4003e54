"""What the usual engines do with the same questions: RapidFuzz and TF-IDF over the same phrasings, BM25 over the answers too.

None of them reads anything: the nearest text decides, and a threshold on its score is all that keeps them silent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import bm25s
import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge.catalogue import Catalogue
from knowledge.index import spoken
from knowledge.model import LANGS, Lang
from tests.measure.fit import MOST_WRONG, TODAY
from tests.measure.progress import progress
from tests.measure.sets import Asked
from tests.measure.tables import Table, share

SCORERS = (fuzz.token_set_ratio, fuzz.token_sort_ratio, fuzz.WRatio, fuzz.partial_ratio)
EVERY = 5
"""RapidFuzz is asked every fifth question only, since it looks at every phrasing: 20 ms a question and more. Styles come in eights."""
CHOSEN_BY = 4
"""Which of its scorers suits a language is shown by every fourth of its development questions, over every fourth phrasing."""
GRAMS = (2, 4)
"""Characters of a term of TF-IDF, within words."""

Floats = NDArray[np.float64]
Scorer = Callable[..., float]
Scores = Callable[[Sequence[str]], Floats]
"""A row per question, a column per text."""


@dataclass(frozen=True)
class Texts:
    """What an engine may search in one language: lines, and the entry each belongs to."""

    lines: tuple[str, ...]
    entries: tuple[str, ...]


@dataclass(frozen=True)
class Engine:
    """A way to hold questions against texts; ``every`` thins the questions of one that is too slow for all."""

    name: str
    texts: Texts
    scores: Scores
    every: int = 1


@dataclass(frozen=True)
class Firsts:
    """The nearest entry of each question, how near it is, whether it is right, and whether any could be."""

    score: Floats
    right: NDArray[np.bool_]
    known: NDArray[np.bool_]


def baseline_table(base: Catalogue, asked: Sequence[Asked]) -> Table:
    """Every engine on the development and test questions ``asked``; thresholds are chosen on the former, shares told of the latter."""
    rows: list[Sequence[object]] = []
    for lang in LANGS:
        dev = [one for one in asked if (one.lang, one.split) == (lang, "dev")]
        test = [one for one in asked if (one.lang, one.split) == (lang, "test")]
        for engine in _engines(base, lang, dev[::EVERY]):
            tried = _firsts(engine, dev[:: engine.every], f"{engine.name}, {lang}, dev")
            met = _firsts(engine, test[:: engine.every], f"{engine.name}, {lang}, test")
            rows.append((engine.name, lang, int(met.known.sum()), *_figures(tried, met)))
    head = ("engine", "language", "asked", "top-1", "threshold", "right", "wrong", "out of scope answered")
    return "The usual engines on the same questions (test split)", head, rows


def _engines(base: Catalogue, lang: Lang, dev: Sequence[Asked]) -> Iterator[Engine]:
    asked, told = _texts(base, lang, answers=False), _texts(base, lang, answers=True)
    yield _rapidfuzz(asked, dev)
    yield Engine("character TF-IDF", asked, _tfidf(asked))
    yield Engine("BM25, lemmas and pairs", told, _bm25(base, told))


def _texts(base: Catalogue, lang: Lang, *, answers: bool) -> Texts:
    found = [
        (base.normalise(line), entry.id)
        for entry in base.data.entries.values()
        for line in (*entry.ask[lang], *((entry.answer[lang],) if answers else ()))
    ]
    return Texts(tuple(line for line, _ in found), tuple(entry for _, entry in found))


def _firsts(engine: Engine, asked: Sequence[Asked], title: str) -> Firsts:
    """The best text of each question, fifty questions at a time."""
    places: list[int] = []
    best: list[float] = []
    for part in progress([asked[at : at + 50] for at in range(0, len(asked), 50)], title):
        table = engine.scores([one.text for one in part])
        at = table.argmax(axis=1)
        places += at.tolist()
        best += table[np.arange(len(at)), at].tolist()
    right = [engine.texts.entries[place] in one.entries for place, one in zip(places, asked, strict=True)]
    return Firsts(np.array(best), np.array(right, np.bool_), np.array([bool(one.entries) for one in asked], np.bool_))


def _figures(dev: Firsts, test: Firsts) -> Sequence[object]:
    inside, outside = test.known, ~test.known
    top = share(int(test.right[inside].sum()), int(inside.sum()))
    threshold = _threshold(dev)
    if threshold is None:
        return top, "none reaches it", "-", "-", "-"
    told = test.score >= threshold
    right, wrong = (told & test.right & inside).sum(), (told & ~test.right & inside).sum()
    return (
        top, f"{threshold:.3g}", share(int(right), int(inside.sum())), share(int(wrong), int(inside.sum())),
        share(int((told & outside).sum()), int(outside.sum())),
    )  # fmt: skip


def _threshold(dev: Firsts) -> float | None:
    """The lowest score at which at most ``MOST_WRONG`` of the in-domain questions of the development split are answered wrongly."""
    most = MOST_WRONG * int(dev.known.sum())
    for score in np.unique(dev.score):
        told = (dev.score >= score) & dev.known
        if (told & ~dev.right).sum() <= most and (told & dev.right).any():
            return float(score)
    return None


def _rapidfuzz(texts: Texts, dev: Sequence[Asked]) -> Engine:
    """RapidFuzz over the phrasings, with the scorer that finds most of a sample of the development questions in a sample of the phrasings."""
    some = Texts(texts.lines[::CHOSEN_BY], texts.entries[::CHOSEN_BY])
    sample = [one for one in dev if one.entries][::CHOSEN_BY]

    def hits(scorer: Scorer) -> int:
        return int(
            _firsts(Engine("", some, _fuzzy(some, scorer)), sample, f"RapidFuzz tries {scorer.__name__}").right.sum()
        )

    best = max(SCORERS, key=hits)
    return Engine(f"RapidFuzz {best.__name__}", texts, _fuzzy(texts, best), EVERY)


def _fuzzy(texts: Texts, scorer: Scorer) -> Scores:
    lines = list(map(spoken, texts.lines))

    def table(asked: Sequence[str]) -> Floats:
        said = [spoken(one.casefold()) for one in asked]
        return np.asarray(process.cdist(said, lines, scorer=scorer, workers=-1), np.float64)

    return table


def _tfidf(texts: Texts) -> Scores:
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=GRAMS, sublinear_tf=True, dtype=np.float32)
    held = vectors.fit_transform(texts.lines).T.tocsr()

    def table(asked: Sequence[str]) -> Floats:
        found: Floats = (vectors.transform([one.casefold() for one in asked]) @ held).toarray()
        return found

    return table


def _bm25(base: Catalogue, texts: Texts) -> Scores:
    """BM25 with its usual parameters over the terms that our own search compares: lemmas, characters and their pairs."""
    engine = bm25s.BM25()
    engine.index([_terms(base, line) for line in texts.lines], show_progress=False)

    def table(asked: Sequence[str]) -> Floats:
        found = (_terms(base, base.normalise(one)) for one in asked)
        return np.array([engine.get_scores(one) if one else np.zeros(len(texts.lines)) for one in found], np.float64)

    return table


def _terms(base: Catalogue, line: str) -> list[str]:
    return sorted(base.reader.read(line, TODAY).terms)
