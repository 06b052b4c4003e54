"""Which ways into a country fit a journey. Pure: the journey carries its own date, and nothing here knows what day it is.

A journey may leave things out. What is not told opens no way and closes none: the verdict then names what must hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from knowledge.regime import Regime

Condition = Literal[
    "passport", "purpose", "party_least", "party_most", "days", "days_year", "onward", "place", "checkpoint", "start", "until", "stay", "own",
]  # fmt: skip
Outcome = Literal["fits", "fails", "ended", "unconfirmed"]
Day = date
Bound = int | date | str | tuple[str, ...] | None


@dataclass(frozen=True)
class Town:
    """A place a journey leads to. ``land`` is a crossing of the land border or a river; ``province`` the region whose rules it shares."""

    id: str
    country: str
    land: bool = False
    province: str | None = None


@dataclass(frozen=True)
class Trip:
    """A journey to be judged; None is not told. Countries are ISO codes.

    ``date`` is the day of entry, or with ``latest`` the first and last day it may fall on. ``days`` are counted as the country counts
    them. ``transit`` is whether it goes on to a third country or region. ``passport`` is what the traveller holds.
    """

    traveller: str
    destination: str
    date: Day
    purpose: str | None = None
    party: int | None = None
    days: int | None = None
    port: Town | None = None
    transit: bool | None = None
    passport: str = "ordinary"
    latest: Day | None = None

    @property
    def last(self) -> Day:
        return self.latest or self.date


@dataclass(frozen=True)
class Reason:
    """A condition, the bound it sets, and by how much a journey misses it (persons or days; None where that is no number)."""

    condition: Condition
    bound: Bound = None
    by: int | None = None


@dataclass(frozen=True)
class Verdict:
    """What a regime says to a journey. ``failed`` are the conditions it misses; ``must`` those that nobody told about and that have to
    hold; ``leave_by`` the last day of the longest stay, where the day of entry and the way of counting are known."""

    regime: Regime
    outcome: Outcome
    failed: tuple[Reason, ...] = ()
    must: tuple[Reason, ...] = ()
    leave_by: date | None = None


@dataclass(frozen=True)
class _Finding:
    """One condition held against a journey: missed, or still open."""

    reason: Reason
    missed: bool


def verdicts(regimes: Iterable[Regime], trip: Trip) -> tuple[Verdict, ...]:
    """The verdict of every regime for this traveller and destination, in the order given."""
    return tuple(
        verdict(regime, trip)
        for regime in regimes
        if (regime.traveller, regime.destination) == (trip.traveller, trip.destination)
    )


def verdict(regime: Regime, trip: Trip) -> Verdict:
    """Hold one regime against a journey.

    A condition that is missed decides first: a way that would not fit even if it were prolonged fails. Then the published term, then
    whether anything about the regime is unconfirmed.
    """
    found = [finding for check in _CHECKS if (finding := check(regime, trip))]
    missed = tuple(finding.reason for finding in found if finding.missed)
    must = tuple(finding.reason for finding in found if not finding.missed)
    return Verdict(regime, _outcome(regime, trip, missed), missed, must, _leave_by(regime, trip))


def _outcome(regime: Regime, trip: Trip, missed: tuple[Reason, ...]) -> Outcome:
    if any(reason.condition != "until" for reason in missed):
        return "fails"
    if missed:
        return "ended"
    if regime.unconfirmed or not regime.purposes:
        return "unconfirmed"
    return "fits"


def _leave_by(regime: Regime, trip: Trip) -> date | None:
    if trip.latest or regime.days_most is None or regime.days_counted is None:
        return None
    return trip.date + timedelta(days=regime.days_most - (regime.days_counted == "from the day of entry"))


def _passport(regime: Regime, trip: Trip) -> _Finding | None:
    """A card beside an ordinary passport closes nothing; whether a way is open to other passports is asked where nobody published it."""
    held = {"ordinary", "apec"} if trip.passport == "apec" else {trip.passport}
    if regime.passport:
        return None if regime.passport in held else _missed("passport", regime.passport)
    return None if "ordinary" in held or regime.visa else _open("passport", trip.passport)


def _purpose(regime: Regime, trip: Trip) -> _Finding | None:
    if not regime.purposes or trip.purpose in regime.purposes:
        return None
    return _Finding(Reason("purpose", regime.purposes), missed=trip.purpose is not None)


def _party_least(regime: Regime, trip: Trip) -> _Finding | None:
    least = regime.party_least
    if least is None or (trip.party is not None and trip.party >= least):
        return None
    return _open("party_least", least) if trip.party is None else _missed("party_least", least, least - trip.party)


def _party_most(regime: Regime, trip: Trip) -> _Finding | None:
    return _at_most("party_most", regime.party_most, trip.party)


def _days(regime: Regime, trip: Trip) -> _Finding | None:
    return _at_most("days", regime.days_most, trip.days)


def _days_year(regime: Regime, trip: Trip) -> _Finding | None:
    """Days of earlier visits are never told, so a yearly limit stays open even for a short visit."""
    return _at_most("days_year", regime.days_year, trip.days) or _still("days_year", regime.days_year)


def _onward(regime: Regime, trip: Trip) -> _Finding | None:
    """A journey said to be transit may still have to prove where it goes on to; any other is not taken for one."""
    if not regime.onward or trip.transit:
        return None
    return _open("onward") if trip.transit is None and trip.purpose == "transit" else _missed("onward")


def _place(regime: Regime, trip: Trip) -> _Finding | None:
    allowed = regime.places or regime.towns
    if not allowed:
        return None
    if trip.port is None:
        return _open("place", allowed)
    return None if {trip.port.id, trip.port.province} & set(allowed) else _missed("place", allowed)


def _checkpoint(regime: Regime, trip: Trip) -> _Finding | None:
    """Lists of checkpoints are long and change: a town is never taken for one of them, but a land crossing is no airport and no sea port."""
    where = regime.checkpoints
    if where in (None, "any"):
        return None
    return _Finding(Reason("checkpoint", where), missed=where != "listed" and trip.port is not None and trip.port.land)


def _start(regime: Regime, trip: Trip) -> _Finding | None:
    start = regime.valid.start
    if start is None or start <= trip.date:
        return None
    return _missed("start", start, (start - trip.last).days) if trip.last < start else _open("start", start)


def _until(regime: Regime, trip: Trip) -> _Finding | None:
    until = regime.valid.until
    if until is None or trip.last <= until:
        return None
    return _missed("until", until, (trip.date - until).days) if until < trip.date else _open("until", until)


def _stay(regime: Regime, trip: Trip) -> _Finding | None:
    """Entered in time, left after the term: whether that is allowed was not published, so it is left open."""
    until = regime.valid.until
    if until is None or trip.days is None or trip.date > until:
        return None
    return _open("stay", until) if trip.last + timedelta(days=trip.days - 1) > until else None


def _own(regime: Regime, _: Trip) -> _Finding | None:
    """What the regime asks for in words, which no figure can settle."""
    return _open("own") if "must" in regime.texts else None


def _at_most(condition: Condition, most: int | None, told: int | None) -> _Finding | None:
    if most is None or (told is not None and told <= most):
        return None
    return _open(condition, most) if told is None else _missed(condition, most, told - most)


def _still(condition: Condition, bound: Bound) -> _Finding | None:
    return None if bound is None else _open(condition, bound)


def _missed(condition: Condition, bound: Bound = None, by: int | None = None) -> _Finding:
    return _Finding(Reason(condition, bound, by), missed=True)


def _open(condition: Condition, bound: Bound = None) -> _Finding:
    return _Finding(Reason(condition, bound), missed=False)


_CHECKS: tuple[Callable[[Regime, Trip], _Finding | None], ...] = (
    _passport, _purpose, _onward, _place, _party_least, _party_most, _days, _days_year, _checkpoint, _start, _until, _stay, _own,
)  # fmt: skip
