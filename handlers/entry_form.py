"""The entry checker step by step: who, where, what for, how many, how long, when. Every step may be skipped, changed, cancelled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from handlers import conditions, visa
from handlers.ask import listed
from handlers.followup import follows
from handlers.forms import STEPS, Form
from handlers.messages import Choice, Incoming, Reply
from knowledge.catalogue import Catalogue
from knowledge.counts import in_digits
from knowledge.language import script_of
from knowledge.model import Lang
from knowledge.question import Question
from knowledge.trips import Journey
from locales import formats
from locales.catalogues import catalogue

MOST_WORDS = 6
"""Words of the longest message that is read as an answer to a step; a longer one, or a question, is a matter of its own."""
MOST_BARE = 3
"""Words of a message that names nothing but a new number or date («20 дней»)."""

_CANCEL = re.compile(
    r"^(?:отмена|отменить|стоп|хватит|выход|закончить|не надо|cancel|stop|取消|算了|退出|停止|不查了)[.!。！]*$"
)
_SKIP = re.compile(
    r"^(?:пропустить|пропусти|пропускаю|дальше|не знаю|неважно|не важно|skip|跳过|略过|不知道|不清楚|无所谓|都行)[.!。！]*$"
)
_CHANGE = re.compile(
    r"^(?:изменить|поменять|измени|поправить|change|назад|修改|更改|改一下|改|返回|上一步)\s*[:：]?\s*(.*)$"
)
_QUESTION = re.compile(
    r"[?？]|(?<![а-я])(?:что|как|какой|какая|где|сколько|когда|почему|зачем|можно|нужн[аоы]|нужен)(?![а-я])|吗|呢|什么|怎么|哪|多少|几|为什么|要不要"
)
_FIELDS = {
    "who": re.compile("кто|гражданств|паспорт|谁|国籍|护照"), "where": re.compile("куда|стран|город|哪里|去哪|国家|城市|目的地"),
    "purpose": re.compile("цель|зачем|目的|事由"), "party": re.compile("человек|группа|сколько нас|людей|人数|几人|人"),
    "days": re.compile("дн|день|дни|срок|天数|几天|天"), "date": re.compile("дат|когда|месяц|日期|时间|哪天"),
}  # fmt: skip
_NATIONALS = (
    ("RU", re.compile("росси|русск|(?<![а-я])рф(?![а-я])|俄")),
    ("CN", re.compile("кита|(?<![а-я])кнр(?![а-я])|中国|中华")),
)
_LANDS = (("HK", re.compile("гонконг|香港")), ("MO", re.compile("макао|аомынь|澳门")), *_NATIONALS)
_OTHER = {"RU": "CN", "CN": "RU"}
_SPEAKS = {"ru": "RU", "zh": "CN"}
_PURPOSES = ("tourism", "business", "family", "exhibition", "study", "work", "transit")
_TOLD = {
    "who": "traveller",
    "where": "destination",
    "purpose": "purpose",
    "party": "party",
    "days": "days",
    "date": "first",
}
_PROMPTS = {
    "who": "Step who", "where": "Step where", "purpose": "Step purpose", "party": "Step party", "days": "Step days", "date": "Step date",
}  # fmt: skip


def command(base: Catalogue, argument: str, lang: Lang, incoming: Incoming) -> Reply:
    """``/visa``: with words about a journey its verdict or the first thing missing, without any the first step."""
    question = base.question(argument, incoming.today)
    lang = lang if incoming.chosen else script_of(question.line) or lang
    told = base.trips.read(question, incoming.today) if question.tokens else Journey()
    if told.traveller is None and told.destination in _OTHER:
        told = replace(told, traveller=_OTHER[told.destination])
    form = Form(told, lang, incoming.now)
    if told.traveller and told.destination and told.details:
        return visa.verdict(base, told, lang, incoming.now)
    return _next(base, form, incoming.now)


def answer(base: Catalogue, form: Form, question: Question, lang: Lang, now: datetime) -> Reply | None:
    """What a message does to an open form; None where it is a matter of its own, to be answered before the form goes on."""
    line, form = question.line, replace(form, lang=lang)
    if _CANCEL.match(line):
        return Reply("chat", lang, catalogue(lang).say("Check cancelled."), 1.0)
    change = _CHANGE.match(line)
    if change:
        return _changed(base, form, change[1], now)
    if form.step is None:
        return None
    if _SKIP.match(line):
        return _next(base, replace(form, skipped=(*form.skipped, form.step), step=None), now)
    told = _read(base, form.step, question, now.date())
    if told is None:
        return None
    skipped = tuple(step for step in form.skipped if getattr(told, _TOLD[step]) is None)
    return _next(base, replace(form, journey=told.over(form.journey), skipped=skipped, step=None), now)


def again(base: Catalogue, form: Form, reply: Reply, now: datetime) -> Reply:
    """A reply to something asked in the middle of a form, with the step that waits after it; the source stays the last line."""
    asked = _prompt(base, form, now)
    if reply.status not in ("answered", "chat"):
        return replace(asked, text=f"{catalogue(form.lang).say('Not an answer to this step.')} {asked.text}")
    head = asked.text.split("\n", 1)[0]
    body, _, source = reply.text.rpartition("\n") if reply.status == "answered" else (reply.text, "", "")
    text = f"{body}\n\n{head}\n{source}" if reply.status == "answered" else f"{reply.text}\n\n{head}"
    return replace(reply, text=text, choices=asked.choices, form=asked.form)


def followed(base: Catalogue, form: Form, question: Question, lang: Lang, now: datetime) -> Reply | None:
    """«А если нас пятеро?», «20 дней» after a verdict: the same journey with what is new; None where the message is about anything else."""
    told = base.trips.read(question, now.date())
    if told.destination not in (None, form.journey.destination) or told.traveller not in (None, form.journey.traveller):
        return None
    counts = told.party or told.days or told.first
    if not (follows(question) and (told.details or told.port)) and not (counts and len(question.tokens) <= MOST_BARE):
        return None
    return visa.verdict(base, replace(told, traveller=None, destination=None).over(form.journey), lang, now)


def _changed(base: Catalogue, form: Form, field: str, now: datetime) -> Reply:
    step = next((name for name, words in _FIELDS.items() if words.search(field)), None)
    if step:
        return _prompt(base, replace(form, step=step, at=now), now)
    say = catalogue(form.lang).say
    offered = tuple(Choice(say(_CHANGES[name]), say(_CHANGES[name])) for name in STEPS)
    text = listed(say("What to change?"), offered)
    return Reply("chat", form.lang, text, 1.0, choices=offered, form=replace(form, at=now))


_CHANGES = {
    "who": "Change who", "where": "Change where", "purpose": "Change purpose", "party": "Change party", "days": "Change days", "date": "Change date",
}  # fmt: skip


def _next(base: Catalogue, form: Form, now: datetime) -> Reply:
    """The next step that is neither told nor skipped; after the last one the verdict. A Chinese journey leads to Russia."""
    form = replace(form, journey=_guessed(form))
    for step in STEPS:
        if getattr(form.journey, _TOLD[step]) is None and step not in form.skipped:
            return _prompt(base, replace(form, step=step, at=now), now)
    return replace(visa.verdict(base, form.journey, form.lang, now), form=replace(form, step=None, at=now))


def _guessed(form: Form) -> Journey:
    """What a skipped step leaves to be taken for granted: a Russian speaker's passport, the one country that is left."""
    journey = form.journey
    if "who" in form.skipped and journey.traveller is None:
        journey = replace(journey, traveller=_SPEAKS[form.lang])
    if journey.destination is None and (journey.traveller == "CN" or ("where" in form.skipped and journey.traveller)):
        journey = replace(journey, destination=_OTHER[str(journey.traveller)])
    return journey


