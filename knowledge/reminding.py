"""The wish to be reminded, as people say it: set one, withdraw one, list them; of what, and how many days before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from knowledge.numerals import COUNTS_RU, HAN, han_number

_LIST = re.compile(
    r"(?:мои|какие|список|покажи|все)\b.*напоминани[яй]|^напоминания$|(?:我的|哪些|查看|有什么)提醒|^提醒列表$"
)
_OFF = re.compile(
    r"(?:отмени|убери|удали|сними|отключи|выключи)[а-я]*\s+(?:все\s+|мо[еи]\s+)?напоминани[а-я]+|(?:больше\s+)?не\s+напоминай[а-я]*"
    r"|(?:取消|删除|关闭)(?=.{0,20}提醒)|(?:不要|别)(?:再)?提醒我?"
)
_SET = re.compile(
    r"^(?:пожалуйста,?\s+|можешь\s+|можете\s+)?(?:напомн[а-я]+|(?:поставь|создай|сделай|установи|включи)[а-я]*\s+напоминани[а-я]+)"
    r"|提醒我|设(?:置|个|一个)?提醒|加个?提醒|^提醒"
)
_COUNT = "|".join([*COUNTS_RU, r"\d{1,3}"])
_BEFORE = (
    (re.compile(rf"за\s+({_COUNT})\s+(?:дн[а-я]+|день|суток|сутки)"), 1),
    (re.compile(rf"за\s+({_COUNT})\s+недел[а-я]+"), 7),
    (re.compile(r"за\s+(?:день|сутки)|накануне"), -1),
    (re.compile(r"за\s+неделю"), -7),
    (re.compile(r"за\s+месяц"), -30),
    (re.compile(rf"(?:提前|前)\s*(\d{{1,3}}|[{HAN}两十]+)\s*天"), 1),
    (re.compile(rf"(?:提前|前)\s*(\d{{1,2}}|[{HAN}两十]+)\s*(?:个)?(?:周|星期)"), 7),
    (re.compile(r"(?:提前|前)\s*(?:一)?个?月"), -30),
)
"""Ways to say how long before, and the days of one; negative where no number stands."""
_BESIDE = re.compile(
    r"(?<![а-я])(?:мне|меня|нам|пожалуйста|про|об?|обо|до|перед|начал[аоу]м?|открыти[яею]м?|когда|будет|начнется|и|напоминани[а-я]+|на)(?![а-я])"
    r"|请|帮我|一下|所有|全部|我|关于|开幕|开始|之前|的时候|的?提醒|和|、|，|,|\.|。|!|！|\?|？"
)


@dataclass(frozen=True)
class Asked:
    """What is wished, the words that name the event (empty where none do), and the days before it, the earliest first."""

    wish: Literal["set", "off", "list"]
    about: str
    days: tuple[int, ...]


def asked(line: str) -> Asked | None:
    """Read a normalised line; None where it does not ask for a reminder."""
    if _LIST.search(line):
        return Asked("list", "", ())
    if _OFF.search(line):
        return Asked("off", _about(_OFF.sub(" ", line)), ())
    if not _SET.search(line):
        return None
    return _wish(_SET.sub(" ", line))


def commanded(line: str) -> Asked:
    """Read a normalised line that stands after a command, which is the wish already; it may ask for something else all the same."""
    return asked(line) or _wish(line)


def _wish(line: str) -> Asked:
    days, rest = _days(line)
    return Asked("set", _about(rest), days)


def _days(line: str) -> tuple[tuple[int, ...], str]:
    found: set[int] = set()
    for pattern, unit in _BEFORE:
        for match in pattern.finditer(line):
            found.add(-unit if unit < 0 else _number(match[1]) * unit)
        line = pattern.sub(" ", line)
    return tuple(sorted(found, reverse=True)), line


def _number(text: str) -> int:
    return COUNTS_RU.get(text) or han_number(text.replace("两", "二"))


def _about(line: str) -> str:
    return " ".join(_BESIDE.sub(" ", line).split())
