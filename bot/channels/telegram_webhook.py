"""The webhook: updates as Telegram posts them, answered when they are handled, whichever library handles them."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.channels.telegram_updates import KINDS
from bot.delivery import Delivery
from bot.settings import Settings, SettingsError

PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name, not a secret
Feed = Callable[[dict[str, Any]], Awaitable[bool]]
"""Handle one update; whether it is done with."""

log = logging.getLogger(__name__)


def application(feed: Feed, secret: str) -> web.Application:
    """Takes updates that come with the secret. 200 says done; 503 makes Telegram send the update again, and keeps the chat's order."""

    async def take(request: web.Request) -> web.Response:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), secret.encode()):
            return web.Response(status=401)
        try:
            update = await request.json()
            int(update["update_id"])
        except (json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError):
            return web.Response(status=400)
        return web.Response(status=200 if await feed(update) else 503)

    app = web.Application()
    app.router.add_post(PATH, take)
    return app


async def receive(feed: Feed, delivery: Delivery, settings: Settings) -> None:
    """Listen until the process is told to stop."""
    runner = web.AppRunner(application(feed, settings.webhook_secret))
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, settings.http_host, settings.http_port).start()
        except OSError as error:
            place = f"{settings.http_host}:{settings.http_port}"
            raise SettingsError(
                f"cannot listen on {place} ({error.strerror}): set HTTP_HOST or HTTP_PORT to a free one"
            ) from None
        where = {
            "url": settings.webhook_url + PATH,
            "secret_token": settings.webhook_secret,
            "allowed_updates": list(KINDS),
        }
        await delivery.call("setWebhook", where)
        log.info("listening for Telegram on %s:%s", settings.http_host, settings.http_port)
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()
