"""Journeys out of words: how many, how long, when, where, what for; and which lines are no journey to be judged."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.catalogue import Catalogue
from knowledge.travel_dates import travel_date
from knowledge.trips import Journey

TODAY = date(2026, 11, 24)


def read(base: Catalogue, text: str) -> Journey:
    return base.trips.read(base.question(text, TODAY), TODAY)


def asked(base: Catalogue, text: str) -> Journey | None:
    return base.trips.asked(base.question(text, TODAY), TODAY)


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("нас четверо", 4),
        ("едем втроем", 3),
        ("группой 8 человек", 8),
        ("двенадцать человек", 12),
        ("нас двадцать пять человек", 25),
        ("вдвоём с женой", 2),
        ("с мужем и двумя детьми", 4),
        ("с женой и сыном", 3),
        ("компанией из шести человек", 6),
        ("хочу поехать один в Пекин", 1),
        ("группа от 5 человек", None),
        ("на один день", None),
        ("我们四个人", 4),
        ("一家三口", 3),
        ("我和老婆", 2),
        ("我一个人去", 1),
        ("夫妻俩", 2),
        ("一行十二人", 12),
        ("至少5人", None),
        ("我老公是俄罗斯人", None),
        ("5人以上", None),
    ],
)
def test_how_many_travel(base: Catalogue, text: str, party: int | None) -> None:
    """Numbers, numbers in words, companions; a number of the rule itself («от 5 человек») is nobody's party."""
    assert read(base, text).party == party


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("12 дней", 12),
        ("на двадцать один день", 21),
        ("на неделю", 7),
        ("на две недели", 14),
        ("на выходные", 2),
        ("полтора месяца", 45),
        ("на 10 ночей", 11),
        ("на 10-12 дней", 12),
        ("дней на 10", 10),
        ("транзит через Пекин, 9 часов", 1),
        ("过境30小时", 2),
        ("лететь 9 часов", None),
        ("через 5 дней", None),
        ("до 30 дней", None),
        ("玩一周", 7),
        ("半个月", 15),
        ("待20天", 20),
        ("十天", 10),
        ("两个星期", 14),
        ("4人12天", 12),
        ("30天免签", None),
        ("24小时内", None),
        ("5天后", None),
    ],
)
def test_how_long_they_stay(base: Catalogue, text: str, days: int | None) -> None:
    """Days, nights, weeks and months, of a range the longest; a term or a distance in time is no stay."""
    assert read(base, text).days == days


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-12-05", "2026-12-05", "2026-12-05"),
        ("5 декабря", "2026-12-05", "2026-12-05"),
        ("5 ноября", "2027-11-05", "2027-11-05"),
        ("05.12.2026", "2026-12-05", "2026-12-05"),
        ("29 февраля", "2028-02-29", "2028-02-29"),
        ("в декабре", "2026-12-01", "2026-12-31"),
        ("в ноябре", "2026-11-24", "2026-11-30"),
        ("в мае 2027", "2027-05-01", "2027-05-31"),
        ("в марте следующего года", "2027-03-01", "2027-03-31"),
        ("завтра", "2026-11-25", "2026-11-25"),
        ("через неделю", "2026-12-01", "2026-12-01"),
        ("на следующей неделе", "2026-11-30", "2026-12-06"),
        ("на майские", "2027-05-01", "2027-05-11"),
        ("国庆", "2027-10-01", "2027-10-07"),
        ("летом", "2027-06-01", "2027-08-31"),
        ("на новый год", "2026-12-25", "2027-01-10"),
        ("5月1号去", "2027-05-01", "2027-05-01"),
        ("2026年12月5日", "2026-12-05", "2026-12-05"),
        ("明年3月", "2027-03-01", "2027-03-31"),
        ("下个月", "2026-12-01", "2026-12-31"),
        ("明天", "2026-11-25", "2026-11-25"),
        ("十二月", "2026-12-01", "2026-12-31"),
        ("今年冬天", "2026-12-01", "2027-02-28"),
    ],
)
def test_when_they_enter(text: str, first: str, last: str) -> None:
    """A day without a year is the next one; a month is the days left of it."""
    found = travel_date(text, TODAY)
    assert found is not None
    assert (found.first, found.last) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("text", ["до 14 сентября", "после 14 сентября", "9月14日前", "31 февраля", "товарооборот", ""])
def test_what_is_no_date_of_travel(text: str) -> None:
    assert travel_date(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "first", "days"),
    [
        ("с 5 по 17 декабря", "2026-12-05", 13),
        ("5-17 декабря 2026", "2026-12-05", 13),
        ("с 28 декабря по 3 января", "2026-12-28", 7),
        ("с 15 сентября по 14 октября 2025", "2025-09-15", 30),
        ("12月5日到17日", "2026-12-05", 13),
        ("12月28日至1月3日", "2026-12-28", 7),
    ],
)
def test_both_ends_tell_the_stay(text: str, first: str, days: int) -> None:
    found = travel_date(text, TODAY)
    assert found is not None
    assert (found.first, found.days) == (date.fromisoformat(first), days)


