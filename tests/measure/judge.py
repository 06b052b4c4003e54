"""Is a reply right? One judgement for the test suite and for the tables of `make quality`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from handlers.dialogue import Dialogue
from handlers.messages import Incoming, Reply
from knowledge.model import LANGS, Lang
from tests.measure import noise, sets
from tests.measure.progress import progress

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
class Talked:
    """One conversation, the reply to its last turn, and what that was worth."""

    talk: sets.Conversation
    reply: Reply
    verdict: Verdict


@dataclass(frozen=True)
class Measured:
    """Everything the bot was asked: the sets, the damaged questions by kind of damage, the conversations."""

    told: Sequence[Judged]
    noisy: Mapping[str, Sequence[Judged]]
    talks: Sequence[Talked]


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
        yield Judged(one, reply, _verdict(one.entries, reply))


def measure(dialogue: Dialogue, splits: tuple[sets.Split, ...]) -> Measured:
    """Ask the questions and conversations of these splits, and the test questions damaged where the test split is among them."""
    asked = [one for one in [*sets.in_domain(), *sets.out_of_scope()] if one.split in splits]
    test = [one for one in asked if one.split == "test" and one.entries]
    return Measured(
        told=list(judge(dialogue, progress(asked, "Questions of the sets"))),
        noisy={kind: list(judge(dialogue, progress(damaged, kind))) for kind, damaged in noise.noisy(test).items()},
        talks=list(judge_talks(dialogue, [talk for talk in sets.follow_ups() if talk.split in splits])),
    )


def judge_talks(dialogue: Dialogue, talks: Iterable[sets.Conversation]) -> Iterator[Talked]:
    """The last turn of each conversation, each in a chat of its own."""
    for talk in talks:
        reply = converse(dialogue, talk)
        yield Talked(talk, reply, _verdict(talk.entries, reply))


def converse(dialogue: Dialogue, talk: sets.Conversation) -> Reply:
    """The reply to the last turn, after the others and the pause."""
    before = None
    for text in talk.turns[:-1]:
        _, before = dialogue.converse(Incoming(text, NOW - talk.pause), before)
    return dialogue.converse(Incoming(talk.turns[-1], NOW), before)[0]


def _verdict(entries: Sequence[str], reply: Reply) -> Verdict:
    if reply.status == "answered":
        return "right" if reply.entry in entries else "wrong"
    if not entries:
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
