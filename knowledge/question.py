"""What a question asks for: who travels, which way goods go, which period, event, edition, country and good."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from knowledge.dates import read_periods
from knowledge.language import script_of
from knowledge.lexicon import Lexicon, Mention, Token, ids
from knowledge.model import Lang
from knowledge.text import bigrams

HOME = ("RU", "CN")
_TO = {"в", "во", "на", "до", "через"}
_FROM = {"из", "с", "со", "от"}

_ZH_TO = re.compile("(?:去|到|赴|入|入境|往|进|进入|飞|来|前往|抵|抵达|出差|访|在|驻|回)(?:了|过)?$")
_ZH_FROM = re.compile("(?:从|自|由|离开)$")
_ZH_TO_CHINA = re.compile("[赴来入访在驻抵]华(?!为|人|东|南|北|中)")
_ANY = "[\u4e00-\u9fff]"
_ZH_TRADE = tuple(
    (re.compile("|".join(patterns)), direction)
    for direction, patterns in (
        ("CN-RU", (
            f"中国?(?:对|向|往)俄(?:罗斯)?{_ANY}{{0,6}}出口", f"对俄(?:罗斯)?{_ANY}{{0,8}}出口", "出口(?:到|至)?俄", "中国出口",
            "卖(?:到|给)俄", "输俄|销往俄", f"(?:自|从|由)(?:中国|华){_ANY}{{0,6}}进口", f"俄(?:罗斯)?{_ANY}{{0,4}}(?:自|从)(?:中国|华)",
        )),
        ("RU-CN", (
            f"对(?:华|中国){_ANY}{{0,8}}(?:出口|供|输)", f"(?:自|从|由)俄(?:罗斯)?{_ANY}{{0,6}}进口", "进口俄", "俄(?:罗斯)?出口",
            "输华|对华", f"进口(?:自|了)?{_ANY}{{0,4}}俄",
        )),
    )
)  # fmt: skip
_EDITION = (
    re.compile(r"(?<!\d)(\d{1,3})\s*-?(?:е|й|я|ю|ое|ая|ую|ой|го|м|ом|ему)?\s+(?:[а-я-]+\s+){0,2}(?:экспо|ярмарк|форум|выставк|вэф|пмэф|иннопром|недел|сезон)"),
    re.compile(r"第?(\d{1,3})届"),
)  # fmt: skip
_ROMAN = re.compile(
    r"\b(x{0,3}(?:ix|iv|v?i{0,3}))\b(?=\s+(?:[а-я-]+\s+){0,2}(?:экспо|ярмарк|форум|российск|китайск|вэф))"
)
_HAN_EDITION = re.compile("第([一二三四五六七八九十百]{1,5})届|(首|第一)届")
_ORDINAL_RU = {
    "первый": 1, "второй": 2, "третий": 3, "четвертый": 4, "пятый": 5, "шестой": 6, "седьмой": 7, "восьмой": 8, "девятый": 9, "десятый": 10,
    "одиннадцатый": 11,
}  # fmt: skip


@dataclass(frozen=True)
class Question:
    """A question as read. Directions are ``RU-CN`` or ``CN-RU``; periods are codes of ``knowledge.periods``.

    ``terms`` is everything that can be compared; ``content`` leaves out periods and words that say nothing.
    """

    line: str
    lang: Lang
    tokens: tuple[Token, ...]
    terms: frozenset[str]
    content: tuple[str, ...]
    travel: str | None = None
    flow: str | None = None
    countries: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    editions: frozenset[int] = frozenset()
    periods: tuple[str, ...] = ()

    @property
    def years(self) -> frozenset[int]:
        return frozenset(int(year) for code in self.periods for year in re.findall(r"\d{4}", code))


class Reader:
    """Reads questions and phrasings alike, so that an entry's own phrasings can be held against its scope."""

    def __init__(self, lexicon: Lexicon, stop: frozenset[str], stop_zh: Sequence[str]) -> None:
        self._lexicon = lexicon
        self._stop = stop
        self._stop_zh = re.compile("|".join(map(re.escape, sorted(stop_zh, key=len, reverse=True))) or "$^")

    def read(self, line: str, today: date) -> Question:
        """Read one normalised and repaired line; ``today`` gives relative dates their year."""
        lang = script_of(line) or "ru"
        dated = read_periods(line, today)
        tokens = self._lexicon.tokens(line)
        mentions = self._lexicon.mentions(tokens)
        travel, flow = _directions(line, tokens, mentions)
        return Question(
            line=line,
            lang=lang,
            tokens=tuple(tokens),
            terms=frozenset(_terms(tokens)),
            content=self._content(dated.rest),
            travel=travel,
            flow=flow,
            countries=ids(mentions, "country") - set(HOME),
            events=ids(mentions, "event"),
            editions=_editions(line, tokens),
            periods=dated.periods,
        )

    def _content(self, line: str) -> tuple[str, ...]:
        """Russian lemmas, Chinese pairs, numbers; words that say nothing left out."""
        found: list[str] = []
        for token in self._lexicon.tokens(line):
            if token.han:
                for run in self._stop_zh.sub(" ", token.text).split():
                    found.extend(bigrams(run))
            elif token.lemma not in self._stop and token.text not in self._stop:
                found.append(token.lemma)
        return tuple(found)


