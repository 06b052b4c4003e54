"""How many go and for how long, as people say it: «нас четверо, на две недели», 一家三口玩十天. None where a line does not say."""

from __future__ import annotations

import re
from collections.abc import Mapping

from knowledge.numerals import han_number

_UNITS = {
    "один": 1, "два": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7, "восемь": 8, "девять": 9, "десять": 10,
    "одиннадцать": 11, "двенадцать": 12, "тринадцать": 13, "четырнадцать": 14, "пятнадцать": 15, "шестнадцать": 16, "семнадцать": 17,
    "восемнадцать": 18, "девятнадцать": 19,
}  # fmt: skip
_TENS = {
    "двадцать": 20, "тридцать": 30, "сорок": 40, "сорока": 40, "пятьдесят": 50, "шестьдесят": 60, "семьдесят": 70, "восемьдесят": 80,
    "девяносто": 90, "сто": 100,
}  # fmt: skip
_TOGETHER = {
    "двое": 2, "трое": 3, "четверо": 4, "пятеро": 5, "шестеро": 6, "семеро": 7, "восьмеро": 8, "девятеро": 9, "десятеро": 10,
    "вдвоем": 2, "втроем": 3, "вчетвером": 4, "впятером": 5, "вшестером": 6, "всемером": 7, "ввосьмером": 8, "вдевятером": 9,
    "вдесятером": 10,
}  # fmt: skip
_HAN = "(\\d{1,3}|[一二两三四五六七八九十百]{1,5})"
_COMPANION = (
    "жен(?:ой|ою)|муж(?:ем)?|супруг(?:ом|ой)|друг(?:ом)?|подруг(?:ой)|мам(?:ой)|пап(?:ой)|отц(?:ом)|матерью|сын(?:ом)|доч(?:кой|ерью)|ребенк(?:ом)|брат(?:ом)"
    "|сестр(?:ой)|коллег(?:ой)|парн(?:ем)|девушк(?:ой)|бабушк(?:ой)|дедушк(?:ой)|приятел(?:ем)|товарищ(?:ем)|жених(?:ом)|невест(?:ой)"
)
_COMPANY = re.compile(
    rf"(?<![а-я])с (?:моей |моим |своей |своим )?(?:{_COMPANION})(?![а-я])(?:(?:, | и | с )(?:(?:{_COMPANION})(?![а-я])|\d+ дет[а-я]+))*"
)
_ALONE = re.compile(
    "(?<!ни )(?<!на )(?<![а-я])(?:в одиночку|в одиночестве|(?:один|одна|одному|одной)(?=$|[,.!?;]"
    r"|\s(?:в|во|на|из|и|без|по|к|до|хочу|еду|лечу|поеду|полечу|поехать|ехать|лететь|съездить|собираюсь|планирую)(?![а-я])))"
)
_PARTY_RU = (
    re.compile(r"(?<!\d)(?<!\d[.,])(\d{1,3})\s*(?:чел[а-я]*|персон[а-я]*|турист[а-я]*|взрослы[а-я]+|участник[а-я]*|пассажир[а-я]*|россиян[а-я]*|китай?ц[а-я]+|друзей|студент[а-я]*|сотрудник[а-я]*)"),
    re.compile(r"(?:групп|компани|команд|делегаци|семь)[а-я]+ (?:из |в |на |по )?(\d{1,3})(?!\s*(?:дн|ден|сут|недел|мес|[-–]))"),
    re.compile(r"(?<![а-я])нас (?:будет |едет |всего |примерно |человек )?(\d{1,3})(?!\d)"),
)  # fmt: skip
_RULE_RU = re.compile(
    r"(?:от|до|минимум|не менее|не меньше|не более|не больше|максимум|хотя бы|больше|меньше|менее|более)\s*$"
)
"""What stands before a number of people or days in a question about the rule itself."""
_PARTY_ZH = (
    re.compile(f"(?:我们|咱们|一行|一共|总共|共|全家|一家|团队|小团|家里|有|就)?{_HAN}(?:个|位|名|口)?(?:人(?!民币|次|团以|以[上下]|起|及)|口(?:之家|人)|名游客|位游客|个朋友一起)"),
    re.compile("一家([一二两三四五六七八九十])口"),
)  # fmt: skip
_RULE_ZH = re.compile("(?:至少|最少|最多|不少于|不超过|不足|每|满|到|至|几|多少|超过|大于|小于|-)$")
_COMPANY_ZH = re.compile(
    "(?:和|跟|同|与|带着?)(?:我)?(?:老婆|妻子|太太|爱人|丈夫|老公|女朋友|男朋友|女友|男友|闺蜜|一个朋友|朋友|妈妈|爸爸|母亲|父亲|儿子|女儿|孩子|同事|同学|弟弟|哥哥|姐姐|妹妹)(?:[和、](?:老婆|孩子|儿子|女儿|妈妈|爸爸))?(?!们|一样)"
)
_PAIR_ZH = re.compile("夫妻俩|夫妻二人|两口子|我们俩|咱俩|我俩|俩人|双人")
_ALONE_ZH = re.compile("(?:我|自己|独自|孤身)?一个?人(?!以|次|民)|独自|单独一人|独身|单人|我自己(?:去|来|一)")

