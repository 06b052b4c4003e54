"""Chinese typed by its sound in Latin letters: ``qianzheng duo shao qian`` is 签证多少钱, as the base's own texts would write it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log

from knowledge.text import is_han, words

MOST_CHARACTERS = 10
"""Characters of one sound that are tried, the most used first."""
UNUSUAL = 0.1
LONGEST_SOUND = 6
LONGEST_RUN = 240
"""Letters that are still read."""
SEEN = 3
"""Times two characters must stand side by side in the base before one of them is put in another's place."""
FEWEST_SOUNDS = 3
"""Sounds of a line without any Chinese character that prove it Chinese; ``mama`` alone proves nothing."""
WORD = 4
"""Letters of a word that may prove the line Russian: almost any two or three make some word."""
KNOWN_PAIRS = 0.5
"""Share of neighbouring characters that must stand side by side somewhere in the base."""

_LATIN = re.compile(r"[a-z']+(?: [a-z']+)*")
_TONE = re.compile(r"(?<=[a-z])[1-5](?![\d])")
_BETWEEN = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff\d])|(?<=\d)\s+(?=[\u3400-\u9fff])")
_RARE = 0.01


@dataclass(frozen=True)
class Sounds:
    """Which characters the base writes for a sound, how often each, how often two stand side by side, and how a character is read."""

    characters: Mapping[str, str]
    counts: Mapping[str, int]
    pairs: Mapping[str, int]
    readings: Mapping[str, tuple[str, ...]]

    def beside(self, one: str, other: str) -> bool:
        """Whether the base writes two characters side by side; what is no character never does."""
        return one + other in self.pairs

    def fitting(self, before: str, own: str, after: str) -> str:
        """The character of the same sound that fits best between its neighbours; the same where none fits both."""
        sides = [side for side in (before, after) if side and is_han(side)]
        if len(sides) < 2 and own in self.counts:
            return own  # one neighbour proves little against a character that the base writes itself
        same = [one for sound in self.readings[own] for one in self.characters.get(sound, "")]
        fits = {one: self._fit(before, one, after) for one in same if sides}
        best = max(fits, key=lambda one: fits[one], default=own)
        return best if fits.get(best, 0) >= SEEN else own

    def _fit(self, before: str, one: str, after: str) -> int:
        """How often the base writes a character beside the rarer of its Chinese neighbours."""
        pairs = [pair for pair in (before + one, one + after) if len(pair) == 2 and is_han(pair[0]) and is_han(pair[1])]
        return min((self.pairs.get(pair, 0) for pair in pairs), default=0)


def sounds(lines: Iterable[str]) -> Sounds:
    """Count the characters of normalised Chinese lines; a reading that is not a character's usual one counts a tenth."""
    counts: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for line in lines:
        for run in filter(is_han, words(line)):
            counts.update(run)
            pairs.update(run[place : place + 2] for place in range(len(run) - 1))
    by_sound: dict[str, dict[str, float]] = defaultdict(dict)
    for character, times in counts.items():
        for place, sound in enumerate(_sounds_of(character)):
            by_sound[sound][character] = times if place == 0 else times * UNUSUAL
    ranked = {
        sound: "".join(sorted(held, key=lambda one: -held[one])[:MOST_CHARACTERS]) for sound, held in by_sound.items()
    }
    return Sounds(ranked, dict(counts), dict(pairs), {one: tuple(_sounds_of(one)) for one in _common()})


def _common() -> Iterator[str]:
    """The characters people type: those of GB 2312."""
    for code in range(0x4E00, 0xA000):
        try:
            chr(code).encode("gb2312")
        except UnicodeEncodeError:
            continue
        yield chr(code)


def _sounds_of(character: str) -> list[str]:
    """How a character may be read, its usual reading first."""
    from pypinyin import Style, pinyin  # takes a third of a second, and only compiling needs it

    return list(pinyin(character, style=Style.NORMAL, heteronym=True)[0])


