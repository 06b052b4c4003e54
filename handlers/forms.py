"""The entry checker's form as data: what was told of a journey, and which step waits. It travels with the conversation."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from knowledge.model import LANGS, Lang
from knowledge.trips import Journey

STEPS = ("who", "where", "purpose", "party", "days", "date")
LASTS = timedelta(days=1)
"""How long a form waits: a number typed a day later is no answer any more."""

_DAYS = ("first", "last")


@dataclass(frozen=True)
class Form:
    """A journey as far as it is told. ``step`` is the one that waits, None once the verdict was given; ``old`` is whether something else
    was talked about since."""

    journey: Journey
    lang: Lang
    at: datetime
    step: str | None = None
    skipped: tuple[str, ...] = ()
    old: bool = False

    def waits(self, now: datetime) -> bool:
        return now - self.at <= LASTS


def written(form: Form) -> str:
    """The form as text a store can keep; one that is done is only kept while it is talked about."""
    told = {key: value.isoformat() if isinstance(value, date) else value for key, value in asdict(form.journey).items()}
    return json.dumps(
        {"journey": told, "lang": form.lang, "at": form.at.isoformat(), "step": form.step, "skipped": form.skipped}
    )


def read(text: str) -> Form | None:
    """The form that was written; None where the text is of another version or spoilt: the person simply starts again."""
    try:
        data: dict[str, Any] = json.loads(text)
        told: dict[str, Any] = {
            key: date.fromisoformat(value) if value and key in _DAYS else value
            for key, value in data["journey"].items()
        }
        if told.keys() != {one.name for one in fields(Journey)} or data["lang"] not in LANGS:
            return None
        if data["step"] not in (*STEPS, None):
            return None
        at = datetime.fromisoformat(data["at"])
        return Form(Journey(**told), data["lang"], at, data["step"], tuple(data["skipped"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
