"""Questions as hurried people type them: one damage each, made from clean questions with a fixed seed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from random import Random

import opencc
from pypinyin import lazy_pinyin

from knowledge.model import LANGS, Lang
from tests.measure.sets import Asked

SEED = "most-qiao"
STYLES = ("plain", "terse")
"""Styles without damage of their own."""
FILLERS: Mapping[Lang, tuple[str, ...]] = {
    "ru": ("слушай а ", "скажите пожалуйста, ", "подскажи плиз ", "ну короче "),
    "zh": ("请问一下，", "你好，想问问", "那个，麻烦问下", "哎对了，"),
}
_KEYS = str.maketrans("йцукенгшщзхъфывапролджэячсмитьбюё.,?:;", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`/?&^$")
_SOUNDS: Mapping[str, tuple[str, ...]] = {
    "а": ("a",), "б": ("b",), "в": ("v",), "г": ("g",), "д": ("d",), "е": ("e",), "ё": ("e", "yo"), "ж": ("zh",), "з": ("z",),
    "и": ("i",), "й": ("y", "j"), "к": ("k",), "л": ("l",), "м": ("m",), "н": ("n",), "о": ("o",), "п": ("p",), "р": ("r",),
    "с": ("s",), "т": ("t",), "у": ("u",), "ф": ("f",), "х": ("h", "kh"), "ц": ("c", "ts"), "ч": ("ch",), "ш": ("sh",),
    "щ": ("sch", "shch"), "ъ": ("",), "ы": ("y",), "ь": ("", "'"), "э": ("e",), "ю": ("yu", "ju"), "я": ("ya", "ja"),
}  # fmt: skip
_LETTER = re.compile(r"[а-яё\u3400-\u9fff]", re.IGNORECASE)
_MARKS = re.compile(r"[^\w\s%-]+")

Damage = Callable[[str, Random], str]


def noisy(asked: Iterable[Asked]) -> dict[str, list[Asked]]:
    """Per damage, the plain and terse questions it changes, changed; the same from the same questions for ever."""
    clean = [one for one in asked if one.style in STYLES]
    kinds = dict.fromkeys(kind for lang in LANGS for kind in DAMAGES[lang])
    return {kind: [damaged for one in clean if (damaged := _damaged(one, kind))] for kind in kinds}


def _damaged(one: Asked, kind: str) -> Asked | None:
    damage = DAMAGES[one.lang].get(kind)
    text = damage(one.text, Random(f"{SEED}:{kind}:{one.text}")) if damage else one.text  # noqa: S311
    return None if text == one.text else replace(one, text=text, style=kind)


def _capitals(text: str, _: Random) -> str:
    return text.upper()


def _unpunctuated(text: str, _: Random) -> str:
    return " ".join(_MARKS.sub(" ", text).split())


def _wrong_layout(text: str, _: Random) -> str:
    """The keys that were meant, on an English layout; full stop and comma move too."""
    return text.lower().translate(_KEYS)


def _transliterated(text: str, random: Random) -> str:
    """One person's spelling: who writes х as kh does so throughout."""
    habit = {letter: random.choice(ways) for letter, ways in _SOUNDS.items()}
    return "".join(habit.get(char, char) for char in text.lower())


def _dropped(text: str, random: Random) -> str:
    place = _place(text, random)
    return text[:place] + text[place + 1 :]


def _dropped_twice(text: str, random: Random) -> str:
    return _dropped(_dropped(text, random), random)


def _doubled(text: str, random: Random) -> str:
    place = _place(text, random)
    return text[: place + 1] + text[place:]


def _swapped(text: str, random: Random) -> str:
    """Two unlike neighbours change places; the text as it is where there are none."""
    pairs = [place for place in _letters(text) if place + 1 in _letters(text) and text[place] != text[place + 1]]
    if not pairs:
        return text
    place = random.choice(pairs)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def _place(text: str, random: Random) -> int:
    return random.choice(_letters(text))


def _letters(text: str) -> list[int]:
    return [match.start() for match in _LETTER.finditer(text)]


def _traditional(text: str, _: Random) -> str:
    return str(opencc.OpenCC("s2t").convert(text))


def _set_apart(text: str, _: Random) -> str:
    return " ".join(text)


def _pinyin(text: str, _: Random) -> str:
    return " ".join(lazy_pinyin(text))


def _joined_pinyin(text: str, _: Random) -> str:
    return "".join(lazy_pinyin(text))


def _filler(lang: Lang) -> Damage:
    return lambda text, random: random.choice(FILLERS[lang]) + text[:1].lower() + text[1:]


_SLIPS: Mapping[str, Damage] = {
    "no punctuation": _unpunctuated, "one letter dropped": _dropped, "two letters dropped": _dropped_twice,
    "neighbours swapped": _swapped, "letter doubled": _doubled,
}  # fmt: skip
DAMAGES: Mapping[Lang, Mapping[str, Damage]] = {
    "ru": {
        **_SLIPS, "filler before": _filler("ru"), "capitals": _capitals, "wrong layout": _wrong_layout,
        "transliteration": _transliterated,
    },
    "zh": {
        **_SLIPS, "filler before": _filler("zh"), "traditional": _traditional, "characters apart": _set_apart, "pinyin": _pinyin,
        "pinyin without spaces": _joined_pinyin,
    },
}  # fmt: skip
