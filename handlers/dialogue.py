"""The one way from a message to a reply: talk, then computed figures, then the nearest entry or an honest refusal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from handlers import ask, entry_form, routes, topics, trade, visa
from handlers.followup import Turn, resumed
from handlers.forms import Form
from handlers.messages import Incoming, Reply
from handlers.smalltalk import SmallTalk, small_talk
from knowledge.catalogue import Catalogue
from knowledge.index import spoken
from knowledge.language import script_of
from knowledge.model import Lang
from knowledge.question import Question
from knowledge.rank import Ranker
from locales.catalogues import catalogue
from locales.negotiate import reply_language

LONGEST_QUESTION = 1000
"""Characters of a message that is still read as a question; a Telegram message may have four times as many."""


@dataclass(frozen=True)
class Dialogue:
    """Answers messages out of one knowledge base. Holds no state: a chat's language, its last question and its form come with the message."""

    base: Catalogue
    ranker: Ranker
    talk: SmallTalk
    default_lang: Lang = "ru"

    def reply(self, incoming: Incoming) -> Reply:
        """Answer one message that stands alone. Never raises on any text."""
        return self.converse(incoming, None)[0]

    def converse(self, incoming: Incoming, before: Turn | None) -> tuple[Reply, Turn | None]:
        """Answer one message of a conversation, and say what it is about from now on."""
        if len(incoming.text) > 8 * LONGEST_QUESTION or len(incoming.text.strip()) > LONGEST_QUESTION:
            lang = self._lang(incoming, script_of(incoming.text[:200].casefold()))
            return Reply("unknown", lang, catalogue(lang).say("Too long.", limit=LONGEST_QUESTION)), before
        commanded = routes.routed(self.base, self._lang(incoming, None), incoming)
        if commanded:
            return commanded, _after(commanded, before, incoming.now)
        question = self.base.question(incoming.text, incoming.today)
        form = before.form if before and before.form and before.form.waits(incoming.now) else None
        lang = self._lang(incoming, script_of(question.line) or (form.lang if form else None))
        if not question.tokens:
            return Reply("unknown", lang, catalogue(lang).say("Nothing to read.")), before
        if form is None:
            return self._spoken(question, lang, incoming, before)
        told = entry_form.answer(self.base, form, question, lang, incoming.now)
        if told:
            return told, _after(told, before, incoming.now)
        if form.step is None:
            return self._after_verdict(form, question, lang, incoming, before)
        reply, turn = self._spoken(question, lang, incoming, before)
        again = entry_form.again(self.base, form, reply, incoming.now)
        return again, replace(turn, form=again.form) if turn else None

    def _after_verdict(
        self, form: Form, question: Question, lang: Lang, incoming: Incoming, before: Turn | None
    ) -> tuple[Reply, Turn | None]:
        """A follow-up right after a verdict changes the journey; anything else is a question of its own."""
        told = None if form.old else entry_form.followed(self.base, form, question, lang, incoming.now)
        if told:
            return told, _after(told, before, incoming.now)
        reply, turn = self._spoken(question, lang, incoming, before)
        return reply, replace(turn, form=reply.form or replace(form, old=True)) if turn else None

    def _spoken(
        self, question: Question, lang: Lang, incoming: Incoming, before: Turn | None
    ) -> tuple[Reply, Turn | None]:
        """A message that is neither a command nor an answer to a form."""
        talk = self.talk.reply(question, lang)
        if talk:
            return talk, before
        for meant in resumed(self.base, before, question, incoming.now):
            computed = trade.reply(self.base, meant, lang, incoming.today)
            reply = computed or ask.reply(self.base, self.ranker, meant, lang, incoming.today)
            if computed or reply.status == "answered":
                return reply, Turn(meant, incoming.now)
        reply = topics.reply(self.base, question, lang) or self._answer(question, lang, incoming)
        return reply, Turn(question, incoming.now, reply.form)

    def _answer(self, question: Question, lang: Lang, incoming: Incoming) -> Reply:
        """What is computed before what is searched; a question that a curator wrote down keeps its entry."""
        curated = spoken(question.line) in self.base.data.index.exact
        journey = None if curated else visa.reply(self.base, question, lang, incoming.now)
        return (
            journey
            or trade.reply(self.base, question, lang, incoming.today)
            or ask.reply(self.base, self.ranker, question, lang, incoming.today)
        )

    def entry(self, entry: str, incoming: Incoming) -> Reply | None:
        """The reply for one entry or figure by its id, as a button asks for it; None where the base has none such."""
        lang = self._lang(incoming, None)
        found = self.base.data.entries.get(entry)
        if found is None:
            return trade.by_id(self.base, entry, lang)
        return ask.told(self.base, found, lang, incoming.today, 1.0)

    def _lang(self, incoming: Incoming, written: Lang | None) -> Lang:
        return cast(Lang, reply_language(incoming.chosen, written, incoming.client, self.default_lang))


def _after(reply: Reply, before: Turn | None, now: datetime) -> Turn | None:
    """What a chat is about after a command or a step of a form: its last question, and the form where the reply left it."""
    if reply.form is None and (before is None or before.form is None):
        return before
    return Turn(before.question if before else None, now, reply.form)


def open_dialogue(base: Catalogue, ranker: Ranker, default_lang: Lang = "ru") -> Dialogue:
    return Dialogue(base, ranker, small_talk(base.data.tables["smalltalk"]), default_lang)