def _read(base: Catalogue, step: str, question: Question, today: date) -> Journey | None:
    """What an answer tells: the thing asked for, and anything else of the journey said along with it."""
    if (len(question.tokens) > MOST_WORDS and question.lang == "ru") or _QUESTION.search(question.line):
        return None
    told = base.trips.read(question, today)
    line = in_digits(question.line, {token.text: token.lemma for token in question.tokens})
    match step:
        case "who":
            told = replace(told, traveller=_first(_NATIONALS, line), destination=None, port=None)
        case "where":
            told = _where(base, line, told)
        case "purpose":
            told = replace(told, purpose=_named(base, question) or told.purpose)
        case "party" if told.party is None:
            told = replace(told, party=_alone(line) or _bare(line))
        case "days" if told.days is None:
            told = replace(told, days=_bare(line) or _week(line))
    return told if getattr(told, _TOLD[step]) is not None else None


def _named(base: Catalogue, question: Question) -> str | None:
    """The purpose whose button was pressed."""
    say = catalogue(question.lang).say
    return next(
        (item for item in _PURPOSES if base.normalise(say(conditions.PURPOSE_NAMES[item])) == question.line), None
    )


def _where(base: Catalogue, line: str, told: Journey) -> Journey:
    town = base.trips.town(line)
    land = town.country if town else _first(_LANDS, line)
    return replace(told, traveller=None, destination=land, port=town.id if town else told.port)


