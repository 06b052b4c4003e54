"""A journey held against the ways into a country: what was taken for granted, which way the answer is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from knowledge.catalogue import Catalogue
from knowledge.entry_rules import Trip, Verdict, verdicts
from knowledge.model import Authority, Source
from knowledge.trips import Journey

MANNER = frozenset({"own", "place", "checkpoint", "passport", "onward"})
"""Conditions about how one travels: with a group, to one province, with a ticket onward."""
SPECIAL = ("airport", "cruise port")
"""Checkpoints that few journeys pass: ways through them are told beside the main ones."""
UNTOLD = frozenset({"purpose", "party_least", "party_most", "days", "start", "until"})
"""Conditions that stay open only because nobody told what they ask for."""


@dataclass(frozen=True)
class Judged:
    """A journey with the verdicts on it, best first, and what was taken for granted because nobody told it."""

    trip: Trip
    verdicts: tuple[Verdict, ...]
    assumed: tuple[str, ...]

    @property
    def way(self) -> str:
        """The direction as the vocabulary of journeys writes it: ``RU-CN``."""
        return f"{self.trip.traveller}-{self.trip.destination}"

    def having(self, outcome: str) -> list[Verdict]:
        return [verdict for verdict in self.verdicts if verdict.outcome == outcome]

    @property
    def visas(self) -> list[Verdict]:
        """Visas that fit, those applied for online first."""
        return [verdict for verdict in self.having("fits") if verdict.regime.visa]

    @property
    def free(self) -> list[Verdict]:
        """Ways without a visa that fit, under conditions or without."""
        return [verdict for verdict in self.having("fits") if not verdict.regime.visa]

    @property
    def common(self) -> list[Verdict]:
        """Ways without a visa through the border that most journeys cross."""
        return [verdict for verdict in self.free if verdict.regime.checkpoints not in SPECIAL]

    @property
    def plain(self) -> list[Verdict]:
        """Ways without a visa that fit however one travels; what nobody told may still have to hold."""
        return [verdict for verdict in self.common if not is_open(verdict, MANNER)]

    @property
    def lead(self) -> Verdict:
        """The way the answer is about: what an ordinary traveller does, else what comes nearest."""
        return next(iter([*self.plain, *self.visas, *self.common, *self.free, *self.verdicts]))


def judged(base: Catalogue, journey: Journey, today: date) -> Judged:
    """Hold a journey against every regime of its direction; without a purpose it is judged as tourism, without a date as of today.

    Raises ValueError where traveller or destination is missing, or no regime of the base leads that way.
    """
    assumed = [
        name for name, told in (("purpose", journey.purpose or journey.transit), ("date", journey.first)) if not told
    ]
    purpose = journey.purpose or ("transit" if journey.transit else "tourism")
    trip = replace(journey, purpose=purpose).trip(base.trips.towns, today)
    found = verdicts(base.data.regimes.values(), trip)
    if not found:
        raise ValueError(f"no way from {trip.traveller} to {trip.destination} is in the base")
    return Judged(trip, tuple(sorted(found, key=_order)), tuple(assumed))


def _order(verdict: Verdict) -> tuple[int, bool, bool, int, str]:
    """What fits first; of that ways without a visa, then what is applied for online, then ordinary visas; the fewer conditions the better."""
    regime = verdict.regime
    ordinary = regime.visa and regime.days_most is None
    rank = ("fits", "unconfirmed", "ended", "fails").index(verdict.outcome)
    return rank, ordinary, regime.visa, len(verdict.must) + len(verdict.failed), regime.id


def is_open(verdict: Verdict, conditions: Iterable[str]) -> bool:
    return any(reason.condition in conditions for reason in verdict.must)


def explaining(base: Catalogue, found: Judged) -> str:
    """The entry that explains the one way without a visa that fits as told, else the one that tells of the direction in general."""
    sure = [verdict for verdict in found.common if not is_open(verdict, UNTOLD | {"place"})]
    if len(sure) == 1:
        return sure[0].regime.explained_by
    return str(base.data.tables["trips"]["general"][found.way])


def cited(base: Catalogue, found: Judged) -> tuple[Source, ...]:
    """The sources an answer rests on: of a term that is over and changes it, then of the way it is about."""
    regimes = [verdict.regime for verdict in (*found.having("ended"), found.lead)]
    return tuple(base.data.sources[key] for key in dict.fromkeys(key for regime in regimes for key in regime.sources))


def authority(base: Catalogue, destination: str) -> Authority:
    """Where to check entry to a country today."""
    known = base.data.vocabulary.authorities
    return known.get(f"consular_{destination.lower()}") or known["consular"]
