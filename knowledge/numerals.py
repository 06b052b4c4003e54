"""Numbers in words, Russian and Chinese, as far as years, months and editions need them."""

from __future__ import annotations

import re
from collections.abc import Sequence

HAN = "〇零一二三四五六七八九"

_HAN_PLACES = {"十": 10, "百": 100, "千": 1000}

COUNTS_RU = {
    "два": 2, "две": 2, "двух": 2, "три": 3, "трех": 3, "четыре": 4, "четырех": 4, "пять": 5, "пяти": 5, "шесть": 6, "шести": 6,
    "семь": 7, "семи": 7, "восемь": 8, "восьми": 8, "девять": 9, "девяти": 9, "десять": 10, "десяти": 10, "одиннадцать": 11,
}  # fmt: skip

ORDINAL_STEMS_RU = {"перв": 1, "стартов": 1, "втор": 2, "трет": 3, "четверт": 4}

_ORDINALS_RU = {
    "перв": 1, "втор": 2, "трет": 3, "четверт": 4, "пят": 5, "шест": 6, "седьм": 7, "восьм": 8, "девят": 9, "десят": 10,
    "одиннадцат": 11, "двенадцат": 12, "тринадцат": 13, "четырнадцат": 14, "пятнадцат": 15, "шестнадцат": 16, "семнадцат": 17,
    "восемнадцат": 18, "девятнадцат": 19, "двадцат": 20,
}  # fmt: skip
_CARDINALS_RU = {
    "один": 1, "два": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7, "восемь": 8, "девять": 9, "десять": 10,
    "одиннадцать": 11, "двенадцать": 12, "тринадцать": 13, "четырнадцать": 14, "пятнадцать": 15, "шестнадцать": 16, "семнадцать": 17,
    "восемнадцать": 18, "девятнадцать": 19, "двадцать": 20,
}  # fmt: skip

_TENS_RU = {
    "сто": 100, "двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50, "шестьдесят": 60, "семьдесят": 70, "восемьдесят": 80,
    "девяносто": 90,
}  # fmt: skip
_ROUND_ORDINALS_RU = {"тридцат": 30, "сороков": 40, "пятидесят": 50, "сот": 100}

_STEMS = "|".join(sorted(_ORDINALS_RU, key=len, reverse=True))
_ENDING = "(?:ый|ий|ой|ого|его|ьего|ом|ем|ьем|ому|ему|ья|ье)(?![а-я])"
_THOUSAND = "(?:дв(?:е|ух) тысяч[аи]? ?)"
_NO_YEAR = (
    "(?:раз|экспо|форум|выпуск|день|числ|ярмарк|[а-я]+ ярмарк|янв|фев|март|апр|ма[яй]|июн|июл|авг|сен|окт|ноя|дек)"
)
_YEAR_RU = (
    # «две тысячи двадцать третий», with or without the word for year
    re.compile(rf"(?<![а-я]){_THOUSAND}(двадцать )?({_STEMS}){_ENDING}(?: год[а-я]*)?"),
    # «двадцать третий год», «в двадцать третьем»
    re.compile(rf"(?<![а-я])(двадцать )({_STEMS}){_ENDING}(?: год[а-я]*)"),
    re.compile(rf"(?<=в )(двадцать )({_STEMS})(?:ом|ем|ьем)(?![а-я])(?! {_NO_YEAR})"),
    re.compile(rf"(?<=за )(двадцать )({_STEMS})(?:ый|ий|ой)(?![а-я])(?! {_NO_YEAR})"),
    # «за четыре месяца двадцать четвертого», «по апрель двадцать четвертого»
    re.compile(rf"(?<=[яьаев] )(двадцать )({_STEMS})(?:ого|ьего)(?![а-я])(?! {_NO_YEAR})"),
    # «пятнадцатый год»
    re.compile(r"(?<![а-я])()((?:одиннадцат|двенадцат|[а-я]{3,8}надцат|двадцат|десят))" + _ENDING + r" год[а-я]*"),
)
_YEAR_CARDINAL = re.compile(
    rf"(?<![а-я]){_THOUSAND}(двадцать )?({'|'.join(sorted(_CARDINALS_RU, key=len, reverse=True))})(?![а-я])"
)
_YEAR_HAN = (
    re.compile(f"[一二两][九零〇][{HAN}]{{2}}(?=年|全年)"),
    re.compile(f"二[零〇][一二][{HAN}](?![{HAN}])"),
    re.compile(f"(?<![{HAN}十第])[一二][{HAN}](?=年(?!前(?!.个?月)|内|来|以|期|级|多))"),
)


def spelled_years(line: str) -> str:
    """The line with years in words written in digits: «двадцать третий год» is 2023 год, 二三年 is 2023年."""
    for pattern in _YEAR_RU:
        line = pattern.sub(lambda m: f"{_ru_year(m[1], _ORDINALS_RU.get(m[2], 0))} год", line)
    line = _YEAR_CARDINAL.sub(lambda m: f"{_ru_year(m[1], _CARDINALS_RU[m[2]])}", line)
    for pattern in _YEAR_HAN:
        line = pattern.sub(lambda m: _han_year(m[0]), line)
    return line


def _ru_year(twenty: str | None, rest: int) -> int:
    return 2000 + (20 if twenty else 0) + rest


def _han_year(text: str) -> str:
    digits = "".join(str(_digit(char)) for char in text)
    return digits if len(digits) == 4 else f"20{digits}"


def _digit(char: str) -> int:
    return 2 if char == "两" else max(HAN.index(char) - 1, 0)


def spelled_ordinal(lemmas: Sequence[str]) -> tuple[int, int]:
    """The number that ordinals in words begin with and how many words it takes: «сто тридцать пятый» is (135, 3), else (0, 0)."""
    total = 0
    for place, lemma in enumerate(lemmas[:3]):
        if lemma.endswith("ый") or lemma.endswith("ий") or lemma.endswith("ой"):
            last = _ORDINALS_RU.get(lemma[:-2], 0) or _ROUND_ORDINALS_RU.get(lemma[:-2], 0)
            return (total + last, place + 1) if last else (0, 0)
        if lemma not in _TENS_RU:
            return 0, 0
        total += _TENS_RU[lemma]
    return 0, 0


def han_number(text: str) -> int:
    """A whole number below ten thousand in digits or Chinese numerals: 12, 十二, 三十四, 一百三十五, 两千."""
    if text.isdigit():
        return int(text)
    total, unit = 0, 0
    for char in text:
        if char in _HAN_PLACES:
            total += (unit or 1) * _HAN_PLACES[char]
            unit = 0
        else:
            unit = _digit(char)
    return total + unit


def roman(text: str) -> int:
    """The value of a Roman number in small letters."""
    values = [{"i": 1, "v": 5, "x": 10}[char] for char in text]
    return sum(-v if any(v < later for later in values[i + 1 :]) else v for i, v in enumerate(values))
