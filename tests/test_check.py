"""`kb check` names every kind of fault: each is planted in a small sound base, alone, and must be the one found."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from handlers import curate
from knowledge.files import Fault, read_folder
from knowledge.model import KnowledgeError

TODAY = date(2026, 11, 24)
SMALL = Path(__file__).parent / "small_base"

FACT = "facts/visa/group.size.toml"
OTHER = "facts/trade/total.2023.toml"
EVENT = "events/crexpo.8.toml"
REGIME = "regimes/group.toml"
CITIES = "vocabulary/cities.toml"
CALENDAR = "vocabulary/calendar.toml"
TRIPS = "vocabulary/trips.toml"
SERIES = "series/trade.total.csv"

METRICS = "vocabulary/metrics.toml"
GROUPS = "vocabulary/groups.toml"

Plant = Callable[[Path], object]


def swap(file: str, old: str, new: str) -> Plant:
    """Replace a text of a file that must be there."""

    def plant(root: Path) -> None:
        text = (root / file).read_text("utf-8")
        assert old in text, f"{old!r} is not in {file}"
        (root / file).write_text(text.replace(old, new), "utf-8")

    return plant


def raw(file: str, content: bytes) -> Plant:
    return lambda root: (root / file).write_bytes(content)


def gone(file: str) -> Plant:
    return lambda root: (root / file).unlink()


def renamed(file: str, name: str) -> Plant:
    return lambda root: (root / file).rename(root / name)


def metrics(text: str) -> Plant:
    return lambda root: (root / METRICS).write_text(text, "utf-8")


def groups(text: str) -> Plant:
    return lambda root: (root / GROUPS).write_text(text, "utf-8")


def package(change: Callable[[dict[str, object]], None]) -> Plant:
    def plant(root: Path) -> None:
        file = root / "series/datapackage.json"
        table = json.loads(file.read_text("utf-8"))
        change(table["resources"][0])
        file.write_text(json.dumps(table), "utf-8")

    return plant


FAULTS: list[tuple[Plant, str, str, str]] = [
    (raw(FACT, b"topic = "), FACT, "file", "not TOML"),
    (raw(FACT, b"topic = '\xff'"), FACT, "file", "not UTF-8"),
    (gone("sources.toml"), "sources.toml", "file", "missing"),
    (swap(FACT, 'topic = "visa"', 'topic = "visa"\ncolour = "red"'), FACT, "colour", "unknown key"),
    (swap(FACT, 'confidence = "high"\n', ""), FACT, "confidence", "missing key"),
    (swap(FACT, "checked = 2026-11-01", 'checked = "2026-11-01"'), FACT, "checked", "must be a date"),
    (swap(FACT, 'sources = ["agreement"]', "sources = [1]"), FACT, "sources", "text only"),
    (swap(FACT, 'topic = "visa"', 'topic = "cookery"'), FACT, "topic", "unknown topic"),
    (swap(FACT, 'topic = "visa"', 'topic = "visa"\nfigures = ["trade.total.1900"]'), FACT, "figures", "no point"),
    (swap(FACT, 'confidence = "high"', 'confidence = "certain"'), FACT, "confidence", "unknown confidence"),
    (swap(FACT, 'zh = "免签团人数"\n', ""), FACT, "title.zh", "missing language"),
    (swap(FACT, 'zh = "免签团人数"\n', 'zh = "免签团人数"\nen = "Size"\n'), FACT, "title.en", "unknown language"),
    (swap(FACT, 'ru = "Размер группы"', "ru = 5"), FACT, "title.ru", "wrong kind of text"),
    (swap(FACT, 'sources = ["agreement"]', "sources = []"), FACT, "sources", "no source"),
    (swap(FACT, 'sources = ["agreement"]', 'sources = ["rumour"]'), FACT, "sources", "unknown source"),
    (swap(FACT, "checked = 2026-11-01", "checked = 2027-01-01"), FACT, "checked", "in the future"),
    (swap(FACT, "as_of = 2025-08-09", "as_of = 2026-11-20"), FACT, "as_of", "after checked"),
    (swap(FACT, "from = 2000-02-29", "from = 2030-02-28"), FACT, "valid", "from is after until"),
    (swap(FACT, "from = 2000-02-29", 'from = "2000"'), FACT, "valid.from", "must be a date"),
    (swap(FACT, '[ended]\nru = "Срок соглашения истёк {until}."\nzh = "协定已于{until}到期。"\n', ""), FACT, "ended", "missing for a rule"),
    (swap(FACT, 'traveller = "RU"', 'traveller = "JP"'), FACT, "scope.traveller", "unknown value"),
    (swap(FACT, 'traveller = "RU"', 'pilgrim = "RU"'), FACT, "scope.pilgrim", "unknown key"),
    (swap(OTHER, 'period = "2023"', 'period = "last year"'), OTHER, "scope.period", "is not a period"),
    (swap(FACT, "от {least}", "от {fewest}"), FACT, "answer.ru", "broken placeholder {fewest}"),
    (swap(FACT, "от {least}", "от {least"), FACT, "answer.ru", "broken braces"),
    (swap(FACT, "от {least}", "от 5 или {least}"), FACT, "answer.ru", "a figure typed into the text"),
    (swap(FACT, "[values]", "[values]\nspare = { number = 3 }"), FACT, "values.spare", "no text uses"),
    (swap(FACT, "amount = 5,", "count = 5,"), FACT, "values.least", "known shape"),
    (swap(FACT, 'amount = 5, unit = "persons"', 'amount = 5, unit = "heads"'), FACT, "values.least.unit", "unknown unit"),
    (swap(FACT, 'amount = 5, unit = "persons"', 'low = 9, high = 5, unit = "persons"'), FACT, "values.least", "low is above high"),
    (swap(FACT, '  "сколько человек в безвизовой группе",\n', ""), FACT, "ask.ru", "only 7 phrasings"),
    (swap(FACT, '"размер безвизовой группы"', '"Сколько человек в безвизовой группе?"'), FACT, "ask.ru", "stands twice"),
    (swap(FACT, '"размер безвизовой группы"', '"товарооборот 2023"'), FACT, "ask.ru", "also asked of"),
    (swap(FACT, "Размер группы", "Товарооборот"), FACT, "title.ru", "the same title"),
    (swap(FACT, "от {least}", "{least} " + "и ещё слово " * 90), FACT, "answer.ru", "characters when told"),
    (renamed(FACT, "facts/visa/Group Size.toml"), "facts/visa/Group Size.toml", "file name", "not an id"),
    (renamed(FACT, f"facts/visa/{'long' * 15}.toml"), f"facts/visa/{'long' * 15}.toml", "file name", "does not fit a Telegram button"),
    (swap(EVENT, "first = 2024-05-17", "first = 2024-05-27"), EVENT, "event", "first is after last"),
    (swap(EVENT, 'status = "held"', 'status = "maybe"'), EVENT, "event.status", "unknown status"),
    (swap(EVENT, 'country = "CN"\n', ""), EVENT, "event.country", "missing key"),
    (swap(EVENT, 'country = "CN"\n', 'country = "CN"\nplanet = "Earth"\n'), EVENT, "event.planet", "unknown key"),
    (swap(EVENT, "first = 2024-05-17\n", ""), EVENT, "event.first", "missing where there is a last day"),
    (swap(EVENT, "first = 2024-05-17", 'within = "2024-05"\nfirst = 2024-05-17'), EVENT, "event.within", "only for an event without"),
    (swap(EVENT, "first = 2024-05-17\nlast = 2024-05-21", 'within = "May"'), EVENT, "event.within", "is not a period"),
    (swap(EVENT, 'city = "harbin"', 'city = "atlantis"'), EVENT, "event.city", "unknown city"),
    (swap(EVENT, 'country = "CN"', 'country = "RU"'), EVENT, "event.country", "harbin is in CN"),
    (swap(EVENT, 'series = "crexpo"', 'series = "circus"'), EVENT, "event.series", "unknown family"),
    (swap(CITIES, "Asia/Shanghai", "Asia/Haerbin"), CITIES, "harbin.timezone", "unknown time zone"),
    (swap(CITIES, "45.75", "145.75"), CITIES, "harbin.latitude", "not a number between -90 and 90"),
    (swap(CITIES, 'country = "CN"\n', ""), CITIES, "harbin.country", "missing key"),
    (swap(CITIES, 'zh = ["哈尔滨"]\n', ""), CITIES, "harbin.zh", "missing language"),
    (swap(CALENDAR, 'kind = "expo"', 'kind = "circus"'), CALENDAR, "family.crexpo.kind", "unknown kind"),
    (swap(CALENDAR, "event.crexpo.8", "event.crexpo.99"), CALENDAR, "family.crexpo.about", "no entry"),
    (swap(REGIME, 'explained_by = "visa.group.size"', 'explained_by = "visa.none"'), REGIME, "regime.explained_by", "no entry"),
    (swap(REGIME, 'destination = "CN"\n', ""), REGIME, "regime.destination", "missing key"),
    (swap(REGIME, "party_least = 5", "party_least = 5\nhats = 1"), REGIME, "regime.hats", "unknown key"),
    (swap(REGIME, "party_least = 5", "party_least = 51"), REGIME, "regime.party_least", "is above party_most"),
    (swap(REGIME, "days_most = 15", "days_most = 0"), REGIME, "regime.days_most", "whole number above nought"),
    (swap(REGIME, "days_most = 15", "days_most = 15\ndays_year = 10"), REGIME, "regime.days_most", "is above days_year"),
    (swap(REGIME, "days_most = 15", 'days_most = 15\ndays_counted = "by moon"'), REGIME, "regime.days_counted", "unknown value"),
    (swap(REGIME, "days_most = 15", 'days_most = 15\nentries = "many"'), REGIME, "regime.entries", "unknown value"),
    (swap(REGIME, "days_most = 15", 'days_most = 15\ncheckpoints = "some"'), REGIME, "regime.checkpoints", "unknown value"),
    (swap(REGIME, "days_most = 15", 'days_most = 15\npassport = "blue"'), REGIME, "regime.passport", "unknown value"),
    (swap(REGIME, "days_most = 15", 'days_most = 15\npurposes = ["fun"]'), REGIME, "regime.purposes", "unknown value"),
    (swap(REGIME, "days_most = 15", 'days_most = 15\nplaces = ["atlantis"]'), REGIME, "regime.places", "unknown value"),
    (swap(REGIME, "days_most = 15", 'days_most = 15\nonward = "yes"'), REGIME, "regime.onward", "true or false"),
    (swap(REGIME, "[regime]", '[cost]\nru = "даром"\n\n[regime]'), REGIME, "cost.zh", "missing language"),
    (swap(REGIME, "[regime]", '[must]\nru = "5 человек"\nzh = "五人"\n\n[regime]'), REGIME, "must.ru", "figure typed"),
    (swap(REGIME, "[regime]", '[documents]\nru = "паспорт"\nzh = "护照"\n\n[regime]'), REGIME, "documents.ru", "wrong kind of text"),
    (swap(REGIME, "[regime]", '[step]\nru = "{when}"\nzh = "去"\n\n[regime]'), REGIME, "step.ru", "broken placeholder"),
    (raw(TRIPS, b'[town.x]\ncountry = "XX"\nru = ["X"]\nzh = ["X"]\n'), TRIPS, "town.x", "not a town"),
    (raw(TRIPS, b'[purpose.fun]\nru = ["X"]\n'), TRIPS, "purpose.fun", "unknown key"),
    (raw(TRIPS, b'[general]\nRU-CN = "visa.none"\n'), TRIPS, "general.RU-CN", "no entry"),
    (swap("sources.toml", 'publisher = "Ministry"\n', ""), "sources.toml", "agreement.publisher", "missing key"),
    (swap("sources.toml", "https://example.org/agreement", "example.org"), "sources.toml", "agreement.url", "not an address"),
    (swap("sources.toml", "url = \"https://example.org/trade\"\n", ""), "sources.toml", "customs.url", "not an address"),
    (swap("sources.toml", "date = 2025-08-09", "date = 2031-08-09"), "sources.toml", "agreement.date", "in the future"),
    (swap("sources.toml", "date = 2025-08-09", 'date = "summer"'), "sources.toml", "agreement.date", "must be a date"),
    (swap("vocabulary/topics.toml", '"visa.group.size"', '"visa.gone"'), "vocabulary/topics.toml", "visa", "no entry"),
    (swap("vocabulary/review.toml", 'authority = "consular"', 'authority = "oracle"'), "vocabulary/review.toml", "topic.visa", "unknown authority"),
    (raw("series/datapackage.json", b"{"), "series/datapackage.json", "file", "not JSON"),
    (gone(SERIES), SERIES, "file", "missing"),
    (swap(SERIES, "period,value", "when,value"), SERIES, "header", "wrong columns"),
    (swap(SERIES, "2023,240.11,26.3", "2021,240.11,26.3"), SERIES, "2021", "out of order"),
    (swap(SERIES, "2023,240.11,26.3", "2022,240.11,"), SERIES, "period", "stands twice"),
    (swap(SERIES, "2023,240.11", "sometime,240.11"), SERIES, "sometime", "is not a period"),
    (swap(SERIES, "2023,240.11", "2023,lots"), SERIES, "2023.value", "not a number"),
    (swap(SERIES, "240.11,26.3", "240.11,much"), SERIES, "2023.yoy", "not a number"),
    (swap(SERIES, "240.11,26.3", "240.11,62.3"), SERIES, "2023.yoy", "contradicts the values"),
    (swap(SERIES, "2023,240.11", "2023,240.31"), SERIES, "2023.yoy", "contradicts the values"),
    (swap(SERIES, "2022,190.11", "2022,190.11,,customs,\n2022-01..2022-12,190.3"), SERIES, "2022-01..2022-12", "the same days as 2022"),
    (swap(SERIES, "2022,190.11", "2022-01..2022-06,80,,customs,\n2022-04..2022-08,70"), SERIES, "2022-04..2022-08", "overlaps"),
    (swap(SERIES, "2022,190.11", "2022-03,290.1,,customs,\n2022,190.11"), SERIES, "2022-03", "more than 2022"),
    (swap(SERIES, "2022,190.11", "2022,190110"), SERIES, "2023", "jumps from 2022"),
    (package(lambda r: r.update(comparable="no")), "series/datapackage.json", "trade.total.comparable", "neither true nor false"),
    (metrics('["trade.totl"]\nru = ["оборот"]\nzh = []\n'), METRICS, "trade.totl", "no series"),
    (metrics('["trade.total"]\nlatest = "trade.none"\n'), METRICS, "trade.total.latest", "no entry"),
    (groups('[dashboard]\nseries = ["trade.none"]\n'), GROUPS, "dashboard", "no series"),
    (groups('[goods]\nru = "Товары"\nzh = "商品"\nseries = ["metals"]\n'), GROUPS, "trade.total", "in no group"),
    (swap(SERIES, "26.3,customs", "26.3,gossip"), SERIES, "2023.source", "unknown source"),
    (package(lambda r: r.update(unit="wagons")), "series/datapackage.json", "trade.total.unit", "unknown unit"),
    (package(lambda r: r.update(titles={"ru": "Оборот"})), "series/datapackage.json", "trade.total.titles.zh", "missing language"),
]  # fmt: skip


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "knowledge"))


def found(root: Path) -> list[Fault]:
    return curate.check(read_folder(root), TODAY)


def test_the_small_base_is_sound(small: Path) -> None:
    assert found(small) == []


@pytest.mark.parametrize(
    ("plant", "file", "key", "rule"), FAULTS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_planted_fault_is_named(small: Path, plant: Plant, file: str, key: str, rule: str) -> None:
    """The message names file, key and rule, and says how to mend it."""
    plant(small)
    faults = found(small)
    named = [fault for fault in faults if (fault.file, fault.key) == (file, key) and rule in fault.rule]
    assert named, [str(fault) for fault in faults]
    assert all(fault.mend for fault in named)


def test_at_least_twenty_kinds_of_fault_are_planted() -> None:
    assert len({rule for _, _, _, rule in FAULTS}) >= 20


def test_a_folder_without_facts_is_no_base(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="--kb DIR"):
        read_folder(tmp_path)
