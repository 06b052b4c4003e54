"""Amounts that a question names («200 млрд долларов», 两千亿美元), as plain numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from knowledge.language import script_of
from knowledge.numerals import han_number

_SCALES_RU = (
    ("тыс", 10**3), ("млн", 10**6), ("миллион", 10**6), ("млрд", 10**9), ("миллиард", 10**9), ("трлн", 10**12), ("триллион", 10**12),
)  # fmt: skip
_SCALES_ZH = {"万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4}
_WORDS_RU = {
    "десять": 10, "двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50, "шестьдесят": 60, "семьдесят": 70, "восемьдесят": 80,
    "девяносто": 90, "сто": 100, "ста": 100, "сотни": 100, "сотню": 100, "полтораста": 150, "двести": 200, "двухсот": 200,
    "триста": 300, "трехсот": 300, "четыреста": 400, "пятьсот": 500,
}  # fmt: skip
_RU = re.compile(
    rf"(?<![\d.,а-я-])(\d{{1,3}}(?:[ \u00a0]\d{{3}})+|\d+(?:[.,]\d+)?|{'|'.join(_WORDS_RU)})"
    r"[ -]*((?:тыс|млн|миллион|млрд|миллиард|трлн|триллион)[а-я]*\.?)?(?!\d)"
)
_ZH = re.compile(
    r"(\d+(?:\.\d+)?(?=\D|$)|[一二两三四五六七八九十百千]+)(万亿|千亿|百亿|亿|千万|百万|万)?(?![\d一二三四五六七八九十百千万亿年月])"
)


@dataclass(frozen=True)
class Limit:
    """An amount that a value is held against, in whole units (200 bn is 200000000000), and the text that names it."""

    amount: Decimal
    text: str


def read_limit(line: str) -> Limit | None:
    """The one amount that a line names in figures or words; None where there is none, or more than one.

    A bare number below a thousand is none: nobody can tell of what.
    """
    read = map(_chinese, _ZH.finditer(line)) if script_of(line) == "zh" else map(_russian, _RU.finditer(line))
    found = [limit for limit in read if limit]
    return found[0] if len(found) == 1 else None


def _russian(match: re.Match[str]) -> Limit | None:
    scale = next((size for stem, size in _SCALES_RU if (match[2] or "").startswith(stem)), 1)
    number = _WORDS_RU.get(match[1]) or match[1].replace(" ", "").replace("\u00a0", "").replace(",", ".")
    return _limit(Decimal(number) * scale, match[0])


def _chinese(match: re.Match[str]) -> Limit | None:
    number = Decimal(match[1]) if match[1][0].isdigit() else Decimal(han_number(match[1]))
    return _limit(number * _SCALES_ZH.get(match[2] or "", 1), match[0])


def _limit(amount: Decimal, text: str) -> Limit | None:
    return Limit(amount, text) if amount >= 1000 else None
