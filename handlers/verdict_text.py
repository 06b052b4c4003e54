"""A verdict as people read it: the main line, what does not fit and by how much, what to do next, where to check, the source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from handlers import conditions
from handlers.judging import SPECIAL, Judged, authority, cited
from handlers.render import LONGEST, check_line, source_line, tidy
from knowledge.catalogue import Catalogue
from knowledge.entry_rules import Verdict
from knowledge.model import Lang
from locales.catalogues import catalogue

NEAR_MISSES = 3

Line = tuple[int, str]
"""A line and its rank: where a reply is too long, the lines of the highest rank are left out first; those of rank 0 never."""


def text(base: Catalogue, lang: Lang, found: Judged, today: date) -> str:
    """The whole reply, at most ``LONGEST`` characters, with the source in its last line."""
    lines = list(_lines(base, lang, found, today))
    while len(_whole(lines)) > LONGEST and any(rank for rank, _ in lines):
        lines.remove(max(lines, key=lambda line: line[0]))
    return _whole(lines)


def overdue(base: Catalogue, verdict: Verdict, today: date) -> bool:
    """Whether nobody has looked at a way lately."""
    return verdict.regime.checked + timedelta(days=base.data.vocabulary.rules["visa"].again_after_days) < today


def _whole(lines: Sequence[Line]) -> str:
    return "\n".join(tidy(line) for _, line in lines)


def _lines(base: Catalogue, lang: Lang, found: Judged, today: date) -> Iterator[Line]:
    say, lead = catalogue(lang), found.lead
    yield 0, _main(base, lang, found)
    yield from _ended(lang, found)
    special = [one for one in found.free if one not in found.common]
    if special and not found.plain:
        yield 1, say.say("Also without a visa: {ways}.", ways=_ways(base, lang, special))
    missed = _missed(base, lang, found)
    if missed:
        yield 2, say.say("Does not fit: {ways}.", ways=missed)
    doubtful = found.having("unconfirmed")
    if doubtful:
        yield 5, say.say("Not confirmed: {ways}.", ways=_ways(base, lang, doubtful))
    if lead.outcome == "fits":
        yield from _practical(lang, lead, dated="date" not in found.assumed)
    if overdue(base, lead, today):
        yield 1, say.say("Last looked at {date}; may have changed.", date=conditions.day(lang, lead.regime.checked))
    yield 0, check_line(say, lang, authority(base, found.trip.destination))
    yield 0, source_line(lang, cited(base, found), lead.regime.as_of, lead.regime.checked)


def _main(base: Catalogue, lang: Lang, found: Judged) -> str:
    say = catalogue(lang).say
    trip = conditions.described(base, lang, found.trip, found.assumed)
    visas, free = _ways(base, lang, found.visas), _ways(base, lang, found.common)
    if found.plain:
        return say("{trip}: no visa, {ways}.", trip=trip, ways=_ways(base, lang, found.plain))
    if free and visas:
        return say("{trip}: by a visa {visas}, or without {ways}.", trip=trip, visas=visas, ways=free)
    if visas and found.free:
        return say("{trip}: by a visa {visas}.", trip=trip, visas=visas)
    if visas:
        return say("{trip}: only by a visa {visas}.", trip=trip, visas=visas)
    if free:
        return say("{trip}: only so {ways}.", trip=trip, ways=free)
    return say("{trip}: no published way fits.", trip=trip)


def _ways(base: Catalogue, lang: Lang, ways: Iterable[Verdict]) -> str:
    """Ways with what must hold for each: «Безвизовый въезд на Хайнань» (только Хайнань, …)."""
    return _listed(lang, [_way(base, lang, one) for one in ways])


def _way(base: Catalogue, lang: Lang, one: Verdict) -> str:
    name = catalogue(lang).say("way {title}", title=one.regime.title[lang])
    must = [conditions.needed(base, lang, reason, one.regime) for reason in one.must]
    if not must:
        return name
    return f"{name} ({', '.join(must)})" if lang == "ru" else f"{name}（{'，'.join(must)}）"


def _ended(lang: Lang, found: Judged) -> Iterator[Line]:
    say = catalogue(lang).say
    for one in found.having("ended"):
        if one.regime.valid.until:
            until, title = conditions.day(lang, one.regime.valid.until), one.regime.title[lang]
            yield 1, say("{title}: term over on {date}, not known to be prolonged.", title=title, date=until)


def _missed(base: Catalogue, lang: Lang, found: Judged) -> str:
    """The ways without a visa that come nearest, each with what it misses; those for holders of other passports are nobody's near miss."""
    near = [one for one in found.having("fails") if not (one.regime.visa or one.regime.unconfirmed or _for_others(one))]
    near = [one for one in near if one.regime.checkpoints not in SPECIAL and not _misses(one, "place")]
    near.sort(key=lambda one: (_misses(one, "purpose"), len(one.failed)))
    return _listed(lang, [_why(base, lang, one) for one in near[:NEAR_MISSES]])


def _why(base: Catalogue, lang: Lang, one: Verdict) -> str:
    failed = [reason for reason in one.failed if reason.condition == "purpose"] or one.failed
    why = (", " if lang == "ru" else "，").join(conditions.failed(base, lang, reason) for reason in failed)
    return catalogue(lang).say("way {title}: {why}", title=one.regime.title[lang], why=why)


def _for_others(verdict: Verdict) -> bool:
    return _misses(verdict, "passport")


def _misses(verdict: Verdict, condition: str) -> bool:
    return any(reason.condition == condition for reason in verdict.failed)


def _listed(lang: Lang, parts: Iterable[str]) -> str:
    return ("; " if lang == "ru" else "；").join(parts)


def _practical(lang: Lang, lead: Verdict, *, dated: bool) -> Iterator[Line]:
    """Documents, cost, time and next step of the way the answer is about."""
    say = catalogue(lang).say
    if lead.leave_by and dated:
        yield 3, say("Leave by {date}.", date=conditions.day(lang, lead.leave_by))
    papers = conditions.documents(lead.regime, lang)
    if papers:
        yield 3, say("Documents: {papers}.", papers=_listed(lang, papers))
    for rank, key, message in _TEXTS:
        told = conditions.text(lead.regime, lang, key)
        if told:
            yield rank, say(message, told=told)


_TEXTS = ((4, "cost", "Cost: {told}."), (6, "processing", "Time of processing: {told}."), (3, "step", "Next: {told}."))
