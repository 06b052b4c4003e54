"""What a question means, whatever its words: a sentence encoder holds it against what each entry is asked and what it answers.

The encoder costs milliseconds where words cost microseconds, so it is asked only where words leave it open, and everything works without it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from knowledge.model import LANGS, Lang
from knowledge.signals import Floats

BY_MEANING = ("meant", "meant_lead", "told", "told_lead")
"""Cosine of the question with the mean of an entry's phrasings and with its answer, and how far each is behind the nearest of all entries."""
LONGEST: Mapping[Lang, int] = {"ru": 80, "zh": 30}
"""Characters of a question that are encoded: time grows with length, and nothing was gained from the rest (docs/decisions)."""
REMEMBERED = 512
_SCALE = 127.0

Encoder = Callable[[str], Floats]
"""Gives a text's vector, of length 1."""


@dataclass(frozen=True)
class Vectors:
    """One row per entry and language: the mean of its phrasings, and its title with its answer; ``places`` finds the row."""

    places: Mapping[str, int]
    asked: Mapping[Lang, Floats]
    answered: Mapping[Lang, Floats]


class Meaning:
    """The signals of an encoder. Questions asked again are remembered."""

    def __init__(self, vectors: Vectors, encode: Encoder) -> None:
        self._vectors = vectors
        self._encode = lru_cache(maxsize=REMEMBERED)(encode)

    def signals(self, lang: Lang, line: str, entries: Sequence[str]) -> Floats:
        """A row per entry, columns as in ``BY_MEANING``; an entry that has no vector yet gets the mean of the others."""
        vector = self._encode(line[: LONGEST[lang]])
        asked, answered = self._vectors.asked[lang] @ vector, self._vectors.answered[lang] @ vector
        places = [self._vectors.places.get(entry, -1) for entry in entries]
        rows = np.column_stack((asked, asked - asked.max(), answered, answered - answered.max()))[places]
        unknown = np.array(places) < 0
        if unknown.all():
            return np.zeros_like(rows)
        rows[unknown] = rows[~unknown].mean(axis=0)
        return np.asarray(rows, np.float64)


def packed(ids: Sequence[str], asked: Mapping[Lang, Floats], answered: Mapping[Lang, Floats]) -> bytes:
    """Vectors as a small file: one byte a number, which changes no signal by more than 0.004."""
    out = BytesIO()
    tables = {f"asked_{lang}": _bytes(table) for lang, table in asked.items()}
    tables |= {f"answered_{lang}": _bytes(table) for lang, table in answered.items()}
    np.savez_compressed(out, allow_pickle=False, ids=np.array(ids), **tables)
    return out.getvalue()


def unpacked(data: bytes) -> Vectors:
    with np.load(BytesIO(data)) as file:
        asked: dict[Lang, Floats] = {lang: _floats(file[f"asked_{lang}"]) for lang in LANGS}
        answered: dict[Lang, Floats] = {lang: _floats(file[f"answered_{lang}"]) for lang in LANGS}
        return Vectors({str(entry): place for place, entry in enumerate(file["ids"])}, asked, answered)


def _bytes(table: Floats) -> NDArray[np.int8]:
    return np.asarray(np.round(table / np.abs(table).max() * _SCALE), np.int8)


def _floats(table: NDArray[np.int8]) -> Floats:
    floats = table.astype(np.float64)
    return np.asarray(floats / np.linalg.norm(floats, axis=1, keepdims=True), np.float64)
