"""The one way from a message to a reply: talk, then computed figures, then the nearest entry or an honest refusal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from handlers import ask, topics, trade
from handlers.messages import Incoming, Reply
from handlers.smalltalk import SmallTalk, small_talk
from knowledge.catalogue import Catalogue
from knowledge.language import script_of
from knowledge.model import Lang
from knowledge.rank import Ranker
from locales.catalogues import catalogue
from locales.negotiate import reply_language

LONGEST_QUESTION = 1000
"""Characters of a message that is still read as a question; a Telegram message may have four times as many."""


@dataclass(frozen=True)
class Dialogue:
    """Answers messages out of one knowledge base. Holds no state: a chat's language comes with the message."""

    base: Catalogue
    ranker: Ranker
    talk: SmallTalk
    default_lang: Lang = "ru"

    def reply(self, incoming: Incoming) -> Reply:
        """Answer one message. Never raises on any text."""
        if len(incoming.text) > 8 * LONGEST_QUESTION or len(incoming.text.strip()) > LONGEST_QUESTION:
            lang = self._lang(incoming, script_of(incoming.text[:200].casefold()))
            return Reply("unknown", lang, catalogue(lang).say("Too long.", limit=LONGEST_QUESTION))
        question = self.base.question(incoming.text, incoming.today)
        lang = self._lang(incoming, script_of(question.line))
        if not question.tokens:
            return Reply("unknown", lang, catalogue(lang).say("Nothing to read."))
        return (
            self.talk.reply(question, lang)
            or topics.reply(self.base, question, lang)
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


def open_dialogue(base: Catalogue, ranker: Ranker, default_lang: Lang = "ru") -> Dialogue:
    return Dialogue(base, ranker, small_talk(base.data.tables["smalltalk"]), default_lang)
