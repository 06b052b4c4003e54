"""A shared location: the border crossings and the consulates nearest to it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

from handlers.ask import listed
from handlers.messages import Choice, Incoming, Reply
from knowledge.catalogue import Catalogue
from knowledge.model import Lang
from locales import formats
from locales.catalogues import catalogue

SHOWN = {"crossing": 3, "mission": 2}
"""How many of each kind are named."""
EARTH_KM = 6371.0


def reply(base: Catalogue, place: tuple[float, float], lang: Lang, incoming: Incoming) -> Reply:
    """The nearest of each kind with the distance as the crow flies to its town; each leads to what the base tells of it."""
    say = catalogue(lang)
    offered = tuple(_nearest(base, place, lang))
    text = listed(say.say("Nearest to you, as the crow flies:"), offered)
    return Reply("chat", lang, f"{text}\n{say.say('Distances are to the town.')}", 1.0, choices=offered)


def _nearest(base: Catalogue, place: tuple[float, float], lang: Lang) -> Iterator[Choice]:
    for kind, most in SHOWN.items():
        found = [row for row in base.data.tables["nearby"].values() if row["kind"] == kind]
        found.sort(key=lambda row: kilometres(place, (row["latitude"], row["longitude"])))
        for row in found[:most]:
            far = formats.amount(lang, Decimal(round(kilometres(place, (row["latitude"], row["longitude"])))), "km")
            yield Choice(f"{row[lang]} — {far}", base.data.entries[row["entry"]].ask[lang][0], row["entry"])


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The great-circle distance between two places in degrees north and east."""
    north, east, north2, east2 = map(radians, (*one, *other))
    half = sin((north2 - north) / 2) ** 2 + cos(north) * cos(north2) * sin((east2 - east) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))
