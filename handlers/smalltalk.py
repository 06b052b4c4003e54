"""Greetings, thanks, who are you, what can you do, abuse: a short human reply, no fact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.messages import Reply
from knowledge.model import Lang
from knowledge.question import Question
from locales.catalogues import catalogue

_REPLIES = {
    "greeting": "Hello.", "thanks": "Thanks.", "who": "Who I am.", "help": "What I can do.", "abuse": "Abuse.", "bye": "Goodbye.",
}  # fmt: skip


@dataclass(frozen=True)
class SmallTalk:
    """Sets of words per kind of talk: a message is small talk where it holds one and nothing besides but empty words."""

    kinds: Mapping[str, Sequence[str]]

    def reply(self, question: Question, lang: Lang) -> Reply | None:
        line = "".join(char if char.isalnum() or char.isspace() else " " for char in question.line)
        line = " ".join(line.split())
        for kind, phrases in self.kinds.items():
            if line in phrases or _all_of(line, phrases):
                return Reply("chat", lang, catalogue(lang).say(_REPLIES[kind]), confidence=1.0)
        return None


def _all_of(line: str, phrases: Sequence[str]) -> bool:
    """Nothing stands besides phrases of one kind («привет привет», «спасибо большое»)."""
    for phrase in sorted(phrases, key=len, reverse=True):
        line = line.replace(phrase, " ") if not phrase.isascii() or phrase in line.split() else line
    return not line.strip()


def small_talk(table: Mapping[str, Any]) -> SmallTalk:
    kinds = {kind: (*row["ru"], *row["zh"]) for kind, row in table.items()}
    return SmallTalk(kinds)
