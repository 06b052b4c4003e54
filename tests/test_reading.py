"""How a question is read: one spelling, one script, repaired slips, and who goes where."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.catalogue import Catalogue
from knowledge.scope import contradiction
from knowledge.text import Normaliser, swap_to_cyrillic, swap_to_latin, transliterate

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def normalise() -> Normaliser:
    return Normaliser()


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("ВИЗА  в\tКитай", "виза в китай"),
        ("ещё ёлка", "еще елка"),
        ("１４４ 小時過境", "144 小时过境"),
        ("簽證需要多少錢", "签证需要多少钱"),
        ("\u202eвиза\u200b\x00", "виза"),
        ("ﬁn", "fin"),
        ("", ""),
        ("\ud800", ""),
        ("中 俄 贸 易 额", "中俄贸易额"),
        ("签证 费用", "签证 费用"),
    ],
)
def test_any_spelling_becomes_one(normalise: Normaliser, typed: str, line: str) -> None:
    assert normalise(typed) == line


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_normalising_twice_changes_nothing(text: str) -> None:
    normalise = NORMALISER
    assert normalise(normalise(text)) == normalise(text)


NORMALISER = Normaliser()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dbpf d rbnfq", "виза в китай"),
        ("njdfhjj,jhjn", "товарооборот"),
        ("viza v kitay", "виза в китай"),
        ("tovarooborot", "товарооборот"),
        ("нужна ли визза в китай", "нужна ли виза в китай"),
        ("товарооборт", "товарооборот"),
        ("expo 2024", "expo 2024"),
        ("签证 visa", "签证 visa"),
        ("hjccbqcrj-rbnfqcrjt 'rcgj xnj 'nj?", "российско-китайское экспо что это?"),
        ("rossiysko-kitayskoe ekspo", "российско-китайское экспо"),
        ("gde nakhoditsya neft", "где находится нефть"),
        ("viza v китай", "виза в китай"),
        ("виза в китй", "виза в китай"),
        ("innoprom 2025", "innoprom 2025"),
        ("ciftis", "ciftis"),
    ],
)
def test_keyboards_are_forgiven(base: Catalogue, typed: str, meant: str) -> None:
    assert base.repair(base.normalise(typed)) == meant


def test_layouts_and_letters_are_inverse() -> None:
    assert swap_to_cyrillic(swap_to_latin("виза")) == "виза"
    assert transliterate("shchuka") == "щука"


@pytest.mark.parametrize(
    ("text", "travel", "flow"),
    [
        ("нужна ли виза в китай россиянам", "RU-CN", None),
        ("нужна ли виза в россию китайцам", "CN-RU", None),
        ("俄罗斯人去中国需要签证吗", "RU-CN", None),
        ("中国人去俄罗斯需要签证吗", "CN-RU", None),
        ("去海参崴玩要签证吗", "CN-RU", None),
        ("поездка в харбин без визы", "RU-CN", None),
        ("китайский экспорт в 2024", None, "CN-RU"),
        ("российский экспорт угля", None, "RU-CN"),
        ("对俄出口汽车", None, "CN-RU"),
        ("中国从俄罗斯进口了多少石油", None, "RU-CN"),
        ("импорт нефти из россии", None, "RU-CN"),
        ("товарооборот россии и китая", None, None),
        ("сколько нефти россия продала китаю", None, "RU-CN"),
        ("хочу купить авто в китае", "RU-CN", "CN-RU"),
        ("где купить российские товары в китае", "RU-CN", "RU-CN"),
        ("ввоз машин в россию", "CN-RU", "CN-RU"),
        ("безвиз с китаем продлили?", None, None),
        ("можно ли вернуться обратно в россию", None, None),
        ("в гонконг нужна виза россиянам", None, None),
        ("китайская виза", "RU-CN", None),
        ("对俄免签包括儿童吗", "RU-CN", None),
        ("俄罗斯对华免签到什么时候", "CN-RU", None),
        ("2024年中国赴俄游客", "CN-RU", None),
        ("在莫斯科办中国签证贵不贵", "RU-CN", None),
        ("混动车进口俄罗斯报废税怎么算", None, "CN-RU"),
        ("进口俄罗斯大豆", None, "RU-CN"),
    ],
)
def test_directions_are_read(base: Catalogue, text: str, travel: str | None, flow: str | None) -> None:
    question = base.question(text, TODAY)
    assert (question.travel, question.flow) == (travel, flow)


@pytest.mark.parametrize(
    ("text", "countries", "editions"),
    [
        ("виза в японию", {"JP"}, set()),
        ("去泰国要签证吗", {"TH"}, set()),
        ("того же хочу", set(), set()),
        ("восьмое экспо", set(), {8}),
        ("VIII российско-китайское экспо", set(), {8}),
        ("第八届中俄博览会", set(), {8}),
        ("第34届哈洽会", set(), {34}),
        ("34-я харбинская ярмарка", set(), {34}),
    ],
)
def test_countries_and_editions_are_read(base: Catalogue, text: str, countries: set[str], editions: set[int]) -> None:
    question = base.question(text, TODAY)
    assert set(question.countries) == countries
    assert set(question.editions) == editions


def test_no_phrasing_contradicts_its_own_entry(base: Catalogue) -> None:
    """Reading and scope agree on every curated phrasing, else the entry could not be reached by it."""
    index = base.data.index
    wrong = []
    for about, entry in zip(index.reaches, base.data.entries.values(), strict=True):
        for line in (*entry.ask["ru"], *entry.ask["zh"]):
            why = contradiction(base.reader.read(base.normalise(line), TODAY), about, TODAY.year)
            if why:
                wrong.append((entry.id, line, why))
    assert wrong == []
