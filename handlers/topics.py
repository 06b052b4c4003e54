"""One word is a topic, not a question: it gets choices."""

from __future__ import annotations

from handlers.ask import MOST_CHOICES, choices, listed
from handlers.messages import Reply
from knowledge.catalogue import Catalogue
from knowledge.model import Lang
from knowledge.question import Question
from locales.catalogues import catalogue


def reply(base: Catalogue, question: Question, lang: Lang) -> Reply | None:
    """Choices for a message that is a topic word and nothing else; None for any other message."""
    lemmas = {token.lemma for token in question.tokens}
    for topic in base.data.vocabulary.topics:
        if question.line.strip(" ?？!.。") in topic.words[question.lang] or (
            len(lemmas) == 1 and lemmas <= set(topic.words[question.lang])
        ):
            offered = choices(base, topic.entries, lang, MOST_CHOICES)
            text = listed(catalogue(lang).say("What do you mean?"), offered)
            return Reply("clarify", lang, text, 0.5, choices=offered, reason="topic")
    return None
