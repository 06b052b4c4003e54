"""What a question asks for: who travels, which way goods go, which period, event, edition, country and good."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from knowledge.dates import read_periods
from knowledge.directions import ELSEWHERE, directions
from knowledge.language import script_of
from knowledge.lexicon import Lexicon, Mention, Token, ids
from knowledge.model import Lang
from knowledge.numerals import han_number, roman, spelled_ordinal
from knowledge.periods import bounds
from knowledge.roles import HOME, WHOSE, ZH_TO, guests
from knowledge.text import bigrams

_EDITION = (
    re.compile(r"(?<!\d)(\d{1,3})\s*-?(?:е|й|я|ю|ое|ая|ую|ой|го|м|ом|ему)?\s+(?:[а-я-]+\s+){0,2}(?:экспо|ярмарк|форум|выставк|вэф|пмэф|иннопром|недел|сезон)"),
    re.compile(r"第?(\d{1,3})届"),
    re.compile(r"(?:экспо|ярмарк[а-я]*|форум[а-я]*|выставк[а-я]*|вэф|пмэф)(?: под)?(?: номер(?:ом)? | ?№ ?| no\.? ?)(\d{1,3})(?!\d)"),
)  # fmt: skip
_ROMAN = re.compile(
    r"\b(x{0,3}(?:ix|iv|v?i{0,3}))\b(?=\s+(?:[а-я-]+\s+){0,2}(?:экспо|ярмарк|форум|российск|китайск|вэф))"
)
_HAN_EDITION = re.compile("第([一二三四五六七八九十百]{1,5})届|(首|第一)届")
_FAIRS = ("экспо", "ярмарка", "форум", "выставка", "пмэф", "вэф", "иннопром")


@dataclass(frozen=True)
class Question:
    """A question as read. Directions are ``RU-CN`` or ``CN-RU``; periods are codes of ``knowledge.periods``; ``rest`` is the line without them.

    ``terms`` is everything that can be compared; ``content`` leaves out periods and words that say nothing. ``goods`` are all
    that are named, ``wanted`` those an answer has to be about. A ``rumour`` is to be checked: its years may be wrong.
    """

    line: str
    lang: Lang
    tokens: tuple[Token, ...]
    terms: frozenset[str]
    content: tuple[str, ...]
    travel: str | None = None
    flow: str | None = None
    place: str | None = None
    seat: str | None = None
    countries: frozenset[str] = frozenset()
    abroad: frozenset[str] = frozenset()
    home: frozenset[str] = frozenset()
    side: frozenset[str] = frozenset()
    guests: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    editions: frozenset[int] = frozenset()
    transit: bool = False
    rumour: bool = False
    partner: str | None = None
    goods: frozenset[str] = frozenset()
    wanted: frozenset[str] = frozenset()
    aspects: frozenset[str] = frozenset()
    matters: frozenset[str] = frozenset()
    periods: tuple[str, ...] = ()
    rest: str = ""

    @cached_property
    def spanned(self) -> frozenset[int]:
        """Every year of every period, those inside a range too."""
        spans = (bounds(code) for code in self.periods)
        return frozenset(year for span in spans for year in range(span.first.year, span.last.year + 1))

    @cached_property
    def years(self) -> frozenset[int]:
        """Every year that is written in a period."""
        return frozenset(int(year) for code in self.periods for year in re.findall(r"\d{4}", code))


class Reader:
    """Reads questions and phrasings alike, so that an entry's own phrasings can be held against its scope."""

    def __init__(
        self,
        lexicon: Lexicon,
        facets: Lexicon,
        counted: frozenset[str],
        stop: frozenset[str],
        stop_zh: Sequence[str],
    ) -> None:
        self._lexicon = lexicon
        self._facets = facets
        self._counted = counted
        self._stop = stop
        self._stop_zh = re.compile("|".join(map(re.escape, sorted(stop_zh, key=len, reverse=True))) or "$^")

    def read(self, line: str, today: date) -> Question:
        """Read one normalised and repaired line; ``today`` gives relative dates their year."""
        lang = script_of(line) or "ru"
        dated = read_periods(line, today)
        tokens = self._lexicon.tokens(line)
        mentions = self._lexicon.mentions(tokens)
        ways = directions(line, tokens, mentions)
        facets = self._facets.mentions(tokens)
        goods = ids(facets, "goods")
        return Question(
            line=line,
            lang=lang,
            tokens=tuple(tokens),
            terms=frozenset(_terms(tokens)),
            content=self._content(dated.rest),
            travel=ways.travel,
            flow=ways.flow,
            place=ways.place,
            seat=ways.seat,
            countries=ids(mentions, "country") - set(HOME),
            abroad=frozenset(_abroad(mentions, tokens)),
            home=_home(mentions, tokens),
            side=_side(mentions, tokens),
            guests=guests(line, tokens),
            cities=frozenset(mention.name for mention in mentions if mention.kind == "city"),
            events=ids(mentions, "event"),
            editions=_editions(dated.rest, tokens),
            transit=bool(ids(mentions, "transit")) and not _strangers(mentions, tokens),
            rumour=bool(ids(mentions, "rumour")),
            partner=_partner(line),
            goods=goods,
            wanted=goods if dated.periods else goods - self._counted,
            aspects=ids(facets, "aspects"),
            matters=ids(facets, "matters"),
            periods=dated.periods,
            rest=dated.rest,
        )

    def undated(self, line: str, today: date) -> str:
        """A line without its periods."""
        return read_periods(line, today).rest

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


