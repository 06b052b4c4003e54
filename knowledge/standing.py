"""Where a fact stands in time. The clock is an argument: nothing here knows what day it is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from knowledge.model import Entry

Standing = Literal["current", "upcoming", "ended", "overdue"]


def standing(entry: Entry, today: date) -> Standing:
    """``ended`` and ``upcoming`` go by the published term or the event's days; ``overdue`` when nobody looked lately."""
    first, last = _term(entry)
    if last and last < today:
        return "ended"
    if first and first > today:
        return "upcoming"
    if entry.checked + timedelta(days=entry.again_after_days) < today:
        return "overdue"
    return "current"


def _term(entry: Entry) -> tuple[date | None, date | None]:
    if entry.event:
        return entry.event.first, entry.event.last or entry.event.first
    return entry.valid.start, entry.valid.until
