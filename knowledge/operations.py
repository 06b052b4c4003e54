"""Which words of a question name an operation on a series, and which are left over when everything known is taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.amounts import Limit
from knowledge.figures import MetricNames, Name
from knowledge.lexicon import Lexicon, Token
from knowledge.question import Question

_STOPS_ZH = re.compile(
    "[的了是多少几吗呢年月日第季度前后上下半份至到和与跟及在有去今前请问一下为是啥咋样怎么查告诉我想知道帮我看看个哪里些以按、，。？！]+"
)
_HAN_PIECES = re.compile(r"[\d.,%a-z]+")


@dataclass(frozen=True)
class Spoken:
    """The operations a question names, and what it says besides them, the metrics, the periods and filler."""

    operations: frozenset[str]
    left: tuple[str, ...]


def operation_words(table: Mapping[str, Any], lexicon: Lexicon) -> Lexicon:
    """The vocabulary of operations, added to an empty lexicon."""
    for operation, row in table.items():
        lexicon.add("operation", operation, row)
    return lexicon.ready()


def spoken(question: Question, used: Sequence[Name], limit: Limit | None, names: MetricNames, words: Lexicon) -> Spoken:
    """Read a question for the metrics already found in it; ``limit`` is the amount that belongs to the question."""
    rest = question.rest.replace(limit.text, " ") if limit else question.rest
    parts = [part for name in used for part in name.parts]
    if question.lang == "zh":
        return _chinese(rest, parts, names, words)
    amount = {token.lemma for token in words.tokens(limit.text)} if limit else set()
    return _russian(question, words.tokens(rest), {*parts, *amount}, names, words)


def _russian(
    question: Question, tokens: Sequence[Token], parts: set[str], names: MetricNames, words: Lexicon
) -> Spoken:
    operations: set[str] = set()
    told: set[str] = set()
    for mention in words.mentions(tokens):
        lemmas = {token.lemma for token in tokens[mention.first : mention.last + 1]}
        if not lemmas <= parts:
            operations.add(mention.id)
            told |= lemmas
    left = (term for term in question.content if term not in told and term not in parts and term not in names.filler)
    return Spoken(frozenset(operations), tuple(left))


def _chinese(rest: str, parts: Iterable[str], names: MetricNames, words: Lexicon) -> Spoken:
    """Names are blotted out first, so that a word of an operation inside them does not count."""
    for part in parts:
        rest = rest.replace(part, " ")
    tokens = words.tokens(rest)
    mentions = words.mentions(tokens)
    left: list[str] = []
    for place, token in enumerate(tokens):
        run = token.text if token.han else _HAN_PIECES.sub("", token.text)
        for mention in sorted((m for m in mentions if m.first == place), key=lambda m: -m.at):
            run = run[: mention.at] + " " + run[mention.until :] if token.han else ""
        left += _said(run, names.filler_zh)
    return Spoken(frozenset(m.id for m in mentions), tuple(left))


def _said(run: str, filler: re.Pattern[str]) -> Iterator[str]:
    return (piece for piece in filler.sub(" ", run).split() if not _STOPS_ZH.fullmatch(piece))
