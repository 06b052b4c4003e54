"""Questions and phrasings as comparable text: one spelling, one script, words as lemmas and Chinese as bigrams."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import opencc
import pymorphy3

_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_WORD = re.compile(r"[\u3400-\u9fff]+|[a-zа-я]+|\d+(?:[.,]\d+)*|%")
_HAN = re.compile(r"[\u3400-\u9fff]")

_SPACED_HAN = re.compile(r"(?<![\u3400-\u9fff])[\u3400-\u9fff](?: [\u3400-\u9fff](?![\u3400-\u9fff]))+")
"""Chinese characters set apart one by one."""

_LATIN_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_CYRILLIC_KEYS = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_TO_CYRILLIC = str.maketrans(_LATIN_KEYS, _CYRILLIC_KEYS.replace("ё", "е"))
_TO_LATIN = str.maketrans(_CYRILLIC_KEYS, _LATIN_KEYS)

_SOUNDS = (
    ("shch", "щ"), ("sch", "щ"), ("yo", "е"), ("jo", "е"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"),
    ("sh", "ш"), ("yu", "ю"), ("ju", "ю"), ("ya", "я"), ("ja", "я"), ("iy", "ий"), ("ay", "ай"), ("ey", "ей"),
    ("oy", "ой"), ("yy", "ый"), ("ye", "е"),
)  # fmt: skip
_LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyz'", "абцдефгхийклмнопкрстуввхызь")


class Lemmatiser:
    """Russian dictionary forms, remembered per word: pymorphy3 takes about 50 microseconds a new one."""

    def __init__(self) -> None:
        self._morph = pymorphy3.MorphAnalyzer()
        self._read = lru_cache(maxsize=50_000)(self._analysed)
        self.known = lru_cache(maxsize=50_000)(self._morph.word_is_known)

    def lemma(self, word: str) -> str:
        return self._read(word)[0]

    def cases(self, word: str) -> frozenset[str]:
        """The cases a noun's form may be (``nomn``, ``gent``, ``datv``, ``accs``, ``ablt``, ``loct``); none for other words."""
        return self._read(word)[1]

    def _analysed(self, word: str) -> tuple[str, frozenset[str]]:
        forms = self._morph.parse(word)
        lemma = str(forms[0].normal_form)
        cases = frozenset(str(form.tag.case) for form in forms if form.normal_form == lemma and form.tag.case)
        return lemma.replace("ё", "е"), cases


class Normaliser:
    """Makes any input one plain line: NFKC, lower case, ё as е, simplified characters, nothing invisible."""

    def __init__(self) -> None:
        self._simplify = opencc.OpenCC("t2s").convert

    def __call__(self, text: str) -> str:
        folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
        visible = "".join(" " if unicodedata.category(char) in _INVISIBLE else char for char in folded)
        line = " ".join(visible.split())
        return self._simplify(_SPACED_HAN.sub(lambda run: run[0].replace(" ", ""), line)) if _HAN.search(line) else line


def words(line: str) -> list[str]:
    """Runs of letters, Chinese characters or digits of a normalised line, in order."""
    return _WORD.findall(line)


def is_han(word: str) -> bool:
    return bool(_HAN.match(word))


def bigrams(run: str) -> list[str]:
    """Overlapping pairs of a run of Chinese characters; a single character stands for itself."""
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


def swap_to_cyrillic(word: str) -> str:
    """What was meant when Russian was typed on an English layout: ``dbpf`` is виза."""
    return word.translate(_TO_CYRILLIC)


def swap_to_latin(word: str) -> str:
    """What was meant when English was typed on a Russian layout: ``учзщ`` is expo."""
    return word.translate(_TO_LATIN)


def transliterate(word: str) -> str:
    """Russian written in Latin letters: ``tovarooborot`` is товарооборот."""
    for sound, letter in _SOUNDS:
        word = word.replace(sound, letter)
    return word.translate(_LETTERS)
