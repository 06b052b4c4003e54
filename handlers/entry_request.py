"""A journey as a program asks for it: named fields, each checked, with an error that names what to change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from knowledge.catalogue import Catalogue
from knowledge.regime import PASSPORTS, PURPOSES
from knowledge.trips import Journey

FIELDS = ("traveller", "destination", "purpose", "party", "days", "date", "port", "transit", "passport")
ALIASES = {
    "private": "family",
    "relatives": "family",
    "visit": "family",
    "exhibitions": "exhibition",
    "conference": "exchange",
}
"""What other checkers call some purposes."""
MOST = 9999
"""Persons or days beyond which a number is taken for a slip."""


class RequestError(ValueError):
    """A field cannot be used; the message names it and what to write."""


def requested(base: Catalogue, told: Mapping[str, object]) -> Journey:
    """The journey of a request. ``traveller`` and ``destination`` are needed; what is missing or None is not told.

    Raises RequestError.
    """
    unknown = sorted(told.keys() - set(FIELDS))
    if unknown:
        raise RequestError(f"unknown field {unknown[0]!r}: the fields are {', '.join(FIELDS)}")
    traveller, destination = _way(base, told)
    day = _date(told.get("date"))
    transit = told.get("transit")
    if transit is not None and not isinstance(transit, bool):
        raise RequestError(f"transit {transit!r}: write true where the journey goes on to a third country, else false")
    return Journey(
        traveller,
        destination,
        _purpose(told.get("purpose")),
        _count("party", told.get("party"), "persons"),
        _count("days", told.get("days"), "days"),
        day,
        day,
        _port(base, told.get("port"), destination),
        transit,
        _one_of("passport", told.get("passport"), PASSPORTS),
    )


def _way(base: Catalogue, told: Mapping[str, object]) -> tuple[str, str]:
    known = {(regime.traveller, regime.destination) for regime in base.data.regimes.values()}
    traveller = _one_of("traveller", told.get("traveller"), sorted({start for start, _ in known}))
    if traveller is None:
        raise RequestError("traveller is missing: write whose citizen travels, RU or CN")
    reached = sorted(end for start, end in known if start == traveller)
    destination = _one_of("destination", told.get("destination"), reached)
    if destination is None:
        raise RequestError(f"destination is missing: write where the journey leads, {' or '.join(reached)}")
    return traveller, destination


def _purpose(value: object) -> str | None:
    return _one_of("purpose", ALIASES.get(value.casefold(), value) if isinstance(value, str) else value, PURPOSES)


def _one_of(name: str, value: object, allowed: Sequence[str]) -> str | None:
    """The value as the list writes it, whatever its case."""
    if value is None:
        return None
    found = [one for one in allowed if isinstance(value, str) and one.casefold() == value.strip().casefold()]
    if not found:
        raise RequestError(f"{name} {value!r} is not known: write one of {', '.join(allowed)}")
    return found[0]


def _count(name: str, value: object, unit: str) -> int | None:
    if value is None:
        return None
    number = int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= MOST:
        raise RequestError(f"{name} {value!r}: write a whole number of {unit} from 1 to {MOST}")
    return number


def _date(value: object) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise RequestError(f"date {value!r}: write an ISO date such as 2026-12-05") from None


def _port(base: Catalogue, value: object, destination: str) -> str | None:
    if value is None:
        return None
    found = base.trips.town(value) if isinstance(value, str) else None
    if found is None:
        raise RequestError(
            f"port {value!r} is not a town of the base: write a name such as heihe or Хэйхэ, or leave it out"
        )
    if found.country != destination:
        raise RequestError(
            f"port {value!r} is not in {destination}: name the town where the border is crossed or where the journey leads"
        )
    return found.id
