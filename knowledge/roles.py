"""What the names of the two countries do in a line: where from, where to, who sells, who buys, who goes.

Russian says it with prepositions and cases, Chinese with the words around a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import pairwise

from knowledge.lexicon import Mention, Token

HOME = ("RU", "CN")
TO = {"в", "во", "на", "до", "через"}
_FROM = {"из", "от"}
_WITH = {"с", "со"}
WHOSE = {"китайский": "CN", "российский": "RU", "русский": "RU"}
_STAYING = {"жить", "находиться", "проживать", "работать", "учиться"}
_OFFICIAL = {
    "давать",
    "дать",
    "брать",
    "взять",
    "сканировать",
    "считать",
    "требовать",
    "пускать",
    "выдавать",
    "проверять",
    "снимать",
}
"""What officials do: «китайцы снимают отпечатки» are not travellers."""
_PEOPLE = {
    "турист", "гражданин", "человек", "путешественник", "группа", "водитель", "студент", "ребенок", "дети", "предприниматель", "бизнесмен",
    "пассажир", "паспорт", "загранпаспорт", "путешественница", "пенсионер", "школьник",
}  # fmt: skip
ZH_TO = re.compile("(?:去|到|赴|(?<![列加纳])入|入境|往|进|进入|飞|来|前往|抵|抵达|出差|访|在|驻)(?:了|过)?$")
_ZH_FROM = re.compile("(?:从|自|由|离开)$")
ZH_VISA = re.compile(
    "^的?(?:电子|旅游|商务|工作|留学|学习|学生|探亲|普通|过境|公务|团队|团体|个人|长期|短期|单次|一次|两次|多次)?(?:签证|免签(?!团)|电子签|签(?!团))"
)
_ZH_WAIVER = (
    (re.compile("对俄(?:罗斯)?(?:人|公民)?[^华中]{0,4}免签"), "CN"),
    (re.compile("对(?:华|中国)(?:人|公民)?[^俄]{0,4}免签"), "RU"),
)
"""Whose border a waiver opens: 对俄免签 lets Russians into China."""
_ZH_TO_CHINA = re.compile("[赴来入访在驻抵]华(?!为|人|东|南|北|中)")


@dataclass
class Roles:
    """What the names of the two countries do in a line; ``seats`` are cities where something is, which says nothing of a journey."""

    origins: set[str] = field(default_factory=set)
    targets: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    seats: set[str] = field(default_factory=set)
    receivers: set[str] = field(default_factory=set)
    sellers: set[str] = field(default_factory=set)
    buyers: set[str] = field(default_factory=set)
    goods: set[str] = field(default_factory=set)


def travellers(tokens: Sequence[Token], mentions: Sequence[Mention]) -> Iterator[str]:
    """People who go, not those one goes with, nor a country that a Chinese verb of going stands before (赴俄游客)."""
    for mention in mentions:
        if mention.kind != "people":
            continue
        token = tokens[mention.first]
        if token.han and _goes_to(token.text[: mention.at]):
            continue
        if not token.han and _beside(tokens, mention):
            continue
        yield mention.id


def _goes_to(lead: str) -> bool:
    """Whether a country inside the name of people is where one goes: 赴俄游客, but not 入境中国公民."""
    return bool(ZH_TO.search(lead)) and not lead.endswith("入境")


def _beside(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether people are not the ones who go: «с китайцами», «у китайцев», «русские карты»."""
    before = tokens[mention.first - 1].text if mention.first else ""
    after = tokens[mention.last + 1] if mention.last + 1 < len(tokens) else None
    described = (
        tokens[mention.last].lemma == "русский" and after is not None and after.cases and after.lemma not in _PEOPLE
    )
    official = "nomn" in tokens[mention.last].cases and bool(_OFFICIAL & {token.lemma for token in tokens})
    return before in {*_WITH, "у", "за", "к"} or bool(described) or official


def read_roles(line: str, tokens: Sequence[Token], mentions: Sequence[Mention]) -> Roles:
    roles = Roles()
    verbs = {mention.last: mention.id for mention in mentions if mention.kind == "trade"}
    for mention in mentions:
        if mention.kind in ("country", "city") and mention.id in HOME:
            token = tokens[mention.first]
            if token.han:
                _chinese_role(roles, mention, token.text)
            else:
                _russian_role(roles, mention, tokens, verbs)
        elif (
            mention.kind == "people"
            and tokens[mention.first].han
            and _goes_to(tokens[mention.first].text[: mention.at])
        ):
            roles.targets.add(mention.id)
    waiver = next((country for pattern, country in _ZH_WAIVER if pattern.search(line)), None)
    if waiver:
        return Roles(targets={waiver})
    if any(token.han and _ZH_TO_CHINA.search(token.text) for token in tokens):
        roles.targets.add("CN")
    _adjectives(roles, tokens, verbs, {mention.first for mention in mentions if mention.kind == "wares"})
    return roles


