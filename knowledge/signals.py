"""What the ranker looks at: the names of its signals, and those that reading a question gives."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from knowledge.question import Question
from knowledge.reach import Reach

BY_WORDS = ("odds", "nearest", "agreed", "fuzzy", "answered", "titled", "either", "core", "missing", "strange")
"""Signals that words alone give. All but ``odds`` lie between 0 and 1; ``missing`` and ``strange`` speak against an entry."""
BY_READING = ("edition", "period", "year", "unfounded", "aspect", "matter", "side")
"""Signals of what was read, between 0 and 1; the last four speak against an entry."""
SIGNALS = (*BY_WORDS, *BY_READING)

Floats = NDArray[np.float64]


def by_reading(question: Question, about: Reach) -> tuple[float, ...]:
    """One row, columns as in ``BY_READING``."""
    scope = about.scope
    return (
        float(scope.edition in question.editions),
        float(scope.period is not None and scope.period in question.periods),
        float(bool(question.years & about.years)),
        float(_located(about) and not (question.travel or question.flow or question.place or question.home)),
        len(question.aspects - about.aspects) / max(len(question.aspects), 1),
        float(not question.matters <= about.matters),
        float(bool(question.side and about.side and not question.side & about.side)),
    )


def _located(about: Reach) -> bool:
    return about.scope.direction is not None or about.scope.destination is not None
