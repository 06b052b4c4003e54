"""An explanation as curators see it: the object under ``explain`` of the JSON answer, or a page of text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from handlers.explain import REASONS, Explanation

MOST_NEAR = 5
"""Candidates and entries kept out that the text shows; the JSON has all."""


def as_object(found: Explanation) -> dict[str, Any]:
    return {
        "line": found.line,
        "read": found.read,
        "reason": found.reason,
        "sure": round(found.sure, 4),
        "answer": found.answer,
        "clarify": found.clarify,
        "candidates": [{"entry": one.entry, "score": one.score, "signals": one.signals} for one in found.near],
        "excluded": [{"entry": one.entry, "why": one.why} for one in found.kept_out],
    }


def as_text(found: Explanation) -> str:
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Explanation) -> Iterator[str]:
    yield f"read as: {found.line}"
    for name, value in found.read.items():
        yield f"  {name}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
    yield f"decided: {found.reason}, {REASONS[found.reason]}"
    yield f"sure: {found.sure:.2f}; answers from {found.answer:.2f}, offers choices from {found.clarify:.2f}"
    yield "candidates:" if found.near else "no candidates"
    for place, one in enumerate(found.near[:MOST_NEAR], 1):
        yield f"  {place}. {one.entry}  {one.score:.2f}"
        yield f"     {', '.join(f'{name} {value:g}' for name, value in one.signals.items())}"
    if found.kept_out:
        yield "kept out by scope:"
        yield from (f"  {one.entry}: {one.why}" for one in found.kept_out[:MOST_NEAR])
