"""The one way from a message to a reply: talk, a form, then journeys and figures, then the nearest entry or an honest refusal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import cast

from handlers import (
    ask,
    by_id,
    editions,
    entry_form,
    expo,
    nearby,
    refusal,
    remind,
    routes,
    series,
    several,
    topics,
    trade,
    visa,
)
from handlers.followup import LASTS, Turn, resumed
from handlers.forms import Form
from handlers.messages import Forget, Incoming, Reply
from handlers.related import Related, related
from handlers.smalltalk import SmallTalk, small_talk
from knowledge import parts
from knowledge.catalogue import Catalogue
from knowledge.index import spoken
from knowledge.language import script_of
from knowledge.model import Lang
from knowledge.question import Question
from knowledge.rank import Ranker
from knowledge.scope import contradiction
from locales.catalogues import catalogue
from locales.negotiate import reply_language

LONGEST_QUESTION = 1000
"""Characters of a message that is still read as a question; a Telegram message may have four times as many."""

MOST_REFUSALS = 20
"""Refusals a chat is remembered to have read."""


@dataclass(frozen=True)
class Dialogue:
    """Answers messages out of one knowledge base. Holds no state: a chat's language, its last question and its form come with the message."""

    base: Catalogue
    ranker: Ranker
    talk: SmallTalk
    related: Related
    default_lang: Lang = "ru"

    @cached_property
    def _nearest(self) -> ask.Nearest:
        return ask.nearest(self.base, self.ranker)

    def reply(self, incoming: Incoming) -> Reply:
        """Answer one message that stands alone. Never raises on any text."""
        return self.converse(incoming, None)[0]

    def converse(self, incoming: Incoming, before: Turn | None) -> tuple[Reply, Turn | None]:
        """Answer one message of a conversation, and say what it is about from now on."""
        if len(incoming.text) > 8 * LONGEST_QUESTION or len(incoming.text.strip()) > LONGEST_QUESTION:
            lang = self._lang(incoming, script_of(incoming.text[:200].casefold()))
            return Reply(
                "unknown", lang, catalogue(lang).say("Too long.", limit=LONGEST_QUESTION), reason="too long"
            ), before
        commanded = routes.routed(self.base, self._lang(incoming, script_of(incoming.text.casefold())), incoming)
        if commanded:
            return commanded, self.after(commanded, before, incoming.now)
        question = self.base.question(incoming.text, incoming.today)
        form = before.form if before and before.form and before.form.waits(incoming.now) else None
        lang = self._lang(incoming, script_of(question.line) or (form.lang if form else None))
        if not question.tokens:
            return Reply("unknown", lang, catalogue(lang).say("Nothing to read."), reason="empty"), before
        if form is None:
            return self._spoken(question, lang, incoming, before)
        told = entry_form.answer(self.base, form, question, lang, incoming.now)
        if told:
            return told, self.after(told, _without_form(before), incoming.now)
        if form.step is None:
            return self._after_verdict(form, question, lang, incoming, before)
        reply, turn = self._spoken(question, lang, incoming, before)
        again = entry_form.again(self.base, form, reply, incoming.now)
        unread = before.refused if before else ()  # a refusal gave way to the step that waits
        return again, replace(turn, form=again.form, refused=unread) if turn else None

    def _after_verdict(
        self, form: Form, question: Question, lang: Lang, incoming: Incoming, before: Turn | None
    ) -> tuple[Reply, Turn | None]:
        """A follow-up right after a verdict changes the journey; anything else is a question of its own."""
        told = None if form.old else entry_form.followed(self.base, form, question, lang, incoming.now)
        if told:
            return told, self.after(told, _without_form(before), incoming.now)
        reply, turn = self._spoken(question, lang, incoming, before)
        return reply, replace(turn, form=reply.form or replace(form, old=True)) if turn else None

    def _spoken(
        self, question: Question, lang: Lang, incoming: Incoming, before: Turn | None
    ) -> tuple[Reply, Turn | None]:
        """A message that is neither a command nor an answer to a form."""
        talk = self.talk.reply(question, lang)
        if talk:
            return talk, before
        shown = series.asked(self.base, incoming.text, lang, incoming.today)
        if shown:
            return shown, Turn(question, incoming.now)
        reminded = remind.heard(self.base, question, lang, incoming)
        if reminded:
            return reminded, before
        reply, about = self._of_event(incoming, before, question, lang) or self._heard(incoming, before, question, lang)
        event = editions.about(self.base, reply)
        return self._remembered(reply, Turn(about, incoming.now, form=reply.form, event=event), before)

    def _of_event(
        self, incoming: Incoming, before: Turn | None, question: Question, lang: Lang
    ) -> tuple[Reply, Question] | None:
        """What goes on from the event told last; the question it comes to is the one a curator wrote for it."""
        if before is None or before.event is None or incoming.now - before.at > LASTS:
            return None
        reply = editions.followed(self.base, before.event, question, lang, incoming.now)
        event = editions.about(self.base, reply) if reply else None
        if reply is None or event is None:
            return (reply, question) if reply else None
        return reply, self.base.question(self.base.calendar.events[event].ask[lang][0], incoming.today)

    def _heard(self, incoming: Incoming, before: Turn | None, question: Question, lang: Lang) -> tuple[Reply, Question]:
        """The reply to a question, and the question as it was understood."""
        all_of_them = self._several(incoming, lang)
        if all_of_them:
            return all_of_them, question
        for meant in resumed(self.base, before, question, incoming.now):
            computed = self._computed(meant, lang, incoming)
            reply = computed or ask.reply(self.base, self._nearest, meant, lang, incoming.today)
            if computed or reply.status == "answered":
                return reply, meant
        return topics.reply(self.base, question, lang) or self._whole_or_ending(question, lang, incoming), question

    def _remembered(self, reply: Reply, turn: Turn, before: Turn | None) -> tuple[Reply, Turn]:
        """A refusal is put in new words where the chat has read it, and kept."""
        refused = before.refused if before else ()
        reply = refusal.reworded(reply, refused)
        if reply.status == "unknown":
            refused = (*refused, reply.text)[-MOST_REFUSALS:]
        return reply, replace(turn, refused=refused)

    def _several(self, incoming: Incoming, lang: Lang) -> Reply | None:
        """The answers to a message that asks several whole questions; None where it asks one."""
        asked = [self.base.question(text, incoming.today) for text in parts.questions(incoming.text)]
        if len(asked) < 2 or not all(map(several.stands_alone, asked)):
            return None
        return several.together([self._answer(one, lang, incoming) for one in asked], lang)

    def _whole_or_ending(self, question: Question, lang: Lang, incoming: Incoming) -> Reply:
        """The answer to a message, or, where it tells a long story first, to the surest of its endings that does not contradict it."""
        whole = self._answer(question, lang, incoming)
        if whole.status == "answered":
            return whole
        read = (self.base.question(text, incoming.today) for text in parts.endings(incoming.text))
        told = [self._answer(ending, lang, incoming) for ending in read]
        fitting = [
            reply for reply in told if reply.status == "answered" and self._fits(question, reply, incoming.today)
        ]
        best = max(fitting, key=lambda reply: reply.confidence, default=None)
        return replace(best, reason="ending") if best else whole

    def _fits(self, question: Question, reply: Reply, today: date) -> bool:
        """Whether an entry may answer the whole message; a figure has no scope but its own."""
        index = self.base.data.index
        return reply.entry not in index.ids or not contradiction(
            question, index.reaches[index.ids.index(reply.entry)], today.year
        )

    def _answer(self, question: Question, lang: Lang, incoming: Incoming) -> Reply:
        """A journey judged unless a curator wrote the line for an entry, a computed figure, the nearest entry, or a missing point named."""
        today = incoming.today
        curated = spoken(question.line) in self.base.data.index.exact
        journey = None if curated else visa.reply(self.base, question, lang, incoming.now)
        computed = journey or self._computed(question, lang, incoming)
        if computed:
            return computed
        found = ask.reply(self.base, self._nearest, question, lang, today)
        absent = None if found.status == "answered" else trade.absent(self.base, question, lang, today)
        return absent or found

    def _computed(self, question: Question, lang: Lang, incoming: Incoming) -> Reply | None:
        """A figure or an event where the reading is complete."""
        figure = trade.reply(self.base, question, lang, incoming.today)
        return figure or expo.reply(self.base, question, lang, incoming.now)

    def entry(self, entry: str, incoming: Incoming) -> Reply | None:
        """The reply for one entry or figure by its id, as a button asks for it; None where the base has none such."""
        return by_id.reply(self.base, entry, self._lang(incoming, None), incoming.today)

    def after(self, reply: Reply, before: Turn | None, now: datetime) -> Turn | None:
        """What a chat is about after a command, a step of a form or a button: its last question, the event that was told, and the form: that
        of the reply, else the one that was open before. Erasing everything erases these too."""
        if Forget() in reply.effects:
            return None
        event = editions.about(self.base, reply)
        if reply.form is None and event is None:
            return before
        last = before or Turn(None, now)
        return replace(last, at=now, form=reply.form or last.form, event=event)

    def near(self, place: tuple[float, float], incoming: Incoming) -> Reply:
        """The reply to a location that was shared, in degrees north and east."""
        return nearby.reply(self.base, place, self._lang(incoming, None), incoming)

    def language(self, incoming: Incoming) -> Lang:
        """The language a reply to this message has where its words do not tell."""
        return self._lang(incoming, script_of(incoming.text.casefold()))

    def _lang(self, incoming: Incoming, written: Lang | None) -> Lang:
        return cast(Lang, reply_language(incoming.chosen, written, incoming.client, self.default_lang))


def _without_form(before: Turn | None) -> Turn | None:
    return replace(before, form=None) if before else None


def open_dialogue(base: Catalogue, ranker: Ranker, default_lang: Lang = "ru") -> Dialogue:
    return Dialogue(base, ranker, small_talk(base.data.tables["smalltalk"]), related(base, ranker), default_lang)