def mended(known: Sounds, line: str) -> str:
    """A line with characters typed for others of the same sound put right: 奥门 is 澳门, 中饿 is 中俄.

    Only a character that stands beside neither neighbour anywhere in the base is changed, and only into one that stands beside both.
    """
    for place in range(len(line)):
        before, own, after = line[place - 1 : place], line[place], line[place + 1 : place + 2]
        if own in known.readings and not (known.beside(before, own) or known.beside(own, after)):
            right = known.fitting(before, own, after)
            line = line[:place] + right + line[place + 1 :]
    return line


class Pinyin:
    """Turns sounds into characters where the line is Chinese; ``russian`` and ``named`` tell words that are not sounds."""

    def __init__(self, known: Sounds, russian: Callable[[str], bool], named: Callable[[str], bool]) -> None:
        self._known = known
        self._russian = russian
        self._named = named

    def __call__(self, line: str) -> str:
        if not _LATIN.search(line):
            return mended(self._known, line)
        plain = _TONE.sub("", _without_tones(line))
        if any(map(is_han, line)):
            read = _LATIN.sub(self._mixed, plain)
            return mended(self._known, line if read == plain else _BETWEEN.sub("", read))
        return _BETWEEN.sub("", _LATIN.sub(self._alone, plain)) if self._is_chinese(plain) else line

    def _mixed(self, run: re.Match[str]) -> str:
        """Sounds among characters; a name the base writes in Latin letters stays, and so do letters too few to be sure of."""
        kept = self._named(run[0]) or len(run[0]) < WORD
        return run[0] if kept else self._written(run[0]) or run[0]

    def _alone(self, run: re.Match[str]) -> str:
        return self._written(run[0]) or run[0]

    def _is_chinese(self, line: str) -> bool:
        """Whether a line of Latin letters alone is all sounds, reads like the base, and is no Russian in Latin letters."""
        runs = _LATIN.findall(line)
        typed = [word for run in runs for word in run.split()]
        if 2 * sum(len(word) for word in typed if len(word) >= WORD and self._russian(word)) > sum(map(len, typed)):
            return False
        read = [self._written(run) for run in runs]
        pairs = [text[place : place + 2] for text in read if text for place in range(len(text) - 1)]
        known = sum(pair in self._known.pairs for pair in pairs)
        return all(read) and len(pairs) + 1 >= FEWEST_SOUNDS and known >= KNOWN_PAIRS * len(pairs)

    def _written(self, letters: str) -> str | None:
        """The likeliest characters for a run of sounds; None where it is not made of sounds."""
        if len(letters) > LONGEST_RUN:
            return None
        best: list[dict[str, tuple[float, str]]] = [{} for _ in range(len(letters) + 1)]
        best[0][""] = 0.0, ""
        for start in range(len(letters)):
            if letters[start] in " '" and best[start]:
                _keep(best[start + 1], best[start].items())
                continue
            for end in range(start + 1, min(start + LONGEST_SOUND, len(letters)) + 1):
                characters = self._known.characters.get(letters[start:end], "")
                _keep(best[end], self._continued(best[start], characters))
        return max(best[-1].values())[1] if best[-1] else None

    def _continued(
        self, before: Mapping[str, tuple[float, str]], characters: str
    ) -> Iterator[tuple[str, tuple[float, str]]]:
        for character in characters:
            share = log((self._known.counts[character] + 1) / 1e6)
            for last, (score, text) in before.items():
                seen = self._known.pairs.get(last + character, 0) if last else 0
                step = log((seen + _RARE) / (self._known.counts.get(last, 0) + 1)) if last else share
                yield character, (score + step, text + character)


def _keep(place: dict[str, tuple[float, str]], found: Iterable[tuple[str, tuple[float, str]]]) -> None:
    """Per last character only the likeliest way to it matters."""
    for last, reading in found:
        if last not in place or reading > place[last]:
            place[last] = reading


def _without_tones(line: str) -> str:
    """``qiānzhèng`` as ``qianzheng``, ``lǚ`` as ``lv``, the way pinyin is typed."""
    typed = unicodedata.normalize("NFD", line).replace("u\u0308", "v")
    return unicodedata.normalize("NFC", "".join(char for char in typed if unicodedata.category(char) != "Mn"))
