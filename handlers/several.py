"""Several questions in one message: each answered in its order, in one reply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers.messages import Reply
from knowledge.model import Lang
from knowledge.question import Question

SURE = 0.9
"""How sure each answer has to be: a half question that is guessed at would spoil the other's answer (docs/decisions/0009)."""
WHOLE = {"ru": 3, "zh": 3}
"""Telling words (Chinese: pairs of characters) that a question needs to stand alone; with fewer it belongs to the one before."""


def stands_alone(question: Question) -> bool:
    return len(question.content) >= WHOLE[question.lang]


def together(replies: Sequence[Reply], lang: Lang) -> Reply | None:
    """One reply that gives every answer; None where not every question has a sure one of its own.

    Entry, standing and dates are those of the first; sources and attachments are everyone's.
    """
    if len({reply.entry for reply in replies}) < 2 or not all(map(_sure, replies)):
        return None
    sources = dict.fromkeys(source for reply in replies for source in reply.sources)
    return replace(
        replies[0],
        lang=lang,
        text="\n\n".join(reply.text for reply in replies),
        confidence=min(reply.confidence for reply in replies),
        sources=tuple(sources),
        attachments=tuple(attachment for reply in replies for attachment in reply.attachments),
        reason="several",
    )


def _sure(reply: Reply) -> bool:
    return reply.status == "answered" and reply.confidence >= SURE
