"""Parts of a long message: the questions it asks one after another, and the endings that may hold its only one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.text import is_han

LONG = 120
"""A message of this length tells a story around its question; a Chinese character counts as two and a half letters."""
SHORTEST, LONGEST = 25, 0.75
"""An ending shorter than this has lost its subject; one longer than this share of the message is the message."""
MOST_QUESTIONS = 4

_ASKED = re.compile(r"(?<=[?？])\s*|\n+|(?:^|(?<=\s))\d[.)]\s+")
_CLAUSE = re.compile(r"(?<=[,，。!！?？;；:：…])\s*|(?<=\.)\s+|\n+|\s+[—–-]\s+")


def questions(text: str) -> list[str]:
    """The questions of a message that asks several, in their order; a remark stays with the question after it. At most ``MOST_QUESTIONS``."""
    found = [piece.strip() for piece in _ASKED.split(text) if piece.strip()]
    return found[:MOST_QUESTIONS] if len(found) > 1 else []


def endings(text: str) -> Iterator[str]:
    """The last clause of a long message, the last two, and so on; nothing where it is short enough to be one question."""
    if size(text) < LONG:
        return
    clauses = [clause.strip() for clause in _CLAUSE.split(text) if len(clause.strip()) > 1]
    for first in range(len(clauses) - 1, 0, -1):
        ending = " ".join(clauses[first:])
        if size(ending) > LONGEST * size(text):
            return
        if size(ending) >= SHORTEST:
            yield ending


def size(text: str) -> float:
    """How much is said, in letters."""
    return len(text) + 1.5 * sum(map(is_han, text))
