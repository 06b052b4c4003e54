"""Updates at random, of every kind the Bot API knows, made from the models of a library that describes it."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from aiogram.types import Update
from pydantic import BaseModel
from pydantic.fields import FieldInfo

KINDS = tuple(name for name in Update.model_fields if name != "update_id")
TEXTS = (
    "", " ", "/", "/start", "/start x", "/lang", "/lang zh", "/topics visa 99", "/chart", "/chart trade.total", "q:/chart trade.total",
    "/remind off all", "e:event.crexpo.8", "/feedback - x", "@most_bot", "виза",
    "товарооборот 2023", "а годом раньше?", "免签", "中俄贸易额走势图", "\u202e\u0000\ud7ff", "😀" * 50, "q:", "e:", "q:/topics", "x" * 4096,
    "q:/feedback + ", "<b>&", "ё" * 300, "1" * 60, "/visa", "1.5e9", "напомни про экспо за 3 дня", "private", "supergroup", "member", "kicked",
)  # fmt: skip
NUMBERS = (0, 1, 7, -1, -1001, 2**31, 2**52, -(2**52), 123456)
DEEPEST = 4
OFTEN = {"text": 0.7, "data": 0.8, "message": 0.8, "from_user": 0.8, "date": 0.8}
"""How likely what makes the bot speak is there; a quarter of all else that may be."""


def updates(many: int, seed: int) -> list[dict[str, Any]]:
    """So many updates, every kind as often as any other, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    return [
        {"update_id": number + 1, KINDS[number % len(KINDS)]: _kind(KINDS[number % len(KINDS)], chance)}
        for number in range(many)
    ]


def _kind(kind: str, chance: random.Random) -> Any:
    return _value(Update.model_fields[kind].annotation, chance, 0)


def _value(wanted: Any, chance: random.Random, depth: int) -> Any:
    origin, inner = get_origin(wanted), get_args(wanted)
    if origin in (Union, UnionType):
        return _value(chance.choice([one for one in inner if one is not NoneType]), chance, depth)
    if origin is list:
        return [_value(inner[0], chance, depth + 1) for _ in range(chance.randrange(3))]
    if origin is Literal:
        return chance.choice(inner)
    if hasattr(wanted, "__metadata__"):
        return _value(wanted.__origin__, chance, depth)
    return (
        _model(wanted, chance, depth)
        if isinstance(wanted, type) and issubclass(wanted, BaseModel)
        else _plain(wanted, chance)
    )


def _plain(wanted: Any, chance: random.Random) -> Any:
    makers: Mapping[Any, Any] = {
        bool: lambda: chance.random() < 0.5, int: lambda: chance.choice(NUMBERS), datetime: lambda: chance.choice((0, 1, 1_800_000_000)),
        float: lambda: chance.choice((0.0, -90.0, 48.5, 135.1, 180.0)), str: lambda: chance.choice(TEXTS),
    }  # fmt: skip
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return chance.choice(list(wanted)).value
    return makers.get(wanted, makers[str])()


def _model(model: type[BaseModel], chance: random.Random, depth: int) -> dict[str, Any]:
    """Everything that must be there, and some of what may."""
    found = {}
    for name, described in model.model_fields.items():
        if _is_deprecated(described):
            continue
        if described.is_required() or (depth < DEEPEST and chance.random() < OFTEN.get(name, 0.25)):
            found[described.alias or name] = _value(described.annotation, chance, depth + 1)
    return found


def _is_deprecated(described: FieldInfo) -> bool:
    """A field of an older Bot API, which the libraries still describe and Telegram no longer sends."""
    more = described.json_schema_extra
    return isinstance(more, Mapping) and bool(more.get("deprecated"))