_BEFORE_RU = re.compile(
    r"(?:через|за|после|спустя|кажды[ей]|раз в|до|более|больше|дольше|свыше|не более|максимум|лимит)\s*$"
)
_DAYS_RU = (
    (re.compile(r"(?<![а-я])(?:дней|дня|деньков) (?:на|в|около) (\d{1,3})(?!\d)"), 1, 0),
    (re.compile(r"(?<![\d.,])(?:\d{1,3}\s*[-–]\s*)?(\d{1,3})\s*(?:-?х\s*)?(?:дн(?:я|ей|ям|ями)|день|суток|сутки|денек|дней)(?![а-я])"), 1, 0),
    (re.compile(r"(?<![\d.,])(?:\d{1,3}\s*[-–]\s*)?(\d{1,3})\s*ноч(?:ь|и|ей)(?![а-я])"), 1, 1),
    (re.compile(r"(?<![\d.,])(?:\d{1,2}\s*[-–]\s*)?(\d{1,2})\s*недел[а-я]+"), 7, 0),
    (re.compile(r"(?<![\d.,])(\d{1,2})\s*месяц[а-я]*"), 30, 0),
)  # fmt: skip
_STRETCH_RU = (
    (re.compile("полтора месяца"), 45), (re.compile("пол ?месяца"), 15), (re.compile("полгода"), 180),
    (re.compile("(?:на|уикенд на) (?:эти |ближайшие )?(?:выходны[ехя]+|уикенд)"), 2), (re.compile("на пар(?:у|очку) (?:дней|деньков)"), 2),
    (re.compile("на пар(?:у|очку) недель"), 14), (re.compile(r"(?:на|одним) (?:целый )?(?:день|денек|сутки|днем)(?![а-я])"), 1),
    (re.compile(r"(?:на|всего) (?:одну )?недел(?:ю|ьку|я)(?![а-я])|недельн[а-я]+ (?:тур|поездк)"), 7),
    (re.compile(r"на (?:один )?месяц(?![а-я])"), 30), (re.compile(r"на год(?![а-я])"), 365),
)  # fmt: skip
_STRETCH_ZH = (
    (re.compile("一个半月"), 45), (re.compile("半个?月"), 15), (re.compile("半年"), 180), (re.compile("(?:过|去|玩|这|下|个)?周末"), 2),
    (re.compile("一整?年(?!内|前|后|多次)"), 365),
)  # fmt: skip
_DAYS_ZH = (
    (re.compile(f"(?:(?:{_HAN[1:-1]})(?:到|至|-|、))?{_HAN}(?:天(?!内|前|后|以内|之内|免签|签|前)|日游)"), 1),
    (re.compile(f"{_HAN}个?(?:周(?!年|边|围|[一二三四五六日末])|星期(?![一二三四五六日天])|礼拜(?![一二三四五六日天]))"), 7),
    (re.compile(f"{_HAN}个月(?!内|前|后)"), 30),
)  # fmt: skip


def in_digits(line: str, lemmas: Mapping[str, str]) -> str:
    """A Russian line with its numbers in digits: «нас четверо, двадцать пять дней» is «нас 4 человек, 25 дней».

    ``lemmas`` are the dictionary forms of its words. «Один» stays a word: it says «alone» as often as it counts.
    """
    line = re.sub("[а-я]+", lambda word: _digit(word[0], lemmas.get(word[0], word[0])), line)
    line = re.sub(r"(?<!\d)([2-9]0) ([1-9])(?!\d)", lambda both: str(int(both[1]) + int(both[2])), line)
    line = re.sub(r"(?<!\d)([2-9])0 одн?(?:ин|а|у|ого|ой|им)(?![а-я])", r"\g<1>1", line)
    return re.sub(r"(\d) человек (?=человек)", r"\1 ", line)


def _digit(word: str, lemma: str) -> str:
    together = _TOGETHER.get(word) or _TOGETHER.get(lemma)
    if together:
        return f"{together} человек"
    number = _UNITS.get(lemma) or _TENS.get(word) or _TENS.get(lemma)
    return str(number) if number and number > 1 else word


def party(line: str) -> int | None:
    """How many travel, in a line with its numbers in digits."""
    for pattern in _PARTY_RU:
        for match in pattern.finditer(line):
            if not _RULE_RU.search(line[: match.start()]):
                return int(match[1])
    company = _COMPANY.search(line)
    if company:
        children = sum(int(number) for number in re.findall(r"(\d+) дет", company[0]))
        return 1 + len(re.findall(f"(?:{_COMPANION})(?![а-я])", company[0])) + children
    return 1 if _ALONE.search(line) else _party_zh(line)


def _party_zh(line: str) -> int | None:
    for pattern in _PARTY_ZH:
        for match in pattern.finditer(line):
            if not _RULE_ZH.search(line[: match.start()]):
                return han_number(match[1])
    if _PAIR_ZH.search(line):
        return 2
    company = _COMPANY_ZH.search(line)
    if company:
        return 2 + len(re.findall("[和、]", company[0][1:]))
    return 1 if _ALONE_ZH.search(line) else None


def days(line: str) -> int | None:
    """How many days a stay lasts, in a line with its numbers in digits; of a range the longest."""
    for pattern, size, more in _DAYS_RU:
        for match in pattern.finditer(line):
            if not _BEFORE_RU.search(line[: match.start()]):
                return int(match[1]) * size + more
    for stretch, told in (*_STRETCH_RU, *_STRETCH_ZH):
        if stretch.search(line):
            return told
    for pattern, size in _DAYS_ZH:
        for match in pattern.finditer(line):
            if not _RULE_ZH.search(line[: match.start()]):
                return han_number(match[match.re.groups]) * size
    return None


def hours(line: str) -> int | None:
    """Whole days that a stop of so many hours takes: 9 hours are one, 30 are two."""
    match = re.search(r"(?<!\d)(\d{1,3})\s*(?:час(?:а|ов)?(?![а-я])|个?小时(?!内))", line)
    return -(-int(match[1]) // 24) or None if match else None
