"""A town and the wish for a visa are a journey to be judged; one word more is another question."""

from __future__ import annotations

import pytest

from knowledge.catalogue import Catalogue
from tests.conftest import NOW

TOWNS = {"harbin": ("в Харбин", "哈尔滨"), "beijing": ("в Пекин", "北京"), "vladivostok": ("во Владивосток", "海参崴")}
WISHES = (
    "нужна ли виза {ru}", "{ru} без визы можно?", "подскажите, нужна ли сейчас виза {ru}", "скажите, {ru} пускают без визы?",
    "去{zh}要签证吗", "请问去{zh}旅游需要办签证吗", "到{zh}还免签吗", "去{zh}玩用不用签证",
)  # fmt: skip
MORE = (
    "сколько стоит виза {ru}", "как получить визу {ru}", "нужна ли виза {ru} водителю фуры", "нужна ли виза {ru} ребёнку",
    "нужна ли студенческая виза {ru}", "去{zh}的签证多少钱", "去{zh}留学要什么签证", "开车去{zh}要签证吗",
)  # fmt: skip


@pytest.mark.parametrize("town", TOWNS)
@pytest.mark.parametrize("wish", WISHES)
def test_a_town_and_a_visa(base: Catalogue, town: str, wish: str) -> None:
    ru, zh = TOWNS[town]
    journey = base.trips.asked(base.question(wish.format(ru=ru, zh=zh), NOW.date()), NOW.date())
    assert journey is not None and journey.port == town


@pytest.mark.parametrize("town", TOWNS)
@pytest.mark.parametrize("more", MORE)
def test_one_word_more(base: Catalogue, town: str, more: str) -> None:
    ru, zh = TOWNS[town]
    assert base.trips.asked(base.question(more.format(ru=ru, zh=zh), NOW.date()), NOW.date()) is None


@pytest.mark.parametrize("line", ["нужна ли виза", "нужна ли виза в Токио", "去东京要签证吗", "в Харбин", "去哈尔滨"])
def test_no_town_or_no_visa(base: Catalogue, line: str) -> None:
    assert base.trips.asked(base.question(line, NOW.date()), NOW.date()) is None
