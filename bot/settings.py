"""Settings from the environment and a ``.env`` file, checked once, printed with secrets hidden."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import cast

from dotenv import dotenv_values

from knowledge.model import Lang


class SettingsError(Exception):
    """A setting is missing or wrong; the message names it and what to write."""


@dataclass(frozen=True)
class Settings:
    """Every setting of interface.md, in its own type."""

    bot_token: str = ""
    bot_engine: str = "aiogram"
    telegram_api_url: str = ""
    webhook_url: str = ""
    webhook_secret: str = ""
    http_host: str = "127.0.0.1"
    http_port: int = 8080
    state_url: str = "sqlite:///data/state.db"
    default_lang: Lang = "ru"
    admin_ids: tuple[int, ...] = ()
    log_level: str = "info"
    log_format: str = "text"

    def shown(self) -> str:
        """One setting a line as ``NAME=value``; secrets only say whether they are set."""
        return "\n".join(f"{field.name.upper()}={self._show(field.name)}" for field in fields(self))

    def _show(self, name: str) -> str:
        value = getattr(self, name)
        if name in ("bot_token", "webhook_secret"):
            return "(set)" if value else ""
        return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


def read_settings(environ: Mapping[str, str] | None = None, file: Path = Path(".env")) -> Settings:
    """Settings from ``.env`` overlaid by the environment. Raises SettingsError naming the first wrong one."""
    found = {key: value for key, value in dotenv_values(file).items() if value is not None}
    found.update(os.environ if environ is None else environ)
    given = {
        field.name: found[field.name.upper()].strip()
        for field in fields(Settings)
        if found.get(field.name.upper(), "").strip()
    }
    lang = _one_of("DEFAULT_LANG", given.get("default_lang", "ru"), ("ru", "zh"))
    return Settings(
        bot_token=given.get("bot_token", ""),
        bot_engine=_one_of("BOT_ENGINE", given.get("bot_engine", "aiogram"), ("aiogram", "ptb")),
        telegram_api_url=_address("TELEGRAM_API_URL", given.get("telegram_api_url", "")),
        webhook_url=_address("WEBHOOK_URL", given.get("webhook_url", "")),
        webhook_secret=given.get("webhook_secret", ""),
        http_host=given.get("http_host", "127.0.0.1"),
        http_port=_port(given.get("http_port", "8080")),
        state_url=given.get("state_url", "sqlite:///data/state.db"),
        default_lang=cast(Lang, lang),
        admin_ids=_ids(given.get("admin_ids", "")),
        log_level=_one_of("LOG_LEVEL", given.get("log_level", "info").lower(), ("debug", "info", "warning", "error")),
        log_format=_one_of("LOG_FORMAT", given.get("log_format", "text").lower(), ("text", "json")),
    )


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise SettingsError(f"{name}={value!r}: use one of {', '.join(allowed)}")
    return value


def _address(name: str, value: str) -> str:
    if value and not value.startswith(("http://", "https://")):
        raise SettingsError(f"{name}={value!r}: write a whole address, with http:// or https://")
    return value.rstrip("/")


def _port(value: str) -> int:
    if not value.isdigit() or not 0 < int(value) < 65536:
        raise SettingsError(f"HTTP_PORT={value!r}: use a number from 1 to 65535")
    return int(value)


def _ids(value: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in value.replace(",", " ").split())
    except ValueError:
        raise SettingsError(f"ADMIN_IDS={value!r}: write Telegram ids, separated by commas") from None