_WE_RU = {"мы", "наш", "россиянин", "русский", "российский", "российско", "русско"}
_WE_ZH = re.compile("我们|咱|我国|本国|国人|中俄|俄中")
_CHINESE = {"китайский", "китаец"}
_JOINED = {"российско", "русско", "китайско"}
"""First halves of «российско-китайский»: what belongs to both is nobody's side."""


def _abroad(mentions: Sequence[Mention], tokens: Sequence[Token]) -> Iterator[str]:
    for mention in mentions:
        if mention.kind == "country" and mention.id not in (*HOME, *ELSEWHERE):
            token = tokens[mention.first]
            before = tokens[mention.first - 1].text if mention.first else ""
            if ZH_TO.search(token.text[: mention.at]) if token.han else before in ("в", "во"):
                yield mention.id


def _home(mentions: Sequence[Mention], tokens: Sequence[Token]) -> frozenset[str]:
    found = {m.id for m in mentions if m.kind in ("country", "city", "people") and m.id in HOME}
    lemmas = {token.lemma for token in tokens}
    found.update({"RU"} if lemmas & _WE_RU else (), {"CN"} if lemmas & _CHINESE else ())
    if any(token.han and _WE_ZH.search(token.text) for token in tokens):
        found.add("CN")
    if any(token.han and re.search("中俄|俄中|对俄|对华|赴俄", token.text) for token in tokens):
        found.update(HOME)
    return frozenset(found)


_PARTNER = (
    (re.compile("партнер[а-я]* (?:для )?(?:китая|кнр)|(?:俄罗斯|俄)(?:是|为|在)(?:中国|我国).{0,8}伙伴"), "RU"),
    (re.compile("партнер[а-я]* (?:для )?(?:россии|рф)|(?:中国|我国)(?:是|为|在)(?:俄罗斯|俄).{0,8}伙伴"), "CN"),
)
_STRANGERS_ZH = re.compile("^(?:籍|国)?(?:人|公民|护照|游客|旅客|朋友)")
_STRANGERS_RU = ("ец", "анин", "янин", "ин", "азах", "збек", "аджик", "иргиз", "онгол", "емец", "урок")


def _partner(line: str) -> str | None:
    """Whose partnership is asked about: «восьмой партнёр Китая» is Russia's place, not China's."""
    return next((country for pattern, country in _PARTNER if pattern.search(line)), None)


def _strangers(mentions: Sequence[Mention], tokens: Sequence[Token]) -> bool:
    """Whether people of a third country are asked about."""
    for mention in mentions:
        if mention.kind == "country" and mention.id not in HOME:
            token = tokens[mention.first]
            if token.han and _STRANGERS_ZH.match(token.text[mention.until :]):
                return True
            if mention.name.endswith(("人", *_STRANGERS_RU)):
                return True
    return False


def _side(mentions: Sequence[Mention], tokens: Sequence[Token]) -> frozenset[str]:
    found = {m.id for m in mentions if m.kind in ("country", "people") and m.id in HOME}
    before = ["", *(token.text for token in tokens)]
    owned = {
        WHOSE[t.lemma] for t, last in zip(tokens, before, strict=False) if t.lemma in WHOSE and last not in _JOINED
    }
    return frozenset(found | owned)


def _editions(line: str, tokens: Sequence[Token]) -> frozenset[int]:
    """Numbers of fairs and meetings, in a line without its periods: 34-я ярмарка, VIII, восьмое экспо, 第三十四届."""
    found = {int(match[1]) for pattern in _EDITION for match in pattern.finditer(line)}
    found |= {roman(match[1]) for match in _ROMAN.finditer(line) if match[1]}
    found |= {1 if match[2] else han_number(match[1]) for match in _HAN_EDITION.finditer(line)}
    lemmas = [token.lemma for token in tokens]
    place = 0
    while place < len(lemmas):
        number, length = spelled_ordinal(lemmas[place:])
        if number and any(lemma in _FAIRS for lemma in lemmas[place + length : place + length + 3]):
            found.add(number)
        place += length or 1
    return frozenset(number for number in found if 0 < number < 200)
