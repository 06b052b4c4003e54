"""Is a reply right? One judgement for the test suite and for the tables of `make quality`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from handlers.dialogue import Dialogue
from handlers.messages import Incoming, Reply
from knowledge.model import LANGS, Lang
from tests.measure import sets

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
Verdict = Literal["right", "wrong", "clarify", "unknown"]
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})


@dataclass(frozen=True)
class Judged:
    """One question of a set, the reply it got, and what that was worth."""

    asked: sets.Asked
    reply: Reply
    verdict: Verdict


@dataclass(frozen=True)
class Need:
    """One phrasing of one row of the needs that must always be answered."""

    row: int
    lang: Lang
    text: str
    must: Sequence[Sequence[str]]


def ask(dialogue: Dialogue, text: str) -> Reply:
    return dialogue.reply(Incoming(text, NOW))


def judge(dialogue: Dialogue, asked: Iterable[sets.Asked]) -> Iterator[Judged]:
    """Right is: the right entry told; for a question without one, nothing told."""
    for one in asked:
        reply = ask(dialogue, one.text)
        yield Judged(one, reply, _verdict(one, reply))


def _verdict(asked: sets.Asked, reply: Reply) -> Verdict:
    if reply.status == "answered":
        return "right" if reply.entry in asked.entries else "wrong"
    if not asked.entries:
        return "right"
    return "clarify" if reply.status == "clarify" else "unknown"


def needs() -> list[Need]:
    rows = sets.must_answer()
    return [Need(row["n"], lang, text, row[f"must_{lang}"]) for row in rows for lang in LANGS for text in row[lang]]


def failing(dialogue: Dialogue, need: Need) -> str | None:
    """Why a need is not met; None where the reply tells it with a source and a date."""
    reply = ask(dialogue, need.text)
    told = reply.text.translate(_SPACES)
    if reply.status != "answered":
        return reply.status
    missing = [words for words in need.must if not any(word.casefold() in told.casefold() for word in words)]
    if missing:
        return f"{reply.entry} does not say {missing}"
    return None if reply.sources and reply.as_of else f"{reply.entry} has no source or date"


def outcome(reply: Reply) -> dict[str, Any]:
    """A reply in short, for a table of failures."""
    return {"status": reply.status, "entry": reply.entry, "confidence": round(reply.confidence, 2)}