@pytest.mark.parametrize(
    ("text", "journey"),
    [
        (
            "нас четверо, 12 дней, в декабре, из Благовещенска в Хэйхэ, нужна ли виза?",
            Journey("RU", "CN", None, 4, 12, date(2026, 12, 1), date(2026, 12, 31), "heihe"),
        ),
        ("我一个人去符拉迪沃斯托克玩一周", Journey("CN", "RU", "tourism", 1, 7, port="vladivostok")),
        (
            "мне в командировку в Шанхай на 10 дней, виза нужна?",
            Journey("RU", "CN", "business", None, 10, port="shanghai"),
        ),
        (
            "лечу в Таиланд через Пекин, остановлюсь на 5 дней, нужна виза?",
            Journey("RU", "CN", None, None, 5, port="beijing", transit=True),
        ),
        ("в Гонконг на 10 дней вдвоем виза нужна?", Journey("RU", "HK", None, 2, 10)),
        ("еду учиться в Китай на год, виза?", Journey("RU", "CN", "study", None, 365)),
        (
            "我们一家三口下个月去莫斯科玩半个月，要签证吗",
            Journey("CN", "RU", "tourism", 3, 15, date(2026, 12, 1), date(2026, 12, 31), "moscow"),
        ),
    ],
)
def test_a_journey_to_be_judged(base: Catalogue, text: str, journey: Journey) -> None:
    assert asked(base, text) == journey


@pytest.mark.parametrize(
    "text",
    [
        "нужна ли виза россиянам в Китай",
        "нас четверо, хотим без визы в Хэйхэ, нужна ли россиянам виза в китай",
        "сколько стоит виза в Китай на 10 дней для двоих человек",
        "какие документы нужны вдвоем в Китай на 10 дней",
        "нас четверо, 12 дней, нужна ли виза в Японию?",
        "казахам на 10 дней вдвоем в Китай нужна виза?",
        "вдвоем на неделю из Пекина в Харбин на поезде",
        "россиянам в марте 2026 на 10 дней нужна была виза в Китай",
        "сколько человек должно быть в группе",
        "俄罗斯人240小时过境免签的条件",
        "транзит через Китай на десять дней без визы россиянам можно?",
        "俄罗斯免签团最少几个人能玩几天",
        "2025年7月中国赴俄旅游多少人次",
        "听说两个人就能组免签团去俄罗斯玩30天，对吗",
        "товарооборот России и Китая в декабре 2025",
        "нам вдвоем в Китай на 10 дней, виза многократная или каждый раз новая?",
        "мы вдвоем едем в Китай на 20 дней, гид говорит, без визы нельзя",
        "我们两个人去莫斯科玩10天，签证是单次还是多次",
        "我和同事去莫斯科开会一周，拿的是因公护照，要签证吗",
        "我一个人去莫斯科10天，不是去旅游，要签证吗",
        "еду один в Пекин на 10 дней не для отдыха, нужна ли виза?",
        "俄罗斯朋友转机去泰国，要在香港待三天，需要中国签证吗",
    ],
)
def test_what_keeps_its_entry(base: Catalogue, text: str) -> None:
    """Rules in general, matters of their own, third countries, hearsay, the past, a purpose only denied: none of these is a journey to be judged."""
    assert asked(base, text) is None


def test_who_somebody_is_says_nothing_of_the_purpose(base: Catalogue) -> None:
    assert read(base, "俄罗斯留学生父母想来北京看他").purpose is None
    assert read(base, "去俄罗斯留学").purpose == "study"


def test_a_purpose_denied_is_none(base: Catalogue) -> None:
    """What is denied gives way to what is said instead."""
    assert read(base, "еду в Пекин не на работу, а в гости").purpose == "family"
    assert read(base, "去莫斯科不是旅游，是出差").purpose == "business"
    assert read(base, "我是不是去莫斯科旅游要签证").purpose == "tourism"


@pytest.mark.parametrize("name", ["heihe", "Хэйхэ", "хэйхэ", "黑河", "HEIHE"])
def test_a_town_goes_by_any_of_its_names(base: Catalogue, name: str) -> None:
    found = base.trips.town(name)
    assert found is not None and (found.id, found.land) == ("heihe", True)


def test_a_journey_to_every_town_is_read(base: Catalogue) -> None:
    """Each town leads to its own country and is told again by the name it was asked with."""
    for town_id, row in base.data.tables["trips"]["town"].items():
        journey = read(base, f"去{row['zh'][0]}旅游")
        assert (journey.destination, journey.port) == (row["country"], town_id)
        assert base.trips.town(row["ru"][0]) == base.trips.towns[town_id]
