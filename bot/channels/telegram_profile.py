"""How the bot presents itself in Telegram: commands, name and descriptions in each language, set where they differ from what is there."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from bot.channels.telegram_calls import CallError
from bot.delivery import Delivery
from handlers.routes import ROUTES
from locales.catalogues import LANGUAGES, catalogue

_TEXTS = (
    ("Name", "name", "Name of the bot."), ("Description", "description", "Description of the bot."),
    ("ShortDescription", "short_description", "Short description of the bot."),
)  # fmt: skip

log = logging.getLogger(__name__)


async def introduce(delivery: Delivery, default: str) -> None:
    """Tell Telegram what has changed. A refusal is noted and keeps nobody from being answered. Raises CallError where Telegram is not reached."""
    for lang, code in (*((lang, lang) for lang in LANGUAGES), (default, "")):
        for what, wanted in _profile(lang):
            where = {"language_code": code} if code else {}
            try:
                told = await delivery.call(f"getMy{what}", where)
                if (told if what == "Commands" else told.get(next(iter(wanted)))) != next(iter(wanted.values())):
                    await delivery.call(f"setMy{what}", {**wanted, **where})
            except CallError as error:
                if error.code is None:
                    raise
                log.warning("setMy%s: %s", what, error.description)


def _profile(lang: str) -> Iterator[tuple[str, dict[str, Any]]]:
    say = catalogue(lang).say
    yield (
        "Commands",
        {"commands": [{"command": name, "description": say(route.told)} for name, route in ROUTES.items()]},
    )
    for what, parameter, message in _TEXTS:
        yield what, {parameter: say(message)}
