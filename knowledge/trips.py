"""A journey out of words: who goes where, what for, how many, for how long, when. What a line does not say stays None."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from knowledge.bare import is_bare
from knowledge.counts import days, hours, in_digits, party
from knowledge.directions import ELSEWHERE
from knowledge.entry_rules import Town, Trip
from knowledge.lexicon import Lexicon, Mention, Names, ids
from knowledge.model import Lang
from knowledge.question import Question
from knowledge.roles import HOME
from knowledge.text import Lemmatiser
from knowledge.travel_dates import travel_date

DETAILS = 2
"""How many of party, days, date and purpose make a line the description of one journey rather than a question about a rule."""

_ASKS_ENTRY = re.compile(
    "(?<![а-я])(?:без)?виз(?!ит)|(?:пуст[яи]т|впустят)(?: ли)? (?:нас|меня|без|в (?:кита|росси|кнр|рф))|въезд|въехать"
    "|签证|免签|入境|让进|能进|过关|要签|办签|用签|落地签"
)
_ASKS_ELSE = re.compile(
    "|".join((
        "сколько стоит|сколько стоят|цен[аыу]|стоимост|почем|документ|анкет|фото|отпечат|страхов|карт[ауы] |отказ|штраф|таможн|регистрац",
        "где |как оформ|как получ|как подать|как сделать|сколько времени|как долго дела|что взять|что посмотреть|как добрат|как доехать",
        "курс|деньг|налич|поезд|автобус|самолет|билет|рейс|жиль|отел|гостин|погод|симк|интернет|парк",
        "почему|зачем|кто |на сколько|сколько дней|сколько можно|сколько человек|какие|какая|какой|когда|что будет",
        "последний день|рабочих|срок действия|паспорт[а-я]* на |в сумме|за год|данны|статистик|по итогам",
        "условия|правил|条件|规定",
        "кажд(?:ый|ую) раз|заново|многократн|однократн|максимум|в силе|подпада|одобрил|вот-вот|гид ",
        "говор[ия]т|слышал|верно|правда|так ведь|провел|оформляли|приезжали|прошл",
        "多少|费用|价格|材料|怎么|在哪|哪里|哪儿|多久|几天|几个工作日|几个?人|几号|哪天|何时|什么|哪些|为什么|最后一天|自然日|工作日",
        "罚款|海关|现金|付款|支付|火车|航班|机票|酒店|天气|电话卡|保险|指纹|拒签|登记|到期|有效期|护照还",
        "多次|单次|每次|最多|最长|第[一二三几]天|算数|作数|符合|事由|批没批|批准|因公|因私|导游|领队|名单|展馆|大展|入场|门票",
        "加起来|人次|同比|数据|听说|对吗|对不对|是这样|没让进|走超|反倒|去年",
    ))
)  # fmt: skip
"""A matter of its own, a hearsay to be confirmed or something of the past: other entries tell these better."""
_NAMES_A_WAY = re.compile(
    "безвизов[а-я]+ (?:тур)?групп|тургрупп|免签团|跟团|团签|团队免签|круиз|邮轮|电子签|электронн|ruid"
)
"""A way that a question asks about by name: its own entry tells it better, unless all that decides is told."""
_GOES = re.compile(
    "(?<![а-я])(?:еду|едем|лечу|летим|поеду|поедем|полечу|полетим|собира[а-я]+|хочу|хотим|планиру[а-я]+|съезд[а-я]+)(?![а-я])"
    "|(?:我|咱|俩|口)[^，。]{0,12}(?:去|飞|到)"
)
_QUESTION = re.compile(r"\?|？|(?<![а-я])(?:ли|что|как|где|сколько|когда|какой)(?![а-я])|吗|呢|什么|怎么|哪|多少|几")
_STAYS = re.compile(
    "(?:учиться|работать|на учебу|на работу|стажировк[уа]) в (?!росси|рф)|(?<=去)(?:俄罗斯|俄国|莫斯科)(?:留学|工作)"
)
_DENIES = re.compile("(?:(?<![а-я])не(?: для| на| по| за| ради| с целью)? |(?<!是)(?:不是|并非)(?:去|来|为了)?)$")
"""Right before what a journey is for: that it is for something else."""
_STAYS_ASIDE = re.compile("在(?:香港|澳门)|(?:香港|澳门)[待停住玩]|в (?:гонконге|макао)(?![а-я])")
"""A stop where other rules of entry hold than in the mainland."""
_SPEAKS: Mapping[Lang, str] = {"ru": "RU", "zh": "CN"}
_OTHER = {"RU": "CN", "CN": "RU"}
_ROUND_TRIP = re.compile("обратно|назад в (?:росси|рф)|вернуться|туда и обратно|往返|返回|回国")


@dataclass(frozen=True)
class Journey:
    """What was told of a journey; None where nothing was. Plain data: a form keeps it between messages.

    ``port`` is the id of a town; ``first`` and ``last`` are the days it may begin on.
    """

    traveller: str | None = None
    destination: str | None = None
    purpose: str | None = None
    party: int | None = None
    days: int | None = None
    first: date | None = None
    last: date | None = None
    port: str | None = None
    transit: bool | None = None
    passport: str | None = None

    @property
    def details(self) -> int:
        return sum(
            told is not None for told in (self.purpose, self.party, self.days, self.first, self.transit, self.passport)
        )

    def trip(self, towns: Mapping[str, Town], today: date) -> Trip:
        """The journey as one that can be judged, today where no date was told. Raises ValueError without a traveller and a destination."""
        if self.traveller is None or self.destination is None:
            raise ValueError("a journey needs a traveller and a destination")
        first, last = self.first or today, self.last or self.first or today
        return Trip(
            self.traveller, self.destination, first, self.purpose, self.party, self.days, towns.get(self.port or ""), self.transit,
            self.passport or "ordinary", last if last != first else None,
        )  # fmt: skip

    def over(self, older: Journey) -> Journey:
        """This journey, with what it does not tell taken from an older one."""
        told = {name: value for name, value in vars(self).items() if value is not None}
        return replace(older, **told)


@dataclass(frozen=True)
class TripNames:
    """Names of towns, purposes and passports as compiled, and the towns by id."""

    names: Names
    towns: Mapping[str, Town]
    order: tuple[str, ...]


def trip_names(table: Mapping[str, Any], lemmatiser: Lemmatiser) -> TripNames:
    """Compile the vocabulary of journeys; an empty table knows none."""
    lexicon = Lexicon(lemmatiser)
    for kind in ("town", "purpose", "passport", "other"):
        for item, row in table.get(kind, {}).items():
            lexicon.add(kind, item, row)
    towns = {
        item: Town(item, row["country"], row.get("land", False), row.get("province"))
        for item, row in table.get("town", {}).items()
    }
    return TripNames(lexicon.names, towns, tuple(table.get("purpose", {})))


class TripReader:
    """Reads journeys out of questions."""

    def __init__(self, compiled: TripNames, lemmatiser: Lemmatiser) -> None:
        self.towns = compiled.towns
        self._order = compiled.order
        self._lexicon = Lexicon(lemmatiser, compiled.names)

    def read(self, question: Question, today: date) -> Journey:
        """Everything a question tells of a journey."""
        mentions = self._lexicon.mentions(question.tokens)
        purposes = ids((named for named in mentions if not _denied(question, named)), "purpose")
        line = in_digits(question.line, {token.text: token.lemma for token in question.tokens})
        traveller, destination = _way(question)
        when = travel_date(line, today)
        onward = question.countries - {*HOME, destination}
        return Journey(
            traveller,
            destination,
            next((item for item in self._order if item in purposes), None),
            party(line),
            (when.days if when else None) or days(line) or (hours(line) if question.transit else None),
            when.first if when else None,
            when.last if when else None,
            self._port(mentions, destination),
            True if onward and destination == "CN" and not _ROUND_TRIP.search(line) and question.transit else None,
            next(iter(sorted(ids(mentions, "passport"))), None),
        )

    def asked(self, question: Question, today: date) -> Journey | None:
        """The journey a question wants judged; None where it asks about something else, about a rule in general, or about the past."""
        if _ASKS_ELSE.search(question.line) or question.events:
            return None
        journey = self.read(question, today)
        if not (journey.traveller and journey.destination) or _strangers(question, journey):
            return None
        if journey.purpose is None and ids(self._lexicon.mentions(question.tokens), "purpose"):
            return None
        if journey.destination == "CN" and _STAYS_ASIDE.search(question.line):
            return None
        if journey.passport or (journey.last and journey.last < today):
            return None
        return journey if _decides(question, journey) else None

    def town(self, name: str) -> Town | None:
        """A town by its id or by its name in either language."""
        if name.casefold() in self.towns:
            return self.towns[name.casefold()]
        tokens = self._lexicon.tokens(name.casefold().replace("ё", "е"))
        found = sorted(ids(self._lexicon.mentions(tokens), "town"))
        return self.towns[found[0]] if len(found) == 1 else None

    def _port(self, mentions: Iterable[Mention], destination: str | None) -> str | None:
        """The town in the country one goes to, where just one is named."""
        found = {item for item in ids(mentions, "town") if self.towns[item].country == destination}
        return found.pop() if len(found) == 1 else None


def _decides(question: Question, journey: Journey) -> bool:
    """Whether enough is told, more than what the journey is for; without a word of visas only a whole plan in the first person counts."""
    if is_bare(question):
        return True
    whole = journey.party is not None and journey.days is not None
    if not _ASKS_ENTRY.search(question.line):
        own = journey.traveller == _SPEAKS[question.lang] and _GOES.search(question.line)
        return whole and bool(own) and not _QUESTION.search(question.line)
    if _NAMES_A_WAY.search(question.line) or (journey.purpose == "transit" and not journey.transit):
        return whole
    return journey.details >= DETAILS and any((journey.party, journey.days, journey.first))


def _denied(question: Question, named: Mention) -> bool:
    """Whether a line says «not» of what it names."""
    run = question.tokens[named.first].text[: named.at]
    return bool(_DENIES.search("".join(f"{token.text} " for token in question.tokens[: named.first]) + run))


def _way(question: Question) -> tuple[str | None, str | None]:
    if question.travel:
        start, _, end = question.travel.partition("-")
        return start, end
    if question.place == "CN" and question.transit and _is_russian(question):
        return "RU", "CN"
    if question.home == {_OTHER[_SPEAKS[question.lang]]} and _STAYS.search(question.line):
        return _SPEAKS[question.lang], _OTHER[_SPEAKS[question.lang]]
    elsewhere = question.countries & ELSEWHERE
    if (
        len(elsewhere) == 1
        and not question.transit
        and (question.lang == "ru" or "RU" in question.home)
        and "CN" not in question.home
    ):
        return "RU", next(iter(elsewhere))
    return None, question.place


def _is_russian(question: Question) -> bool:
    return "CN" not in question.home - {question.place} and (question.lang == "ru" or "RU" in question.home)


def _strangers(question: Question, journey: Journey) -> bool:
    """Whether a third country is named that a journey between the two does not lead to."""
    return bool(question.countries - {journey.destination}) and not journey.transit
