"""What curators do: check the base to the last rendered answer, list its phrasings, see what needs another look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from handlers.render import LONGEST, entry_reply
from knowledge import parse
from knowledge.catalogue import Compiled
from knowledge.check import faults
from knowledge.files import Fault, RawBase
from knowledge.model import LANGS, Entry
from knowledge.standing import standing
from knowledge.vocabulary import vocabulary

SOON = timedelta(days=14)
"""A term that ends within this time is shown before it does."""


@dataclass(frozen=True)
class ReviewItem:
    """One entry that wants a curator's look, and why."""

    entry: str
    reason: Literal["ended", "ends soon", "overdue"]
    day: date


def check(raw: RawBase, today: date) -> list[Fault]:
    """Every fault of the files; where there is none, every fault of the answers they make."""
    found = faults(raw, today)
    return found or list(_rendered(raw))


def _rendered(raw: RawBase) -> Iterator[Fault]:
    words, sources = vocabulary(raw.vocabulary), parse.sources(raw)
    for file in raw.entries:
        if file.folder == "regimes":
            continue
        entry = parse.entry(file, words.rules[file.data["topic"]].again_after_days)
        for lang in LANGS:
            for day in (entry.checked, date.max):
                size = len(entry_reply(entry, lang, day, sources, words).text)
                if size > LONGEST:
                    yield Fault(
                        file.name,
                        f"answer.{lang}",
                        f"{size} characters when told, more than {LONGEST}",
                        "Say it shorter",
                    )
                    break


def review(base: Compiled, today: date) -> list[ReviewItem]:
    """What has ended, ends within two weeks or was not looked at lately, the most pressing first."""
    found = [item for entry in base.entries.values() for item in _pressing(entry, today)]
    order = {"ended": 0, "ends soon": 1, "overdue": 2}
    return sorted(found, key=lambda item: (order[item.reason], item.day, item.entry))


def _pressing(entry: Entry, today: date) -> Iterator[ReviewItem]:
    until = entry.valid.until
    stands = standing(entry, today)
    if stands == "ended" and until:
        yield ReviewItem(entry.id, "ended", until)
    elif until and today <= until <= today + SOON:
        yield ReviewItem(entry.id, "ends soon", until)
    if entry.checked + timedelta(days=entry.again_after_days) < today and not entry.event:
        yield ReviewItem(entry.id, "overdue", entry.checked)
