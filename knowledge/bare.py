"""Questions that say nothing but «is a visa needed» and where: every word is of the asking, of the people or of the place."""

from __future__ import annotations

import re

from knowledge.question import Question

_ASKING_RU = re.compile(
    "ли|или|нет|а|и|же|вот|ну|в|во|на|для|с|по|у|от|до|за|не|без"
    "|виза|безвиз|безвизовый|визовый|въезд|въезжать|въехать|режим|разрешение|загранпаспорт|паспорт|заграничный"
    "|нужный|нужно|надо|требоваться|необходимый|обязательный|обязательно|можно|мочь|получиться|пускать|пустить|впускать"
    "|делать|сделать|оформлять|оформить|иметь|нужда|быть"
    "|я|мы|мне|нам|нас|кто|россиянин|русский|российский|китаец|китайский|гражданин|турист|россия|рф|китай|кнр|поднебесный"
    "|ехать|поехать|съездить|слетать|лететь|полететь|попасть|поездка|путешествие|туда|там|это|просто|так|один"
    "|сейчас|сегодня|теперь|еще|уже|хотеть|собираться|здравствуйте|привет|добрый|день|скажите|подсказать|пожалуйста|сказать|знать"
    "|город|самостоятельно|сам"
)
"""Dictionary forms."""
_ASKING_ZH = re.compile(
    "请问|你好|您好|中国(?:人|公民|游客)?|俄罗斯(?:人|公民|游客)?|俄国|我们|咱们|我|旅游|旅行|玩|自由行|个人|自己"
    "|入境|签证|免签|护照|普通|办理|需不需要|要不要|用不用|能不能|可不可以|是不是|是否|需要|必须|不需要|不用|可以|直接|现在|目前|如今|今天"
    "|有没有|一定|[去到来进飞要需用办得有签能还想的了是就也吗么嘛呢吧呀啊不]"
)
_WISH = re.compile("виз|签")


def is_bare(question: Question) -> bool:
    """Whether a question says nothing but the wish for a visa, whose, and the cities it names."""
    places = question.cities
    if not places or not _WISH.search(question.line):
        return False
    of_places = {word for name in places for word in name.split()}
    return all(
        not _rest(token.text, places)
        if token.han
        else bool(_ASKING_RU.fullmatch(token.lemma)) or token.lemma in of_places
        for token in question.tokens
    )


def _rest(run: str, places: frozenset[str]) -> str:
    """What a run of Chinese characters says beside the wish and the place."""
    for name in places:
        run = run.replace(name, "")
    return _ASKING_ZH.sub("", run)