_GUESTS = {
    "участник",
    "экспонент",
    "делегация",
    "компания",
    "фирма",
    "предприятие",
    "регион",
    "область",
    "провинция",
    "павильон",
    "гость",
}
_ZH_GUESTS = re.compile("(俄|中)(?:罗斯|国)?方?的?(?:参展|展商|展区|代表团|企业|公司|地区|联邦主体|省份|省区)")


def guests(line: str, tokens: Sequence[Token]) -> frozenset[str]:
    """Whose participants are asked about: «российские участники», 俄方展商."""
    found = {WHOSE[one.lemma] for one, noun in pairwise(tokens) if one.lemma in WHOSE and noun.lemma in _GUESTS}
    return frozenset(found | {"RU" if match[1] == "俄" else "CN" for match in _ZH_GUESTS.finditer(line)})


def _chinese_role(roles: Roles, mention: Mention, run: str) -> None:
    lead, after = run[: mention.at], run[mention.until :]
    if ZH_VISA.match(after) or (ZH_TO.search(lead) and not re.match("办|办理", after)):
        roles.targets.add(mention.id)
    elif _ZH_FROM.search(lead):
        roles.origins.add(mention.id)


def _russian_role(roles: Roles, mention: Mention, tokens: Sequence[Token], verbs: Mapping[int, str]) -> None:
    token = tokens[mention.first]
    last = _preposition(tokens, mention.first)
    bought = last == "у" and mention.first - 2 in verbs
    if last in _FROM or bought or (last in _WITH and "gent" in token.cases and "ablt" not in token.cases):
        roles.origins.add(mention.id)
    elif last in _WITH or last in ("между", "и"):
        return
    elif _STAYING & {t.lemma for t in tokens[max(0, mention.first - 3) : mention.first]}:
        roles.seats.add(mention.id)
    elif last in TO and not (last == "на" and mention.kind == "country"):
        either = "loct" in token.cases and "accs" in token.cases  # «в КНР» may be where or whither
        if "loct" in token.cases:
            (roles.places if mention.kind == "country" else roles.seats).add(mention.id)
        if (not either and "loct" not in token.cases) or (either and mention.kind == "city"):
            roles.targets.add(mention.id)
    else:
        _trading_role(roles, mention, tokens, verbs)


def _preposition(tokens: Sequence[Token], place: int) -> str:
    """The word before a name, passing over one adjective («в соседний Китай»)."""
    before = place - 1
    if before > 0 and tokens[before].cases and tokens[before].lemma.endswith(("ый", "ий", "ой")):
        before -= 1
    return tokens[before].text if before >= 0 else ""


def _trading_role(roles: Roles, mention: Mention, tokens: Sequence[Token], verbs: Mapping[int, str]) -> None:
    """What a name without a preposition does beside a word of trade: who sells, who buys, who receives."""
    token, before, after = tokens[mention.first], mention.first - 1, mention.first + 1
    if before in verbs and "ablt" in token.cases:
        _trader(roles, mention.id, verbs[before])
    elif before in verbs and not tokens[before].cases and "datv" in token.cases:
        roles.receivers.add(mention.id)
    elif before in verbs and "gent" in token.cases:
        _trader(roles, mention.id, verbs[before])
    elif "datv" in token.cases and "gent" not in token.cases:
        roles.receivers.add(mention.id)
    elif "nomn" in token.cases and after in verbs and not tokens[after].cases:
        _trader(roles, mention.id, verbs[after])


def _trader(roles: Roles, country: str, verb: str) -> None:
    (roles.sellers if verb == "export" else roles.buyers).add(country)


def _adjectives(roles: Roles, tokens: Sequence[Token], verbs: Mapping[int, str], wares: AbstractSet[int]) -> None:
    """«китайский экспорт»: whose trade it is; «российские товары»: where they come from; «китайская виза»: where one goes."""
    for place, token in enumerate(tokens[:-1]):
        owner = WHOSE.get(token.lemma)
        if owner is None:
            continue
        if place + 1 in verbs:
            _trader(roles, owner, verbs[place + 1])
        elif place + 1 in wares:
            roles.goods.add(owner)
        elif tokens[place + 1].lemma == "виза" and token.lemma != "русский":
            roles.targets.add(owner)