def _terms(tokens: Iterable[Token]) -> Iterator[str]:
    """Russian lemmas and numbers as they are; Chinese as characters and pairs, since nothing says where words end."""
    for token in tokens:
        if token.han:
            yield from token.text
            yield from bigrams(token.text)
        else:
            yield token.lemma


def _directions(line: str, tokens: Sequence[Token], mentions: Sequence[Mention]) -> tuple[str | None, str | None]:
    origin, target, exporter = _ends(tokens, mentions)
    travellers = ids(mentions, "people")
    traveller = _single(travellers)
    travel: str | None
    if traveller and target != traveller:
        travel = _way(traveller, _other(traveller))
    elif target and not traveller and target != origin:
        travel = _way(_other(target), target)
    elif origin and not target and not traveller:
        travel = _way(origin, _other(origin))
    else:
        travel = None
    for pattern, direction in _ZH_TRADE:
        if pattern.search(line):
            return travel, direction
    if ids(mentions, "trade") and (origin or target) and origin != target:
        exporter = origin or _other(target)
    return travel, _way(exporter, _other(exporter)) if exporter else None


def _ends(tokens: Sequence[Token], mentions: Sequence[Mention]) -> tuple[str | None, str | None, str | None]:
    """Where from, where to, and who exports, as far as the words beside the names of places say."""
    origins: set[str] = set()
    targets: set[str] = set()
    exporter = None
    if any(mention.kind == "office" for mention in mentions):
        return None, None, None
    verbs = {mention.last: mention.id for mention in mentions if mention.kind == "trade"}
    for mention in mentions:
        if mention.kind not in ("country", "city") or mention.id not in HOME:
            continue
        token = tokens[mention.first]
        before = [t.text for t in tokens[max(0, mention.first - 2) : mention.first]]
        if token.han:
            lead = token.text[: mention.at]
            targets.update({mention.id} if _ZH_TO.search(lead) else ())
            origins.update({mention.id} if _ZH_FROM.search(lead) else ())
        elif _TO & set(before[-2:]) and not (_FROM & set(before[-1:])):
            targets.add(mention.id)
        elif _FROM & set(before[-2:]):
            origins.add(mention.id)
        elif mention.first - 1 in verbs:
            exporter = mention.id if verbs[mention.first - 1] == "export" else _other(mention.id)
    if any(token.han and _ZH_TO_CHINA.search(token.text) for token in tokens):
        targets.add("CN")
    adjective = _adjective_trade(tokens, verbs)
    return _single(origins), _single(targets), exporter or adjective


def _adjective_trade(tokens: Sequence[Token], verbs: dict[int, str]) -> str | None:
    """«китайский экспорт», «российский импорт»: whose trade it is."""
    whose = {"китайский": "CN", "российский": "RU"}
    for place, verb in verbs.items():
        owner = whose.get(tokens[place - 1].lemma) if place else None
        if owner:
            return owner if verb == "export" else _other(owner)
    return None


def _single(found: AbstractSet[str]) -> str | None:
    return next(iter(found)) if len(found) == 1 else None


def _other(country: str | None) -> str:
    return "CN" if country == "RU" else "RU"


def _way(start: str, end: str) -> str:
    return f"{start}-{end}"


def _editions(line: str, tokens: Sequence[Token]) -> frozenset[int]:
    found = {int(match[1]) for pattern in _EDITION for match in pattern.finditer(line)}
    found |= {_roman(match[1]) for match in _ROMAN.finditer(line) if match[1]}
    found |= {1 if match[2] else _han_number(match[1]) for match in _HAN_EDITION.finditer(line)}
    nouns = ("экспо", "ярмарка", "форум", "выставка", "пмэф", "вэф")
    for place, token in enumerate(tokens):
        if token.lemma in _ORDINAL_RU and any(near.lemma in nouns for near in tokens[place + 1 : place + 4]):
            found.add(_ORDINAL_RU[token.lemma])
    return frozenset(number for number in found if 0 < number < 200)


def _roman(text: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10}[char] for char in text]
    return sum(-v if any(v < later for later in values[i + 1 :]) else v for i, v in enumerate(values))


def _han_number(text: str) -> int:
    total, unit = 0, 0
    for char in text:
        digit = "〇一二三四五六七八九".find(char)
        if digit >= 0:
            unit = digit
        else:
            total += (unit or 1) * {"十": 10, "百": 100}[char]
            unit = 0
    return total + unit
