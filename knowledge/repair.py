"""Undo what keyboards do: a wrong layout, Latin letters for Russian, a slip of the finger. Decided by evidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.text import Lemmatiser, swap_to_cyrillic, swap_to_latin, transliterate

_BETWEEN = re.compile(r"([\s«»\"“”!?:()—–…/-]+)")
"""What stands between words on any keyboard; a comma or a full stop may be a letter typed on the wrong one."""
_LATIN = re.compile(r"[a-z`\[\];',.]*[a-z`\[\];'][a-z`\[\];',.]*")
_CYRILLIC = re.compile("[а-я]+")
_MARKS = ".,;"
_TAIL = re.compile(r"[.,;]*$")
_SHORTEST = 4
"""Letters of the shortest word that may be mended; a word this short only lacks one."""


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
        pieces = _BETWEEN.split(line)
        for undo in (swap_to_cyrillic, self._spelled):
            pieces[::2] = self._undone(pieces[::2], undo)
        pieces[::2] = map(self._word, pieces[::2])
        return "".join(pieces)

    def russian_in_latin(self, word: str) -> bool:
        """Whether Latin letters spell a Russian word."""
        return self._russian_word(transliterate(word))

    def named(self, word: str) -> bool:
        """Whether the base itself writes the word in Latin letters."""
        return word in self._latin

    def _undone(self, chunks: list[str], undo: Callable[[str], str]) -> list[str]:
        """Undo it for all Latin chunks where most of them become Russian words: a keyboard is wrong for a line, not a word."""
        latin = [chunk for chunk in chunks if _LATIN.fullmatch(chunk)]
        meant = {chunk: undo(chunk) for chunk in latin}
        good = {chunk for chunk in latin if self._russian_word(meant[chunk].strip(_MARKS))}
        named = {chunk for chunk in latin if chunk in self._latin and chunk not in good}
        doubtful = [chunk for chunk in latin if chunk not in named]
        sure = sum(len(chunk) for chunk in doubtful if chunk in good)
        if any(len(chunk) > 1 for chunk in good - self._latin) and 2 * sure > sum(map(len, doubtful)):
            return [chunk if chunk in named else meant.get(chunk, chunk) for chunk in chunks]
        return chunks

    def _spelled(self, chunk: str) -> str:
        """Latin letters as Russian ones, in the first spelling that is a word."""
        tail = _TAIL.search(chunk)
        word, end = (chunk[: tail.start()], tail[0]) if tail else (chunk, "")
        spellings = list(_spellings(transliterate(word)))
        known = [one for one in spellings if self._lemmatiser.known(one)] or filter(self._russian_word, spellings)
        return next(iter(known), spellings[0]) + end

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
        if len(word) < _SHORTEST or not _CYRILLIC.fullmatch(word):
            return None
        slips = 1 if len(word) < 9 else 2
        shortest = len(word) + 1 if len(word) == _SHORTEST else len(word) - slips
        near = [
            candidate for size in range(shortest, len(word) + slips + 1) for candidate in self._by_length.get(size, ())
        ]
        found = process.extract(word, near, scorer=OSA.distance, score_cutoff=slips, limit=3)
        if not found:
            return None
        nearest = [row for row in found if row[1] == found[0][1]]
        lemmas = {self._lemmatiser.lemma(row[0]) for row in nearest}
        return str(nearest[0][0]) if len(lemmas) == 1 else None


def _spellings(word: str) -> Iterator[str]:
    """What Latin letters leave open: тс or ц, э or е, a soft sign that nobody writes."""
    for one in (word, word.replace("ц", "тс")):
        yield one
        if one.startswith("е"):
            yield "э" + one[1:]
        yield one + "ь"
        yield one.replace("тся", "ться")
