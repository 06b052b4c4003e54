"""The vocabularies, compiled: names of countries, cities, fairs and people, words that say nothing, topics, authorities."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from babel import Locale
from babel.core import get_global

from knowledge.lexicon import Lexicon, Names
from knowledge.model import Authority, Entry, Topic
from knowledge.question import Reader
from knowledge.roles import HOME
from knowledge.text import Lemmatiser

_NOT_COUNTRIES = {"ZZ", "EU", "XA", "XB", "TG", "CU"}
_CONTINENTS = ("Asia/", "Europe/", "Australia/", "Africa/", "America/")
_ALSO_WORDS = {"Вена", "Ном", "Туле", "Уральск", "Мале", "Восток", "Бали", "Газа", "Маэ", "Рим"}
"""Names of cities that are ordinary words too."""

Tables = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class TopicRules:
    """What holds for every entry of a topic: how long a look stays fresh, in days, and who to ask today."""

    again_after_days: int
    authority: str


@dataclass(frozen=True)
class Vocabulary:
    """The tables that are looked up by key."""

    topics: tuple[Topic, ...]
    rules: Mapping[str, TopicRules]
    authorities: Mapping[str, Authority]

    def authority(self, entry: Entry) -> Authority:
        """Where a reader checks an entry today: by its topic and, for entry rules, by the country to be entered."""
        name = self.rules[entry.topic].authority
        special = f"{name}_{(entry.scope.destination or '').lower()}"
        return self.authorities.get(special) or self.authorities[name]


def vocabulary(tables: Tables) -> Vocabulary:
    return Vocabulary(
        topics=tuple(
            Topic({"ru": tuple(t["ru"]), "zh": tuple(t["zh"])}, tuple(t["entries"])) for t in tables["topics"].values()
        ),
        rules={key: TopicRules(**row) for key, row in tables["review"]["topic"].items()},
        authorities={
            key: Authority({"ru": row["ru"], "zh": row["zh"]}, row["url"])
            for key, row in tables["review"]["authority"].items()
        },
    )


@dataclass(frozen=True)
class ReaderTables:
    """What the reader of questions needs, compiled once: looking up the forms of a thousand names takes a while."""

    things: Names
    facets: Names
    counted: frozenset[str]
    stop: frozenset[str]
    stop_zh: tuple[str, ...]


def reader_tables(tables: Tables, lemmatiser: Lemmatiser) -> ReaderTables:
    stop = tables["reading"]["stop"]
    return ReaderTables(
        _things(tables, lemmatiser).names,
        _facets(tables, lemmatiser).names,
        counted=frozenset(item for item, row in tables["goods"].items() if row.get("figures")),
        stop=frozenset(word.replace("ё", "е") for word in stop["ru"]),
        stop_zh=tuple(stop["zh"]),
    )


def build_reader(compiled: ReaderTables, lemmatiser: Lemmatiser) -> Reader:
    """The reader of questions, with everything they may name."""
    return Reader(
        Lexicon(lemmatiser, compiled.things),
        Lexicon(lemmatiser, compiled.facets),
        compiled.counted,
        compiled.stop,
        compiled.stop_zh,
    )


def _things(tables: Tables, lemmatiser: Lemmatiser) -> Lexicon:
    """Places, people, fairs and the words around them. Countries of the world come from CLDR in both languages."""
    lexicon = Lexicon(lemmatiser)
    places, reading = tables["places"], tables["reading"]
    for code, names in (*_countries(), *_foreign_cities()):
        lexicon.add("country", code, names)
    for code, names in places["country"].items():
        lexicon.add("country", code, names)
    for code, names in places["city"].items():
        lexicon.add("city", code, names)
    for kind in ("people", "trade", "wares", "office", "transit", "rumour", "unit"):
        for item, names in reading[kind].items():
            lexicon.add(kind, item, names)
    for event, names in tables["events"].items():
        lexicon.add("event", event, names)
    return lexicon


def _facets(tables: Tables, lemmatiser: Lemmatiser) -> Lexicon:
    """Goods, aspects and matters have a lexicon of their own, so that no longer name of a place or fair hides them."""
    facets = Lexicon(lemmatiser)
    for kind in ("goods", "aspects", "matters"):
        for item, row in tables[kind].items():
            facets.add(kind, item, row)
    return facets


def _countries() -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Names of the world's countries by ISO code; «Того» and «Куба» are left out, since they are
    also the commonest of pronouns and a form of «кубы»."""
    ru = {str(code): name for code, name in Locale("ru").territories.items()}
    zh = {str(code): name for code, name in Locale("zh").territories.items()}
    for code in ru.keys() & zh.keys() - _NOT_COUNTRIES:
        if re.fullmatch("[A-Z]{2}", code):
            yield code, {"ru": [ru[code]], "zh": [zh[code]]}


def _foreign_cities() -> Iterator[tuple[str, dict[str, list[str]]]]:
    """CLDR names a city for every time zone: some three hundred of other countries, each standing for its country."""
    ru, zh = Locale("ru").time_zones, Locale("zh").time_zones
    for zone, code in get_global("zone_territories").items():
        names = [cities.get(zone, {}).get("city") for cities in (ru, zh)]
        if (
            zone.startswith(_CONTINENTS)
            and code not in (*HOME, "HK", "MO")
            and all(names)
            and names[0] not in _ALSO_WORDS
        ):
            yield str(code), {"ru": [str(names[0])], "zh": [str(names[1])]}