def _first(table: tuple[tuple[str, re.Pattern[str]], ...], line: str) -> str | None:
    return next((code for code, words in table if words.search(line)), None)


def _bare(line: str) -> int | None:
    number = re.fullmatch(r"(?:около |примерно |大概|大约)?(\d{1,3})[.。]?", line)
    return int(number[1]) or None if number else None


def _alone(line: str) -> int | None:
    return 1 if re.fullmatch("(?:я )?(?:один|одна|сам|сама)|一个?|我自己|自己", line) else None


def _week(line: str) -> int | None:
    sizes = (("недел", 7), ("месяц", 30), ("день", 1), ("сутки", 1))
    return next((days for word, days in sizes if re.fullmatch(f"(?:один |одну |одна )?{word}[а-я]*", line)), None)


def _prompt(base: Catalogue, form: Form, now: datetime) -> Reply:
    """The question of a step with its buttons; skipping and cancelling are always among them."""
    say = catalogue(form.lang).say
    offered = (*_offers(form, now.date()), Choice(say("Skip"), say("Skip")), Choice(say("Cancel"), say("Cancel")))
    text = listed(say(_PROMPTS[str(form.step)]), offered)
    return Reply("chat", form.lang, text, 1.0, choices=offered, form=form)


def _offers(form: Form, today: date) -> Iterator[Choice]:
    say = catalogue(form.lang).say
    match form.step:
        case "who":
            labels = [say("Citizen of Russia"), say("Citizen of China")]
        case "where":
            labels = [
                say(conditions.COUNTRIES[code])
                for code in (("CN", "HK", "MO") if form.journey.traveller != "CN" else ("RU",))
            ]
        case "purpose":
            labels = [say(conditions.PURPOSE_NAMES[purpose]) for purpose in _PURPOSES]
        case "party":
            labels = [conditions.counted(form.lang, number, "persons") for number in (1, 2, 4, 5)]
        case "days":
            labels = [conditions.counted(form.lang, number, "days") for number in (3, 7, 15, 30)]
        case _:
            labels = [say("Today"), *_months(form.lang, today)]
    return (Choice(label, label) for label in labels)


def _months(lang: Lang, today: date) -> Iterator[str]:
    """The running month and the two after it."""
    for ahead in range(3):
        years, month = divmod(today.month - 1 + ahead, 12)
        first = date(today.year + years, month + 1, 1)
        yield formats.period(lang, first, first.replace(day=28), "in")
