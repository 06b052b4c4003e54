"""Results of inline mode: what a person may put into any chat, at most ten."""

from __future__ import annotations

import hashlib
from typing import Any

from bot.channels.enclosures import Drawing, enclosed
from bot.channels.telegram_format import Button as LinkButton
from bot.channels.telegram_format import Outgoing, keyboard, outgoing
from bot.channels.telegram_media import MediaDesk
from bot.channels.telegram_talk import TelegramTalk
from bot.channels.telegram_updates import Sought
from handlers import inline
from handlers.inline import Offer
from handlers.messages import Incoming
from locales.catalogues import catalogue

CACHE_SECONDS = 300
"""Telegram asks again after five minutes: an answer changes with the day at most."""
SHOWN_CHARACTERS = 100
START = "inline"
"""What the way into the private chat is called there: any word opens it."""


async def results(talk: TelegramTalk, desk: MediaDesk, query: Sought) -> dict[str, Any]:
    """Parameters for answerInlineQuery. Nothing that could be offered, or nothing typed: a way into the private chat as well."""
    incoming = Incoming(query.text, talk.clock(), client=query.client)
    found = inline.offers(talk.dialogue, incoming)
    # The answer depends on the asker's language, so that Telegram must not show it to others.
    params: dict[str, Any] = {
        "inline_query_id": query.query, "results": [await _result(talk, desk, offer) for offer in found],
        "cache_time": CACHE_SECONDS, "is_personal": True,
    }  # fmt: skip
    if not found or not query.text.strip():
        label = catalogue(talk.dialogue.language(incoming)).say("Ask in a private chat")
        params["button"] = {"text": label, "start_parameter": START}
    return params


async def _result(talk: TelegramTalk, desk: MediaDesk, offer: Offer) -> dict[str, Any]:
    """An article, or the picture itself where Telegram has it already."""
    message, link = outgoing(offer.reply), talk.link(offer.reply)
    opened = LinkButton(catalogue(offer.reply.lang).say("Open in the bot"), url=link) if link else None
    markup = {"reply_markup": {"inline_keyboard": keyboard(Outgoing("", (opened,)))}} if opened else {}
    shown = {
        "id": hashlib.sha256(message.html.encode()).hexdigest()[:32],
        "title": offer.title[:SHOWN_CHARACTERS],
        **markup,
    }
    description = offer.reply.text.split("\n", 1)[0][:SHOWN_CHARACTERS]
    picture = await _known(talk, desk, offer)
    if picture:
        return {
            "type": "photo",
            "photo_file_id": picture,
            "description": description,
            "caption": message.html,
            "parse_mode": "HTML",
            **shown,
        }
    content = {"message_text": message.html, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    return {"type": "article", "description": description, "input_message_content": content, **shown}


async def _known(talk: TelegramTalk, desk: MediaDesk, offer: Offer) -> str | None:
    drawings = [one for one in enclosed(talk.dialogue.base, offer.reply, talk.clock()) if isinstance(one, Drawing)]
    return await desk.known(drawings[0]) if drawings else None
