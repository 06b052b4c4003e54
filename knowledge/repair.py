"""Undo what keyboards do: a wrong layout, Latin letters for Russian, a slip of the finger. Decided by evidence."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.text import Lemmatiser, swap_to_cyrillic, swap_to_latin, transliterate

_LATIN = re.compile(r"[a-z`\[\];',.]*[a-z][a-z`\[\];',.]*")
_CYRILLIC = re.compile("[а-я]+")
_MARKS = ".,;:!?()"
_TAIL = re.compile(r"[.,;:!?)]*$")


class Repair:
    """Mends words against the base's own vocabulary; a word of any dictionary is left as it is."""

    def __init__(self, words: frozenset[str], lemmatiser: Lemmatiser) -> None:
        self._lemmatiser = lemmatiser
        self._latin = frozenset(word for word in words if word.isascii())
        self._russian = frozenset(word for word in words if _CYRILLIC.fullmatch(word))
        self._by_length: dict[int, list[str]] = {}
        for word in sorted(self._russian):
            self._by_length.setdefault(len(word), []).append(word)
        self._slip = lru_cache(maxsize=20_000)(self._mend_slip)

    def __call__(self, line: str) -> str:
        chunks = line.split()
        for undo in (swap_to_cyrillic, transliterate):
            chunks = self._undone(chunks, undo)
        return " ".join(self._word(chunk) for chunk in chunks)

    def _undone(self, chunks: list[str], undo: Callable[[str], str]) -> list[str]:
        """Undo it for all Latin chunks where most of them become Russian words: a keyboard is wrong for a line, not a word."""
        latin = [chunk for chunk in chunks if _LATIN.fullmatch(chunk) and (chunk not in self._latin or len(chunk) == 1)]
        meant = {chunk: undo(chunk) for chunk in latin}
        good = [chunk for chunk in latin if self._russian_word(meant[chunk].strip(_MARKS))]
        if any(len(chunk) > 1 for chunk in good) and 2 * sum(map(len, good)) > sum(map(len, latin)):
            return [meant.get(chunk, chunk) for chunk in chunks]
        return chunks

    def _word(self, chunk: str) -> str:
        tail = _TAIL.search(chunk)
        word, end = (chunk[: tail.start()], tail[0]) if tail else (chunk, "")
        if word.isascii() and word.isalpha() and word not in self._latin:
            return (self._slip(transliterate(word)) or word) + end
        if _CYRILLIC.fullmatch(word) and not self._russian_word(word):
            typed = swap_to_latin(word)
            return (typed if typed in self._latin else self._slip(word) or word) + end
        return chunk

    def _russian_word(self, word: str) -> bool:
        return bool(_CYRILLIC.fullmatch(word)) and (word in self._russian or self._lemmatiser.known(word))

    def _mend_slip(self, word: str) -> str | None:
        """The one word of the base within one slip (two from nine letters on); None where there is none or more than one."""
        slips = 0 if len(word) < 5 else 1 if len(word) < 9 else 2
        if not slips or not _CYRILLIC.fullmatch(word):
            return None
        near = [
            candidate
            for size in range(len(word) - slips, len(word) + slips + 1)
            for candidate in self._by_length.get(size, ())
        ]
        found = process.extract(word, near, scorer=OSA.distance, score_cutoff=slips, limit=3)
        if not found:
            return None
        nearest = [row for row in found if row[1] == found[0][1]]
        lemmas = {self._lemmatiser.lemma(row[0]) for row in nearest}
        return str(nearest[0][0]) if len(lemmas) == 1 else None
