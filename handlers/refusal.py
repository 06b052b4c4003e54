"""Not knowing, said in a chat for the second time: never in the same words again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from handlers.ask import listed
from handlers.messages import Reply
from locales.catalogues import catalogue

OTHERWISE = (
    "Still do not know.",
    "Not in the base either.",
    "Ask otherwise.",
    "No answer to this.",
    "Nothing found again.",
)


def reworded(reply: Reply, said: Collection[str]) -> Reply:
    """The refusal in words this chat has not read yet, as far as there are any; its choices stay."""
    if reply.status != "unknown" or reply.text not in said:
        return reply
    heads = (catalogue(reply.lang).say(message) for message in OTHERWISE)
    texts = [listed(head, reply.choices) for head in heads]
    return replace(reply, text=next((text for text in texts if text not in said), texts[-1]))
