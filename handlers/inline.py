"""What is offered in any chat for a few words typed after the bot's name: an answer, a picture, events, or the dashboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from handlers import by_id, expo, series
from handlers.dialogue import Dialogue
from handlers.messages import Incoming, Reply
from knowledge.model import Lang
from locales.catalogues import catalogue

MOST = 10
DASHBOARD_ENTRIES = ("trade.latest", "visa.cn.now", "visa.ru.now", "groups")
DASHBOARD_CHART = "trade.total"


@dataclass(frozen=True)
class Offer:
    """One thing to choose: how it is called, and what is said when it is chosen."""

    title: str
    reply: Reply


def offers(dialogue: Dialogue, incoming: Incoming) -> tuple[Offer, ...]:
    """At most ``MOST`` sourced answers, none twice; nothing where the words are not understood."""
    lang = dialogue.language(incoming)
    found = _dashboard(dialogue, lang, incoming) if not incoming.text.strip() else _answers(dialogue, incoming)
    unique = {offer.reply.text: offer for offer in found if offer.reply.status == "answered"}
    return tuple(islice(unique.values(), MOST))


def _dashboard(dialogue: Dialogue, lang: Lang, incoming: Incoming) -> Iterator[Offer]:
    base = dialogue.base
    chart = series.command("chart")(base, DASHBOARD_CHART, lang, incoming)
    yield from _entry(dialogue, DASHBOARD_ENTRIES[0], lang, incoming)
    yield Offer(base.data.series[DASHBOARD_CHART].title[lang], chart)
    for name in DASHBOARD_ENTRIES[1:]:
        yield from _entry(dialogue, name, lang, incoming)
    yield from _events(dialogue, expo.command(base, "", lang, incoming), lang, incoming)


def _answers(dialogue: Dialogue, incoming: Incoming) -> Iterator[Offer]:
    """The answer itself, the chart it offers, what a choice leads to, and what else is asked."""
    reply = dialogue.reply(incoming)
    if reply.choices and reply.entry is None and reply.status == "answered":
        yield from _events(dialogue, reply, reply.lang, incoming)
        return
    if reply.status == "answered":
        yield Offer(_title(dialogue, reply), reply)
    for attachment in reply.attachments:
        if attachment.offered:
            title = dialogue.base.data.series[attachment.name].title[reply.lang]
            label = catalogue(reply.lang).say("Chart: {title}", title=title)
            yield Offer(label, series.command("chart")(dialogue.base, attachment.name, reply.lang, incoming))
    if reply.status in ("answered", "clarify"):
        for choice in (*reply.choices, *dialogue.related(reply, incoming.now.year)):
            if choice.entry:
                yield from _entry(dialogue, choice.entry, reply.lang, incoming)


def _title(dialogue: Dialogue, reply: Reply) -> str:
    entry = dialogue.base.data.entries.get(reply.entry or "")
    return entry.title[reply.lang] if entry else reply.text.split("\n", 1)[0]


def _entry(dialogue: Dialogue, name: str, lang: Lang, incoming: Incoming) -> Iterator[Offer]:
    reply = by_id.reply(dialogue.base, name, lang, incoming.today)
    if reply:
        yield Offer(_title(dialogue, reply), reply)


def _events(dialogue: Dialogue, listing: Reply, lang: Lang, incoming: Incoming) -> Iterator[Offer]:
    """The cards of a list of events."""
    for choice in listing.choices:
        event = choice.ask.removeprefix("/expo ")
        if event in dialogue.base.calendar.events:
            card = expo.command(dialogue.base, event, lang, incoming)
            yield Offer(choice.label, replace(card, attachments=()))
