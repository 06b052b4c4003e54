"""What a follow-up leaves out, filled from the question before it: the period, the direction, or all the rest («а годом раньше?», 反过来呢).

Only a short message that says it goes on («а …», 那…呢) or that names nothing but a period inherits; a whole question never does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from handlers.forms import Form
from knowledge.catalogue import Catalogue
from knowledge.numerals import spelled_ordinal
from knowledge.periods import year_before
from knowledge.question import Question

LASTS = timedelta(minutes=15)
"""How long a question is remembered as what the chat is about."""
MOST_WORDS = 5
"""Telling words that a follow-up has at most; a longer message says what it means."""
MOST_OF_NUMBER = 2
"""Telling words of a message that names another edition and nothing else: its number and the fair."""

_GOES_ON = re.compile(
    r"^(?:ну\s+)?(?:а|и|тогда|или|нет|а если|точнее|имею в виду|интересует)(?:\s|,)|^(?:那么?|不是?[,，]|如果|换成|还有|再问|另外)|呢[?？。!！ ]*$"
)
_MARK = re.compile(r"^(?:ну\s+)?(?:а если|а|и|тогда|или|нет)[\s,]+|^(?:那么?|不是?[,，]|换成|还有|另外)")
_REVERSED = re.compile("наоборот|в обратную сторону|в другую сторону|обратно|反过来|相反|反方向|倒过来")
_YEAR_BEFORE = re.compile("годом раньше|год назад|годом ранее|предыдущ[а-я]+ год|前一年|上一年|再往前一年|早一年")
_YEAR_AFTER = re.compile("годом позже|следующ[а-я]+ год|后一年|下一年|再往后一年|晚一年")
_PAIRS = (
    ("китай", "россию"), ("китае", "россии"), ("китая", "россии"), ("китаю", "россии"), ("кнр", "рф"), ("китаец", "россиянин"),
    ("китайцы", "россияне"), ("китайцам", "россиянам"), ("китайцев", "россиян"), ("китайцу", "россиянину"), ("китайца", "россиянина"),
    ("китайские", "российские"), ("китайский", "российский"), ("китайскую", "российскую"), ("китайской", "российской"),
    ("китайских", "российских"), ("китайским", "российским"),
)  # fmt: skip
_SWAPPED = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}
_TURNED = {"RU-CN": "CN-RU", "CN-RU": "RU-CN"}


@dataclass(frozen=True)
class Turn:
    """What a chat is about: its last question as it was understood, and when; the refusals it has read; the entry checker's form; the event
    it was told of last."""

    question: Question | None
    at: datetime
    refused: tuple[str, ...] = ()
    form: Form | None = None
    event: str | None = None


def resumed(base: Catalogue, before: Turn | None, question: Question, now: datetime) -> Iterator[Question]:
    """What a follow-up may mean in full, the likeliest first; nothing where it is a question of its own."""
    if before is None or before.question is None or now - before.at > LASTS or not follows(question):
        return
    last, today = before.question, now.date()
    if _REVERSED.search(question.line):
        turned = base.reader.read(_swapped(last.line), today)
        yield replace(turned, travel=_turned(last.travel), flow=_turned(last.flow), periods=last.periods)
        yield replace(last, travel=_turned(last.travel), flow=_turned(last.flow), place=None)
        return
    shifted = _shifted(question, last)
    if shifted:
        yield replace(base.reader.read(_bare(base, last, today), today), periods=shifted)
        return
    own = _MARK.sub("", question.line).strip()
    renumbered = _renumbered(last, base.reader.read(own, today))
    if renumbered:
        yield base.reader.read(renumbered, today)
    if question.periods:
        yield replace(base.reader.read(f"{_bare(base, last, today)} {own}", today), periods=question.periods)
    else:
        yield _carried(base.reader.read(own, today), last)
    yield _overlaid(base.reader.read(f"{last.line} {own}", today), last, question)


def follows(question: Question) -> bool:
    """Whether a message goes on from the one before it."""
    if (len(question.content) > MOST_WORDS and question.lang == "ru") or len(question.line) > 40:
        return False
    return (
        bool(_GOES_ON.search(question.line))
        or bool(question.periods and not question.content)
        or bool(_REVERSED.search(question.line))
    )


def _swapped(line: str) -> str:
    """The line with the two countries and their people in each other's place."""
    line = " ".join(_SWAPPED.get(word, word) for word in line.split())
    return re.sub("中国|俄罗斯", lambda name: "俄罗斯" if name[0] == "中国" else "中国", line)


def _renumbered(last: Question, new: Question) -> str | None:
    """The last question with another ordinal in the place of its own («восьмое экспо», «а девятое?»); one that asks for more is itself."""
    if len(new.content) > MOST_OF_NUMBER:
        return None
    numbers = [token.text for token in new.tokens if spelled_ordinal([token.lemma])[0]]
    places = [token.text for token in last.tokens if spelled_ordinal([token.lemma])[0] in last.editions]
    return last.line.replace(places[0], numbers[0]) if numbers and places else None


def _turned(way: str | None) -> str | None:
    return _TURNED.get(way) if way else None


def _shifted(question: Question, last: Question) -> tuple[str, ...]:
    """The periods of the last question a year earlier or later, where that is all that is asked."""
    if _YEAR_BEFORE.search(question.line):
        return tuple(map(year_before, last.periods))
    if _YEAR_AFTER.search(question.line):
        return tuple(re.sub(r"\d{4}", lambda year: str(int(year[0]) + 1), code) for code in last.periods)
    return ()


def _bare(base: Catalogue, last: Question, today: date) -> str:
    """The last question without its period."""
    return base.reader.undated(last.line, today)


def _carried(new: Question, last: Question) -> Question:
    """A new matter in the period and direction of the last question."""
    return replace(
        new,
        periods=new.periods or last.periods,
        travel=new.travel or last.travel,
        home=new.home | last.home,
    )


def _overlaid(whole: Question, last: Question, new: Question) -> Question:
    """Both together; where they differ in direction the new one holds."""
    return replace(
        whole, travel=new.travel or last.travel, flow=new.flow or last.flow, place=new.place or last.place,
        periods=new.periods or last.periods,
    )  # fmt: skip
