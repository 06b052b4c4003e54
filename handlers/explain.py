"""Why a question got the answer it got: what was read, which entries were near, which were kept out, how it was decided. For curators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from handlers.dialogue import Dialogue
from handlers.messages import Incoming, Reply
from knowledge.meaning import BY_MEANING
from knowledge.question import Question
from knowledge.rank import Ranked
from knowledge.search import candidates, excluded
from knowledge.signals import SIGNALS

REASONS: Mapping[str, str] = {
    "talk": "a command or small talk, no question",
    "empty": "there was nothing to read",
    "too long": "too long to be read as a question",
    "computed": "the reading was complete enough to compute the answer, or to say which figures there are",
    "topic": "a topic word alone is no question: it gets choices",
    "several": "several whole questions, each answered surely",
    "ending": "the message as a whole got no answer, the surest of its endings did",
    "phrasing": "typed exactly as a curator wrote it down for this entry",
    "sure": "the first candidate reaches the threshold for answering",
    "country": "no candidate is sure, and the question names a country",
    "matter": "no candidate is sure, and the question asks for a matter that the first does not deal with",
    "close": "no candidate is sure, several are near: they are offered",
    "alone": "no candidate is sure, and there is no second to choose from",
    "unsure": "no candidate reaches the threshold for offering choices",
}
"""Every way a reply is decided, as ``Reply.reason`` names it; ``computed`` and ``talk`` are those of replies without one."""
_WORDS = ("line", "lang", "tokens", "terms", "content")
"""What a question consists of, besides what was read in it."""


@dataclass(frozen=True)
class Near:
    """A candidate: its score, the sum by which candidates are ordered, and its signals as in ``knowledge.signals`` and ``knowledge.meaning``."""

    entry: str
    score: float
    signals: Mapping[str, float]


@dataclass(frozen=True)
class KeptOut:
    """An entry whose words are near and whose scope the question contradicts, and how."""

    entry: str
    why: str


@dataclass(frozen=True)
class Explanation:
    """One message explained. ``line`` is what was understood after mending; ``read`` holds only what was found in it.

    ``sure`` is the probability that the first candidate is meant; from ``answer`` on it is told, from ``clarify`` on choices are offered.
    Both lists are the search's for the message as a whole, whether or not the reply came from the search; nearest first.
    """

    reply: Reply
    line: str
    read: Mapping[str, object]
    reason: str
    sure: float
    answer: float
    clarify: float
    near: tuple[Near, ...]
    kept_out: tuple[KeptOut, ...]


def explain(dialogue: Dialogue, incoming: Incoming) -> Explanation:
    """Answer one message that stands alone, and say why so. What is too long to be read is not read here either."""
    reply = dialogue.reply(incoming)
    base, ranker = dialogue.base, dialogue.ranker
    question = base.question("" if reply.reason == "too long" else incoming.text, incoming.today)
    ranked = ranker.rank(question.lang, question.line, candidates(base.data.index, question, incoming.today.year))
    against = excluded(base.data.index, question, incoming.today.year)
    return Explanation(
        reply=reply,
        line=question.line,
        read=_read(question),
        reason=reply.reason or ("talk" if reply.status == "chat" else "computed"),
        sure=ranked.confidence,
        answer=ranked.answer,
        clarify=ranker.weights[question.lang].clarify,
        near=tuple(_near(ranked)),
        kept_out=tuple(KeptOut(entry, why) for entry, why in against),
    )


def _read(question: Question) -> dict[str, object]:
    found = {field.name: getattr(question, field.name) for field in fields(question) if field.name not in _WORDS}
    return {name: _plain(value) for name, value in found.items() if value}


def _plain(value: object) -> object:
    """Sets in a fixed order, as JSON can hold them."""
    return sorted(value) if isinstance(value, frozenset) else value


def _near(ranked: Ranked) -> Iterable[Near]:
    for entry, score, row in zip(ranked.entries, ranked.scores, ranked.signals, strict=True):
        signals = {
            name: round(float(value), 3) for name, value in zip((*SIGNALS, *BY_MEANING), row, strict=False) if value
        }
        yield Near(entry, round(score, 3), signals)
