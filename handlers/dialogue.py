"""The one way from a message to a reply: talk, then computed figures, then the nearest entry or an honest refusal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from handlers import ask, by_id, expo, nearby, remind, routes, series, topics, trade
from handlers.followup import Turn, resumed
from handlers.messages import Incoming, Reply
from handlers.related import Related, related
from handlers.smalltalk import SmallTalk, small_talk
from knowledge.catalogue import Catalogue
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
    """Answers messages out of one knowledge base. Holds no state: a chat's language and its last question come with the message."""

    base: Catalogue
    ranker: Ranker
    talk: SmallTalk
    related: Related
    default_lang: Lang = "ru"

    def reply(self, incoming: Incoming) -> Reply:
        """Answer one message that stands alone. Never raises on any text."""
        return self.converse(incoming, None)[0]

    def converse(self, incoming: Incoming, before: Turn | None) -> tuple[Reply, Turn | None]:
        """Answer one message of a conversation, and say what it is about from now on."""
        if len(incoming.text) > 8 * LONGEST_QUESTION or len(incoming.text.strip()) > LONGEST_QUESTION:
            lang = self._lang(incoming, script_of(incoming.text[:200].casefold()))
            return Reply("unknown", lang, catalogue(lang).say("Too long.", limit=LONGEST_QUESTION)), before
        commanded = routes.routed(self.base, self._lang(incoming, script_of(incoming.text.casefold())), incoming)
        if commanded:
            return commanded, before
        question = self.base.question(incoming.text, incoming.today)
        lang = self._lang(incoming, script_of(question.line))
        if not question.tokens:
            return Reply("unknown", lang, catalogue(lang).say("Nothing to read.")), before
        talk = self.talk.reply(question, lang)
        if talk:
            return talk, before
        shown = series.asked(self.base, incoming.text, lang, incoming.today)
        if shown:
            return shown, Turn(question, incoming.now)
        reminded = remind.heard(self.base, question, lang, incoming)
        if reminded:
            return reminded, before
        for meant in resumed(self.base, before, question, incoming.now):
            computed = self._computed(meant, lang, incoming)
            reply = computed or ask.reply(self.base, self.ranker, meant, lang, incoming.today)
            if computed or reply.status == "answered":
                return reply, Turn(meant, incoming.now)
        reply = topics.reply(self.base, question, lang) or self._answer(question, lang, incoming)
        return reply, Turn(question, incoming.now)

    def _answer(self, question: Question, lang: Lang, incoming: Incoming) -> Reply:
        computed = self._computed(question, lang, incoming)
        return computed or ask.reply(self.base, self.ranker, question, lang, incoming.today)

    def _computed(self, question: Question, lang: Lang, incoming: Incoming) -> Reply | None:
        figure = trade.reply(self.base, question, lang, incoming.today)
        return figure or expo.reply(self.base, question, lang, incoming.now)

    def entry(self, entry: str, incoming: Incoming) -> Reply | None:
        """The reply for one entry or figure by its id, as a button asks for it; None where the base has none such."""
        return by_id.reply(self.base, entry, self._lang(incoming, None), incoming.today)

    def near(self, place: tuple[float, float], incoming: Incoming) -> Reply:
        """The reply to a location that was shared, in degrees north and east."""
        return nearby.reply(self.base, place, self._lang(incoming, None), incoming)

    def language(self, incoming: Incoming) -> Lang:
        """The language a reply to this message has where its words do not tell."""
        return self._lang(incoming, script_of(incoming.text.casefold()))

    def _lang(self, incoming: Incoming, written: Lang | None) -> Lang:
        return cast(Lang, reply_language(incoming.chosen, written, incoming.client, self.default_lang))


def open_dialogue(base: Catalogue, ranker: Ranker, default_lang: Lang = "ru") -> Dialogue:
    return Dialogue(base, ranker, small_talk(base.data.tables["smalltalk"]), related(base, ranker), default_lang)
