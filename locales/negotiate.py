"""Which of our languages serves somebody: the choice of the chat, the script, the client, the default, in that order."""

from __future__ import annotations

from babel import negotiate_locale

from locales.catalogues import LANGUAGES


def negotiate(client: str | None) -> str | None:
    """Our language for a client's code (``zh-hant`` and ``zh-CN`` are zh, ``ru-RU`` is ru); None where we have none."""
    return negotiate_locale([client.replace("_", "-")], LANGUAGES, sep="-") if client else None


def reply_language(chosen: str | None, written: str | None, client: str | None, default: str) -> str:
    """The language of a reply, from what the chat chose, what script was typed, what the client says, and the default."""
    return chosen or written or negotiate(client) or default
