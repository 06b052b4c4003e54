"""Which way a question goes: who travels where, and whose goods go to whom.

Russian says it with prepositions and cases (из Китая, в Китай, Китаю, экспорт Китая), Chinese with the words around a name
(赴俄, 从中国, 对俄出口). What is not said stays None: a question without a direction fits entries of either.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise

from knowledge.lexicon import Mention, Token, ids
from knowledge.roles import HOME, TO, WHOSE, ZH_VISA, Roles, read_roles, travellers

ELSEWHERE = frozenset({"HK", "MO"})
_BACK = {"вернуться", "возвращаться", "обратно", "назад", "домой"}
"""Words of a way back: where it leads says nothing of who travels."""

_ZH_SEAT = {"RU": re.compile("[驻在]俄"), "CN": re.compile("[驻在](?:华|中国)")}
_LEAVING = {"вывезти", "вывозить", "выезд", "выехать", "выезжать", "вылет", "вылетать"}
_ZH_LEAVING = re.compile("带出|出境|携出|离境")

_ANY = "[\u4e00-\u9fff]"
_ZH_TRADE = tuple(
    (re.compile("|".join(patterns)), direction)
    for direction, patterns in (
        ("CN-RU", (
            f"车{_ANY}{{0,3}}进口(?:到)?俄", "(?:中国|国产)[^俄进]{0,4}(?:货|货物|商品|产品|车|机)进口(?:到|至)?俄", f"进口{_ANY}{{0,3}}(?:到|至)俄",
            f"(?:对|向|往)俄(?:罗斯)?{_ANY}{{0,8}}出口", "出口(?:到|至)?俄", "(?<![向对往给])中国出口", "卖(?:到|给)俄", "输俄|销往俄",
            f"(?:自|从|由)(?:中国|华){_ANY}{{0,6}}进口", f"俄(?:罗斯)?{_ANY}{{0,4}}(?:自|从)(?:中国|华)(?!{_ANY}{{0,2}}[挣赚])",
        )),
        ("RU-CN", (
            f"(?:对|向|往)(?:华|中国){_ANY}{{0,8}}(?:出口|供|输)", f"(?:自|从|由)俄(?:罗斯)?{_ANY}{{0,6}}进口", "进口俄", "俄(?:罗斯)?出口",
            "[进出]口(?:到|至)(?:中国|国内|华)", "输华|对华(?!免签|签证|为)", f"进口(?:自|了)?{_ANY}{{0,4}}俄",
            f"俄(?:罗斯)?{_ANY}{{0,8}}从中国{_ANY}{{0,2}}[挣赚]",
        )),
    )
)  # fmt: skip


@dataclass(frozen=True)
class Ways:
    """``travel`` and ``flow`` are ``RU-CN`` or ``CN-RU``; ``place`` is the country where it happens, ``seat`` the one an office stands in.

    None where the line does not say.
    """

    travel: str | None = None
    flow: str | None = None
    place: str | None = None
    seat: str | None = None


def directions(line: str, tokens: Sequence[Token], mentions: Sequence[Mention]) -> Ways:
    """Read both directions of a normalised line."""
    if any(mention.kind == "office" for mention in mentions):
        return _at_the_office(line, tokens, mentions)
    roles = read_roles(line, tokens, mentions)
    verbs = ids(mentions, "trade")
    flow = _chinese_flow(line) or _flow(roles, verbs)
    place = _single(roles.targets or roles.places or (roles.origins if _leaves(line, tokens) else set()))
    if ELSEWHERE & ids(mentions, "country"):
        return Ways(flow=flow, place=place)
    if _BACK & {token.lemma for token in tokens}:
        return Ways(flow=flow)
    return Ways(_travel(roles, set(travellers(tokens, mentions))), flow, place)


def _at_the_office(line: str, tokens: Sequence[Token], mentions: Sequence[Mention]) -> Ways:
    """An office stands in one country and serves journeys to the other: only whose visa it is tells where one goes."""
    targets: set[str] = set()
    for mention in mentions:
        if mention.kind == "country" and mention.id in HOME:
            token = tokens[mention.first]
            before = [t.lemma for t in tokens[max(0, mention.first - 2) : mention.first]]
            of_visa = (
                ZH_VISA.match(token.text[mention.until :]) if token.han else before[:1] == ["виза"] and before[-1] in TO
            )
            targets.update({mention.id} if of_visa else ())
    targets.update(
        WHOSE[token.lemma] for token, noun in pairwise(tokens) if noun.lemma == "виза" and token.lemma in WHOSE
    )
    target = _single(targets)
    seat = _seat(line, read_roles(line, tokens, mentions))
    return Ways(_way(_other(target), target) if target else None, _chinese_flow(line), target, seat)


def _seat(line: str, roles: Roles) -> str | None:
    """The country an office stands in: «консульство Китая в России», 中国驻俄使馆."""
    named = {country for country, pattern in _ZH_SEAT.items() if pattern.search(line)}
    return _single(named or roles.places | roles.seats)


def _leaves(line: str, tokens: Sequence[Token]) -> bool:
    """Whether a border is crossed outwards: the rules are those of the country that is left."""
    return bool(_LEAVING & {token.lemma for token in tokens} or _ZH_LEAVING.search(line))


def _travel(roles: Roles, travellers: AbstractSet[str]) -> str | None:
    traveller, target = _single(travellers), _single(roles.targets or roles.places)
    if traveller and target != traveller:
        return _way(traveller, _other(traveller))
    if target and not traveller and target not in roles.origins:
        return _way(_other(target), target)
    return None


def _flow(roles: Roles, verbs: AbstractSet[str]) -> str | None:
    """Goods go from where they are taken, made or sold, to where they are brought; buying happens at the seller's."""
    if not (verbs or roles.goods):
        return None
    buying, selling = "buy" in verbs, "export" in verbs
    starts = (
        roles.sellers
        or roles.origins | roles.goods
        or (roles.places | roles.seats if buying and not selling else set())
    )
    ends = roles.buyers or roles.receivers | (
        roles.targets - roles.places - roles.seats if buying else roles.targets or roles.places
    )
    start, end = _single(starts), _single(ends)
    if start is None and roles.buyers and roles.targets - roles.buyers:
        end = _single(roles.targets)  # «китайский импорт в Россию»: from China, whatever it calls itself
    if start and start != end:
        return _way(start, _other(start))
    return _way(_other(end), end) if end else None


def _chinese_flow(line: str) -> str | None:
    return next((direction for pattern, direction in _ZH_TRADE if pattern.search(line)), None)


def _single(found: AbstractSet[str]) -> str | None:
    return next(iter(found)) if len(found) == 1 else None


def _other(country: str) -> str:
    return "CN" if country == "RU" else "RU"


def _way(start: str, end: str) -> str:
    return f"{start}-{end}"
