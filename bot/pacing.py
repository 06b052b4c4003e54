"""How fast Telegram may be spoken to, and how fast people may ask."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from time import monotonic
from typing import Literal

MOST_KEPT = 10_000


@dataclass(frozen=True)
class Limit:
    """So many in so many seconds."""

    most: int
    seconds: float


EVERYWHERE = Limit(30, 1)
CHAT = Limit(3, 3)
"""Telegram takes one message a second into a chat, and lets short bursts pass."""
GROUP = Limit(20, 60)


@dataclass
class Slot:
    """One message's place in the limits. Until it is answered nobody knows when Telegram counted it: ``at`` is None till then."""

    at: float | None = None


UNANSWERED_SECONDS = 0.05
"""When to ask again where all places are taken by messages that are not answered yet."""


class Pace:
    """When the next message may go: thirty a second in all, one a second into a chat, twenty a minute into a group.

    A place is free again when its time has passed since the answer, which comes after Telegram counted: so the limits are never met.
    """

    def __init__(self, time: Callable[[], float] = monotonic) -> None:
        self._time = time
        self._slots: OrderedDict[Hashable, list[Slot]] = OrderedDict()

    def take(self, chat: int) -> Slot | float:
        """A place where a message may go now, to be given to ``answered``; else the seconds until it may be asked again."""
        now = self._time()
        wait = max(self._wait(key, limit, now) for key, limit in self._limits(chat))
        if wait > 0:
            return wait
        slot = Slot()
        for key, _ in self._limits(chat):
            self._slots.setdefault(key, []).append(slot)
            self._slots.move_to_end(key)
        while len(self._slots) > MOST_KEPT:
            self._slots.popitem(last=False)
        return slot

    def answered(self, slot: Slot) -> None:
        """The message was answered, or given up."""
        slot.at = self._time()

    def _limits(self, chat: int) -> Iterator[tuple[Hashable, Limit]]:
        yield "everywhere", EVERYWHERE
        yield ("chat", chat), CHAT
        if chat < 0:
            yield ("group", chat), GROUP

    def _wait(self, key: Hashable, limit: Limit, now: float) -> float:
        taken = [slot for slot in self._slots.get(key, ()) if slot.at is None or now - slot.at < limit.seconds]
        if key in self._slots:
            self._slots[key] = taken
        if len(taken) < limit.most:
            return 0.0
        return min((slot.at + limit.seconds - now for slot in taken if slot.at is not None), default=UNANSWERED_SECONDS)


BURST = 20
"""Questions ahead of the answers: at one message a second the last of them is answered twenty seconds later, and nobody waits for more."""
PAUSE = 10.0
"""Seconds a person who asks faster is not heard."""

Verdict = Literal["heard", "too fast", "passed over"]


@dataclass
class _Bucket:
    level: float
    at: float
    until: float = 0.0


class Flood:
    """Whether a person is heard: ``BURST`` questions at once and one a second after them, a group twenty a minute."""

    def __init__(self, time: Callable[[], float] = monotonic) -> None:
        self._time = time
        self._buckets: OrderedDict[Hashable, _Bucket] = OrderedDict()

    def hear(self, who: Hashable, per_second: float = 1.0) -> Verdict:
        """``too fast`` once, which wants a word; ``passed over`` until the pause is over."""
        now = self._time()
        bucket = self._buckets.setdefault(who, _Bucket(BURST, now))
        self._buckets.move_to_end(who)
        while len(self._buckets) > MOST_KEPT:
            self._buckets.popitem(last=False)
        if now < bucket.until:
            return "passed over"
        bucket.level, bucket.at = min(BURST, bucket.level + (now - bucket.at) * per_second), now
        if bucket.level < 1:
            bucket.until = now + PAUSE
            return "too fast"
        bucket.level -= 1
        return "heard"
